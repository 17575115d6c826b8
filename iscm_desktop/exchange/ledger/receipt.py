"""Receipts: a proof for one respondent that an entry with their answers is in the ledger of a round.

The extra line of the proof holds what the entry is made of, its salt included, so a receipt is for its respondent
alone. `docs/formats/receipt.md` describes it for others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec

from iscm_desktop.exchange.ledger.checkpoint import Checkpoint, read_checkpoint
from iscm_desktop.exchange.ledger.signed_note import NoteKey, SignedNote, read_note
from iscm_desktop.exchange.ledger.strict_base64 import decoded, encoded
from iscm_desktop.exchange.ledger.tlog_proof import TlogProof, read_proof
from iscm_desktop.store.ledger.ledger_leaf import LedgerLeaf, heads_root
from iscm_desktop.store.merkle_tree import EMPTY_ROOT, HASH_SIZE, is_included
from iscm_desktop.store.objects.revision import RevisionId

RECEIPT_FORMAT = "iscm-receipt/1"


def _hexadecimal(digits: int) -> msgspec.Meta:
    return msgspec.Meta(pattern=f"^[0-9a-f]{{{digits}}}$", max_length=digits)


class _Extra(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What stands in the extra line, as JSON."""

    format: str
    round: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    response: Annotated[str, _hexadecimal(32)]
    heads_root: Annotated[str, _hexadecimal(64)]
    operation: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    kind: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,32}$", max_length=32)]
    salt: Annotated[str, _hexadecimal(32)]
    heads: str = ""
    """Base64 of the ids of the heads, ascending, one after the other; "" where the receipt is to be short."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose parts fit together; whose signature it bears has not been verified."""

    leaf: LedgerLeaf
    heads: tuple[RevisionId, ...] | None  # None: it tells their root only
    index: int  # from 0
    note: SignedNote
    checkpoint: Checkpoint

    def signed_by(self, keys: dict[bytes, str]) -> str | None:
        """Of raw public keys, the name of the one that signed the checkpoint; None where none of them did.

        Raises:
            ValueError: a signature names one of the keys and is not its own.
        """
        own = {NoteKey(self.checkpoint.origin, 1, raw): name for raw, name in keys.items()}
        found = self.note.verified_by(own)
        return own[found[0]] if found else None


def written_receipt(
    leaf: LedgerLeaf, heads: tuple[RevisionId, ...] | None, index: int, hashes: tuple[bytes, ...], note: str
) -> str:
    """The file: with the ids of the heads where they are given, else short."""
    ids = encoded(b"".join(map(bytes.fromhex, heads))) if heads else ""
    extra = _Extra(
        RECEIPT_FORMAT, leaf.round, leaf.response, leaf.heads_root, leaf.operation, leaf.kind, leaf.salt, ids
    )
    return TlogProof(index, hashes, note, msgspec.json.encode(extra)).written


def read_receipt(data: bytes) -> Receipt:
    """A receipt from a file: the entry that it tells of is in the tree that its checkpoint tells of.

    Raises:
        ValueError: it is no receipt, or its parts do not fit together.
    """
    proof = read_proof(data)
    try:
        extra = msgspec.json.decode(proof.extra or b"", type=_Extra)
    except msgspec.MsgspecError as error:
        raise ValueError("not the extra line of a receipt") from error
    note = read_note(proof.checkpoint.encode())
    checkpoint = read_checkpoint(note.text)
    leaf = LedgerLeaf(extra.round, extra.response, extra.heads_root, extra.operation, extra.kind, extra.salt)
    heads = _heads(extra)
    if extra.format != RECEIPT_FORMAT or (heads is not None and heads_root(heads) != extra.heads_root):
        raise ValueError("the heads are not those of the entry")
    if not is_included(leaf.hash, proof.index, checkpoint.size, proof.hashes, checkpoint.root):
        raise ValueError("the entry is not in the ledger")
    return Receipt(leaf, heads, proof.index, note, checkpoint)


def _heads(extra: _Extra) -> tuple[RevisionId, ...] | None:
    if not extra.heads:
        return () if extra.heads_root == EMPTY_ROOT.hex() else None
    raw = decoded(extra.heads)
    ids = [raw[at : at + HASH_SIZE] for at in range(0, len(raw), HASH_SIZE)]
    if any(len(each) != HASH_SIZE for each in ids) or ids != sorted(set(ids)):
        raise ValueError("these are no ids of heads")
    return tuple(each.hex() for each in ids)
