"""The entries of a repeat as rows of a table; behind the last a blank one, which becomes an entry when typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from iscm_desktop.i18n import _
from iscm_desktop.presenters.entries.entry_table import (
    EntryColumn,
    EntryRow,
    EntryState,
    EntryTable,
    cell_text,
    is_typed_in,
    numbered_title,
    typed_over,
)
from iscm_desktop.questionnaire.form_paths import AnswerPath, path_below
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.name_search import NameSearch
from iscm_desktop.session.views import Verdict
from ui.editing.response_editing import ResponseEditing
from ui.look.colours import Tone
from ui.widgets.plain_text import one_line, plain_tip

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView, RepeatView

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
STORED_ROLE = Role.UserRole
"""The answer as it is stored."""

_AFTER_COLUMNS = 2  # how the entry stands, and what can be done with it


def state_tone(state: EntryState) -> Tone:
    """What the state of an entry means, once somebody asked for what is missing."""
    tones = {EntryState.COMPLETE: Tone.GOOD, EntryState.WRONG: Tone.BAD, EntryState.MISSING: Tone.WARN}
    return tones.get(state, Tone.PLAIN)


class EntryModel(QAbstractTableModel):
    """Shows one repeat; what is set is answered in the session at once."""

    def __init__(self, editing: ResponseEditing, path: AnswerPath, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing
        self.table = EntryTable(editing.session, path)
        self.columns: tuple[EntryColumn, ...] = self.table.columns
        self.rows: tuple[EntryRow, ...] = ()
        self.can_add = self.can_remove = False

    # what there is

    @property
    def state_column(self) -> int:
        """Where it says how an entry stands."""
        return len(self.columns)

    @property
    def menu_column(self) -> int:
        """Where the menu of an entry is."""
        return len(self.columns) + 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows) + self.can_add

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns) + _AFTER_COLUMNS

    def is_blank_row(self, row: int) -> bool:
        """Whether this is the row behind the last entry."""
        return row >= len(self.rows)

    def view(self, index: Index) -> QuestionView | None:
        """The question of a cell; None in the blank row and beside the questions."""
        if not index.isValid() or self.is_blank_row(index.row()) or index.column() >= len(self.columns):
            return None
        return self.rows[index.row()].cells.get(self.columns[index.column()].name)

    def asked_at(self, index: Index) -> tuple[Kind, tuple[ChoiceView, ...], NameSearch]:
        """What is asked in a cell, in the blank row as well, what can be chosen, and by which names."""
        view, column = self.view(index), self.columns[index.column()]
        if view is not None:
            return view.kind, view.choices, self.table.search(view)
        choices = self.table.choices(column)
        return column.question.kind, choices, NameSearch({one.value: (one.label,) for one in choices})

    def tone(self, row: int) -> Tone:
        """What the state of an entry means."""
        if self.is_blank_row(row):
            return Tone.PLAIN
        state = self.rows[row].state
        is_quiet = state is EntryState.MISSING and not self._is_missing_due(self.rows[row].path)
        return Tone.PLAIN if is_quiet else state_tone(state)

    def place(self, path: AnswerPath) -> QModelIndex:
        """The cell of a question; an invalid index where it has none."""
        for at, row in enumerate(self.rows):
            if path.startswith(f"{row.path}/"):
                name = path[len(row.path) + 1 :]
                column = next((i for i, each in enumerate(self.columns) if each.name == name), -1)
                return self.index(at, column) if column >= 0 else QModelIndex()
        return QModelIndex()

    def row_of(self, entry_id: str) -> int:
        """Where an entry is; -1 where it is not."""
        return next((at for at, row in enumerate(self.rows) if row.entry.entry_id == entry_id), -1)

    def is_due(self, view: QuestionView) -> bool:
        """Whether what is wrong with a cell is to be shown: blanks only once somebody asked for them."""
        if not view.is_asked or view.verdict is Verdict.OK:
            return False
        return view.verdict is not Verdict.MISSING or self._is_missing_due(view.path)

    def _is_missing_due(self, path: AnswerPath) -> bool:
        return self._editing.missing.is_due(path)

    def leave_row(self, row: int) -> None:
        """Somebody was in an entry, answered something, and went on: what is missing there is called so."""
        if not self.is_blank_row(row) and self.rows[row].state is EntryState.MISSING:
            left = self.rows[row]
            if any(view.text for view in left.cells.values()):
                self._editing.missing.leave([left.path, *(view.path for view in left.cells.values())])
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.menu_column))

    # drawing anew

    def show_view(self, view: RepeatView) -> None:
        """The entries as they are now; rows of entries that stay are kept."""
        rows = self.table.rows(view)
        old, new = [row.entry.entry_id for row in self.rows], [row.entry.entry_id for row in rows]
        first = _common(old, new)
        last = _common(old[first:][::-1], new[first:][::-1])
        is_blank_before, self.can_remove = self.can_add, view.can_remove
        if len(old) > first + last:
            self.beginRemoveRows(QModelIndex(), first, len(old) - last - 1)
            self.rows = (*self.rows[:first], *self.rows[len(self.rows) - last :])
            self.endRemoveRows()
        if len(new) > first + last:
            # at the end behind the blank row: that one has become the entry, and somebody is typing in it
            skip = 1 if is_blank_before and not last and first == len(self.rows) else 0
            self.beginInsertRows(QModelIndex(), first + skip, len(new) - last - 1 + skip)
            self.rows = rows
            self.endInsertRows()
        self.rows = rows
        self._show_blank_row(view.can_add)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.menu_column))

    def _show_blank_row(self, is_shown: bool) -> None:
        if is_shown == self.can_add:
            return
        at = len(self.rows)
        (self.beginInsertRows if is_shown else self.beginRemoveRows)(QModelIndex(), at, at)
        self.can_add = is_shown
        (self.endInsertRows if is_shown else self.endRemoveRows)()

    def show_answers(self, paths: frozenset[AnswerPath]) -> None:
        """Draws the rows of these paths anew, where only answers changed."""
        start = f"{self.table.path}/"
        inside: dict[str, set[str]] = {}
        for path in paths:
            entry_id, _slash, name = (
                path[len(start) :].partition("/") if path.startswith(start) else ("",) * 3
            )
            if name:
                inside.setdefault(entry_id, set()).add(name)
        rows = list(self.rows)
        changed = [at for at, row in enumerate(rows) if row.entry.entry_id in inside]
        for at in changed:
            rows[at] = self.table.refreshed(rows[at], inside[rows[at].entry.entry_id])
        self.rows = tuple(rows)
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, self.menu_column))

    def relabel(self) -> None:
        """The form is in another language."""
        self.columns = self.table.columns
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.menu_column)

    def _whole_title(self, column: int) -> str:
        """A title with its hint, and in the second language where one is shown."""
        shown = self.columns[column]
        first = self.rows[0].cells.get(shown.name) if self.rows else None
        hint = first.hint if first is not None else ""
        second = self._editing.second.label(first.path, shown.label) if first is not None else ""
        return "\n".join(filter(None, (shown.label, second, hint)))

    # Qt's questions

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        if self.is_blank_row(index.row()):
            return self._blank_data(index, role)
        row, view = self.rows[index.row()], self.view(index)
        if role == Role.AccessibleTextRole:
            return self._spoken(row, index.column(), view)
        if role == Role.ToolTipRole:
            return plain_tip(self._tip(row, index.column(), view)) or None
        if index.column() == self.state_column:
            return row.state_words if role == Role.DisplayRole else None
        if index.column() == self.menu_column:
            return "⋯" if role == Role.DisplayRole else None
        if role == Role.DisplayRole:
            return (
                one_line(cell_text(view, self.table.language)) if view is not None and view.is_asked else ""
            )
        if role == Role.EditRole:
            return typed_over(view, self.table.language) if view is not None else ""
        return view.text if role == STORED_ROLE and view is not None else None

    def _blank_data(self, index: Index, role: int) -> object:
        if role == Role.AccessibleTextRole and index.column() < len(self.columns):
            return _("New entry, {column}").format(column=self.columns[index.column()].label)
        return "" if role in (Role.EditRole, Role.DisplayRole) else None

    def _spoken(self, row: EntryRow, column: int, view: QuestionView | None) -> str:
        if column == self.state_column:
            return row.state_words
        if column == self.menu_column:
            return _("What can be done with {title}").format(title=numbered_title(row))
        label = self.columns[column].label
        if view is None or not view.is_asked:
            return _("{label}: not asked").format(label=label)
        if view.is_required:
            label = _("{label}, required").format(label=label)
        answer = one_line(cell_text(view, self.table.language)) or _("blank")
        words = f"{label}: {answer}"
        return f"{words}. {view.message}" if self.is_due(view) else words

    def _tip(self, row: EntryRow, column: int, view: QuestionView | None) -> str:
        if column >= self.state_column:
            return numbered_title(row)
        if view is None or not view.is_asked:
            return _("Not asked here, because of other answers in this row.")
        parts = [cell_text(view, self.table.language), view.message if self.is_due(view) else ""]
        return "\n".join(filter(None, parts))

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Answers the cell's question; in the blank row an entry is made for it, in one step with the answer."""
        if role not in (Role.EditRole, STORED_ROLE) or index.column() >= len(self.columns):
            return False
        text, session = str(value), self._editing.session
        view = self.view(index)
        if view is not None:
            self._answer(view, text, role)
            return True
        if not text.strip() or not self.is_blank_row(index.row()):
            return False
        with session.one_step(goes_on=True):
            path = path_below(session.add_entry(self.table.path), self.columns[index.column()].name)
            self._answer(session.view(path), text, role)
        return True

    def _answer(self, view: QuestionView, text: str, role: int) -> None:
        is_stored = role == STORED_ROLE
        answer = text if is_stored else self.table.typed_text(view, text)
        self._editing.answer(view.path, answer, is_stored=is_stored)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        view = self.view(index)
        is_open = view is not None and is_typed_in(view)
        if is_open or (self.is_blank_row(index.row()) and index.column() < len(self.columns)):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            if role == Role.DisplayRole:
                return "" if self.is_blank_row(section) else str(section + 1)
            return None
        if section < len(self.columns) and role in (Role.DisplayRole, Role.ToolTipRole):
            label = self.columns[section].label
            return one_line(label) if role == Role.DisplayRole else plain_tip(self._whole_title(section))
        return None


def _common(one: list[str], other: list[str]) -> int:
    """How many are the same from the beginning on."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at
