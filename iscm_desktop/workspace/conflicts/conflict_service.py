"""History of answers, conflicts between them, and how people settle these."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import open_conflicts
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.history_rows import ConflictRow, HistoryRow
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.doubtful_times import doubtful_times
from iscm_desktop.store.objects.drafts import Draft, all_drafts_of
from iscm_desktop.store.objects.heads import last_place
from iscm_desktop.store.objects.history import (
    DisputedItem,
    ItemHistories,
    disputed,
    histories_of,
    reasons_of,
    sources_of,
)
from iscm_desktop.store.objects.items import add_revisions, items_of, revisions_of
from iscm_desktop.store.objects.ordering import between
from iscm_desktop.store.objects.packages import known_keys, proof_of
from iscm_desktop.store.objects.promise_evidence import promises_of
from iscm_desktop.store.objects.promises import PROMISE_KINDS, head_in_force
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    ENTRY,
    NOTHING,
    NOTHING_SAID,
    REASON,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
    revision_id,
)
from iscm_desktop.store.objects.seals import OwnDevice, proven_revisions
from iscm_desktop.store.operations.operation_digests import close
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.operations_in_effect import tie_revisions
from iscm_desktop.text_limits import TypedText, checked, storable, typed_text
from iscm_desktop.workspace.conflicts.promise_wording import PROMISES_SHOWN, place_of, promise_words
from iscm_desktop.workspace.item_labels import labels_of
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_KINDS_SHOWN = CONTENT_KINDS | PROMISES_SHOWN


class ConflictService:
    """The service behind the history of an answer and the conflict chooser."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        own_keys: Callable[[], frozenset[str]],
    ) -> None:
        self._context, self._own_keys = context, own_keys
        self._responses = response_service
        self._list = ResponseList(context)

    def history(self, response: SubjectId, path: AnswerPath) -> tuple[HistoryRow, ...]:
        """Every state of an answer or entry and of what was promised about it, the newest first.

        At the top is what is being typed, here or elsewhere. The history of the whole response, at "", is that of its
        sign-offs and delegations.
        """
        return self._histories(response, lambda place: place == path).get(path, ())

    def histories_inside(
        self, response: SubjectId, path: AnswerPath
    ) -> dict[AnswerPath, tuple[HistoryRow, ...]]:
        """The same of whatever lies in a section, group, repeat or entry, in the order of the paths."""
        return dict(sorted(self._histories(response, lambda place: place.startswith(f"{path}/")).items()))

    def is_out_of_view(self, response: SubjectId, path: AnswerPath) -> bool:
        """Whether something was answered at a path, or in what lies there, that only merges brought that were taken
        back.
        """
        with self._context.database.read() as db:
            shown, everything = revisions_of(db, response), revisions_of(db, response, with_hidden=True)
        places = (place_of(everything[id_].key) for id_ in everything.keys() - shown.keys())
        return any(f"{place}/".startswith(f"{path}/") for place in places if place)

    def _histories(
        self, response: SubjectId, is_wanted: Callable[[AnswerPath], bool]
    ) -> dict[AnswerPath, tuple[HistoryRow, ...]]:
        """By place. In one go: it may be about thousands of items."""

        def place_wanted(key: ItemKey) -> AnswerPath | None:
            place = place_of(key) if key[0] in _KINDS_SHOWN else None
            return place if place is not None and is_wanted(place) else None

        row = self._list.row(response)
        with self._context.database.read() as db:
            teller = _RevisionDescriber(db, response, row.language, self._context, self._own_keys)
            items: dict[ItemKey, dict[RevisionId, Revision]] = {}
            for id_, one in revisions_of(db, response).items():
                if place_wanted(one.key) is not None:
                    items.setdefault(one.key, {})[id_] = one
            found: dict[AnswerPath, list[HistoryRow]] = {}
            typed: dict[AnswerPath, list[HistoryRow]] = {}
            for key, item in items.items():
                if (place := place_wanted(key)) is not None:
                    found.setdefault(place, []).extend(teller.rows(item))
            for rows in found.values():
                rows.sort(key=lambda row: (row.made_at, row.revision_id), reverse=True)
            for key, draft in all_drafts_of(db, response):
                if (place := place_wanted(key)) is not None:
                    typed.setdefault(place, []).append(teller.draft(key, draft))
        return {
            place: (*typed.get(place, ()), *found.get(place, ())) for place in dict.fromkeys((*typed, *found))
        }

    def unsettled(self, response: SubjectId | None = None) -> tuple[ConflictRow, ...]:
        """What people have to choose between, in all responses or in one."""
        found: list[ConflictRow] = []
        with self._context.database.read() as db:
            known: dict[SubjectId, tuple[_RevisionDescriber, str, ItemHistories]] = {}
            for subject, key in open_conflicts(db, response):
                if subject not in known:
                    row = self._list.row(subject)
                    teller = _RevisionDescriber(db, subject, row.language, self._context, self._own_keys)
                    known[subject] = (teller, row.respondent_name, histories_of(db, subject))
                teller, name, histories = known[subject]
                found.append(_conflict_row(disputed(subject, key, histories), name, teller))
        return tuple(found)

    def one(self, response: SubjectId, conflict: str) -> ConflictRow | None:
        """One conflict of a response with all that there is to choose between; None where it is settled."""
        with self._context.database.read() as db:
            for subject, key in open_conflicts(db, response):
                if conflict_id(subject, key) == conflict:
                    row = self._list.row(subject)
                    teller = _RevisionDescriber(db, subject, row.language, self._context, self._own_keys)
                    return _conflict_row(
                        disputed(subject, key, histories_of(db, subject)), row.respondent_name, teller
                    )
        return None

    def unsettled_paths(self, response: SubjectId) -> frozenset[AnswerPath]:
        """Where in a response people have to choose: the paths of answers and entries."""
        with self._context.database.read() as db:
            return frozenset(AnswerPath(path) for _subject, (_kind, path) in open_conflicts(db, response))

    def resolve(
        self,
        conflict: str,
        *,
        keep: RevisionId | None = None,
        value: str | None = None,
        reason: str = "",
    ) -> str:
        """Settles a conflict by one of its revisions, or by another value: a revision with all sides as parents.

        Args:
            keep: The side that holds; without one, `value` does, and None or "" there clears the answer.

        Returns:
            The operation, with which it can be taken back.

        Raises:
            IscmError: there is no such conflict, or none of its sides is `keep`.
        """
        reason = typed_text(checked(TypedText.REASON, reason))
        value = None if value is None else storable(value)
        with self._context.database.write() as db:
            subject, key = _found(db, conflict)
            responses.seal_response(db, subject, self._context.device)
            histories = histories_of(db, subject)
            settled = self.settling_revision(disputed(subject, key, histories), histories, keep, value)
            id_ = revision_id(settled)
            added = {id_: settled}
            if reason:
                why = self.new_revision(subject, item_key(REASON, id_), reason, ())
                added[revision_id(why)] = why
            add_revisions(db, added)
            responses.sum_up(db, subject)
            responses.touch(db, subject, self._context.now())
            row = self._list.row(subject)
            teller = _RevisionDescriber(db, subject, row.language, self._context, self._own_keys)
            what = {
                "respondent": row.respondent_name,
                "question": teller.name(key[1]),
                "reason": reason,
            }
            operation = self._context.log.record(db, OperationKind.RESOLVE, what)
            tie_revisions(db, operation, subject, added)
            close(db, operation)
            append_entries(db, operation, [subject])
        self._responses.count_progress(subject)
        return str(operation)

    def settling_revision(
        self,
        found: DisputedItem,
        histories: ItemHistories,
        keep: RevisionId | None,
        value: str | None,
    ) -> Revision:
        """What settles a conflict: one of its sides, or another value.

        Raises:
            IscmError: none of the sides is `keep`.
        """
        own = histories.of(found.key)
        parents = set(histories.heads_of(found.key))
        sides = dict(found.candidates)
        if keep is not None and keep not in sides:
            raise IscmError(
                AnswerProblem.CONFLICT_REVISION_UNKNOWN,
                conflict=conflict_id(found.subject, found.key),
                revision=keep,
            )
        chosen = value or None if keep is None else sides[keep].value
        if found.key[0] == ENTRY and chosen is not None:  # an answer inside was kept, so the entry is kept
            chosen = last_place(own, histories.levels) or between("", None)
        if found.key[0] == NOTHING and chosen is not None and (keep is None or sides[keep].kind == NOTHING):
            chosen = NOTHING_SAID
        elif found.key[0] == NOTHING:  # an answer inside was kept, so there is something to report
            chosen = None
        if found.key[0] == (ENTRY if chosen is None else NOTHING):
            parents |= histories.heads_inside(found.key[1])
        return self.new_revision(found.subject, found.key, chosen, tuple(sorted(parents)))

    def new_revision(
        self, subject: SubjectId, key: ItemKey, value: str | None, parents: tuple[RevisionId, ...]
    ) -> Revision:
        """Something new by this person on this device."""
        return Revision(
            author=self._context.person.signature, device=self._context.device, kind=key[0],
            made_at=times.written(self._context.now()), parents=parents, path=key[1], subject=subject,
            value=value,
        )  # fmt: skip


