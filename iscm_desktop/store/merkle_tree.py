"""The hash of a list, made so that a part of it can be proven without the rest.

The tree of RFC 6962, section 2.1: leaves and inner nodes are hashed under different prefixes, so that neither
can be taken for the other, and a list of any length has one root. A proof of inclusion shows that an entry is in
the list; a proof of consistency shows that a longer list begins with a shorter one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

EMPTY_ROOT = hashlib.sha256().digest()
"""Of a list without entries."""

HASH_SIZE = 32
MAX_PROOF = 64
"""Hashes in a proof at most: no list has more than 2^63 entries."""

_LEAF, _NODE = b"\0", b"\1"
_PAIR = 2 * HASH_SIZE
_sha256 = hashlib.sha256
_begun_node = _sha256(_NODE)


def leaf_hash(entry: bytes) -> bytes:
    """32 bytes for one entry of the list."""
    return _sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """32 bytes for two neighbouring subtrees."""
    return _sha256(_NODE + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """32 bytes for the list whose entries have these leaf hashes, in their order."""
    return root_of_hashes(b"".join(leaves))


def root_of_hashes(leaves: bytes) -> bytes:
    """The same for leaf hashes one after the other: a merge works out a root for each response."""
    if not leaves:
        return EMPTY_ROOT
    while len(leaves) > HASH_SIZE:  # a subtree without a neighbour moves up as it is: the standard's split
        paired = len(leaves) - len(leaves) % _PAIR
        above = []
        for at in range(0, paired, _PAIR):
            node = _begun_node.copy()  # cheaper than to begin anew, and than to put three parts together
            node.update(leaves[at : at + _PAIR])
            above.append(node.digest())
        above.append(leaves[paired:])
        leaves = b"".join(above)
    return leaves


class GrowingTree:
    """The root of a list that grows, from the roots of its whole subtrees: one for each bit of its length.

    Args:
        size: How many entries it has.
        peaks: The subtrees' roots, the largest first; as many as `size` has bits that are one.

    Raises:
        ValueError: the number of peaks is not that of the size.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self._peaks = size, list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count():
            raise ValueError("these peaks are not those of a list of this size")

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """What another tree of this size starts from."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Adds an entry by its leaf hash."""
        size = self.size
        while size & 1:
            leaf, size = node_hash(self._peaks.pop(), leaf), size >> 1
        self._peaks.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The same as `tree_root` of all its leaf hashes."""
        if not self._peaks:
            return EMPTY_ROOT
        *others, root = self._peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root


class WholeTree:
    """All rows of a tree, from the leaf hashes up to the root: for whoever wants many proofs of one list."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._rows = [list(leaves)]
        while len(self._rows[-1]) > 1:
            self._rows.append(_row_above(self._rows[-1]))

    def inclusion_proof(self, index: int) -> tuple[bytes, ...]:
        """The hashes beside the way from an entry up to the root, the lowest first.

        Raises:
            IndexError: there is no such entry.
        """
        if not 0 <= index < len(self._rows[0]):
            raise IndexError(index)
        beside = ((row, (index >> height) ^ 1) for height, row in enumerate(self._rows[:-1]))
        return tuple(row[at] for row, at in beside if at < len(row))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The proof of one entry; see `WholeTree`.

    Raises:
        IndexError: there is no such entry.
    """
    return WholeTree(leaves).inclusion_proof(index)


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """What shows that the list begins with its first `size` entries; () where these are none, or all.

    Raises:
        IndexError: the list has fewer entries.
    """
    if not 0 <= size <= len(leaves):
        raise IndexError(size)
    return tuple(_subproof(leaves, size, is_known=True)) if 0 < size < len(leaves) else ()


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that the entry at `index` of the `size` entries under `root` has this leaf hash."""
    if not 0 <= index < size or not _are_hashes((leaf, root, *proof)):
        return False
    last, found = size - 1, leaf
    for each in proof:  # RFC 9162, section 2.1.3.2
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node_hash(each, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, each)
        index, last = index >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(size: int, larger: int, proof: Sequence[bytes], root: bytes, larger_root: bytes) -> bool:
    """Whether a proof shows that the list under `larger_root` begins with the `size` entries under `root`."""
    if not 0 <= size <= larger or not _are_hashes((root, larger_root, *proof)):
        return False
    if size == 0:
        return not proof and root == EMPTY_ROOT
    if size == larger:
        return not proof and root == larger_root
    if size & (size - 1) == 0:
        proof = (root, *proof)
    if not proof:
        return False
    first, second = size - 1, larger - 1
    while first & 1:
        first, second = first >> 1, second >> 1
    before = after = proof[0]
    for each in proof[1:]:  # RFC 9162, section 2.1.4.2
        if second == 0:
            return False
        if first & 1 or first == second:
            before, after = node_hash(each, before), node_hash(each, after)
            while not first & 1 and first:
                first, second = first >> 1, second >> 1
        else:
            after = node_hash(after, each)
        first, second = first >> 1, second >> 1
    return second == 0 and before == root and after == larger_root


def _row_above(row: Sequence[bytes]) -> list[bytes]:
    return [node_hash(row[at], row[at + 1]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]


def _subproof(leaves: Sequence[bytes], size: int, *, is_known: bool) -> Iterator[bytes]:
    """RFC 6962, section 2.1.2; `is_known` is False once the first list no longer ends where this part does."""
    if size == len(leaves):
        if not is_known:
            yield tree_root(leaves)
        return
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if size <= half:
        yield from _subproof(leaves[:half], size, is_known=is_known)
        yield tree_root(leaves[half:])
    else:
        yield from _subproof(leaves[half:], size - half, is_known=False)
        yield tree_root(leaves[:half])


def _are_hashes(hashes: Sequence[bytes]) -> bool:
    return len(hashes) <= MAX_PROOF + 2 and all(len(each) == HASH_SIZE for each in hashes)
