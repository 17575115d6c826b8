"""Rounds with their respondents; invitations issued to them, and invitations opened."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iscm_desktop import __version__
from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.package.manifest import InvitationPart, MadeBy, QuestionnairePart, RoundPart
from iscm_desktop.exchange.package.package_writer import PROGRAM, Prove, replace_file
from iscm_desktop.exchange.trust.invitation_file import (
    FORMAT,
    FORMAT_VERSION,
    SUFFIX,
    Coordinator,
    Invitation,
    InvitationIssuer,
    InvitedRespondent,
    ReadInvitation,
    invitation_bytes,
    known_invitation,
    read_invitation,
)
from iscm_desktop.exchange.trust.respondent_list import MAIL_MERGE, write_list
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.exchange.trust.verification import invitation_secret, proof
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.store import times
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.objects.questionnaires import form_ids
from iscm_desktop.store.objects.rounds import add_round_if_new
from iscm_desktop.store.rows import InvitationRow, RespondentRow, ResponseRow, RoundRow
from iscm_desktop.workspace import questionnaire_shelf
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.responses.new_response import respondent_code
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_FLUSHED_TOGETHER = 25
"""Invitations whose rows are written in one transaction; a stop leaves files and rows that agree."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """An invitation that was written."""

    path: Path
    row: InvitationRow
    name: str  # of the respondent; "" where it is open
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What people want to know before they open an invitation."""

    id: str
    round: str  # its title
    round_code: str
    due_on: date | None
    issuer: str
    issuer_organization: str
    fingerprint: str  # of the issuer's key, to be compared by telephone
    is_issuer_known: bool
    forms: tuple[tuple[str, str], ...]  # form id and title of each questionnaire
    respondent: str  # "" where the invitation is open
    respondent_name: str
    language: str

    @property
    def is_open(self) -> bool:
        return not self.respondent


@dataclass(frozen=True, slots=True)
class _Author:
    """What all invitations of a batch have in common: keys, issuer, coordinators, round, questionnaires."""

    identity: str
    recipient: str
    issuer: InvitationIssuer
    coordinators: list[Coordinator]
    round: RoundRow
    forms: dict[str, Questionnaire]


