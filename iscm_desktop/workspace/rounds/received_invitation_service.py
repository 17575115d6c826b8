"""Invitations that came here: looked at, opened, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.package.manifest import InvitationPart
from iscm_desktop.exchange.package.package_writer import Prove
from iscm_desktop.exchange.trust.invitation_file import (
    Coordinator,
    Invitation,
    InvitationIssuer,
    ReadInvitation,
    known_invitation,
    read_invitation,
)
from iscm_desktop.exchange.trust.key_words import is_fingerprint, key_words
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.exchange.trust.verification import proof
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.objects.attachments import keep_contents
from iscm_desktop.store.objects.rounds import add_round_if_new
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.rounds.respondent_service import named_respondent
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class IssuerView:
    """Who invites, as they call themselves, and by which key: what people compare on the telephone."""

    name: str
    organization: str
    key: str  # public, in minisign's format
    words: str  # its fingerprint, eight of them
    fingerprint: str  # the same in hexadecimal digits

    @staticmethod
    def of(issuer: InvitationIssuer) -> IssuerView:
        """From an invitation."""
        key = issuer.key
        return IssuerView(issuer.name, issuer.organization, key, key_words(key), fingerprint(key))

    @property
    def called(self) -> str:
        """ "Carla, IOM"; words that say so where they did not name themselves."""
        return ", ".join(filter(None, (self.name, self.organization))) or _("not named")


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What people want to know before they open an invitation."""

    id: str
    round: str  # its title
    round_code: str
    due_on: date | None
    issuer: str
    issuer_organization: str
    words: str  # the fingerprint of the issuer's key, to be compared by telephone
    fingerprint: str  # the same in hexadecimal digits
    is_issuer_known: bool
    other_issuer: IssuerView | None  # whom this round's answers are for by now, where the key is another
    forms: tuple[tuple[str, str], ...]  # form id and title of each questionnaire
    respondent: str  # "" where the invitation is open
    respondent_name: str
    language: str

    @property
    def is_open(self) -> bool:
        """Whether it names no respondent, so that whoever has it may answer."""
        return not self.respondent


