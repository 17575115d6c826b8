"""Plain records that leave the store. Widgets and scripts outlive transactions, so database rows stay in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


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
    """Questions answered and asked, what is required but blank, and what is answered and not in order."""

    answered: int
    asked: int
    missing: int
    wrong: int = 0
    is_too_much: bool = (
        False  # rules of its questionnaire are too much, so that what is missing cannot be told
    )


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
    is_too_much: bool = False  # counted, as far as can be: its questionnaire asks for too much
    wrong: int = 0  # unreadable, or out of range
    is_public: bool = False  # only the public edition is here: some answers may have been left out

    @property
    def progress(self) -> Progress:
        """How far it is, as the list shows it; all noughts while it is not counted."""
        return Progress(self.answered, self.asked, self.missing, self.wrong)
