"""The rules of the three questionnaires, tried as a focal point would run into them.

S-01 Dates and years are never in the future; a year about the mechanism is never before its establishment.
S-02 "None" excludes every other option.
S-03 "Other" opens a short text that becomes required.
S-04 Rankings take only what is ticked in their source, each once, up to their limit.
S-05 A question that is not asked asks for nothing.
S-06 Shares may total less than 100, never more; a source, a mechanism, a partner under its type come once.
S-07 The amount of the fee follows the sources of funding; fees that differ are explained instead.
S-08 Chairs do not overlap, unless there are co-chairs; turning points ascend.
S-09 What differs from the register is a warning, never an error.
"""

from datetime import UTC, datetime

import pytest

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import QuestionView, Verdict

EVERYTHING_ASKED = {
    "ISC_B04": "widened",
    "ISC_B07": ["strategy"],
    "ISC_C01": "3",
    "ISC_C04": "3",
    "ISC_C06": "3",
    "ISC_C09": "3",
}
"""Answers that open the repeats of a mechanism's questionnaire."""

OK, MISSING, WRONG = Verdict.OK, Verdict.MISSING, Verdict.OUT_OF_RANGE


def answering(key, **answers):
    """A response with these answers: ISC_B01=1985, or ISC_B05=[{"ISC-B05.1": 2004}]."""
    session = FormSession(shipped(key), clock=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
    fill_session(session, {name.replace("_", "-", 1): value for name, value in answers.items()})
    return session


def verdict(session, name):
    return session.view(name).verdict


def in_entry(session, repeat, number, name):
    """The view of a question in the entry with this number, counted from 0."""
    entry = session.repeat(f"{repeat[:5]}/{repeat}").entries[number]
    return session.view(f"{entry.path}/{name}")


def message(session, name):
    return session.view(name).message


def warnings_shown(session):
    def views(items):
        for item in items:
            if isinstance(item, QuestionView):
                yield item
            elif hasattr(item, "entries"):
                for entry in item.entries:
                    yield from views(entry.items)
            else:
                yield from views(item.items)

    for section in session.sections():
        for view in views(session.section(section.path).items):
            if view.is_warning and view.is_asked:
                yield view


def warned(session):
    return [view.question.name for view in warnings_shown(session)]


# S-01


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ({"ISC_B01": 1949}, "ISC-B01", WRONG),
        ({"ISC_B01": 1950}, "ISC-B01", OK),
        ({"ISC_B01": 2026}, "ISC-B01", OK),
        ({"ISC_B01": 2027}, "ISC-B01", WRONG),
        ({"ISC_A07": "2026-11-21"}, "ISC-A07", OK),
        ({"ISC_A07": "2026-11-22"}, "ISC-A07", WRONG),
        ({"ISC_A07": "2025-01-01", "ISC_A08": "2024-12-31"}, "ISC-A08", WRONG),
        ({"ISC_A07": "2025-01-01", "ISC_A08": "2025-12-31"}, "ISC-A08", OK),
        ({"ISC_A08": "2025-12-31"}, "ISC-A08", OK),
        ({"ISC_A08": "2026-11-30"}, "ISC-A08", WRONG),
        ({"ISC_A08": "2025-12-31", "ISC_H06": "2025-12-30"}, "ISC-H06", WRONG),
        ({"ISC_A08": "2025-12-31", "ISC_H06": "2026-01-15"}, "ISC-H06", OK),
        ({"ISC_H06": "2026-12-01"}, "ISC-H06", WRONG),
    ],
)
def test_dates_and_years_of_a_mechanism(answers, name, expected):
    """S-01."""
    assert verdict(answering("iscm", **answers), name) is expected


def test_the_year_is_that_of_the_clock():
    """S-01: a questionnaire filled in next year takes next year."""
    later = FormSession(shipped("iscm"), clock=lambda: datetime(2031, 3, 1, tzinfo=UTC))
    later.answer("ISC-B/ISC-B01", "2031")
    assert later.view("ISC-B01").verdict is OK


