"""Merging on the command line: any file, conflicts with their rules, prose combined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.workspace import Workspace
from tests.support.mail import mail, written

STORY, INSTITUTION = "ISC-B/ISC-B06", "ISC-A/ISC-A04"


MECHANISMS = {"STA-C00": [{"STA-C01": code, "STA-C02": "member"} for code in ("igc", "igad", "sacm")]}


def sent(folder: Path, who: str, start: Path | None, story: str, institution: str) -> Path:
    with Workspace.open(folder / f"{who}.iscmdb") as theirs:
        theirs.set_person(who)
        if start is not None:
            theirs.packages.apply(theirs.packages.plan([start]))
        response = theirs.responses.start("iscm", "igc")
        session = theirs.responses.open_session(response)
        session.answer(STORY, story)
        session.answer(INSTITUTION, institution)
        theirs.responses.save(response, session)
        theirs.exports.export(response, folder / f"{who}.iscm")
    return folder / f"{who}.iscm"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A coordinator's store in which two answers are disputed."""
    first = sent(tmp_path, "Start", None, "It began in 1985.", "Bern")
    anna = sent(tmp_path, "Anna", first, "It began in 1985. Three States take part.", "The  IGC")
    ben = sent(tmp_path, "Ben", first, "It began in 1985. Four States take part.", "The IGC")
    message = written(mail(("a.iscm", anna.read_bytes()), ("b.iscm", ben.read_bytes())), tmp_path / "m.eml")
    path = str(tmp_path / "coordinator.iscmdb")
    assert main(["--store", path, "merge", str(message)]) == 0
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    out = capsys.readouterr()
    return out.out + out.err


def test_rules_are_suggested_applied_and_taken_back(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "--store", store, "--json", "conflicts", "--suggest"))
    assert [(one["rule"], len(one["conflicts"])) for one in found] == [("spaces", 1)]
    assert "same but for spaces" in said(capsys, "--store", store, "conflicts", "--suggest")
    done = json.loads(said(capsys, "--store", store, "--json", "resolve", "--rule", "spaces"))
    assert done["conflicts"] == 1
    assert INSTITUTION not in said(capsys, "--store", store, "conflicts", code=1)
    assert "settled by rule  1 conflict (same but for spaces" in said(capsys, "--store", store, "log")
    said(capsys, "--store", store, "merge", "--undo", done["operation"])
    assert "taken back" in said(capsys, "--store", store, "log")
    assert INSTITUTION in said(capsys, "--store", store, "conflicts", code=1)
    said(capsys, "--store", store, "merge", "--redo", done["operation"])
    assert "No rule" in said(capsys, "--store", store, "conflicts", "--suggest")


def test_a_rule_that_settles_nothing_says_so(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing was changed" in said(capsys, "--store", store, "resolve", "--rule", "signed-off", code=1)
    assert "spaces, signed-off" in said(capsys, "--store", store, "resolve", "--rule", "coin", code=1)


def test_prose_is_combined(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "--store", store, "--json", "conflicts", code=1))
    by_path = {row["path"]: row["id"] for row in rows}
    said(capsys, "--store", store, "resolve", by_path[STORY], "--combine", "--reason", "both are right")
    history = said(capsys, "--store", store, "history", "igc", STORY)
    assert "  It began in 1985. Three States take part. Four States take part.\n" in history
    assert "    Reason: both are right\n" in history
    assert "no prose" in said(capsys, "--store", store, "resolve", by_path[INSTITUTION], "--combine", code=1)


