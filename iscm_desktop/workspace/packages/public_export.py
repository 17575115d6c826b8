"""Answers that are not for publication: marked, and left out of what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.package.package_writer import ExportedFile
from iscm_desktop.exchange.package.public_edition import PublicPart, is_withheld, marked, public_revisions
from iscm_desktop.questionnaire.form_paths import answer_path, last_name, path_around
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.restrictions import restricted
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    NOT_PUBLISHED,
    RESTRICTION,
    ItemKey,
    SubjectId,
    item_key,
)
from iscm_desktop.workspace import questionnaire_shelf
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.packages.package_export import PackageExport
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """Something that is not for publication."""

    path: AnswerPath
    label: str


class PublicExport:
    """The service behind "not for publication"."""

    def __init__(self, desk: WorkspaceContext, filling: ResponseService, travelling: PackageExport) -> None:
        self._desk, self._filling, self._travelling = desk, filling, travelling

    def paths(self, response: SubjectId) -> frozenset[AnswerPath]:
        with self._desk.database.read() as db:
            return restricted(db, response)

    def rows(self, response: SubjectId) -> tuple[RestrictionRow, ...]:
        """What is marked, by path."""
        row = self._filling.row(response)
        with self._desk.database.read() as db:
            wording = ItemLabels(
                questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response)), row.language
            )
            paths = sorted(restricted(db, response))
        return tuple(RestrictionRow(path, wording.label(path)) for path in paths)

    def restrict(self, response: SubjectId, path: AnswerPath, *, is_lifted: bool) -> AnswerPath:
        """Marks an answer, an entry, a repeat or a section, or lifts the mark; gives its whole path.

        Raises:
            IscmError: the questionnaire has nothing at this path, or it is in sections of somebody else.
        """
        self._filling.row(response)
        whole = path if is_lifted and path in self.paths(response) else self._whole(response, path)
        if (scope := self._filling.scope(response)) is not None:
            scope.check(whole)
        value = None if is_lifted else NOT_PUBLISHED
        author, now = self._desk.person.signature, self._desk.now()
        with self._desk.database.write() as db:
            responses.put_item(db, response, item_key(RESTRICTION, whole), value, author, now)
        return whole

    def export(self, response: SubjectId, target: Path) -> ExportedFile:
        """Writes the public edition of a response as a package.

        Raises:
            IscmError: an answer to be published is in conflict, nothing is left, or the file cannot be written.
        """
        row = self._filling.row(response)
        with self._desk.database.write() as db:
            responses.seal_response(db, response, self._desk.device)
        whole = self._filling.open(response)
        public, withheld = self.session(response)
        with self._desk.database.read() as db:
            used = questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response))
            revisions = revisions_of(db, response)
            present = items_of(db, response)
        stored_at = self._filling.stored_at(response)
        entries = {(path := AnswerPath(key[1])): path for key in present if key[0] == ENTRY}
        entries |= {path: old for path, old in stored_at.items() if item_key(ENTRY, old) in present}
        keys = _published_items(public, entries, withheld, stored_at)
        if any(present[key].is_conflict for key in keys if key in present):
            raise IscmError(Problem.PUBLIC_IN_CONFLICT, respondent=row.respondent_name)
        chosen = public_revisions(revisions, present, keys)
        if not any(one.kind == ANSWER for one in chosen.values()):
            raise IscmError(Problem.PUBLIC_EMPTY, respondent=row.respondent_name)
        part = PublicPart(len(whole.answers()) - len(public.answers()))
        contents = self._travelling.contents(row, used, marked(chosen, response, self._desk.device))
        return self._travelling.write(replace(contents, public=part, prove=None), target)

    def session(self, response: SubjectId) -> tuple[FormSession, frozenset[AnswerPath]]:
        """The response as it reads without what is withheld, and what that is."""
        withheld = self.paths(response)
        return self._filling.open(response, without=withheld), withheld

    def _whole(self, response: SubjectId, path: AnswerPath) -> AnswerPath:
        session = self._filling.open(response)
        wanted = answer_path(path)
        if any(section.path == wanted for section in session.sections()):
            return wanted
        for find in (session.view, session.repeat):
            try:
                return find(wanted).path
            except KeyError:
                continue
        repeat, entry = path_around(wanted), last_name(wanted)
        try:
            if any(each.entry_id == entry for each in session.repeat(repeat).entries):
                return wanted
        except KeyError:
            pass
        raise IscmError(Problem.RESTRICTION_NOWHERE, path=path)


def _published_items(
    public: FormSession,
    entries: Mapping[AnswerPath, AnswerPath],
    withheld: frozenset[AnswerPath],
    stored_at: Mapping[AnswerPath, AnswerPath],
) -> list[ItemKey]:
    """What a reader of the public edition sees, and the entries that hold it, by where they are stored."""
    answers = [one.path for one in public.answers()]
    around = {
        item_key(ENTRY, old)
        for path, old in entries.items()
        if not is_withheld(path, withheld) and any(one.startswith(f"{path}/") for one in answers)
    }
    return [*(item_key(ANSWER, stored_at.get(path, path)) for path in answers), *sorted(around)]
