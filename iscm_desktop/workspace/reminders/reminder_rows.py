"""Plain records about reminders: who may be reminded of what, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.operations.reminder_history import ReminderEvent


class ReminderStanding(Enum):
    """How far a respondent's answers have come."""

    NOTHING_RECEIVED = "nothing_received"
    NOT_SIGNED_OFF = "not_signed_off"  # answers are here
    SIGNED_OFF = "signed_off"


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A respondent who may be reminded."""

    round: str
    form_id: str
    respondent: str
    name: str
    language: str
    contact: str  # as typed
    addresses: tuple[str, ...]  # mail addresses found in it
    is_asked: bool  # False: answered without having been asked
    standing: ReminderStanding
    is_late: bool
    missing: int | None  # required questions that are blank, by the last count; None where nobody has counted
    open_queries: int
    invited_at: datetime | None
    response: SubjectId | None  # None: no answers are here
    reminded: tuple[ReminderEvent, ...]  # the newest first

    @property
    def key(self) -> tuple[str, str]:
        """Questionnaire and respondent: one of a round."""
        return self.form_id, self.respondent


class InvitationBeside(Enum):
    """What became of the invitation that goes out again with a reminder."""

    ATTACHED = "attached"
    NEVER_ISSUED = "never_issued"
    SIGNED_ELSEWHERE = "signed_elsewhere"  # by another computer's key: its file has to be sent
    KEY_NOT_HERE = "key_not_here"  # the coordinator's private key, from which the secret follows


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something that a respondent has not finished; words of the questionnaire alone, never an answer."""

    section: str  # number and label of its section; "" where it lies in none
    number: str  # "E20", "C1.3"; "" where it has none
    label: str
    is_to_mend: bool  # answered, and not as it can be used; else required and blank

    @property
    def called(self) -> str:
        """ "E20 Annual fee"."""
        return f"{self.number} {self.label}" if self.number else self.label


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder as a text, ready to be sent by a person."""

    language: str  # in which it is: the respondent's, or English where the program has no such letters
    subject: str  # one line
    body: str  # plain text
    open_questions: tuple[OpenQuestion, ...]
    queries: tuple[str, ...]  # questions that were asked about, by number and words
    standing: str  # in words: the sentence on what has come
    due: str  # day in words; "" where the round has none


@dataclass(frozen=True, slots=True)
class WrittenReminder:
    """A reminder whose files were written."""

    row: ReminderRow
    letter: Letter
    text: str  # name of the file within the folder, with "/" as in archives
    mail: str
    invitation: str  # "" where none could be put beside it
    invitation_state: InvitationBeside
    invitation_file: str  # how the file was called when it was issued; "" where none was


@dataclass(frozen=True, slots=True)
class WrittenReminders:
    """Reminders written together, as one operation."""

    folder: Path
    operation: str
    reminders: tuple[WrittenReminder, ...]
    lists: tuple[str, ...]  # names of the lists beside them

    def without_address(self) -> tuple[str, ...]:
        """Names of those for whom no mail address is known."""
        return tuple(one.row.name for one in self.reminders if not one.row.addresses)

    def without_invitation(self, state: InvitationBeside) -> tuple[str, ...]:
        """Names of those whose invitation is not beside the reminder, for one reason."""
        return tuple(one.row.name for one in self.reminders if one.invitation_state is state)
