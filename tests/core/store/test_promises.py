"""The rules of `store.objects.promises`: P-01 to P-06, drawn and by hand."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.promises import (
    PROMISE_KINDS,
    PromiseKeys,
    counting,
    head_in_force,
    in_force,
)
from iscm_desktop.store.objects.revision import (
    DELEGATION,
    QUERY,
    QUESTIONNAIRE,
    RESTRICTION,
    SIGN_OFF,
    ItemPath,
    Revision,
    RevisionId,
    revision_id,
)

SUBJECT = "0" * 32
Store = dict[RevisionId, Revision]
KEYS = ("minister", "stranger", "coordinator")


def revision(kind: str, value: str | None, parents: Iterable[str] = (), path: str = "") -> Revision:
    return Revision(
        author="Anybody", device="free text", kind=kind, made_at="2027-01-01T00:00:00.000000Z",
        parents=tuple(sorted(parents)), path=ItemPath(path), subject=SUBJECT, value=value,
    )  # fmt: skip


def put(store: Store, one: Revision) -> RevisionId:
    store[revision_id(one)] = one
    return revision_id(one)


def test_a_sign_off_counts_with_a_key_of_the_respondent() -> None:
    """P-02, P-06."""
    store: Store = {}
    signed = put(store, revision(SIGN_OFF, "we agree"))
    for keys, counts in (
        (PromiseKeys(), False),
        (PromiseKeys({signed: frozenset({"minister"})}), False),
        (PromiseKeys({signed: frozenset({"minister"})}, respondent=frozenset({"minister"})), True),
        (PromiseKeys({signed: frozenset({"stranger"})}, respondent=frozenset({"minister"})), False),
        (PromiseKeys(own=frozenset({signed})), True),
    ):
        assert counting(store, keys) == ({signed} if counts else set())


def test_whoever_began_the_response_may_promise_while_nobody_is_known() -> None:
    """P-02: two keys that claim the same beginning are both not believed."""
    store: Store = {}
    began = put(store, revision(QUESTIONNAIRE, "1 form"))
    signed = put(store, revision(SIGN_OFF, "we agree"))
    minister, stranger = frozenset({"minister"}), frozenset({"stranger"})
    assert counting(store, PromiseKeys({began: minister, signed: minister})) == {signed}
    assert counting(store, PromiseKeys({began: minister, signed: stranger})) == set()
    assert counting(store, PromiseKeys({began: minister | stranger, signed: stranger})) == set()
    known = PromiseKeys({began: stranger, signed: stranger}, respondent=minister)
    assert counting(store, known) == set()


def test_whoever_signs_a_beginning_that_came_without_a_key_may_not_promise() -> None:
    """P-02: neither the very same one nor another beside it; nor while ours is not sealed yet."""
    store: Store = {}
    began = put(store, revision(QUESTIONNAIRE, "1 form"))
    signed = put(store, revision(SIGN_OFF, "we agree"))
    stranger = frozenset({"stranger"})
    keys = {began: stranger, signed: stranger}
    assert counting(store, PromiseKeys(keys)) == {signed}
    assert counting(store, PromiseKeys(keys, has_bare_beginning=True)) == set()
    put(store, revision(QUESTIONNAIRE, "2 form"))
    assert counting(store, PromiseKeys(keys)) == set()
    known = PromiseKeys(keys, respondent=stranger, has_bare_beginning=True)
    assert counting(store, known) == {signed}


def test_a_claimed_lifting_leaves_the_silence() -> None:
    """P-02: whatever a stranger puts between or behind."""
    store: Store = {}
    minister = frozenset({"minister"})
    marked = put(store, revision(RESTRICTION, "not for publication", path="A/1"))
    lifted = put(store, revision(RESTRICTION, None, [marked], "A/1"))
    keys = PromiseKeys({marked: minister, lifted: frozenset({"stranger"})}, respondent=minister)
    assert head_in_force(store, counting(store, keys)) == marked
    again = put(store, revision(RESTRICTION, "again", [lifted], "A/1"))
    keys = PromiseKeys({**keys.keys, again: minister}, respondent=minister)
    counts = counting(store, keys)
    assert head_in_force(store, counts) == again
    assert in_force(store, counts)[again].parents == (marked,)


@pytest.mark.parametrize("kind", [DELEGATION, QUERY])
def test_only_its_maker_changes_a_delegation_or_query(kind: str) -> None:
    """P-03, P-04: the device's name is free text and says nothing."""
    store: Store = {}
    made = put(store, revision(kind, "as made", path="id"))
    changed = put(store, revision(kind, "changed", [made], "id"))
    own, stranger = frozenset({"minister"}), frozenset({"stranger"})
    assert counting(store, PromiseKeys({made: own, changed: stranger})) == {made}
    assert counting(store, PromiseKeys({made: own, changed: own})) == {made, changed}
    assert counting(store, PromiseKeys({made: own})) == {made}
    assert counting(store, PromiseKeys(own=frozenset({made}))) == {made}
    assert counting(store, PromiseKeys(own=frozenset({made, changed}))) == {made, changed}
    # two keys claim it: nobody changes it
    assert counting(store, PromiseKeys({made: own | stranger, changed: stranger})) == {made}


