"""What was typed last is not on disk, and somebody closes the window: stays, unless they say that it may be lost."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label


class UnsavedDialog(FormDialog):
    """Enter and Escape stay.

    Signals:
        given_up: the last change may be lost.
    """

    given_up = Signal()

    def __init__(self, problem: str, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(_("Close"), theme, parent)
        told = _("If you close now, what you typed last is lost. What was saved before stays.")
        self.lay_out(
            _("The last change is not saved"), text_label(problem, "", self), text_label(told, "", self),
            primary=_("&Close and lose it"), secondary=_("&Stay"), size=(520, 280),
        )  # fmt: skip
        self.secondary.setDefault(True)
        self.secondary.setFocus()

    def confirm(self) -> None:
        """Whoever opened the dialog closes the window."""
        self.accept()
        self.given_up.emit()