class InvitationService:
    """The service behind the rounds page and "Open invitation"."""

    def __init__(self, desk: WorkspaceContext, filling: ResponseService, trusting: KeyService) -> None:
        self._desk = desk
        self._filling = filling
        self._trusting = trusting

    # who is asked

    def respondents(self, round_code: str | None) -> tuple[RespondentRow, ...]:
        round_ = self._desk.round(round_code).code
        with self._desk.database.read() as db:
            return invitations.respondents_of(db, round_)

    def ask(
        self, round_code: str | None, form_id: str, codes: Iterable[str], language: str, contact: str
    ) -> tuple[RespondentRow, ...]:
        """Adds respondents to the plan of a round, and gives them as the registers name them."""
        round_ = self._desk.round(round_code).code
        rows = [self._asked(round_, form_id, code, language, contact) for code in codes]
        with self._desk.database.write() as db:
            invitations.put_respondents(db, rows)
        return tuple(rows)

    def plan(self, rows: Iterable[RespondentRow]) -> None:
        """Adds what `asked_by_list` gave to the plan of the round."""
        with self._desk.database.write() as db:
            invitations.put_respondents(db, rows)

    def ask_no_more(self, round_code: str | None, form_id: str, respondent: str) -> None:
        round_ = self._desk.round(round_code).code
        with self._desk.database.write() as db:
            invitations.remove_respondent(db, round_, form_id, respondent)

    def _asked(self, round_: str, form_id: str, code: str, language: str, contact: str) -> RespondentRow:
        respondent = respondent_code(form_id, code)
        name = registers.respondent_name(form_id, respondent)
        if not respondent or (form_id == "state" and name == respondent):
            raise IscmError(Problem.RESPONDENT_UNKNOWN, respondent=code, form=form_id)
        return RespondentRow(round_, form_id, respondent, name, language, contact)

    # issuing

    def form_ids(self) -> tuple[str, ...]:
        """Questionnaires that somebody can be invited to: those that ship, and those kept here."""
        with self._desk.database.read() as db:
            return tuple(dict.fromkeys((*catalogue.shipped_keys(), *form_ids(db))))

    def issued(self, round_code: str | None) -> tuple[InvitationRow, ...]:
        round_ = self._desk.round(round_code).code
        with self._desk.database.read() as db:
            return invitations.issued(db, round_)

    def issue(
        self,
        wanted: Sequence[RespondentRow],
        folder: Path,
        progress: Callable[[int, int], None],
        should_stop: Callable[[], bool],
    ) -> tuple[IssuedFile, ...]:
        """One invitation for each respondent, into a folder, with the list for a mail merge beside them."""
        made: list[IssuedFile] = []
        authors: dict[str, _Author] = {}
        taken: set[str] = set()
        for at in range(0, len(wanted), _FLUSHED_TOGETHER):
            part = wanted[at : at + _FLUSHED_TOGETHER]
            fresh: list[IssuedFile] = []
            for row in part:
                if should_stop():
                    break
                if row.round not in authors:
                    authors[row.round] = self._author(row.round, {one.form_id for one in wanted})
                fresh.append(self._written(authors[row.round], row, folder / _file_name(row, taken)))
                progress(len(made) + len(fresh), len(wanted))
            self._keep(fresh, [row for row in part if row.respondent][: len(fresh)])
            made += fresh
            if len(fresh) < len(part):
                break
        if made:
            write_list(folder / MAIL_MERGE, [_listed(one, authors[one.row.round].round) for one in made])
        return tuple(made)

    def issue_one(self, wanted: RespondentRow, target: Path) -> IssuedFile:
        author = self._author(wanted.round, {wanted.form_id})
        made = self._written(author, wanted, _with_suffix(target))
        self._keep([made], [wanted])
        return made

    def issue_open(
        self, round_code: str | None, form_ids: Sequence[str], language: str, target: Path
    ) -> IssuedFile:
        """One for whoever has it, to be used by several respondents."""
        round_ = self._desk.round(round_code).code
        forms = set(form_ids) or set(catalogue.shipped_keys())
        author = self._author(round_, forms)
        made = self._written(author, RespondentRow(round_, "", "", "", language), _with_suffix(target))
        self._keep([made], [])
        return made

    def asked_by_list(
        self, round_code: str | None, rows: Sequence[RespondentRow]
    ) -> tuple[RespondentRow, ...]:
        """The respondents of a list, with the round put in and named as the registers do."""
        round_ = self._desk.round(round_code).code
        return tuple(
            self._asked(round_, row.form_id, row.respondent, row.language, row.contact) for row in rows
        )

    def _author(self, round_code: str, form_ids: set[str]) -> _Author:
        identity, recipient = self._trusting.own_identity()
        person = self._desk.person
        names = [(recipient, person.signature)]
        names += [
            (row.recipient, row.name)
            for row in self._trusting.coordinator_keys()
            if row.recipient != recipient
        ]
        forms: dict[str, Questionnaire] = {}
        with self._desk.database.read() as db:
            for form_id in sorted(form_ids):
                found = questionnaire_shelf.newest(db, form_id)
                if found is None:
                    raise IscmError(Problem.QUESTIONNAIRE_UNKNOWN, form=form_id)
                forms[form_id] = found
        return _Author(
            identity,
            recipient,
            InvitationIssuer(person.name, person.organization, self._trusting.device_key.public),
            [Coordinator(name, each) for each, name in names],
            self._desk.round(round_code),
            forms,
        )

    def _written(self, author: _Author, row: RespondentRow, target: Path) -> IssuedFile:
        id_ = os.urandom(16).hex()
        now = self._desk.now()
        is_open = not row.respondent
        offered = [one for form, one in author.forms.items() if is_open or form == row.form_id]
        secret = invitation_secret(author.identity, id_, row.round, row.form_id, row.respondent)
        document = Invitation(
            format=FORMAT, format_version=FORMAT_VERSION, made_by=MadeBy(PROGRAM, __version__),
            issued_at=times.written(now), id=id_, round=_round_part(author.round),
            questionnaires=[QuestionnairePart(one.form_id, one.version, one.title, one.hash) for one in offered],
            language=row.language, issuer=author.issuer, coordinators=author.coordinators, secret=secret.hex(),
            members={}, invited=None if is_open else InvitedRespondent(row.form_id, row.respondent, row.name),
        )  # fmt: skip
        sources = {one.hash: one.source for one in offered if not questionnaire_shelf.is_shipped(one)}
        data = invitation_bytes(document, sources, self._trusting.device_key)
        replace_file(target, data)
        kept = InvitationRow(
            id_, row.round, row.form_id, row.respondent, row.language, row.contact, target.name,
            author.recipient, now,
        )  # fmt: skip
        return IssuedFile(target, kept, row.name, len(data))

    def _keep(self, made: Sequence[IssuedFile], asked: Sequence[RespondentRow]) -> None:
        """Who is invited is in the plan of the round, too."""
        with self._desk.database.write() as db:
            invitations.put_respondents(db, [row for row in asked if row.respondent])
            invitations.add_issued(db, [one.row for one in made])

    # opening

    def look_at(self, file: Path) -> InvitationView:
        """What an invitation says; nothing is changed."""
        return self._view(read_invitation(file))

    def open(self, file: Path, form_id: str, respondent: str, language: str) -> str:
        """The response that an invitation asks for, started where there is none yet.

        Args:
            form_id: For open invitations: in which questionnaire; "" where there is only one.
            respondent: For open invitations: for whom.
            language: "" takes the invitation's own.
        """
        found = read_invitation(file)
        asked = found.invitation
        form, who = self._chosen(found, form_id, respondent)
        due_on = asked.round.due_on
        now = self._desk.now()
        invited = asked.invited
        with self._desk.database.write() as db:
            due = date.fromisoformat(due_on) if due_on else None
            add_round_if_new(db, asked.round.code, asked.round.title, due, now)
            for source in found.sources.values():
                questionnaire_shelf.keep(db, catalogue.from_source(source))
            to = (invited.form_id, invited.respondent) if invited else ("", "")
            invitations.keep_received(
                db,
                invitations.OpenedInvitation(
                    asked.id, asked.round.code, *to, asked.issuer.key, found.document, now
                ),
            )
        self._desk.use_round(asked.round.code)
        return self._filling.start(form, who, asked.round.code, language or asked.language)

    def _chosen(self, found: ReadInvitation, form_id: str, respondent: str) -> tuple[str, str]:
        asked, file = found.invitation, found.path.name
        if asked.invited is not None:
            return asked.invited.form_id, asked.invited.respondent
        offered = [part.form_id for part in asked.questionnaires]
        form = form_id or (offered[0] if len(offered) == 1 else "")
        if not form or not respondent:
            raise IscmError(Problem.INVITATION_WANTS_RESPONDENT, file=file)
        if form not in offered:
            raise IscmError(Problem.INVITATION_FOR_OTHERS, file=file, forms=", ".join(offered))
        return form, self._asked(asked.round.code, form, respondent, "", "").respondent

    def _view(self, found: ReadInvitation) -> InvitationView:
        asked = found.invitation
        with self._desk.database.read() as db:
            is_known = invitations.is_issuer_known(db, asked.issuer.key)
        invited = asked.invited
        return InvitationView(
            asked.id, asked.round.title, asked.round.code,
            date.fromisoformat(asked.round.due_on) if asked.round.due_on else None,
            asked.issuer.name, asked.issuer.organization, fingerprint(asked.issuer.key), is_known,
            tuple((part.form_id, part.title) for part in asked.questionnaires),
            invited.respondent if invited else "", invited.name if invited else "", asked.language,
        )  # fmt: skip

    # answering

    def coordinators_of(self, row: ResponseRow) -> tuple[Coordinator, ...]:
        """For whom the answers of a response may be encrypted: whom its invitation names."""
        asked = self._answered(row)
        return tuple(asked.coordinators) if asked else ()

    def proving(self, row: ResponseRow) -> Prove | None:
        """What proves that this response answers an invitation; None where none was opened."""
        asked = self._answered(row)
        if asked is None:
            return None
        secret, key = bytes.fromhex(asked.secret), self._trusting.device_key.public
        is_open, recipient = asked.invited is None, asked.coordinators[0].recipient

        def prove(revisions_sha256: str) -> InvitationPart:
            made = proof(secret, asked.id, row.id, revisions_sha256, key)
            return InvitationPart(asked.id, is_open, recipient, made)

        return prove

    def _answered(self, row: ResponseRow) -> Invitation | None:
        with self._desk.database.read() as db:
            found = invitations.received_for(db, row.round, row.form_id, row.respondent)
        for received in found:
            asked = known_invitation(received.document)
            if row.form_id in {part.form_id for part in asked.questionnaires}:
                return asked
        return None


def _round_part(row: RoundRow) -> RoundPart:
    return RoundPart(row.code, row.title, row.due_on.isoformat() if row.due_on else None)


def _with_suffix(target: Path) -> Path:
    return target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)


def _file_name(row: RespondentRow, taken: set[str]) -> str:
    """ "2027-state-CAN.iscminvite"; unlike every other of the batch, also where capitals do not count."""
    stem = re.sub(r"[^\w-]+", "-", f"{row.round}-{row.form_id}-{row.respondent}").strip("-")
    name, count = stem, 1
    while name.casefold() in taken:
        count += 1
        name = f"{stem}-{count}"
    taken.add(name.casefold())
    return f"{name}{SUFFIX}"


def _listed(one: IssuedFile, round_: RoundRow) -> dict[str, str]:
    return {
        "file": one.path.name,
        "questionnaire": one.row.form_id,
        "respondent": one.row.respondent,
        "name": one.name,
        "language": one.row.language,
        "contact": one.row.contact,
        "round": round_.title,
        "due_on": round_.due_on.isoformat() if round_.due_on else "",
    }
