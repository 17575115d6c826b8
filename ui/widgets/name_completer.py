"""The list that appears under a box while one types: any part of a name finds it."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QCompleter, QListView, QWidget

_ROWS = 12


def name_list(parent: QWidget, least_width: int = 0) -> QListView:
    """A list under a box, as all of them look."""
    popup = QListView(parent)
    popup.setProperty("role", "popup")
    popup.setTextElideMode(Qt.TextElideMode.ElideRight)
    popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    popup.setMinimumWidth(least_width)
    return popup


class NameCompleter(QCompleter):
    """Its list looks like the other lists of the program."""

    def __init__(self, names: QAbstractItemModel, parent: QWidget, *, least_width: int = 0) -> None:
        super().__init__(names, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_ROWS)
        self.setPopup(name_list(parent, least_width))
