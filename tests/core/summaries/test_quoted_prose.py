"""Respondents' own words, cleaned for print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.summaries.quoted_prose import bracketed, capital, fragment, inside, is_nothing, paragraphs
from iscm_desktop.summaries.text_markup import plain


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("members  meet , often", ("Members meet , often.",)),
        ("  Done. ", ("Done.",)),
        ("He said “yes.”", ("He said “yes.”",)),
        ("One.\n\n\nTwo;", ("One.", "Two.")),
        ("One.\nTwo", ("One.", "Two.")),
        ("broken by\nan e-mail program", ("Broken by an e-mail program.",)),
        ("Results:\n- first\n- second", ("Results:", "- first.", "- second.")),
        ("eu-LISA takes part", ("eu-LISA takes part.",)),
        ("这是一个区域进程。", ("这是一个区域进程。",)),
        ("5 * 3 *bold*", ("5 \\* 3 \\*bold\\*.",)),
    ],
)
def test_long_text(typed: str, printed: tuple[str, ...]) -> None:
    assert paragraphs(typed) == printed


@pytest.mark.parametrize(
    "typed", ["None", "none.", " NONE ", "N/A", "Not applicable.", "-", "Aucune", "Ninguna.", ""]
)
def test_nothing_to_say(typed: str) -> None:
    assert is_nothing(typed)
    assert paragraphs(typed) == ()
    assert fragment(typed) == ""


@pytest.mark.parametrize("typed", ["None of the members left.", "No change since 2004", "Nothing formal"])
def test_a_sentence_that_begins_with_none_says_something(typed: str) -> None:
    assert paragraphs(typed)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=200))
def test_no_word_is_cut(typed: str) -> None:
    """Words are kept whole, in order; only the case of the first letter and stops at the end may change."""
    printed = " ".join(map(plain, paragraphs(typed)))
    if not is_nothing(typed):
        letters = [character.casefold() for character in typed if character.isalnum()]
        assert [character.casefold() for character in printed if character.isalnum()] == letters


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Strategic review.", "Strategic review"),
        ("Joint seminars;", "Joint seminars"),
        ("Seminars, papers etc.", "Seminars, papers etc."),
        ("go with it.", "go with it"),
        ("Acme Inc.", "Acme Inc."),
        ("two\nlines", "two lines"),
    ],
)
def test_short_text(typed: str, printed: str) -> None:
    assert fragment(typed) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The review ended", "the review ended"),
        ("Strategic review of 2004", "strategic review of 2004"),
        ("Norway hosted it", "Norway hosted it"),
        ("IOM lends a hand", "IOM lends a hand"),
        ("Regional Conference on Migration", "Regional Conference on Migration"),
        ("A Member State", "a Member State"),
        ("", ""),
    ],
)
def test_words_that_go_on_after_a_colon(text: str, printed: str) -> None:
    assert inside(text) == printed


def test_capital() -> None:
    assert capital("the Netherlands") == "The Netherlands"
    assert capital("e-mail") == "E-mail"
    assert capital("eu-LISA") == "eu-LISA"
    assert capital("") == ""


def test_brackets_are_not_doubled() -> None:
    assert bracketed("OECD", "since 1998") == "OECD (since 1998)"
    assert bracketed("Academia (interns)", "since 1998") == "Academia (interns; since 1998)"
    assert bracketed("OECD", "") == "OECD"