def test_a_conflict_or_a_rule_has_to_be_named(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "List the conflicts" in said(capsys, "--store", store, "resolve", "--value", "x", code=1)
    with pytest.raises(SystemExit):
        main(["--store", store, "resolve"])


def test_what_is_newer_counts_as_newer_and_the_log_names_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sent(tmp_path, "Start", None, "It began in 1985.", "Bern")
    later = sent(tmp_path, "Anna", first, "It began in 1985. Three States take part.", "Bern")
    store = str(tmp_path / "coordinator.iscmdb")
    said(capsys, "--store", store, "merge", str(first))
    row = said(capsys, "--store", store, "merge", str(later)).splitlines()
    assert row[0].split() == ["FILE", "RESPONDENT", "RESULT", "NEW", "NEWER", "CONFLICTS", "FROM"]
    assert "  newer   0    1      0          " in row[1]
    log = said(capsys, "--store", store, "log")
    assert "1 file: 1 newer answer (Anna.iscm)" in log
    assert "1 file: 2 new answers (Start.iscm)" in log
    rows = json.loads(said(capsys, "--store", store, "--json", "log"))
    assert [each["merged"]["names"] for each in rows] == [["Anna.iscm"], ["Start.iscm"]]


def test_a_pile_of_files_is_named_by_its_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    for name in "abcdefgh":
        package = sent(tmp_path, name, None, f"Told by {name}.", "Bern")
        package.rename(folder / package.name)
    store = str(tmp_path / "coordinator.iscmdb")
    assert main(["--store", store, "merge", str(folder)]) == 0
    assert " and 2 more)" in said(capsys, "--store", store, "log")


def test_what_lies_beside_answers_is_listed_and_is_no_failure(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "Anna.iscm.txt").write_bytes((tmp_path / "Anna.iscm").read_bytes())
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (inbox / "._Anna.iscm").write_bytes(b"\x00\x05\x16\x07")
    told = said(capsys, "--store", store, "merge", str(inbox))
    assert "1 file: 0 new, 1 the same, 0 newer, 0 in conflict, 0 refused, 1 not looked into" in told
    assert "'photo.jpg' was not looked into" in told
    assert "._Anna.iscm" not in told
    assert "1 file" in said(capsys, "--store", store, "log").splitlines()[1]
    assert "refused" in said(capsys, "--store", store, "merge", str(inbox / "photo.jpg"), code=1)


def of_kenya(folder: Path, who: str, start: Path | None, **answers: str | None) -> Path:
    """What somebody of Kenya answered about its mechanisms: by number ("C2_2"); None removes an entry."""
    with Workspace.open(folder / f"{who}.iscmdb") as theirs:
        theirs.set_person(who)
        if start is not None:
            theirs.packages.apply(theirs.packages.plan([start]))
        response = theirs.responses.start("state", "KEN")
        session = theirs.responses.open_session(response)
        if start is None:
            fill_session(session, MECHANISMS)
        for number, text in answers.items():
            path = session.find(number.replace("_", "."))
            if text is None:
                session.remove_entry(path)
            else:
                session.answer(path, text)
        theirs.responses.save(response, session)
        theirs.exports.export(response, folder / f"{who}.iscm")
    return folder / f"{who}.iscm"


def test_conflicts_name_the_entry_as_the_form_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = of_kenya(tmp_path, "first", None)
    anna = of_kenya(tmp_path, "anna", first, C2_2="observer", C3=None)
    ben = of_kenya(tmp_path, "ben", first, C2_2="associate", C3_2="observer")
    store = str(tmp_path / "coordinator.iscmdb")
    said(capsys, "--store", store, "merge", str(first))
    merged = said(capsys, "--store", store, "merge", str(anna))
    assert "removed: an entry of STA-C00." in merged
    said(capsys, "--store", store, "merge", str(ben))
    conflicts = said(capsys, "--store", store, "conflicts", code=1)
    assert "  C2.2 What is your role in it?\n" in conflicts
    assert "  C3 Mechanisms\n" in conflicts
    assert "  'C3.2 What is your role in it?: Observer'  ben" in conflicts
    rows = json.loads(said(capsys, "--store", store, "--json", "conflicts", code=1))
    (role,) = (row for row in rows if row["number"] == "C2.2")
    settled = said(capsys, "--store", store, "resolve", role["id"], "--value", "member")
    assert "Settled: C2.2 What is your role in it?" in settled
    assert "Kenya, C2.2 What is your role in it?" in said(capsys, "--store", store, "log")


def test_answers_of_several_paragraphs_are_shown_below_their_authors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sent(tmp_path, "Start", None, "It began.", "Bern")
    anna = sent(tmp_path, "Anna", first, "It began in 1985.\n\nThree States take part.", "Bern")
    ben = sent(tmp_path, "Ben", first, "It began in 1986.", "Bern")
    store = str(tmp_path / "coordinator.iscmdb")
    said(capsys, "--store", store, "merge", str(anna), str(ben))
    told = said(capsys, "--store", store, "conflicts", code=1)
    assert "        'It began in 1985.\n\n        Three States take part.'\n" in told
    assert "  'It began in 1986.'  Ben" in told
