"""Says what would be undone before a merge, or a settlement by rule, is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.phrases.shown_moments import shown_moment
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import OperationRow


class TakeBackDialog(FormDialog):
    """Signals:
    agreed(operation): it shall be taken back.
    """

    agreed = Signal(str)

    def __init__(self, operation: OperationRow, theme: WindowTheme, parent: QWidget) -> None:
        from iscm_desktop.workspace.operation_wording import operation_in_words

        super().__init__(_("Take back"), theme, parent)
        self._operation = operation.id
        words = _("{number} · {when}: {what}").format(
            number=operation.id, when=shown_moment(operation.started_at), what=operation_in_words(operation)
        )
        told = _("What nothing else brought goes out of view. Nothing is deleted: it can be put in again.")
        self.what = text_label(words, "strong", self)
        self.lay_out(
            _("Take this back?"),
            self.what,
            text_label(told, "", self),
            primary=_("Take back"),
            size=(480, 260),
        )

    def confirm(self) -> None:
        """Hands over the operation; whoever opened the dialog takes it back."""
        self.accept()
        self.agreed.emit(self._operation)
