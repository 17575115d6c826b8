"""Where the three questionnaires warn, and which texts and numbers they take.

S-09 What differs from the register is a warning, never an error.
"""

import pytest

from tests.support.shipped_answers import (
    MISSING,
    OK,
    WRONG,
    answering,
    in_entry,
    verdict,
    warned,
    warnings_shown,
)


def test_a_founding_year_that_the_register_does_not_have():
    """S-09."""
    session = answering("iscm", ISC_A01="igc", ISC_B01=1986)
    assert warned(session) == ["ISC-B01_warning"]
    assert "1985" in next(warnings_shown(session)).label
    assert verdict(session, "ISC-B01") is OK
    session.answer("ISC-B/ISC-B01", "1985")
    assert warned(session) == []


@pytest.mark.parametrize(
    ("question", "answer"), [("ISC-B/ISC-B01", "1850"), ("ISC-B/ISC-B01", "3000"), ("ISC-E/ISC-E15", "0")]
)
def test_no_warning_under_an_answer_that_cannot_be(question: str, answer: str) -> None:
    """S-09: what is wrong already is not compared with the register as well."""
    session = answering("iscm", ISC_A01="igc")
    session.answer(question, answer)
    assert session.view(question).verdict is WRONG
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
