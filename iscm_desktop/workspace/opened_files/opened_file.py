"""A file that somebody opened: where it goes, and what there is to say before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window knows these from its start, and the store's words need not be there by then
    from iscm_desktop.store.objects.revision import SubjectId


class Destination(Enum):
    """Where a file goes."""

    INVITATION = "invitation"  # its welcome
    SECTIONS = "sections"  # the welcome of what a colleague hands over
    QUERIES = "queries"  # the welcome of questions back, at the respondent
    LAST_ROUND = "last_round"  # answers of an earlier round, to be offered in a response that is here
    QUESTIONNAIRE = "questionnaire"  # its preview
    MERGE = "merge"  # the page that shows first what it would change
    RECEIPT = "receipt"
    COSIGNING = "cosigning"  # a checkpoint, or a request to cosign one
    RESPONDENTS = "respondents"  # a list of them, for a round
    KEYS = "keys"  # a backup of a coordinator's keys
    STORE = "store"
    NOWHERE = "nowhere"  # the words say why


@dataclass(frozen=True, slots=True)
class HandedSections:
    """Sections that a colleague hands over: who asks what by when."""

    by: str  # as they call themselves; "" where they do not
    to: str
    respondent: str
    round: str  # its title
    questionnaire: str
    sections: tuple[str, ...]  # their labels, in form order
    message: str
    due_on: date | None
    trust: str  # how far the file shows where it comes from, in words
    is_here: bool  # these sections were taken in before


@dataclass(frozen=True, slots=True)
class AskedBack:
    """Questions about answers."""

    by: str
    respondent: str
    round: str
    questions: tuple[tuple[str, str], ...]  # what each asks about, and the question
    trust: str
    first: str = ""  # path of the answer that the first is about


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """Answers of an earlier round, and the response that is here in which they can be offered."""

    respondent: str
    round: str  # title of theirs
    to_response: SubjectId
    to_round: str  # title of the round of that response


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store of this program, or a backup of one."""

    is_ours: bool  # the one that is open
    is_backup: bool  # of the one that is open: another's is a store like any other


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One thing to open: a file, or what lay in a mail or an archive."""

    path: Path
    origin: str  # for people: the file that was named, and what this lay in
    destination: Destination
    words: str = ""  # why it goes nowhere; "" else
    response: SubjectId = ""  # of the response that it is about; "" where it is about none
    sections: HandedSections | None = None
    queries: AskedBack | None = None
    earlier: EarlierAnswers | None = None
    store: OpenedStore | None = None


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """All that was opened at once, in its order."""

    files: Sequence[OpenedFile]

    @property
    def to_merge(self) -> list[Path]:
        """What goes to the merge page together."""
        return [one.path for one in self.files if one.destination is Destination.MERGE]

    @property
    def apart(self) -> OpenedFile | None:
        """The first that has a place of its own; one welcome at a time."""
        together = (Destination.MERGE, Destination.NOWHERE)
        return next((one for one in self.files if one.destination not in together), None)

    @property
    def words(self) -> str:
        """What there is to say of those that go nowhere; "" where there are none."""
        told = [one.words for one in self.files if one.destination is Destination.NOWHERE]
        return "\n".join(dict.fromkeys(told))
