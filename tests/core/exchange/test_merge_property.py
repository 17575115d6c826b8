"""Merging is the union of revisions: the order of files, their repetition and the laptop make no difference.

M-01  The same packages, merged in any order, give stores that export the same content.
M-02  Merging a package again changes nothing.
M-03  Merging some packages together or one by one makes no difference.
M-04  No sealed revision ever disappears.
M-05  A merge that is taken back and put again leaves everything as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import OfferOrigin, Offers, ResponseOffers
from iscm_desktop.session.views import Declaration
from iscm_desktop.workspace import Workspace
from tests.support.packages import unsigned
from tests.support.postgres import Server
from tests.support.workspaces import FEE, NAME, PARTNER, STORY, Ticking, content, exported, merge, opened

PEOPLE = ("anna", "bela", "chen")
ACTIONS = (
    "answer",
    "answer",
    "clear",
    "add",
    "remove",
    "move",
    "inside",
    "inside",
    "nothing to report",
    "nothing of a repeat",
    "something after all",
    "not ours",
    "take over",
    "note",
    "export",
    "merge",
    "resolve",
    "undo",
    "send unsigned",
    "set the clock",
)
OFFERS = ResponseOffers(
    register=Offers(
        answers={f"{PARTNER}/row{number}/who": f"row {number}" for number in (1, 2, 3)},
        entries={PARTNER: ("row1", "row2", "row3")},
        origin=OfferOrigin.REGISTER,
    )
)
step = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTIONS), st.integers(0, 2**32))
histories = st.lists(step, min_size=4, max_size=24)


class Ministries:
    """Three people who answer for the same respondent, each with a store of their own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        clock = self.clock = Ticking()
        self.folder, self.files = folder, list[Path]()
        self.stores = {name: stack.enter_context(opened(folder, name, clock=clock)) for name in PEOPLE}
        self.response = {store.responses.start("small", "igc") for store in self.stores.values()}.pop()

    def act(self, who: str, action: str, seed: int) -> None:
        store, chance = self.stores[who], Random(seed)
        if action == "export":
            self.export(who)
        elif action == "send unsigned":
            self.export(who, is_signed=False)
        elif action == "set the clock":
            self.clock.now = datetime(chance.randint(1990, 9998), 1, 1, tzinfo=UTC)
        elif action == "merge" and self.files:
            merge(store, *chance.sample(self.files, chance.randint(1, len(self.files))))
        elif action == "resolve":
            _settle(store, chance)
        elif action == "undo" and (merges := store.operations.merges()):
            operation = chance.choice(merges)
            (store.operations.put_back if operation.taken_back_by else store.operations.take_back)(
                operation.id
            )
        elif action == "note":
            store.notes.put(self.response, NAME, f"note {chance.randint(1, 3)}")
        else:
            session = store.responses.open_session(self.response)
            _edit(session, action, chance)
            store.responses.save(self.response, session)

    def export(self, who: str, *, is_signed: bool = True) -> None:
        target = self.folder / f"{len(self.files):02}-{who}.iscm"
        file = exported(self.stores[who], self.response, target)
        if not is_signed:
            file.write_bytes(zipped(unsigned(file)))
        self.files.append(file)


def _edit(session: FormSession, action: str, chance: Random) -> None:
    entries = session.repeat(PARTNER).entries
    if action == "answer":
        session.answer(chance.choice((NAME, STORY)), f"text {chance.randint(1, 4)}")
        session.answer(FEE, chance.choice(("yes", "no")))
    elif action == "clear":
        session.answer(NAME, "")
    elif action == "add" and len(entries) < 4:
        session.add_entry(PARTNER, after=chance.choice([None, *(one.entry_id for one in entries)]))
    elif action == "remove" and entries:
        session.remove_entry(chance.choice(entries).path)
    elif action == "move" and len(entries) > 1:
        moved, other = chance.sample(entries, 2)
        session.move_entry(moved.path, chance.choice([None, other.entry_id]))
    elif action == "inside" and entries:
        session.answer(f"{chance.choice(entries).path}/who", f"partner {chance.randint(1, 4)}")
    elif action in ("nothing to report", "nothing of a repeat"):
        place = "about" if action == "nothing to report" else PARTNER
        if session.can_declare_nothing(place):
            session.declare(Declaration.NOTHING_TO_REPORT, place)
    elif action == "something after all":
        for place in session.declared(Declaration.NOTHING_TO_REPORT):
            session.declare(Declaration.NOTHING_TO_REPORT, place, is_made=False)
    elif action == "not ours":
        OFFERS.decline(session, PARTNER, f"row{chance.randint(1, 3)}")
    elif action == "take over":
        OFFERS.take_over(session, PARTNER, f"row{chance.randint(1, 3)}")


