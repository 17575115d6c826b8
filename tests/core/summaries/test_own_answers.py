"""Section 1 and section 3: the wording of what a secretariat answers."""

from typing import Any

import pytest

from iscm_desktop.summaries.drafting import draft
from tests.support.answers import COUNTS, answered
from tests.support.summary_texts import section_shown


def printed(section: str, /, **answers: Any) -> str:
    """What a section says when a mechanism gives only these answers: ISC_B01=2000."""
    named = {name.replace("_", "-", 1): value for name, value in answers.items()}
    summary = draft("prague-process", [answered("iscm", "prague-process", named)], COUNTS)
    return section_shown(summary.section(section))


def test_age() -> None:
    assert printed("1", ISC_B01=2009) == "The Prague Process was established in 2009."
    assert printed("1", ISC_B01=2009, ISC_A08="2019-06-30") == (
        "Established in 2009, the Prague Process looks back on 10 years of work."
    )
    assert "more than 15 years" in printed("1", ISC_B01=2000, ISC_A08="2018-06-30")
    assert "years" not in printed("1", ISC_B01=2009, ISC_A08="2016-06-30")


def test_first_sentence_names_the_mechanism() -> None:
    assert (
        printed("1", ISC_B04="widened") == "The thematic focus of the Prague Process has widened over time."
    )


def test_a_change_that_the_program_does_not_know_is_printed_as_chosen() -> None:
    assert printed("1", ISC_B04="several_moves") == ""  # not a choice of the form: it has no wording


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (
            [{"ISC-B05.1": 2004, "ISC-B05.2": "Strategic review."}],
            "A turning point came in 2004: strategic review.",
        ),
        ([{"ISC-B05.2": "Merger"}], "One of its turning points: merger."),
        ([{"ISC-B05.1": 2004}], "The year 2004 was a turning point."),
        (
            [{"ISC-B05.1": 2004, "ISC-B05.2": "Merger", "ISC-B05.3": "new themes came in"}],
            "A turning point came in 2004: merger. New themes came in.",
        ),
    ],
)
def test_turning_points(points: list[dict[str, Any]], sentence: str) -> None:
    assert printed("1", ISC_B05=points) == sentence


def test_other_themes_are_printed_in_the_words_of_the_respondent() -> None:
    assert printed("1", ISC_B02="data other", ISC_B02_other="Space travel") == (
        "The thematic areas on the agenda now are migration data, statistics and research, and Space travel."
    )


def test_strategic_documents() -> None:
    details = [{"ISC-B08.1": "Action Plan", "ISC-B08.2": "action_plan", "ISC-B08.3": 2002, "ISC-B08.5": 2014}]
    assert printed("1", ISC_B07="action_plan strategy", ISC_B08=details) == (
        "The document that guides the work of the Prague Process is Action Plan "
        "(adopted in 2002, last reviewed in 2014). Also in force: a strategy."
    )
    assert printed("1", ISC_B07="none") == "No strategy, action plan or work plan is in force."


def test_who_carries_out_and_follows_up() -> None:
    assert printed("1", ISC_B10="secretariat") == "Implementation lies with the Secretariat."
    assert printed("1", ISC_B11="nobody") == ""


def test_chair() -> None:
    assert printed("3", ISC_E04="one_rotating_chair", ISC_E05=24, ISC_E07="yes") == (
        "The Chair rotates among the members, each for two years. "
        "The past, the present and the next Chair form a Troika."
    )
    assert "each for 18 months" in printed("3", ISC_E04="rotating_co_chairs", ISC_E05=18)
    assert printed("3", ISC_E07="no") == ""


def test_present_and_former_chairs() -> None:
    chairs = [
        {"ISC-E06.1": "Netherlands", "ISC-E06.2": 2019},
        {"ISC-E06.1": "Norway", "ISC-E06.2": 2017, "ISC-E06.3": 2018},
    ]
    assert printed("3", ISC_E06=chairs) == (
        "At present the Chair is held by the Netherlands (since 2019). "
        "Earlier it was held by Norway (2017–2018)."
    )
    assert printed("3", ISC_E06=chairs[1:]) == (
        "The Chair of the Prague Process has been held by Norway (2017–2018)."
    )


def test_chairs_are_seen_from_the_end_of_the_period() -> None:
    chairs = [
        {"ISC-E06.1": "Norway", "ISC-E06.2": 2026, "ISC-E06.3": 2028},
        {"ISC-E06.1": "Spain", "ISC-E06.2": 2029},
        {"ISC-E06.1": "Poland", "ISC-E06.2": 2024, "ISC-E06.3": 2025},
    ]
    assert printed("3", ISC_A08="2027-06-30", ISC_E06=chairs) == (
        "At present the Chair is held by Norway (2026–2028). Earlier it was held by Poland (2024–2025). "
        "Next in the Chair: Spain (from 2029)."
    )


def test_governing_document_says_its_kind_once() -> None:
    document = {"ISC-E01.1": "Terms of reference 2006", "ISC-E01.2": "terms_of_reference"}
    assert printed("3", ISC_E01=[document]) == "The Prague Process is governed by Terms of reference 2006."
    document |= {"ISC-E01.1": "Blue Book", "ISC-E01.3": "2006-01-01", "ISC-E01.4": "https://example.org/a"}
    assert printed("3", ISC_E01=[document]) == (
        "The Prague Process is governed by Blue Book (terms of reference, adopted in 2006, https://example.org/a)."
    )


def test_secretariat_and_legal_personality_name_the_host() -> None:
    text = printed("3", ISC_E08="provided_by_an_igo", ISC_E09="ICMPD", ISC_E11="a_hosting_organization")
    assert text == (
        "The Secretariat is provided by ICMPD. Legal personality lies with ICMPD as the hosting organization."
    )
    assert (
        printed("3", ISC_E11="a_hosting_organization")
        == "Legal personality lies with a hosting organization."
    )


def test_members_and_observers() -> None:
    assert printed("3", ISC_E15=17, ISC_E16=1) == "The Prague Process counts 17 members and one observer."
    assert printed("3", ISC_E16=0) == ""


def test_membership_changes() -> None:
    changes = [
        {"ISC-E17.1": "Norway", "ISC-E17.2": "joined_as_member", "ISC-E17.3": 2010},
        {"ISC-E17.1": "Netherlands", "ISC-E17.2": "left"},
    ]
    assert printed("3", ISC_E17=changes) == (
        "The membership of the Prague Process has changed: "
        "the Netherlands left; and Norway (2010) joined as a member."
    )


def test_fee_needs_no_currency_to_be_said() -> None:
    assert printed("3", ISC_E20="1250.5", ISC_E21="EUR") == "The yearly fee per member State is EUR 1,250.50."
    assert printed("3", ISC_E20="1250.5") == "The yearly fee per member State is 1,250.5."


def test_funding_lines() -> None:
    lines = [
        {"ISC-E19.1": "fee_per_member", "ISC-E19.2": "80", "ISC-E19.3": "2040000", "ISC-E19.4": "CHF"},
        {"ISC-E19.1": "donor_project"},
    ]
    assert printed("3", ISC_E19=lines) == (
        "In the latest full year, the sources were an annual fee per member (80 per cent, CHF 2,040,000)."
    )
