"""Coverage on paper and as a workbook.

CD-01 Each count stands beside what it is counted of.
CD-02 Numbers and days are numbers and days in the workbook; no text becomes a formula, wherever it came from.
CD-03 A document speaks its own language, Kosovo has its note, States by region the one of the United Nations.
CD-04 What changed is told where it is asked for; who is told to stop has written nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.reports.typesetting.blocks import (
    Document,
    FactsPanel,
    Heading,
    Inline,
    Paragraph,
    Table,
    plain,
)
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.coverage_document_service import CoverageWanted
from tests.support.pdf_text import page_texts
from tests.support.workspaces import opened

ENGLISH = CoverageWanted()
FORMULA = '=HYPERLINK("http://x.example")'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """Asked: Canada, Kosovo, Senegal, and an organization with a hostile name; Canada has answered."""
    with opened(tmp_path, "can") as theirs:
        theirs.rounds.start("2027", "Assessment 2027")
        response = theirs.responses.start("state", "CAN")
        session = theirs.responses.open_session(response)
        session.answer(session.find("STA-A02"), "Ministry")
        theirs.responses.save(response, session)
        file = theirs.exports.export(response, tmp_path / "can.iscm").path
    with opened(tmp_path, "desk") as workspace:
        workspace.rounds.start("2027", "Assessment 2027", date(2020, 4, 30))
        workspace.respondents.ask_all("2027", {("state", "en"): ["CAN", "XKX", "SEN"]})
        workspace.respondents.ask_all("2027", {("organization", "en"): [FORMULA]})
        workspace.packages.apply(workspace.packages.plan([file]))
        yield workspace


def composed(desk: Workspace, wanted: CoverageWanted = ENGLISH) -> Document:
    document = desk.coverage_documents.compose(wanted)
    assert document is not None
    return document


def told(cells: tuple[Inline, ...]) -> tuple[str, ...]:
    return tuple(map(plain, cells))


def below(document: Document, title: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and rows of the table below a heading."""
    blocks = iter(document.blocks)
    for block in blocks:
        if isinstance(block, Heading) and plain(block.text) == title:
            table = next(each for each in blocks if isinstance(each, Table))
            return told(table.head), [told(row) for row in table.rows]
    raise LookupError(title)


def test_counts_say_of_how_many(desk: Workspace) -> None:
    """CD-01"""
    document = composed(desk)
    panel = next(block for block in document.blocks if isinstance(block, FactsPanel))
    facts = {plain(label): plain(value) for label, value in panel.facts}
    assert (facts["Asked"], facts["Received"], facts["Late"]) == ("4", "1 of 4", "4 of 4")
    head, rows = below(document, "By group")
    received = dict(zip(head, next(row for row in rows if row[0] == "Received"), strict=True))
    assert (received["States"], received["Organizations"], received["All together"]) == (
        "1 of 3", "0 of 1", "1 of 4",
    )  # fmt: skip
    head, rows = below(document, "Questions")
    (ministry,) = (row for row in rows if row[1] == "A02")
    assert ministry[3:] == ("1", "1", "100")


def test_states_by_region_with_the_note(desk: Workspace) -> None:
    """CD-03"""
    document = composed(desk)
    _head, rows = below(document, "States by region")
    by_region = {row[0]: row[1:] for row in rows}
    assert by_region["Northern America"] == ("Canada", "", "1")
    assert by_region["Southern Europe"][1] == "Kosovo"
    texts = [plain(block.text) for block in document.blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("The designations employed") for text in texts)
    marks = [
        span.footnote
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for span in cell
        if "Kosovo" in span.text
    ]
    assert marks
    assert set(marks) == {"kosovo"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_document_speaks_its_own_language(desk: Workspace, language: str) -> None:
    """CD-03"""
    texts, english = (
        {
            plain(block.text)
            for block in composed(desk, wanted).blocks
            if isinstance(block, Heading | Paragraph)
        }
        for wanted in (CoverageWanted(None, language), ENGLISH)
    )
    assert texts & english <= {"Assessment 2027", "Sections", "Questions"}  # words that French shares


def test_it_is_printed(desk: Workspace, tmp_path: Path) -> None:
    printed = desk.coverage_documents.write_pdf(tmp_path / "coverage.pdf", ENGLISH)
    assert printed is not None
    assert printed.missing == ()
    assert "Canada" in "".join(page_texts((tmp_path / "coverage.pdf").read_bytes()))


def test_the_workbook_holds_numbers_days_and_no_formula(desk: Workspace, tmp_path: Path) -> None:
    """CD-02"""
    target = desk.coverage_documents.write_workbook(tmp_path / "coverage.xlsx", ENGLISH)
    assert target is not None
    book = load_workbook(target)
    sheet = book["Respondents"]
    assert all(one.freeze_panes == "A2" for one in book.worksheets)
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    canada = next(row for row in rows if row["Code"].value == "CAN")
    assert isinstance(canada["Changed on"].value, datetime)
    assert canada["Changed on"].is_date
    groups = {row[0].value: row for row in book["By group"].iter_rows(min_row=2)}
    assert (groups["States"][1].value, groups["States"][2].value) == (243, 3)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    cells = [cell for one in book.worksheets for row in one.iter_rows() for cell in row]
    hostile = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)


def test_what_changed_is_told_on_wish(desk: Workspace) -> None:
    """CD-04"""
    since = desk.now() - timedelta(days=1)
    document = composed(desk, CoverageWanted(since=since))
    title = next(
        plain(block.text)
        for block in document.blocks
        if isinstance(block, Heading) and plain(block.text).startswith("Since")
    )
    _head, rows = below(document, title)
    assert [row[0] for row in rows][:1] == ["Canada"]
    assert not any(
        isinstance(block, Heading) and plain(block.text).startswith("Since")
        for block in composed(desk).blocks
    )


def test_who_is_told_to_stop_has_written_nothing(desk: Workspace, tmp_path: Path) -> None:
    """CD-04"""
    stopped = TaskProgress(should_stop=lambda: True)
    documents = desk.coverage_documents
    assert documents.write_pdf(tmp_path / "a.pdf", ENGLISH, stopped) is None
    assert documents.write_workbook(tmp_path / "a.xlsx", ENGLISH, stopped) is None
    assert not list(tmp_path.glob("a.*"))


def test_without_a_round_there_is_nothing_to_print(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "fresh.iscmdb") as fresh, pytest.raises(IscmError) as refused:
        fresh.coverage_documents.write_pdf(tmp_path / "a.pdf", ENGLISH)
    assert refused.value.problem is AnswerProblem.ROUND_NONE
