"""What was done to the store: merges and settlements by rule can be taken back, and put in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.moments import shown_moment
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace import OperationRow

_SHOWN = 12


class OperationsCard(Card):
    """Signals:
    undo_wanted(operation), redo_wanted(operation).
    """

    undo_wanted = Signal(str)
    redo_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, parent)
        self.column.addWidget(text_label(_("Earlier merges"), "subheading", self))
        self._content: QWidget | None = None
        self.show_operations(())

    def show_operations(self, operations: tuple[OperationRow, ...]) -> None:
        """The newest first."""
        if self._content is not None:
            self.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        for operation in operations[:_SHOWN]:
            column.addLayout(self._row(operation, self._content))
        if not operations:
            column.addWidget(text_label(_("Nothing has been merged yet."), "muted", self._content))
        self.column.addWidget(self._content)

    def _row(self, operation: OperationRow, parent: QWidget) -> QHBoxLayout:
        from iscm_desktop.workspace.operation_wording import kind_in_words, state_in_words, subject_in_words

        what = subject_in_words(operation)
        if not operation.can_be_taken_back:
            what = _("{kind}: {what}").format(kind=kind_in_words(operation.kind), what=what)
        words = _("{when}: {what}").format(when=shown_moment(operation.started_at), what=what)
        if state := state_in_words(operation):
            words = _("{merge} – {state}").format(merge=words, state=state)
        row = QHBoxLayout()
        is_muted = bool(operation.taken_back_by) or not operation.can_be_taken_back
        row.addWidget(text_label(words, "muted" if is_muted else "", parent), 1)
        if operation.can_be_taken_back:
            row.addWidget(self._act(operation, words, parent))
        return row

    def _act(self, operation: OperationRow, words: str, parent: QWidget) -> QWidget:
        is_taken_back = bool(operation.taken_back_by)
        act = button(_("Put in again") if is_taken_back else _("Take back"), parent, "link", name="batch-act")
        act.setAccessibleName(f"{act.text()}: {words}")
        signal = self.redo_wanted if is_taken_back else self.undo_wanted
        act.clicked.connect(lambda: signal.emit(operation.id))
        return act
