"""Section 4: add a partner and it appears under its type; write "None" and that cooperation says nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import SummarySection
from tests.support.answers import COUNTS, answered
from tests.support.summary_texts import faults, section_shown

TYPES = {
    "iscm": "ISCMs",
    "igo": "IGOs",
    "regional_union": "Regional unions",
    "agency_or_network": "Regional unions",
    "civil_society": "Civil society",
    "private_sector": "Private sector",
    "academia": "Academia",
}
MODES = {
    "official_association": "Officially associated",
    "regular": "Regular",
    "occasional": "Occasional",
    "past": "Past",
    "planned": "Planned",
}


def partner(name: str, kind: str, mode: str, **more: Any) -> dict[str, Any]:
    return {"ISC-F01.1": name, "ISC-F01.2": kind, "ISC-F01.3": mode} | {
        f"ISC-F01.{k[1:]}": v for k, v in more.items()
    }


def partnerships(*partners: dict[str, Any], **answers: Any) -> SummarySection:
    named = {name.replace("_", "-"): value for name, value in answers.items()} | {"ISC-F01": list(partners)}
    summary = draft("prague-process", [answered("iscm", "prague-process", named)], COUNTS)
    assert not faults(summary)
    return summary.section("4")


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("mode", MODES)
def test_a_partner_appears_under_its_type_and_mode(kind: str, mode: str) -> None:
    section = partnerships(partner("Zqx House", kind, mode))
    (paragraph,) = section.paragraphs
    assert paragraph.lead == TYPES[kind]
    assert "Zqx House" in paragraph.text
    assert len(paragraph.sources) == 3
    (table,) = section.tables
    assert table.head == ("Partner type", MODES[mode])
    assert table.rows == (
        ("Agencies and networks" if kind == "agency_or_network" else TYPES[kind], "Zqx House"),
    )


PARTNERS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(sorted(TYPES)), st.sampled_from(sorted(MODES))), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(PARTNERS, st.tuples(st.sampled_from(sorted(TYPES)), st.sampled_from(sorted(MODES))))
def test_one_more_partner_changes_its_own_type_only(
    others: list[tuple[int, str, str]], new: tuple[str, str]
) -> None:
    before = [partner(f"House {number}", kind, mode) for number, kind, mode in others]
    kind, mode = new
    was = partnerships(*before)
    now = partnerships(*before, partner("Zqx", kind, mode))
    untouched = {
        paragraph.key: paragraph.text for paragraph in was.paragraphs if paragraph.lead != TYPES[kind]
    }
    assert untouched.items() <= {paragraph.key: paragraph.text for paragraph in now.paragraphs}.items()
    (paragraph,) = [paragraph for paragraph in now.paragraphs if paragraph.lead == TYPES[kind]]
    assert "Zqx" in paragraph.text


def test_types_stand_in_the_published_order() -> None:
    section = partnerships(*(partner(f"House {kind}", kind, "regular") for kind in reversed(TYPES)))
    assert [paragraph.lead for paragraph in section.paragraphs] == list(dict.fromkeys(TYPES.values()))


def test_modes_are_parted() -> None:
    section = partnerships(
        partner("UNHCR", "igo", "official_association"),
        partner("OECD", "igo", "regular"),
        partner("ILO", "igo", "regular"),
        partner("World Bank", "igo", "occasional"),
        partner("WHO", "igo", "past"),
    )
    assert section.paragraphs[0].text == (
        "UNHCR is officially associated with the Prague Process. OECD and ILO take part regularly. "
        "The World Bank takes part on an occasional basis. WHO was a partner in the past."
    )


def test_an_entry_that_stands_for_several_takes_a_plural() -> None:
    section = partnerships(partner("Academic institutions (interns)", "igo", "regular"))
    assert section.paragraphs[0].text == "Academic institutions (interns) take part regularly."


def test_agencies_stand_with_the_unions() -> None:
    section = partnerships(
        partner("European Union", "regional_union", "regular"),
        partner("Europol", "agency_or_network", "regular"),
    )
    assert [paragraph.lead for paragraph in section.paragraphs] == ["Regional unions"]
    assert section.paragraphs[0].text == (
        "There is regular cooperation with the European Union. "
        "Among agencies and networks, there is regular work with Europol."
    )


def test_what_is_told_of_a_partner() -> None:
    details = {"_4": 1998, "_5": "mou", "_6": "Joint seminars."}
    section = partnerships(
        partner("OECD", "igo", "regular", **details),
        partner("ILO", "igo", "regular", **details),
        partner("WHO", "igo", "regular"),
    )
    assert section.paragraphs[0].text == (
        "OECD and ILO (since 1998, a memorandum of understanding; joint seminars), and WHO "
        "take part regularly."
    )


def test_a_partner_entered_twice_is_printed_once() -> None:
    section = partnerships(partner("OECD", "igo", "regular"), partner(" oecd ", "igo", "regular"))
    assert section.paragraphs[0].text == "OECD takes part regularly."


@pytest.mark.parametrize("none", ["None", "none.", "N/A", "Aucune."])
def test_none_means_no_sentence(none: str) -> None:
    assert not partnerships(ISC_F02=none, ISC_F05=none).paragraphs


def test_cooperation_in_the_words_of_the_secretariat() -> None:
    section = partnerships(ISC_F05="they join seminars", ISC_F07="Interns come.\n\nTheses are written.")
    assert section_shown(section) == (
        "Civil society. They join seminars.\nAcademia. Interns come.\nTheses are written."
    )


def test_a_partner_without_type_or_mode_is_not_lost() -> None:
    section = partnerships({"ISC-F01.1": "Zqx"})
    assert (
        section_shown(section)
        == "Others. Zqx is named as a partner.\nPartner type | Not specified\nOthers | Zqx"
    )
