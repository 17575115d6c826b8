"""What a file says at places where its questionnaire has something else: a "removed entry" that is a section.

Such revisions are kept like all others, so that order and computer make no difference, and nothing is lost if it
was the questionnaire that was incomplete. They have no effect: a session takes answers where there are
questions and entries where there are repeats, and nobody is asked to choose between them and what fits. The plan
names them.

The items themselves stay a function of revisions and proof alone; what is odd is told when it is read, for a version
that comes later may know more.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.answer_places import AnswerPlace, can_have_nothing, could_lie_at
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.history import disputed_items
from iscm_desktop.store.objects.questionnaires import forms_of_responses, questionnaires_of_form
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, NOTHING, ItemKey, SubjectId

_PLACES = {ANSWER: AnswerPlace.ANSWER, ENTRY: AnswerPlace.ENTRY}
_PLACED = _PLACES.keys() | {NOTHING}
_MOST_KNOWN = 100_000
"""So many places are remembered; a pile of files asks for the same ones again and again."""


def versions_of(db: Transaction, form_id: str) -> tuple[Questionnaire, ...]:
    """Every version of a form that can be looked into, kept or shipped."""
    found: list[Questionnaire] = []
    for known in questionnaires_of_form(db, form_id):
        with suppress(IscmError):  # cannot be read any more: then it tells nothing
            if known.source:
                found.append(catalogue.from_source(known.source))
    if form_id in catalogue.shipped_keys():
        found.append(catalogue.shipped(form_id))
    return tuple(found)


def fits(key: ItemKey, versions: tuple[Questionnaire, ...]) -> bool:
    """Whether an item has any effect where it is, as far as these versions of its questionnaire tell."""
    if key[0] == NOTHING:
        return can_have_nothing(key[1], versions)
    return key[0] not in _PLACES or could_lie_at(_PLACES[key[0]], key[1], versions)


class FittingItems:
    """Tells which items of responses can be where they are, as far as any version known here tells."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._versions: dict[str, tuple[Questionnaire, ...]] = {}  # by form
        self._fits: dict[tuple[str, ItemKey], bool] = {}

    def fits(self, form_id: str, key: ItemKey) -> bool:
        """Whether an item of a response to this form has any effect where it is."""
        if key[0] not in _PLACED:
            return True
        found = self._fits.get((form_id, key))
        if found is None:
            if form_id not in self._versions:
                self._versions[form_id] = versions_of(self._db, form_id)
            found = fits(key, self._versions[form_id])
            self._fits[form_id, key] = found
        return found


def open_conflicts(db: Transaction, subject: SubjectId | None = None) -> list[tuple[SubjectId, ItemKey]]:
    """The items in conflict that people have to choose about, of one response or of all: those that fit."""
    found = disputed_items(db, subject)
    if not found:
        return []
    forms, fitting = forms_of_responses(db, subject), FittingItems(db)
    return [(subject_, key) for subject_, key in found if fitting.fits(forms[subject_], key)]


class OddItems:
    """Finds them, for the files of one merge."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._here: dict[str, tuple[Questionnaire, ...]] = {}  # by form
        self._is_odd: dict[
            tuple[str, str], dict[ItemKey, bool]
        ] = {}  # by form and hash of the file's version
        self._count = 0

    def keys(self, package: ReadPackage, among: Iterable[ItemKey]) -> set[ItemKey]:
        """Those items of a file's response for which the questionnaire has something else at their places."""
        form = package.manifest.questionnaire
        known = self._is_odd.setdefault((form.form_id, form.hash), {})
        return {
            key
            for key in among
            if key[0] in _PLACED and (known[key] if key in known else self._look(package, known, key))
        }

    def _look(self, package: ReadPackage, known: dict[ItemKey, bool], key: ItemKey) -> bool:
        if self._count >= _MOST_KNOWN:
            self._count = 0
            for each in self._is_odd.values():
                each.clear()
        self._count += 1
        known[key] = not fits(key, self._versions(package))
        return known[key]

    def _versions(self, package: ReadPackage) -> tuple[Questionnaire, ...]:
        form_id, source = package.manifest.questionnaire.form_id, package.questionnaire_source
        if form_id not in self._here:
            self._here[form_id] = versions_of(self._db, form_id)
        own = () if source is None else (catalogue.from_source(source),)
        return (*own, *self._here[form_id])
