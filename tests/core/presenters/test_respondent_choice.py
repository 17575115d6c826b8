"""Who may answer, as it is offered when a questionnaire is started."""

from __future__ import annotations

from iscm_desktop.presenters.respondent_choice import (
    code_for_new_name,
    known_respondents,
    respondent_search,
)


def test_those_of_the_registers_are_offered_by_name() -> None:
    assert "igc" in dict(known_respondents("iscm", "en"))
    assert dict(known_respondents("state", "fr"))["DEU"] == "Allemagne"
    names = [name for _code, name in known_respondents("organization", "en")]
    assert names == sorted(names, key=str.casefold)


def test_a_new_mechanism_gets_a_code_and_a_new_state_none() -> None:
    assert code_for_new_name("iscm", "Budapest Circle") == "budapest_circle"
    assert code_for_new_name("state", "Atlantis") == ""


def test_states_are_found_by_all_their_names() -> None:
    known = known_respondents("state", "en")
    assert respondent_search("state", known).found("allemagne") == ["Germany"]
    known = known_respondents("iscm", "en")
    assert "Bali Process" in respondent_search("iscm", known).found("bali")[0]
