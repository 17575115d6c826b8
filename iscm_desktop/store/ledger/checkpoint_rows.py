"""Checkpoints that were signed here, those of others that were cosigned here, and receipts that were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from iscm_desktop.store.database.tables import (
    CheckpointRecord,
    CosignedCheckpointRecord,
    LedgerLeafRecord,
    ReceiptRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import insert_for
from iscm_desktop.store.ledger.ledger_entries import hashes_of, size_of
from iscm_desktop.store.merkle_tree import GrowingTree
from iscm_desktop.store.objects.revision import SubjectId


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A signed checkpoint."""

    round: str
    number: int  # from 1 in each round
    size: int  # entries
    root: str  # hexadecimal
    text: str  # the note
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """For how many respondents of a round there is a receipt."""

    made: int
    outdated: int  # of them, those whose response has changed since


def checkpoints_of(db: Transaction, round_: str) -> tuple[CheckpointRow, ...]:
    """All that were signed for a round, the oldest first."""
    one = CheckpointRecord
    query = select(one.round, one.number, one.size, one.root, one.text, one.made_at)
    return tuple(
        CheckpointRow(*row) for row in db.sql.execute(query.where(one.round == round_).order_by(one.number))
    )


def last_checkpoint(db: Transaction, round_: str) -> CheckpointRow | None:
    """The newest of a round."""
    one = CheckpointRecord
    query = select(one.round, one.number, one.size, one.root, one.text, one.made_at)
    row = db.sql.execute(query.where(one.round == round_).order_by(one.number.desc()).limit(1)).first()
    return None if row is None else CheckpointRow(*row)


def tree_now(db: Transaction, round_: str) -> GrowingTree:
    """The tree of a round's ledger, worked out from the newest checkpoint and the entries since."""
    one = CheckpointRecord
    query = select(one.size, one.peaks).where(one.round == round_).order_by(one.number.desc()).limit(1)
    size, peaks = db.sql.execute(query).first() or (0, "")
    tree = GrowingTree(size, map(bytes.fromhex, peaks.split()))
    for leaf in hashes_of(db, round_, size):
        tree.append(leaf)
    return tree


def add_checkpoint(db: Transaction, round_: str, tree: GrowingTree, text: str, at: datetime) -> CheckpointRow:
    """Keeps a checkpoint that was signed for the tree as it is."""
    last = last_checkpoint(db, round_)
    number = 1 if last is None else last.number + 1
    root = tree.root.hex()
    values = {
        "round": round_, "number": number, "size": tree.size, "root": root,
        "peaks": " ".join(each.hex() for each in tree.peaks), "text": text, "made_at": at,
    }  # fmt: skip
    db.sql.execute(insert(CheckpointRecord).values(values))
    return CheckpointRow(round_, number, tree.size, root, text, at)


def set_text(db: Transaction, row: CheckpointRow, text: str) -> None:
    """Keeps a checkpoint's note with the cosignatures that came back."""
    one = CheckpointRecord
    db.sql.execute(update(one).where(one.round == row.round, one.number == row.number).values(text=text))


def cosigned(db: Transaction, origin: str) -> tuple[int, str] | None:
    """Size and root of the checkpoint of another's ledger that was cosigned here last."""
    one = CosignedCheckpointRecord
    row = db.sql.execute(select(one.size, one.root).where(one.origin == origin)).first()
    return None if row is None else (row[0], row[1])


def keep_cosigned(db: Transaction, origin: str, size: int, root: str, at: datetime) -> None:
    """Remembers what was cosigned here last of a ledger."""
    put = insert_for(db.dialect, CosignedCheckpointRecord).values(
        origin=origin, size=size, root=root, made_at=at
    )
    newest = {name: put.excluded[name] for name in ("size", "root", "made_at")}
    db.sql.execute(put.on_conflict_do_update(index_elements=["origin"], set_=newest))


def keep_receipt(db: Transaction, subject: SubjectId, round_: str, position: int, at: datetime) -> None:
    """Remembers the newest receipt of a response."""
    put = insert_for(db.dialect, ReceiptRecord).values(
        subject=subject, round=round_, position=position, made_at=at
    )
    newest = {name: put.excluded[name] for name in ("position", "made_at")}
    db.sql.execute(put.on_conflict_do_update(index_elements=["subject"], set_=newest))


def receipt_counts(db: Transaction, round_: str) -> ReceiptCounts:
    """How many respondents of a round have a receipt, and for how many of these it tells of an earlier state."""
    one, leaf = ReceiptRecord, LedgerLeafRecord
    newest = select(func.max(leaf.position)).where(leaf.subject == one.subject).scalar_subquery()
    rows = db.sql.execute(select(one.position, newest).where(one.round == round_)).all()
    return ReceiptCounts(len(rows), sum(position != last for position, last in rows))


def is_behind(db: Transaction, row: CheckpointRow | None, round_: str) -> bool:
    """Whether entries were added since a checkpoint; True where there is none."""
    return row is None or row.size != size_of(db, round_)
