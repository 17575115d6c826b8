"""The log of the round: what was done, what it did, and which checkpoint vouches for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.presenters.proof_view import LogLine
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.widgets.badge import Badge
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label

_HEADS = (N_("Time"), N_("What"), N_("By"), N_("Effect"), N_("Checkpoint"), "")
_STRETCHES = (4, 8, 4, 6, 4, 0)
_AT_ONCE = 30


class LedgerCard(ContentCard):
    """The newest first; older ones on demand.

    Signals:
        take_back_wanted(operation).
    """

    take_back_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Log of this round"))
        self._shown = _AT_ONCE
        self._lines: tuple[LogLine, ...] = ()
        self.show_looking()

    def show_lines(self, lines: tuple[LogLine, ...]) -> None:
        """Replaces the log."""
        self._lines = lines
        ground, column = self.content.renew()
        if not lines:
            column.addWidget(text_label(_("Nothing has been done here yet."), "muted", ground))
            return
        column.addLayout(self._grid(lines[: self._shown], ground))
        if len(lines) > self._shown:
            older = button(_("Show older"), ground, "link", name="older-operations")
            older.clicked.connect(self._on_older_clicked)
            column.addWidget(older, 0, Qt.AlignmentFlag.AlignLeading)

    def _on_older_clicked(self) -> None:
        self._shown += _AT_ONCE * 10
        self.show_lines(self._lines)

    def _grid(self, lines: tuple[LogLine, ...], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setVerticalSpacing(self.theme.px(5))
        for at, (head, stretch) in enumerate(zip(_HEADS, _STRETCHES, strict=True)):
            grid.setColumnStretch(at, stretch)
            grid.addWidget(text_label(_(head) if head else "", "small", parent), 0, at)
        for number, line in enumerate(lines):
            row = 2 * number + 1
            grid.addWidget(hair_line(parent), row, 0, 1, len(_HEADS))
            self._add_line(grid, row + 1, line, parent)
        return grid

    def _add_line(self, grid: QGridLayout, row: int, line: LogLine, parent: QWidget) -> None:
        role = "muted" if line.is_taken_back else ""
        for at, text in enumerate((line.time, line.what, line.by, line.effect)):
            grid.addWidget(text_label(text, role, parent), row, at, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._checkpoint(line, role, parent), row, 4, Qt.AlignmentFlag.AlignTop)
        if line.can_be_taken_back and not line.is_taken_back:
            act = button(_("Take back"), parent, "link", name="take-back")
            act.setAccessibleName(_("Take back: {what}").format(what=line.what))
            on_press(act, self._on_take_back_clicked, line.operation)
            grid.addWidget(act, row, 5, Qt.AlignmentFlag.AlignTop)

    def _on_take_back_clicked(self, operation: str) -> None:
        self.take_back_wanted.emit(operation)

    def _checkpoint(self, line: LogLine, role: str, parent: QWidget) -> QHBoxLayout:
        made = QHBoxLayout()
        made.addWidget(text_label(line.checkpoint, role, parent, wraps=False))
        if line.mark:
            tone = Tone.WARN if line.is_fork else Tone.GOOD
            made.addWidget(Badge(line.mark, tone, self.theme, parent))
        made.addStretch(1)
        return made