@pytest.mark.parametrize(
    ("repeat", "name"),
    [
        ("ISC-B05", "ISC-B05.1"),
        ("ISC-B08", "ISC-B08.3"),
        ("ISC-C03", "ISC-C03.4"),
        ("ISC-C08", "ISC-C08.3"),
        ("ISC-C11", "ISC-C11.2"),
        ("ISC-E17", "ISC-E17.3"),
    ],
)
@pytest.mark.parametrize(("year", "expected"), [(1984, WRONG), (1985, OK), (2026, OK), (2027, WRONG)])
def test_years_about_the_mechanism(repeat, name, year, expected):
    """S-01."""
    entries = {repeat.replace("-", "_"): [{name: year}]}
    session = answering("iscm", ISC_B01=1985, **EVERYTHING_ASKED, **entries)
    assert in_entry(session, repeat, 0, name).verdict is expected


def test_a_year_has_nothing_to_compare_with_while_the_founding_year_is_blank_or_unreadable():
    """S-01."""
    example = [{"ISC-C03.4": 1999}]
    session = answering("iscm", ISC_C01="3", ISC_C03=example)
    assert in_entry(session, "ISC-C03", 0, "ISC-C03.4").verdict is OK
    session = answering("iscm", ISC_B01="about 1985", ISC_C01="3", ISC_C03=example)
    assert verdict(session, "ISC-B01") is Verdict.UNREADABLE
    assert in_entry(session, "ISC-C03", 0, "ISC-C03.4").verdict is OK


@pytest.mark.parametrize(
    ("key", "repeat", "name"),
    [
        ("iscm", "ISC-C05", "ISC-C05.3"),
        ("iscm", "ISC-F01", "ISC-F01.4"),
        ("organization", "IGO-B01", "IGO-B01.4"),
    ],
)
@pytest.mark.parametrize(("year", "expected"), [(1949, WRONG), (1950, OK), (2026, OK), (2027, WRONG)])
def test_other_years(key, repeat, name, year, expected):
    """S-01."""
    opened = EVERYTHING_ASKED if key == "iscm" else {}
    session = answering(key, **opened, **{repeat.replace("-", "_"): [{name: year}]})
    assert in_entry(session, repeat, 0, name).verdict is expected


def test_years_of_a_strategic_document():
    """S-01: valid and reviewed not before it was adopted; validity may reach into the future."""
    document = {"ISC-B08.3": 2010, "ISC-B08.4": 2009, "ISC-B08.5": 2009}
    documents = [document, {**document, "ISC-B08.4": 2030, "ISC-B08.5": 2026}]
    session = answering("iscm", ISC_B07=["strategy"], ISC_B08=documents)
    assert in_entry(session, "ISC-B08", 0, "ISC-B08.4").verdict is WRONG
    assert in_entry(session, "ISC-B08", 0, "ISC-B08.5").verdict is WRONG
    assert in_entry(session, "ISC-B08", 1, "ISC-B08.4").verdict is OK
    assert in_entry(session, "ISC-B08", 1, "ISC-B08.5").verdict is OK


@pytest.mark.parametrize(("repeat", "name"), [("ISC-E01", "ISC-E01.3"), ("ISC-E02", "ISC-E02.5")])
def test_dates_inside_entries(repeat, name):
    """S-01."""
    key = repeat.replace("-", "_")
    entries = [{name: "2026-11-21"}, {name: "2026-11-22"}]
    session = answering("iscm", **{key: entries})
    assert [in_entry(session, repeat, number, name).verdict for number in (0, 1)] == [OK, WRONG]


@pytest.mark.parametrize(("key", "name"), [("state", "STA_F05"), ("organization", "IGO_G04")])
def test_signatures_are_not_in_the_future(key, name):
    """S-01."""
    code = name.replace("_", "-")
    assert verdict(answering(key, **{name: "2026-11-21"}), code) is OK
    assert verdict(answering(key, **{name: "2026-11-22"}), code) is WRONG