def _settle(store: Workspace, chance: Random) -> None:
    for conflict in store.conflicts.unsettled():
        store.conflicts.resolve(
            conflict.id, keep=chance.choice(conflict.candidates).revision_id, reason="agreed"
        )


@contextmanager
def ministries(steps: list[tuple[str, str, int]]) -> Iterator[Ministries]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        story = Ministries(Path(folder), stack)
        for who, action, seed in steps:
            story.act(who, action, seed)
        for who in PEOPLE:
            story.export(who)
        yield story


def state(store: Workspace, response: str) -> object:
    """What a person sees: answers, order of entries, conflicts."""
    session = store.responses.open_session(response)
    entries = [entry.entry_id for entry in session.repeat(PARTNER).entries]
    answers = [(view.path, view.text) for view in session.answers()]
    conflicts = [
        (one.path, one.kind, sorted(side.revision_id for side in one.candidates))
        for one in store.conflicts.unsettled()
    ]
    said = [session.declared(each) for each in Declaration]
    return entries, answers, conflicts, store.notes.all(response), said


few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # a story takes a third of a second: too long to shrink
)


@few
@given(histories, st.randoms(use_true_random=False))
def test_any_order_any_number_of_times_gives_the_same_content(
    steps: list[tuple[str, str, int]], chance: Random
) -> None:
    """M-01, M-02, M-03."""
    with ministries(steps) as story, ExitStack() as stack:
        shuffled = chance.sample(story.files, len(story.files))
        first = stack.enter_context(opened(story.folder, "first"))
        merge(first, *story.files)
        second = stack.enter_context(opened(story.folder, "second"))
        for file in shuffled:
            merge(second, file)
        merge(second, *story.files)
        ours = content(exported(first, story.response, story.folder / "first.out"))
        assert ours == content(exported(second, story.response, story.folder / "second.out"))
        assert state(first, story.response) == state(second, story.response)


@few
@given(histories)
def test_people_who_exchange_everything_end_equal(steps: list[tuple[str, str, int]]) -> None:
    """M-01 for those who typed: once everything stands, all see the same. M-04: what was sealed is in it."""
    with ministries(steps) as story:
        for store in story.stores.values():
            for operation in store.operations.merges():
                store.operations.put_back(operation.id)
            merge(store, *story.files)
        contents = [
            content(exported(store, story.response, story.folder / f"{who}.out"))
            for who, store in story.stores.items()
        ]
        assert contents[0] == contents[1] == contents[2]
        seen = [state(store, story.response) for store in story.stores.values()]
        assert seen[0] == seen[1] == seen[2]
        held = _lines(contents[0])
        assert all(_lines(content(file)) <= held for file in story.files)


@few
@given(histories)
def test_taking_a_merge_back_and_putting_it_again_changes_nothing(steps: list[tuple[str, str, int]]) -> None:
    """M-05."""
    with ministries(steps) as story:
        store = story.stores["anna"]
        merge(store, *story.files)
        before = (
            content(exported(store, story.response, story.folder / "before.out")),
            state(store, story.response),
        )
        standing = [operation.id for operation in store.operations.merges() if not operation.taken_back_by]
        for operation in standing:
            store.operations.take_back(operation)
        for operation in reversed(standing):
            store.operations.put_back(operation)
        after = (
            content(exported(store, story.response, story.folder / "after.out")),
            state(store, story.response),
        )
        assert before == after


def _lines(package: dict[str, object]) -> set[bytes]:
    lines = package["revisions.jsonl"]
    assert isinstance(lines, bytes)
    return set(lines.splitlines())


@settings(few, max_examples=4)
@given(histories, st.randoms(use_true_random=False))
def test_a_shared_store_comes_to_the_same_as_a_file(
    postgres: Server, steps: list[tuple[str, str, int]], chance: Random
) -> None:
    """M-01, M-02, M-05 on a server."""
    with ministries(steps) as story, ExitStack() as stack:
        here = stack.enter_context(opened(story.folder, "here"))
        there = stack.enter_context(opened(story.folder, "there", address=postgres.new_database()))
        merge(here, *story.files)
        for file in chance.sample(story.files, len(story.files)):
            merge(there, file)
        standing = [operation.id for operation in there.operations.merges()]
        for operation in standing:
            there.operations.take_back(operation)
        assert there.response_list.all() == ()
        for operation in standing:
            there.operations.put_back(operation)
        ours = content(exported(here, story.response, story.folder / "here.out"))
        assert ours == content(exported(there, story.response, story.folder / "there.out"))
        assert state(here, story.response) == state(there, story.response)
