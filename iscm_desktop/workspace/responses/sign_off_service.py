"""Who answers for a response, and whether it still says what they signed."""

from __future__ import annotations

import msgspec

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store import times
from iscm_desktop.store.history_rows import SignOff
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.drafts import all_drafts_of
from iscm_desktop.store.objects.revision import CONTENT_KINDS, SIGN_OFF, SubjectId, item_key
from iscm_desktop.text_limits import TypedText, checked
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class SignOffService:
    """A response has one sign-off in force at most; a later change outdates it, and history keeps it."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def sign(self, response: SubjectId, name: str, function: str) -> None:
        """Seals the response and signs what it says now.

        Raises:
            IscmError: only some sections of the response are held here, or only its public edition.
        """
        checked(TypedText.SIGNATORY, name)
        checked(TypedText.FUNCTION, function)
        row = self._list.row(response)
        if (scope := self._responses.held_sections(response)) is not None:
            raise IscmError(AnswerProblem.SIGN_OFF_NOT_YOURS, by=scope.by)
        if row.is_public:
            raise IscmError(AnswerProblem.SIGN_OFF_OF_PUBLIC)
        now, person = self._context.now(), self._context.person.signature
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            content = responses.content_of(db, response)
            signed = msgspec.json.encode(responses.SignedContent(content, function, name)).decode()
            responses.put_item(
                db, response, item_key(SIGN_OFF), signed, person or name, now, self._context.device
            )
            responses.seal_response(db, response, self._context.device)

    def of(self, response: SubjectId) -> SignOff | None:
        """The sign-off in force; None where nobody signed."""
        with self._context.database.read() as db:
            found = responses.signed_by(db, response)
            has_drafts = any(key[0] in CONTENT_KINDS for key, _draft in all_drafts_of(db, response))
            content = responses.content_of(db, response)
        if found is None:
            return None
        signed, made_at = found
        return SignOff(
            signed.name, signed.function, times.read(made_at), signed.content == content and not has_drafts
        )
