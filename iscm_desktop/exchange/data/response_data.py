"""One response as it leaves the store for other programs: what counts of it, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire

_ID_DIGITS = 12
"""Of the hexadecimal digits of a response's id: more would be digits that Excel does not keep."""


class MarkKind(Enum):
    """What is said of an answer beside the answer."""

    IN_CONFLICT = "in_conflict"  # several stand against each other; none of them is in the tables
    WITHHELD = "not_for_publication"  # in the tables since it was asked for
    UNREADABLE = "unreadable"  # what somebody wrote is no value of its question's kind
    NO_CHOICE = "not_among_choices"  # chosen, and none of the questionnaire's choices
    NO_COLUMN = "no_question"  # answered, and no version of the questionnaire here asks it
    NOTHING = "nothing_to_report"  # of a section or repeat: said on purpose, unlike blank


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """Something said of one place of a response."""

    path: AnswerPath
    kind: MarkKind
    text: str = ""  # of a conflict one of its sides; else what somebody wrote
    author: str = ""  # of a side
    made_at: str = ""  # likewise, ISO 8601 in UTC


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """Whose answers they are, and where they stand."""

    id: str  # 32 hexadecimal digits
    round: str
    form_id: str
    version: str
    respondent: str
    respondent_name: str
    language: str
    changed_at: str  # ISO 8601 in UTC
    is_signed: bool
    level: str = ""
    regions: tuple[str, ...] = ()

    @property
    def uuid(self) -> str:
        """The id as other programs write one."""
        return str(UUID(self.id))

    @property
    def number(self) -> int:
        """The id as a number of at most 15 digits, the same in every export."""
        return int(self.id[:_ID_DIGITS], 16)

    @property
    def status(self) -> str:
        """How far it is."""
        return "signed_off" if self.is_signed else "received"


@dataclass(frozen=True, slots=True)
class ResponseData:
    """A response to be written."""

    head: ResponseHead
    questionnaire: Questionnaire
    answers: Mapping[AnswerPath, str]  # asked and not blank, in stored form; without those in conflict
    entries: Mapping[AnswerPath, tuple[str, ...]]
    marks: tuple[AnswerMark, ...] = ()
    left_out: int = 0  # answers that are not for publication

    def said_nothing(self) -> tuple[AnswerPath, ...]:
        """The sections and repeats with nothing to report."""
        return tuple(mark.path for mark in self.marks if mark.kind is MarkKind.NOTHING)
