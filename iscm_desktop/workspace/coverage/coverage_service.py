"""Reads who has answered in a round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question
from iscm_desktop.questionnaire.numbering import numbering, with_number
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.store.objects import coverage_counts
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.colleagues.query_service import QueryService
from iscm_desktop.workspace.coverage.round_coverage import (
    QuestionCoverage,
    RespondentCoverage,
    RoundCoverage,
    count,
)
from iscm_desktop.workspace.item_labels import ItemLabels
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
            tuple(count(one, forms[one], by_form[one]) for one in sorted(by_form, key=_order)),
            tuple(count(one, levels[one], by_level[one]) for one in sorted(by_level) if one),
            tuple(
                count(one.code, regions[one.code], by_region[one.code])
                for one in registers.regions()
                if one.code in by_region
            ),
        )

    def _rows(self, round_: RoundRow) -> Iterator[RespondentCoverage]:
        here = {(row.form_id, row.respondent): row for row in self._list.counted(round_.code)}
        queries = Counter(row.response_id for row in self._queries.rows() if row.is_open)
        with self._context.database.read() as db:
            cleared = coverage_counts.clearances(db)
            signed = coverage_counts.signed_off(db)
        today = self._context.now().astimezone().date()
        is_past = round_.due_on is not None and today > round_.due_on
        for row in self._respondents.all_of(round_.code):
            found = here.get((row.form_id, row.respondent))
            is_signed = found is not None and found.id in signed
            yield _coverage(row, found, cleared, queries, is_signed=is_signed, is_past=is_past)

    def questions(self, round_code: str | None = None, language: str = "en") -> tuple[QuestionCoverage, ...]:
        """How many responses answer each question, in the order of the questionnaires.

        Drafts that are not sealed by an export are not counted.
        """
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        by_form: dict[str, list[SubjectId]] = defaultdict(list)
        for row in self._list.counted(round_.code):
            by_form[row.form_id].append(row.id)
        found: list[QuestionCoverage] = []
        with self._context.database.read() as db:
            for form_id in sorted(by_form, key=_order):
                used = known_questionnaires.newest_version(db, form_id)
                if used is None:
                    continue
                answering: dict[TemplatePath, set[SubjectId]] = defaultdict(set)
                for subject, path in coverage_counts.answered_paths(db, by_form[form_id]):
                    answering[template_path(used, path)].add(subject)
                counts = {path: len(subjects) for path, subjects in answering.items()}
                found += _of_questions(used, language, counts, len(by_form[form_id]))
        return tuple(found)


def _coverage(
    row: RespondentRow,
    found: ResponseRow | None,
    cleared: Counter[SubjectId],
    queries: Counter[SubjectId],
    *,
    is_signed: bool,
    is_past: bool,
) -> RespondentCoverage:
    is_counted = found is not None and found.is_counted
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
        cleared[found.id] if found else 0,
        queries[found.id] if found else 0,
        found.conflicts if found else 0,
        is_past and row.is_asked and not is_signed,
    )


def _of_questions(
    used: Questionnaire, language: str, counts: dict[TemplatePath, int], responses: int
) -> Iterator[QuestionCoverage]:
    labels, numbers = ItemLabels(used, language), numbering(used)
    for section in used.sections:
        name = with_number(numbers.number(section.path, (), language=language), labels.text(section.label))
        for item in walk(section.items):
            if isinstance(item, Question) and item.kind.is_answered and not item.own.names_respondent:
                yield QuestionCoverage(
                    used.form_id, item.path, numbers.number(item.path, (), language=language),
                    labels.text(item.label), name, counts.get(item.path, 0), responses,
                )  # fmt: skip


def _order(form_id: str) -> tuple[int, str]:
    shipped = ("iscm", "state", "organization")
    return (shipped.index(form_id) if form_id in shipped else len(shipped), form_id)
