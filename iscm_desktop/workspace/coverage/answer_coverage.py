"""How many of the responses of a round answer each question, and each section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question
from iscm_desktop.questionnaire.numbering import numbering, with_number
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import coverage_counts
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.coverage.round_coverage import QuestionCoverage, SectionCoverage
from iscm_desktop.workspace.item_labels import ItemLabels

_Answering = Mapping[TemplatePath, set[SubjectId]]
_ByForm = Mapping[str, Collection[SubjectId]]


@dataclass(frozen=True, slots=True)
class _Section:
    """A section with those of its questions that count."""

    name: str  # its number and label
    questions: tuple[Question, ...]


def questions_answered(
    db: Transaction, round_: str, by_form: _ByForm, language: str
) -> Iterator[QuestionCoverage]:
    """Each question of the newest version of these questionnaires, in form order.

    Args:
        by_form: The responses that count, by questionnaire.
    """
    for form_id, subjects, used, answering in _forms(db, round_, by_form):
        labels, numbers = ItemLabels(used, language), numbering(used)
        for section in _sections(used, language):
            for item in section.questions:
                answered = len(answering.get(item.path, ()))
                yield QuestionCoverage(
                    form_id, item.path, numbers.number(item.path, (), language=language),
                    labels.text(item.label), section.name, answered, len(subjects),
                )  # fmt: skip


def sections_answered(
    db: Transaction, round_: str, by_form: _ByForm, language: str
) -> Iterator[SectionCoverage]:
    """Each section with questions, likewise."""
    for form_id, subjects, used, answering in _forms(db, round_, by_form):
        for section in _sections(used, language):
            sets = [answering.get(item.path, set()) for item in section.questions]
            if sets:
                yield SectionCoverage(
                    form_id, section.name, len(sets), sum(map(len, sets)), len(sets) * len(subjects), len(subjects),
                    len(set().union(*sets)),
                )  # fmt: skip


def _forms(
    db: Transaction, round_: str, by_form: _ByForm
) -> Iterator[tuple[str, Collection[SubjectId], Questionnaire, _Answering]]:
    for form_id, subjects in by_form.items():
        used = known_questionnaires.nearest_version(db, form_id, round_)
        if used is not None:
            yield form_id, subjects, used, _answering(db, used, subjects)


def _answering(db: Transaction, used: Questionnaire, subjects: Collection[SubjectId]) -> _Answering:
    """Who answers which question; the same paths come again with each response."""
    found: dict[AnswerPath, set[SubjectId]] = defaultdict(set)
    for subject, path in coverage_counts.answered_paths(db, subjects):
        found[path].add(subject)
    answering: dict[TemplatePath, set[SubjectId]] = {}
    for path, whose in found.items():
        answering.setdefault(template_path(used, path), set()).update(whose)
    return answering


def _sections(used: Questionnaire, language: str) -> Iterator[_Section]:
    labels, numbers = ItemLabels(used, language), numbering(used)
    for section in used.sections:
        name = with_number(numbers.number(section.path, (), language=language), labels.text(section.label))
        items = (item for item in walk(section.items) if isinstance(item, Question))
        yield _Section(
            name, tuple(item for item in items if item.kind.is_answered and not item.own.names_respondent)
        )
