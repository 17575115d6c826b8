"""The welcome of a store: another one is looked at in a window of its own, and the open one stays as it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.machine_texts import machine_text
from iscm_desktop.paths import window_command
from ui.look.theme import WindowTheme
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label


class StoreWelcome(FormDialog):
    """Says what the file is and opens it, where somebody wants that."""

    def __init__(self, store: Path, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(_("Another store"), theme, parent)
        self._store = store
        words = _(
            "The file holds questionnaires of its own. They are opened in a window of their own; "
            "what is open here stays as it is."
        )
        self.lay_out(
            _("This is a store of this program"),
            text_label(machine_text(store), "strong", self),
            text_label(words, "muted", self),
            primary=_("&Open in a window of its own"),
            size=(520, 260),
            gap=10,
        )

    def confirm(self) -> None:
        self.accept()
        program, *arguments = window_command(str(self._store))
        QProcess.startDetached(program, arguments)
