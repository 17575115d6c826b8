"""The ledger of each round: entries added in the transaction of the operation that they tell of, and read.

Entries are numbered without gaps, for whoever writes is alone. An origin says from which entry on a ledger goes by
another name, because the store was restored from a backup and went on from there.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, func, insert, select, type_coerce

from iscm_desktop.store import times
from iscm_desktop.store.database.bulk_insert import Row, add_rows
from iscm_desktop.store.database.tables import (
    ItemRecord,
    LedgerLeafRecord,
    LedgerOriginRecord,
    OperationRecord,
    ResponseRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_leaf import ATTESTED_KINDS, SALT_SIZE, LedgerLeaf, heads_root
from iscm_desktop.store.ledger.ledger_origin import first_origin, forked_origin
from iscm_desktop.store.objects.revision import RevisionId, SubjectId

_LEAF = ("round", "position", "subject", "operation", "heads_root", "salt", "hash")
_ADD = insert(LedgerLeafRecord)  # no "unless it is there": two entries at one place are a defect
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LedgerOrigin:
    """From which entry on a ledger goes by which name."""

    number: int  # 0 is the ledger as it began
    origin: str
    size: int  # entries in common with the one before it
    made_at: datetime

    @property
    def is_fork(self) -> bool:
        """Whether a restored backup began it."""
        return self.number > 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry with its place."""

    position: int
    leaf: LedgerLeaf
    kept_hash: str  # what the store keeps as its leaf hash, in hexadecimal


def append_entries(db: Transaction, operation: int, changed: Collection[SubjectId]) -> int:
    """An entry for each response that is not as its last entry says; gives how many.

    Args:
        changed: Responses that the operation may have changed, as they are in the store now.
    """
    roots: dict[SubjectId, str] = {}
    for part in _parts(changed):
        roots |= _roots_of(db, part)
    return append_roots(db, operation, roots)


def append_roots(
    db: Transaction, operation: int, roots: Mapping[SubjectId, str], new: Collection[SubjectId] = ()
) -> int:
    """The same, where the roots of their heads are at hand; of those in `new` no entry can be there yet."""
    before = _last_roots(db, [subject for subject in roots if subject not in new])
    changed = {subject: root for subject, root in roots.items() if before.get(subject) != root}
    by_round: dict[str, list[SubjectId]] = {}
    for part in _parts(changed):
        of = select(ResponseRecord.id, ResponseRecord.round).where(ResponseRecord.id.in_(part))
        for subject, round_ in sorted((one[0], one[1]) for one in db.sql.execute(of)):
            by_round.setdefault(round_, []).append(subject)
    if by_round:
        one = select(OperationRecord.kind, type_coerce(OperationRecord.started_at, Text))
        kind, at = db.sql.execute(one.where(OperationRecord.number == operation)).one()
        for round_, subjects in by_round.items():
            _append(db, round_, [(subject, changed[subject]) for subject in subjects], (operation, kind), at)
    return sum(map(len, by_round.values()))


def start_forks(db: Transaction, at: datetime) -> None:
    """From here on every ledger of the store goes by another name: it was restored, and what followed is elsewhere."""
    for round_ in db.sql.execute(select(LedgerOriginRecord.round).distinct()).scalars().all():
        origins = origins_of(db, round_)
        last = origins[-1]
        _add_origin(
            db, round_, last.number + 1, forked_origin(origins[0].origin, at), size_of(db, round_), at
        )


def origins_of(db: Transaction, round_: str) -> tuple[LedgerOrigin, ...]:
    """The names by which a round's ledger went, in their order; () where it has no entry."""
    one = LedgerOriginRecord
    query = select(one.number, one.origin, one.size, one.made_at).where(one.round == round_)
    return tuple(LedgerOrigin(*row) for row in db.sql.execute(query.order_by(one.number)))


def round_of_origin(db: Transaction, origin: str) -> str | None:
    """Whose ledger goes, or went, by this name in this store; None: another store's."""
    one = LedgerOriginRecord
    return db.sql.execute(select(one.round).where(one.origin == origin)).scalar_one_or_none()


def size_of(db: Transaction, round_: str) -> int:
    """How many entries the ledger of a round has."""
    last = select(func.max(LedgerLeafRecord.position)).where(LedgerLeafRecord.round == round_)
    position = db.sql.execute(last).scalar_one()
    return 0 if position is None else position + 1


