"""Asks for the passphrase of a protected store: before the window is there, and after it was locked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _
from iscm_desktop.workspace.unlocking import is_right, unlock
from ui.look.theme import WindowTheme
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label


def passphrase_box(parent: QWidget) -> QLineEdit:
    """A box whose letters nobody sees."""
    box = QLineEdit(parent)
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return box


class PassphraseDialog(FormDialog):
    """Accepted once the right one was typed.

    Args:
        refusal: Why what was wished before it was opened could not be done.
    """

    def __init__(
        self,
        store: Path,
        theme: WindowTheme,
        parent: QWidget | None,
        *,
        is_locked: bool = False,
        refusal: str = "",
    ) -> None:
        super().__init__(_("Passphrase"), theme, parent)
        self._store, self._is_locked = store, is_locked
        self._refusal = refusal
        self.box = passphrase_box(self)
        words = (
            _("Locked, since nobody was here for a while.") if is_locked else _("Your answers are protected.")
        )
        self.lay_out(
            words, form_rows((_("&Passphrase"), self.box)), text_label(str(store), "small", self),
            primary=_("&Open"), secondary=_("&Close the program"), size=(460, 230),
        )  # fmt: skip
        self.box.textChanged.connect(self._on_typed)
        self.box.setFocus()

    def problem(self) -> str:
        return self._refusal

    def is_complete(self) -> bool:
        return bool(self.box.text())

    def confirm(self) -> None:
        """Tries what was typed."""
        typed = self.box.text()
        try:
            if self._is_locked:
                if not is_right(self._store, typed):
                    self._refuse(_("That is not the passphrase."))
                    return
            else:
                unlock(self._store, typed)
        except IscmError as problem:
            self._refuse(str(problem))
            return
        self.accept()

    def _refuse(self, words: str) -> None:
        self.box.selectAll()
        self.box.setFocus()
        self._refusal = words
        self.check()

    def _on_typed(self) -> None:
        self._refusal = ""
        self.check()
