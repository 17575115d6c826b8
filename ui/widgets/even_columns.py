"""Widgets in columns of one width, row by row."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget


class EvenColumns(QGridLayout):
    """Takes widgets one after the other.

    Args:
        columns: How many stand beside each other.
    """

    def __init__(self, columns: int, gap: int) -> None:
        super().__init__()
        self._columns = columns
        self.setContentsMargins(0, 0, 0, 0)
        self.setVerticalSpacing(gap)
        for at in range(columns):
            self.setColumnStretch(at, 1)

    def append(self, widget: QWidget) -> None:
        """Puts a widget into the next place."""
        at = self.count()
        self.addWidget(widget, at // self._columns, at % self._columns)
