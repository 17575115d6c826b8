"""What States and organizations say about a mechanism, named and quoted as they allow (STA-F02, IGO-G02)."""

from dataclasses import replace
from typing import Any

from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import RespondentAnswers, RoundCounts, Summary
from tests.support.answers import COUNTS, answered
from tests.support.summary_texts import all_shown, faults, section_shown


def state(code: str, naming: str | None = "name_and_quote", **block: Any) -> RespondentAnswers:
    """A State with one entry, on the Prague Process: C10="We like it"."""
    entry = {"STA-C01": "prague-process"} | {f"STA-{key}": value for key, value in block.items()}
    answers = {"STA-A01": code, "STA-C00": [entry]} | ({"STA-F02": naming} if naming else {})
    return answered("state", code, answers)


def organization(code: str, naming: str, engagement: dict[str, Any], **answers: Any) -> RespondentAnswers:
    entry = {"IGO-B01.1": "prague-process"} | engagement
    named = {key.replace("_", "-"): value for key, value in answers.items()}
    return answered("organization", code, {"IGO-B01": [entry], "IGO-G02": naming} | named)


def prague(*responses: RespondentAnswers, counts: RoundCounts = COUNTS) -> Summary:
    summary = draft("prague-process", responses, counts)
    assert not faults(summary)
    return summary


def said(*responses: RespondentAnswers, counts: RoundCounts = COUNTS) -> str:
    return section_shown(prague(*responses, counts=counts).section("5"))


def test_states_are_counted_and_named_in_alphabetical_order() -> None:
    assert said(state("NLD"), state("CAN"), state("PHL")) == (
        "What Member States say. Three of the 46 States that answered refer to the Prague Process: "
        "Canada, the Netherlands and the Philippines."
    )


def test_one_state() -> None:
    assert "One of the 46 States that answered refers to the Prague Process: Canada." in said(state("CAN"))
    alone = replace(COUNTS, states=1)
    assert "The one State that answered refers to the Prague Process: Canada." in said(
        state("CAN"), counts=alone
    )


def test_ten_states_are_a_figure() -> None:
    codes = ["AUS", "BEL", "CAN", "CHE", "DEU", "DNK", "ESP", "FIN", "FRA", "PRT"]
    assert "10 of the 46 States that answered refer to" in said(*map(state, codes))


def test_each_state_in_its_own_words() -> None:
    text = said(state("CAN", C10="we meet early", C12="A law changed", C13="A joint course."))
    assert (
        "Canada. “We meet early.” An effect at home: “A law changed.” What grew out of it: “A joint course.”"
        in text
    )


def test_states_that_say_the_same_share_a_paragraph() -> None:
    text = said(
        state("NLD", C10="Like-minded States"),
        state("NOR", C10="like-minded States."),
        state("CAN", C10="Else"),
    )
    assert "Netherlands and Norway. “Like-minded States.”" in text
    assert "Canada. “Else.”" in text


def test_gains_that_states_share_are_said_once() -> None:
    text = said(state("NLD", C08="networking"), state("NOR", C08="networking continuity"))
    assert "Gains that several of them name are networking (the Netherlands and Norway)." in text


def test_an_anonymous_state_is_counted_but_neither_named_nor_quoted() -> None:
    secret = state(
        "NOR",
        "anonymous",
        C05="working_groups",
        C08="networking",
        C10="Zqx",
        C12="Zqx",
        C13="Zqx",
        C11="new_law",
    )
    summary = prague(state("CAN"), secret)
    text = all_shown(summary)
    assert "Two of the 46 States that answered refer to" in text
    assert "the Prague Process: Canada and one State that is not named." in text
    assert "Norway" not in text
    assert "Zqx" not in text
    assert not summary.section("5").tables
    assert "Effects that States report themselves include new laws (one State that is not named)." in text
    assert "Member State questionnaires of Canada and one State that is not named" in summary.sources_line


def test_silence_about_naming_is_no_permission() -> None:
    assert "Norway" not in all_shown(prague(state("NOR", None, C10="Zqx")))