def test_a_state_takes_part_no_earlier_than_the_mechanism_began():
    """S-01."""
    blocks = [{"STA-C01": "igc", "STA-C03": 1984}, {"STA-C01": "euromed-migration", "STA-C03": 1984}]
    session = answering("state", STA_A01="CAN", STA_C00=blocks)
    assert in_entry(session, "STA-C00", 0, "STA-C03").verdict is WRONG
    assert in_entry(session, "STA-C00", 1, "STA-C03").verdict is OK  # the register has no year for it
    session.answer(in_entry(session, "STA-C00", 0, "STA-C03").path, "1985")
    assert in_entry(session, "STA-C00", 0, "STA-C03").verdict is OK


# S-02


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


# S-03


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


# S-04

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


# S-05


@pytest.mark.parametrize(
    ("key", "answers", "name", "is_asked"),
    [
        ("iscm", {"ISC_B07": ["work_plan"]}, "ISC-B09", True),
        ("iscm", {"ISC_B07": ["action_plan"]}, "ISC-B09", True),
        ("iscm", {"ISC_B07": ["strategy"]}, "ISC-B09", False),
        ("iscm", {"ISC_B07": ["none"]}, "ISC-B10", False),
        ("iscm", {"ISC_B07": ["strategy"]}, "ISC-B10", True),
        ("iscm", {"ISC_B07": ["none"]}, "ISC-B11", False),
        ("iscm", {"ISC_C01": "1"}, "ISC-C02", False),
        ("iscm", {"ISC_C01": "2"}, "ISC-C02", True),
        ("iscm", {"ISC_C01": "N"}, "ISC-C02", False),
        ("iscm", {"ISC_C06": "5"}, "ISC-C07", True),
        ("iscm", {"ISC_C06": "N"}, "ISC-C07", False),
        ("iscm", {"ISC_C09": "2"}, "ISC-C10", True),
        ("iscm", {"ISC_C09": "1"}, "ISC-C10", False),
        ("iscm", {"ISC_B01": 2018}, "ISC-D01", True),
        ("iscm", {"ISC_B01": 2019}, "ISC-D01", False),
        ("iscm", {"ISC_D02": ["none"]}, "ISC-D05", False),
        ("iscm", {"ISC_D02": ["1"]}, "ISC-D05", True),
        ("iscm", {"ISC_E04": "one_rotating_chair"}, "ISC-E05", True),
        ("iscm", {"ISC_E04": "rotating_co_chairs"}, "ISC-E05", True),
        ("iscm", {"ISC_E04": "permanent_chair"}, "ISC-E05", False),
        ("iscm", {"ISC_E04": "one_rotating_chair"}, "ISC-E07", True),
        ("iscm", {"ISC_E04": "none"}, "ISC-E07", False),
        ("iscm", {"ISC_E08": "own_secretariat_hosted_by_an_organization"}, "ISC-E09", True),
        ("iscm", {"ISC_E08": "provided_by_an_igo"}, "ISC-E09", True),
        ("iscm", {"ISC_E08": "own_secretariat"}, "ISC-E09", False),
        ("iscm", {"ISC_E08": "none"}, "ISC-E10", False),
        ("iscm", {"ISC_E08": "support_unit_only"}, "ISC-E10", True),
        ("state", {"STA_C00": [{}]}, "STA-D01", False),
        ("state", {"STA_C00": [{}, {}]}, "STA-D01", True),
        ("state", {"STA_C00": [{}, {}], "STA_D01": "some"}, "STA-D02", True),
        ("state", {"STA_C00": [{}, {}], "STA_D01": "no"}, "STA-D02", False),
        ("state", {"STA_E01": "yes"}, "STA-E02", True),
        ("state", {"STA_E01": "yes"}, "STA-E03", True),
        ("state", {"STA_E01": "planned"}, "STA-E02", False),
    ],
)
def test_when_questions_are_asked(key, answers, name, is_asked):
    """S-05."""
    assert answering(key, **answers).view(name).is_asked is is_asked


