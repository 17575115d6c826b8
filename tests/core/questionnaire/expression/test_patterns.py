"""Regular expressions of forms: who runs them is not to be told from what they say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import ExpressionError
from iscm_desktop.questionnaire.expression.patterns import pattern

RISKY = "(?:(?:z+)+)?"
"""Matches nothing everywhere, and makes any pattern behind it one for RE2."""

_ATOM = st.sampled_from(
    [
        "a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\b", "^", r"\Z", "ab", "é", r"\u00e9", r"[\u00e0-\u00ff]",
        r"\s", r"\S", r"[\s1]", r"[^\S]", r"\v", "[[b]", "[]a]", r"[\b]", r"\.",
    ]
)  # fmt: skip
_PATTERN = st.recursive(
    _ATOM,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "{,2}", "*?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@given(_PATTERN, st.text(alphabet="ab1 é\v[.", max_size=8))
def test_both_matchers_agree(expression: str, text: str) -> None:
    expected = re.search(expression.replace("[[b]", r"[\[b]"), text, re.ASCII) is not None
    assert pattern(expression).holds(text) is expected
    assert pattern(RISKY + expression).holds(text) is expected


@pytest.mark.parametrize("before", ["", RISKY])
@pytest.mark.parametrize(
    ("expression", "text", "matches"),
    [
        (r"^\p{L}+$", "Zoé", True),
        (r"^[\p{L} ]+$", "Zoé Ana", True),
        (r"^\p{Lu}", "zoé", False),
        ("a$", "a\n", False),
        (r"[$]", "5 $", True),
        ("(?<year>[0-9]{4})-", "2026-11", True),
        (r"^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$", "igc@iom.int", True),
        (r"^(([a-z]+\s?)+)$", "a b c", True),
        (r"\w", "é", False),
        (r"^\é$", "é", True),
        ("^[[:alpha:]]$", ":]", True),
        ("^a(?#one or two)b$", "ab", True),
        (r"^\101$", "A", True),
        ("^.$", "\ud800", True),
    ],
)
def test_patterns_as_java_and_javascript_have_them(
    before: str, expression: str, text: str, matches: bool
) -> None:
    assert pattern(before + expression).holds(text) is matches


def test_case_may_be_ignored() -> None:
    assert pattern("(?i)^([a-z]+ ?)+$").holds("Bali Process")


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+$", "^(a|aa)*$", r"^(\w+\s?)*$", "^.*a.*a.*a.*!$", r"^(\w+\s?){1,99}$", r"^(\w+\s?){99}$",
        "a*a*b", "a+$", "a?" * 60 + "a" * 60 + "b", "(a|aa)(a|aa)" * 20 + "b", "^(a{0,9}){0,9}(a{0,9}){0,9}b$",
        "^(?=(a+)+$)", r"^(?=.*[A-Z])(?=.*\d)(\w+\s?)+$", "^(?=a+b)(a+)+$", "a{1,900}b", r"^(?=(?:\w+\s?){1,99}$).+$",
        r"^(?!.*\.\.)[\w.]+@[\w.]+\.[a-z]{2,}$",
    ],
)  # fmt: skip
def test_no_answer_takes_hours(expression: str) -> None:
    assert not pattern(expression).holds("a" * 5_000 + "?!?")


@pytest.mark.parametrize("before", ["(?=.*a)", "(?!.*b)", r"(?=[ab]+\b)(?!a{2})", "(?=)", "(?!(?:ab)+$)"])
@given(_PATTERN, st.text(alphabet="ab1 ", max_size=8))
def test_looking_ahead_from_the_beginning_is_the_same_with_either_matcher(
    before: str, expression: str, text: str
) -> None:
    whole = f"^{before}(?:{expression})"
    expected = re.search(whole.replace("[[b]", r"[\[b]"), text, re.ASCII) is not None
    assert pattern(whole).holds(text) is expected
    assert pattern(f"^{before}(?={RISKY})(?:{expression})").holds(text) is expected


@pytest.mark.parametrize(
    "expression",
    [
        r"(?=(a+)+$)b",
        r"^(?!(a|aa)*$)a|^b",
        r"^(?=(a+)+$)*b",
        r"a*(?=a*b)",
        r"^(?:(?=a*b)a)*$",
        r"^(?:a(?<!ba)){2,}b*\Bc*$",
        r"(\w+) \1",
        r"^(?=(a+)+)b\1+",
        r"^(a+)+\1$",
        "(a)" * 12 + r"(b+)+\12",
        r"^(?:(?>a+)b*)*$",
        r"^(a?)(?(1)(b+)+|c)$",
        r"^((\w+\s?){1001})+$",
        "(?x)(a+ # a )\n)+$",
        "(a+)+\ud800",
    ],
)
def test_a_pattern_that_nobody_can_bound_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError, match="hours"):
        pattern(expression)


@pytest.mark.parametrize(
    ("expression", "text", "matches"),
    [
        ("^(?!000)[0-9]{3}$", "001", True),
        ("^(?!000)[0-9]{3}$", "000", False),
        (r"^(?=.*\d).{8,}$", "password1", True),
        (r"^([A-Z])\1$", "AB", False),
        ("^a++b$", "aab", True),
        ("^.{1,2000}$", "a" * 1_500, True),
        (r"^(?=.*[A-Z])(?=.*\d).+$", "Bali 1", True),
        (r"^(?=.*[A-Z])(?=.*\d).+$", "bali 1", False),
        (r"^(?=(a+)+$)", "aaa", True),
        (r"^(?!(a|aa)*$)", "aaa", False),
        (r"(?i)^(?!iom)([a-z]+ ?)+$", "IOM office", False),
        (r"^(?!.*\.\.)[a-z.]+@[a-z.]+\.[a-z]{2,}$", "a..b@iom.int", False),
    ],
)
def test_what_only_python_can_express_is_run_where_it_is_harmless(
    expression: str, text: str, matches: bool
) -> None:
    assert pattern(expression).holds(text) is matches


@pytest.mark.parametrize("expression", ["(a", "[a", "a**", r"\p{Xx}", r"\Qa\E", "(?<n>a)(?<n>b)", "a{2,1}"])
def test_what_is_no_regular_expression_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError, match="not a regular expression"):
        pattern(expression)
