"""Who answers for a response, and whether it still says what they signed."""

from __future__ import annotations

import msgspec

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.history_rows import SignOff, WithdrawnSignOff
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.changed_answers import changed_since
from iscm_desktop.store.objects.doubtful_times import is_ahead
from iscm_desktop.store.objects.drafts import all_drafts_of
from iscm_desktop.store.objects.promise_evidence import claims_of, promises_of, sign_off_in_force
from iscm_desktop.store.objects.revision import CONTENT_KINDS, SIGN_OFF, Revision, SubjectId, item_key
from iscm_desktop.store.objects.sign_offs import SignedContent, signature
from iscm_desktop.text_limits import TypedText, checked, typed_name, typed_text
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class SignOffService:
    """A response has one sign-off in force at most; a later change outdates it, and history keeps it."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def sign(self, response: SubjectId, name: str, function: str, *, left: int = 0, reason: str = "") -> None:
        """Seals the response and signs what it says now.

        Args:
            left: How many things are left to finish where it is signed all the same, for the `reason` given.

        Raises:
            IscmError: the name or the function is blank; only some sections of the response are held here, or only
                its public edition; or things are left to finish and no reason was given.
        """
        name, function, reason = typed_name(name), typed_name(function), typed_text(reason)
        checked(TypedText.SIGNATORY, name)
        checked(TypedText.FUNCTION, function)
        checked(TypedText.REASON, reason)
        if not (name and function):
            raise IscmError(AnswerProblem.SIGN_OFF_UNNAMED)
        if left and not reason:
            raise IscmError(AnswerProblem.SIGN_OFF_INCOMPLETE, count=left)
        row = self._list.row(response)
        if (scope := self._responses.held_sections(response)) is not None:
            raise IscmError(AnswerProblem.SIGN_OFF_NOT_YOURS, by=scope.by)
        if row.is_public:
            raise IscmError(AnswerProblem.SIGN_OFF_OF_PUBLIC)
        person = self._context.person.signature
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            content = responses.content_of(db, response)
            signed = SignedContent(content, function, name, left, reason if left else "")
            self._put(db, response, signed, person or name)

    def withdraw(self, response: SubjectId) -> None:
        """Takes the sign-off in force back, in this person's name; history keeps that it was given.

        Raises:
            IscmError: there is none.
        """
        if self.of(response) is None:
            raise IscmError(AnswerProblem.SIGN_OFF_NONE)
        now, device = self._context.now(), self._context.device
        with self._context.database.write() as db:
            author = self._context.person.signature
            responses.put_item(db, response, item_key(SIGN_OFF), None, author, now, device)
            responses.seal_response(db, response, device)

    def withdrawn(self, response: SubjectId) -> WithdrawnSignOff | None:
        """Who took the last sign-off back; None where it stands, or nobody ever signed off."""
        with self._context.database.read() as db:
            found = sign_off_in_force(promises_of(db, response))
        if found is None or found.value is not None:
            return None
        return WithdrawnSignOff(found.author, times.read(found.made_at))

    def _put(self, db: Transaction, response: SubjectId, signed: SignedContent, author: str) -> None:
        text = msgspec.json.encode(signed).decode()
        now, device = self._context.now(), self._context.device
        responses.put_item(db, response, item_key(SIGN_OFF), text, author, now, device)
        responses.seal_response(db, response, device)

    def of(self, response: SubjectId) -> SignOff | None:
        """The sign-off in force; None where nobody signed who may."""
        with self._context.database.read() as db:
            found = sign_off_in_force(promises_of(db, response))
            return None if found is None else self._shown(db, response, found)

    def claimed(self, response: SubjectId) -> tuple[SignOff, ...]:
        """Sign-offs by keys that are not known for the respondent: they count for nothing until one is confirmed."""
        with self._context.database.read() as db:
            shown = [self._shown(db, response, one) for one in _claimed(db, response)]
        return tuple(sorted((one for one in shown if one is not None), key=lambda one: one.signed_at))

    def confirm(self, response: SubjectId) -> SignOff:
        """Makes the claimed sign-off one's own word: it counts in this store, in the name of whoever confirms it.

        Raises:
            IscmError: there is not exactly one that is claimed.
        """
        with self._context.database.write() as db:
            found = _claimed(db, response)
            signed = signature(found[0].value) if len(found) == 1 else None
            if signed is None:
                raise IscmError(AnswerProblem.SIGN_OFF_NOT_CLAIMED)
            responses.seal_response(db, response, self._context.device)
            self._put(db, response, signed, self._context.person.signature)
            confirmed = sign_off_in_force(promises_of(db, response))
            shown = None if confirmed is None else self._shown(db, response, confirmed)
        if shown is None:
            raise IscmError(AnswerProblem.SIGN_OFF_NOT_CLAIMED)
        return shown

    def _shown(self, db: Transaction, response: SubjectId, one: Revision) -> SignOff | None:
        signed = signature(one.value)
        if signed is None:
            return None
        has_drafts = any(key[0] in CONTENT_KINDS for key, _draft in all_drafts_of(db, response))
        is_current = signed.content == responses.content_of(db, response) and not has_drafts
        signed_at = times.read(one.made_at)
        is_doubtful = is_ahead(signed_at, self._context.now())
        changed = None if is_current else changed_since(db, response, one)
        return SignOff(
            signed.name,
            signed.function,
            signed_at,
            is_current,
            is_doubtful,
            signed.open,
            signed.reason,
            changed,
        )


def _claimed(db: Transaction, response: SubjectId) -> list[Revision]:
    """The sign-offs that are only claimed."""
    claims = claims_of(promises_of(db, response), SIGN_OFF)
    return list(claims.get(item_key(SIGN_OFF, ""), {}).values())
