"""What was done to the store: merges and settlements by rule can be taken back, and put in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import shown_moment
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import OperationRow


class OperationsCard(ContentCard):
    """Signals:
    take_back_wanted(operation), put_back_wanted(operation).
    """

    take_back_wanted = Signal(str)
    put_back_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("What was done"))
        self.show_looking()

    def show_operations(self, operations: tuple[OperationRow, ...]) -> None:
        """The newest first."""
        ground, column = self.content.renew()
        for operation in operations:
            column.addLayout(self._row(operation, ground))
        if not operations:
            column.addWidget(text_label(_("Nothing has been done here yet."), "muted", ground))

    def _row(self, operation: OperationRow, parent: QWidget) -> QHBoxLayout:
        from iscm_desktop.workspace.operation_wording import operation_in_words

        words = _("{number} · {when}: {what}").format(
            number=operation.id, when=shown_moment(operation.started_at), what=operation_in_words(operation)
        )
        is_muted = bool(operation.taken_back_by)
        row = QHBoxLayout()
        row.addWidget(text_label(words, "muted" if is_muted else "", parent), 1)
        if operation.can_be_taken_back:
            row.addWidget(self._act(operation, words, parent))
        return row

    def _act(self, operation: OperationRow, words: str, parent: QWidget) -> QPushButton:
        is_taken_back = bool(operation.taken_back_by)
        act = button(
            _("Put in again") if is_taken_back else _("Take back"), parent, "link", name="operation-act"
        )
        act.setAccessibleName(f"{act.text()}: {words}")
        on_press(act, self._put_back if is_taken_back else self._take_back, operation.id)
        return act

    def _take_back(self, operation: str) -> None:
        self.take_back_wanted.emit(operation)

    def _put_back(self, operation: str) -> None:
        self.put_back_wanted.emit(operation)
