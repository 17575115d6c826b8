"""Text from outside is text: never markup, never a link, never a command to write the other way.

Answers, names of files, respondents, rounds and people come from strangers. Qt takes for HTML whatever looks like
it where nobody says otherwise, in tooltips above all: an `<img>` in a name would be loaded as soon as the mouse
rests on it. Labels are `ui.widgets.labels.text_label`, tooltips `set_tip` or, in models, `plain_tip`.
"""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

_OVERRIDES = dict.fromkeys(range(0x202A, 0x202F))
"""Embeddings and overrides of direction: with them "exe.fdp" reads "pdf.exe". The program itself only isolates."""
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u2066", "\u2067"
_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\v\f\x85\u2028\u2029", " "))


def readable(text: str) -> str:
    """`text` without embeddings and overrides, its isolates in pairs: it has no hold on what stands around it."""
    if text.isascii():
        return text
    text = text.translate(_OVERRIDES)
    if not any(mark in text for mark in (*_OPENING, _CLOSING)):
        return text
    kept, depth = [], 0
    for letter in text:
        if letter == _CLOSING and not depth:
            continue
        depth += (letter in _OPENING) - (letter == _CLOSING)
        kept.append(letter)
    return "".join(kept) + _CLOSING * depth


def directed(text: str, widget: QWidget) -> str:
    """`text` in the direction of the widget: Qt draws the words of buttons in that of the program."""
    mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{_RIGHT_TO_LEFT if mirrored else _LEFT_TO_RIGHT}{text}{_CLOSING}"


def one_line(text: str) -> str:
    """`text` as a name in a list, where a second line would be taken for something that the program says."""
    return readable(text.translate(_LINE_ENDS))


def plain_tip(text: str) -> str:
    """What Qt shows as this very text over a widget or a cell; "" for nothing."""
    text = readable(text)
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def set_tip(widget: QWidget, text: str) -> None:
    """Shows `text` while the mouse rests on a widget. Screen readers, who would read the tooltip, get it unescaped."""
    tip = plain_tip(text)
    widget.setToolTip(tip)
    if tip != text and not widget.accessibleDescription():
        widget.setAccessibleDescription(text)
