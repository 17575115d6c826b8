"""Questionnaires that came with somebody's file: used where they came, and taken over when a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.exchange.trust.invitation_file import known_invitation
from iscm_desktop.i18n import _, joined, shown_date
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.objects.heads import natural
from iscm_desktop.store.objects.questionnaires import (
    KnownQuestionnaire,
    ReceivedForm,
    received_forms,
    rounds_of_taken,
    set_aside,
    take_over,
    taken_versions,
)
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.questionnaire_service import changes_in_words
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_HASH_SHOWN = 12
"""Digits of a hash by which one of two questionnaires of the same version is named."""


@dataclass(frozen=True, slots=True)
class ReceivedQuestionnaire:
    """A version that new responses do not use, or in single rounds only."""

    form_id: str
    title: str
    version: str
    hash: str
    responses: int  # that are filled in with it
    rounds: tuple[str, ...]  # codes of those in which new responses use it: their invitations brought it
    sender: str  # as the first file or the invitation names its person; "" where that is not known
    came_at: datetime | None  # None where it is not known
    newer_here: str  # the version that new responses use and that is not older; "" where there is none

    @property
    def can_be_taken(self) -> bool:
        """Whether new responses would use it."""
        return not self.newer_here

    def in_words(self) -> str:
        """Where it came from as far as that is known, and where it is used."""
        return " ".join(filter(None, (self._origin(), self._use())))

    def _origin(self) -> str:
        if self.came_at is None:
            return ""
        day = shown_date(self.came_at.astimezone().date())
        if not self.sender:
            return _("It came with a file, {date}.").format(date=day)
        words = (
            _("It came with an invitation from {name}, {date}.")
            if self.rounds
            else _("It came with a file from {name}, {date}.")
        )
        return words.format(name=self.sender, date=day)

    def _use(self) -> str:
        if self.rounds:
            words = _("Beyond that it is used for new questionnaires of its own round only: {rounds}.")
            return words.format(rounds=joined(self.rounds))
        return _("It is used only where it came, and not for new questionnaires.")


class ReceivedQuestionnaireService:
    """The service behind what "Questionnaires of your own" says of those that came with files."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self, form_id: str | None = None) -> tuple[ReceivedQuestionnaire, ...]:
        """Of a form, or of all: by form, older versions first."""
        with self._context.database.read() as db:
            found = [form for form in received_forms(db, form_id) if not _is_shipped(form)]
            rounds = rounds_of_taken(db, form_id) if found else {}
            rows = [_row(db, form, tuple(sorted(rounds.get(form.hash, ())))) for form in found]
        return tuple(sorted(rows, key=lambda row: (row.form_id, natural(row.version), row.hash)))

    def name_of(self, row: ReceivedQuestionnaire) -> str:
        """By what `find` knows it: id and version or, where two have that, the beginning of its hash."""
        alike = [one for one in self.all(row.form_id) if one.version == row.version]
        return f"{row.form_id}@{row.version if len(alike) == 1 and row.version else row.hash[:_HASH_SHOWN]}"

    def find(self, form_id: str, version: str = "") -> ReceivedQuestionnaire:
        """One that came with a file.

        Args:
            version: Or the beginning of its hash; "" where there is only one.

        Raises:
            IscmError: there is none, or several.
        """
        rows = self.all(form_id)
        found = [row for row in rows if version in ("", row.version)] or [
            row for row in rows if len(version) >= _HASH_SHOWN and row.hash.startswith(version)
        ]
        if not found:
            raise IscmError(QuestionnaireProblem.FORM_NOT_RECEIVED, form=form_id)
        if len(found) > 1:
            names = ", ".join(map(self.name_of, found))
            raise IscmError(QuestionnaireProblem.FORM_VERSIONS_SEVERAL, form=form_id, versions=names)
        return found[0]

    def form(self, row: ReceivedQuestionnaire) -> Questionnaire:
        """The questionnaire itself, to look at."""
        with self._context.database.read() as db:
            return known_questionnaires.questionnaire_by_hash(db, row.hash)

    def changes(self, row: ReceivedQuestionnaire) -> str:
        """What it changes in the version that new responses use, a sentence; "" where there is none."""
        with self._context.database.read() as db:
            before = known_questionnaires.newest_version(db, row.form_id)
            after = known_questionnaires.questionnaire_by_hash(db, row.hash)
        return "" if before is None else changes_in_words(before, after)

    def take_over(self, row: ReceivedQuestionnaire) -> None:
        """New responses and invitations of every round use it from now on.

        Raises:
            IscmError: they use a version that is not older.
        """
        if row.newer_here:
            raise IscmError(
                QuestionnaireProblem.FORM_TAKE_OLDER,
                form=row.form_id,
                version=row.version or "–",
                newer=row.newer_here,
            )
        with self._context.database.write() as db:
            take_over(db, row.hash)

    def set_aside(self, form_id: str, version: str = "") -> KnownQuestionnaire:
        """New responses no longer use a version that did not come with the program; gives which one that is.

        Args:
            version: Or the beginning of its hash; "" for the one that they use by now.

        Raises:
            IscmError: there is none, or several.
        """
        with self._context.database.write() as db:
            found = _that_can_go(db, form_id, version)
            if not found:
                raise IscmError(QuestionnaireProblem.FORM_NOT_TAKEN, form=form_id)
            if len(found) > 1:
                names = ", ".join(f"{form_id}@{one.hash[:_HASH_SHOWN]}" for one in found)
                raise IscmError(QuestionnaireProblem.FORM_VERSIONS_SEVERAL, form=form_id, versions=names)
            set_aside(db, found[0].hash)
        return found[0]


def _is_shipped(form: ReceivedForm) -> bool:
    own = known_questionnaires.shipped_version(form.form_id)
    return own is not None and own.hash == form.hash


def _that_can_go(db: Transaction, form_id: str, version: str) -> Sequence[KnownQuestionnaire]:
    """What of a form was taken over in any round, and did not come with the program."""
    own = known_questionnaires.shipped_version(form_id)
    rounds = {"", *(round_ for each in rounds_of_taken(db, form_id).values() for round_ in each)}
    taken = {one.hash: one for round_ in rounds for one in taken_versions(db, form_id, round_)}
    if own is not None:
        taken.pop(own.hash, None)
    if not version:
        newest = known_questionnaires.newest_version(db, form_id)
        return [taken[newest.hash]] if newest is not None and newest.hash in taken else list(taken.values())
    return [one for one in taken.values() if one.version == version] or [
        one for one in taken.values() if len(version) >= _HASH_SHOWN and one.hash.startswith(version)
    ]


def _row(db: Transaction, form: ReceivedForm, rounds: tuple[str, ...]) -> ReceivedQuestionnaire:
    invited = _invitation_of(db, form, rounds)
    sender, came_at = invited or (form.sender, form.read_at)
    here = known_questionnaires.newest_number(db, form.form_id)
    is_older = here is not None and natural(here) >= natural(form.version)
    return ReceivedQuestionnaire(
        form.form_id, form.title, form.version, form.hash, form.responses, rounds, sender, came_at,
        (here or "–") if is_older else "",
    )  # fmt: skip


def _invitation_of(
    db: Transaction, form: ReceivedForm, rounds: tuple[str, ...]
) -> tuple[str, datetime] | None:
    """Who issued the invitation that brought it, and when that was opened."""
    for round_ in rounds:
        for received in invitations.received_in(db, round_):
            asked = known_invitation(received.document)
            if form.hash in {part.hash for part in asked.questionnaires}:
                return asked.issuer.name or asked.issuer.organization, received.received_at
    return None
