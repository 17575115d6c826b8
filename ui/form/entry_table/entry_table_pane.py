"""A table of entries, with what is wrong in it said beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.entries.entry_table import Complaint
from iscm_desktop.presenters.entries.row_paste import PasteReport
from ui.editing.response_editing import ResponseEditing
from ui.form.entry_table.entry_table_view import EntryTableView
from ui.form.readings_row import ReadingsRow
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, discard, follow_width
from ui.widgets.painted_text import isolated

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, RepeatView


class EntryTablePane(QWidget):
    """Signals:
    card_wanted(entry id): the entry as a card, please.
    """

    card_wanted = Signal(str)

    def __init__(self, editing: ResponseEditing, view: RepeatView, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self.table = EntryTableView(editing, view.path, self)
        self.complaint = text_label("", "error", self)
        self.more = button("", self, "link", name="next-complaint")
        self.told = text_label("", "muted", self)
        self.told.hide()
        self._next: AnswerPath | None = None
        self._readings: ReadingsRow | None = None
        self._readings_of: AnswerPath | None = None
        follow_width(self)
        column = self._column = bare_column(self, 4)
        for part in (self.table, self.complaint, self.more, self.told):
            column.addWidget(part)
        self.table.cells.pasted.connect(self._on_pasted)
        self.table.cell_changed.connect(self._complain)
        self.table.card_wanted.connect(self.card_wanted)
        self.more.clicked.connect(self._on_more_clicked)
        editing.checked.connect(self._on_checked)
        self.show_view(view)

    def show_view(self, view: RepeatView) -> None:
        """Entries, answers and states anew."""
        self.table.setAccessibleName(view.label)
        self.table.setAccessibleDescription(
            " ".join(filter(None, (view.hint, _("A table: type in a cell, Enter goes down, Tab goes on."))))
        )
        self.table.entries.relabel()
        self.table.show_view(view)

    def _complaints(self) -> list[Complaint]:
        model, found = self.table.entries, []
        for row in model.rows:
            if row.wrong or row.missing:
                for column in model.columns:
                    view = row.cells.get(column.name)
                    complaint = model.table.complaint(row, column)
                    if view is not None and complaint is not None and model.is_due(view):
                        found.append(complaint)
        return found

    def _complain(self) -> None:
        """What is wrong with the current cell, else with the first that needs it; and how many more there are."""
        complaints, current = self._complaints(), self.table.current_path()
        at = next((at for at, each in enumerate(complaints) if each.path == current), 0)
        shown = complaints[at] if complaints else None
        self.complaint.setText(f"{isolated(shown.place)}: {shown.message}" if shown else "")
        self.complaint.setVisible(shown is not None)
        self._show_readings(shown)
        is_here = shown is not None and shown.path == current
        others = complaints[(at + 1) % len(complaints)] if len(complaints) > 1 else None
        self._next = None if shown is None else shown.path if not is_here else others.path if others else None
        self.more.setVisible(self._next is not None)
        left = len(complaints) - is_here
        words = ngettext("Go to the cell to mend", "Go to the next of {count} cells to mend", left)
        self.more.setText(words.format(count=left))

    def _show_readings(self, complaint: Complaint | None) -> None:
        """What may be meant instead, as buttons that belong to this one cell."""
        path = complaint.path if complaint is not None and complaint.readings else None
        if self._readings is not None and path != self._readings_of:
            discard(self._readings, self._column)
            self._readings = None
        self._readings_of = path
        if complaint is None or path is None:
            return
        if self._readings is None:
            self._readings = ReadingsRow(self._editing, path, self)
            self._column.insertWidget(self._column.indexOf(self.complaint) + 1, self._readings)
        self._readings.show_readings(complaint.readings, complaint.place)

    def _on_more_clicked(self) -> None:
        if self._next is not None:
            self.table.go_to(self._next)

    def _on_checked(self, _section: str) -> None:
        self.table.viewport().update()
        self._complain()

    def _on_pasted(self, report: PasteReport) -> None:
        """Beneath the table, where it stays until the next paste, and for the ear."""
        self.told.setText(report.sentence)
        self.told.setVisible(True)
        tone = Tone.ACCENT if report.is_all else Tone.WARN
        undo = _("Undo") if report.cells else ""
        self._editing.context.noticed.emit(
            Notice(report.sentence, tone, undo, self._editing.undo if undo else None, is_brief=report.is_all)
        )
