"""Which respondents of a round stand otherwise than at a moment: worked out from revisions and operations.

Nothing is kept for it: what was in view then follows from when each revision was written or brought, and from which
merges stood. Only responses that something happened to since are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.exchange.colleagues.queries import QUERY_KINDS, queries_in
from iscm_desktop.store.objects import coverage_counts
from iscm_desktop.store.objects.heads import ItemState, states
from iscm_desktop.store.objects.items import digests
from iscm_desktop.store.objects.packages import proofs_of
from iscm_desktop.store.objects.promise_evidence import PromiseEvidence, promises_of_many
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CLEARANCE,
    CONTENT_KINDS,
    QUESTIONNAIRE,
    SIGN_OFF,
    ItemKey,
    Revision,
    RevisionId,
    SubjectId,
    response_id,
)
from iscm_desktop.store.objects.sign_offs import signature
from iscm_desktop.store.operations.past_views import (
    PastView,
    StandingOperations,
    past_views,
    standing_at,
    touched_since,
)
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace.coverage.round_coverage import (
    Mark,
    RespondentCoverage,
    RoundCoverage,
    Stage,
)
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_KINDS = (*sorted(CONTENT_KINDS), SIGN_OFF, CLEARANCE, QUESTIONNAIRE, *sorted(QUERY_KINDS))


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """A respondent who stands otherwise than at a moment, or of whom answers are others."""

    respondent: RespondentCoverage  # as it is now
    before: Stage | None  # None: neither asked nor anything of theirs here
    now: Stage
    gained: tuple[Mark, ...]
    lost: tuple[Mark, ...]
    answers: int  # so many are others than they were


@dataclass(frozen=True, slots=True)
class _Then:
    """What is known of a response at one moment."""

    stage: Stage | None  # None: nothing of it was here
    marks: frozenset[Mark]
    answers: Mapping[ItemKey, str | None]


class CoverageChanges:
    """Compares the coverage of a round with what it was."""

    def __init__(self, context: WorkspaceContext, found: RoundCoverage) -> None:
        self._context, self._found = context, found

    def since(self, moment: datetime, progress: TaskProgress) -> tuple[CoverageChange, ...]:
        """In the order of the coverage; () where the work was stopped."""
        round_, now = self._found.round, self._context.now()
        with self._context.database.read() as db:
            standing = (standing_at(db, moment), standing_at(db))
            touched = touched_since(db, round_, moment, *standing)
            views = past_views(db, touched, _KINDS)
            evidence, proofs = promises_of_many(db, touched), proofs_of(db, touched)
            invited = coverage_counts.first_invited(db, round_)
            past: dict[SubjectId, tuple[_Then, _Then]] = {}
            for done, subject in enumerate(sorted(touched)):
                progress.report(done, len(touched))
                if progress.should_stop():
                    return ()
                levels = proofs[subject].levels(views[subject].revisions)
                reader = _PastResponse(views[subject], evidence[subject], levels)
                past[subject] = (reader.at(moment, standing[0]), reader.at(now, standing[1]))
        progress.report(len(touched), len(touched))
        was_past = _is_past(self._found, moment)
        rows = (
            self._change(row, past, invited, moment, was_past=was_past) for row in self._found.respondents
        )
        return tuple(row for row in rows if row is not None)

    def _change(
        self,
        row: RespondentCoverage,
        past: Mapping[SubjectId, tuple[_Then, _Then]],
        invited: Mapping[tuple[str, str], datetime],
        moment: datetime,
        *,
        was_past: bool,
    ) -> CoverageChange | None:
        known = past.get(row.response or response_id(self._found.round, row.form_id, row.respondent))
        issued = invited.get((row.form_id, row.respondent))
        before: Stage | None
        before, marks, answers = row.stage, row.marks - {Mark.LATE}, 0
        if known is not None:
            then, here = known
            if then.stage is not here.stage:
                before = then.stage or _unopened(row, issued, moment)
            marks = (marks | then.marks) - (here.marks - then.marks)
            answers = sum(
                then.answers.get(key) != here.answers.get(key)
                for key in then.answers.keys() | here.answers.keys()
            )
        elif row.response is None and not row.is_opened:
            before = _unopened(row, issued, moment)
        if was_past and row.is_asked and before is not Stage.SIGNED_OFF:
            marks |= {Mark.LATE}
        gained, lost = _ordered(row.marks - marks), _ordered(marks - row.marks)
        if before is row.stage and not (gained or lost or answers):
            return None
        return CoverageChange(row, before, row.stage, gained, lost, answers)


class _PastResponse:
    """One response, at whichever moment it is asked for."""

    def __init__(
        self, view: PastView, evidence: PromiseEvidence, levels: Mapping[RevisionId, int] | None
    ) -> None:
        self._view, self._evidence, self._levels = view, evidence, levels
        self._counting = evidence.counting()

    def at(self, moment: datetime, standing: StandingOperations) -> _Then:
        """What was known of it."""
        seen = self._view.at(moment, standing)
        present = states(seen, self._levels) if seen else {}
        answers = {
            key: state.value for key, state in present.items() if key[0] == ANSWER and state.value is not None
        }
        stage: Stage | None = None
        if self._is_signed(seen, present):
            stage = Stage.SIGNED_OFF
        elif answers:
            stage = Stage.RECEIVED if self._view.came_in(standing.packages) else Stage.IN_PROGRESS
        elif seen or self._view.came_in(standing.known):
            stage = Stage.OPENED
        return _Then(stage, frozenset(self._marks(seen, present)), answers)

    def _is_signed(self, seen: Mapping[RevisionId, Revision], present: Mapping[ItemKey, ItemState]) -> bool:
        """By a sign-off that counts now, or cannot be judged since it is out of view."""
        content = ""
        for key, state in present.items():
            if key[0] != SIGN_OFF:
                continue
            for head in state.heads:
                signed = signature(seen[head].value)
                if signed is None or (head in self._evidence.revisions and head not in self._counting):
                    continue
                content = content or digests(present)[0]
                if signed.content == content:
                    return True
        return False

    def _marks(
        self, seen: Mapping[RevisionId, Revision], present: Mapping[ItemKey, ItemState]
    ) -> Iterator[Mark]:
        for key, state in present.items():
            if key[0] == CLEARANCE and coverage_counts.is_cleared(state.value):
                yield Mark.CLEARED
            elif state.is_conflict:
                yield Mark.IN_CONFLICT
        asked = {id_: one for id_, one in seen.items() if one.kind in QUERY_KINDS}
        if asked and any(one.is_open for one in queries_in(asked, self._evidence.keys)):
            yield Mark.QUERIED


def _unopened(row: RespondentCoverage, issued: datetime | None, moment: datetime) -> Stage | None:
    """Before anything came back."""
    if issued is not None and issued <= moment:
        return Stage.INVITED
    return Stage.EXPECTED if row.is_asked else None


def _is_past(found: RoundCoverage, moment: datetime) -> bool:
    return found.due_on is not None and moment.astimezone().date() > found.due_on


def _ordered(marks: frozenset[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in Mark if mark in marks)
