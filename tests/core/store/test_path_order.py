"""What lies below a path, and that removing thousands of entries asks each item a few times, not each entry."""

from __future__ import annotations

import sys
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.heads import states
from iscm_desktop.store.objects.history import ItemHistories, disputed
from iscm_desktop.store.objects.path_order import PathOrder
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    ItemPath,
    Revision,
    RevisionId,
    item_key,
    revision_id,
)
from iscm_desktop.store.objects.revision import response_id as response_id_of

SUBJECT = response_id_of("2027", "iscm", "igad")
names = st.text(alphabet="a-./0é", min_size=1, max_size=6)


@given(st.lists(names), names)
def test_all_that_begins_with_a_path_and_a_slash_lies_below_it(paths: list[str], path: str) -> None:
    keys = {item_key(ANSWER, each) for each in paths}
    assert set(PathOrder(keys).below(path)) == {key for key in keys if key[1].startswith(f"{path}/")}


def test_removing_twice_as_many_entries_takes_twice_the_steps() -> None:
    few, many = _removals(300), _removals(600)
    assert _steps(lambda: states(many)) < 3 * _steps(lambda: states(few))


def test_showing_twice_as_many_conflicts_takes_twice_the_steps() -> None:
    def show(revisions: dict[RevisionId, Revision]) -> None:
        histories = ItemHistories(revisions)
        for key, state in states(revisions).items():
            if state.is_conflict:
                disputed(SUBJECT, key, histories)

    few, many = _removals(200, edited="of another"), _removals(400, edited="of another")
    assert sum(state.is_conflict for state in states(many).values()) == 400
    assert _steps(lambda: show(many)) < 3 * _steps(lambda: show(few))


def _removals(count: int, *, edited: str = "") -> dict[RevisionId, Revision]:
    """A response whose entries were all removed; where `edited`, after somebody else had changed them."""
    found: dict[RevisionId, Revision] = {}

    def add(kind: str, path: str, value: str | None, *parents: RevisionId) -> RevisionId:
        time = "2027-03-01T09:00:00.000000Z"
        one = Revision("Anna", "d1", kind, time, tuple(sorted(parents)), ItemPath(path), SUBJECT, value)
        found[revision_id(one)] = one
        return revision_id(one)

    for number in range(count):
        path = f"members/member/{number}"
        placed, name = add(ENTRY, path, "5"), add(ANSWER, f"{path}/name", "IOM")
        add(ENTRY, path, None, placed, name)
        if edited:
            add(ANSWER, f"{path}/name", edited, name)
    return found


def _steps(work: Callable[[], object]) -> int:
    """How many functions are called, those written in C included: the same on every machine."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
