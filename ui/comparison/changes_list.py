"""The answers that are others, by section and entry, each with what went and what came marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.numbering import with_number
from ui.look.theme import WindowTheme
from ui.widgets.changes_label import ChangesLabel
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.responses.comparison_service import ChangedAnswer

_AT_ONCE = 60
"""More than fit on a screen, and few enough to be drawn at once."""


class ChangesList(QWidget):
    """Signals:
    wanted(path): somebody wants to go to this question.
    """

    wanted = Signal(str)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[ChangedAnswer, ...] = ()
        self._drawn = 0
        self._section = self._entry = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._list = RenewedColumn(self)
        self.more = button("", self, "link", name="more-changes")
        self.more.hide()
        column.addLayout(self._list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self._ground: tuple[QWidget, QVBoxLayout] = self._list.renew()
        self.more.clicked.connect(self._draw_more)

    def show_rows(self, rows: Sequence[ChangedAnswer]) -> None:
        """Shows these in place of those before."""
        self._rows, self._drawn = tuple(rows), 0
        self._section = self._entry = ""
        self._ground = self._list.renew()
        self._ground[1].setSpacing(self._theme.px(4))
        self._draw_more()

    def _draw_more(self) -> None:
        for row in self._rows[self._drawn : self._drawn + _AT_ONCE]:
            self._draw(row)
        self._drawn = min(len(self._rows), self._drawn + _AT_ONCE)
        left = len(self._rows) - self._drawn
        words = ngettext(
            "Show more: {count} change is not shown", "Show more: {count} changes are not shown", left
        )
        self.more.setText(words.format(count=left))
        self.more.setVisible(left > 0)

    def _draw(self, row: ChangedAnswer) -> None:
        ground, column = self._ground
        if row.section_name != self._section:
            column.addSpacing(self._theme.px(10) if self._section else 0)
            column.addWidget(text_label(row.section_name, "subheading", ground))
            self._section, self._entry = row.section_name, ""
        if row.entry and row.entry != self._entry:
            column.addSpacing(self._theme.px(4))
            column.addWidget(text_label(row.entry, "muted", ground))
        self._entry = row.entry
        words = with_number(row.number, row.label)
        go = button(_("Go to question"), ground, "link", name="go-to-change")
        go.setAccessibleName(_("Go to {question}").format(question=words))
        on_press(go, self._on_go_pressed, row.path)
        head = QHBoxLayout()
        head.addWidget(text_label(words, "strong", ground), 1)
        head.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(ChangesLabel(row.pieces, self._theme, ground))
        column.addSpacing(self._theme.px(4))

    def _on_go_pressed(self, path: AnswerPath) -> None:
        self.wanted.emit(path)
