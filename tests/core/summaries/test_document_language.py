"""Lists, numbers and names as a document writes them."""

from datetime import date
from decimal import Decimal

import pytest

from iscm_desktop.questionnaire import registers
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.summaries.names_in_text import name_in_text, organization_name, with_article

LANGUAGE = DocumentLanguage("en")


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a and b", "c"], "a and b, and c"),
        (["a, b", "c", "d"], "a, b; c; and d"),
        (["a (x, y)", "b", "c"], "a (x, y), b and c"),
    ],
)
def test_lists(parts: list[str], printed: str) -> None:
    assert LANGUAGE.listed(parts) == printed


def test_lists_follow_the_language() -> None:
    assert DocumentLanguage("fr").listed(["a", "b", "c"]) == "a, b et c"
    assert DocumentLanguage("es").listed(["a", "b"]) == "a y b"


def test_small_numbers_are_words() -> None:
    assert [LANGUAGE.counted(number) for number in (1, 9, 10, 1250)] == ["one", "nine", "10", "1,250"]


def test_money_and_dates() -> None:
    assert LANGUAGE.money(Decimal("120000"), "CHF") == "CHF\N{NO-BREAK SPACE}120,000"
    assert LANGUAGE.date(date(2027, 5, 2)) == "2 May 2027"
    assert LANGUAGE.date_or_year(date(2006, 1, 1)) == "2006"


def test_a_sentence_keeps_braces_that_people_type() -> None:
    assert LANGUAGE.gettext("{name} came", name="{x}") == "{x} came"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("International Labour Organization (ILO)", "ILO"),
        ("Council of Europe (CoE)", "Council of Europe"),
        ("World Economic Forum Global Council on Migration (WEF)", "WEF Global Council on Migration"),
        ("A new network", "A new network"),
    ],
)
def test_names_of_organizations(typed: str, printed: str) -> None:
    assert organization_name(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Netherlands", "the Netherlands"),
        ("France", "France"),
        ("World Bank", "the World Bank"),
        ("Council of Europe", "the Council of Europe"),
        ("EU", "the EU"),
        ("UNHCR", "UNHCR"),
        ("Human Rights Watch", "Human Rights Watch"),
    ],
)
def test_names_inside_an_english_sentence(typed: str, printed: str) -> None:
    assert name_in_text(typed, "en") == printed


def test_articles_are_english() -> None:
    assert with_article("World Bank", "fr") == "World Bank"


def test_every_partner_of_the_register_keeps_a_name() -> None:
    shown = [organization_name(partner.full_name) for partner in registers.partners()]
    assert all(shown)
    assert len(set(shown)) == len(shown)