@pytest.mark.parametrize(
    ("answers", "repeat", "is_asked"),
    [
        ({"ISC_B04": "unchanged"}, "ISC-B/ISC-B05", False),
        ({"ISC_B04": "widened"}, "ISC-B/ISC-B05", True),
        ({"ISC_B07": ["none"]}, "ISC-B/ISC-B08", False),
        ({"ISC_B07": ["strategy"]}, "ISC-B/ISC-B08", True),
        ({"ISC_C01": "2"}, "ISC-C/ISC-C03", True),
        ({"ISC_C04": "1"}, "ISC-C/ISC-C05", False),
        ({"ISC_C04": "4"}, "ISC-C/ISC-C05", True),
        ({"ISC_C06": "2"}, "ISC-C/ISC-C08", True),
        ({"ISC_C09": "N"}, "ISC-C/ISC-C11", False),
        ({"ISC_E04": "none"}, "ISC-E/ISC-E06", False),
        ({"ISC_E04": "permanent_chair"}, "ISC-E/ISC-E06", True),
        ({"ISC_E18": ["none"]}, "ISC-E/ISC-E19", False),
        ({"ISC_E18": ["fee_per_member"]}, "ISC-E/ISC-E19", True),
    ],
)
def test_when_repeats_are_asked(answers, repeat, is_asked):
    """S-05."""
    view = answering("iscm", **answers).repeat(repeat)
    assert view.is_asked is is_asked
    if is_asked and repeat != "ISC-E/ISC-E19":
        assert view.verdict is MISSING
        assert view.min_entries == 1


def test_an_answer_that_is_not_asked_any_more_is_kept_but_not_given():
    """S-05."""
    session = answering("iscm", ISC_E04="one_rotating_chair", ISC_E05=12)
    session.answer("ISC-E/ISC-E04", "none")
    assert "ISC-E05" not in {answer.question.name for answer in session.answers()}
    session.answer("ISC-E/ISC-E04", "one_rotating_chair")
    assert session.view("ISC-E05").text == "12"


def test_only_mechanisms_with_a_block_are_offered():
    """S-05: which mechanisms serve the Global Compact follows the blocks entered."""
    session = answering("state", STA_C00=[{"STA-C01": "igc"}, {"STA-C01": "rcm"}], STA_E01="yes")
    assert {choice.value for choice in session.view("STA-E02").choices} == {"igc", "rcm"}
    session.remove_entry(session.repeat("STA-C/STA-C00").entries[0].path)
    assert {choice.value for choice in session.view("STA-E02").choices} == {"rcm"}


def test_an_effect_wants_an_example():
    """S-05."""
    session = answering("state", STA_C00=[{"STA-C11": ["none"]}, {"STA-C11": ["policy_direction"]}, {}])
    asked = [in_entry(session, "STA-C00", number, "STA-C12").is_asked for number in range(3)]
    assert asked == [False, True, False]


# S-06


def funding(*lines):
    entries = [{"ISC-E19.1": source, "ISC-E19.2": share} for source, share in lines]
    sources = ["fee_per_member", "other", "host_or_chair"]
    return answering("iscm", ISC_E18=sources, ISC_E19=entries)


def shares(session, count):
    return [in_entry(session, "ISC-E19", number, "ISC-E19.2").verdict for number in range(count)]


def test_shares_never_total_more_than_the_whole():
    """S-06."""
    assert shares(funding(("fee_per_member", 60), ("host_or_chair", 40)), 2) == [OK, OK]
    assert shares(funding(("fee_per_member", 60), ("host_or_chair", 20)), 2) == [OK, OK]
    assert shares(funding(("fee_per_member", 60), ("host_or_chair", "40.5")), 2) == [WRONG, WRONG]
    assert shares(funding(("fee_per_member", 60), ("host_or_chair", None)), 2) == [OK, OK]
    assert shares(funding(("fee_per_member", -1)), 1) == [WRONG]


def test_mending_one_share_mends_the_other():
    """S-06."""
    session = funding(("fee_per_member", 80), ("host_or_chair", 40))
    session.answer(in_entry(session, "ISC-E19", 1, "ISC-E19.2").path, "20")
    assert shares(session, 2) == [OK, OK]


