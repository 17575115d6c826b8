"""Reads responses out of the store as data, some hundred at a time: in few queries, and in little memory.

What is not asked, what was only offered and what the form gives by itself is no answer. Where answers stand against
each other, none of them is chosen: all of them are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from iscm_desktop.exchange.data.media_files import distinct_files
from iscm_desktop.exchange.data.response_data import AnswerMark, MarkKind, ResponseData, ResponseHead
from iscm_desktop.exchange.merging.odd_items import FittingItems
from iscm_desktop.exchange.package.public_edition import is_withheld, published
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.sections import section_of, template_path
from iscm_desktop.session.asked_answers import AskedAnswers
from iscm_desktop.session.derived_answers import derived_answers
from iscm_desktop.session.views import Declaration
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.coverage_counts import signed_off
from iscm_desktop.store.objects.present_content import (
    ConflictSide,
    PresentContent,
    present_of_many,
    questionnaires_used,
    sides_of,
)
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.restrictions import restricted_of_many
from iscm_desktop.store.objects.revision import ANSWER, ItemKey, RevisionId, SubjectId
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace.known_questionnaires import questionnaire_by_hash
from iscm_desktop.workspace.responses.given_answers import given_answers, identity, with_given
from iscm_desktop.workspace.responses.moved_answers import match_moved_answers
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_AT_ONCE = 200

Sides = Mapping[tuple[SubjectId, RevisionId], ConflictSide]


class ResponseReader:
    """Reads within one transaction.

    Args:
        with_withheld: Answers that are not for publication come along, with a mark.
    """

    def __init__(self, context: WorkspaceContext, db: Transaction, *, with_withheld: bool = False) -> None:
        self._context, self._db, self._with_withheld = context, db, with_withheld
        self.sections: frozenset[TemplatePath] | None = None
        """Those whose answers and marks are wanted; None: all."""
        self._hashes = questionnaires_used(db)
        self._signed = signed_off(db)
        self._fitting = FittingItems(db)
        self._readers: dict[str, AskedAnswers] = {}
        self._used: dict[str, Questionnaire] = {}
        self._given: dict[str, dict[AnswerPath, str]] = {}

    def used_by(self, response: SubjectId) -> Questionnaire:
        """The questionnaire with which a response is filled in."""
        hash_ = self._hashes[response]
        if hash_ not in self._used:
            self._used[hash_] = questionnaire_by_hash(self._db, hash_)
        return self._used[hash_]

    def read(self, rows: Sequence[ResponseRow]) -> Iterator[ResponseData]:
        """These responses, in their order."""
        for at in range(0, len(rows), _AT_ONCE):
            part = rows[at : at + _AT_ONCE]
            present = present_of_many(self._db, [row.id for row in part], self._context.device)
            marked = [id_ for id_, one in present.items() if one.has_restrictions]
            withheld = restricted_of_many(self._db, marked, self._context.device) if marked else {}
            disputed = {
                id_: [head for heads in one.heads.values() for head in heads]
                for id_, one in present.items()
                if one.heads
            }
            sides = sides_of(self._db, disputed) if disputed else {}
            for row in part:
                yield self._data(row, present[row.id], withheld.get(row.id, frozenset()), sides)

    def _data(
        self, row: ResponseRow, present: PresentContent, withheld: frozenset[AnswerPath], sides: Sides
    ) -> ResponseData:
        used = self.used_by(row.id)
        fits = self._fits(used.form_id)
        said = responses.standing_answers(present.values, fits)
        kept = said if self._with_withheld else published(said, withheld)
        own = identity(used, row.respondent, row.respondent_name)
        touched = {AnswerPath(path) for _kind, path in present.values}
        filled = match_moved_answers(
            used, with_given(kept, self._given_by(used) | own, touched), touched
        ).filled
        left_out = len(said.answers) - len(kept.answers)
        if withheld and not self._with_withheld:
            derived = derived_answers(used, filled.answers, withheld)
            left_out += len(derived & said.answers.keys())
            filled = published(filled, {*withheld, *derived})
        asked = self._reader(used).of(filled.answers, filled.entries)
        unsaid = {path for path in self._given_by(used) if path not in touched and path not in own}
        conflicts = {
            key: heads for key, heads in present.heads.items() if fits(key) and self._is_told(key, withheld)
        }
        hidden = {key[1] for key in conflicts if key[0] == ANSWER} | unsaid
        answers = {path: text for path, text in asked.answers.items() if path not in hidden}
        marks = [
            *self._conflict_marks(row, conflicts, sides),
            *_nothing_marks(filled),
            *_gone_marks(used, filled, asked.answers),
        ]
        if self._with_withheld and withheld:
            marks += [AnswerMark(path, MarkKind.WITHHELD) for path in answers if is_withheld(path, withheld)]
        if self.sections is not None:
            answers = {path: text for path, text in answers.items() if self._is_wanted(used, path)}
            marks = [mark for mark in marks if self._is_wanted(used, mark.path)]
        answers |= distinct_files(answers)
        return ResponseData(self._head(row, used), used, answers, asked.entries, tuple(marks), left_out)

    def _is_wanted(self, used: Questionnaire, path: AnswerPath) -> bool:
        return self.sections is None or section_of(used, path) in self.sections

    def _is_told(self, key: ItemKey, withheld: Collection[AnswerPath]) -> bool:
        return self._with_withheld or not is_withheld(key[1], withheld)

    def _fits(self, form_id: str) -> Callable[[ItemKey], bool]:
        return lambda key: self._fitting.fits(form_id, key)

    def _reader(self, used: Questionnaire) -> AskedAnswers:
        if used.hash not in self._readers:
            self._readers[used.hash] = AskedAnswers(used, self._context.clock)
        return self._readers[used.hash]

    def _given_by(self, used: Questionnaire) -> dict[AnswerPath, str]:
        """What the form itself writes into every new response."""
        if used.hash not in self._given:
            self._given[used.hash] = given_answers(used, "", "")
        return self._given[used.hash]

    def _conflict_marks(
        self, row: ResponseRow, conflicts: Mapping[ItemKey, Sequence[RevisionId]], sides: Sides
    ) -> Iterator[AnswerMark]:
        for (_kind, path), heads in conflicts.items():
            for head in heads:
                side = sides.get((row.id, head))
                if side is not None:
                    yield AnswerMark(
                        AnswerPath(path), MarkKind.IN_CONFLICT, side.value or "", side.author, side.made_at
                    )

    def _head(self, row: ResponseRow, used: Questionnaire) -> ResponseHead:
        level, regions = _register_facts(row.form_id, row.respondent)
        return ResponseHead(
            row.id, row.round, row.form_id, used.version, row.respondent, row.respondent_name, row.language,
            times.written(row.changed_at), row.id in self._signed, level, regions,
        )  # fmt: skip


@cache
def _register_facts(form_id: str, respondent: str) -> tuple[str, tuple[str, ...]]:
    return registers.level_of(form_id, respondent), tuple(sorted(registers.regions_of(form_id, respondent)))


def _nothing_marks(filled: FilledAnswers) -> Iterator[AnswerMark]:
    for declaration, path in sorted(filled.declarations, key=lambda one: one[1]):
        if declaration is Declaration.NOTHING_TO_REPORT:
            yield AnswerMark(path, MarkKind.NOTHING)


def _gone_marks(
    used: Questionnaire, filled: FilledAnswers, asked: Mapping[AnswerPath, str]
) -> Iterator[AnswerMark]:
    """What was answered to a question that this version does not ask anywhere."""
    for path, text in filled.answers.items():
        if path not in asked and TemplatePath(path) not in used and template_path(used, path) not in used:
            yield AnswerMark(path, MarkKind.NO_COLUMN, text)
