"""Questions to tick for a task sheet, below the sections that they are in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.section_rows import section_name
from iscm_desktop.presenters.task_choice import TaskRow, TaskScope
from ui.widgets.plain_text import one_line, plain_tip

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, SectionView

_PATH = Qt.ItemDataRole.UserRole
_ON, _OFF, _PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


class TaskList(QListWidget):
    """One stop of the Tab key: arrows walk, Space ticks; ticking a section ticks all that is in it.

    Signals:
        chosen_changed: other questions are ticked now.
    """

    chosen_changed = Signal()

    def __init__(self, sections: tuple[SectionView, ...], rows: tuple[TaskRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "rank")
        self.setAccessibleName(_("Questions"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows
        self._sections: dict[AnswerPath, QListWidgetItem] = {}
        self._items: dict[AnswerPath, QListWidgetItem] = {}
        bold = QFont(self.font())
        bold.setBold(True)
        for section in sections:
            inside = [row for row in rows if row.section == section.path]
            if inside:
                head = self._sections[section.path] = self._item(section_name(section), section.path)
                head.setFont(bold)
                for row in inside:
                    words = f"{row.name}  ({row.above})" if row.above else row.name
                    self._items[row.path] = self._item("    " + words, row.path)
        self.setCurrentRow(0)
        self.itemChanged.connect(self._on_item_changed)

    def chosen(self) -> list[AnswerPath]:
        """What is ticked, in form order."""
        return [row.path for row in self._rows if self._items[row.path].checkState() is _ON]

    def choose(self, scope: TaskScope, sections: Collection[AnswerPath] | None = None) -> None:
        """Ticks what stands so, in some sections or in all (None), and nothing else."""
        self.blockSignals(True)
        for row in self._rows:
            is_on = row.is_in(scope) and (sections is None or row.section in sections)
            self._items[row.path].setCheckState(_ON if is_on else _OFF)
        for path in self._sections:
            self._show_section(path)
        self.blockSignals(False)
        for path in self.chosen()[:1]:
            self.scrollToItem(self._items[path], QListWidget.ScrollHint.PositionAtCenter)
        self.chosen_changed.emit()

    def _item(self, words: str, path: AnswerPath) -> QListWidgetItem:
        item = QListWidgetItem(one_line(words), self)
        item.setData(Qt.ItemDataRole.ToolTipRole, plain_tip(one_line(words.strip())))
        item.setData(_PATH, path)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(_OFF)
        return item

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        self.blockSignals(True)
        if path in self._sections:
            state = _OFF if item.checkState() is _OFF else _ON
            item.setCheckState(state)
            for row in self._rows:
                if row.section == path:
                    self._items[row.path].setCheckState(state)
        else:
            self._show_section(next(row.section for row in self._rows if row.path == path))
        self.blockSignals(False)
        self.viewport().update()
        self.chosen_changed.emit()

    def _show_section(self, section: AnswerPath) -> None:
        states = {self._items[row.path].checkState() for row in self._rows if row.section == section}
        self._sections[section].setCheckState(states.pop() if len(states) == 1 else _PARTLY)
