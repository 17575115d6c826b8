"""Histories of three people by any clocks, and files of differing trust, merged in any order, number and grouping.

Without a store, so that many are drawn: `./dev test --nightly` draws 10,000. `test_merge_stateful` does the same with
stores, files and keys.

U-03  The same files, keys and operations that stand come to the same states, heads and levels, whatever came first.
U-06  A value never gives way to what is proven less: what is shown is at least as well proven as all that it follows.
U-07  What a file brings is compared with what is there by the same rule by which it is summed up afterwards.
A-08  Clocks put nothing in order: heads and conflicts are those of the same history by one clock that stood still.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.exchange.merging.revision_comparison import ProofChange, compare
from iscm_desktop.store.objects.heads import closed, heads_of, states
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof, Shown, Voucher
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    LANGUAGE,
    SIGN_OFF,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    revision_id,
)

HISTORIES = int(os.environ.get("ISCM_HISTORIES", "100"))
SUBJECT = "0" * 32
ITEMS: Sequence[ItemKey] = (
    (ANSWER, ItemPath("a/name")),
    (ANSWER, ItemPath("b/partner/e1/who")),
    (ENTRY, ItemPath("b/partner/e1")),
    (SIGN_OFF, ItemPath("")),
    (LANGUAGE, ItemPath("")),
)
PEOPLE = ("anna", "bela", "chen")

Revisions = dict[RevisionId, Revision]


@dataclass(frozen=True)
class File:
    """What somebody sends: all that they know, under their word or nobody's."""

    shown: Shown
    key: str
    revisions: Mapping[RevisionId, Revision]

    @property
    def voucher(self) -> Voucher:
        return Voucher(self.shown, self.key, lambda: self.revisions)


class History:
    """Three people edit, pass all that they know to each other, and send files, as chance has it."""

    def __init__(self, chance: Random, steps: int, *, has_clock: bool = True) -> None:
        self.chance = chance
        self.known: dict[str, Revisions] = {who: {} for who in PEOPLE}
        self.files: list[File] = []
        self.made: list[RevisionId] = []
        self._has_clock = has_clock
        for _ in range(steps):
            who, other = chance.choice(PEOPLE), chance.choice(PEOPLE)
            act = chance.choice((self.edit, self.edit, self.edit, self.send))
            act(who)
            if chance.random() < 0.4:
                self.known[other] |= self.known[who]
        for who in PEOPLE:
            self.send(who)

    def edit(self, who: str) -> None:
        """Over the heads that they see, or over one of them."""
        key, mine = self.chance.choice(ITEMS), self.known[who]
        heads = sorted(heads_of(own), key=self.made.index) if (own := _of(mine, key)) else []
        parents = set(self.chance.sample(heads, self.chance.randint(min(1, len(heads)), len(heads))))
        value = self.chance.choice(("1", "2", None))
        if key[0] == ENTRY and value is None:
            inside = _of(mine, ITEMS[1])
            parents |= set(heads_of(inside)) if inside else set()
        clock = self.chance.randint(1000, 9999)
        made_at = f"{clock if self._has_clock else 2027}-01-01T00:00:00.{len(self.made):06}Z"
        one = Revision(who, who, key[0], made_at, tuple(sorted(parents)), key[1], SUBJECT, value)
        mine[revision_id(one)] = one
        self.made.append(revision_id(one))

    def send(self, who: str) -> None:
        shown = self.chance.choice(tuple(Shown))
        if mine := self.known[who]:
            self.files.append(File(shown, "" if shown is Shown.UNSIGNED else f"key of {who}", dict(mine)))


def _of(revisions: Revisions, key: ItemKey) -> Revisions:
    return {id_: one for id_, one in revisions.items() if one.key == key}


def merged(files: Sequence[File], keys: frozenset[str]) -> tuple[Revisions, ResponseProof]:
    """All of these files, one after the other, compared as a merge compares them."""
    ours: Revisions = {}
    proof = ResponseProof(known_keys=keys)
    present = None
    for file in files:
        after = proof.with_voucher(file.voucher)
        found = compare(ours, file.revisions, present, ProofChange(proof, after))
        ours, proof, present = {**ours, **file.revisions}, after, found.after
        assert present == states(ours, proof.levels(ours))  # U-07
    return ours, proof


