"""How expressions are read.

E-01  Names may hold hyphens and dots; `*`, `div` and their like are operators only after an operand.
E-02  A fault names the place in the text and says what to do.
E-03  No text, however nested or long, exhausts the stack.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import ExpressionError, compile_expression, evaluate, parse

FORM = "<iscm><ISC-B><ISC-B05.1>12</ISC-B05.1><div>4</div><or>2</or></ISC-B></iscm>"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("/iscm/ISC-B/ISC-B05.1 - 2", 10.0),
        ("/iscm/ISC-B/ISC-B05.1 -2", 10.0),
        ("/iscm/ISC-B/div div /iscm/ISC-B/or", 2.0),
        ("/iscm/ISC-B/div*/iscm/ISC-B/or", 8.0),
        ("count(/*/*/*)", 3.0),
        ("2 * 3 mod 4 + 1", 3.0),
        ("--2", 2.0),
        ("1 - -1", 2.0),
        ("5 - 3 - 1", 1.0),
        ("1or0", True),
    ],
)
def test_names_and_operators_are_told_apart(expression: str, value: object) -> None:
    """E-01."""
    assert evaluate(expression, FORM) == value


@pytest.mark.parametrize(
    ("expression", "position", "words"),
    [
        ("", 0, "empty"),
        ("1 +", 3, "too early"),
        ("/a/b == 2", 6, "'='"),
        ("'open", 0, "closing"),
        ("(1 + 2", 6, "too early"),
        ("a[1", 3, "too early"),
        ("sideways::a", 0, "axis"),
        ("if(1, 2)", 0, "at least 3"),
        ("true(1)", 0, "at most 0"),
        ("1 + cont('a')", 4, "count"),
        ("$fee > 2", 0, "${fee}"),
        ("weighted-checklist(1, 2, 3)", 0, "pairs"),
        ("/a/x:b", 3, "'x:'"),
        ("sum(1)", 0, "path"),
        ("a ~ b", 2, "~"),
    ],
)
def test_a_fault_names_its_place(expression: str, position: int, words: str) -> None:
    """E-02."""
    with pytest.raises(ExpressionError) as caught:
        compile_expression(expression)
    assert caught.value.position == position
    assert words in caught.value.message


def test_an_unknown_function_is_a_fault_at_once_or_when_it_is_reached() -> None:
    assert evaluate("false() and no-such()") is False
    with pytest.raises(ExpressionError, match="no-such"):
        evaluate("true() and no-such()")
    with pytest.raises(ExpressionError, match="no-such"):
        compile_expression("false() and no-such()")


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "not(" * 5_000 + "1" + ")" * 5_000,
        "a[" * 5_000 + "1" + "]" * 5_000,
        "1" * 300_000,
    ],
)
def test_endless_nesting_is_refused_in_words(hostile: str) -> None:
    """E-03."""
    with pytest.raises(ExpressionError, match="Split it"):
        compile_expression(hostile)


def test_what_forms_nest_in_earnest_is_read() -> None:
    """E-03: a chain of ninety if() and a sum of three thousand parts."""
    chain = "".join(f"if(. = {number}, 'v{number}', " for number in range(90)) + "''" + ")" * 90
    assert evaluate(chain, "<data>89</data>", context="/data") == "v89"
    assert evaluate(" + ".join(["1"] * 3_000)) == 3_000.0
    assert evaluate(" or ".join(["false()"] * 3_000)) is False
    assert evaluate("-" * 3_001 + "1") == -1.0


_TEXT = st.text(alphabet="abc.-/[]()*@:'\"1 2+=<>|,$div or", max_size=40)


@given(_TEXT)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """E-02."""
    fault = _fault(text)
    if fault is not None:
        assert fault.message
        assert fault.position is not None
        assert 0 <= fault.position <= len(text)


def _fault(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


_NUMBER = st.integers(0, 999).map(str)
_ARITHMETIC = st.recursive(
    _NUMBER,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=12,
)


@given(_ARITHMETIC)
def test_arithmetic_is_that_of_python(text: str) -> None:
    assert evaluate(text) == float(eval(text))  # noqa: S307 - digits, brackets and three operators
