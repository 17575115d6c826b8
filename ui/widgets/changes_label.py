"""A text with what has changed in it marked: by colour, and by line, for those who see no colours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.conflict_sides import TextChange, TextPiece
from ui.look.colours import Tokens
from ui.look.theme import WindowTheme
from ui.widgets.labels import text_label
from ui.widgets.layouts import follow_width


class ChangesLabel(QLabel):
    """Added words are underlined on a green ground, removed ones struck through on a red one."""

    def __init__(self, pieces: Sequence[TextPiece], theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._pieces, self._theme = pieces, theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(spoken(pieces))
        follow_width(self)
        self.setMinimumWidth(1)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.setText(marked_up(self._pieces, self._theme.tokens))


def marked_up(pieces: Sequence[TextPiece], tokens: Tokens) -> str:
    """Answers are data: whatever looks like markup in them is shown as it was typed."""
    styles = {
        TextChange.SAME: "",
        TextChange.REMOVED: f"color:{tokens.bad}; background-color:{tokens.bad_soft}; text-decoration:line-through;",
        TextChange.ADDED: f"color:{tokens.good}; background-color:{tokens.good_soft}; text-decoration:underline;",
    }
    spans = [
        f'<span style="{styles[piece.change]}">{escape(piece.text).replace(chr(10), "<br>")}</span>'
        for piece in pieces
    ]
    return f'<p style="white-space:pre-wrap; margin:0">{"".join(spans)}</p>'


def spoken(pieces: Sequence[TextPiece]) -> str:
    """The same for screen readers."""
    words = {TextChange.REMOVED: _("removed: {text};"), TextChange.ADDED: _("added: {text};")}
    return " ".join(
        words[piece.change].format(text=piece.text) if piece.change in words else piece.text
        for piece in pieces
    )


def plain_value(text: str, parent: QWidget) -> QLabel:
    """An answer as it is."""
    value = text_label(text, "strong", parent)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return value
