"""Plain records that leave the store. Widgets and scripts outlive transactions, so database rows stay in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from iscm_desktop.questionnaire.form_paths import AnswerPath


class ResponseState(Enum):
    """How far a response has come."""

    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    EXPORTED = "exported"
    CHANGED_SINCE_EXPORT = "changed_since_export"


@dataclass(frozen=True, slots=True)
class Person:
    """Who types on this computer; kept with each revision."""

    name: str
    organization: str

    @property
    def signature(self) -> str:
        """What stands as author in the history."""
        return self.name or self.organization


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A survey wave."""

    code: str
    title: str
    due_on: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Questions answered and asked, and what is required but blank."""

    answered: int
    asked: int
    missing: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One line in the list of responses."""

    id: str
    round: str
    form_id: str
    questionnaire_title: str
    version: str
    respondent: str
    respondent_name: str
    language: str
    answered: int
    asked: int
    missing: int
    is_counted: bool  # False: merged since the last count, the three figures are 0
    state: ResponseState
    changed_at: datetime
    exported_at: datetime | None
    conflicts: int
    is_public: bool = False  # only the public edition is here: some answers may have been left out

    @property
    def progress(self) -> Progress:
        """How far it is, as the list shows it; all noughts while it is not counted."""
        return Progress(self.answered, self.asked, self.missing)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for a response."""

    name: str
    function: str
    signed_at: datetime
    is_current: bool  # False: an answer has changed since


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One state that an item was in."""

    revision_id: str  # "" for what is being typed and not sealed yet
    value: str | None  # as stored; None where it was cleared or removed
    text: str  # the same for people: labels instead of codes, "" where cleared
    author: str
    device_is_ours: bool
    made_at: datetime
    source: str  # name of the file that brought it; "" where it was made here
    is_current: bool  # one of the heads
    reason: str = ""  # why a conflict was settled so


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """An item of which there are several states that nobody has chosen between."""

    id: str
    response_id: str
    respondent_name: str
    path: AnswerPath
    label: str
    kind: str
    ancestor: HistoryRow | None  # the newest state that all candidates continue
    candidates: tuple[HistoryRow, ...]


class OperationKind(Enum):
    """What changes what a store holds."""

    MERGE = "merge"
    SETTLE_BY_RULE = "settle_by_rule"
    RESOLVE = "resolve"
    TAKE_BACK = "take_back"
    PUT_BACK = "put_back"
    EXPORT = "export"
    PUBLISH = "publish"
    RESTORE = "restore"


class OperationOutcome(Enum):
    """How an operation ended."""

    DONE = "done"
    STOPPED = "stopped"  # by a person, a problem, or because the program was killed


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What the files of a merge came to."""

    files: int = 0
    new: int = 0  # answers that were not here before
    newer: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One action that changed what the store holds."""

    id: str
    kind: OperationKind
    started_at: datetime
    person: str
    device: str
    parameters: Mapping[str, str]  # what was asked for, as a person would say it
    about: str  # id of the operation that it takes back or puts back; mostly ""
    outcome: OperationOutcome | None  # None: it runs
    merged: MergedFiles
    taken_back_by: str  # id of the operation that took it back; "" while it stands

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is of a kind that brings answers, which go out of view when it is taken back."""
        return self.kind in TAKEN_BACK_KINDS


TAKEN_BACK_KINDS = frozenset({OperationKind.MERGE, OperationKind.SETTLE_BY_RULE})
"""Kinds of operations that can be taken back, and put back."""


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """Somebody who is asked in a round."""

    round: str
    form_id: str
    respondent: str
    name: str
    language: str
    contact: str = ""
    invited_at: datetime | None = None
    response: str | None = None  # id of the response, once one has come or was started here


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that was issued; form and respondent are "" where it is open."""

    id: str
    round: str
    form_id: str
    respondent: str
    language: str
    contact: str
    file_name: str
    recipient: str  # the issuing coordinator's public key
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device whose signature is known."""

    key: str
    name: str
    seen_with: str  # the respondent with whose file it came first
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class CoordinatorKeyRow:
    """A public key for which answers can be encrypted."""

    recipient: str
    name: str
    is_ours: bool
    made_at: datetime
