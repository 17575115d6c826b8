"""Texts that are painted: each in its own direction, at the leading edge of what surrounds it, wrapped or cut.

Qt gives a painted text the direction of the window, so that the full stop of an English sentence goes to its
front in an Arabic window; and it counts the blank at which a line breaks, so that the line stands off the edge.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from ui.widgets.plain_text import readable

_STRONG = {"L": False, "R": True, "AL": True}
_ISOLATES = ("LRI", "RLI", "FSI")
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute


def runs_right_to_left(text: str) -> bool | None:
    """Direction of the first letter outside isolates; None where there is none: digits go with what surrounds them."""
    depth = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return _STRONG[kind]
    return None


def isolated(text: str) -> str:
    """`text` as one piece that keeps its own direction inside any sentence."""
    return f"\N{FIRST STRONG ISOLATE}{readable(text)}\N{POP DIRECTIONAL ISOLATE}"


def shortened(text: str, longest: int) -> str:
    """`text`, or its beginning with an ellipsis that stays at its end in either direction."""
    return text if len(text) <= longest else isolated(text[: longest - 1].rstrip() + "…")


def beginning(text: str, longest: int) -> str:
    """`text`, or its beginning with an ellipsis, `longest` letters in all."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def broken(text: str, font: QFont, width: int) -> str:
    """`text` with a new line wherever it wraps at `width`, without the blanks at which it breaks."""
    from PySide6.QtGui import QTextLayout, QTextOption

    lines: list[str] = []
    for paragraph in text.split("\n"):
        first = len(lines)
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            start = line.textStart()
            lines.append(_units(paragraph, start, start + line.textLength()).rstrip())
        layout.endLayout()
        lines[first:] = _with_isolates(lines[first:])
        if not paragraph:
            lines.append("")
    return "\n".join(lines)


def _with_isolates(lines: list[str]) -> list[str]:
    """Each line on its own: an isolate that goes over the end of one is opened again on the next."""
    found, open_ones = [], ""
    for line in lines:
        before = open_ones
        for letter in line:
            if letter in "\u2066\u2067\u2068":
                open_ones += letter
            elif letter == "\u2069":
                open_ones = open_ones[:-1]
        found.append(before + line + "\u2069" * len(open_ones))
    return found


def paint_words(
    painter: QPainter,
    box: QRect | QRectF,
    text: str,
    direction: Qt.LayoutDirection,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading,
    vertical: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    *,
    wraps: bool = True,
    may_reach_over: bool = False,
) -> None:
    """Draws `text` at the leading (or trailing, or middle) of `box` as `direction` has it.

    Args:
        may_reach_over: Marks of letters are drawn where they reach over the edge of `box`; else they end there.
    """
    text = _fitting(readable(text), QFontMetrics(painter.font()), int(box.width()), wraps=wraps)
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    own = runs_right_to_left(text)
    right_to_left = mirrored if own is None else own
    force = Qt.TextFlag.TextForceRightToLeft if right_to_left else Qt.TextFlag.TextForceLeftToRight
    if side is not Qt.AlignmentFlag.AlignHCenter:
        is_right = mirrored is (side is Qt.AlignmentFlag.AlignLeading)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        if wraps and is_right:
            text = broken(text, painter.font(), int(box.width()))
    wrap = Qt.TextFlag.TextWordWrap.value if wraps else 0
    if may_reach_over:
        wrap |= Qt.TextFlag.TextDontClip.value
    painter.drawText(box, int(side | vertical | _ABSOLUTE) | force.value | wrap, text)


def _fitting(text: str, metrics: QFontMetrics, width: int, *, wraps: bool) -> str:
    """`text` with an ellipsis where it would run over the edge: at its end or, where it wraps, in a long word."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    if not wraps:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    room = QRect(0, 0, width, 10**5)
    lines = []
    for line in text.split("\n"):
        words = [_cut(word, metrics, room) for word in line.split(" ")]
        lines.append(" ".join(words))
    return "\n".join(lines)


def _cut(word: str, metrics: QFontMetrics, room: QRect) -> str:
    """A word that no line can take; Chinese breaks anywhere, and needs no cut."""
    if metrics.horizontalAdvance(word) <= room.width():
        return word
    if metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, word).width() <= room.width():
        return word
    return metrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())


def _units(text: str, start: int, end: int) -> str:
    """A part of `text` by Qt's positions, which count a letter beyond the first plane as two."""
    if text.isascii() or len(text) == len(text.encode("utf-16-le")) // 2:
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")
