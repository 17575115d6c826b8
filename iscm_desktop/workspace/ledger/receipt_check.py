"""What a receipt says about the answers of this store: whether they stand in the ledger as they are here."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from iscm_desktop.exchange.ledger.receipt import Receipt
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_entries import (
    entries_of,
    heads_of_response,
    origins_of,
    round_of_origin,
)
from iscm_desktop.store.ledger.ledger_leaf import ATTESTED_KINDS, heads_root
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.heads import closed
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.promise_evidence import promises_of, sign_off_in_force
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, ItemKey, RevisionId


class ReceiptStanding(Enum):
    """How a receipt stands against the store."""

    STANDS = "stands"  # what is here is what the entry vouches for
    DIFFERS = "differs"
    OUTDATED = "outdated"  # the ledger, which is here, has a later entry of this response
    LOST = "lost"  # the entry came after the backup from which the ledger, which is here, went on
    UNKNOWN = "unknown"  # the response is not in this store


@dataclass(frozen=True, slots=True)
class LaterEntry:
    """Of a response, the newest entry in the ledger that is here, where it came after a receipt's."""

    position: int
    operation: int
    kind: str


@dataclass(frozen=True, slots=True)
class ReceiptFindings:
    """What a receipt and a store have to say about each other; the signature is another matter."""

    standing: ReceiptStanding
    answers: int = 0  # in the response here, as far as they are sealed
    signed_off_at: datetime | None = None  # None: nobody signed it off here
    changed_here: tuple[ItemKey, ...] = ()  # changed in this store after what the entry vouches for
    not_there: tuple[ItemKey, ...] = ()  # stands here, and the entry knows nothing of it
    undecided_there: tuple[ItemKey, ...] = ()  # stands there beside an earlier state of it, or that one alone
    unknown_here: int = 0  # states for which the entry vouches and that never came to this store
    later: LaterEntry | None = None
    forked_at: int | None = None  # entries that the ledger had when it went on from a backup


def examine_receipt(db: Transaction, receipt: Receipt, device: str) -> ReceiptFindings:
    """Compares a receipt with what the store holds of its response, and with the ledger where that is here."""
    subject = receipt.leaf.response
    if subject not in responses.those_here(db, [subject]):
        return ReceiptFindings(ReceiptStanding.UNKNOWN, forked_at=receipt.checkpoint.forked_at)
    kept = _in_ledger(db, receipt)
    own = heads_of_response(db, subject)
    drafts = [key for key in drafts_of(db, subject, device) if key[0] in ATTESTED_KINDS]
    is_same = heads_root(own) == receipt.leaf.heads_root
    standing = ReceiptStanding.STANDS if is_same and not drafts else ReceiptStanding.DIFFERS
    unlike = _differences(db, receipt, own)
    present = items_of(db, subject, [ANSWER, ENTRY])
    gone = {key[1] + "/" for key, state in present.items() if key[0] == ENTRY and state.value is None}
    answers = sum(
        key[0] == ANSWER and state.value is not None and not key[1].startswith(tuple(gone))
        for key, state in present.items()
    )
    signed = sign_off_in_force(promises_of(db, subject))
    return ReceiptFindings(
        kept.standing if kept is not None and kept.standing is not None else standing,
        answers,
        None if signed is None else times.read(signed.made_at),
        tuple(sorted({*unlike.changed_here, *drafts})),
        tuple(sorted(unlike.not_there)),
        tuple(sorted(unlike.undecided_there)),
        unlike.unknown_here,
        None if kept is None else kept.later,
        receipt.checkpoint.forked_at if kept is None else kept.forked_at,
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the ledger that is here says of a receipt's entry."""

    standing: ReceiptStanding | None
    later: LaterEntry | None
    forked_at: int | None


@dataclass(frozen=True, slots=True)
class _Differences:
    changed_here: Set[ItemKey] = frozenset()
    not_there: Set[ItemKey] = frozenset()
    undecided_there: Set[ItemKey] = frozenset()
    unknown_here: int = 0


def _in_ledger(db: Transaction, receipt: Receipt) -> _Kept | None:
    """None where the receipt is of another store's ledger."""
    round_ = round_of_origin(db, receipt.checkpoint.origin)
    if round_ is None:
        return None
    origins = origins_of(db, round_)
    names = [one.origin for one in origins]
    after = origins[names.index(receipt.checkpoint.origin) + 1 :]
    forked_at = min((one.size for one in after), default=receipt.checkpoint.forked_at)
    entries = entries_of(db, round_, receipt.leaf.response)
    if not any(one.position == receipt.index and one.leaf == receipt.leaf for one in entries):
        return _Kept(ReceiptStanding.LOST, None, forked_at)
    last = entries[-1]
    if last.position == receipt.index:
        return _Kept(None, None, forked_at)
    later = LaterEntry(last.position, last.leaf.operation, last.leaf.kind)
    return _Kept(ReceiptStanding.OUTDATED, later, forked_at)


def _differences(db: Transaction, receipt: Receipt, own: list[RevisionId]) -> _Differences:
    there = set(receipt.heads or ())
    if receipt.heads is None or there == set(own):
        return _Differences()
    revisions = revisions_of(db, receipt.leaf.response, with_hidden=True)
    changed: set[ItemKey] = set()
    absent: set[ItemKey] = set()
    for id_ in own:
        if id_ in there:
            continue
        key = revisions[id_].key
        (changed if closed([id_], revisions) & there else absent).add(key)
    earlier = {revisions[id_].key for id_ in there & revisions.keys() - set(own)} - changed - absent
    return _Differences(changed, absent - changed, earlier, len(there - revisions.keys()))
