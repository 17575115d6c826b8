"""Everything that is open between answers, as a list to work through: who, which question, how much hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iscm_desktop.exchange.merging.odd_items import FittingItems
from iscm_desktop.questionnaire.answer_weight import AnswerWeight, weight_at
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.conflict_list import (
    RespondentInConflict,
    entries_in_conflict,
    heads_in_conflict,
    responses_in_conflict,
)
from iscm_desktop.store.objects.entry_order import in_order
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, NOTHING, ItemKey, ItemPath, SubjectId
from iscm_desktop.workspace.conflicts.conflict_service import conflict_id
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.known_questionnaires import questionnaire_by_hash
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class ListedConflict:
    """One of them, without its history."""

    id: str
    response_id: SubjectId
    respondent: str  # code
    respondent_name: str
    form_id: str
    path: AnswerPath
    number: str  # of the question or entry: "E20", "C1.3"
    label: str
    kind: str
    weight: AnswerWeight
    values: tuple[str, ...]  # what stands against each other, in words; "" for what was cleared

    @property
    def may_be_asked(self) -> bool:
        """Questions back are about answers."""
        return self.kind == ANSWER


class ConflictList:
    """The service behind the list of conflicts; what is being typed is in none of them."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def rows(self) -> tuple[ListedConflict, ...]:
        """All that are open, by respondent and place in the questionnaire; in a few statements, however many."""
        with self._context.database.read() as db:
            found = heads_in_conflict(db)
            if not found:
                return ()
            responses, entries = responses_in_conflict(db), entries_in_conflict(db)
            fitting, forms = FittingItems(db), _Forms(db)
            tellers: dict[SubjectId, _ResponseTeller] = {}
            rows: list[tuple[tuple[object, ...], ListedConflict]] = []
            for (subject, key), values in found.items():
                response = responses[subject]
                if not fitting.fits(response.form_id, key):
                    continue
                if subject not in tellers:
                    tellers[subject] = _ResponseTeller(subject, response, forms, entries.get(subject, ()))
                rows.append(tellers[subject].told(key, values))
        rows.sort(key=lambda one: one[0])
        return tuple(row for _place, row in rows)


class _Forms:
    """The questionnaires that are met, each looked up once, and where each of their items stands."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._known: dict[str, tuple[Questionnaire, Mapping[TemplatePath, int]]] = {}

    def of(self, hash_: str) -> tuple[Questionnaire, Mapping[TemplatePath, int]]:
        if hash_ not in self._known:
            form = questionnaire_by_hash(self._db, hash_)
            self._known[hash_] = form, {item.path: at for at, item in enumerate(walk(form.items))}
        return self._known[hash_]


class _ResponseTeller:
    """Puts the conflicts of one response into rows for people."""

    def __init__(
        self,
        subject: SubjectId,
        response: RespondentInConflict,
        forms: _Forms,
        entries: Iterable[tuple[ItemPath, str]],
    ) -> None:
        self._subject, self._response = subject, response
        self._form, self._places = forms.of(response.questionnaire)
        placed = in_order((AnswerPath(path), key) for path, key in entries)
        self._wording = ItemLabels(self._form, response.language, placed)

    def told(self, key: ItemKey, values: Iterable[str | None]) -> tuple[tuple[object, ...], ListedConflict]:
        """With what it is sorted by."""
        kind, path = key[0], AnswerPath(key[1])
        template = template_path(self._form, path)
        response = self._response
        row = ListedConflict(
            conflict_id(self._subject, key),
            self._subject,
            response.respondent,
            response.respondent_name,
            response.form_id,
            path,
            self._wording.number(path),
            self._wording.label(path),
            kind,
            weight_at(self._form, template),
            tuple(self._text(kind, path, value) for value in values),
        )
        place = self._places.get(template, len(self._places))
        return (response.respondent_name, self._subject, place, path, kind), row

    def _text(self, kind: str, path: AnswerPath, value: str | None) -> str:
        if kind == NOTHING:
            return self._wording.nothing(value)
        return self._wording.entry(value) if kind == ENTRY else self._wording.value(path, value)
