"""Queries: asked about answers, carried to whoever answers, replied to."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import written
from iscm_desktop.exchange.colleagues.queries import (
    QUERY_KINDS,
    AskedQuery,
    Query,
    QueryPart,
    item_path,
    queries_in,
    queries_only,
)
from iscm_desktop.exchange.package.package_writer import ExportedFile
from iscm_desktop.file_names import stems
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, outside_repeats
from iscm_desktop.questionnaire.sections import section_of
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.coverage_counts import replies_of_many
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import add_revisions, items_of, revisions_of, subjects_with
from iscm_desktop.store.objects.packages import brought_revisions, made_here
from iscm_desktop.store.objects.promise_evidence import promises_of, promises_of_many
from iscm_desktop.store.objects.promises import Maker, PromiseKeys
from iscm_desktop.store.objects.revision import (
    ANSWER,
    QUERY,
    REPLY,
    ItemKey,
    Revision,
    RevisionId,
    SubjectId,
    revision_id,
)
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.text_limits import TypedText, checked, typed_text
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.held_sections import held_sections
from iscm_desktop.workspace.item_labels import ItemLabels, labels_of
from iscm_desktop.workspace.packages.export_service import ExportService
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class QueryOrigin(Enum):
    """By whose key something is asked."""

    OURS = "made here"
    INVITER = "the inviter"
    ANOTHER = "another key"  # than the one that invited
    NOBODY_INVITED = "nobody invited"  # a key; no invitation was opened here with which to compare it
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What somebody replied to a query."""

    text: str
    by: str
    made_at: datetime
    is_ours: bool  # made on this computer


@dataclass(frozen=True, slots=True)
class QueryRow:
    """A question about an answer."""

    id: SubjectId
    response_id: SubjectId
    respondent_name: str
    path: AnswerPath
    label: str  # of the question
    section: AnswerPath
    text: str
    asker: str
    asked_at: datetime
    answer: str  # what was answered when it was asked, in words; "" where nothing was
    origin: QueryOrigin
    is_ours: bool  # asked on this computer
    is_open: bool
    is_withdrawn: bool
    replies: tuple[ReplyRow, ...]  # the oldest first; several where two did not know of each other
    number: str = ""  # of the question: "E20"


