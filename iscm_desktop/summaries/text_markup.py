"""The little markup of a summary's texts: `**bold**`, `*italic*` and footnote marks; the rest is literal.

Documents render it, the drafting produces it, and people may type it into a section. A backslash keeps the
next asterisk or backslash literal. A footnote mark is one private character per number, so that it can
neither be typed by accident nor be cut in two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK_BASE = 0xE000
_MARKS = re.compile("[\ue001-\ue009]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(r"\\([*\\])|(\*\*|\*)|([\ue001-\ue009])")


@dataclass(frozen=True, slots=True)
class MarkupRun:
    """A piece of text in one style, or a footnote mark (then `text` is its number)."""

    text: str
    bold: bool = False
    italic: bool = False
    is_mark: bool = False


def mark(number: int) -> str:
    """The mark of footnote `number`, 1 to 9: U+E001 to U+E009."""
    return chr(_MARK_BASE + number)


def without_marks(text: str) -> str:
    """`text` without footnote marks; bold and italic stay."""
    return _MARKS.sub("", text)


def escaped(text: str) -> str:
    """A person's words made literal: asterisks stay asterisks, and nobody can forge a footnote mark."""
    return re.sub(r"([*\\])", r"\\\1", _PRIVATE.sub("", text))


def bold(text: str) -> str:
    """`text`, itself free of bold, in bold."""
    return f"**{text}**"


def italic(text: str) -> str:
    """`text`, itself free of italic, in italic."""
    return f"*{text}*"


def runs(text: str) -> Iterator[MarkupRun]:
    """`text` cut into runs of one style; an asterisk without a partner is printed as it stands."""
    closing = _pairs(text)
    is_bold = is_italic = False
    buffer: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        buffer.append(text[at : token.start()])
        at = token.end()
        literal, star, footnote = token.groups()
        if literal or (star and token.start() not in closing):
            buffer.append(literal or star)
            continue
        if content := "".join(buffer):
            yield MarkupRun(content, is_bold, is_italic)
        buffer.clear()
        if footnote:
            yield MarkupRun(str(ord(footnote) - _MARK_BASE), is_bold, is_italic, is_mark=True)
        elif star == "**":
            is_bold = not is_bold
        else:
            is_italic = not is_italic
    if content := "".join([*buffer, text[at:]]):
        yield MarkupRun(content, is_bold, is_italic)


def plain(text: str) -> str:
    """`text` as read aloud: without styles and footnote marks."""
    return "".join(run.text for run in runs(text) if not run.is_mark)


def _pairs(text: str) -> frozenset[int]:
    """Where the asterisks stand that open or close something: each has a partner of its own kind."""
    open_at: dict[str, int] = {}
    paired: set[int] = set()
    for token in _TOKEN.finditer(text):
        star = token.group(2)
        if not star:
            continue
        if star in open_at:
            paired |= {open_at.pop(star), token.start()}
        else:
            open_at[star] = token.start()
    return frozenset(paired)