histories = st.tuples(st.integers(0, 2**32), st.integers(1, 14))
known = st.sets(st.sampled_from([f"key of {who}" for who in PEOPLE])).map(frozenset)
many = settings(max_examples=HISTORIES, deadline=None)


@many
@given(histories, known, st.integers(0, 2**32))
def test_any_order_any_number_any_grouping(drawn: tuple[int, int], keys: frozenset[str], seed: int) -> None:
    """U-03, U-07."""
    history, chance = History(Random(drawn[0]), drawn[1]), Random(seed)
    files = history.files
    if not files:
        return
    ours, proof = merged(files, keys)
    again = chance.choices(files, k=chance.randint(0, 4))
    shuffled = chance.sample([*files, *again], len(files) + len(again))
    other, other_proof = merged(shuffled, keys)
    assert other == ours
    assert other_proof.grounds(ours) == proof.grounds(ours)
    assert states(other, other_proof.levels(other)) == states(ours, proof.levels(ours))


@many
@given(histories, known, st.integers(0, 2**32))
def test_what_is_taken_back_and_put_back_leaves_no_trace(
    drawn: tuple[int, int], keys: frozenset[str], seed: int
) -> None:
    """U-03: as if only those that stand had ever been merged, but for what somebody built upon."""
    history, chance = History(Random(drawn[0]), drawn[1]), Random(seed)
    standing = [chance.random() < 0.6 for _ in history.files]
    files = [file for file, stands in zip(history.files, standing, strict=True) if stands]
    if not files:
        return
    ours, proof = merged(files, keys)
    everything = tuple(
        Voucher(file.shown, file.key, lambda file=file: file.revisions, stands)  # type: ignore[misc]
        for file, stands in chance.sample(list(zip(history.files, standing, strict=True)), len(history.files))
    )
    taken_back = ResponseProof(everything, keys)
    assert taken_back.grounds(ours) == proof.grounds(ours)
    assert states(ours, taken_back.levels(ours)) == states(ours, proof.levels(ours))


@many
@given(histories, known)
def test_what_is_shown_is_as_well_proven_as_what_it_follows(
    drawn: tuple[int, int], keys: frozenset[str]
) -> None:
    """U-06."""
    files = History(Random(drawn[0]), drawn[1]).files
    if not files:
        return
    ours, proof = merged(files, keys)
    grounds = proof.grounds(ours)
    for (kind, _path), state in states(ours, proof.levels(ours)).items():
        behind = closed(state.heads[:1], ours)
        own = [id_ for id_ in behind if ours[id_].kind == kind]
        assert all(grounds[id_].level <= grounds[state.heads[0]].level for id_ in own if kind != ENTRY)
        if kind == ANSWER and not state.is_conflict:
            assert {ours[head].value for head in state.heads} == {state.value}
        if kind == ENTRY and state.value is None:
            removal = max(grounds[head].level for head in state.heads)
            inside = _of(ours, ITEMS[1])
            kept = heads_of(inside, proof.levels(ours)) if inside else []
            assert all(grounds[id_].level <= removal for id_ in kept if ours[id_].value is not None)


@many
@given(histories)
def test_by_any_clocks_the_same_heads_and_conflicts(drawn: tuple[int, int]) -> None:
    """A-08: told by the place of each revision in the history, for its id holds its time."""

    def told(*, has_clock: bool) -> object:
        history = History(Random(drawn[0]), drawn[1], has_clock=has_clock)
        ours, _proof = merged(history.files, frozenset())
        place = {id_: number for number, id_ in enumerate(history.made)}
        return {
            key: (sorted(place[id_] for id_ in heads_of(_of(ours, key))), state.is_conflict)
            for key, state in states(ours).items()
        }

    assert told(has_clock=True) == told(has_clock=False)


def test_nothing_vouches_for_nothing() -> None:
    assert NOTHING_VOUCHES.levels(()) is None
    assert NOTHING_VOUCHES.counted(()) == {}
