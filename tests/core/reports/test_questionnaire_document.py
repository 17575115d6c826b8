"""The completed questionnaire, read as blocks.

R-01 Every question asked is there with its answer; one without an answer says so; a hidden one is left out.
R-02 Codes are printed as labels, numbers and dates in the manner of the document's language.
R-03 Short entries of a repeat stand in a table, rich ones under headings of their own.
R-04 A document says whether its answers were signed off, and by whom.
R-05 Where Kosovo is printed, the note follows it.
R-12 A copy that leaves nothing out names what is not for publication, beside it and at its top.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from iscm_desktop.reports.documents.clearance_blocks import Cleared
from iscm_desktop.reports.documents.clearance_sheet import ClearedAnswers, clearance_sheet
from iscm_desktop.reports.documents.questionnaire_document import (
    MarkedAnswers,
    PrintOptions,
    Provenance,
    SignedOff,
    questionnaire_document,
)
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    Heading,
    LabelledBlock,
    Listing,
    Paragraph,
    ParagraphRole,
    SignatureBlock,
    Stamp,
    StampTone,
    Table,
    plain,
)
from iscm_desktop.reports.typesetting.pdf_printer import render
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Declaration
from tests.support.entering import entering
from tests.support.pdf_text import page_texts

FORM = """
| survey  |                        |          |                          |                |            |
|         | type                   | name     | label                    | relevant       | appearance |
|         | begin_group            | A        | Structures               |                |            |
|         | select_one yn          | A01      | Is there a fee?          |                |            |
|         | decimal                | A02      | Yearly fee               | ${A01} = 'yes' |            |
|         | integer                | A03      | Founded in which year?   |                |            |
|         | date                   | A04      | Last reviewed on         |                |            |
|         | select_multiple themes | A05      | Themes                   |                |            |
|         | rank themes            | A06      | Most important themes    |                |            |
|         | text                   | A07      | What has it achieved?    |                | multiline  |
|         | note                   | A08      | Nearly there.            |                |            |
|         | begin_repeat           | A09      | Turning points           |                |            |
|         | integer                | A09.1    | Year                     |                |            |
|         | text                   | A09.2    | What happened?           |                |            |
|         | end_repeat             |          |                          |                |            |
|         | end_group              |          |                          |                |            |
| choices |                        |          |                          |                |            |
|         | list_name              | name     | label                    |                |            |
|         | yn                     | yes      | Yes                      |                |            |
|         | yn                     | no       | No                       |                |            |
|         | themes                 | asylum   | Asylum and refugees      |                |            |
|         | themes                 | data     | Data                     |                |            |
| settings |                       |          |                          |                |            |
|         | form_title             | form_id  |                          |                |            |
|         | Questionnaire          | sample   |                          |                |            |
"""
PRINTED = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def printed(response: FormSession, **particulars: object) -> Document:
    return questionnaire_document(
        response,
        PrintOptions("Assessment 2027", "IGC", PRINTED, **particulars),  # type: ignore[arg-type]
    )


def questions(document: Document) -> dict[str, LabelledBlock]:
    return {plain(block.label): block for block in document.blocks if isinstance(block, LabelledBlock)}


def answer(document: Document, label: str) -> str:
    said = questions(document)[label].content
    return "; ".join(plain(item) for item in said.items) if isinstance(said, Listing) else plain(said)


def only(document: Document, kind: type[Block]) -> list[Block]:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_a_blank_question_says_so_and_a_hidden_one_is_left_out():
    """R-01."""
    response = entering(FORM)
    response.answer("A01", "no")
    found = questions(printed(response))
    assert "Yearly fee" not in found
    assert found["Founded in which year?"].content == ()
    assert found["Founded in which year?"].placeholder == "Not answered"
    assert "Nearly there." not in found


def test_answers_are_printed_for_people():
    """R-02."""
    response = entering(FORM)
    for name, text in {
        "A01": "yes", "A02": "120000", "A03": "1985", "A04": "2014-03-01",
        "A05": "asylum data", "A06": "data asylum",
    }.items():  # fmt: skip
        response.answer(name, text)
    document = printed(response)
    assert answer(document, "Is there a fee?") == "Yes"
    assert answer(document, "Yearly fee") == "120,000"
    assert answer(document, "Founded in which year?") == "1985"
    assert answer(document, "Last reviewed on") == "1 March 2014"
    assert answer(document, "Themes") == "Asylum and refugees; Data"
    ranked = questions(document)["Most important themes"].content
    assert isinstance(ranked, Listing)
    assert ranked.is_ordered
    assert [plain(item) for item in ranked.items] == ["Data", "Asylum and refugees"]


def test_what_cannot_be_read_is_printed_as_typed_with_a_remark():
    """R-01: a wrong answer is kept and shown."""
    response = entering(FORM)
    response.answer("A03", "long ago")
    block = questions(printed(response))["Founded in which year?"]
    assert block.content
    assert answer(printed(response), "Founded in which year?") == "long ago"
    assert "whole number" in plain(block.remark)


def turning_point(response: FormSession, year: str, event: str) -> None:
    entry = response.add_entry("A/A09")
    response.answer(f"{entry}/A09.1", year)
    response.answer(f"{entry}/A09.2", event)


def test_short_entries_stand_in_a_table():
    """R-03."""
    response = entering(FORM)
    turning_point(response, "2004", "Strategic review")
    turning_point(response, "", "Restructuring")
    (table,) = only(printed(response), Table)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.head] == ["Year", "What happened?"]
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["2004", "Strategic review"],
        ["–", "Restructuring"],
    ]


def test_rich_entries_have_headings_of_their_own():
    """R-03."""
    response = entering(FORM)
    turning_point(response, "2004", "The review looked at every theme. " * 20)
    document = printed(response)
    assert not only(document, Table)
    assert len(only(document, CardHeading)) == 1
    assert answer(document, "What happened?").startswith("The review looked at")


def test_a_repeat_without_entries_says_so():
    """R-01."""
    assert questions(printed(entering(FORM)))["Turning points"].placeholder == "No entries"


def test_a_draft_leaves_room_to_sign():
    """R-04."""
    document = printed(entering(FORM))
    (stamp,) = only(document, Stamp)
    (block,) = only(document, SignatureBlock)
    assert isinstance(stamp, Stamp)
    assert isinstance(block, SignatureBlock)
    assert stamp.tone is StampTone.CAUTION
    assert document.mark == "Draft"
    assert [label for label, value in block.rows if not value] == ["Name", "Function", "Date", "Signature"]


def test_a_signed_questionnaire_says_by_whom():
    """R-04."""
    signed = SignedOff("Jane Doe", "Head of secretariat", datetime(2027, 5, 2, tzinfo=UTC))
    document = printed(entering(FORM), sign_off=signed)
    (stamp,) = only(document, Stamp)
    (block,) = only(document, SignatureBlock)
    assert stamp == Stamp(StampTone.APPROVAL, "Signed off on 2 May 2027")
    assert isinstance(block, SignatureBlock)
    assert [plain(value) for _, value in block.rows] == ["Jane Doe", "Head of secretariat", "2 May 2027"]
    assert document.mark == ""


def test_a_change_after_the_signature_makes_it_a_draft_again():
    """R-04."""
    signed = SignedOff("Jane Doe", "Head", datetime(2027, 5, 2, tzinfo=UTC), is_current=False)
    document = printed(entering(FORM), sign_off=signed)
    (stamp,) = only(document, Stamp)
    assert stamp == Stamp(StampTone.CAUTION, "Draft: changed since it was signed off on 2 May 2027")


def test_the_note_on_kosovo_comes_by_itself():
    """R-05."""
    response = entering(FORM)
    response.answer("A07", "It helped in Kosovo.\nKosovo came up again.")
    document = printed(response)
    assert [span.footnote for span in questions(document)["What has it achieved?"].content] == ["kosovo", ""]
    (page,) = page_texts(render(document).pdf)
    assert "It helped in Kosovo1." in page
    assert "resolution 1244" in page


def test_without_kosovo_there_is_no_note():
    """R-05."""
    (page,) = page_texts(render(printed(entering(FORM))).pdf)
    assert "1244" not in page


def test_the_annex_says_who_answered_what():
    line = Provenance("A03", "Founded in which year?", "Jane Doe", PRINTED, "igc.iscm")
    document = printed(entering(FORM), provenance=[line])
    (table,) = only(document, Table)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[0]] == [
        "A03", "Founded in which year?", "Jane Doe", "21 November 2026, 14:05", "igc.iscm",
    ]  # fmt: skip


def test_sections_are_numbered_headings():
    headings = [block for block in printed(entering(FORM)).blocks if isinstance(block, Heading)]
    assert [(block.number, plain(block.text), block.level) for block in headings] == [("A", "Structures", 1)]


def test_a_sign_off_with_things_left_says_why() -> None:
    signed = SignedOff("R. Example", "Director", datetime(2027, 3, 1, tzinfo=UTC), left=2, reason="In May.")
    document = printed(entering(FORM), sign_off=signed)
    (stamp,) = only(document, Stamp)
    assert stamp == Stamp(StampTone.CAUTION, "Signed off on 1 March 2027, not complete")
    (block,) = only(document, SignatureBlock)
    assert ("Not complete", "two things were left: In May.") in [
        (label, plain(value)) for label, value in block.rows
    ]


def test_clearances_are_printed_before_the_sign_off() -> None:
    steps = (
        Cleared("Interior", "B. Ito", date(2027, 3, 12), "Fine.", is_paper=True),
        Cleared("Finance", "C. Diaz", date(2027, 3, 13), is_current=False),
        Cleared("Foreign Affairs"),
    )
    document = printed(entering(FORM), clearances=steps)
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["Interior", "B. Ito", "12 March 2027", "Fine. Signed on paper."],
        ["Finance", "C. Diaz", "13 March 2027", "Answers were changed since."],
        ["Foreign Affairs", "not yet", "", ""],
    ]
    assert document.blocks.index(table) < document.blocks.index(only(document, SignatureBlock)[0])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_clearance_sheet_leaves_room_for_whoever_is_asked(language: str) -> None:
    steps = (Cleared("Interior", "B. Ito", date(2027, 3, 12)), Cleared("Finance"), Cleared("Foreign Affairs"))
    answers = ClearedAnswers(
        "Kenya", "State questionnaire", "Assessment 2027", language, 40, 58, 2, "ab" * 32,
        datetime(2027, 3, 14, tzinfo=UTC),
    )  # fmt: skip
    document = clearance_sheet(steps, answers)
    blocks = only(document, SignatureBlock)
    assert len(blocks) == 2
    assert all(value == () for block in blocks for _label, value in block.rows)
    assert len(only(clearance_sheet((), answers), SignatureBlock)) == 1
    assert render(document).pages == 1


def test_what_is_not_for_publication_says_so_beside_the_answer_and_at_the_top() -> None:
    """R-12"""
    response = entering(FORM)
    response.answer("A/A03", "1985")
    response.answer("A/A07", "Much.")
    document = printed(response, marked=MarkedAnswers(frozenset({"A/A03", "A/A04"})))
    said = questions(document)
    assert plain(said["Founded in which year?"].remark) == "Not for publication"
    assert said["What has it achieved?"].remark == ()
    assert said["Last reviewed on"].remark == ()  # blank: there is nothing to keep
    (notice,) = [
        plain(block.text)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.role is ParagraphRole.NOTICE
    ]
    assert notice == "This copy holds one answer that is not for publication. It says so below it."


def test_a_mark_around_an_answer_is_said_beside_it() -> None:
    """R-12: of a section, of a repeat, and of one entry, whose neighbours have none."""
    response = entering(FORM)
    turning_point(response, "2004", "Review")
    turning_point(response, "2012", "Reform")
    first = response.repeat("A/A09").entries[0].path
    document = printed(response, marked=MarkedAnswers(frozenset({first})))
    assert not only(document, Table)
    remarks = [plain(one.remark) for one in only(document, LabelledBlock) if isinstance(one, LabelledBlock)]
    assert remarks.count("Not for publication") == 2
    whole = printed(response, marked=MarkedAnswers(frozenset({"A/A09"})))
    assert only(whole, Table)
    quiet = [
        plain(one.text) for one in only(whole, Paragraph) if getattr(one, "role", None) is ParagraphRole.QUIET
    ]
    assert "None of these entries is for publication." in quiet
    assert "four answers" in "".join(plain(one.text) for one in only(whole, Paragraph))


def test_where_nothing_is_marked_nothing_is_said_of_publication() -> None:
    """R-12"""
    response = entering(FORM)
    response.answer("A/A03", "1985")
    assert "publication" not in repr(printed(response).blocks)


def test_nothing_to_report_is_printed_in_place_of_the_questions() -> None:
    response = entering(FORM)
    section = response.sections()[0].path
    response.declare(Declaration.NOTHING_TO_REPORT, section)
    document = printed(response)
    assert questions(document) == {}
    said = [plain(block.text) for block in only(document, Paragraph) if isinstance(block, Paragraph)]
    assert "Nothing to report." in said


_MOMENTS = """
| survey   |          |        |         |               |
|          | type     | name   | label   | appearance    |
|          | datetime | met    | Met     |               |
|          | time     | opens  | Opens   |               |
|          | integer  | people | People  | thousands-sep |
|          | integer  | year   | Year    |               |
| settings |          |        |         |               |
|          | form_title | form_id |      |               |
|          | Moments    | moments |      |               |
"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("met", "2026-11-29T14:00", "29 November 2026, 14:00"),
        ("met", "2026-11-29T14:00:05", "29 November 2026, 14:00:05"),
        ("met", "2026-11-29T14:00:00.000+03:00", "29 November 2026, 14:00 (UTC+0300)"),
        ("opens", "09:30:00.000+03:00", "09:30"),
        ("people", "1250", "1,250"),
        ("year", "1985", "1985"),
    ],
)
def test_moments_and_numbers_are_printed_as_they_were_meant(question: str, text: str, expected: str) -> None:
    """R-02: no seconds nobody gave, no zone nobody named, thousands marked where the form asks for it."""
    response = entering(_MOMENTS)
    response.answer(question, text)
    assert answer(printed(response), question.capitalize()) == expected
