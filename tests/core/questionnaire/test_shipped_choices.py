"""Options that exclude, open or limit each other in the three questionnaires.

S-02 "None" excludes every other option.
S-03 "Other" opens a short text that becomes required.
S-04 Rankings take only what is ticked in their source, each once, up to their limit.
"""

import pytest

from tests.support.shipped_answers import MISSING, OK, WRONG, answering, in_entry, verdict


@pytest.mark.parametrize(
    ("key", "answers", "name", "none", "some"),
    [
        ("iscm", {}, "ISC-B07", "none", "strategy"),
        ("iscm", {"ISC_B07": ["strategy"]}, "ISC-B10", "nobody", "secretariat"),
        ("iscm", {"ISC_B07": ["strategy"]}, "ISC-B11", "nobody", "iom"),
        ("iscm", {"ISC_C01": "3"}, "ISC-C02", "none", "new_law"),
        ("iscm", {"ISC_C06": "3"}, "ISC-C07", "none", "regional_policy_framework"),
        ("iscm", {"ISC_C09": "3"}, "ISC-C10", "none", "gfmd"),
        ("iscm", {}, "ISC-D02", "none", "23"),
        ("iscm", {}, "ISC-D04", "none", "imrf_2022"),
        ("iscm", {}, "ISC-E14", "none", "news"),
        ("iscm", {}, "ISC-E18", "none", "fee_per_member"),
        ("state", {}, "STA-D03", "none", "gfmd"),
        ("state", {}, "STA-D05", "none", "cost"),
        ("organization", {}, "IGO-B04", "none", "research"),
        ("organization", {}, "IGO-F03", "none", "1"),
    ],
)
def test_none_excludes_the_others(key, answers, name, none, some):
    """S-02."""
    session = answering(key, **answers)
    path = session.view(name).path
    for text, expected in ((none, OK), (some, OK), (f"{some} {none}", WRONG)):
        session.answer(path, text)
        assert session.view(path).verdict is expected, text
    assert "untick" in session.view(path).message


@pytest.mark.parametrize(("name", "some"), [("STA-C11", "new_law"), ("STA-C14", "fee")])
def test_none_excludes_the_others_in_a_block(name, some):
    """S-02."""
    session = answering("state", STA_C00=[{name: ["none", some]}])
    assert in_entry(session, "STA-C00", 0, name).verdict is WRONG


@pytest.mark.parametrize(
    ("key", "answers", "name"),
    [
        ("iscm", {"ISC_A03": "other"}, "ISC-A03_other"),
        ("iscm", {"ISC_B02": ["data", "other"]}, "ISC-B02_other"),
        ("iscm", {"ISC_B07": ["strategy"], "ISC_B10": ["other_organization"]}, "ISC-B10_other"),
        ("iscm", {"ISC_C01": "2", "ISC_C02": ["other"]}, "ISC-C02_other"),
        ("iscm", {"ISC_C09": "2", "ISC_C10": ["other"]}, "ISC-C10_other"),
        ("iscm", {"ISC_E18": ["other"]}, "ISC-E18_other"),
        ("iscm", {"ISC_F08": ["other"]}, "ISC-F08_other"),
        ("iscm", {"ISC_G01": ["other"]}, "ISC-G01_other"),
        ("state", {"STA_A06": ["other"]}, "STA-A06_other"),
        ("state", {"STA_B02": ["other"]}, "STA-B02_other"),
        ("state", {"STA_D03": ["other"]}, "STA-D03_other"),
        ("organization", {"IGO_D01": ["other"]}, "IGO-D01_other"),
        ("organization", {"IGO_F01": ["other"]}, "IGO-F01_other"),
    ],
)
def test_other_opens_a_required_text(key, answers, name):
    """S-03."""
    session = answering(key, **answers)
    assert session.view(name).is_asked
    assert verdict(session, name) is MISSING
    session.answer(session.view(name).path, "Something else")
    assert verdict(session, name) is OK
    assert not answering(key).view(name).is_asked


