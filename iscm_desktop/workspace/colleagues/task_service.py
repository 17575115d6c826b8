"""Task sheets: the questions that one ministry or person is asked to answer, as PDF."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import joined
from iscm_desktop.reports.documents.task_sheet import HandedTo, Task, task_sheet
from iscm_desktop.reports.typesetting.blocks import Document
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.text_limits import TypedText, checked, typed_name
from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow, DelegationService
from iscm_desktop.workspace.damage_notice import with_notice
from iscm_desktop.workspace.documents.printing import PrintedDocument, write_pdf
from iscm_desktop.workspace.practice_mark import notice_in_print
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class TaskService:
    """The service behind "Task sheet for a ministry"."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        delegation_service: DelegationService,
    ) -> None:
        self._context = context
        self._responses, self._delegations = response_service, delegation_service
        self._list, self._rounds = ResponseList(context), RoundService(context)

    def people(self, response: SubjectId) -> tuple[str, ...]:
        """To whom sections of a response were handed, each once, the last one first."""
        rows = sorted(self._sent(response), key=lambda row: row.handed_at, reverse=True)
        return tuple(dict.fromkeys(row.to for row in rows))

    def sections_of(self, response: SubjectId, of: str) -> frozenset[AnswerPath]:
        """The sections that somebody has in hand; none where nothing was handed to anybody of that name."""
        rows = (row for row in self._sent(response) if row.to == of and not row.is_over)
        return frozenset(AnswerPath(path) for row in rows for path in row.sections)

    def write(
        self, response: SubjectId, target: Path, paths: Collection[AnswerPath], *, of: str = ""
    ) -> PrintedDocument:
        """The sheet of these questions as PDF, in the language of the response.

        Args:
            paths: Questions, and repeats to which entries are to be added.
            of: Ministry or person who is asked; "" leaves the name of the respondent.

        Raises:
            IscmError: no question is chosen, the name is too long, or the file cannot be written.
        """
        return write_pdf(self.compose(response, paths, of=of), target)

    def compose(self, response: SubjectId, paths: Collection[AnswerPath], *, of: str = "") -> Document:
        """The same before it is printed."""
        if not paths:
            raise IscmError(AnswerProblem.NO_TASK_CHOSEN)
        row = self._list.row(response)
        found = self._rounds.find(row.round)
        first = {path.partition("/")[0] for path in paths}
        person = self._context.person
        task = Task(
            checked(TypedText.COLLEAGUE, typed_name(of)), row.respondent_name, row.questionnaire_title,
            found.title if found is not None else row.round, frozenset(paths),
            tuple(_handed(one) for one in self._sent(response) if first.intersection(one.sections)),
            ", ".join(filter(None, (person.name, person.organization))), self._context.now(),
        )  # fmt: skip
        document = task_sheet(self._responses.open_session(response), task, row.language)
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            return with_notice(db, [response], document, known)

    def _sent(self, response: SubjectId) -> list[DelegationRow]:
        return [row for row in self._delegations.rows(response) if not row.is_received]


def _handed(row: DelegationRow) -> HandedTo:
    back = row.returns[0].returned_at.date() if row.returns else None
    return HandedTo(row.to, joined(row.section_labels), row.handed_at.date(), row.due_on, back)
