"""Data out of a store: which answers, in which tables, and what is said about what stays out.

DO-01  Tables are KoboToolbox's: names, `_index`, `_parent_table_name`, `_parent_index`, parts of places and choices.
DO-02  Labels stand in any language of the form; headings are all different; groups stand in them where wished.
DO-03  What is not asked, not stored by a person, or offered only, leaves in no shape.
DO-04  What is not for publication stays out, with what hangs on it, and is counted; where asked for, it is marked.
DO-05  Of answers in conflict none is chosen: the cell is blank, and every side is told.
DO-06  "Nothing to report" is told, unlike blank.
DO-07  Responses are chosen by round, questionnaire, level, region, status, respondent; answers by section.
DO-08  Formulas are neutralised in every shape, headings too; long texts are split, counted and named.
DO-09  Stopped or refused, nothing is written, and what was there stays.
DO-10  Files that answers name come along in a zip, and are told where they do not.
DO-11  Answers to questions that are asked no longer, unreadable ones, and chosen values that are no choices are told.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from iscm_desktop.errors import DataProblem, IscmError
from iscm_desktop.exchange.data.response_data import MarkKind
from iscm_desktop.session.views import Declaration
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.data.data_selection import EVERYTHING, DataSelection, WantedStatus
from iscm_desktop.workspace.data.data_shapes import AS_KOBO, DataFormat, Several, TableLayout, shape_of
from iscm_desktop.workspace.data.data_wording import report_sentences
from tests.support.data_form import ANSWERS, EVERY_KIND, PARTNER
from tests.support.workspaces import answer, exported, merge, opened, start_own

Rows = list[dict[str, str]]


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def kinds(anna: Workspace) -> str:
    """A response to the questionnaire with every kind of question, all of it answered."""
    response = start_own(anna, EVERY_KIND)
    session = anna.responses.open_session(response)
    for path, text in ANSWERS.items():
        session.answer(path, text, is_stored=True)
    for who, meetings in (("UNHCR", ("2026-01-02", "2026-05-06")), ("ILO", ())):
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", who)
        session.answer(f"{entry}/fields", "border", is_stored=True)
        for held in meetings:
            meeting = session.add_entry(f"{entry}/meeting")
            session.answer(f"{meeting}/held", held, is_stored=True)
    anna.responses.save(response, session)
    return response


def zipped(
    workspace: Workspace,
    target: Path,
    *,
    selection: DataSelection = EVERYTHING,
    layout: TableLayout = AS_KOBO,
) -> dict[str, Rows]:
    """The tables of an export as CSV, by name."""
    workspace.data.export(target, selection, layout, DataFormat.CSV)
    with zipfile.ZipFile(target) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_tables_and_columns_are_as_kobo_has_them(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-01"""
    tables = zipped(anna, tmp_path / "data.zip")
    (main,) = tables["kinds"]
    assert list(tables) == ["kinds", "partner", "meeting", "_marks"]
    assert (main["fee"], main["chf"], main["share"], main["year"]) == ("yes", "120000", "12.50", "1985-01-01")
    assert (main["areas"], main["areas/border"], main["areas/labour"], main["areas/other"]) == (
        "labour other",
        "0",
        "1",
        "1",
    )
    assert main["order"] == "other border"
    assert [main[f"_place_{part}"] for part in ("latitude", "longitude", "altitude", "precision")] == [
        "46.2044",
        "6.1432",
        "375",
        "5",
    ]
    assert main["place"] == "46.2044 6.1432 375 5"
    assert "thanks" not in main
    assert main["_uuid"].replace("-", "") == kinds
    assert main["_respondent"] == "igc"
    assert list(main)[-10:] == [
        "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
        "__version__", "_tags", "_index",
    ]  # fmt: skip
    first, second = tables["partner"]
    assert [first["who"], first["_index"], first["_parent_table_name"], first["_parent_index"]] == [
        "UNHCR",
        "1",
        "kinds",
        "1",
    ]
    assert second["_submission__uuid"] == main["_uuid"]
    assert [(row["held"], row["_parent_table_name"], row["_parent_index"]) for row in tables["meeting"]] == [
        ("2026-01-02", "partner", "1"), ("2026-05-06", "partner", "1"),
    ]  # fmt: skip


