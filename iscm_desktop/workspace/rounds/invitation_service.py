"""Invitations issued: one by one or by the hundred, each a signed file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from iscm_desktop import __version__
from iscm_desktop.exchange.package.manifest import MadeBy, QuestionnairePart, RoundPart
from iscm_desktop.exchange.package.package_writer import PROGRAM, replace_file
from iscm_desktop.exchange.trust.invitation_file import (
    FORMAT,
    FORMAT_VERSION,
    SUFFIX,
    Coordinator,
    Invitation,
    InvitationIssuer,
    InvitedRespondent,
    invitation_bytes,
)
from iscm_desktop.exchange.trust.read_back import invitation_read_back
from iscm_desktop.exchange.trust.respondent_list import MAIL_MERGE, write_list
from iscm_desktop.exchange.trust.verification import invitation_secret
from iscm_desktop.file_names import file_stem, new_stem, shown_file
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.store import times
from iscm_desktop.store.invitation_rows import InvitationRow, RespondentRow
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.objects.attachments import content_of
from iscm_desktop.store.objects.questionnaires import taken_form_ids
from iscm_desktop.store.rows import RoundRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.text_limits import TypedText, checked, fitting
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.rounds.signed_invitations import SignedInvitations
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
class _Author:
    """What all invitations issued together have in common: keys, issuer, coordinators, round, questionnaires."""

    identity: str
    recipient: str
    issuer: InvitationIssuer
    coordinators: list[Coordinator]
    round: RoundRow
    forms: dict[str, Questionnaire]


class CopyFault(Enum):
    """Why an invitation that was issued cannot be made again here."""

    SIGNED_ELSEWHERE = "signed elsewhere"  # by another computer's key, or by one that was lost
    KEY_NOT_HERE = "key not here"  # the coordinator's, from which the secret follows


@dataclass(frozen=True, slots=True)
class InvitationCopy:
    """An invitation that was issued before, as a file; without content where it cannot be made."""

    fault: CopyFault | None
    data: bytes = b""


class InvitationService:
    """The service behind the rounds page."""

    def __init__(self, context: WorkspaceContext, key_service: KeyService) -> None:
        self._context = context
        self._keys = key_service
        self._rounds = RoundService(context)
        self._signed = SignedInvitations(context.database.settings, key_service)

    def form_ids(self, round_code: str | None = None) -> tuple[str, ...]:
        """Questionnaires that somebody can be invited to in a round, or in the one that is followed."""
        round_ = self._rounds.find(round_code)
        with self._context.database.read() as db:
            taken = taken_form_ids(db, round_.code if round_ else "")
        return tuple(dict.fromkeys((*catalogue.shipped_keys(), *taken)))

    def issued(self, round_code: str | None = None) -> tuple[InvitationRow, ...]:
        """Those of a round, or of the one that is followed; () while there is none."""
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        with self._context.database.read() as db:
            return invitations.issued(db, round_.code)

    def issue(
        self,
        wanted: Sequence[RespondentRow],
        folder: Path,
        progress: TaskProgress = UNWATCHED,
    ) -> tuple[IssuedFile, ...]:
        """One invitation for each respondent, into a folder, with the list for a mail merge beside them."""
        made: list[IssuedFile] = []
        authors: dict[str, _Author] = {}
        taken: set[str] = set()
        for at in range(0, len(wanted), _FLUSHED_TOGETHER):
            part = wanted[at : at + _FLUSHED_TOGETHER]
            fresh: list[IssuedFile] = []
            for row in part:
                if progress.should_stop():
                    break
                if row.round not in authors:
                    authors[row.round] = self._author(row.round, {one.form_id for one in wanted})
                fresh.append(self._written(authors[row.round], row, folder / _file_name(row, taken)))
                progress.report(len(made) + len(fresh), len(wanted))
            self._keep(fresh, [row for row in part if row.respondent][: len(fresh)])
            made += fresh
            if len(fresh) < len(part):
                break
        if made:
            write_list(folder / MAIL_MERGE, [_listed(one, authors[one.row.round].round) for one in made])
        return tuple(made)

    def issue_one(self, wanted: RespondentRow, target: Path) -> IssuedFile:
        """One invitation for one respondent."""
        author = self._author(wanted.round, {wanted.form_id})
        made = self._written(author, wanted, _with_suffix(target))
        self._keep([made], [wanted])
        return made

    def issue_open(
        self, round_code: str | None, form_ids: Sequence[str], language: str, target: Path
    ) -> IssuedFile:
        """One for whoever has it, to be used by several respondents."""
        round_ = self._rounds.find_or_start(round_code).code
        forms = set(form_ids) or set(self.form_ids(round_))
        author = self._author(round_, forms)
        made = self._written(author, RespondentRow(round_, "", "", "", language), _with_suffix(target))
        self._keep([made], [])
        return made

    def copies_of(
        self, issued: Sequence[tuple[InvitationRow, str]]
    ) -> Iterator[tuple[InvitationRow, InvitationCopy]]:
        """The invitations that were issued, made again: the same id and secret, with what the round says now.

        One after another, for each holds its questionnaire. Only what this computer signed can be made again: another
        key would look like somebody else's invitation to whoever opened the first.

        Args:
            issued: Each with the name of whoever is invited.
        """
        identities = self._keys.identities()
        signed_here = self._signed.ids()
        authors: dict[tuple[str, str], _Author] = {}
        forms = {row.form_id for row, _name in issued}
        for row, name in issued:
            if row.id not in signed_here:
                yield row, InvitationCopy(CopyFault.SIGNED_ELSEWHERE)
            elif row.recipient not in identities:
                yield row, InvitationCopy(CopyFault.KEY_NOT_HERE)
            else:
                key = row.round, row.recipient
                if key not in authors:
                    authors[key] = self._author(row.round, forms, (identities[row.recipient], row.recipient))
                asked = RespondentRow(row.round, row.form_id, row.respondent, name, row.language)
                document, data = self._made(authors[key], asked, row.id, row.issued_at)
                invitation_read_back(document, Path(row.file_name))(data)
                yield row, InvitationCopy(None, data)

    def signed_here(self) -> frozenset[str]:
        """Ids of the invitations that the present key of this device signed."""
        return self._signed.ids()

    def _author(self, round_code: str, form_ids: set[str], keys: tuple[str, str] | None = None) -> _Author:
        """`keys` are the private and the public one; None: those with which this coordinator invites."""
        identity, recipient = keys or self._keys.own_identity()
        person = self._context.person
        names = [(recipient, person.signature)]
        names += [
            (row.recipient, row.name) for row in self._keys.coordinator_keys() if row.recipient != recipient
        ]
        forms: dict[str, Questionnaire] = {}
        with self._context.database.read() as db:
            for form_id in sorted(form_ids):
                forms[form_id] = known_questionnaires.version_for_new(db, form_id, round_code)
        return _Author(
            identity,
            recipient,
            InvitationIssuer(
                fitting(person.name), fitting(person.organization), self._keys.device_key.public
            ),
            [Coordinator(fitting(name), each) for each, name in names],
            self._rounds.find_or_start(round_code),
            forms,
        )

    def _written(self, author: _Author, row: RespondentRow, target: Path) -> IssuedFile:
        checked(TypedText.ROUND_CODE, row.round)
        checked(TypedText.LANGUAGE, row.language)
        id_ = os.urandom(16).hex()
        now = self._context.now()
        document, data = self._made(author, row, id_, now)
        replace_file(target, data, invitation_read_back(document, target))
        kept = InvitationRow(
            id_, row.round, row.form_id, row.respondent, row.language, row.contact, shown_file(target.name),
            author.recipient, now,
        )  # fmt: skip
        return IssuedFile(target, kept, row.name, len(data))

    def _made(
        self, author: _Author, row: RespondentRow, id_: str, issued_at: datetime
    ) -> tuple[Invitation, bytes]:
        """The document, and the signed file."""
        is_open = not row.respondent
        offered = [one for form, one in author.forms.items() if is_open or form == row.form_id]
        secret = invitation_secret(author.identity, id_, row.round, row.form_id, row.respondent)
        document = Invitation(
            format=FORMAT, format_version=FORMAT_VERSION, made_by=MadeBy(PROGRAM, __version__),
            issued_at=times.written(issued_at), id=id_, round=_round_part(author.round),
            questionnaires=[
                QuestionnairePart(one.form_id, one.version, fitting(one.title), one.hash) for one in offered
            ],
            language=row.language, issuer=author.issuer, coordinators=author.coordinators, secret=secret.hex(),
            members={}, invited=None if is_open else InvitedRespondent(
                row.form_id, row.respondent, fitting(row.name)
            ),
            practice=self._context.is_practice,
        )  # fmt: skip
        sources = {one.hash: one.source for one in offered if not known_questionnaires.is_shipped(one)}
        media = self._media([one for one in offered if one.hash in sources])
        return document, invitation_bytes(document, sources, self._keys.device_key, media)

    def _media(self, forms: Sequence[Questionnaire]) -> dict[str, bytes]:
        """What their labels show, by hash; what is damaged here stays."""
        digests = {digest for form in forms for digest in form.media_files.values()}
        if not digests:
            return {}
        with self._context.database.read() as db:
            found = {digest: content_of(db, digest) for digest in digests}
        return {digest: content for digest, content in found.items() if content is not None}

    def _keep(self, made: Sequence[IssuedFile], asked: Sequence[RespondentRow]) -> None:
        """Who is invited is in the plan of the round, too."""
        self._signed.add(one.row.id for one in made)
        with self._context.database.write() as db:
            invitations.put_respondents(db, [row for row in asked if row.respondent])
            invitations.add_issued(db, [one.row for one in made])


def _round_part(row: RoundRow) -> RoundPart:
    return RoundPart(row.code, fitting(row.title), row.due_on.isoformat() if row.due_on else None)


def _with_suffix(target: Path) -> Path:
    return target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)


def _file_name(row: RespondentRow, taken: set[str]) -> str:
    """ "2027-state-CAN.iscminvite"; unlike every other issued with it, also where capitals do not count."""
    return new_stem(file_stem(row.round, row.form_id, row.respondent), taken) + SUFFIX


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
