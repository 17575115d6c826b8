"""Who may answer, as it is offered when a questionnaire is started."""

from __future__ import annotations

from iscm_desktop.presenters.respondent_choice import (
    candidates,
    choosable_mechanisms,
    code_for_new_name,
    form_for,
    known_respondents,
    region_named,
    respondent_search,
)
from iscm_desktop.questionnaire import registers


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


def test_who_may_be_asked_lives_somewhere_and_exists() -> None:
    """No territory without people, no mechanism that has ended; of everybody else all."""
    by_form = {
        form: {one.code for one in candidates(form, "en")} for form in ("iscm", "state", "organization")
    }
    assert {"ATA", "BVT", "HMD"} & by_form["state"] == set()
    assert {each.code for each in registers.territories() if each.un_status} <= by_form["state"]
    ended = {each.code for each in registers.mechanisms() if each.status == "ended"}
    assert ended
    assert by_form["iscm"] == {each.code for each in registers.mechanisms()} - ended
    assert not ended & {code for code, _name in choosable_mechanisms("en")}
    everybody = {one.key for one in candidates("", "en")}
    assert everybody == {(form, code) for form, codes in by_form.items() for code in codes}


def test_they_are_found_by_region_and_by_mechanism() -> None:
    known = candidates("", "en")
    africa, west = region_named("Africa"), region_named("western africa")
    assert (africa, west, region_named("011"), region_named("Atlantis")) == ("002", "011", "011", "")
    there = {one.code for one in known if one.fits(west, "")}
    assert {"SEN", "GHA"} <= there
    assert there <= {one.code for one in known if one.fits(africa, "")}
    assert not {"KEN", "CAN"} & there
    igc = {one.key for one in known if one.fits("", "igc")}
    assert ("iscm", "igc") in igc
    assert {code for form, code in igc if form == "state"} == {
        one.territory for one in registers.members_of("igc") if one.role in registers.CURRENT_ROLES
    }
    assert {one.code for one in known if one.fits(west, "igc")} == set()


def test_each_begins_with_the_widest_of_their_official_languages() -> None:
    spoken = {one.code: one.language for one in candidates("state", "en")}
    wanted = {"SEN": "fr", "MEX": "es", "EGY": "ar", "KAZ": "ru", "CHN": "zh", "CAN": "en", "DEU": "en"}
    assert {code: spoken[code] for code in wanted} == wanted


def test_a_code_tells_which_questionnaire_is_answered() -> None:
    assert [form_for(code) for code in ("igc", "CAN", "iom")] == ["iscm", "state", "organization"]