def test_each_source_once():
    """S-06."""
    session = funding(("fee_per_member", 10), ("fee_per_member", 10))
    assert in_entry(session, "ISC-E19", 1, "ISC-E19.1").verdict is WRONG
    session.remove_entry(session.repeat("ISC-E/ISC-E19").entries[0].path)
    assert in_entry(session, "ISC-E19", 0, "ISC-E19.1").verdict is OK


def test_an_amount_wants_a_currency():
    """S-06."""
    session = answering("iscm", ISC_E18=["other"], ISC_E19=[{"ISC-E19.3": "1000"}, {}])
    assert in_entry(session, "ISC-E19", 0, "ISC-E19.4").verdict is MISSING
    assert not in_entry(session, "ISC-E19", 1, "ISC-E19.4").is_asked


def test_no_line_for_no_funding():
    """S-06."""
    session = answering("iscm", ISC_E18=["other"], ISC_E19=[{}])
    offered = [choice.value for choice in in_entry(session, "ISC-E19", 0, "ISC-E19.1").choices]
    assert "none" not in offered
    assert "fee_per_member" in offered


@pytest.mark.parametrize(
    ("key", "repeat", "name"), [("state", "STA-C00", "STA-C01"), ("organization", "IGO-B01", "IGO-B01.1")]
)
def test_each_mechanism_once(key, repeat, name):
    """S-06."""
    twice = answering(key, **{repeat.replace("-", "_"): [{name: "igc"}, {name: "rcm"}, {name: "igc"}]})
    verdicts = [in_entry(twice, repeat, number, name).verdict for number in range(3)]
    assert verdicts == [WRONG, OK, WRONG]
    assert "already" in in_entry(twice, repeat, 2, name).message


def test_two_mechanisms_that_the_register_does_not_have():
    """S-06: both are "other", told apart by their names."""
    blocks = [{"STA-C01": "other", "STA-C01_other": name} for name in ("One", "Two", "Two")]
    session = answering("state", STA_C00=blocks)
    assert in_entry(session, "STA-C00", 0, "STA-C01").verdict is OK
    verdicts = [in_entry(session, "STA-C00", number, "STA-C01_other").verdict for number in range(3)]
    assert verdicts == [OK, WRONG, WRONG]


def test_a_partner_once_per_type():
    """S-06."""
    partners = [("ILO", "igo"), ("ILO", "agency_or_network"), ("IOM", "igo"), ("ILO", "igo")]
    session = answering("iscm", ISC_F01=[{"ISC-F01.1": name, "ISC-F01.2": kind} for name, kind in partners])
    verdicts = [in_entry(session, "ISC-F01", number, "ISC-F01.2").verdict for number in range(4)]
    assert verdicts == [WRONG, OK, OK, WRONG]


# S-07


def test_the_fee_follows_the_sources_of_funding():
    """S-07."""
    session = answering("iscm", ISC_E18=["sale_of_publications"])
    assert not session.view("ISC-E20").is_asked
    session.answer("ISC-E/ISC-E18", "sale_of_publications fee_per_member")
    assert verdict(session, "ISC-E20") is MISSING
    assert not session.view("ISC-E21").is_asked
    session.answer("ISC-E/ISC-E20", "120 000")
    assert session.view("ISC-E20").text == "120000"
    assert verdict(session, "ISC-E21") is MISSING
    session.answer("ISC-E/ISC-E21", "CHF")
    assert verdict(session, "ISC-E21") is OK


def test_fees_that_differ_are_explained_instead():
    """S-07."""
    session = answering("iscm", ISC_E18=["fee_per_member"], ISC_E23="Fees follow the size of the economy.")
    assert verdict(session, "ISC-E20") is OK
    assert verdict(answering("iscm", ISC_E18=["fee_per_member"], ISC_E20=-5), "ISC-E20") is WRONG


# S-08