def test_other_opens_a_text_inside_entries():
    """S-03."""
    session = answering("iscm", ISC_E01=[{"ISC-E01.2": "other"}, {"ISC-E01.2": "strategy"}])
    assert in_entry(session, "ISC-E01", 0, "ISC-E01.2_other").verdict is MISSING
    assert not in_entry(session, "ISC-E01", 1, "ISC-E01.2_other").is_asked


def test_a_mechanism_that_is_not_in_the_register():
    """S-03."""
    session = answering("iscm", ISC_A01="other")
    assert verdict(session, "ISC-A02") is MISSING
    session.answer("ISC-A/ISC-A02", "AB")
    assert verdict(session, "ISC-A02") is WRONG
    session.answer("ISC-A/ISC-A02", "A New Dialogue (AND)")
    assert verdict(session, "ISC-A02") is OK
    session.answer("ISC-A/ISC-A01", "igc")
    assert not session.view("ISC-A02").is_asked


FIVE = ["asylum_refugees", "data", "health", "gender", "trade"]


def test_a_ranking_offers_what_is_ticked():
    """S-04."""
    session = answering("iscm", ISC_B02=["data", "health", "gender"])
    assert [choice.value for choice in session.view("ISC-B03").choices] == ["data", "health", "gender"]
    assert verdict(session, "ISC-B03") is MISSING


def test_a_ranking_needs_two_items_to_rank():
    """S-04."""
    assert not answering("iscm", ISC_B02=["data"]).view("ISC-B03").is_asked
    assert not answering("iscm", ISC_G01=["networking"]).view("ISC-G02").is_asked


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["data"], OK),
        (FIVE, OK),
        ([*FIVE, "climate_environment"], WRONG),
        (["data", "data"], WRONG),
        (["data", "security"], WRONG),
    ],
)
def test_what_a_ranking_takes(ranked, expected):
    """S-04."""
    session = answering("iscm", ISC_B02=[*FIVE, "climate_environment"])
    session.answer("ISC-B/ISC-B03", " ".join(ranked))
    view = session.view("ISC-B03")
    if ranked[-1] == "security":  # not ticked: refused, or dropped at once
        assert view.verdict is not OK or "security" not in view.text.split()
    else:
        assert view.verdict is expected


def test_unticking_an_item_takes_it_out_of_the_ranking():
    """S-04."""
    session = answering("iscm", ISC_B02=FIVE, ISC_B03=["health", "data", "gender"])
    session.answer("ISC-B/ISC-B02", "asylum_refugees health gender trade")
    view = session.view("ISC-B03")
    assert view.text.split() == ["health", "gender"]
    assert view.verdict is OK


def test_three_main_benefits_at_most():
    """S-04."""
    benefits = ["networking", "continuity", "joint_projects", "technical_advice"]
    session = answering("iscm", ISC_G01=benefits, ISC_G02=benefits[:3])
    assert verdict(session, "ISC-G02") is OK
    session.answer("ISC-G/ISC-G02", " ".join(benefits))
    assert verdict(session, "ISC-G02") is WRONG


def test_three_main_gains_at_most_in_each_block():
    """S-04."""
    gains = ["networking", "continuity", "joint_projects", "technical_advice"]
    blocks = [{"STA-C08": gains, "STA-C09": gains}, {"STA-C08": gains[:2], "STA-C09": gains[:2]}]
    session = answering("state", STA_C00=blocks)
    assert in_entry(session, "STA-C00", 0, "STA-C09").verdict is WRONG
    assert in_entry(session, "STA-C00", 1, "STA-C09").verdict is OK
    assert len(in_entry(session, "STA-C00", 1, "STA-C09").choices) == 2


def test_five_priorities_of_a_state():
    """S-04."""
    assert verdict(answering("state", STA_B02=FIVE), "STA-B02") is OK
    assert verdict(answering("state", STA_B02=[*FIVE, "security"]), "STA-B02") is WRONG
    assert verdict(answering("state", STA_B02=["data", "data"]), "STA-B02") is WRONG