def test_the_inviter_withdraws_what_was_asked_in_their_name() -> None:
    """P-04."""
    store: Store = {}
    asked = put(store, revision(QUERY, "why?", path="A/1/q"))
    withdrawn = put(store, revision(QUERY, None, [asked], "A/1/q"))
    coordinator = frozenset({"coordinator"})
    keys = PromiseKeys({withdrawn: coordinator}, inviter=coordinator)
    assert counting(store, keys) == {asked, withdrawn}


def test_an_older_beginning_does_not_take_a_delegation_over() -> None:
    """P-05: neither by its time nor by its id."""
    for number in range(20):
        store: Store = {}
        own = put(store, revision(DELEGATION, "section B", path="id"))
        forged = put(store, revision(DELEGATION, f"everything {number}", path="id"))
        stranger = frozenset({"stranger"})
        assert counting(store, PromiseKeys({forged: stranger}, own=frozenset({own}))) == {own}
        minister = frozenset({"minister"})
        both = {forged: stranger, own: minister}
        assert counting(store, PromiseKeys(both, respondent=minister)) == {own}
        assert counting(store, PromiseKeys({own: stranger})) == {own}


@st.composite
def merged_stores(draw: st.DrawFn) -> tuple[Store, PromiseKeys]:
    """Promises of all kinds in one response, their keys, and which of these are known."""
    store: Store = {}
    by_item: dict[tuple[str, str], list[RevisionId]] = {}
    for _each in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from((*sorted(PROMISE_KINDS), QUESTIONNAIRE)))
        path = "" if kind in (SIGN_OFF, QUESTIONNAIRE) else draw(st.sampled_from(["a/1", "a/2"]))
        before = by_item.setdefault((kind, path), [])
        parents = draw(st.lists(st.sampled_from(before), unique=True, max_size=2)) if before else []
        value = draw(st.sampled_from(["one", "two", None]))
        before.append(put(store, revision(kind, value, parents, path)))
    some = st.frozensets(st.sampled_from(KEYS), max_size=2)
    keys = {id_: draw(some) for id_ in store if draw(st.booleans())}
    own = frozenset(id_ for id_ in store if draw(st.integers(0, 5)) == 0)
    return store, PromiseKeys(keys, own, draw(some), draw(some))


@given(merged_stores(), st.randoms(use_true_random=False))
def test_the_order_in_which_files_came_plays_no_part(
    merged: tuple[Store, PromiseKeys], chance: random.Random
) -> None:
    """Nor does the order of the keys."""
    store, keys = merged
    shuffled = list(store.items())
    chance.shuffle(shuffled)
    counts = counting(store, keys)
    assert counting(dict(shuffled), keys) == counts
    for kind, path in {one.key for one in store.values()}:
        item = {id_: one for id_, one in store.items() if one.key == (kind, path)}
        mixed = {id_: one for id_, one in shuffled if one.key == (kind, path)}
        assert head_in_force(item, counts) == head_in_force(mixed, counts)


@given(merged_stores())
def test_a_stranger_changes_no_promise_of_the_respondent(merged: tuple[Store, PromiseKeys]) -> None:
    """P-02: sign-offs and restrictions stand as before, whatever is added with no key or one that may not promise."""
    store, keys = merged
    counts = counting(store, keys)
    may = keys.of_respondent(store)
    if not may:
        return
    known = PromiseKeys(keys.keys, keys.own, may, keys.inviter)
    forged = dict(store)
    for kind, path in {one.key for one in store.values() if one.kind in (SIGN_OFF, RESTRICTION)}:
        heads = [id_ for id_, one in store.items() if one.key == (kind, path)]
        put(forged, revision(kind, "forged", heads, path))
        put(forged, revision(kind, None, heads, path))
    after = counting(forged, known)
    for kind, path in {one.key for one in store.values() if one.kind in (SIGN_OFF, RESTRICTION)}:
        item = {id_: one for id_, one in forged.items() if one.key == (kind, path)}
        before = {id_: one for id_, one in store.items() if one.key == (kind, path)}
        assert head_in_force(item, after) == head_in_force(before, counts)
