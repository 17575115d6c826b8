"""Who has answered in a round, as counts with what they are counted of: by questionnaire, level and region.

What a respondent does on their own computer is not known here: all of it is told by what came back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.store.objects.revision import SubjectId


class Stage(Enum):
    """How far a respondent has come, as far as it is known here; each is beyond the one before it."""

    EXPECTED = "expected"  # asked; no invitation was issued here
    INVITED = "invited"  # and nothing has come back
    OPENED = (
        "opened"  # something came back, or was begun here: no answer is in it, or it is out of view again
    )
    IN_PROGRESS = "in_progress"  # answers are here that no file brought: they are typed at this desk
    RECEIVED = "received"  # a file with answers came in; they are not signed off as they stand
    SIGNED_OFF = "signed_off"  # the answers as they stand are signed off

    @property
    def rank(self) -> int:
        """From 0, in their order."""
        return _RANKS[self]


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class Mark(Enum):
    """What holds for a respondent beside the stage."""

    CLEARED = "cleared"  # a step of clearance was given
    QUERIED = "queried"  # a query is open
    IN_CONFLICT = "in_conflict"  # answers differ
    LATE = "late"


@dataclass(frozen=True, slots=True)
class RespondentCoverage:
    """How far one respondent has come."""

    form_id: str
    respondent: str
    name: str
    language: str
    contact: str
    level: str  # of a mechanism: rcp | irf | global; "" of others
    regions: tuple[str, ...]  # codes of the register, continents included; () where none is known
    is_asked: bool  # False: answered without having been asked
    invited_at: datetime | None
    response: SubjectId | None  # None: no answers are here
    changed_at: datetime | None
    answered: (
        int | None
    )  # questions, of so many that are asked; None until somebody has counted after a merge
    questions: int | None
    is_signed: bool
    clearances: int  # steps that somebody gave
    open_queries: int
    conflicts: int
    is_late: bool  # the day on which answers are due has passed, and they are not signed off
    stage: Stage = Stage.EXPECTED
    missing: int | None = None  # required questions that are blank; None where nobody has counted

    @property
    def marks(self) -> frozenset[Mark]:
        """What holds beside the stage."""
        held = {
            Mark.CLEARED: self.clearances > 0, Mark.QUERIED: self.open_queries > 0,
            Mark.IN_CONFLICT: self.conflicts > 0, Mark.LATE: self.is_late,
        }  # fmt: skip
        return frozenset(mark for mark, holds in held.items() if holds)

    @property
    def is_received(self) -> bool:
        """Whether a file with answers came in, or the answers are signed off."""
        return self.stage.rank >= Stage.RECEIVED.rank

    @property
    def is_opened(self) -> bool:
        """Whether what came back shows that the questionnaire was opened."""
        return self.stage.rank >= Stage.OPENED.rank

    @property
    def is_in_progress(self) -> bool:
        """Whether answers are here that are not signed off as they stand, received ones among them."""
        return self.stage in (Stage.IN_PROGRESS, Stage.RECEIVED)


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """What is counted of respondents that have something in common."""

    key: str  # questionnaire, level, or code of a region; "" for all together
    registered: int  # whom the registers know there; 0 where they know none
    asked: int
    unasked: int  # answered without having been asked; counted in all that follows
    invited: int
    here: int  # a response of theirs is here
    opened: int  # something of theirs was ever here
    in_progress: int  # answers are here that are not signed off as they stand
    received: int  # a file with answers came in, or the answers are signed off
    signed: int
    cleared: int  # with a clearance step
    queried: int  # with a query that is open
    in_conflict: int  # with answers that differ
    late: int  # of those asked


@dataclass(frozen=True, slots=True)
class QuestionCoverage:
    """How many of the responses that are here answer one question."""

    form_id: str
    path: TemplatePath
    number: str  # "E20"; "" where it has none
    label: str
    section: str  # its number and label
    answered: int  # responses with an answer, in a repeat in any entry
    responses: int  # those of this questionnaire that are here


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """How many answers the responses that are here give in one section."""

    form_id: str
    section: str  # its number and label
    questions: int
    answered: int  # answers, each question once for each response
    places: int  # so many there would be, were each question answered in each response
    responses: int  # those of this questionnaire that are here
    begun: int  # of these, with an answer in this section


@dataclass(frozen=True, slots=True)
class RoundCoverage:
    """Coverage of a round."""

    round: str
    title: str
    due_on: date | None
    respondents: tuple[RespondentCoverage, ...]  # by questionnaire and name
    total: CoverageCount
    by_form: tuple[CoverageCount, ...]
    by_level: tuple[CoverageCount, ...]
    by_region: tuple[CoverageCount, ...]  # a respondent counts in each of its regions


def count(key: str, registered: int, rows: Iterable[RespondentCoverage]) -> CoverageCount:
    """Counts respondents that have something in common."""
    rows = tuple(rows)

    def those(fits: Callable[[RespondentCoverage], bool]) -> int:
        return sum(map(fits, rows))

    return CoverageCount(
        key,
        registered,
        asked=those(lambda row: row.is_asked),
        unasked=those(lambda row: not row.is_asked),
        invited=those(lambda row: row.invited_at is not None),
        here=those(lambda row: row.response is not None),
        opened=those(lambda row: row.is_opened),
        in_progress=those(lambda row: row.is_in_progress),
        received=those(lambda row: row.is_received),
        signed=those(lambda row: row.is_signed),
        cleared=those(lambda row: row.clearances > 0),
        queried=those(lambda row: row.open_queries > 0),
        in_conflict=those(lambda row: row.conflicts > 0),
        late=those(lambda row: row.is_late),
    )
