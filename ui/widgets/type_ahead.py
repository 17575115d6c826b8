"""The list that appears under a box while one types: best matches first, by whatever name something goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from iscm_desktop.questionnaire.name_search import NameSearch
from ui.widgets.name_completer import name_list
from ui.widgets.plain_text import one_line

_ROWS = 12
_VALUE = Qt.ItemDataRole.UserRole


class FoundNames(QAbstractListModel):
    """What the list shows now: pairs of a value and its label."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        value, label = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return one_line(label)
        return value if role == _VALUE else None

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        """Replaces all rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def value(self, row: int) -> str:
        """The value of a row."""
        return self._rows[row][0]


class TypeAhead(QCompleter):
    """Names under a box. Down and Enter take one; Enter alone takes the first.

    Args:
        takes_first: Whether Enter alone does; not where any other text is as good.

    Signals:
        taken(value): somebody took a name from the list.
        unlisted(text): somebody wants what they typed, which the list does not have.
    """

    taken = Signal(str)
    unlisted = Signal(str)

    def __init__(self, line: QLineEdit, parent: QWidget, *, takes_first: bool = True) -> None:
        self._rows = FoundNames(parent)
        super().__init__(self._rows, parent)
        self._line = line
        self._takes_first = takes_first
        self._search = NameSearch({})
        self._labels: Mapping[str, str] = {}
        self.hidden: Collection[str] = ()
        """Values that are not offered, since they are chosen already."""
        self.wording_of_new = ""
        """How what is not listed is offered, with a place for {name}; "" where nothing can be added."""
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_ROWS)
        self.list = name_list(parent)
        self.setPopup(self.list)
        self.list.installEventFilter(self)
        line.textEdited.connect(self.narrow)
        line.setCompleter(self)
        self.activated.connect(self._on_activated)

    def offer(self, labels: Mapping[str, str], search: NameSearch) -> None:
        """What can be found: labels by value, and by which names."""
        self._labels, self._search = labels, search
        if self.model() is not self._rows:  # a box that gets another list hands that one to what completes it
            self.setModel(self._rows)
        self.narrow(self._line.text())

    def narrow(self, typed: str) -> None:
        """Puts what fits what was typed into the list, best first."""
        rows = [
            (value, self._labels[value]) for value in self._search.found(typed) if value not in self.hidden
        ]
        name = typed.strip()
        if name and self.wording_of_new and not self._search.meant(name):
            rows.append(("", self.wording_of_new.format(name=name)))
        self._rows.show_rows(rows)
        self._make_room()

    def _make_room(self) -> None:
        """The list is as wide as its names where the window has room for them."""
        popup, window = self.list, self._line.window().width()
        wanted = popup.sizeHintForColumn(0) + 3 * self._line.fontMetrics().height()
        popup.setMinimumWidth(max(0, min(wanted, window - self._line.fontMetrics().height())))

    def show_all(self) -> None:
        """Opens the list with everything that fits what stands in the box, all where nothing does."""
        self.narrow(self._line.text())
        self.setWidget(self._line)
        self.complete()

    def found(self) -> list[str]:
        """The labels in the list now."""
        return [str(self._rows.index(row, 0).data()) for row in range(self._rows.rowCount())]

    def take(self, row: int) -> None:
        """Takes what stands in a row."""
        value, typed = self._rows.value(row), self._line.text()
        self.list.hide()
        if value:
            self.taken.emit(value)
        else:
            self.unlisted.emit(typed.strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QFocusEvent) and event.lostFocus():
            self._close_behind(event.reason())
        if (
            self._takes_first
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.list.isVisible()
            and not self.list.currentIndex().isValid()
            and self._rows.rowCount()
            and self._line.text().strip()
        ):
            self.take(0)
            return True
        return super().eventFilter(watched, event)

    def _close_behind(self, reason: Qt.FocusReason) -> None:
        """A key has led away from the box while its list was open: Qt would leave it where it is."""
        if reason not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.list.hide()

    def _on_activated(self, shown: str) -> None:
        """Qt has put the whole row into the box by now."""
        value = self._rows.value(self.found().index(shown)) if shown in self.found() else ""
        if value:
            self.taken.emit(value)
        else:
            self.unlisted.emit(self._typed_for_new(shown))

    def _typed_for_new(self, shown: str) -> str:
        """What was typed, out of the words that offer it."""
        before, _place, after = self.wording_of_new.partition("{name}")
        return shown.removeprefix(before).removesuffix(after).strip()
