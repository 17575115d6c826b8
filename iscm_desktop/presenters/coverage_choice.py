"""Which respondents of a coverage are looked at, in which order, and since when: for the page and the command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import N_, current_language
from iscm_desktop.questionnaire.name_search import folded
from iscm_desktop.workspace.coverage.coverage_wording import respondent_name
from iscm_desktop.workspace.coverage.round_coverage import Mark, RespondentCoverage, Stage


class State(Enum):
    """What somebody wants to see of the respondents."""

    NO_ANSWER = "no_answer"  # asked, and no answers are here
    UNFINISHED = "unfinished"  # required questions of what is here are blank
    EXPECTED = "expected"
    INVITED = "invited"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    RECEIVED = "received"
    SIGNED_OFF = "signed_off"
    CLEARED = "cleared"
    QUERIED = "queried"
    IN_CONFLICT = "in_conflict"
    LATE = "late"
    UNASKED = "unasked"  # answered without having been asked


STATES = {
    State.NO_ANSWER: N_("No answers yet"),
    State.UNFINISHED: N_("Required answers missing"),
    State.EXPECTED: N_("Not invited yet"),
    State.INVITED: N_("Invited, nothing back"),
    State.OPENED: N_("Opened, no answers"),
    State.IN_PROGRESS: N_("In progress"),
    State.RECEIVED: N_("Received"),
    State.SIGNED_OFF: N_("Signed off"),
    State.CLEARED: N_("Cleared"),
    State.QUERIED: N_("Queried"),
    State.IN_CONFLICT: N_("In conflict"),
    State.LATE: N_("Late"),
    State.UNASKED: N_("Not asked"),
}
_STAGES = {State.EXPECTED: Stage.EXPECTED, State.INVITED: Stage.INVITED, State.OPENED: Stage.OPENED}
_MARKS = {
    State.CLEARED: Mark.CLEARED, State.QUERIED: Mark.QUERIED, State.IN_CONFLICT: Mark.IN_CONFLICT,
    State.LATE: Mark.LATE,
}  # fmt: skip


def is_in_state(row: RespondentCoverage, state: State) -> bool:
    """Whether a respondent is among those whom this names; the counts name the same ones."""
    match state:
        case State.NO_ANSWER:
            return row.is_asked and row.stage.rank <= Stage.OPENED.rank
        case State.UNFINISHED:
            return bool(row.missing)
        case State.IN_PROGRESS:
            return row.is_in_progress
        case State.RECEIVED:
            return row.is_received
        case State.SIGNED_OFF:
            return row.is_signed
        case State.UNASKED:
            return not row.is_asked
        case State.EXPECTED | State.INVITED | State.OPENED:
            return row.stage is _STAGES[state]
        case _:
            return _MARKS[state] in row.marks


@dataclass(frozen=True, slots=True)
class CoverageFilter:
    """What a respondent has to be; "" and None ask for nothing."""

    text: str = ""  # a part of the name in either language, of the code, or of the contact
    state: State | None = None
    form_id: str = ""
    level: str = ""
    region: str = ""  # code of the register

    def chosen(self, rows: Iterable[RespondentCoverage]) -> tuple[RespondentCoverage, ...]:
        """Those that fit, in their order."""
        wanted = folded(self.text)
        return tuple(row for row in rows if self._fits(row) and (not wanted or _is_named(row, wanted)))

    def _fits(self, row: RespondentCoverage) -> bool:
        return (
            (not self.form_id or row.form_id == self.form_id)
            and (not self.level or row.level == self.level)
            and (not self.region or self.region in row.regions)
            and (self.state is None or is_in_state(row, self.state))
        )


def shown_name(row: RespondentCoverage, language: str | None = None) -> str:
    """What to call a respondent in the language of the interface; as planned where no register knows it."""
    return respondent_name(row, language or current_language())


def moment_since(text: str, now: datetime, looked_at: datetime | None = None) -> datetime:
    """ "today" and "yesterday" (from their beginning), "week" (seven days), "look", a day (likewise), or a time.

    Args:
        now: Aware; days begin on the clock of this computer.
        looked_at: When the page was last looked at; None: never.

    Raises:
        IscmError: it is none of these.
    """
    word, today = text.strip().lower(), now.astimezone().date()
    days = {"today": 0, "yesterday": 1, "week": 7}
    if word == "look" and looked_at is not None:
        return looked_at
    try:
        if word in days:
            return day_start(today - timedelta(days=days[word]))
        if len(word) == len("2027-03-14"):
            return day_start(date.fromisoformat(word))
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError, OSError):
        raise IscmError(AnswerProblem.COVERAGE_MOMENT_UNKNOWN, moment=text) from None


def day_start(day: date) -> datetime:
    """The beginning of a day, on the clock of this computer."""
    return datetime.combine(day, time.min).astimezone()


def _is_named(row: RespondentCoverage, wanted: str) -> bool:
    return any(wanted in folded(each) for each in (row.name, shown_name(row), row.respondent, row.contact))