class ReceivedInvitationService:
    """The service behind "Open invitation", and behind what exports prove."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, key_service: KeyService
    ) -> None:
        self._context = context
        self._responses = response_service
        self._keys = key_service
        self._rounds = RoundService(context)

    def look_at(self, file: Path) -> InvitationView:
        """What an invitation says; nothing is changed."""
        return self._view(self._read(file))

    def _read(self, file: Path) -> ReadInvitation:
        """An invitation that counts, or one of a practice round where this store is one, too.

        Raises:
            IscmError: it cannot be read, or nothing would count.
        """
        found = read_invitation(file)
        if found.invitation.practice and not self._context.is_practice:
            raise IscmError(TrustProblem.INVITATION_OF_PRACTICE, file=file.name)
        return found

    def open_response(
        self, file: Path, form_id: str, respondent: str, language: str, trusted_key: str = ""
    ) -> str:
        """The response that an invitation asks for, started where there is none yet.

        Args:
            form_id: For open invitations: in which questionnaire; "" where there is only one.
            respondent: For open invitations: for whom.
            language: "" takes the invitation's own.
            trusted_key: The fingerprint of its key, in words or digits: where the round's answers are for another
                key by now, and the person has made sure that this one takes its place.

        Raises:
            IscmError: the round's answers are for another key by now, or the invitation is not what it says.
        """
        found = self._read(file)
        asked = found.invitation
        form, who = self._chosen(found, form_id, respondent)
        due_on = asked.round.due_on
        now = self._context.now()
        invited = asked.invited
        with self._context.database.write() as db:
            due = date.fromisoformat(due_on) if due_on else None
            add_round_if_new(db, asked.round.code, asked.round.title, due, now)
            for source in found.sources.values():
                used = catalogue.from_source(source)
                if invited is not None and used.form_id != form:
                    continue  # nobody is asked for it
                shown = set(used.media_files.values()) & found.media.keys()
                keep_contents(db, {digest: found.media[digest] for digest in shown})
                known_questionnaires.add_known(db, used, asked.round.code)
            to = (invited.form_id, invited.respondent) if invited else ("", "")
            opened = invitations.OpenedInvitation(
                asked.id, asked.round.code, *to, asked.issuer.key, found.document, now
            )
            self._check_key(db, found, trusted_key)
            invitations.keep_received(db, opened)
            if trusted_key:
                invitations.replace_received(db, opened, form, who)
        self._rounds.follow(asked.round.code)
        return self._responses.start(
            form, who, round=asked.round.code, language=language or asked.language,
            name=invited.name if invited else "",
        )  # fmt: skip

    def _check_key(self, db: Transaction, found: ReadInvitation, trusted_key: str) -> None:
        """A second key for a round would have its answers encrypted for itself: only a person can want that.

        Raises:
            IscmError: naming both keys.
        """
        asked = found.invitation
        other = self._other_issuer(db, asked)
        if other is None or is_fingerprint(trusted_key, asked.issuer.key):
            return
        issuer = IssuerView.of(asked.issuer)
        raise IscmError(
            TrustProblem.INVITATION_SECOND_KEY, file=found.path.name, round=asked.round.title, issuer=issuer.called,
            words=issuer.words, other=other.called, other_words=other.words,
        )  # fmt: skip

    def _other_issuer(self, db: Transaction, asked: Invitation) -> IssuerView | None:
        """Whose key this round's answers are for here, where it is not the invitation's."""
        issuers = [
            known_invitation(one.document).issuer for one in invitations.received_in(db, asked.round.code)
        ]
        if invitations.issued(db, asked.round.code):
            person = self._context.person
            issuers.append(InvitationIssuer(person.name, person.organization, self._keys.device_key.public))
        if not issuers or asked.issuer.key in {one.key for one in issuers}:
            return None
        return IssuerView.of(issuers[0])

    def _chosen(self, found: ReadInvitation, form_id: str, respondent: str) -> tuple[str, str]:
        asked, file = found.invitation, found.path.name
        if asked.invited is not None:
            return asked.invited.form_id, asked.invited.respondent
        offered = [part.form_id for part in asked.questionnaires]
        form = form_id or (offered[0] if len(offered) == 1 else "")
        if not form or not respondent:
            raise IscmError(TrustProblem.INVITATION_WANTS_RESPONDENT, file=file)
        if form not in offered:
            raise IscmError(TrustProblem.INVITATION_FOR_OTHERS, file=file, forms=", ".join(offered))
        named_respondent(asked.round.code, form, respondent, "", "")  # it is somebody, or nothing is begun
        return form, respondent

    def _view(self, found: ReadInvitation) -> InvitationView:
        asked = found.invitation
        with self._context.database.read() as db:
            is_known = invitations.is_issuer_known(db, asked.issuer.key)
            other = self._other_issuer(db, asked)
        invited, issuer = asked.invited, IssuerView.of(asked.issuer)
        return InvitationView(
            asked.id, asked.round.title, asked.round.code,
            date.fromisoformat(asked.round.due_on) if asked.round.due_on else None,
            issuer.name, issuer.organization, issuer.words, issuer.fingerprint, is_known, other,
            tuple((part.form_id, part.title) for part in asked.questionnaires),
            invited.respondent if invited else "",
            registers.named_respondent(invited.form_id, invited.respondent, invited.name) if invited else "",
            asked.language,
        )  # fmt: skip

    def coordinators_of(self, row: ResponseRow) -> tuple[Coordinator, ...]:
        """For whom the answers of a response may be encrypted: whom its invitation names."""
        asked = self._answered(row)
        return tuple(asked.coordinators) if asked else ()

    def issuer_of(self, row: ResponseRow) -> IssuerView | None:
        """Whose invitation a response answers, and by which key; None where none was opened."""
        asked = self._answered(row)
        return None if asked is None else IssuerView.of(asked.issuer)

    def proving(self, row: ResponseRow) -> Prove | None:
        """What proves that this response answers an invitation; None where none was opened."""
        asked = self._answered(row)
        if asked is None:
            return None
        secret, key = bytes.fromhex(asked.secret), self._keys.device_key.public
        is_open, recipient = asked.invited is None, asked.coordinators[0].recipient

        def prove(revisions_sha256: str) -> InvitationPart:
            made = proof(secret, asked.id, row.id, revisions_sha256, key)
            return InvitationPart(asked.id, is_open, recipient, made)

        return prove

    def _answered(self, row: ResponseRow) -> Invitation | None:
        with self._context.database.read() as db:
            found = invitations.received_for(db, row.round, row.form_id, row.respondent)
        for received in found:
            asked = known_invitation(received.document)
            if row.form_id in {part.form_id for part in asked.questionnaires}:
                return asked
        return None