def test_name_only_is_named_without_a_quotation() -> None:
    text = all_shown(prague(state("NOR", "name_only", C08="networking", C10="Zqx", C12="Zqx")))
    assert "refers to the Prague Process: Norway." in text
    assert "Zqx" not in text
    assert "networking" not in text


def test_all_anonymous() -> None:
    text = said(state("NOR", "anonymous"), state("CAN", "anonymous"))
    assert "refer to the Prague Process: two States that are not named." in text


def test_initiatives_are_pointed_to_from_the_regional_paragraph() -> None:
    section = prague(state("NOR", C13="Study visits")).section("2")
    assert section_shown(section) == (
        "Regional. Norway reports initiatives with other members that grew out of the Prague Process "
        "(see section 5)."
    )


def test_general_answers_count_only_where_they_can_be_about_no_other_mechanism() -> None:
    """STA-D03 and STA-D04 do not say which mechanism is meant."""
    entries = [{"STA-C01": "prague-process"}, {"STA-C01": "rabat-process"}]
    answers = {"STA-F02": "name_and_quote", "STA-D03": "gfmd", "STA-D04": "Zqx", "STA-C00": entries}
    assert "Zqx" not in all_shown(prague(answered("state", "CAN", answers)))
    text = all_shown(prague(answered("state", "CAN", answers | {"STA-C00": entries[:1]})))
    assert "“Zqx.”" in text
    assert "The Prague Process helped States to prepare for the Global Forum" in text


def test_use_for_the_compact_goes_to_the_mechanisms_that_were_ticked() -> None:
    answers = {"STA-F02": "name_and_quote", "STA-C00": [{"STA-C01": "prague-process"}], "STA-E03": "Zqx"}
    assert "Zqx" in all_shown(prague(answered("state", "CAN", answers | {"STA-E02": "prague-process"})))
    assert "Zqx" not in all_shown(prague(answered("state", "CAN", answers | {"STA-E02": "rabat-process"})))


def test_organizations_say_what_they_value() -> None:
    ilo = organization(
        "ilo", "name_and_quote", {"IGO-B01.6": "open doors"}, IGO_F01="networks", IGO_F02="a course"
    )
    assert said(ilo) == (
        "Organizations. What ILO values in the Prague Process: “Open doors.” ILO gains networks. "
        "An example that ILO gives: “A course.”"
    )


def test_organizations_that_may_not_be_quoted() -> None:
    for naming, is_named in (("name_only", True), ("anonymous", False)):
        ilo = organization("ilo", naming, {"IGO-B01.5": "Zqx", "IGO-B01.6": "Zqx"}, IGO_F02="Zqx")
        text = all_shown(prague(ilo))
        assert "Zqx" not in text
        assert ("ILO" in text) is is_named


def test_examples_of_organizations_stand_at_their_level() -> None:
    example = {"IGO-C05.1": "prague-process", "IGO-C05.2": "national", "IGO-C05.3": "new forms"}
    foreign = example | {"IGO-C05.1": "rabat-process", "IGO-C05.3": "Zqx"}
    ilo = organization("ilo", "name_and_quote", {}, IGO_C05=[example, foreign])
    assert section_shown(prague(ilo).section("2")) == "National. As ILO sees it: “New forms.”"


def test_a_mechanism_outside_the_register_is_known_by_its_name() -> None:
    entry = {"STA-C01": "other", "STA-C01_other": "New Dialogue", "STA-C10": "good"}
    other = answered("state", "CAN", {"STA-F02": "name_and_quote", "STA-C00": [entry]})
    own = answered(
        "iscm", "new_dialogue", {"ISC-A01": "other", "ISC-A02": "New Dialogue (ND)", "ISC-B01": 2020}
    )
    for mechanism in ("new_dialogue", "new-dialogue"):
        summary = draft(mechanism, [other, replace(own, respondent=mechanism)], COUNTS)
        assert summary.full_name == "New Dialogue (ND)"
        assert "The ND was established in 2020." in all_shown(summary)
        assert "refers to the ND: Canada." in all_shown(summary)
