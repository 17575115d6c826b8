"""Expression text to tokens, with XPath's rules for telling `*`, `div` and names apart (XPath 1.0, 3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError

LONGEST = 60_000
"""Characters of one expression; the longest seen in real forms has some 20,000."""

_START = r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
_START += r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME = rf"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*"
_TOKEN = re.compile(
    rf"""[ \t\r\n]*(?:
    (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?:{_NAME}|\*))?(?!:{_NAME}))
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    |(?P<end>\Z))""",
    re.VERBOSE,
)
_OPERATOR_NAME = re.compile("and|or|div|mod")
"""Where an operator must come, its name needs no space after it: "1or2", as all engines read it."""
_BEFORE_OPERAND = frozenset(
    {"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
)


class Token(NamedTuple):
    """One token; `kind` is number, literal, name, operator (and, or, div, mod, *), symbol or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """All tokens of `text`, an end token last."""
    if len(text) > LONGEST:
        raise ExpressionError(expression_error.TOO_LONG, LONGEST, limit=LONGEST)
    return [*_tokens(text), Token("end", "", len(text))]


def _tokens(text: str) -> Iterator[Token]:
    position, after_operand = 0, False
    while True:
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        kind = match.lastgroup or "end"
        found, start, position = match[kind], match.start(kind), match.end()
        if kind == "end":
            return
        if kind == "name" and after_operand and (name := _OPERATOR_NAME.match(found)):
            kind, found = "operator", name.group()
            position = start + len(found)
        elif found == "*":
            kind = "operator" if after_operand else "name"
        after_operand = kind != "operator" and found not in _BEFORE_OPERAND
        yield Token(kind, found, start)


def _unreadable(text: str, position: int) -> ExpressionError:
    position = len(text) - len(text[position:].lstrip(" \t\r\n"))
    found = text[position]
    if found in "\"'":
        return ExpressionError(expression_error.UNCLOSED_TEXT, position, quote=found)
    name = re.compile(_NAME).match(text, position + 1)
    if found == "$" and name:
        return ExpressionError(expression_error.NO_VARIABLES, position, found=name.group())
    return ExpressionError(expression_error.UNKNOWN_CHARACTER, position, found=found)
