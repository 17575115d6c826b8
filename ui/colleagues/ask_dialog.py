"""A question about an answer, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.widgets.boxes import ProseBox
from ui.widgets.labels import text_label


class AskDialog(QDialog):
    """Signals:
    asked(text): what somebody wants to know.
    """

    asked = Signal(str)

    def __init__(self, label: str, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Ask the respondent"))
        self.text = ProseBox(self, least=3, most=8)
        self.text.setPlaceholderText(_("What do you want to know?"))
        self.text.setAccessibleName(_("Your question"))
        self.send = QPushButton(_("&Ask"), self)
        self.send.setProperty("role", "primary")
        self.send.setDefault(True)
        self.send.setEnabled(False)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.send, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.text.textChanged.connect(lambda: self.send.setEnabled(bool(self.text.toPlainText().strip())))
        px = desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(text_label(label, "strong", self))
        column.addWidget(self.text)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(px(460), px(240))

    def _on_accepted(self) -> None:
        self.accept()
        self.asked.emit(self.text.toPlainText().strip())