def turning_points(*years):
    entries = [{"ISC-B05.1": year} for year in years]
    session = answering("iscm", ISC_B01=1985, ISC_B04="widened", ISC_B05=entries)
    return session, lambda: [
        in_entry(session, "ISC-B05", number, "ISC-B05.1").verdict for number in range(len(years))
    ]


def test_turning_points_ascend():
    """S-08."""
    assert turning_points(1990, 2004, 2004, 2014)[1]() == [OK, OK, OK, OK]
    assert turning_points(1990, 2014, 2004)[1]() == [OK, OK, WRONG]
    assert turning_points(1990, None, 1980)[1]() == [OK, MISSING, WRONG]  # before the establishment


def test_moving_turning_points_puts_them_in_order():
    """S-08."""
    session, verdicts = turning_points(2014, 2004)
    assert verdicts() == [OK, WRONG]
    session.move_entry(session.repeat("ISC-B/ISC-B05").entries[1].path, None)
    assert verdicts() == [OK, OK]


def chairs(model, *periods):
    entries = [{"ISC-E06.1": "A State", "ISC-E06.2": begin, "ISC-E06.3": end} for begin, end in periods]
    session = answering("iscm", ISC_E04=model, ISC_E06=entries)
    return [in_entry(session, "ISC-E06", number, "ISC-E06.2").verdict for number in range(len(periods))]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([(2024, None), (2022, 2024)], [OK, OK]),
        ([(2024, 2024), (2023, 2023)], [OK, OK]),
        ([(2024, None), (2020, 2025)], [WRONG, WRONG]),
        ([(2024, None), (2025, None)], [WRONG, WRONG]),
        ([(2027, None)], [OK]),
        ([(2028, None)], [WRONG]),
        ([(1949, 1951)], [WRONG]),
    ],
)
def test_periods_of_chairs(periods, expected):
    """S-08."""
    assert chairs("one_rotating_chair", *periods) == expected


def test_co_chairs_hold_the_chair_together():
    """S-08."""
    together = [(2024, None), (2024, None)]
    assert chairs("rotating_co_chairs", *together) == [OK, OK]
    assert chairs("permanent_co_chairs", *together) == [OK, OK]
    assert chairs("permanent_chair", *together) == [WRONG, WRONG]


def test_a_chair_does_not_end_before_it_began():
    """S-08."""
    session = answering("iscm", ISC_E04="permanent_chair", ISC_E06=[{"ISC-E06.2": 2020, "ISC-E06.3": 2019}])
    assert in_entry(session, "ISC-E06", 0, "ISC-E06.3").verdict is WRONG


# S-09


def test_a_founding_year_that_the_register_does_not_have():
    """S-09."""
    session = answering("iscm", ISC_A01="igc", ISC_B01=1986)
    assert warned(session) == ["ISC-B01_warning"]
    assert "1985" in next(warnings_shown(session)).label
    assert verdict(session, "ISC-B01") is OK
    session.answer("ISC-B/ISC-B01", "1985")
    assert warned(session) == []


def test_no_warning_where_the_register_is_blank():
    """S-09."""
    assert warned(answering("iscm", ISC_A01="euromed-migration", ISC_B01=1995, ISC_E15=30)) == []
    assert warned(answering("iscm", ISC_A01="other", ISC_B01=1995, ISC_E15=30)) == []


def test_a_number_of_members_that_the_register_does_not_have():
    """S-09."""
    session = answering("iscm", ISC_A01="pidc", ISC_E15=20)
    assert warned(session) == ["ISC-E15_warning"]
    assert "21 members" in next(warnings_shown(session)).label
    session.answer("ISC-E/ISC-E15", "21")
    assert warned(session) == []


@pytest.mark.parametrize(("territory", "expected"), [("WSM", []), ("CAN", ["ISC-C03.1_warning"])])
def test_an_example_from_a_state_outside_the_mechanism(territory, expected):
    """S-09."""
    session = answering("iscm", ISC_A01="pidc", ISC_C01="3", ISC_C03=[{"ISC-C03.1": territory}])
    assert warned(session) == expected
    assert in_entry(session, "ISC-C03", 0, "ISC-C03.1").verdict is OK


