"""Sections and repeats of which somebody said that there is nothing to report: by whom, when, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, Declaration
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.revision import NOTHING, SubjectId
from iscm_desktop.workspace.item_labels import labels_of
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_SAID = Declaration.NOTHING_TO_REPORT


@dataclass(frozen=True, slots=True)
class NothingRow:
    """A section or repeat with nothing to report."""

    path: AnswerPath
    label: str
    by: str  # as they call themselves; "" where somebody gave no name
    said_at: datetime
    number: str = ""  # "E", "E01"


class NothingService:
    """The service behind "Nothing to report"."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def of(self, response: SubjectId) -> tuple[NothingRow, ...]:
        """What has nothing to report now, in the order of the paths."""
        language = self._list.row(response).language
        with self._context.database.read() as db:
            labels = labels_of(db, response, language, self._context.device)
            told = self._told(db, response)
        said = self._responses.filled(response).declarations
        return tuple(
            NothingRow(path, labels.label(path), *told[path], labels.number(path))
            for declaration, path in sorted(said, key=lambda one: one[1])
            if declaration is _SAID and path in told
        )

    def _told(self, db: Transaction, response: SubjectId) -> dict[AnswerPath, tuple[str, datetime]]:
        """By whom and when each was said that was said last."""
        found: dict[AnswerPath, tuple[str, datetime]] = {}
        for key, state in items_of(db, response, [NOTHING]).items():
            one = revisions_of(db, response, key=key).get(state.heads[0])
            if one is not None:
                found[AnswerPath(key[1])] = one.author, times.read(one.made_at)
        for key, draft in drafts_of(db, response, self._context.device).items():
            if key[0] == NOTHING:
                found[AnswerPath(key[1])] = draft.author, draft.made_at
        return found

    def say(self, response: SubjectId, path: AnswerPath, *, is_made: bool = True) -> AnswerPath:
        """Says of a section or repeat that there is nothing to report, or takes it back; gives its whole path.

        Args:
            path: Or the name of a repeat, where that is unique.

        Raises:
            IscmError: there is neither at this path, or something is answered in it.
        """
        session = self._responses.open_session(response)
        place = _place(session, path)
        try:
            session.declare(_SAID, place, is_made=is_made)
        except KeyError:
            raise IscmError(AnswerProblem.NOTHING_NOWHERE, path=path) from None
        except ValueError:
            raise IscmError(AnswerProblem.NOTHING_ANSWERED, path=path) from None
        self._responses.save(response, session)
        return place


def _place(session: FormSession, path: AnswerPath) -> AnswerPath:
    try:
        return session.repeat(path).path
    except KeyError:
        return path
