"""Regular expressions of forms: written for Java and JavaScript, run by Python.

Python's own matcher tries one way after the other, and a repetition inside a repetition, such as "(a+)+$",
can take it longer than anybody lives. Such patterns go to `linear`, whose time grows with the text only.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from iscm_desktop.questionnaire.expression import expression_error, linear
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError

_constants: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")

_MANY = 3
"""So many unbounded repetitions in one pattern are taken as risky although none lies inside another."""

_PIECE = re.compile(r"\\p\{(?P<category>\w+)\}|\\[zZ]|\\.|\(\?<(?=[A-Za-z])|[\[\]$]", re.DOTALL)


@lru_cache(maxsize=512)
def pattern(expression: str) -> Callable[[str], bool]:
    """Tells whether a text holds a match anywhere (ODK XForms, regex()); classes such as \\d are ASCII.

    Raises:
        ExpressionError: it is no regular expression, or repeats inside a repetition in a way that only a
            matcher without bound on its time could follow.
    """
    try:
        translated = _translated(expression)
        search = re.compile(translated, re.ASCII).search
        tree = _parser.parse(translated, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(expression_error.BAD_PATTERN, pattern=expression, reason=str(error)) from error
    if not _is_risky(tree):
        return lambda text: search(text) is not None
    try:
        return linear.matcher(tree)
    except linear.NotLinear as error:
        raise ExpressionError(expression_error.RISKY_PATTERN, pattern=expression) from error


def _translated(expression: str) -> str:
    """The pattern in Python's spelling: groups with names, ends of text, categories of characters."""
    is_in_class = False

    def piece(found: re.Match[str]) -> str:
        nonlocal is_in_class
        text = found.group()
        if found["category"]:
            members = _category(found["category"])
            return members if is_in_class else f"[{members}]"
        if text in "[]":
            is_in_class = text == "[" or (is_in_class and text != "]")
        if text == "$" and not is_in_class:
            return r"\Z"
        if text == "(?<" and not is_in_class:
            return "(?P<"
        return r"\Z" if text in (r"\z", r"\Z") else text

    return _PIECE.sub(piece, expression)


@lru_cache(maxsize=32)
def _category(name: str) -> str:
    """Characters of a Unicode category, "L" or "Lu", as the inside of a class."""
    ranges: list[str] = []
    start: int | None = None
    for code in range(0x110000):
        is_member = unicodedata.category(chr(code)).startswith(name)
        if is_member and start is None:
            start = code
        elif not is_member and start is not None:
            ranges.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    if not ranges:
        raise re.error(f"\\p{{{name}}} is not known")
    return "".join(ranges)


def _is_risky(tree: Any) -> bool:
    unbounded, has_nested = _repetitions(tree)
    return has_nested or unbounded >= _MANY


def _repetitions(tree: Iterable[tuple[Any, Any]]) -> tuple[int, bool]:
    """How many unbounded repetitions there are, and whether one holds another or a choice."""
    count, has_nested = 0, False
    for name, argument in tree:
        for inner in _parts(name, argument):
            inside, nested = _repetitions(inner)
            is_unbounded = name in linear.REPEATS and argument[1] == _constants.MAXREPEAT
            branches = any(part[0] is _constants.BRANCH for part in _flat(inner))
            has_nested |= nested or (is_unbounded and (inside > 0 or branches))
            count += inside + is_unbounded
    return count, has_nested


def _parts(name: Any, argument: Any) -> list[Any]:
    """The pieces of pattern inside one piece."""
    if name in linear.REPEATS or name is _constants.POSSESSIVE_REPEAT:
        return [argument[2]]
    if name is _constants.SUBPATTERN:
        return [argument[3]]
    if name is _constants.BRANCH:
        return list(argument[1])
    if name in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [argument[1]]
    return [argument] if name is _constants.ATOMIC_GROUP else []


def _flat(tree: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    for name, argument in tree:
        yield name, argument
        for inner in _parts(name, argument):
            yield from _flat(inner)
