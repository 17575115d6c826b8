"""Sections in colleagues' hands: handed over as a file, and what is out with whom and has come back."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import (
    DelegationContext,
    DelegationPart,
    DelegationTerms,
    HandedDelegation,
    delegations_in,
    is_within,
    return_of,
    sections_only,
    written,
)
from iscm_desktop.exchange.package.package_writer import ExportedFile, PackageContents
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Group
from iscm_desktop.questionnaire.sections import reach, template_path
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.history import sources_of
from iscm_desktop.store.objects.items import add_revisions, items_of, revisions_of
from iscm_desktop.store.objects.promise_evidence import promises_of
from iscm_desktop.store.objects.promises import Maker
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import (
    CONTEXT,
    DELEGATION,
    RETURNED,
    ItemKey,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
    revision_id,
)
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.text_limits import TypedText, checked, fitting, typed_name, typed_text
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.held_sections import (
    HeldSections,
    held_sections,
    parts_of,
    section_paths,
    sections_in,
)
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.packages.export_service import ExportService
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.moved_answers import match_moved_answers
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One file in which delegated sections came back."""

    by: str
    returned_at: datetime
    answered: int  # questions of the sections, when the file was made
    asked: int
    file: str  # "" where it was made here


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Sections handed to somebody."""

    id: SubjectId
    response_id: SubjectId
    respondent_name: str
    sections: tuple[str, ...]  # paths, in form order
    section_labels: tuple[str, ...]
    by: str
    to: str
    message: str
    handed_at: datetime
    due_on: date | None
    is_ours: bool  # handed over on this computer
    is_received: bool  # handed to somebody here
    is_passed_on: bool  # by a colleague who holds these sections from us, or from somebody else
    is_over: bool
    returns: tuple[ReturnRow, ...]  # the newest first
    key: str = ""  # of whoever handed them over; "" where no single key says who that was, or it was here

    def is_late(self, today: date) -> bool:
        """Nothing has come back, and it should have."""
        is_waiting = not self.is_over and not self.returns
        return is_waiting and self.due_on is not None and self.due_on < today


class DelegationService:
    """The service behind "Share sections"."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, exports: ExportService
    ) -> None:
        self._context, self._responses, self._packages = context, response_service, exports
        self._list = ResponseList(context)

    def sections_to_share(self, response: SubjectId) -> tuple[tuple[str, str], ...]:
        """Path and label of each section that can be handed on: those that are held here and asked."""
        session = self._responses.open_session(response)
        return tuple((one.path, one.label) for one in session.sections() if one.is_asked)

    def hand_over(
        self,
        response: SubjectId,
        sections: Sequence[str],
        *,
        to: str,
        target: Path,
        due_on: date | None = None,
        message: str = "",
    ) -> ExportedFile:
        """Writes the sections to a file for a colleague, and remembers that they are out.

        Raises:
            IscmError: no such section, one that is not held here, nobody named, or the file cannot be written.
        """
        row = self._list.row(response)
        to, message = typed_name(to), typed_text(message)
        if not to:
            raise IscmError(FileProblem.DELEGATION_WITHOUT_NAME)
        checked(TypedText.COLLEAGUE, to)
        checked(TypedText.MESSAGE, message)
        what = {"respondent": row.respondent_name, "to": to, "file": str(target.absolute())}
        with self._context.log.running(OperationKind.EXPORT, what) as exporting:
            with self._context.database.write() as db:
                responses.seal_response(db, response, self._context.device)
                append_entries(db, exporting.number, [response])
            contents, handed = self._contents(row, sections, to, due_on, message)
            exported = self._packages.write_contents(contents, target)
            self._keep(response, handed)
        return exported

    def _contents(
        self, row: ResponseRow, sections: Sequence[str], to: str, due_on: date | None, message: str
    ) -> tuple[PackageContents, Revision]:
        """The package of the sections, and what is to be remembered of it."""
        response = row.id
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            scope = held_sections(db, response)
            device = self._context.device
            filled = known_questionnaires.filled_answers(db, response, used.form_id, device)
            found = match_moved_answers(used, filled, responses.touched(db, response, device))
            revisions = revisions_of(db, response)
        chosen = _chosen(used, sections, scope)
        parts = _with_moved(tuple(part for section in chosen for part in parts_of(section)), found.stored_at)
        day = due_on.isoformat() if due_on else None
        by, parents = fitting(self._context.person.signature), _parents(scope, parts)
        terms = DelegationTerms(by=by, due_on=day, message=message, parents=parents, sections=parts, to=to)
        id_ = os.urandom(16).hex()
        handed = self._revision(response, item_key(DELEGATION, id_), written(terms))
        filled = found.filled if scope is None else scope.with_context(found.filled)
        given = self._revision(response, item_key(CONTEXT, id_), written(context_for(used, parts, filled)))
        added = {revision_id(one): one for one in (handed, given)}
        part = DelegationPart((HandedDelegation(id_, terms),), is_return=False)
        given_all = {**sections_only(revisions, parts), **added}
        return self._packages.contents(row, used, given_all, delegation=part), handed

    def rows(self, response: SubjectId | None = None) -> tuple[DelegationRow, ...]:
        """What is out and what came in: of one response or of all, the newest first."""
        found: list[DelegationRow] = []
        for row in self._responses.rows_with_items(DELEGATION, response):
            with self._context.database.read() as db:
                found += self._rows_of(db, row)
        return tuple(sorted(found, key=lambda one: (one.handed_at, one.id), reverse=True))

    def close(self, delegation: str) -> None:
        """The sections are back, or not waited for any longer. What still comes is merged all the same.

        Raises:
            IscmError: no single delegation that was made here has this id, or one that begins so.
        """
        found = [row for row in self.rows() if row.is_ours and row.id.startswith(delegation)]
        if len(found) != 1:
            raise IscmError(FileProblem.DELEGATION_UNKNOWN, delegation=delegation)
        if not found[0].is_over:
            response, key = found[0].response_id, item_key(DELEGATION, found[0].id)
            with self._context.database.read() as db:
                parents = items_of(db, response, [DELEGATION])[key].heads
            self._keep(response, self._revision(response, key, None, tuple(sorted(parents))))

    def _rows_of(self, db: Transaction, row: ResponseRow) -> list[DelegationRow]:
        revisions = {
            id_: one
            for id_, one in revisions_of(db, row.id).items()
            if one.kind in (DELEGATION, CONTEXT, RETURNED)
        }
        if not any(one.kind == DELEGATION for one in revisions.values()):
            return []
        evidence = promises_of(db, row.id)
        known = delegations_in(evidence.revisions, evidence.keys)
        used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, row.id))
        wording = ItemLabels(used, row.language)
        sources = sources_of(db, row.id)
        scope = held_sections(db, row.id)
        received = {one.id for one in scope.received} if scope else set()
        return [
            DelegationRow(
                id=one.id,
                response_id=row.id,
                respondent_name=row.respondent_name,
                sections=tuple(section.path for section in sections_in(used, one.terms.sections)),
                section_labels=tuple(
                    wording.text(section.label) or section.path
                    for section in sections_in(used, one.terms.sections)
                ),
                by=one.terms.by,
                to=one.terms.to,
                message=one.terms.message,
                handed_at=times.read(one.made_at),
                due_on=_day(one.terms.due_on),
                is_ours=one.maker is Maker.OURS,
                is_received=one.id in received,
                is_passed_on=bool(one.terms.parents),
                is_over=one.is_over,
                returns=_returns(one.id, revisions, sources),
                key=one.key,
            )
            for one in known.values()
        ]

    def _keep(self, response: SubjectId, revision: Revision) -> None:
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            add_revisions(db, {revision_id(revision): revision})
            responses.sum_up(db, response)

    def _revision(
        self, subject: SubjectId, key: ItemKey, value: str | None, parents: tuple[RevisionId, ...] = ()
    ) -> Revision:
        return Revision(
            author=self._context.person.signature, device=self._context.device, kind=key[0],
            made_at=times.written(self._context.now()), parents=parents, path=key[1], subject=subject,
            value=value,
        )  # fmt: skip


