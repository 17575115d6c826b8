"""At the side of the questions: how far they are, the sections, and the way to a task sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.section_rows import holders
from ui.editing.response_editing import ResponseEditing
from ui.form.progress_line import ProgressLine
from ui.form.section_list import SectionList, SectionModel
from ui.page.notices import written_notice
from ui.phrases.written_files import whole_path
from ui.widgets.labels import button
from ui.widgets.layouts import add_gap, padded_column
from ui.widgets.meter import Meter
from ui.widgets.plain_text import set_tip

if TYPE_CHECKING:
    from iscm_desktop.presenters.form_presenter import FormView
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.documents.printing import PrintedDocument

_AROUND = 12
"""Free on either side, at 100 %."""


class SectionSide(QFrame):
    """Follows what colleagues ask, what stands in dispute, what is withheld, and who has what in hand."""

    def __init__(self, editing: ResponseEditing, view: FormView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._editing, self._theme = editing, editing.context.theme
        self.model = SectionModel(view.sections, self)
        self.sections = SectionList(self.model, self._theme, self)
        self.progress = ProgressLine(self._theme, self)
        self._meter = Meter(self._theme, self)
        self.tasks = button("", self, "link", name="task-sheet")
        self.tasks.setAccessibleName(_("Task sheet for a ministry"))
        set_tip(self.tasks, _("Questions for one ministry or person, on paper"))
        px = self._theme.px
        column = padded_column(self, px, (_AROUND, 14, _AROUND, 10))
        column.addWidget(self.progress)
        column.addWidget(self._meter)
        add_gap(column, px(6))
        column.addWidget(self.sections, 1)
        column.addWidget(self.tasks, 0, Qt.AlignmentFlag.AlignLeading)
        self.tasks.clicked.connect(self._on_tasks_clicked)
        editing.conflicts.changed.connect(self._on_conflicts_changed)
        editing.marks.changed.connect(self._on_marks_changed)
        editing.queries.changed.connect(self._on_queries_changed)
        self._theme.changed.connect(self._name_tasks)

    def arrive(self) -> None:
        """The form is being shown: who has what in hand may have changed."""
        self._editing.context.runner.when_idle(self._show_holders)

    def show_view(self, view: FormView) -> None:
        """Draws counts and sentence anew."""
        self.model.show_sections(view.sections)
        self.progress.show_parts(view.progress)
        self._meter.show_share(*view.share, view.sentence)

    def mark(self, section: AnswerPath) -> None:
        """Marks the section that is open."""
        self.sections.setCurrentIndex(self.model.index(self.model.row_of(section)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_tasks()

    def _name_tasks(self) -> None:
        """In short where there is no room."""
        whole, px = _("&Task sheet for a ministry…"), self._theme.px
        needed = self.tasks.fontMetrics().horizontalAdvance(whole) + px(12)
        self.tasks.setText(whole if needed <= self.width() - px(2 * _AROUND) else _("&Task sheet…"))

    def _show_holders(self) -> None:
        rows = self._editing.context.workspace.delegations.rows(self._editing.response_id)
        self.model.show_holders(holders(rows))

    def _on_conflicts_changed(self) -> None:
        self.model.show_disputed(self._editing.conflicts.is_in)

    def _on_marks_changed(self) -> None:
        marks = self._editing.marks
        self.model.show_marks({one.path: marks.count_in(one.path) for one in self.model.rows})

    def _on_queries_changed(self) -> None:
        self.model.show_flags(self._editing.queries.open_by_section())

    def _on_tasks_clicked(self) -> None:
        from ui.form.task_dialog import TaskDialog

        dialog = TaskDialog(self._editing, self)
        dialog.written.connect(self._on_task_sheet_written)
        dialog.open()

    def _on_task_sheet_written(self, printed: PrintedDocument) -> None:
        words = _("Written: {file}. Print it, or send it to whoever is to answer.")
        text = words.format(file=whole_path(printed.path))
        self._editing.context.noticed.emit(written_notice(text, printed.path))
