"""Where items stand, from sets of revisions alone.

H-01  Several heads with different values are a conflict; equal values settle themselves.
H-02  Order keys, languages and sign-offs settle themselves; of questionnaires the newer version counts.
H-03  A removed entry whose answers were edited elsewhere meanwhile is a conflict, and stays in view.
H-04  The order in which revisions arrive plays no part, and times do not decide what came after what.
"""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.heads import closed, heads_of, natural, states
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    LANGUAGE,
    QUESTIONNAIRE,
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

    def add(
        self,
        value: str | None,
        *parents: RevisionId,
        kind: str = ANSWER,
        path: str = "a/name",
        minute: int = 0,
    ) -> RevisionId:
        made_at = f"2027-03-01T09:{minute:02}:{len(self.all):02}.000000Z"
        one = Revision("Anna", "d1", kind, made_at, tuple(sorted(parents)), path, SUBJECT, value)
        self.all[revision_id(one)] = one
        return revision_id(one)

    def state(self, kind: str = ANSWER, path: str = "a/name"):  # type: ignore[no-untyped-def]
        return states(self.all)[kind, path]


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
    latest = graph.add("three", first)
    assert graph.state().is_conflict
    assert graph.state().heads[0] == latest


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
    graph.add("fr", kind=LANGUAGE, path="")
    graph.add("es", kind=LANGUAGE, path="")
    graph.add("10 aa", kind=QUESTIONNAIRE, path="")
    graph.add("9 ff", kind=QUESTIONNAIRE, path="")
    assert graph.state(LANGUAGE, "").value == "es"
    assert graph.state(QUESTIONNAIRE, "").value == "10 aa"
    assert not any(state.is_conflict for state in states(graph.all).values())


def test_order_keys_settle_themselves() -> None:
    """H-02: moved by two people."""
    graph = Graph()
    first = graph.add("5", kind=ENTRY, path=ENTRY_PATH)
    graph.add("7", first, kind=ENTRY, path=ENTRY_PATH)
    graph.add("9", first, kind=ENTRY, path=ENTRY_PATH)
    assert graph.state(ENTRY, ENTRY_PATH).value == "9"
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
