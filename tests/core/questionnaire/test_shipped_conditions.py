"""When the questions and repeats of the three questionnaires are asked.

S-05 A question that is not asked asks for nothing.
"""

import pytest

from tests.support.shipped_answers import MISSING, answering, in_entry


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
