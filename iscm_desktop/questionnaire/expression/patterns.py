"""Regular expressions of forms: written for Java and JavaScript, run by Python, or by RE2 where that is risky.

Python's own matcher tries one way after the other, and a repetition inside a repetition, such as "(a+)+$",
can take it longer than anybody lives. Such patterns go to RE2, whose time grows with the text only. RE2 has no
looking ahead or behind, back references, atomic groups, possessive repetitions, conditions or counts above 1,000:
a risky pattern with one of these is refused, and one without risk is run by Python like any other. Patterns with
(?x) are refused, for their blanks and comments hide what is repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError

_MANY = 3
"""So many unbounded repetitions in one pattern are taken as risky although none lies inside another."""

_ESCAPE = r"\\(?:p\{\w+\}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)"

_PIECE = re.compile(
    rf"""
      (?P<members>\[\^?\]?(?:{_ESCAPE}|[^\]\\])*\])
    | (?P<reference>\(\?P=\w+\)|\\[1-9][0-9]?(?![0-9]))
    | (?P<escape>{_ESCAPE})
    | (?P<comment>\(\?\#[^)]*\))
    | (?P<opening>\((?:\?(?:P?<\w+>|[:=!>]|<[=!]|[A-Za-z-]+:|\(\w+\)))?(?!\?))
    | (?P<closing>\))
    | (?P<choice>\|)
    | (?P<repetition>(?:[*+?]|\{{(?=[0-9,])[0-9]*(?:,[0-9]*)?\}})[?+]?)
    | (?P<character>\(\?[A-Za-z]+\)|.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""A pattern, piece by piece; a class is one piece, and so are flags such as (?i)."""

_MEMBER = re.compile(rf"{_ESCAPE}|\[", re.DOTALL)
"""What may have to be spelled anew between the brackets of a class."""

_VERBOSE = re.compile(r"\(\?[A-Za-z]*x")

Matcher = Callable[[str], bool]


@lru_cache(maxsize=512)
def pattern(expression: str) -> Matcher:
    """Tells whether a text holds a match anywhere (ODK XForms, regex()); classes such as \\d are ASCII.

    Raises:
        ExpressionError: it is no regular expression, or repeats inside a repetition in a way that only a
            matcher without bound on its time could follow.
    """
    try:
        translated = _PIECE.sub(_in_python, expression)
        search = re.compile(translated, re.ASCII).search
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(expression_error.BAD_PATTERN, pattern=expression, reason=str(error)) from error
    if not _is_risky(translated):
        return lambda text: search(text) is not None
    bounded = _bounded_matcher(translated)
    if bounded is None:
        raise ExpressionError(expression_error.RISKY_PATTERN, pattern=expression)
    return bounded


def _bounded_matcher(translated: str) -> Matcher | None:
    """RE2's matcher of a pattern in Python's spelling; None where RE2 cannot express it."""
    import re2  # late: 5 ms and 2 MB that most sessions never need

    if any(piece.lastgroup == "reference" for piece in _PIECE.finditer(translated)):
        return None  # RE2 would take \12 for the character of that number
    options = re2.Options()
    options.log_errors = False  # to the console
    options.never_capture = True
    try:
        search = re2.compile(_PIECE.sub(_in_re2, translated), options).search
    except (re2.error, UnicodeEncodeError):
        return None
    return lambda text: search(text.encode(errors="surrogatepass")) is not None


def _in_python(piece: re.Match[str]) -> str:
    """A piece as Python spells it: names of groups, ends of text, categories of characters; no comments."""
    kind, text = piece.lastgroup, piece.group()
    if kind == "members":
        return f"[{_MEMBER.sub(_member_in_python, text[1:-1])}]"
    if text.startswith(r"\p{"):
        return f"[{_category(text[3:-1])}]"
    if text in ("$", r"\z"):
        return r"\Z"
    if kind == "opening" and text.startswith("(?<") and text.endswith(">"):
        return f"(?P{text[2:]}"
    return "" if kind == "comment" else text


def _member_in_python(found: re.Match[str]) -> str:
    text = found.group()
    if text.startswith(r"\p{"):
        return _category(text[3:-1])
    return r"\[" if text == "[" else text


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


def _in_re2(piece: re.Match[str]) -> str:
    """A piece in Python's spelling as RE2 spells it."""
    kind, text = piece.lastgroup, piece.group()
    if kind == "members":
        return f"[{_MEMBER.sub(_member_in_re2, text[1:-1])}]"
    if text == r"\Z":
        return r"\z"
    if text in (r"\s", r"\S"):
        return f"[{_ESCAPES_IN_RE2[text]}]"
    if kind == "repetition" and text.startswith("{,"):
        return f"{{0{text[1:]}"
    return _escape_in_re2(text) if kind == "escape" else text


_ESCAPES_IN_RE2 = {r"\s": "[:space:]", r"\S": "[:^space:]", r"\b": r"\x08"}
"""Between the brackets of a class. RE2's own \\s leaves the vertical tab out."""


def _member_in_re2(found: re.Match[str]) -> str:
    text = found.group()
    return _ESCAPES_IN_RE2.get(text) or _escape_in_re2(text)


def _escape_in_re2(text: str) -> str:
    if text[1] in "uU":
        return f"\\x{{{text[2:]}}}"
    return text if text.isascii() else text[1:]


@dataclass(slots=True)
class _Group:
    """What a group, or a single character, holds: repetitions without bound, and choices."""

    repetitions: int = 0
    has_choice: bool = False


def _is_risky(translated: str) -> bool:
    """Whether an unbounded repetition holds another or a choice, or there are many of them."""
    if _VERBOSE.search(translated):
        return True
    groups, repeated = [_Group()], _Group()
    for piece in _PIECE.finditer(translated):
        kind = piece.lastgroup
        if kind == "opening":
            groups.append(_Group())
        elif kind == "closing":
            repeated = groups.pop()
            groups[-1].repetitions += repeated.repetitions
            groups[-1].has_choice |= repeated.has_choice
        elif kind != "repetition":
            repeated = _Group()
            groups[-1].has_choice |= kind == "choice"
        elif _is_unbounded(piece.group()):
            if repeated.repetitions or repeated.has_choice:
                return True
            groups[-1].repetitions += 1
    return groups[0].repetitions >= _MANY


def _is_unbounded(repetition: str) -> bool:
    """Whether it may go on for ever and be tried again; a possessive one, such as "a++", is not tried again."""
    is_possessive = repetition.endswith("+") and repetition != "+"
    return not is_possessive and (repetition[0] in "*+" or ",}" in repetition)
