"""Answers that are not for publication: marked, listed, and the mark lifted."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.form_paths import answer_path, last_name, path_around
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects.drafts import drop_draft
from iscm_desktop.store.objects.restrictions import claimed_restrictions, restricted
from iscm_desktop.store.objects.revision import NOT_PUBLISHED, RESTRICTION, SubjectId, item_key
from iscm_desktop.workspace.item_labels import labels_of
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.marked_items import MarkedItem, marked_items
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """Something that is not for publication; or, among claims, that somebody would have or not have so."""

    path: AnswerPath
    label: str
    asks_for_silence: bool = True
    claimed_by: tuple[str, ...] = ()
    """Whose names stand under a claim, "" where one has none; empty for what counts."""
    number: str = ""  # "E20"; "" for what has none


class RestrictionService:
    """The service behind "not for publication"."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def _paths(self, response: SubjectId) -> frozenset[AnswerPath]:
        with self._context.database.read() as db:
            return restricted(db, response, self._context.device)

    def withheld(self, response: SubjectId) -> frozenset[AnswerPath]:
        """What is not for publication: what is marked, and what the form itself wrote from it."""
        return self._paths(response) | frozenset(row.path for row in self.derived(response))

    def derived(self, response: SubjectId) -> tuple[RestrictionRow, ...]:
        """Answers that the form itself wrote, or may have written, from what is marked: withheld with it, by path."""
        marked = self._paths(response)
        found = self._responses.derived_from(response, marked) if marked else frozenset()
        if not found:
            return ()
        row = self._list.row(response)
        with self._context.database.read() as db:
            wording = labels_of(db, response, row.language, self._context.device)
        return tuple(
            RestrictionRow(path, wording.label(path), number=wording.number(path)) for path in sorted(found)
        )

    def rows(self, response: SubjectId) -> tuple[RestrictionRow, ...]:
        """What is marked, by path."""
        row = self._list.row(response)
        with self._context.database.read() as db:
            wording = labels_of(db, response, row.language, self._context.device)
            paths = sorted(restricted(db, response, self._context.device))
        return tuple(RestrictionRow(path, wording.label(path), number=wording.number(path)) for path in paths)

    def listed(self, response: SubjectId) -> tuple[MarkedItem, ...]:
        """What is marked, in form order, as a person finds it again; each mark once, however much it covers."""
        return marked_items(self._responses.open_session(response), self._paths(response))

    def claims(self, response: SubjectId) -> tuple[RestrictionRow, ...]:
        """Where somebody who may not has marked something, or lifted a mark: nothing acts on it, by path."""
        row = self._list.row(response)
        with self._context.database.read() as db:
            found = claimed_restrictions(db, response, self._context.device)
            if not found:
                return ()
            wording = labels_of(db, response, row.language, self._context.device)
        return tuple(
            RestrictionRow(
                path, wording.label(path), claim.asks_for_silence, claim.authors, wording.number(path)
            )
            for path, claim in sorted(found.items())
        )

    def confirm(self, response: SubjectId, path: AnswerPath) -> None:
        """Makes what is claimed of a path one's own word: it counts in this store, in this person's name.

        Raises:
            IscmError: nothing is claimed of this path, or the questionnaire has nothing there.
        """
        with self._context.database.read() as db:
            claim = claimed_restrictions(db, response, self._context.device).get(path)
        if claim is None:
            raise IscmError(AnswerProblem.RESTRICTION_NOT_CLAIMED, path=path)
        self.restrict(response, path, is_lifted=not claim.asks_for_silence)

    def undo_confirm(self, response: SubjectId, path: AnswerPath, *, was_marked: bool) -> None:
        """Takes one's own word on a claim back, so that it is a claim again as long as nothing was sealed since."""
        with self._context.database.write() as db:
            drop_draft(db, response, item_key(RESTRICTION, path), self._context.device)
        self.restrict(response, path, is_lifted=not was_marked)

    def restrict(self, response: SubjectId, path: AnswerPath, *, is_lifted: bool = False) -> AnswerPath:
        """Marks an answer, an entry, a repeat or a section, or lifts the mark; gives its whole path.

        Raises:
            IscmError: the questionnaire has nothing at this path, or it is in sections of somebody else.
        """
        self._list.row(response)
        whole = path if is_lifted and path in self._paths(response) else self._whole(response, path)
        if (scope := self._responses.held_sections(response)) is not None:
            scope.check(whole)
        if (whole in self._paths(response)) is is_lifted:
            value = "" if is_lifted else NOT_PUBLISHED
            self._responses.put_item(response, item_key(RESTRICTION, whole), value)
        return whole

    def copy(self, response: SubjectId, entry: AnswerPath, to: AnswerPath) -> None:
        """Marks a copy of an entry, and what is in it, as the entry is; the copy need not be saved yet.

        Raises:
            IscmError: it is in sections of somebody else.
        """
        self._put_all(
            response, [AnswerPath(to + path.removeprefix(entry)) for path in self._inside(response, entry)]
        )

    def lift_all(self, response: SubjectId, entry: AnswerPath) -> None:
        """Lifts the marks of an entry and of what is in it, as of one that is there no more."""
        self._put_all(response, self._inside(response, entry), value="")

    def _inside(self, response: SubjectId, entry: AnswerPath) -> list[AnswerPath]:
        return sorted(path for path in self._paths(response) if path == entry or path.startswith(f"{entry}/"))

    def _put_all(self, response: SubjectId, paths: list[AnswerPath], value: str = NOT_PUBLISHED) -> None:
        scope = self._responses.held_sections(response)
        for path in paths:
            if scope is not None:
                scope.check(path)
            self._responses.put_item(response, item_key(RESTRICTION, path), value)

    def _whole(self, response: SubjectId, path: AnswerPath) -> AnswerPath:
        session = self._responses.open_session(response)
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
        raise IscmError(AnswerProblem.RESTRICTION_NOWHERE, path=path)
