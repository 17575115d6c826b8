"""A button whose words are a choice: where one line has no room for them, they take several."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.widgets.labels import FittingButton
from ui.widgets.layouts import follow_width


class WrappingPush(FittingButton):
    """As wide as its words where there is room; a word that is wider than the button ends in an ellipsis."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        follow_width(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        hint = self.sizeHint()
        lines = self._lines(width - (hint.width() - self._wide(self.text())))
        return hint.height() + (len(lines) - 1) * self.fontMetrics().lineSpacing()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        QPushButton.initStyleOption(self, option)
        place = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        room = place.width() - (self.iconSize().width() + 4 if not self.icon().isNull() else 0)
        if self._wide(self.text()) > room > 0:
            end, mnemonic = Qt.TextElideMode.ElideRight, Qt.TextFlag.TextShowMnemonic.value
            lines = [self.fontMetrics().elidedText(line, end, room, mnemonic) for line in self._lines(room)]
            option.text = "\n".join(lines)

    def _lines(self, room: int) -> list[str]:
        """Its words in lines of at most this width, a word that is longer in a line of its own."""
        lines: list[str] = []
        for word in self.text().split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._wide(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines or [""]

    def _wide(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, words).width()