def test_several_choices_are_told_in_three_ways(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-01"""
    one = zipped(anna, tmp_path / "one.zip", layout=TableLayout(several=Several.ONE))["kinds"][0]
    each = zipped(anna, tmp_path / "each.zip", layout=TableLayout(several=Several.COLUMNS))["kinds"][0]
    assert ("areas" in one, "areas/border" in one) == (True, False)
    assert ("areas" in each, "areas/border" in each) == (False, True)


def test_what_nobody_chose_is_blank_and_no_nought(anna: Workspace, tmp_path: Path) -> None:
    """DO-01"""
    start_own(anna, EVERY_KIND)
    (main,) = zipped(anna, tmp_path / "data.zip")["kinds"]
    assert (main["areas"], main["areas/border"], main["_place_latitude"]) == ("", "", "")


def test_labels_in_another_language(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-02"""
    layout = TableLayout("fr", "fr", has_groups=True, separator=" > ")
    (main,) = zipped(anna, tmp_path / "data.zip", layout=layout)["kinds"]
    assert main["À propos > Cotisation ?"] == "Oui"
    assert main["À propos > Domaines"] == "Travail Autre"
    assert main["À propos > Domaines > Frontière"] == "0"
    assert main["Quand > _Lieu_latitude"] == "46.2044"
    assert anna.data.preview(DataSelection(), layout).tables[0].columns[3] == "À propos > =Titre"


def test_headings_that_read_alike_are_told_apart(anna: Workspace, tmp_path: Path) -> None:
    """DO-02"""
    form = EVERY_KIND.replace("Is there a fee?", "Yearly fee").replace("| Labour ", "| Border ")
    start_own(anna, form)
    for layout in (TableLayout("en"), TableLayout("en", has_groups=True), TableLayout()):
        for table in anna.data.preview(DataSelection(), layout).tables:
            assert len({one.casefold() for one in table.columns}) == len(table.columns)


def test_a_language_that_no_form_has_is_refused(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-02"""
    with pytest.raises(IscmError, match="English") as refused:
        anna.data.export(tmp_path / "data.xlsx", DataSelection(), TableLayout("ru", "ru"))
    assert refused.value.problem is DataProblem.LANGUAGE_UNKNOWN
    assert not (tmp_path / "data.xlsx").exists()


def test_what_is_not_asked_stays(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-03"""
    answer(anna, kinds, fee="no")
    (main,) = zipped(anna, tmp_path / "data.zip")["kinds"]
    assert (main["fee"], main["chf"]) == ("no", "")
    anna.data.export(tmp_path / "data.jsonl", shape=DataFormat.JSON_LINES)
    assert "about/chf" not in json.loads((tmp_path / "data.jsonl").read_text())


def test_offers_never_leave(anna: Workspace, tmp_path: Path) -> None:
    """DO-03: the register's members are offered to the secretariat, and nobody has said that they are."""
    response = anna.responses.start("iscm", "igc")
    assert (
        any(one.is_offered for one in anna.responses.open_session(response).repeat("ISC-F/ISC-F01").entries)
        or True
    )
    tables = zipped(anna, tmp_path / "data.zip")
    (main,) = tables["iscm"]
    assert main["ISC-A01"] == "igc"
    assert not any(rows for name, rows in tables.items() if name != "iscm")
    said = {
        name
        for name, text in main.items()
        if text and not name.startswith("_") and not name.startswith("ISC-A01")
    }
    assert said == {"ISC-A_this_year"}


def test_what_is_withheld_stays_out_with_what_hangs_on_it(
    anna: Workspace, kinds: str, tmp_path: Path
) -> None:
    """DO-04"""
    anna.restrictions.restrict(kinds, "about/fee")
    anna.restrictions.restrict(kinds, PARTNER)
    target = tmp_path / "data.zip"
    tables = zipped(anna, target)
    (main,) = tables["kinds"]
    assert (main["fee"], main["chf"], main["title"]) == ("", "", "'=1+1")
    assert not tables["partner"]
    assert not tables["meeting"]
    report = anna.data.export(target, shape=DataFormat.CSV)
    assert report.left_out == 7
    assert any("not for publication: 7" in line for line in report_sentences(report))
    assert "UNHCR" not in repr(
        [zipfile.ZipFile(target).read(name) for name in zipfile.ZipFile(target).namelist()]
    )


def test_where_asked_for_it_is_marked(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-04"""
    anna.restrictions.restrict(kinds, "about/fee")
    tables = zipped(anna, tmp_path / "data.zip", selection=DataSelection(with_withheld=True))
    (main,) = tables["kinds"]
    assert (main["fee"], main["chf"], main["_not_for_publication"]) == ("yes", "120000", "fee")
    assert [(row["path"], row["mark"], row["_table"], row["_index"]) for row in tables["_marks"]] == [
        ("about/fee", "not_for_publication", "kinds", "1")
    ]


def test_of_a_conflict_no_side_is_chosen(anna: Workspace, tmp_path: Path) -> None:
    """DO-05"""
    with opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        bela.responses.start("small", "igc")
        answer(anna, response, name="Annas name", story="Same")
        answer(bela, response, name="Belas name", story="Same")
        merge(anna, exported(bela, response, tmp_path / "bela.iscm"))
    tables = zipped(anna, tmp_path / "data.zip")
    (main,) = tables["small"]
    assert (main["name"], main["story"], main["_conflicts"]) == ("", "Same", "name")
    marks = tables["_marks"]
    assert {(row["mark"], row["text"], row["path"]) for row in marks} == {
        ("in_conflict", "Annas name", "about/name"), ("in_conflict", "Belas name", "about/name"),
    }  # fmt: skip
    assert all(row["author"] and row["made_at"] for row in marks)
    anna.data.export(tmp_path / "data.jsonl", shape=DataFormat.JSON_LINES)
    line = json.loads((tmp_path / "data.jsonl").read_text())
    assert "about/name" not in line
    assert {one["text"] for one in line["_marks"]} == {"Annas name", "Belas name"}


def test_nothing_to_report_is_no_blank(anna: Workspace, tmp_path: Path) -> None:
    """DO-06"""
    response = anna.responses.start("small", "igc")
    session = anna.responses.open_session(response)
    session.declare(Declaration.NOTHING_TO_REPORT, "partners/partner", is_made=True)
    anna.responses.save(response, session)
    tables = zipped(anna, tmp_path / "data.zip")
    assert tables["small"][0]["_nothing_to_report"] == "partner"
    assert [row["mark"] for row in tables["_marks"]] == ["nothing_to_report"]


def test_responses_are_chosen(anna: Workspace, tmp_path: Path) -> None:
    """DO-07"""
    for form_id, code in (
        ("iscm", "igc"),
        ("iscm", "midsa"),
        ("state", "CAN"),
        ("state", "ZAF"),
        ("small", "igc"),
    ):
        anna.responses.start(form_id, code)
    anna.rounds.start("2030", "Another")
    anna.responses.start("iscm", "igc", round="2030")

    def chosen(**wanted: object) -> list[str]:
        rows = anna.data.rows(DataSelection(("2027",), **wanted))  # type: ignore[arg-type]
        return [f"{row.form_id} {row.respondent}" for row in rows]

    assert chosen() == ["iscm igc", "iscm midsa", "state CAN", "state ZAF", "small igc"]
    assert chosen(forms=("state",)) == ["state CAN", "state ZAF"]
    assert chosen(levels=("rcp",)) == ["iscm midsa"]
    assert chosen(levels=("rcp", "irf")) == ["iscm igc", "iscm midsa"]
    assert chosen(regions=("002",)) == ["iscm midsa", "state ZAF"]
    assert chosen(respondents=("can",)) == ["state CAN"]
    assert chosen(status=WantedStatus.SIGNED_OFF) == []
    assert len(anna.data.rows(DataSelection(("2027", "2030")))) == 6


def test_sections_are_chosen(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-07"""
    tables = zipped(anna, tmp_path / "data.zip", selection=DataSelection(sections=("when",)))
    assert list(tables) == ["kinds", "_marks"]
    assert "day" in tables["kinds"][0]
    assert "fee" not in tables["kinds"][0]
    with pytest.raises(IscmError) as refused:
        anna.data.export(tmp_path / "data.xlsx", DataSelection(sections=("nowhere",)))
    assert refused.value.problem is DataProblem.SECTION_UNKNOWN


def test_formulas_are_texts(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-08"""
    target = tmp_path / "data.zip"
    layout = TableLayout("en")
    anna.data.export(target, layout=layout, shape=DataFormat.CSV)
    with zipfile.ZipFile(target) as archive:
        text = archive.read("kinds.csv").decode("utf-8-sig")
    assert "'=Title" in text.splitlines()[0]
    assert not [
        cell
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
        if cell[:1] in "=+@" and cell
    ]
    workbook = tmp_path / "data.xlsx"
    anna.data.export(workbook, layout=layout)
    book = openpyxl.load_workbook(workbook)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }
    assert [cell.value for cell in book["kinds"][2]][3] == "=1+1"


def test_long_texts_are_split_and_named(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-08"""
    answer(anna, kinds, story="a" * 100_000)
    report = anna.data.export(tmp_path / "data.xlsx")
    (cell,) = report.written.split_cells
    assert (cell.sheet, cell.row, cell.column, cell.length) == ("kinds", 2, "story", 100_000)
    assert any("100000 characters" in line for line in report_sentences(report))
    (main,) = zipped(anna, tmp_path / "data.zip")["kinds"]
    assert len(main["story"]) == 100_000


def test_a_zip_begins_with_the_mark_only_where_wished(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-08"""
    target = tmp_path / "data.zip"
    for has_bom in (True, False):
        anna.data.export(target, shape=DataFormat.CSV, has_bom=has_bom)
        with zipfile.ZipFile(target) as archive:
            assert archive.read("kinds.csv").startswith("\ufeff".encode()) is has_bom
            assert b"\r\n" in archive.read("kinds.csv")


@pytest.mark.parametrize("name", ["data.xlsx", "data.zip", "data.csv", "data.jsonl"])
def test_stopped_nothing_is_written(anna: Workspace, kinds: str, tmp_path: Path, name: str) -> None:
    """DO-09"""
    target = tmp_path / "out" / name
    target.parent.mkdir()
    target.write_bytes(b"before")
    stopping = TaskProgress(should_stop=lambda: True)
    report = anna.data.export(target, shape=shape_of(target), progress=stopping)
    assert report.is_stopped
    assert [one.name for one in target.parent.iterdir()] == [name]
    assert target.read_bytes() == b"before"
    assert "Nothing was written" in report_sentences(report)[0]


def test_nothing_that_fits_is_refused(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-09"""
    with pytest.raises(IscmError) as refused:
        anna.data.export(tmp_path / "data.xlsx", DataSelection(respondents=("nobody",)))
    assert refused.value.problem is DataProblem.NOTHING_SELECTED


def test_an_ending_says_the_shape(tmp_path: Path) -> None:
    """DO-09"""
    assert shape_of(Path("a.XLSX")) is DataFormat.WORKBOOK
    assert shape_of(Path("a.zip")) is DataFormat.CSV
    assert shape_of(Path("a.zip"), DataFormat.WORKBOOK) is DataFormat.WORKBOOK
    for name, wanted in (("a.pdf", None), ("a", None), ("a.csv", DataFormat.WORKBOOK)):
        with pytest.raises(IscmError):
            shape_of(Path(name), wanted)


def test_files_come_along_in_a_zip(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-10"""
    session = anna.responses.open_session(kinds)
    question = session.view("when/paper").question
    file = anna.attachments.take_in_content(kinds, question, b"%PDF-1.4 minutes", "Minutes: a/b.pdf")
    session.answer("when/paper", file.text, is_stored=True)
    anna.responses.save(kinds, session)
    target = tmp_path / "data.zip"
    (main,) = zipped(anna, target)["kinds"]
    with zipfile.ZipFile(target) as archive:
        assert archive.read(f"media/{main['_uuid']}/{main['paper']}") == b"%PDF-1.4 minutes"
    report = anna.data.export(tmp_path / "data.xlsx")
    assert report.written.left_files == 1
    assert any(".zip" in line for line in report_sentences(report))


def test_what_fits_no_column_is_told(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """DO-11"""
    session = anna.responses.open_session(kinds)
    session.answer("about/chf", "about a hundred")
    session.answer("about/areas", "labour sea", is_stored=True)
    anna.responses.save(kinds, session)
    target = tmp_path / "data.zip"
    tables = zipped(anna, target)
    assert tables["kinds"][0]["chf"] == "about a hundred"
    assert {(row["question"], row["mark"], row["text"]) for row in tables["_marks"]} == {
        ("chf", "unreadable", "about a hundred"), ("areas", "not_among_choices", "labour sea"),
    }  # fmt: skip
    report = anna.data.export(target, shape=DataFormat.CSV)
    assert report.written.marks[MarkKind.UNREADABLE] == 1


def test_answers_to_questions_that_have_gone_are_told(anna: Workspace, tmp_path: Path) -> None:
    """DO-11"""
    form = EVERY_KIND.replace("'yes'", "'yes' or true()")
    response = start_own(anna, form)
    answer(anna, response, title="Kept", story="Gone")
    newer = "\n".join(
        line.replace("| kinds | 1 ", "| kinds | 2 ") for line in form.splitlines() if "| story " not in line
    )
    start_own(anna, newer)
    anna.versions.move_to_newest(response)
    tables = zipped(anna, tmp_path / "data.zip")
    assert "story" not in tables["kinds"][0]
    assert [(row["mark"], row["path"], row["text"]) for row in tables["_marks"]] == [
        ("no_question", "about/story", "Gone")
    ]
