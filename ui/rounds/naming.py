"""A name for a device, which makes it known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.widgets.boxes import LineBox
from ui.widgets.labels import text_label


class DeviceNameDialog(QDialog):
    """Proposes the name that it has, or what the sender calls themselves."""

    def __init__(self, desk: Desk, key: str, name: str, seen_with: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._key, self._seen_with = desk, key, seen_with
        self.setWindowTitle(_("Name of the device"))
        self.name = LineBox(name, self)
        self.name.setAccessibleName(_("Name of the device"))
        self.keep = QPushButton(_("&Keep the name"), self)
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._check)
        px = desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        column.addWidget(text_label(_("Whose device is this?"), "heading", self))
        why = _(
            "Files that it signs are shown as from a known device from now on. "
            "Name it only when you know who uses it."
        )
        column.addWidget(text_label(why, "", self))
        column.addWidget(self.name)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(px(440), px(230))
        self._check()

    def _check(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _on_accepted(self) -> None:
        self._desk.workspace.keys.name_device(self._key, self.name.text(), self._seen_with)
        self.accept()
