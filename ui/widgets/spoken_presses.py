"""What assistive technology does to a widget counts as what a person does.

A screen reader, or a program that dictates, ticks a box by `toggle()` and fills a line by `setText()`: Qt tells of
both as it tells of a page that shows another answer, and not as of a click or a key.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget


class SpokenPress(QObject):
    """Has a button say `clicked` after it was toggled by neither a click nor the page, which says so by `tell`."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._is_told = self._is_waiting = False
        button.toggled.connect(self._on_toggled)
        button.clicked.connect(self._on_clicked)

    def begin_telling(self) -> None:
        """What is toggled from now on is the page's doing."""
        self._is_told = True

    def end_telling(self) -> None:
        """Again somebody else's."""
        self._is_told = False

    def _on_toggled(self, is_on: bool) -> None:
        goes_with_another = isinstance(self._button, QRadioButton) and not is_on
        if not self._is_told and not goes_with_another:
            self._is_waiting = True
            QTimer.singleShot(0, self, self._press)

    def _on_clicked(self) -> None:
        self._is_waiting = False

    def _press(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._button.clicked[bool].emit(self._button.isChecked())  # type: ignore[index] # stubs know one signature only


class SpokenRadio(QRadioButton):
    """A radio button without words of its own, for whoever draws it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._spoken = SpokenPress(self)

    def setChecked(self, is_on: bool) -> None:
        """The page shows an answer: nobody pressed anything."""
        self._spoken.begin_telling()
        super().setChecked(is_on)
        self._spoken.end_telling()


class SpokenCheck(QCheckBox):
    """A box to tick, its words beside it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._spoken = SpokenPress(self)

    def setChecked(self, is_on: bool) -> None:
        """The page shows an answer: nobody pressed anything."""
        self._spoken.begin_telling()
        super().setChecked(is_on)
        self._spoken.end_telling()
