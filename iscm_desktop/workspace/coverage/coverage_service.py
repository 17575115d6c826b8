"""Reads who has answered in a round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.questionnaire import registers
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.store.objects import coverage_counts
from iscm_desktop.store.objects.coverage_counts import WhatCame
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.colleagues.query_service import QueryService
from iscm_desktop.workspace.coverage.answer_coverage import questions_answered, sections_answered
from iscm_desktop.workspace.coverage.coverage_changes import CoverageChange, CoverageChanges
from iscm_desktop.workspace.coverage.round_coverage import (
    QuestionCoverage,
    RespondentCoverage,
    RoundCoverage,
    SectionCoverage,
    Stage,
    count,
)
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.rounds.respondent_service import RespondentService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class CoverageService:
    """Coverage of rounds. A respondent counts once, however many public editions of the response are here."""

    def __init__(
        self, context: WorkspaceContext, respondent_service: RespondentService, query_service: QueryService
    ) -> None:
        self._context = context
        self._respondents, self._queries = respondent_service, query_service
        self._rounds, self._list = RoundService(context), ResponseList(context)

    def of(self, round_code: str | None = None) -> RoundCoverage | None:
        """Of a round, or of the one that is followed; None while there is none.

        Raises:
            IscmError: the store has no round with this code.
        """
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return None
        rows = tuple(self._rows(round_))
        known = registers.registered_respondents()
        levels = Counter(registers.level_of(*each) for each in known)
        regions = Counter(code for each in known for code in registers.regions_of(*each))
        forms = Counter(form_id for form_id, _code in known)
        by_form, by_level, by_region = (
            defaultdict[str, list[RespondentCoverage]](list) for _grouping in range(3)
        )
        for row in rows:
            by_form[row.form_id].append(row)
            by_level[row.level].append(row)
            for code in row.regions:
                by_region[code].append(row)
        return RoundCoverage(
            round_.code,
            round_.title,
            round_.due_on,
            rows,
            count("", 0, rows),
            tuple(count(one, forms[one], by_form[one]) for one in sorted(by_form, key=form_order)),
            tuple(count(one, levels[one], by_level[one]) for one in sorted(by_level) if one),
            tuple(
                count(one.code, regions[one.code], by_region[one.code])
                for one in registers.regions()
                if one.code in by_region
            ),
        )

    def changes(
        self, since: datetime, round_code: str | None = None, progress: TaskProgress = UNWATCHED
    ) -> tuple[CoverageChange, ...]:
        """Which respondents of a round stand otherwise now than at a moment, by questionnaire and name.

        Who was added to those asked has no date, and tells nothing; so what is being typed here. () where the
        work was stopped.

        Raises:
            IscmError: the store has no round with this code.
        """
        found = self.of(round_code)
        if found is None:
            return ()
        return CoverageChanges(self._context, found).since(since, progress)

    def questions(self, round_code: str | None = None, language: str = "en") -> tuple[QuestionCoverage, ...]:
        """How many responses answer each question, in the order of the questionnaires.

        Drafts that are not sealed by an export are not counted. Whether a question is asked follows from other
        answers; here each counts for all responses.
        """
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        with self._context.database.read() as db:
            by_form = self._subjects_by_form(round_.code)
            return tuple(questions_answered(db, round_.code, by_form, language))

    def sections(self, round_code: str | None = None, language: str = "en") -> tuple[SectionCoverage, ...]:
        """The same summed up by section."""
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        with self._context.database.read() as db:
            by_form = self._subjects_by_form(round_.code)
            return tuple(sections_answered(db, round_.code, by_form, language))

    def _subjects_by_form(self, round_code: str) -> dict[str, list[SubjectId]]:
        by_form: dict[str, list[SubjectId]] = defaultdict(list)
        for row in self._list.counted(round_code):
            by_form[row.form_id].append(row.id)
        return {form_id: by_form[form_id] for form_id in sorted(by_form, key=form_order)}

    def _rows(self, round_: RoundRow) -> Iterator[RespondentCoverage]:
        here = {(row.form_id, row.respondent): row for row in self._list.counted(round_.code)}
        queries = self._queries.open_counts({row.id for row in here.values()})
        with self._context.database.read() as db:
            facts = _Facts(
                coverage_counts.what_came(db, round_.code),
                coverage_counts.clearances(db),
                queries,
                coverage_counts.signed_off(db),
            )
        today = self._context.now().astimezone().date()
        is_past = round_.due_on is not None and today > round_.due_on
        for row in self._respondents.all_of(round_.code):
            yield _coverage(row, here.get((row.form_id, row.respondent)), facts, is_past=is_past)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of all responses of a round."""

    came: WhatCame
    cleared: Counter[SubjectId]
    queries: Counter[SubjectId]
    signed: frozenset[SubjectId]

    def stage(self, row: RespondentRow, found: ResponseRow | None) -> Stage:
        """The last one that a respondent has reached."""
        if found is not None and found.id in self.signed:
            return Stage.SIGNED_OFF
        if found is not None and found.id in self.came.received:
            return Stage.RECEIVED
        if found is not None and (found.answered or found.id in self.came.answered):
            return Stage.IN_PROGRESS
        if found is not None or (row.form_id, row.respondent) in self.came.ever:
            return Stage.OPENED
        return Stage.EXPECTED if row.invited_at is None else Stage.INVITED


def _coverage(
    row: RespondentRow, found: ResponseRow | None, facts: _Facts, *, is_past: bool
) -> RespondentCoverage:
    is_counted = found is not None and found.is_counted
    stage = facts.stage(row, found)
    is_signed = stage is Stage.SIGNED_OFF
    return RespondentCoverage(
        row.form_id,
        row.respondent,
        row.name,
        row.language,
        row.contact,
        registers.level_of(row.form_id, row.respondent),
        tuple(sorted(registers.regions_of(row.form_id, row.respondent))),
        row.is_asked,
        row.invited_at,
        found.id if found else None,
        found.changed_at if found else None,
        found.answered if found and is_counted else None,
        found.asked if found and is_counted else None,
        is_signed,
        facts.cleared[found.id] if found else 0,
        facts.queries[found.id] if found else 0,
        found.conflicts if found else 0,
        is_past and row.is_asked and not is_signed,
        stage,
        found.missing if found and is_counted and not found.is_too_much else None,
    )


def form_order(form_id: str) -> tuple[int, str]:
    """Sorts questionnaires: those that ship first, in their usual order."""
    shipped = ("iscm", "state", "organization")
    return (shipped.index(form_id) if form_id in shipped else len(shipped), form_id)
