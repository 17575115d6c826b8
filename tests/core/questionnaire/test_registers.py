"""Registers.

R-01 A blank cell stays blank: nothing is invented for what was not verified.
R-02 Names of territories follow CLDR, except where the United Nations' short name differs and it matters.
R-03 Kosovo has a code of its own and its note.
R-04 A State is offered the mechanisms that it belongs to now and that still exist.
R-05 Regions are those of the United Nations.
"""

import csv
import re
import subprocess
import sys
from collections import Counter

import pytest

from iscm_desktop.i18n import LANGUAGES
from iscm_desktop.paths import resource
from iscm_desktop.questionnaire import registers


def rows(file):
    with resource("registers", file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_the_whole_register_is_there():
    assert len(registers.mechanisms()) == 46
    assert sum(len(registers.members_of(mechanism.code)) for mechanism in registers.mechanisms()) == 862
    assert len(registers.partners()) == 106
    assert len(registers.themes()) == 44
    assert len(registers.territories()) == 250


def test_blank_stays_blank():
    """R-01."""
    euromed = registers.mechanism("euromed-migration")
    assert euromed.founded_year is None
    assert euromed.member_count is None
    assert euromed.secretariat == ""
    assert registers.members_of("gfmd") == ()


def test_a_mechanism_with_its_facts():
    igc = registers.mechanism("igc")
    assert igc.full_name() == "Inter-governmental Consultations on Migration, Asylum and Refugees (IGC)"
    assert (igc.short_name, igc.founded_year, igc.member_list, igc.member_count) == (
        "IGC",
        1985,
        "partial",
        19,
    )
    assert registers.mechanism("no-such-mechanism") is None


@pytest.mark.parametrize(
    ("code", "full", "short"),
    [
        ("rcm", "Regional Conference on Migration (Puebla Process, RCM)", "RCM"),
        (
            "rabat-process",
            "Euro-African Dialogue on Migration and Development (Rabat Process)",
            "Rabat Process",
        ),
        (
            "almaty-process",
            "Almaty Process on Refugee Protection and International Migration",
            "Almaty Process",
        ),
        ("budapest-process", "Budapest Process", "Budapest Process"),
        ("5plus5", "5+5 Dialogue on Migration in the Western Mediterranean", "5+5"),
    ],
)
def test_names_of_mechanisms(code, full, short):
    mechanism = registers.mechanism(code)
    assert mechanism.full_name() == full
    assert mechanism.short_name == short


def test_a_name_that_was_not_verified_in_a_language_is_english():
    assert registers.mechanism("sacm").name("fr") == "Conférence sud-américaine sur la migration"
    assert registers.mechanism("pidc").name("fr") == "Pacific Immigration Development Community"


def test_complete_member_lists_agree_with_their_count():
    for mechanism in registers.mechanisms():
        members = [one for one in registers.members_of(mechanism.code) if one.role == "member"]
        if mechanism.member_list == "complete":
            assert mechanism.member_count == len(members), mechanism.code
        elif mechanism.member_list == "none":
            assert members == [], mechanism.code
            assert mechanism.member_count is None
        elif mechanism.member_count is not None:
            assert mechanism.member_count > len(members), mechanism.code


def test_every_row_refers_to_something():
    codes = {mechanism.code for mechanism in registers.mechanisms()}
    for row in rows("members.csv"):
        assert row["mechanism"] in codes
        assert registers.territory(row["territory"]) is not None
        assert row["role"] in {"member", "observer", "former"}
    for file in ("territory_names.csv", "territories.csv"):
        for row in rows(file):
            assert re.fullmatch("[A-Z]{3}", row["code"])
    assert {row["code"] for row in rows("territory_names.csv")} <= {
        row["code"] for row in rows("territories.csv")
    }


def test_members_of_the_united_nations():
    statuses = [territory.un_status for territory in registers.territories()]
    assert statuses.count("member") == 193
    assert statuses.count("observer") == 2


def test_memberships_of_canada():
    """R-04."""
    found = {one.mechanism: one.role for one in registers.memberships_of("CAN")}
    assert found == {"igc": "member", "rcm": "member", "budapest-process": "observer"}
    assert registers.proposed_memberships("CAN") == registers.memberships_of("CAN")


def test_former_places_and_ended_mechanisms_are_not_proposed():
    """R-04."""
    assert ("igc", "former") in {(one.mechanism, one.role) for one in registers.memberships_of("FRA")}
    assert "igc" not in {one.mechanism for one in registers.proposed_memberships("FRA")}
    assert "soderkoping-process" in {one.mechanism for one in registers.memberships_of("POL")}
    assert "soderkoping-process" not in {one.mechanism for one in registers.proposed_memberships("POL")}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BOL", "Bolivia (Plurinational State of)"),
        ("CZE", "Czechia"),
        ("HKG", "China, Hong Kong Special Administrative Region"),
        ("IRN", "Iran (Islamic Republic of)"),
        ("KOR", "Republic of Korea"),
        ("LAO", "Lao People’s Democratic Republic"),
        ("MAC", "China, Macao Special Administrative Region"),
        ("MDA", "Republic of Moldova"),
        ("MKD", "North Macedonia"),
        ("PRK", "Democratic People’s Republic of Korea"),
        ("PSE", "State of Palestine"),
        ("RUS", "Russian Federation"),
        ("SYR", "Syrian Arab Republic"),
        ("TUR", "Türkiye"),
        ("TWN", "Taiwan Province of China"),
        ("TZA", "United Republic of Tanzania"),
        ("VEN", "Venezuela (Bolivarian Republic of)"),
        ("VNM", "Viet Nam"),
        ("XKX", "Kosovo"),
        ("NLD", "Netherlands"),
    ],
)
def test_names_as_the_united_nations_uses_them(code, name):
    """R-02."""
    assert registers.territory(code).name == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_territory_has_a_name_in_every_language(language):
    """R-02."""
    territories = registers.territories(language)
    assert len(territories) == 250
    assert all(territory.name for territory in territories)
    assert registers.territory("TUR", language).name.strip() != "Turkey"