class QueryService:
    """The service behind the questions back."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, exports: ExportService
    ) -> None:
        self._context, self._responses, self._packages = context, response_service, exports
        self._list = ResponseList(context)

    def ask(self, response: SubjectId, path: AnswerPath, text: str) -> SubjectId:
        """Asks about the answer at a path; gives the query's id.

        Raises:
            IscmError: there is no such question here, or nothing is asked.
        """
        (id_,) = self.ask_all([(response, path)], text)
        return id_

    def ask_all(self, about: Iterable[tuple[SubjectId, AnswerPath]], text: str) -> tuple[SubjectId, ...]:
        """Asks the same about several answers, of one response or of many: about all of them, or about none.

        Raises:
            IscmError: one of the questions is not there, or nothing is asked.
        """
        text = typed_text(text)
        if not text:
            raise IscmError(FileProblem.QUERY_BLANK)
        checked(TypedText.QUERY, text)
        paths: dict[SubjectId, dict[AnswerPath, None]] = {}
        for response, path in about:
            paths.setdefault(response, {})[path] = None
        asked: dict[SubjectId, dict[ItemKey, str | None]] = {}
        ids: list[SubjectId] = []
        for response, places in paths.items():
            session = self._responses.open_session(response)
            for path in places:
                try:
                    view = session.view(path)
                except KeyError as error:
                    raise IscmError(FileProblem.QUERY_WITHOUT_QUESTION, path=path) from error
                ids.append(os.urandom(16).hex())
                key = (QUERY, item_path(view.path, ids[-1]))
                asked.setdefault(response, {})[key] = written(Query(view.text, text))
        self._add_revisions(asked)
        return tuple(ids)

    def askable(self, response: SubjectId) -> frozenset[AnswerPath] | None:
        """Where somebody else has answered, so that there is somebody to ask; None: everywhere.

        Of a response that was started here that is what a file brought and nobody here has answered since.
        """
        with self._context.database.read() as db:
            if not responses.is_made_here(db, response):
                return None
            brought = brought_revisions(db, response)
            if not brought:
                return frozenset()
            own = drafts_of(db, response, self._context.device)
            items = items_of(db, response, [ANSWER])
        return frozenset(
            AnswerPath(key[1])
            for key, state in items.items()
            if key not in own and not brought.isdisjoint(state.heads)
        )

    def reply(self, query: str, text: str) -> None:
        """Replies, which closes the query; replying again corrects the reply.

        Raises:
            IscmError: no single query has this id or one that begins so, or the reply is blank.
        """
        text = typed_text(text)
        if not text:
            raise IscmError(FileProblem.REPLY_BLANK)
        checked(TypedText.REPLY, text)
        row = self._one(query)
        self._add_revision(row.response_id, (REPLY, item_path(row.path, row.id)), text)

    def withdraw(self, query: str) -> None:
        """The question is answered otherwise, or was none; it stays in the history."""
        row = self._one(query)
        if not row.is_withdrawn:
            self._add_revision(row.response_id, (QUERY, item_path(row.path, row.id)), None)

    def rows(self, response: SubjectId | None = None) -> tuple[QueryRow, ...]:
        """All queries of one response or of all: the open ones first, then the newest."""
        found: list[QueryRow] = []
        for row in self._responses.rows_with_items(QUERY, response):
            with self._context.database.read() as db:
                found += self._rows_of(db, row)
        found.sort(key=lambda one: (one.asked_at, one.id), reverse=True)
        return tuple(sorted(found, key=lambda one: not one.is_open))

    def open_counts(self, responses_: Collection[SubjectId]) -> Counter[SubjectId]:
        """How many queries are open about each of these responses, which are held here whole."""
        with self._context.database.read() as db:
            asked = subjects_with(db, QUERY) & set(responses_)
            evidence = promises_of_many(db, asked)
            replies = replies_of_many(db, asked)
        found: Counter[SubjectId] = Counter()
        for subject, promises in evidence.items():
            revisions = promises.revisions | replies.get(subject, {})
            found[subject] = sum(one.is_open for one in queries_in(revisions, promises.keys))
        return found

    def export(self, response: SubjectId, target: Path) -> ExportedFile:
        """Writes the open queries of a response to a file for whoever answers.

        Raises:
            IscmError: nothing is open, or the file cannot be written.
        """
        row = self._list.row(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            revisions = _queries_of(db, response)
            keys = promises_of(db, response).keys
        asked = [one for one in queries_in(revisions, keys) if one.is_open]
        if not asked:
            raise IscmError(FileProblem.QUERIES_NONE_OPEN, respondent=row.respondent_name)
        wording = ItemLabels(used, "en")
        parts = tuple(
            QueryPart(one.query.at, one.query.by, one.id, wording.label(one.path), one.path, one.query.text)
            for one in asked
        )
        contents = self._packages.contents(row, used, queries_only(revisions, asked), queries=parts)
        what = {"respondent": row.respondent_name, "file": str(target.absolute())}
        with self._context.log.running(OperationKind.EXPORT, what):
            return self._packages.write_contents(contents, target)

    def export_all(self, folder: Path) -> tuple[ExportedFile, ...]:
        """One file for each response about which something is asked: "questions-igc-2027.iscm"."""
        wanted = {row.response_id for row in self.rows() if row.is_open}
        rows = [row for row in self._responses.rows_with_items(QUERY, None) if row.id in wanted]
        names = stems(("questions", row.respondent, row.round) for row in rows)
        return tuple(
            self.export(row.id, folder / f"{name}.iscm") for row, name in zip(rows, names, strict=True)
        )

    def _rows_of(self, db: Transaction, row: ResponseRow) -> list[QueryRow]:
        revisions = _queries_of(db, row.id)
        keys = promises_of(db, row.id).keys if revisions else PromiseKeys()
        asked = queries_in(revisions, keys)
        if not asked:
            return []
        scope = held_sections(db, row.id)
        used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, row.id))
        wording = labels_of(db, row.id, row.language, self._context.device)
        own = made_here(db, row.id) if any(one.replies for one in asked) else frozenset()
        return [
            self._row(
                one,
                row,
                wording,
                outside_repeats(section_of(used, one.path) or FORM_ROOT),
                _origin(one, keys),
                own,
            )
            for one in asked
            if scope is None or scope.holds(one.path)
        ]

    def _row(
        self,
        one: AskedQuery,
        row: ResponseRow,
        wording: ItemLabels,
        section: AnswerPath,
        origin: QueryOrigin,
        own: frozenset[RevisionId],
    ) -> QueryRow:
        return QueryRow(
            id=one.id,
            response_id=row.id,
            respondent_name=row.respondent_name,
            path=one.path,
            label=wording.label(one.path),
            section=section,
            text=one.query.text,
            asker=one.query.by,
            asked_at=times.read(one.query.at),
            answer=wording.value(one.path, one.answer),
            origin=origin,
            is_ours=origin is QueryOrigin.OURS,
            is_open=one.is_open,
            is_withdrawn=one.is_withdrawn,
            replies=tuple(
                ReplyRow(said.text, said.by, times.read(said.at), said.revision in own)
                for said in one.replies
            ),
            number=wording.number(one.path),
        )

    def _one(self, query: str) -> QueryRow:
        found = [row for row in self.rows() if row.id.startswith(query)]
        if len(found) != 1 or not query:
            raise IscmError(FileProblem.QUERY_UNKNOWN, query=query)
        return found[0]

    def _add_revision(self, response: SubjectId, key: ItemKey, value: str | None) -> None:
        self._add_revisions({response: {key: value}})

    def _add_revisions(self, said: Mapping[SubjectId, Mapping[ItemKey, str | None]]) -> None:
        with self._context.database.write() as db:
            for response, values in said.items():
                responses.seal_response(db, response, self._context.device)
                before = items_of(db, response, sorted({kind for kind, _path in values}))
                made = [
                    self._revision(response, key, value, before.get(key)) for key, value in values.items()
                ]
                add_revisions(db, {revision_id(revision): revision for revision in made})
                responses.sum_up(db, response)

    def _revision(
        self, response: SubjectId, key: ItemKey, value: str | None, before: ItemState | None
    ) -> Revision:
        return Revision(
            author=self._context.person.signature, device=self._context.device, kind=key[0],
            made_at=times.written(self._context.now()),
            parents=tuple(sorted(before.heads)) if before else (), path=key[1], subject=response,
            value=value,
        )  # fmt: skip


def _origin(one: AskedQuery, keys: PromiseKeys) -> QueryOrigin:
    match one.maker:
        case Maker.OURS:
            return QueryOrigin.OURS
        case Maker.RIGHTFUL:
            return QueryOrigin.INVITER
        case Maker.ANOTHER:
            return QueryOrigin.ANOTHER if keys.inviter else QueryOrigin.NOBODY_INVITED
        case Maker.UNSIGNED:
            return QueryOrigin.UNSIGNED


def _queries_of(db: Transaction, response: SubjectId) -> Mapping[RevisionId, Revision]:
    """Read in one go: a stranger's file may ask thousands of things."""
    return {id_: one for id_, one in revisions_of(db, response).items() if one.kind in QUERY_KINDS}
