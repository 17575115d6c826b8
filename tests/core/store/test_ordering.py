"""Order keys of repeat entries."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.ordering import between, placed


def ids(keys: dict[str, str]) -> list[str]:
    return [id_ for _key, id_ in sorted((key, id_) for id_, key in keys.items())]


@given(st.lists(st.integers(0, 100), max_size=60))
def test_there_is_always_room_between_two(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        spot = place % (len(keys) + 1)
        key = between(keys[spot - 1] if spot else "", keys[spot] if spot < len(keys) else None)
        keys.insert(spot, key)
    assert keys == sorted(set(keys))
    assert all(re.fullmatch("[0-9A-Za-z]*[1-9A-Za-z]", key) for key in keys)


def test_nothing_lies_between_equals() -> None:
    with pytest.raises(ValueError, match="no key lies between"):
        between("5", "5")


def test_a_thousand_entries_at_the_end_keep_short_keys() -> None:
    key = ""
    for _ in range(1000):
        key = between(key, None)
    assert len(key) < 40


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7)), max_size=40), st.randoms(use_true_random=False)
)
def test_entries_stand_where_they_were_put(moves: list[tuple[int, int]], chance: Random) -> None:
    """Also among entries whose keys two people happened to choose alike."""
    keys = {f"e{number}": chance.choice("357") for number in range(5)}
    for moved, after in moves:
        entry, behind = f"e{moved}", None if after < 0 else f"e{after}"
        if entry == behind:
            continue
        wanted = [id_ for id_ in ids(keys) if id_ != entry]
        spot = 0 if behind is None else wanted.index(behind) + 1 if behind in wanted else len(wanted)
        wanted.insert(spot, entry)
        keys |= placed([(key, id_) for id_, key in keys.items()], entry, behind)
        assert ids(keys) == wanted


def test_a_move_changes_one_key() -> None:
    siblings = [("2", "a"), ("4", "b"), ("6", "c")]
    assert placed(siblings, "c", "a").keys() == {"c"}
