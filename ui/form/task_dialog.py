"""A task sheet: for whom, and which questions; written as a PDF to print or to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.presenters.task_choice import TaskScope, task_rows
from iscm_desktop.text_limits import TypedText
from ui.editing.response_editing import ResponseEditing
from ui.form.task_list import TaskList
from ui.phrases.response_titles import short_respondent
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.list_box import ListBox
from ui.widgets.name_completer import NameCompleter
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.documents.printing import PrintedDocument

_SCOPES = (
    (TaskScope.OPEN, N_("Open questions, and answers to mend")),
    (TaskScope.REQUIRED, N_("Required questions that are open")),
    (TaskScope.ALL, N_("All questions")),
)


class TaskDialog(FormDialog):
    """Signals:
    written(PrintedDocument): the sheet is there.
    """

    written = Signal(object)

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(_("Task sheet"), editing.context.theme, parent)
        self._editing, self._context = editing, editing.context
        session = editing.session
        self.of = LineBox(self)
        self.of.limit(TypedText.COLLEAGUE)
        people = self._context.workspace.tasks.people(editing.response_id)
        self.of.setCompleter(NameCompleter(QStringListModel(list(people), self), self))
        self.scope = ListBox(self)
        for _scope, words in _SCOPES:
            self.scope.addItem(_(words))
        sections = tuple(each for each in session.sections() if each.is_asked)
        self.questions = TaskList(sections, task_rows(session), self)
        self._count = text_label("", "muted", self)
        hint = _(
            "The sheet lists these questions with what is answered so far, and in whose hands the sections are. "
            "Answers come back on paper, or in the file that you get when you share sections."
        )
        self.lay_out(
            _("Which questions, and for whom?"),
            text_label(hint, "muted", self),
            form_rows((_("Ministry or &person"), self.of), (_("&Questions"), self.scope)),
            self.questions,
            self._count,
            primary=_("&Save as PDF…"),
            size=(620, 620),
            growing=self.questions,
        )
        self.of.textChanged.connect(self._choose)
        self.scope.currentIndexChanged.connect(self._choose)
        self.questions.chosen_changed.connect(self._on_chosen_changed)
        self._choose()

    def is_complete(self) -> bool:
        return bool(self.questions.chosen())

    def confirm(self) -> None:
        """Asks where the sheet goes and has the worker write it; the dialog closes once it is there."""
        target = self._context.files.save_document(self, _("Task sheet"), self._proposed(), ".pdf")
        if target is None:
            return
        self._editing.save_if_needed()
        tasks, response_id = self._context.workspace.tasks, self._editing.response_id
        chosen, of = self.questions.chosen(), self.of.text().strip()
        self.primary.setEnabled(False)
        job = self._context.runner.run(
            self, lambda _job: tasks.write(response_id, target, chosen, of=of), self._on_written
        )
        job.ended.connect(self.check)

    def _on_written(self, printed: PrintedDocument) -> None:
        self.written.emit(printed)
        self.accept()

    def _choose(self) -> None:
        """By how questions stand; of somebody who has sections in hand, in those only."""
        scope = _SCOPES[self.scope.currentIndex()][0]
        sections = self._context.workspace.tasks.sections_of(
            self._editing.response_id, self.of.text().strip()
        )
        self.questions.choose(scope, sections or None)

    def _on_chosen_changed(self) -> None:
        count = len(self.questions.chosen())
        words = ngettext("{count} question is on the sheet.", "{count} questions are on the sheet.", count)
        self._count.setText(words.format(count=count))
        self.check()

    def _proposed(self) -> str:
        """ "KEN_tasks_Interior.pdf"."""
        row = self._context.workspace.response_list.row(self._editing.response_id)
        parts = (short_respondent(row.respondent_name), "tasks", self.of.text().strip())
        return file_stem(*parts, between="_") + ".pdf"