def test_observers_count_for_examples():
    """S-09."""
    session = answering("iscm", ISC_A01="sacm", ISC_C01="3", ISC_C03=[{"ISC-C03.1": "MEX"}])
    assert warned(session) == []


@pytest.mark.parametrize(
    ("state", "mechanism", "role", "expected"),
    [
        ("CAN", "igc", "member", []),
        ("CAN", "igc", "observer", ["STA-C02_warning"]),
        ("CAN", "budapest-process", "observer", []),
        ("CAN", "budapest-process", "member", ["STA-C02_warning"]),
        ("FRA", "igc", "former_member", []),
        ("FRA", "igc", "member", ["STA-C02_warning"]),
        ("FJI", "igc", "member", ["STA-C02_unlisted_warning"]),
        ("FJI", "igc", "invited", []),
        ("FJI", "gfmd", "member", []),
    ],
)
def test_a_role_that_the_member_list_does_not_have(state, mechanism, role, expected):
    """S-09."""
    session = answering("state", STA_A01=state, STA_C00=[{"STA-C01": mechanism, "STA-C02": role}])
    assert warned(session) == expected
    assert in_entry(session, "STA-C00", 0, "STA-C02").verdict is OK


def test_the_warning_names_the_listed_role():
    """S-09."""
    session = answering("state", STA_A01="CAN", STA_C00=[{"STA-C01": "igc", "STA-C02": "observer"}])
    assert "as: Member." in next(warnings_shown(session)).label


# forms of text and number


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ({"ISC_A04": "X"}, "ISC-A04", WRONG),
        ({"ISC_A04": "XY"}, "ISC-A04", OK),
        ({"ISC_A04": "X" * 200}, "ISC-A04", OK),
        ({"ISC_A04": "X" * 201}, "ISC-A04", WRONG),
        ({"ISC_B06": "X" * 1501}, "ISC-B06", WRONG),
        ({"ISC_F02": "X" * 901}, "ISC-F02", WRONG),
        ({"ISC_H04": "X" * 121}, "ISC-H04", WRONG),
        ({"ISC_A06": "name@ministry.example"}, "ISC-A06", OK),
        ({"ISC_E15": 0}, "ISC-E15", WRONG),
        ({"ISC_E15": 250}, "ISC-E15", OK),
        ({"ISC_E15": 251}, "ISC-E15", WRONG),
        ({"ISC_E16": 0}, "ISC-E16", OK),
        ({"ISC_E16": 251}, "ISC-E16", WRONG),
        ({"ISC_E04": "one_rotating_chair", "ISC_E05": 0}, "ISC-E05", WRONG),
        ({"ISC_E04": "one_rotating_chair", "ISC_E05": 120}, "ISC-E05", OK),
        ({"ISC_E04": "one_rotating_chair", "ISC_E05": 121}, "ISC-E05", WRONG),
    ],
)
def test_lengths_and_ranges(answers, name, expected):
    assert verdict(answering("iscm", **answers), name) is expected


@pytest.mark.parametrize("typed", ["name", "name@ministry", "two words@ministry.example", "a@b@c.example"])
def test_what_is_no_email_address(typed):
    assert verdict(answering("iscm", ISC_A06=typed), "ISC-A06") is not OK


@pytest.mark.parametrize(("typed", "is_fine"), [("https://www.iom.int/x", True), ("iom", False)])
def test_public_links(typed, is_fine):
    session = answering("iscm", ISC_E01=[{"ISC-E01.4": typed}])
    assert (in_entry(session, "ISC-E01", 0, "ISC-E01.4").verdict is OK) is is_fine


@pytest.mark.parametrize("key", ["iscm", "state", "organization"])
def test_an_empty_response_says_what_is_expected(key):
    session = answering(key)
    findings = session.findings()
    assert findings
    assert {finding.verdict for finding in findings} == {MISSING}
    assert all(finding.message for finding in findings)
    assert warned(session) == []
