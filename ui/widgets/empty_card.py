"""What stands in place of a list while there is nothing in it: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from ui.look.theme import WindowTheme
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import add_gap, bare_column
from ui.widgets.scroll_pane import Canvas, ScrollPane


class EmptyCard(QWidget):
    """A card at the top of its place: a title, and a paragraph for each thing that can be done."""

    def __init__(self, theme: WindowTheme, parent: QWidget, title: str, *lines: str) -> None:
        super().__init__(parent)
        self._ground = ground = Canvas(ScrollPane(self))
        self._card = Card(theme, ground)
        self._card.column.addWidget(text_label(title, "heading", self._card))
        for line in lines:
            self._card.column.addWidget(text_label(line, "", self._card))
        self.column = bare_column(ground)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        bare_column(self).addWidget(ground.pane)
        ground.pane.setWidget(ground)
        ground.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As high as its words and no higher: what follows stands right below it."""
        if watched is self._ground and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self._limit_height)
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """It scrolls, so it is what gives way where there is no room; layouts stretch it as far as it may go."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def _limit_height(self) -> None:
        self.setMaximumHeight(self.column.totalHeightForWidth(self._ground.width()))

    def add_action(self, words: str, name: str) -> QPushButton:
        """A button below the paragraphs; tests find it by `name`."""
        made = button(words, self._card, "primary", name=name)
        add_gap(self._card.column, 6)
        self._card.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeading)
        return made