class _RevisionDescriber:
    """Puts revisions of one response into rows for people."""

    def __init__(
        self,
        db: Transaction,
        subject: SubjectId,
        language: str,
        context: WorkspaceContext,
        own_keys: Callable[[], frozenset[str]],
    ) -> None:
        self._wording = labels_of(db, subject, language, context.device)
        self._sources = sources_of(db, subject)
        self._reasons = reasons_of(db, subject)
        self._heads = {id_ for state in items_of(db, subject).values() for id_ in state.heads}
        self._context = context
        self._ground_of = proof_of(db, subject).ground_teller()
        own = OwnDevice(context.device, own_keys)
        self._proven = proven_revisions(db, subject, known_keys(db, subject), own)
        self._counting = cache(lambda: promises_of(db, subject).counting())  # asked only where there are any

    def label(self, path: ItemPath) -> str:
        return self._wording.label(AnswerPath(path))

    def number(self, path: ItemPath) -> str:
        return self._wording.number(AnswerPath(path))

    def name(self, path: ItemPath) -> str:
        """ "C1.3 What is your role in it?"."""
        return with_number(self.number(path), self.label(path))

    def text(self, key: ItemKey, value: str | None) -> str:
        kind, path = key
        if kind in PROMISES_SHOWN:
            return promise_words(kind, value)
        if kind == NOTHING:
            return self._wording.nothing(value)
        return self._wording.entry(value) if kind == ENTRY else self._wording.value(AnswerPath(path), value)

    def draft(self, key: ItemKey, draft: Draft) -> HistoryRow:
        """Of what is being typed and not sealed."""
        is_ours = draft.is_of(self._context.device)
        return HistoryRow(
            "", draft.value, self.text(key, draft.value), draft.author, is_ours, draft.made_at, "", is_ours,
            kind=key[0],
        )  # fmt: skip

    def rows(self, revisions: Mapping[RevisionId, Revision]) -> list[HistoryRow]:
        """Of all revisions of one item, or of those that stand against each other."""
        doubtful = doubtful_times(revisions, self._context.now())
        rows = [
            replace(self._row(id_, one), rests_on=self._ground_of(id_).code, is_time_doubtful=id_ in doubtful)
            for id_, one in revisions.items()
        ]
        return self._judged(rows, revisions) if any(row.kind in PROMISE_KINDS for row in rows) else rows

    def _judged(self, rows: list[HistoryRow], revisions: Mapping[RevisionId, Revision]) -> list[HistoryRow]:
        """Promises of one item: those that count, and which of them holds."""
        counts = self._counting()
        holds = head_in_force(revisions, counts)
        return [
            replace(row, is_claimed=row.revision_id not in counts, is_current=row.revision_id == holds)
            for row in rows
        ]

    def row(self, id_: RevisionId, revision: Revision) -> HistoryRow:
        (row,) = self.rows({id_: revision})
        return row

    def _row(self, id_: RevisionId, revision: Revision) -> HistoryRow:
        is_proven = self._proven.is_proven(id_, revision.device)
        return HistoryRow(
            revision_id=id_,
            value=revision.value,
            text=self.text(revision.key, revision.value),
            author=revision.author,
            device_is_ours=is_proven and revision.device == self._context.device,
            made_at=times.read(revision.made_at),
            source=self._sources.get(id_, ""),
            is_current=id_ in self._heads,
            reason=self._reasons.get(id_, ""),
            is_proven=is_proven,
            kind=revision.kind,
        )


