"""Opened files go where they belong: one place decides, by content and by what the store holds.

O-01 What a file is called does not matter: what it holds decides, for every kind that the program knows.
O-02 A shared part has a welcome that says who asks what by when, and is taken in with one press.
O-03 Questions back go to the respondent; elsewhere a sentence says so.
O-04 Answers of an earlier round are offered where a later response of that respondent is; else they are merged.
O-05 What is of no kind that the program knows goes nowhere, in words, and the other files go on.
O-06 Looking changes nothing.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.reading.shipped_workbooks import compose, write_xlsx
from iscm_desktop.store.database import protected_files
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.opened_files.opened_file import Destination, OpenedFile
from iscm_desktop.workspace.opened_files.opened_file_service import MANY
from iscm_desktop.workspace.round_order import RoundTime
from iscm_desktop.workspace.store_protection import protect_store
from tests.support.inviting import coordinator, invited
from tests.support.mail import mail, written
from tests.support.outlook import outlook_message
from tests.support.workspaces import NAME, answer, exported, opened, text_at


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def bela(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "bela") as workspace:
        yield workspace


def one(workspace: Workspace, path: Path) -> OpenedFile:
    (found,) = workspace.opened_files.look_at([path]).files
    return found


def handed(anna: Workspace, folder: Path) -> Path:
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    target = folder / "About for Bela.iscm"
    anna.delegations.hand_over(
        response, ["about"], to="Bela", target=target, due_on=date(2027, 4, 2), message="Please by Friday"
    )
    return target


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Destination]]:
    """A file of every kind that the program knows."""
    folder = tmp_path_factory.mktemp("kinds")
    kinds: dict[str, tuple[Path, Destination]] = {}
    with coordinator(folder) as carla:
        (issued,) = invited(carla, folder, "CAN")
        kinds["invitation"] = (issued.path, Destination.INVITATION)
        kinds["list of respondents"] = (folder / "invitations.csv", Destination.RESPONDENTS)
        response = carla.responses.start("state", "CAN")
        session = carla.responses.open_session(response)
        session.answer(
            "STA-A/STA-A02", Random(1).randbytes(3000).hex()
        )  # as large as Outlook's plainest streams
        carla.responses.save(response, session)
        package = exported(carla, response, folder / "canada.iscm")
        kinds["package"] = (package, Destination.MERGE)
        kinds["checkpoint"] = (folder / "checkpoint.txt", Destination.COSIGNING)
        kinds["checkpoint"][0].write_text(carla.ledger.checkpoint("2027").text, encoding="utf-8")
        carla.keys.back_up(folder / "keys.age", "a long passphrase indeed")
        kinds["keys"] = (folder / "keys.age", Destination.KEYS)
        for made in carla.receipts.make_all("2027", folder / "receipts"):
            kinds["receipt"] = (made.file, Destination.RECEIPT)
        pdf = folder / "canada.pdf"
        carla.pdf_exports.export(response, pdf)
        kinds["PDF with data"] = (pdf, Destination.MERGE)
        backup = carla.backups.make()
        kinds["backup"] = (backup, Destination.STORE)
    data = package.read_bytes()
    kinds["mail"] = (written(mail(("canada.iscm", data)), folder / "mail.eml"), Destination.MERGE)
    kinds["mail with an invitation"] = (
        written(mail(("you.iscminvite", issued.path.read_bytes())), folder / "invited.eml"),
        Destination.INVITATION,
    )
    kinds["Outlook message"] = (folder / "mail.msg", Destination.MERGE)
    kinds["Outlook message"][0].write_bytes(outlook_message(("canada.iscm", data)))
    assert len(data) > 4096
    kinds["archive"] = (folder / "sent.zip", Destination.MERGE)
    with zipfile.ZipFile(kinds["archive"][0], "w") as archive:
        archive.writestr("canada.iscm", data)
    workbook = folder / "state.xlsx"
    write_xlsx(compose("state"), workbook)
    kinds["workbook"] = (workbook, Destination.QUESTIONNAIRE)
    kinds["XForm"] = (folder / "form.xml", Destination.QUESTIONNAIRE)
    kinds["XForm"][0].write_text(
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'/>",
        encoding="utf-8",
    )
    kinds["form as a table"] = (folder / "form.csv", Destination.QUESTIONNAIRE)
    kinds["form as a table"][0].write_text('"survey",,\n,"type","name"\n,"text","a"\n', encoding="utf-8")
    kinds["store"] = (folder / "carla.iscmdb", Destination.STORE)
    kinds["folder"] = (folder / "receipts", Destination.MERGE)
    return kinds


def test_every_kind_of_file_goes_where_it_belongs_whatever_it_is_called(
    anna: Workspace, every_kind: dict[str, tuple[Path, Destination]], tmp_path: Path
) -> None:
    """O-01"""
    told_apart_below = {
        Destination.SECTIONS,
        Destination.QUERIES,
        Destination.LAST_ROUND,
        Destination.NOWHERE,
    }
    assert {destination for _path, destination in every_kind.values()} == {*Destination} - told_apart_below
    for kind, (path, destination) in every_kind.items():
        assert (kind, one(anna, path).destination) == (kind, destination)
        if path.is_file() and kind not in ("Outlook message", "mail", "mail with an invitation"):
            renamed = shutil.copyfile(path, tmp_path / "attachment (1)")
            assert (kind, one(anna, renamed).destination) == (kind, destination)


def test_strangers_go_nowhere_in_words_and_the_others_go_on(anna: Workspace, tmp_path: Path) -> None:
    """O-05"""
    strangers = {
        "letter.docx": _zip("word/document.xml"),
        "book.epub": _zip("mimetype"),
        "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(100),
        "empty.iscm": b"",
        "notes.txt": b"Dear all,\nnothing in particular.\n",
        "half.iscm": b"PK\x03\x04 and no more",
        "printed.pdf": b"%PDF-1.7\nno data inside",
        "locked.age": b"age-encryption.org/v1\n-> X25519 nothing\n",
        "other.db": b"SQLite format 3\0" + bytes(200),
    }
    for name, data in strangers.items():
        (tmp_path / name).write_bytes(data)
    package = exported(anna, anna.responses.start("small", "igc"), tmp_path / "good.iscm")
    paths = [tmp_path / name for name in strangers]
    found = anna.opened_files.look_at([*paths, tmp_path / "gone.iscm", package])
    *refused, good = found.files
    assert [each.destination for each in refused] == [Destination.NOWHERE] * (len(strangers) + 1)
    for name, each in zip([*strangers, "gone.iscm"], refused, strict=True):
        assert name in each.words, name
    assert good.destination is Destination.MERGE
    assert found.to_merge == [package]


def _zip(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_shared_part_says_who_asks_what_by_when_and_is_taken_in(
    anna: Workspace, bela: Workspace, tmp_path: Path
) -> None:
    """O-02, O-06"""
    found = one(bela, handed(anna, tmp_path))
    sections = found.sections
    assert found.destination is Destination.SECTIONS
    assert sections is not None
    assert (sections.by, sections.to, sections.sections) == ("Anna", "Bela", ("1 About",))
    assert (sections.due_on, sections.message) == (date(2027, 4, 2), "Please by Friday")
    assert bela.response_list.all() == ()
    assert not sections.is_here
    response = bela.opened_files.take_in(found)
    assert text_at(bela, response, NAME) == "IGC"
    again = one(bela, found.path).sections
    assert again is not None
    assert again.is_here


def test_whoever_handed_sections_over_is_told_that_nothing_is_to_be_taken_in(
    anna: Workspace, tmp_path: Path
) -> None:
    """O-02"""
    found = one(anna, handed(anna, tmp_path))
    assert found.destination is Destination.NOWHERE
    assert "Bela" in found.words


def test_sections_that_come_back_are_merged(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """O-02"""
    response = bela.opened_files.take_in(one(bela, handed(anna, tmp_path)))
    answer(bela, response, story="Long")
    assert one(anna, exported(bela, response, tmp_path / "back.iscm")).destination is Destination.MERGE


def test_questions_back_go_to_the_respondent(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """O-03"""
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    with opened(tmp_path, "carla") as carla:
        carla.packages.apply(carla.packages.plan([exported(anna, response, tmp_path / "igc.iscm")]))
        carla.queries.ask(response, NAME, "In full, please?")
        file = carla.queries.export(response, tmp_path / "questions.iscm").path
    found = one(anna, file)
    assert found.destination is Destination.QUERIES
    assert found.queries is not None
    assert found.queries.by == "Carla"
    assert found.queries.questions == (("Name", "In full, please?"),)
    assert anna.opened_files.take_in(found) == response
    elsewhere = one(bela, file)
    assert elsewhere.destination is Destination.NOWHERE
    assert "igc" in elsewhere.words


def test_answers_of_an_earlier_round_are_offered_where_a_later_response_is(
    anna: Workspace, bela: Workspace, tmp_path: Path
) -> None:
    """O-04"""
    bela.rounds.start("2019", "Assessment 2019")
    then = bela.responses.start("small", "igc", round="2019")
    answer(bela, then, name="IGC")
    file = exported(bela, then, tmp_path / "igc 2019.iscm")
    assert one(anna, file).destination is Destination.MERGE
    now = anna.responses.start("small", "igc", round="2027")
    found = one(anna, file)
    assert found.destination is Destination.LAST_ROUND
    assert found.earlier is not None
    assert (found.earlier.to_response, found.earlier.round) == (now, "Assessment 2019")


def test_answers_of_a_later_round_are_refused_as_earlier_ones(
    anna: Workspace, bela: Workspace, tmp_path: Path
) -> None:
    """O-04"""
    file = exported(bela, bela.responses.start("small", "igc", round="2027"), tmp_path / "later.iscm")
    anna.rounds.start("2019", "Assessment 2019")
    then = anna.responses.start("small", "igc", round="2019")
    assert one(anna, file).destination is Destination.MERGE
    with pytest.raises(IscmError) as refused:
        anna.last_round.offer(then, file)
    assert refused.value.problem is AnswerProblem.LAST_ROUND_IS_LATER
    later = anna.responses.start("small", "igc", round="2027")
    assert anna.last_round.earlier_responses(then) == ()
    assert [row.id for row in anna.last_round.earlier_responses(later)] == [then]
    with pytest.raises(IscmError) as refused:
        anna.last_round.offer(then, later)
    assert refused.value.problem is AnswerProblem.LAST_ROUND_IS_LATER


def test_due_dates_tell_which_round_was_earlier_before_codes_do() -> None:
    first, second = RoundTime("B", date(2019, 1, 1)), RoundTime("A", date(2027, 1, 1))
    assert first.is_before(second)
    assert not second.is_before(first)
    assert RoundTime("2.9").is_before(RoundTime("2.10"))
    assert not first.is_before(first)


def test_whoever_opens_many_files_merges_them(anna: Workspace, tmp_path: Path) -> None:
    """O-01"""
    file = handed(anna, tmp_path)
    copies = [shutil.copyfile(file, tmp_path / f"{number}.iscm") for number in range(MANY + 1)]
    assert anna.opened_files.look_at(copies).to_merge == copies


def test_a_store_behind_a_passphrase_is_a_store_also_where_nobody_has_given_it(
    anna: Workspace, tmp_path: Path
) -> None:
    """O-01"""
    other = tmp_path / "other.iscmdb"
    opened(tmp_path, "other").close()
    protect_store(other, "four words are enough")
    protected_files._given.clear()
    found = one(anna, other)
    assert found.destination is Destination.STORE
    assert found.store is not None
    assert not found.store.is_ours