def _day(text: str | None) -> date | None:
    """A day as a stranger may have written it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _chosen(used: Questionnaire, names: Sequence[str], scope: HeldSections | None) -> tuple[Group, ...]:
    """The sections meant: by path, in whatever case, or by what their path ends in ("B" for ISC-B)."""
    by_name: dict[str, Group] = {}
    for section in used.sections:
        by_name.setdefault(section.path.rpartition("-")[2].casefold(), section)
    by_name |= {section.path.casefold(): section for section in used.sections}
    unknown = [name for name in names if name.casefold() not in by_name]
    if unknown:
        known = ", ".join(section.path for section in used.sections)
        raise IscmError(AnswerProblem.SECTIONS_UNKNOWN, sections=", ".join(unknown), known=known)
    paths = {by_name[name.casefold()].path for name in names}
    if not paths:
        raise IscmError(FileProblem.DELEGATION_WITHOUT_SECTIONS)
    if scope is not None and (foreign := paths - section_paths(used, scope.parts)):
        raise IscmError(AnswerProblem.SECTIONS_NOT_YOURS, sections=", ".join(sorted(foreign)), by=scope.by)
    return tuple(section for section in used.sections if section.path in paths)


def _with_moved(parts: tuple[str, ...], stored_at: Mapping[AnswerPath, AnswerPath]) -> tuple[str, ...]:
    """Also where answers of these sections are stored that another version asked elsewhere."""
    moved = (old for new, old in stored_at.items() if is_within(new, parts) and not is_within(old, parts))
    return (*parts, *sorted(set(moved)))


def _parents(scope: HeldSections | None, parts: Sequence[str]) -> tuple[SubjectId, ...]:
    """The delegations under which these sections are held here."""
    received = scope.received if scope else ()
    return tuple(
        sorted(one.id for one in received if any(is_within(part, one.terms.sections) for part in parts))
    )


def context_for(used: Questionnaire, parts: Sequence[str], filled: FilledAnswers) -> DelegationContext:
    """What the rules of these sections read elsewhere, as it stands now; nothing that they do not read."""
    reads = reach(used, section_paths(used, parts))
    return DelegationContext(
        {
            path: text
            for path, text in filled.answers.items()
            if not is_within(path, parts) and reads.has_question(template_path(used, path))
        },
        {
            path: ids
            for path, ids in filled.entries.items()
            if not is_within(path, parts) and reads.has_repeat(template_path(used, path))
        },
    )


def _returns(
    delegation: SubjectId, revisions: Mapping[RevisionId, Revision], sources: Mapping[RevisionId, str]
) -> tuple[ReturnRow, ...]:
    own = {id_: one for id_, one in revisions.items() if (one.kind, one.path) == (RETURNED, delegation)}
    found = [
        ReturnRow(said.by, times.read(one.made_at), said.answered, said.asked, sources.get(id_, ""))
        for id_, one in own.items()
        if (said := return_of(one.value)) is not None
    ]
    return tuple(sorted(found, key=lambda row: row.returned_at, reverse=True))
