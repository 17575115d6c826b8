"""The first start: who are you? It may be left for later."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.widgets.boxes import LineBox
from ui.widgets.labels import text_label


class WelcomeDialog(QDialog):
    """Asks once."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(_("Welcome"))
        self.name = LineBox(self)
        self.organization = LineBox(self)
        px = desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(18))
        column.setSpacing(px(10))
        column.addWidget(text_label(_("Welcome to ISCM Desktop"), "heading", self))
        why = _(
            "Colleagues who get a file from you see who wrote which answer. Your name stays on this computer "
            "and in the files that you hand over; nothing is sent anywhere."
        )
        column.addWidget(text_label(why, "", self))
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(_("Your &name"), self.name)
        rows.addRow(_("Ministry or &organization"), self.organization)
        column.addLayout(rows)
        column.addWidget(text_label(_("You can change both in Settings at any time."), "muted", self))
        buttons = QDialogButtonBox(self)
        self.go_on = QPushButton(_("&Continue"), self)
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        self.skip = QPushButton(_("&Skip for now"), self)
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.skip, QDialogButtonBox.ButtonRole.RejectRole)
        column.addWidget(buttons)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _code: desk.preferences.set_welcomed())
        self.resize(px(480), px(280))

    def _on_accepted(self) -> None:
        name, organization = self.name.text().strip(), self.organization.text().strip()
        if name or organization:
            self._desk.workspace.set_person(name, organization)
        self.accept()
