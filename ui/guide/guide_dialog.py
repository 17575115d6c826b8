"""Help over a dialog, which would else have to be closed to read it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from iscm_desktop.i18n import _
from ui.guide.guide_text import GuideText, topics
from ui.look.theme import WindowTheme
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.layouts import padded_column


class GuideDialog(KeyedDialog):
    """One topic, named by its file without the ending; Esc or Close leads back to the dialog."""

    def __init__(self, topic: str, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.topic = topic
        self.text = GuideText(theme, self)
        for title, file in topics():
            if file.stem == topic:
                self.setWindowTitle(_("Help: {topic}").format(topic=title))
                self.text.show_file(file)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = padded_column(self, theme.px, (14, 14, 14, 12), gap=10)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        free = self.screen().availableGeometry()
        self.resize(min(theme.px(640), free.width() - 32), min(theme.px(560), free.height() - 64))
        self.text.setFocus()
