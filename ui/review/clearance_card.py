"""Clearance: whose agreement is asked for before the sign-off, who gave it, and the ways to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.clearance_words import clearance_state
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.review.clearance_dialogs import AskClearanceDialog, ClearDialog
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, hair_line, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.painted_text import beginning
from ui.widgets.plain_text import one_line
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.clearance_service import ClearanceRow


_MOST_SHOWN = 30
"""Each is a row of widgets, and a file may bring hundreds."""
_LONGEST = 400
"""Characters of remarks that are shown here."""


class ClearanceCard(ContentCard):
    """Signals:
    changed: a step was added, asked for, given, taken back or removed.
    """

    changed = Signal()

    def __init__(
        self, response_id: str, context: PageContext, today: Callable[[], date], parent: QWidget
    ) -> None:
        intro = _("Who agrees before somebody signs off. It stops nobody, and is printed.")
        super().__init__(context.theme, parent, _("Clearance"), intro)
        self._response_id, self._context, self._today = response_id, context, today
        self.whose = LineBox(self)
        self.whose.limit(TypedText.CLEARANCE)
        self.whose.setPlaceholderText(_("Office or person"))
        self.whose.setAccessibleName(_("Office or person whose clearance is needed"))
        self.add = button(_("A&dd"), self, name="add-clearance")
        row = QHBoxLayout()
        row.addWidget(self.whose, 1)
        row.addWidget(self.add)
        self.column.addLayout(row)
        self.whose.textChanged.connect(self._enable)
        self.whose.returnPressed.connect(self._on_add_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Reads anew which steps there are."""
        ground, column = self.content.renew()
        column.setSpacing(self.theme.px(4))
        rows = self._context.workspace.clearances.rows(self._response_id)
        for row in rows[:_MOST_SHOWN]:
            column.addWidget(self._row(row, ground))
        if left := len(rows[_MOST_SHOWN:]):
            more = ngettext("and {count} more", "and {count} more", left).format(count=left)
            column.addWidget(text_label(more, "muted", ground))
        ground.setVisible(column.count() > 0)
        self._enable()

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.whose.text().strip()))

    def _row(self, row: ClearanceRow, parent: QWidget) -> QWidget:
        block = QWidget(parent)
        block.setObjectName("clearance")
        column = bare_column(block, self.theme.px(2))
        names = QGridLayout()
        sign = "\N{CHECK MARK}" if row.is_cleared else "\N{WHITE CIRCLE}"
        mark = text_label(sign, "good" if row.is_cleared else "muted", block, wraps=False)
        mark.setAccessibleName(_("cleared") if row.is_cleared else _("open"))
        names.addWidget(mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        names.addWidget(text_label(one_line(row.whose), "", block), 0, 1)
        names.addWidget(text_label(clearance_state(row), "small", block), 1, 1)
        if row.remarks:
            names.addWidget(text_label(beginning(row.remarks, _LONGEST), "small", block), 2, 1)
        names.setColumnStretch(1, 1)
        column.addLayout(names)
        column.addLayout(flow_row(self.theme.px(6), *self._ways(row, block)))
        column.addWidget(hair_line(block))
        return block

    def _ways(self, row: ClearanceRow, parent: QWidget) -> list[QWidget]:
        if row.is_cleared:
            ways = [(_("Change…"), self._clear, "clear"), (_("Take back"), self._reopen, "reopen-clearance")]
        else:
            ways = [(_("Ask…"), self._ask, "ask-clearance"), (_("Cleared…"), self._clear, "clear")]
            ways.append((_("Remove"), self._remove, "remove-clearance"))
        found: list[QWidget] = []
        for words, slot, name in ways:
            link = button(words, parent, "link", name=name)
            link.setAccessibleName(f"{words} {one_line(row.whose)}")
            on_press(link, slot, row)
            found.append(link)
        return found

    def _on_add_clicked(self) -> None:
        if whose := self.whose.text().strip():
            self._context.workspace.clearances.add(self._response_id, whose)
            self.whose.clear()
            self._tell()

    def _ask(self, row: ClearanceRow) -> None:
        dialog = AskClearanceDialog(self._response_id, row, self._context, self._today, self)
        dialog.done_with.connect(self._tell)
        dialog.open()

    def _clear(self, row: ClearanceRow) -> None:
        dialog = ClearDialog(self._response_id, row, self._context, self._today, self)
        dialog.done_with.connect(self._tell)
        dialog.open()

    def _reopen(self, row: ClearanceRow) -> None:
        self._context.workspace.clearances.reopen(self._response_id, row.whose)
        self._tell()

    def _remove(self, row: ClearanceRow) -> None:
        self._context.workspace.clearances.remove(self._response_id, row.whose)
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.changed.emit()