def hashes_of(db: Transaction, round_: str, start: int = 0, end: int | None = None) -> list[bytes]:
    """The leaf hashes of a round's entries, from `start` on and before `end`."""
    one = LedgerLeafRecord
    query = select(one.hash).where(one.round == round_, one.position >= start)
    if end is not None:
        query = query.where(one.position < end)
    return [bytes.fromhex(text) for text in db.sql.execute(query.order_by(one.position)).scalars()]


def entries_of(db: Transaction, round_: str, subject: SubjectId | None = None) -> tuple[LedgerEntry, ...]:
    """The entries of a round, or of one response in it, in their order."""
    one, done = LedgerLeafRecord, OperationRecord
    query = (
        select(
            one.position,
            one.hash,
            one.round,
            one.subject,
            one.heads_root,
            one.operation,
            func.coalesce(done.kind, ""),
            one.salt,
        )
        .join(done, done.number == one.operation, isouter=True)
        .where(one.round == round_)
        .order_by(one.position)
    )
    if subject is not None:
        query = query.where(one.subject == subject)
    return tuple(LedgerEntry(row[0], LedgerLeaf(*row[2:]), row[1]) for row in db.sql.execute(query))


def entries_by_operation(db: Transaction) -> dict[tuple[str, int], tuple[int, int]]:
    """By round and operation, how many entries it added to the round's ledger, and the last of their positions."""
    one = LedgerLeafRecord
    query = select(one.round, one.operation, func.count(), func.max(one.position))
    rows = db.sql.execute(query.group_by(one.round, one.operation))
    return {(round_, operation): (count, last) for round_, operation, count, last in rows}


def heads_of_response(db: Transaction, subject: SubjectId) -> list[RevisionId]:
    """The heads for which an entry would vouch now, ascending."""
    one = ItemRecord
    query = select(one.heads).where(one.subject == subject, one.kind.in_(ATTESTED_KINDS))
    return sorted(id_ for heads in db.sql.execute(query).scalars() for id_ in heads.split())


def _append(
    db: Transaction,
    round_: str,
    roots: Sequence[tuple[SubjectId, str]],
    operation: tuple[int, str],
    at: str,
) -> None:
    start = size_of(db, round_)
    if start == 0 and not origins_of(db, round_):
        _add_origin(db, round_, 0, first_origin(round_), 0, times.read(at))
    salts = os.urandom(SALT_SIZE * len(roots)).hex()
    number, kind = operation
    rows: list[Row] = []
    for place, (subject, root) in enumerate(roots):
        salt = salts[2 * SALT_SIZE * place : 2 * SALT_SIZE * (place + 1)]
        leaf = LedgerLeaf(round_, subject, root, number, kind, salt)
        rows.append((round_, start + place, subject, number, root, salt, leaf.hash.hex()))
    add_rows(db, _ADD, _LEAF, rows)


def _add_origin(db: Transaction, round_: str, number: int, origin: str, size: int, at: datetime) -> None:
    row = {"round": round_, "number": number, "origin": origin, "size": size, "made_at": at}
    db.sql.execute(insert(LedgerOriginRecord).values(row))


def _roots_of(db: Transaction, subjects: Collection[SubjectId]) -> dict[SubjectId, str]:
    one = ItemRecord
    query = select(one.subject, one.heads).where(one.subject.in_(subjects), one.kind.in_(ATTESTED_KINDS))
    heads: dict[SubjectId, list[RevisionId]] = {subject: [] for subject in subjects}
    for subject, ids in db.sql.execute(query):
        heads[subject] += ids.split()
    return {subject: heads_root(own) for subject, own in heads.items()}


def _last_roots(db: Transaction, subjects: Collection[SubjectId]) -> dict[SubjectId, str]:
    """What the newest entry of each says; none where there is none."""
    one = LedgerLeafRecord
    found: dict[SubjectId, str] = {}
    for part in _parts(subjects):
        query = select(one.subject, one.heads_root).where(one.subject.in_(part)).order_by(one.position)
        for subject, root in db.sql.execute(query):  # the newest of each comes last
            found[subject] = root
    return found


def _parts(subjects: Iterable[SubjectId]) -> list[list[SubjectId]]:
    """So many at once as a statement takes."""
    whole = list(subjects)
    return [whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE)]