def conflict_id(subject: SubjectId, key: ItemKey) -> str:
    """Names a conflict as long as it lasts."""
    return hashlib.sha256("\n".join((subject, *key)).encode()).hexdigest()[:16]


def _found(db: Transaction, conflict: str) -> tuple[SubjectId, ItemKey]:
    for subject, key in open_conflicts(db):
        if conflict_id(subject, key) == conflict:
            return subject, key
    raise IscmError(AnswerProblem.CONFLICT_UNKNOWN, conflict=conflict)


def _conflict_row(found: DisputedItem, respondent_name: str, teller: _RevisionDescriber) -> ConflictRow:
    kind, path = found.key
    return ConflictRow(
        id=conflict_id(found.subject, found.key),
        response_id=found.subject,
        respondent_name=respondent_name,
        path=AnswerPath(path),
        label=teller.label(path),
        kind=kind,
        ancestor=None if found.ancestor is None else teller.row(*found.ancestor),
        candidates=tuple(_candidate(id_, one, found.key, teller) for id_, one in found.candidates),
        continuing=found.continuing,
        number=teller.number(path),
    )


def _candidate(id_: RevisionId, revision: Revision, key: ItemKey, teller: _RevisionDescriber) -> HistoryRow:
    row = teller.row(id_, revision)
    if revision.key != key:  # edited inside of what the other side took away
        return replace(row, text=f"{teller.name(revision.path)}: {row.text}")
    return row
