"""Plain records of what was said about an answer, and of what stands against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.questionnaire.form_paths import AnswerPath


@dataclass(frozen=True, slots=True)
class ChangedAnswers:
    """What is another one than when somebody put their name to the answers."""

    count: int  # answers and entries
    authors: tuple[str, ...]  # of these changes, in their order; whoever gave no name is left out
    last_at: datetime


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for a response."""

    name: str
    function: str
    signed_at: datetime
    is_current: bool  # False: an answer has changed since
    is_time_doubtful: bool = False  # its clock was ahead of now
    open: int = 0  # how many things were left to finish when it was given all the same
    reason: str = ""  # why it was
    changed: ChangedAnswers | None = None  # what changed since; None where nothing did, or it cannot be told


@dataclass(frozen=True, slots=True)
class WithdrawnSignOff:
    """That somebody no longer stands behind the answers."""

    by: str
    at: datetime


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
    rests_on: str = "made_here"  # `Ground.code`: on what trust it rests
    is_proven: bool = True  # False: the key of the device in whose name it is does not stand behind it
    is_time_doubtful: bool = False  # its clock was ahead: of now, or of what somebody built upon it
    kind: str = "answer"  # of the item: an answer, an entry, or what was promised about it
    is_claimed: bool = False  # a promise by whoever may not make it: it counts for nothing


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
    continuing: tuple[str, ...] = ()
    """Revisions of the sides that go on from another side, and do not take its place because they are less proven."""
    number: str = ""  # of the question or entry, as the form has it: "E20", "C1.3"
