"""What the program proposes in a response, from whichever origin, until a person takes it over or declines it."""

from __future__ import annotations

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.form_paths import last_name, path_around
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import OfferedEntry, ResponseOffers
from iscm_desktop.session.views import AnswerPath, Declaration
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.last_round_service import LastRoundService
from iscm_desktop.workspace.responses.register_offers import register_offers
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class OfferService:
    """Offers as the window and the command line show them."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        last_round_service: LastRoundService,
    ) -> None:
        self._context, self._responses, self._last_round = context, response_service, last_round_service
        self._list = ResponseList(context)

    def of(self, response: SubjectId) -> ResponseOffers:
        """All that is offered."""
        row = self._list.row(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            touched = responses.touched(db, response, self._context.device)
        return ResponseOffers(
            self._last_round.answers(response), register_offers(used, row.respondent, touched)
        )

    def waiting(self, response: SubjectId) -> tuple[OfferedEntry, ...]:
        """The entries that wait to be taken over or declined, in form order."""
        return self.of(response).waiting(self._responses.open_session(response))

    def take_over(self, response: SubjectId, path: AnswerPath | None = None) -> int:
        """Takes over the entry at a path, all entries of the repeat there, or all that wait; gives how many.

        Raises:
            IscmError: nothing waits there.
        """
        session, offers = self._responses.open_session(response), self.of(response)
        done = sum(
            offers.take_over(session, path_around(one.path), one.entry_id)
            for one in _at(offers.waiting(session), path)
        )
        self._responses.save(response, session)
        return done

    def decline(self, response: SubjectId, path: AnswerPath, *, is_declined: bool = True) -> int:
        """Says that the entry at a path, or each that waits in the repeat there, is not the respondent's.

        Args:
            is_declined: False has one entry offered again.

        Returns:
            How many entries that was said of.

        Raises:
            IscmError: nothing waits there, or nothing was declined there.
        """
        session, offers = self._responses.open_session(response), self.of(response)
        if is_declined:
            done = sum(
                offers.decline(session, path_around(one.path), one.entry_id)
                for one in _at(offers.waiting(session), path)
            )
        else:
            self._offer_again(session, path)
            done = 1
        self._responses.save(response, session)
        return done

    @staticmethod
    def _offer_again(session: FormSession, path: AnswerPath) -> None:
        if path not in session.declared(Declaration.NOT_OURS):
            raise IscmError(AnswerProblem.OFFER_NOWHERE, path=path)
        session.declare(Declaration.NOT_OURS, path, is_made=False)


def _at(waiting: tuple[OfferedEntry, ...], path: AnswerPath | None) -> tuple[OfferedEntry, ...]:
    if path is None:
        return waiting
    found = tuple(
        one for one in waiting if path in (one.path, path_around(one.path), last_name(path_around(one.path)))
    )
    if not found:
        raise IscmError(AnswerProblem.OFFER_NOWHERE, path=path)
    return found
