"""People's texts over the draft: kept, told apart from the draft, and flagged when their answers change."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import Summary, SummarySection
from iscm_desktop.summaries.text_edits import TextEdit, lay_over, packed, section_text, unpacked
from iscm_desktop.summaries.text_markup import mark
from tests.support.answers import COUNTS, answered, sample_round

ANSWERS = {"ISC-C01": "4", "ISC-C06": "3", "ISC-C09": "2", "ISC-C12": "In Kosovo it helped."}


def drafted(**changed: Any) -> Summary:
    answers = ANSWERS | {name.replace("_", "-"): value for name, value in changed.items()}
    return draft("prague-process", [answered("iscm", "prague-process", answers)], COUNTS)


def edited(
    text: str, was: Summary | None = None, now: Summary | None = None, key: str = "2"
) -> SummarySection:
    """A section as a person wrote it over the draft `was`, laid over the draft `now`."""
    before = was or drafted()
    edit = TextEdit(text, before.section(key).drafted_from)
    return lay_over(now or before, {key: edit}).section(key)


def test_text_to_edit_shows_leads_and_no_footnote_marks() -> None:
    text = section_text(drafted().section("2"))
    assert text.startswith("**National.** By its own account, ")
    assert text.count("\n\n**") == 2
    assert mark(1) not in text


def test_an_unchanged_text_is_no_edit() -> None:
    for section in draft("igc", sample_round(), COUNTS).sections:
        summary = draft("igc", sample_round(), COUNTS)
        laid = lay_over(summary, {section.key: TextEdit(section_text(section), section.drafted_from)})
        assert laid == summary


def test_only_the_paragraph_that_was_edited_says_so() -> None:
    section = edited(section_text(drafted().section("2")).replace("moderate", "quite moderate"))
    assert section.is_edited
    assert not section.sources_changed
    assert [paragraph.is_edited for paragraph in section.paragraphs] == [False, True, False]
    assert [paragraph.lead for paragraph in section.paragraphs] == ["National", "Regional", "Global"]
    assert all(paragraph.sources for paragraph in section.paragraphs)


def test_an_answer_changed_later_is_flagged_where_it_is_used() -> None:
    text = section_text(drafted().section("2")).replace("moderate", "quite moderate")
    section = edited(text, now=drafted(ISC_C06="5"))
    assert section.sources_changed
    assert "quite moderate" in section.paragraphs[1].text
    assert [paragraph.sources_changed for paragraph in section.paragraphs] == [False, True, False]
    assert [source.path for source in section.sources if source.is_changed] == ["ISC-C/ISC-C06"]


def test_an_answer_that_came_or_went_is_flagged() -> None:
    text = section_text(drafted().section("2")) + "\n\nOur own words."
    assert edited(text, now=drafted(ISC_C09="")).sources_changed
    assert edited(text, now=drafted(ISC_C07="model_law_or_standard")).sources_changed
    assert not edited(text, now=drafted(ISC_B01=2009)).sources_changed


def test_new_paragraphs_have_no_sources_and_removed_ones_go() -> None:
    section = edited("Something altogether new, about which nobody was asked: 42.")
    (paragraph,) = section.paragraphs
    assert paragraph.is_edited
    assert paragraph.sources == ()
    assert edited("").paragraphs == ()
    assert edited("").is_edited


def test_a_reworded_paragraph_keeps_its_sources_without_its_lead() -> None:
    section = edited("To governance in its Member States the contribution of the Prague Process is strong.")
    assert [source.path for source in section.paragraphs[0].sources] == ["ISC-C/ISC-C01", "ISC-C/ISC-C12"]


def test_kosovo_in_an_edited_text_gets_its_note() -> None:
    summary = drafted(ISC_C12="")
    assert not summary.footnotes
    laid = lay_over(summary, {"1": TextEdit("It began in Kosovo.", "")})
    assert laid.footnotes
    assert laid.section("1").paragraphs[0].text == f"It began in Kosovo{mark(1)}."


def test_the_note_moves_to_an_earlier_mention() -> None:
    laid = lay_over(drafted(), {"1": TextEdit("Kosovo first.", "")})
    marks = [mark(1) in paragraph.text for paragraph in laid.paragraphs()]
    assert marks == [True, False, False, False]


def test_tables_stay_with_the_answers() -> None:
    summary = draft("igc", sample_round(), COUNTS)
    laid = lay_over(summary, {"4": TextEdit("Short.", summary.section("4").drafted_from)})
    assert laid.section("4").tables == summary.section("4").tables


@given(st.text(), st.text(alphabet="0123456789abcdef: "))
def test_edits_survive_the_store(text: str, drafted_from: str) -> None:
    edit = TextEdit(text, drafted_from)
    assert unpacked(packed(edit)) == edit


@given(st.text(max_size=300))
def test_any_text_can_be_laid_over(text: str) -> None:
    section = edited(text)
    words = "".join(paragraph.lead + paragraph.text for paragraph in section.paragraphs)
    wanted = [
        character for character in text if character.isalnum() and not "\ue000" <= character <= "\uf8ff"
    ]
    assert [character for character in words if character.isalnum() and character != mark(1)] == wanted
