"""Codes of respondents: one for each name, in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.registers.respondent_codes import respondent_code
from iscm_desktop.text_limits import TextLimit

LETTERS = st.characters(
    whitelist_categories=("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Pd", "Po")
)
WORDS = st.text(LETTERS, min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(LETTERS, min_size=90, max_size=130)
FORMS = st.sampled_from(("organization", "iscm", "a_form_of_the_field"))


def as_compared(name: str) -> str:
    """What does not make a difference, said another way: capitals, composition, blanks, underscores."""
    said = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return " ".join(said.replace("_", " ").split())


@given(FORMS, NAMES, NAMES)
@settings(max_examples=300)
def test_two_names_are_two_respondents(form_id: str, one: str, other: str) -> None:
    one, other = f"№ {one}1", f"№ {other}1"
    if as_compared(one) != as_compared(other):
        assert respondent_code(form_id, one) != respondent_code(form_id, other)


@given(FORMS, NAMES)
@settings(max_examples=300)
def test_a_name_is_the_same_however_it_is_typed_and_a_code_is_its_own(form_id: str, name: str) -> None:
    name = f"x{name}"
    code = respondent_code(form_id, name)
    assert code
    assert len(code) <= TextLimit.CODE.most
    assert respondent_code(form_id, code) == code
    assert respondent_code(form_id, f"\u00a0 {unicodedata.normalize('NFD', name)}\t") == code


@given(NAMES, st.sampled_from([partner.slug for partner in registers.partners()]))
@settings(max_examples=300)
def test_a_word_beside_a_registered_name_makes_another_name(word: str, slug: str) -> None:
    for name in (f"{word} {slug}", f"{slug} {word}", f"{word}{slug}"):
        code = respondent_code("organization", name)
        registered = {
            as_compared(one) for p in registers.partners() for one in (p.slug, p.name, p.acronym, p.full_name)
        }
        assert registers.is_registered("organization", code) == (as_compared(name) in registered)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МОМ 2", "国际组织 2"),
        ("Офис IOM", "IOM"),
        ("المنظمة", "منظمة"),
        ("हिन्दी", "हन्द"),
        ("Møre", "Mre"),
        ("Élan", "Elan"),
        ("C++ users", "C users"),
        ("A" * 200, "A" * 199 + "B"),
    ],
)
def test_names_that_fell_together(one: str, other: str) -> None:
    codes = {respondent_code("organization", name) for name in (one, other)}
    assert len(codes) == 2
    assert all(codes)


def test_codes_of_plain_latin_names_are_what_they_were() -> None:
    assert respondent_code("organization", " World  Bank 2") == "world_bank_2"
    assert respondent_code("iscm", "Budapest Circle") == "budapest_circle"
    assert respondent_code("iscm", "Bali-Process") == "bali-process"
    assert respondent_code("state", " can ") == "CAN"
    for partner in registers.partners():
        assert respondent_code("organization", partner.slug) == partner.slug


def test_a_registered_respondent_is_meant_by_each_name_that_is_its_alone() -> None:
    for name in (
        "IOM",
        "international organization for migration",
        "International Organization for Migration (IOM)",
    ):
        assert respondent_code("organization", name) == "iom"
    assert respondent_code("iscm", registers.mechanisms()[0].full_name()) == registers.mechanisms()[0].code


def test_capitals_of_a_ligature_are_no_state() -> None:
    assert not registers.is_registered("state", respondent_code("state", "\ufb01n"))


@pytest.mark.parametrize("nobody", ["", "  ", "_ _", "\u200b", "\u2028\u00a0", "—", "?!"])
def test_what_has_neither_letter_nor_digit_names_nobody(nobody: str) -> None:
    assert respondent_code("organization", nobody) == ""
