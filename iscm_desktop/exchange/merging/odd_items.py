"""What a file says at places where its questionnaire has something else: a "removed entry" that is a section.

Such revisions are kept like all others, so that order and computer make no difference, and nothing is lost if it
was the questionnaire that was incomplete. They have no effect: a session takes answers where there are
questions and entries where there are repeats. The plan names them.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.answer_places import AnswerPlace, could_lie_at
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.questionnaires import questionnaires_of_form
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, ItemKey, RevisionId

_PLACES = {ANSWER: AnswerPlace.ANSWER, ENTRY: AnswerPlace.ENTRY}
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


class OddItems:
    """Finds them, for the files of one merge."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._here: dict[str, tuple[Questionnaire, ...]] = {}  # by form
        self._is_odd: dict[
            tuple[str, str], dict[ItemKey, bool]
        ] = {}  # by form and hash of the file's version
        self._count = 0

    def paths(self, package: ReadPackage, fresh: Iterable[RevisionId]) -> tuple[str, ...]:
        """Where the questionnaire has something else, of what a file would bring; ascending, each once."""
        form = package.manifest.questionnaire
        known = self._is_odd.setdefault((form.form_id, form.hash), {})
        odd = set()
        for id_ in fresh:
            one = package.revisions[id_]
            if one.kind in _PLACES and (
                known[one.key] if one.key in known else self._look(package, known, one.key)
            ):
                odd.add(str(one.path))
        return tuple(sorted(odd))

    def _look(self, package: ReadPackage, known: dict[ItemKey, bool], key: ItemKey) -> bool:
        if self._count >= _MOST_KNOWN:
            self._count = 0
            for each in self._is_odd.values():
                each.clear()
        self._count += 1
        kind, path = key
        known[key] = not could_lie_at(_PLACES[kind], path, self._versions(package))
        return known[key]

    def _versions(self, package: ReadPackage) -> tuple[Questionnaire, ...]:
        form_id, source = package.manifest.questionnaire.form_id, package.questionnaire_source
        if form_id not in self._here:
            self._here[form_id] = versions_of(self._db, form_id)
        own = () if source is None else (catalogue.from_source(source),)
        return (*own, *self._here[form_id])
