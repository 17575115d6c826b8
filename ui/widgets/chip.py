"""A chosen thing that can be taken out: its name and a cross, the name ending in an ellipsis where room ends."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from ui.widgets.plain_text import directed, one_line, set_tip

_CROSS = "  ✕"
_BEFORE_NAME = 4
"""What Qt keeps free behind a picture."""


class Chip(QPushButton):
    """Pressing it takes it out. The whole name is its tip."""

    def __init__(self, label: str, tip: str, parent: QWidget) -> None:
        self._is_measured = False
        self._label = one_line(label).replace("&", "&&")
        super().__init__(self._label + _CROSS, parent)
        self.setProperty("role", "chip")
        self.setAutoDefault(False)
        set_tip(self, tip)

    def show_picture(self, picture: QPixmap) -> None:
        """Before the name; a null one takes it away."""
        self.setIconSize(picture.deviceIndependentSize().toSize() / 2)
        self.setIcon(QIcon(picture))

    def sizeHint(self) -> QSize:
        """With the whole name: Qt asks for the words that are drawn when it measures, too."""
        self._is_measured = True
        hint = super().sizeHint()
        self._is_measured = False
        return hint

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if self._is_measured:
            return
        metrics = self.fontMetrics()
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        if not self.icon().isNull():
            inside -= self.iconSize().width() + _BEFORE_NAME
        room = max(0, inside - metrics.horizontalAdvance(_CROSS))
        name = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, room)
        option.text = directed(name + _CROSS, self)
