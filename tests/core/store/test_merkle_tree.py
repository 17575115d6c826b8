"""The tree of RFC 6962, against roots and proofs that its other implementations publish.

M-01  A proof of inclusion exists for each entry of a list of any size, and shows that entry at that place alone.
M-02  A proof of consistency exists from each size to each larger one, and shows nothing of any other list.
M-03  A proof that was changed, cut, prolonged or made up is refused and raises nothing.
M-04  A tree that grows leaf by leaf has the roots of the whole lists.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.merkle_tree import (
    EMPTY_ROOT,
    GrowingTree,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    tree_root,
)

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "data" / "transparency" / "merkle_proofs.json").read_text(encoding="utf-8")
)
LEAVES = [leaf_hash(str(number).encode()) for number in range(201)]
ROOTS_OF_LEAVES = [tree_root(LEAVES[:size]) for size in range(201)]

# Entries and roots of the reference tests of Certificate Transparency (RFC 6962).
ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_standard(size: int) -> None:
    assert tree_root([leaf_hash(entry) for entry in ENTRIES[:size]]).hex() == ROOTS[size]


def test_an_empty_list_has_the_hash_of_nothing() -> None:
    assert EMPTY_ROOT.hex() == ROOTS[0]


def raw(text: str) -> bytes:
    return base64.b64decode(text)


@pytest.mark.parametrize("case", PUBLISHED["inclusion"], ids=lambda case: case["name"])
def test_inclusion_is_judged_as_by_others(case: dict[str, object]) -> None:
    proof = [raw(each) for each in case["proof"] or []]  # type: ignore[attr-defined]
    root, leaf = raw(str(case["root"])), raw(str(case["leafHash"]))
    index, size = int(str(case["leafIdx"])), int(str(case["treeSize"]))
    assert is_included(leaf, index, size, proof, root) is not case["wantErr"]


@pytest.mark.parametrize("case", PUBLISHED["consistency"], ids=lambda case: case["name"])
def test_consistency_is_judged_as_by_others(case: dict[str, object]) -> None:
    proof = [raw(each) for each in case["proof"] or []]  # type: ignore[attr-defined]
    roots = [raw(str(case[name])) for name in ("root1", "root2")]
    if not case["wantErr"] and any(len(root) != 32 for root in roots):
        pytest.skip("words in place of roots: they look at nothing where both lists are of one size; we do")
    sizes = int(str(case["size1"])), int(str(case["size2"]))
    assert is_consistent(*sizes, proof, *roots) is not case["wantErr"]


@pytest.mark.parametrize("size", range(1, 201))
def test_each_entry_is_shown_at_its_place_and_at_no_other(size: int) -> None:
    """M-01."""
    root = ROOTS_OF_LEAVES[size]
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        assert is_included(LEAVES[index], index, size, proof, root)
        assert not is_included(LEAVES[index], index ^ 1, size, proof, root)
        assert not is_included(LEAVES[index + 1], index, size, proof, root)
        assert not is_included(LEAVES[index], index, size, proof, ROOTS_OF_LEAVES[size - 1])


@pytest.mark.parametrize("larger", range(1, 201, 3))
def test_a_list_is_shown_to_begin_with_each_shorter_one(larger: int) -> None:
    """M-02."""
    for size in range(larger + 1):
        proof = consistency_proof(LEAVES[:larger], size)
        assert is_consistent(size, larger, proof, ROOTS_OF_LEAVES[size], ROOTS_OF_LEAVES[larger])
        if 0 < size < larger:
            assert not is_consistent(size, larger, proof, leaf_hash(b"else"), ROOTS_OF_LEAVES[larger])
            assert not is_consistent(size, larger, proof, ROOTS_OF_LEAVES[size], leaf_hash(b"else"))


def test_growing_gives_the_roots_of_whole_lists() -> None:
    """M-04: also when it goes on from what was kept."""
    tree = GrowingTree()
    for size, leaf in enumerate(LEAVES):
        assert tree.root == ROOTS_OF_LEAVES[size]
        tree = GrowingTree(tree.size, tree.peaks)
        tree.append(leaf)


def test_peaks_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        GrowingTree(3, [leaf_hash(b"one")])


@given(
    st.integers(-2, 70),
    st.integers(-2, 70),
    st.lists(st.one_of(st.sampled_from(LEAVES), st.binary(max_size=40)), max_size=80),
)
def test_proofs_that_were_made_up_show_nothing(index: int, size: int, proof: list[bytes]) -> None:
    """M-03: unless they happen to be right."""
    root = ROOTS_OF_LEAVES[max(size, 0)]
    if is_included(leaf_hash(str(index).encode()), index, size, proof, root):
        assert tuple(proof) == inclusion_proof(LEAVES[:size], index)
    if is_consistent(index, size, proof, ROOTS_OF_LEAVES[max(index, 0)], root):
        assert tuple(proof) == consistency_proof(LEAVES[:size], index)


@given(
    st.integers(2, 200).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size - 1))), st.data()
)
def test_a_proof_that_was_changed_shows_nothing(sizes: tuple[int, int], data: st.DataObject) -> None:
    """M-03."""
    size, index = sizes
    for proof, is_shown in (
        (
            inclusion_proof(LEAVES[:size], index),
            lambda proof: is_included(LEAVES[index], index, size, proof, ROOTS_OF_LEAVES[size]),
        ),
        (
            consistency_proof(LEAVES[:size], index),
            lambda proof: is_consistent(index, size, proof, ROOTS_OF_LEAVES[index], ROOTS_OF_LEAVES[size]),
        ),
    ):
        at = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        assert is_shown(proof)
        assert not is_shown((*proof[:at], flipped, *proof[at + 1 :]))
        assert not is_shown((*proof[:at], *proof[at + 1 :]))
        assert not is_shown((*proof, proof[at]))
        assert not is_shown((*proof[:at], proof[at][:31], *proof[at + 1 :]))
