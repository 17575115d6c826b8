"""Looking writes nothing, in a fresh store least of all; and what has no source is not written but said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.workspace import Workspace
from tests.core.cli.conftest import Say
from tests.core.cli.test_documented import COMMANDS, taken
from tests.support.workspaces import damage_responses

LOOKING = (
    "questionnaire list", "round list", "round respondents", "invite list", "responses", "log",
    "conflicts", "conflicts --suggest", "consistency", "consistency --rules", "coverage", "data",
    "refused", "reminders", "coverage --questions", "delegations", "queries", "keys list", "devices list", "summaries",
    "person",
)  # fmt: skip
ACTING = (
    "merge", "resolve", "backup", "self-check", "last-round", "checkpoint", "receipt", "verify", "practice",
    "store protect", "round ask",
)  # fmt: skip
"""Without a word they say what is missing, or do what they are for; verifying notes when it was done."""


def rows_in(file: Path) -> list[str]:
    """Everything that a store holds, table by table; SQLite's own notes for its plans left out."""
    with closing(sqlite3.connect(file)) as store:
        lines = list(store.iterdump())
    return [line for line in lines if line.startswith("INSERT") and "sqlite_" not in line]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A store that was opened once."""
    Workspace.open(tmp_path / "store.iscmdb").close()
    return tmp_path / "store.iscmdb"


def test_every_command_that_can_be_said_alone_is_looked_at() -> None:
    alone = {" ".join(words) for words, parser in COMMANDS.items() if not any(taken(parser).values())}
    assert alone <= {*ACTING, *LOOKING}


@pytest.mark.parametrize("command", LOOKING)
def test_looking_writes_nothing_into_a_fresh_store(command: str, say: Say, fresh: Path) -> None:
    before = rows_in(fresh)
    said = say(*command.split())
    assert (said.code, said.err) == (0, "")
    assert rows_in(fresh) == before


def test_a_fresh_store_has_no_round_and_says_so(say: Say, fresh: Path) -> None:
    assert say("round", "list", "--json").data == []
    assert "iscm round new" in say("round", "list").out
    assert "No summaries yet" in say("summaries").out


@pytest.mark.parametrize(
    "command",
    [
        "pdf summary igc -o {file}",
        "pdf summaries -o {file}",
        "summary igc",
        "summary igc --section 1 --text A",
    ],
)
def test_without_a_round_there_is_no_summary(command: str, say: Say, fresh: Path, tmp_path: Path) -> None:
    before = rows_in(fresh)
    said = say(*command.format(file=tmp_path / "out").split())
    assert (said.code, said.out) == (1, "")
    assert "No round was started here yet" in said.err
    assert not (tmp_path / "out").exists()
    assert rows_in(fresh) == before


@pytest.mark.parametrize(
    "command",
    ["pdf summary nonsense -o {file}", "summary nonsense", "summary nonsense --section 1 --text A",
     "summary nonsense --section 1 --redraft"],
)  # fmt: skip
def test_a_summary_without_a_source_is_not_written(
    command: str, say: Say, fresh: Path, tmp_path: Path
) -> None:
    say("new", "--questionnaire", "iscm", "--respondent", "igc")
    before = rows_in(fresh)
    said = say(*command.format(file=tmp_path / "out").split())
    assert (said.code, said.out) == (1, "")
    assert "Nobody has answered for or about 'nonsense'" in said.err
    assert not (tmp_path / "out").exists()
    assert rows_in(fresh) == before


def test_where_no_mechanism_answered_no_summaries_are_written(say: Say, fresh: Path, tmp_path: Path) -> None:
    say("round", "new", "2027")
    before = rows_in(fresh)
    said = say("pdf", "summaries", "-o", tmp_path / "out")
    assert said.code == 1
    assert "No mechanism has answered in this round yet" in said.out
    assert "Written" not in said.out
    assert not (tmp_path / "out").exists()
    assert rows_in(fresh) == before


@pytest.mark.parametrize(
    "command",
    [
        "export igc", "delegate igc --sections ISC-A --to Rita", "changes igc --since start", "pdf questionnaire igc",
        "pdf tasks igc", "last-round igc", "receipt igc", "checkpoint", "backup",
    ],
)  # fmt: skip
def test_no_output_takes_the_place_of_the_store(command: str, say: Say, fresh: Path) -> None:
    """Whatever else the command says of it: the answers are there afterwards."""
    say("new", "--questionnaire", "iscm", "--respondent", "igc")
    say("answer", "igc", "ISC-A05", "Anna Berg")
    said = say(*command.split(), "-o", fresh)
    assert said.code == 1
    assert "Traceback" not in said.err
    assert "Anna Berg" in say("show", "igc").out


def package_of(round_: str, folder: Path) -> Path:
    """What the IGC answered in a round, on a computer of its own."""
    with Workspace.open(folder / f"theirs-{round_}.iscmdb") as theirs:
        theirs.rounds.start(round_, f"Assessment {round_}")
        theirs.exports.export(theirs.responses.start("iscm", "igc"), folder / f"igc-{round_}.iscm")
    return folder / f"igc-{round_}.iscm"


def test_summaries_are_those_of_the_round_that_was_merged(say: Say, tmp_path: Path) -> None:
    """The round of this year is empty: what came in belongs to another."""
    say("round", "new", "2026")
    said = say("merge", package_of("2031", tmp_path))
    assert "You work in the round Assessment 2031 now." in said.out
    assert [row["mechanism"] for row in say("summaries", "--json").data] == ["igc"]
    assert say("pdf", "summary", "igc", "-o", tmp_path / "igc.pdf").code == 0


def test_a_round_with_answers_stays_the_one_that_is_followed(say: Say, tmp_path: Path) -> None:
    say("merge", package_of("2027", tmp_path))
    said = say("merge", package_of("2031", tmp_path))
    assert "You work in" not in said.out
    followed = [row["code"] for row in say("round", "list", "--json").data if row["is_current"]]
    assert followed == ["2027"]


def test_a_dry_run_follows_nothing(say: Say, tmp_path: Path) -> None:
    say("round", "new", "2026")
    package = package_of("2031", tmp_path)
    before = rows_in(tmp_path / "store.iscmdb")
    assert say("merge", "--dry-run", package).code == 0
    assert rows_in(tmp_path / "store.iscmdb") == before


def test_a_damaged_backup_hides_no_other(say: Say, tmp_path: Path) -> None:
    say("person", "--name", "Anna")
    say("round", "new", "2027", "--title", "Assessment 2027")
    say("new", "--questionnaire", "state", "--respondent", "KEN", "--round", "2027")
    good, damaged = (Path(say("backup", "--json").data["file"]) for _made in range(2))
    damage_responses(damaged, "changed_at = 'soon'")
    assert "is damaged" in say("restore", "--preview", damaged).err
    listed = say("backup", "--list")
    assert listed.code == 1
    assert str(good) in listed.out
    assert listed.out.count(str(damaged)) == 2, "its row, and its fault"
    held = say("backup", "--list", "--json").data
    assert ["fault" in one for one in held] == [True, False]
