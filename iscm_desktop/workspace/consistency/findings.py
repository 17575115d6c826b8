"""What consistency found, as plain records: each answer with whose it is, where it stands, who said it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from iscm_desktop.store.objects.revision import SubjectId


class SideSource(Enum):
    """Where one side of a finding comes from."""

    ANSWER = "answer"
    LAST_ROUND = "last_round"  # an answer of an earlier round
    REGISTER = "register"  # what ships with the program
    NO_ANSWER = "no_answer"  # that somebody who answers the questionnaire does not answer this


@dataclass(frozen=True, slots=True)
class FindingSide:
    """One of the answers that do not go together, or what the register has."""

    source: SideSource
    label: str  # the question; of the register what it has, "" where the rule does not say
    value: str  # in words; "" where there is no answer
    text: str  # as stored
    response: SubjectId | None = None
    form_id: str = ""
    respondent: str = ""
    respondent_name: str = ""
    round: str = ""
    path: AnswerPath = WHOLE_RESPONSE
    number: str = ""  # of the question: "E20"
    entry: str = ""  # which entry of a repeat: its title
    by: str = ""  # as they call themselves
    at: datetime | None = None
    is_withheld: bool = False  # not for publication
    is_in_conflict: bool = False  # nobody has chosen yet between this and the others
    is_being_typed: bool = False  # on this computer, and not sealed
    is_offered: bool = (
        False  # of an earlier round, as it was taken in to go by; not that round's own response
    )
    other_values: tuple[str, ...] = ()  # of an answer in conflict: the other sides of it


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """That a finding was accepted."""

    reason: str
    by: str
    at: datetime
    is_current: bool  # False: an answer has changed since, and the finding is back


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that answers break."""

    id: str  # 32 hexadecimal digits: the same wherever the same rule meets the same answers' places
    rule: str
    form_id: str  # whose rule it is
    title: str  # what it says
    side: FindingSide  # the answer that the rule looked at
    others: tuple[FindingSide, ...]  # () for a figure that is odd by itself
    left_out: int  # sides beyond those
    answers: str  # digest of what both sides say
    acceptance: AcceptedFinding | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted it as its answers are now."""
        return self.acceptance is None or not self.acceptance.is_current

    @property
    def respondents(self) -> tuple[tuple[str, str], ...]:
        """Form and code of everybody whose answers are in it, each once."""
        sides = (self.side, *self.others)
        return tuple(dict.fromkeys((side.form_id, side.respondent) for side in sides if side.respondent))


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule, and how it went."""

    form_id: str
    name: str
    title: str
    question: str  # number and words of what it looks at
    against: str  # "register", "last_round", a form id, or ""
    found: int
    open: int
    trouble: str = ""  # why it could not be applied, or not to the end


@dataclass(frozen=True, slots=True)
class ConsistencyReport:
    """All of a round."""

    round: str
    title: str
    responses: int  # that were compared
    findings: tuple[Finding, ...]  # by rule and respondent
    rules: tuple[AppliedRule, ...]
    is_stopped: bool = False  # somebody stopped it: there may be more

    @property
    def open(self) -> tuple[Finding, ...]:
        """Those that wait for somebody."""
        return tuple(one for one in self.findings if one.is_open)
