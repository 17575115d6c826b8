"""Regular expressions of forms: our bounded matcher says what Python's says."""

from __future__ import annotations

import importlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import ExpressionError, linear
from iscm_desktop.questionnaire.expression.patterns import pattern

_ATOM = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\b", "^", r"\Z", "ab"])
_PATTERN = st.recursive(
    _ATOM,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@given(_PATTERN, st.text(alphabet="ab1 ", max_size=8))
def test_both_matchers_agree(expression: str, text: str) -> None:
    tree = importlib.import_module("re._parser").parse(expression, re.ASCII)
    expected = re.search(expression, text, re.ASCII) is not None
    assert linear.matcher(tree)(text) is expected
    assert pattern(expression)(text) is expected


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
    ],
)
def test_patterns_as_java_and_javascript_have_them(expression: str, text: str, matches: bool) -> None:
    assert pattern(expression)(text) is matches


def test_a_pattern_that_nobody_can_bound_is_refused() -> None:
    with pytest.raises(ExpressionError, match="hours"):
        pattern(r"^(?=(a+)+$)")
