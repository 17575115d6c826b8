"""Where items stand, from sets of revisions alone.

H-01  Several heads with different values are a conflict; equal values settle themselves.
H-02  Order keys, languages and sign-offs settle themselves; of questionnaires the newer version counts.
H-03  A removed entry whose answers were edited elsewhere meanwhile is a conflict, and stays in view.
H-04  The order in which revisions arrive plays no part, and times decide nothing at all.
H-05  What is proven less does not take the place of what it continues, for any kind; equal values settle themselves.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.heads import closed, heads_of, natural, states
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    LANGUAGE,
    NOTE,
    QUERY,
    QUESTIONNAIRE,
    RESTRICTION,
    SIGN_OFF,
    Revision,
    RevisionId,
    revision_id,
)

SUBJECT = "0" * 32
ENTRY_PATH, INSIDE = "b/partner/e1", "b/partner/e1/who"


class Graph:
    """Revisions by hand: each call makes one and names it."""

    def __init__(self) -> None:
        self.all: dict[RevisionId, Revision] = {}
        self.levels: dict[RevisionId, int] = {}

    def add(
        self,
        value: str | None,
        *parents: RevisionId,
        kind: str = ANSWER,
        path: str = "a/name",
        minute: int = 0,
        level: int = 1,
    ) -> RevisionId:
        made_at = f"2027-03-01T09:{minute:02}:{len(self.all):02}.000000Z"
        one = Revision("Anna", "d1", kind, made_at, tuple(sorted(parents)), path, SUBJECT, value)
        self.all[revision_id(one)] = one
        self.levels[revision_id(one)] = level
        return revision_id(one)

    def state(self, kind: str = ANSWER, path: str = "a/name"):  # type: ignore[no-untyped-def]
        return states(self.all, self.levels)[kind, path]


def test_a_later_revision_replaces_its_parent() -> None:
    graph = Graph()
    second = graph.add("two", graph.add("one"))
    assert graph.state().value == "two"
    assert graph.state().heads == (second,)
    assert not graph.state().is_conflict


def test_times_do_not_decide() -> None:
    """H-04: the clock of whoever continued was an hour slow."""
    graph = Graph()
    graph.add("two", graph.add("one", minute=59), minute=0)
    assert graph.state().value == "two"


def test_different_heads_are_a_conflict() -> None:
    """H-01."""
    graph = Graph()
    first = graph.add("one")
    graph.add("two", first)
    graph.add("three", first)
    assert graph.state().is_conflict
    assert first not in graph.state().heads


def test_a_cleared_answer_conflicts_with_an_edited_one() -> None:
    """H-01."""
    graph = Graph()
    first = graph.add("one")
    graph.add(None, first)
    graph.add("two", first)
    assert graph.state().is_conflict


def test_equal_heads_settle_themselves() -> None:
    """H-01."""
    graph = Graph()
    first = graph.add("one")
    graph.add("two", first)
    graph.add("two", first)
    assert graph.state().value == "two"
    assert len(graph.state().heads) == 2
    assert not graph.state().is_conflict


def test_a_resolution_has_all_sides_as_parents() -> None:
    graph = Graph()
    first = graph.add("one")
    graph.add("four", graph.add("two", first), graph.add("three", first))
    assert graph.state().value == "four"
    assert not graph.state().is_conflict


def test_languages_and_questionnaires_settle_themselves() -> None:
    """H-02."""
    graph = Graph()
    heads = {graph.add(value, kind=LANGUAGE, path=""): value for value in ("fr", "es")}
    graph.add("10 aa", kind=QUESTIONNAIRE, path="")
    graph.add("9 ff", kind=QUESTIONNAIRE, path="")
    assert graph.state(LANGUAGE, "").value == heads[max(heads)]
    assert graph.state(QUESTIONNAIRE, "").value == "10 aa"
    assert not any(state.is_conflict for state in states(graph.all).values())


def test_order_keys_settle_themselves() -> None:
    """H-02: moved by two people."""
    graph = Graph()
    first = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    moved = {graph.add(key, first, kind=ENTRY, path=ENTRY_PATH): key for key in ("7", "9")}
    assert graph.state(ENTRY, ENTRY_PATH).value == moved[max(moved)]
    assert not graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_a_removal_takes_the_answers_that_it_names() -> None:
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    who = graph.add("IOM", path=INSIDE)
    graph.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH)
    assert graph.state(ENTRY, ENTRY_PATH).value is None
    assert not graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_an_answer_edited_in_a_removed_entry_is_a_conflict() -> None:
    """H-03."""
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    who = graph.add("IOM", path=INSIDE)
    graph.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH)
    graph.add("IOM and UNHCR", who, path=INSIDE)
    assert graph.state(ENTRY, ENTRY_PATH).is_conflict
    assert graph.state(ENTRY, ENTRY_PATH).value == "5"


def test_an_answer_cleared_in_a_removed_entry_is_none() -> None:
    """H-03: nothing is lost."""
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    who = graph.add("IOM", path=INSIDE)
    graph.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH)
    graph.add(None, who, path=INSIDE)
    assert not graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_an_entry_added_inside_a_removed_one_is_a_conflict() -> None:
    """H-03, for repeats within repeats."""
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    graph.add(None, entry, kind=ENTRY, path=ENTRY_PATH)
    graph.add("5", kind=ENTRY, path=f"{ENTRY_PATH}/activity/e2")
    assert graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_what_is_in_conflict_inside_a_removed_entry_is_told_side_by_side() -> None:
    """H-03, H-04: not by the side that happens to be shown."""
    for first in range(8):
        graph = Graph()
        entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH, minute=first)
        who = graph.add("IOM", path=INSIDE, minute=first)
        kept = graph.add("UNHCR", who, path=INSIDE, minute=first)
        graph.add(None, who, path=INSIDE, minute=first)
        graph.add(None, entry, kept, kind=ENTRY, path=ENTRY_PATH, minute=first)
        assert not graph.state(ENTRY, ENTRY_PATH).is_conflict  # nothing but a blank was not named
        graph.add("IOM, IGC", who, path=INSIDE, minute=first)
        assert graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_removed_on_both_sides_is_removed() -> None:
    """H-01, H-03: what one side had edited before it removed, the other need not know."""
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    who = graph.add("IOM", path=INSIDE)
    edited = graph.add("UNHCR", who, path=INSIDE)
    graph.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH)
    graph.add(None, entry, edited, kind=ENTRY, path=ENTRY_PATH)
    assert graph.state(ENTRY, ENTRY_PATH).value is None
    assert not graph.state(ENTRY, ENTRY_PATH).is_conflict


def test_versions_sort_as_people_count() -> None:
    assert sorted(["2.10", "2.9", "10", "2"], key=natural) == ["2", "2.9", "2.10", "10"]


def test_versions_of_hostile_files_are_in_some_order() -> None:
    """Digits that are none, and more of them than a number takes."""
    hostile = ["1²2", "²", "٣", "9" * 5000, "1" + "0" * 5000, "2", ""]
    backwards = hostile[::-1]
    assert sorted(hostile, key=natural) == sorted(backwards, key=natural)
    assert natural("9" * 5000) < natural("1" + "0" * 5000)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 20), max_size=3)), min_size=1, max_size=15),
    st.randoms(),
)
def test_arrival_plays_no_part(made: list[tuple[int, list[int]]], chance: Random) -> None:
    """H-04, for any graph."""
    graph = Graph()
    ids: list[RevisionId] = []
    for value, behind in made:
        parents = {ids[-1 - back] for back in behind if back < len(ids)}
        ids.append(graph.add(str(value) if value else None, *parents))
    shuffled = dict(chance.sample(list(graph.all.items()), len(graph.all)))
    assert states(shuffled) == states(graph.all)
    assert closed(heads_of(graph.all), graph.all) == graph.all.keys()


@pytest.mark.parametrize("kind", [ANSWER, NOTE, SIGN_OFF, LANGUAGE, RESTRICTION, QUESTIONNAIRE, QUERY])
def test_what_is_proven_less_displaces_nothing(kind: str) -> None:
    """H-05."""
    graph = Graph()
    verified = graph.add("1 verified", kind=kind, level=2)
    forged = graph.add("2 forged", verified, kind=kind, level=0)
    state = graph.state(kind)
    assert state.value == "1 verified"
    assert state.heads == (verified, forged)
    assert state.is_conflict is (kind in (ANSWER, NOTE))
    settled = graph.add("3 settled", verified, forged, kind=kind, level=2)
    assert graph.state(kind) == ("3 settled", (settled,), False)


def test_the_same_said_by_a_lesser_word_is_no_conflict() -> None:
    """H-05."""
    graph = Graph()
    graph.add("one", graph.add("one", level=2), level=0)
    assert graph.state().value == "one"
    assert not graph.state().is_conflict


def test_proof_goes_along_the_whole_line() -> None:
    """H-05: nor by way of somebody whose word is worth something; who continues both is continued by both."""
    graph = Graph()
    verified = graph.add("one", level=2)
    unsigned = graph.add("two", verified, level=0)
    signed = graph.add("three", unsigned, level=1)
    assert set(graph.state().heads) == {verified, signed}
    again = graph.add("four", signed, level=2)
    assert graph.state().heads == (again,)
    graph.add("five", again, level=2)
    assert not graph.state().is_conflict


def test_a_removal_that_is_proven_less_removes_nothing() -> None:
    """H-05: neither the entry nor an answer inside of one that nobody vouches for."""
    graph = Graph()
    entry = graph.add("5", kind=ENTRY, path=ENTRY_PATH, level=2)
    who = graph.add("IOM", path=INSIDE, level=2)
    graph.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH, level=0)
    assert graph.state(ENTRY, ENTRY_PATH).value == "5"
    assert graph.state(ENTRY, ENTRY_PATH).is_conflict
    other = Graph()
    entry = other.add("5", kind=ENTRY, path=ENTRY_PATH, level=0)
    who = other.add("IOM", path=INSIDE, level=2)
    other.add(None, entry, who, kind=ENTRY, path=ENTRY_PATH, level=0)
    assert other.state(ENTRY, ENTRY_PATH).value == "5"
    assert other.state(ENTRY, ENTRY_PATH).is_conflict


def test_a_clock_decides_nothing() -> None:
    """H-04: what followed is what was said last, whatever its clock said."""
    graph = Graph()
    last = graph.add("said later", graph.add("said at noon", minute=59), minute=0)
    assert graph.state().heads == (last,)
    for kind in (LANGUAGE, SIGN_OFF, QUERY):
        told = graph.add("from the year 9999", kind=kind, minute=59)
        graph.add(None, told, kind=kind, minute=0)
        assert graph.state(kind).value is None


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.integers(0, 20), max_size=3), st.integers(0, 2)),
        min_size=1,
        max_size=15,
    ),
    st.randoms(),
)
def test_heads_are_what_no_better_or_equal_word_continues(
    made: list[tuple[int, list[int], int]], chance: Random
) -> None:
    """H-05, by its definition, for any graph; arrival plays no part; alike, it is as if nothing were known of proof."""
    graph = Graph()
    ids: list[RevisionId] = []
    for value, behind, level in made:
        parents = {ids[-1 - back] for back in behind if back < len(ids)}
        ids.append(graph.add(str(value) if value else None, *parents, level=level))
    ancestors = {id_: closed([id_], graph.all) - {id_} for id_ in graph.all}
    wanted = sorted(
        id_
        for id_ in graph.all
        if not any(id_ in ancestors[by] and graph.levels[by] >= graph.levels[id_] for by in graph.all)
    )
    assert heads_of(graph.all, graph.levels) == wanted
    shuffled = dict(chance.sample(list(graph.all.items()), len(graph.all)))
    assert states(shuffled, graph.levels) == states(graph.all, graph.levels)
    for level in (0, 2):
        assert states(graph.all, dict.fromkeys(graph.all, level)) == states(graph.all)


@given(st.lists(st.integers(0, 59), min_size=8, max_size=8))
def test_clocks_change_no_state(minutes: list[int]) -> None:
    """H-04: the same graph by any clocks has the same heads, by the place of each in it; ties go by id alone."""

    def told(clock: list[int]) -> tuple[list[int], bool]:
        graph = Graph()
        first = graph.add("one", minute=clock[0])
        ids = [first]
        for number, minute in enumerate(clock[1:], start=1):
            ids.append(
                graph.add(f"{number}", ids[number // 2], ids[-1] if number % 3 == 0 else first, minute=minute)
            )
        state = graph.state()
        return sorted(ids.index(head) for head in state.heads), state.is_conflict

    assert told(minutes) == told([0] * 8)
