"""Who has answered in a round, as counts with what they are counted of: by questionnaire, level and region."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.store.objects.revision import SubjectId


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


@dataclass(frozen=True, slots=True)
class CoverageCount:
    """What is counted of respondents that have something in common."""

    key: str  # questionnaire, level, or code of a region; "" for all together
    registered: int  # whom the registers know there; 0 where they know none
    asked: int
    invited: int
    here: int  # answers are here
    signed: int  # of these, signed off
    cleared: int  # of these, with a clearance step
    queried: int  # of these, with a query that is open
    in_conflict: int  # of these, with answers that differ
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
        invited=those(lambda row: row.invited_at is not None),
        here=those(lambda row: row.response is not None),
        signed=those(lambda row: row.is_signed),
        cleared=those(lambda row: row.clearances > 0),
        queried=those(lambda row: row.open_queries > 0),
        in_conflict=those(lambda row: row.conflicts > 0),
        late=those(lambda row: row.is_late),
    )
