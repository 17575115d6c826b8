"""Two or more ways to look at the same thing, side by side; one is chosen. To the keyboard they are one stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from ui.widgets.layouts import bare_row
from ui.widgets.spoken_roles import Part, speak_as


class ModeChips(QWidget):
    """Arrow keys choose the next way.

    Signals:
        chosen(key): a person chose another way.
    """

    chosen = Signal(str)

    def __init__(self, name: str, modes: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        speak_as(self, Part.GROUP)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.chips: dict[str, QToolButton] = {}
        row = bare_row(self, 6)
        for key, words in modes.items():
            chip = QToolButton(self)
            chip.setText(words)
            chip.setCheckable(True)
            speak_as(chip, Part.WAY)
            chip.setProperty("role", "mode")
            chip.setAccessibleName(f"{name}: {words}" if name else words)
            self._group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self._group.buttonClicked.connect(self._on_clicked)
        self._key = next(iter(modes))
        self.show_mode(self._key)

    @property
    def mode(self) -> str:
        """The key of the way that is chosen."""
        return self._key

    def show_mode(self, key: str) -> None:
        """Shows which way is chosen, without telling anybody."""
        self._key = key
        self.chips[key].setChecked(True)
        for each, chip in self.chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == key else Qt.FocusPolicy.ClickFocus)

    def focus_mode(self) -> None:
        """Puts the keyboard on the way that is chosen."""
        self.chips[self._key].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
            return
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if is_sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        keys = list(self.chips)
        to = keys[(keys.index(self._key) + step) % len(keys)]
        self.chips[to].setFocus()
        self._choose(to)

    def _on_clicked(self) -> None:
        for key, chip in self.chips.items():
            if chip.isChecked():
                self._choose(key)

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.show_mode(key)
            self.chosen.emit(key)
