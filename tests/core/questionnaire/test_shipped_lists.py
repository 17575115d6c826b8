"""Entries of one list against each other, and money, in the three questionnaires.

S-06 Shares may total less than 100, never more; a source, a mechanism, a partner under its type come once.
S-07 The amount of the fee follows the sources of funding; fees that differ are explained instead.
"""

import pytest

from tests.support.shipped_answers import MISSING, OK, WRONG, answering, in_entry, verdict


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
