"""Regular expressions of forms: written for Java and JavaScript, run in a time that grows with the text only.

Python's own matcher tries one way after the other. How many ways there can be is judged from the pattern
(`pattern_ways`): where it is few for each letter of the text, Python runs it; all others go to RE2, which knows no
ways, and so do those with categories of characters, which Python does not know. RE2 has no looking ahead or behind,
back references, atomic groups, possessive repetitions, conditions or counts above 1,000. A pattern that looks ahead
from its very beginning, as those for passwords and addresses do, is taken apart into patterns that must match and
such that must not; whatever else RE2 cannot express, and Python could take long over, is refused. Patterns with (?x)
are refused, for their blanks and comments hide what is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError, TooMuch
from iscm_desktop.questionnaire.expression.pattern_ways import Piece, ways_of

LONGEST = 20_000
"""Characters of one pattern."""

_FEW = 200
"""Ways for each letter of a text that Python may try, times pieces of the pattern."""

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

_SHOWN = 200
"""Characters of a pattern that are shown in a sentence."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """A pattern ready to run.

    Attributes:
        holds: Whether a text holds a match anywhere.
        weight: Steps of the matcher for each letter of the text, at most.
    """

    holds: Callable[[str], bool]
    weight: int


@lru_cache(maxsize=512)
def pattern(expression: str) -> Matcher:
    """The matcher of a pattern (ODK XForms, regex()); classes such as \\d are ASCII.

    Raises:
        ExpressionError: it is no regular expression.
        TooMuch: no matcher whose time grows with the text only could follow it.
    """
    if len(expression) > LONGEST:
        raise TooMuch(expression_error.LONG_PATTERN, limit=LONGEST)
    try:
        translated = _PIECE.sub(_in_python, expression)
        re.compile(_without_categories(translated), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(
            expression_error.BAD_PATTERN, pattern=_shortened(expression), reason=str(error)
        ) from error
    made = None if _VERBOSE.search(translated) else _matcher(translated)
    if made is None:
        raise TooMuch(expression_error.RISKY_PATTERN, pattern=_shortened(expression))
    return made


def _shortened(expression: str) -> str:
    """A pattern as a sentence can show it."""
    return expression if len(expression) <= _SHOWN else f"{expression[:_SHOWN]}…"


def _matcher(translated: str) -> Matcher | None:
    """Python where it has few ways, else RE2; of a pattern that looks ahead first, one for each part."""
    pieces = _pieces(translated)
    ways = ways_of(pieces)
    if ways is not None and ways.exponent <= 1 and ways.factor <= _FEW and not _has_categories(translated):
        search = re.compile(translated, re.ASCII).search
        return Matcher(lambda text: search(text) is not None, max(1, ways.factor))
    bounded = _bounded_matcher(translated)
    if bounded is not None:
        return bounded
    parts = _looking_ahead(translated, pieces)
    return None if parts is None else _all_of(parts)


def _all_of(parts: Sequence[tuple[str, bool]]) -> Matcher | None:
    """All parts at once: patterns from the beginning of the text, and whether each is to match."""
    made = []
    for translated, is_wanted in parts:
        one = _matcher(translated)
        if one is None:
            return None
        made.append((one.holds, is_wanted))
    weight = sum(len(part) for part, _is_wanted in parts)
    return Matcher(lambda text: all(holds(text) is wanted for holds, wanted in made), weight)


def _looking_ahead(translated: str, pieces: Sequence[Piece]) -> list[tuple[str, bool]] | None:
    """ "^(?=A)(?!B)C" as "^(?:A)", not "^(?:B)", and "^C"; None for patterns that do not begin so.

    What looks ahead from the very beginning of the text has no say in how the rest matches. Where the rest could
    begin elsewhere (a choice outside all groups), or what looks ahead is repeated, this would not be the same.
    """
    if any(piece.kind == "reference" or piece.text.startswith("(?(") for piece in pieces):
        return None
    flags = "".join(
        _taken_while(pieces, lambda piece: piece.text.startswith("(?") and piece.kind == "character")
    )
    at = sum(1 for piece in pieces if piece.start < len(flags))
    if at >= len(pieces) or pieces[at].text not in ("^", r"\A") or _has_choice_outside(pieces):
        return None
    beginning, at = flags + pieces[at].text, at + 1
    parts: list[tuple[str, bool]] = []
    while at < len(pieces) and pieces[at].text in ("(?=", "(?!"):
        end = _closing(pieces, at)
        if end + 1 < len(pieces) and pieces[end + 1].kind == "repetition":
            return None
        inside = translated[pieces[at].end : pieces[end].start]
        parts.append((f"{beginning}(?:{inside})", pieces[at].text == "(?="))
        at = end + 1
    rest = translated[pieces[at].start :] if at < len(pieces) else ""
    return [*parts, (beginning + rest, True)] if parts else None


def _taken_while(pieces: Sequence[Piece], holds: Callable[[Piece], bool]) -> Iterator[str]:
    for piece in pieces:
        if not holds(piece):
            return
        yield piece.text


def _has_choice_outside(pieces: Sequence[Piece]) -> bool:
    depth = 0
    for piece in pieces:
        depth += (piece.kind == "opening") - (piece.kind == "closing")
        if not depth and piece.kind == "choice":
            return True
    return False


def _closing(pieces: Sequence[Piece], opening: int) -> int:
    """The place of the bracket that closes the one at `opening`; Python has seen to it that there is one."""
    depth = 0
    for at in range(opening, len(pieces)):
        depth += (pieces[at].kind == "opening") - (pieces[at].kind == "closing")
        if not depth:
            return at
    return len(pieces) - 1


def _pieces(translated: str) -> tuple[Piece, ...]:
    return tuple(
        Piece(found.lastgroup or "", found.group(), found.start(), found.end())
        for found in _PIECE.finditer(translated)
    )


def _bounded_matcher(translated: str) -> Matcher | None:
    """RE2's matcher of a pattern in Python's spelling; None where RE2 cannot express it."""
    import re2  # late: 5 ms and 2 MB that most sessions never need

    if any(piece.lastgroup == "reference" for piece in _PIECE.finditer(translated)):
        return None  # RE2 would take \12 for the character of that number
    options = re2.Options()
    options.log_errors = False  # to the console
    options.never_capture = True
    try:
        made = re2.compile(_PIECE.sub(_in_re2, translated), options)
    except (re2.error, UnicodeEncodeError):
        return None
    search = made.search
    return Matcher(lambda text: search(text.encode(errors="surrogatepass")) is not None, made.programsize)


def _in_python(piece: re.Match[str]) -> str:
    """A piece as Python spells it: names of groups, ends of text; no comments. Categories stay as they are."""
    kind, text = piece.lastgroup, piece.group()
    if kind == "members":
        return f"[{_MEMBER.sub(_member_in_python, text[1:-1])}]"
    if text in ("$", r"\z"):
        return r"\Z"
    if kind == "opening" and text.startswith("(?<") and text.endswith(">"):
        return f"(?P{text[2:]}"
    return "" if kind == "comment" else text


def _member_in_python(found: re.Match[str]) -> str:
    text = found.group()
    return r"\[" if text == "[" else text


def _without_categories(translated: str) -> str:
    """The pattern for Python to judge, which knows no categories: with another class of letters in their places."""
    return _CATEGORY.sub(_stand_in, translated)


def _has_categories(translated: str) -> bool:
    return any(found["name"] for found in _CATEGORY.finditer(translated))


def _stand_in(found: re.Match[str]) -> str:
    name = found["name"]
    if name is not None and name not in _CATEGORIES:
        raise re.error(f"\\p{{{name}}} is not known")
    return found.group() if name is None else r"\w"


_CATEGORY = re.compile(r"\\(?:p\{(?P<name>\w+)\}|[^p])", re.DOTALL)
"""A category of characters, by its name; other escapes are passed over, so that two backslashes begin none."""

_CATEGORIES = frozenset(
    chain("CLMNPSZ", map("".join, (*product("C", "cfnos"), *product("L", "lmotu"), *product("M", "cen"),
                                   *product("N", "dlo"), *product("P", "cdefios"), *product("S", "ckmo"),
                                   *product("Z", "lps"))))
)  # fmt: skip
"""Of Unicode's characters, by their short names. RE2 knows them; spelled out, some are thousands of letters long."""


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