def test_the_same_exception_holds_in_every_language():
    """R-02: whoever adds an exception for a name that the United Nations watches adds it in all languages."""
    special = {row["code"]: row for row in rows("territory_names.csv")}
    for code in (
        "BOL",
        "IRN",
        "KOR",
        "PRK",
        "PSE",
        "RUS",
        "SYR",
        "TWN",
        "TZA",
        "VEN",
        "HKG",
        "MAC",
        "MDA",
        "XKX",
    ):
        assert all(special[code][language] for language in LANGUAGES), code


def test_names_inside_a_sentence_have_their_article():
    assert registers.territory("NLD").name_in_text == "the Netherlands"
    assert registers.territory("IRN").name_in_text == "the Islamic Republic of Iran"
    assert registers.territory("CAN").name_in_text == "Canada"
    assert registers.territory("NLD", "fr").name_in_text == "Pays-Bas"


def test_territories_stand_in_the_order_of_their_names():
    names = [territory.name for territory in registers.territories()]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")
    assert names.index("Côte d’Ivoire") < names.index("Croatia")


def test_the_kosovo_note_in_every_language():
    """R-03."""
    notes = {language: registers.kosovo_note(language) for language in LANGUAGES}
    assert len(set(notes.values())) == len(LANGUAGES)
    assert all("1244" in note and "1999" in note for note in notes.values())
    assert registers.kosovo_note("de") == registers.kosovo_note("en")
    assert {one.mechanism for one in registers.memberships_of("XKX")} == {"marri", "prague-process"}


def test_currencies_in_use():
    currencies = {currency.code: currency for currency in registers.currencies()}
    assert currencies["CHF"].label == "CHF – Swiss Franc"
    assert {"USD", "EUR", "WST", "XOF"} <= currencies.keys()
    assert not {"DEM", "XXX", "XAU"} & currencies.keys()
    assert "North" not in currencies["KPW"].name


def test_partners_and_what_people_call_them():
    assert registers.partner("oecd").name == "Organisation for Economic Co-operation and Development"
    assert registers.partner("world_bank").full_name == "World Bank"
    for typed in ("UNHCR", "unhcr ", "Office of the United Nations High Commissioner for Refugees (UNHCR)"):
        assert registers.partner_named(typed).slug == "unhcr"
    assert registers.partner_named("A Society Nobody Knows") is None
    slugs = [partner.slug for partner in registers.partners()]
    assert len(set(slugs)) == len(slugs)


def test_respondents_are_called_by_name():
    assert registers.respondent_name("iscm", "igc").endswith("(IGC)")
    assert registers.respondent_name("state", "NLD", "fr") == "Pays-Bas"
    assert (
        registers.respondent_name("organization", "iom") == "International Organization for Migration (IOM)"
    )
    assert registers.respondent_name("iscm", "a-new-mechanism") == "a-new-mechanism"


def test_the_answer_that_names_a_respondent():
    assert registers.identity_answer("iscm", "igc") == "igc"
    assert registers.identity_answer("iscm", "a-new-mechanism") == "other"
    assert registers.identity_answer("state", "CAN") == "CAN"
    assert (
        registers.identity_answer("organization", "iom") == "International Organization for Migration (IOM)"
    )


def test_suggestions_come_from_the_lists_asked_for():
    both = registers.suggestions(("partners", "territories"))
    assert "Norway" in both
    assert "International Labour Organization (ILO)" in both
    assert len(set(both)) == len(both)
    assert "Norway" not in registers.suggestions(("partners",))
    assert "Norvège" in registers.suggestions(("territories",), "fr")


def test_reading_registers_needs_no_office_software():
    code = (
        "import sys; from iscm_desktop.questionnaire import registers; registers.territories();"
        "sys.exit(bool({'pyxform', 'openpyxl'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_members_of_the_united_nations_by_continent() -> None:
    """R-05: as the United Nations count them; every territory but Antarctica has a region."""
    members = Counter(
        region.inside
        for each in registers.territories()
        if each.un_status == "member"
        for region in registers.regions()
        if region.code == each.region
    )
    assert members == {"002": 54, "019": 35, "142": 47, "150": 43, "009": 14}
    assert [each.code for each in registers.territories() if not each.region] == ["ATA"]
    codes = {each.code for each in registers.regions()}
    assert all(each.inside in codes for each in registers.regions() if each.inside)


def test_each_region_has_a_name_in_each_language() -> None:
    """R-05"""
    english = {each.english for each in registers.regions()}
    for language in LANGUAGES[1:]:
        names = {each.name(language) for each in registers.regions()}
        assert len(names) == len(english)
        assert names & english <= {"Asia", "Europe", "Polynesia", "Melanesia", "Micronesia"}
