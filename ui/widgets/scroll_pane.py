"""Content that scrolls: as wide as its place, without a frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
        if not takes_focus:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)
