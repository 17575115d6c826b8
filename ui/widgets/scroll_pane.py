"""Content that scrolls: as wide as its place, without a frame."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollPane(QScrollArea):
    """Shows `content`, or what is set later.

    Args:
        takes_focus: Whether Tab stops at the pane itself, so that the arrow keys scroll it.
        goes_sideways: Whether a bar appears below content that is wider than its place; else it is cut.
    """

    def __init__(
        self,
        parent: QWidget,
        content: QWidget | None = None,
        *,
        takes_focus: bool = False,
        goes_sideways: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not goes_sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if takes_focus:
            self.setProperty("role", "stop")  # a ring tells where the keyboard is
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)


class Canvas(QWidget):
    """Content of a pane that is as high as its parts need at the width there is.

    A column of texts that wrap names the height that it needs where it is narrowest as its least: a pane would keep
    that much free below the last of them.
    """

    def __init__(self, pane: QScrollArea) -> None:
        super().__init__(pane)
        self.pane = pane
        self.setProperty("role", "canvas")

    def minimumSizeHint(self) -> QSize:
        """For the width beside the bar, there or not: else the bar could come and go without end."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().minimumSizeHint()
        beside = self.pane.width() - self.pane.verticalScrollBar().sizeHint().width()
        return QSize(layout.totalMinimumSize().width(), layout.totalHeightForWidth(max(1, beside)))
