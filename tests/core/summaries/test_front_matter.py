"""What stands around the sections: counts, facts, consent, sources, the note on Kosovo."""

from typing import Any

import pytest

from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import RoundCounts, Summary
from iscm_desktop.summaries.text_markup import mark
from tests.support.answers import COUNTS, answered


def prague(counts: RoundCounts = COUNTS, **answers: Any) -> Summary:
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    return draft("prague-process", [answered("iscm", "prague-process", named)], counts)


@pytest.mark.parametrize(
    ("states", "mechanisms", "organizations", "printed"),
    [
        (46, 22, 3, "answers came from 46 States, 22 ISCMs and 3 organizations."),
        (1, 1, 1, "answers came from 1 State, 1 ISCM and 1 organization."),
        (0, 2, 1, "answers came from 2 ISCMs and 1 organization."),
        (1250, 0, 0, "answers came from 1,250 States."),
    ],
)
def test_counts(states: int, mechanisms: int, organizations: int, printed: str) -> None:
    summary = prague(RoundCounts("Assessment 2027", mechanisms, states, organizations))
    assert f"In this round (Assessment 2027), {printed}" in summary.introduction[1]


def test_nobody_answered() -> None:
    assert "answers came" not in prague(RoundCounts("Assessment 2027", 0, 0, 0)).introduction[1]


def test_facts_are_left_out_with_their_answers() -> None:
    labels = [fact.label for fact in prague().facts]
    assert labels == ["Level", "Answers used", "Status"]
    facts = {fact.label: fact.value for fact in prague(
        ISC_B01=2009, ISC_E04="one_rotating_chair", ISC_E07="yes", ISC_E08="provided_by_an_igo",
        ISC_E09="ICMPD", ISC_E20="1200", ISC_E21="EUR", ISC_B09="yearly",
    ).facts}  # fmt: skip
    assert facts == {
        "Level": "Interregional forum",
        "Established": "2009",
        "Chair": "Rotating, with Troika",
        "Secretariat": "Provided by ICMPD",
        "Yearly fee per State": "EUR\N{NO-BREAK SPACE}1,200",
        "Work plan": "Every year",
        "Answers used": "1 ISCM",
        "Status": "Draft",
    }


def test_consent() -> None:
    refused = prague(ISC_H03="no")
    assert not refused.may_be_published
    assert "must not be published" in refused.notice
    assert refused.facts[-1].value == "Not for publication"
    waiting = prague(ISC_H03="yes_after_seeing_the_draft")
    assert waiting.may_be_published
    assert "wishes to see this draft" in waiting.notice
    assert prague(ISC_H03="yes").notice == prague().notice == ""


def test_sources() -> None:
    assert prague(ISC_H06="2027-05-02").sources_line == (
        "Sources: ISCM questionnaire of the Prague Process, signed on 2 May 2027."
    )
    assert draft("prague-process", [], COUNTS).sources_line == ""


def test_name_line() -> None:
    summary = draft("rcm", [], COUNTS)
    assert summary.full_name == "Regional Conference on Migration (Puebla Process, RCM)"
    assert summary.short_name == "RCM"


def test_kosovo_carries_its_note_at_the_first_mention() -> None:
    summary = prague(ISC_B06="Kosovo came up. Kosovo stayed.", ISC_C12="In Kosovo too.")
    assert summary.section("1").paragraphs[0].text == f"Kosovo{mark(1)} came up. Kosovo stayed."
    assert summary.section("2").paragraphs[0].text == "In Kosovo too."
    assert "Security Council resolution 1244 (1999)" in summary.footnotes[0]


@pytest.mark.parametrize("name", ["KOSOVO", "Kosovo's", "Косово", "كوسوفو", "科索沃"])
def test_kosovo_in_other_letters(name: str) -> None:
    assert prague(ISC_B06=f"About {name} then.").footnotes


def test_kosovo_as_a_chosen_territory() -> None:
    example = {"ISC-C03.1": "XKX", "ISC-C03.3": "A law."}
    assert prague(ISC_C03=[example]).footnotes


def test_without_kosovo_there_is_no_note() -> None:
    assert prague(ISC_B06="Kosovar cuisine.").footnotes == ()


def test_nobody_can_type_a_footnote_mark() -> None:
    assert mark(1) not in prague(ISC_B06=f"Words{mark(1)} here.").section("1").paragraphs[0].text
