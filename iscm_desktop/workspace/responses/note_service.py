"""Notes that people leave at questions, for their colleagues."""

from __future__ import annotations

from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.revision import NOTE, SubjectId, item_key
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class NoteService:
    """Notes by path; one at each."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service

    def at(self, response: SubjectId, path: AnswerPath) -> str:
        """The note at a question; "" where there is none."""
        return self.all(response).get(path, "")

    def all(self, response: SubjectId) -> dict[AnswerPath, str]:
        """All notes of a response by path."""
        with self._context.database.read() as db:
            values = {key: state.value for key, state in items_of(db, response, [NOTE]).items()}
            values |= {
                key: draft.value
                for key, draft in drafts_of(db, response, self._context.device).items()
                if key[0] == NOTE
            }
        return {AnswerPath(path): value for (_kind, path), value in values.items() if value}

    def put(self, response: SubjectId, path: AnswerPath, text: str) -> None:
        """Leaves a note; "" takes it away.

        Raises:
            IscmError: the question is in sections that somebody else holds.
        """
        if (scope := self._responses.held_sections(response)) is not None:
            scope.check(path)
        self._responses.put_item(response, item_key(NOTE, path), text)
