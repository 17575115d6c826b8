"""Stories of people with stores of their own, in any order; `ISCM_HISTORIES=10000` is the nightly number.

M-04  No sealed revision ever disappears from a store.
M-06  What is in view is complete: what it was built upon, and is here, is in view as well.
M-07  What is kept beside the revisions is what they come to.
M-08  All who have the same revisions in view, on the same levels, and type nothing, see the same.
M-09  What only merges brought that are taken back is out of view, unless somebody built upon it.
M-01  Once everybody has merged everything, all see the same, and so does a newcomer.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iscm_desktop.store.objects.heads import closed, states
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.packages import proof_of
from iscm_desktop.store.objects.revision import Revision, RevisionId
from iscm_desktop.workspace import Workspace
from tests.core.exchange.test_merge_property import PEOPLE, Ministries, state
from tests.support.workspaces import content, exported, merge, opened

HISTORIES = int(os.environ.get("ISCM_HISTORIES", "6"))

people = st.sampled_from(PEOPLE)
kinds_of_edit = st.sampled_from(("answer", "clear", "add", "remove", "move", "inside", "note"))
chances = st.integers(0, 2**32)

Revisions = dict[RevisionId, Revision]


class Stories(RuleBasedStateMachine):
    """Three people who answer for one respondent."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.ministries = Ministries(self.folder, self.stack)
        self.everything: dict[str, set[RevisionId]] = {who: set() for who in PEOPLE}
        self.brought: dict[str, dict[str, set[RevisionId]]] = {who: {} for who in PEOPLE}  # by merge
        self.in_file: dict[Path, set[RevisionId]] = {}

    @rule(who=people, action=kinds_of_edit, chance=chances)
    def edits(self, who: str, action: str, chance: int) -> None:
        self.ministries.act(who, action, chance)

    @rule(year=st.integers(1990, 9998))
    def sets_the_clock(self, year: int) -> None:
        self.ministries.clock.now = datetime(year, 1, 1, tzinfo=UTC)

    @rule(who=people)
    def sends_unsigned(self, who: str) -> None:
        self.exports(who, is_signed=False)

    @rule(who=people)
    def exports(self, who: str, *, is_signed: bool = True) -> None:
        self.ministries.export(who, is_signed=is_signed)
        self.in_file[self.ministries.files[-1]] = set(self._in_view(who))

    @rule(who=people, to=people, action=kinds_of_edit, chance=chances)
    def edits_and_passes_on(self, who: str, to: str, action: str, chance: int) -> None:
        """What happens most, in one step, so that short stories get somewhere."""
        self.ministries.act(who, action, chance)
        self.exports(who)
        if to != who:
            self._merge(to, self.ministries.files[-1:])

    @rule(who=people, action=kinds_of_edit, chance=chances)
    def builds_upon_a_merge_and_takes_it_back(self, who: str, action: str, chance: int) -> None:
        self.ministries.act(who, action, chance)
        self.ministries.act(who, "resolve", chance)
        if standing := [
            operation.id for operation in self._store(who).operations.merges() if not operation.taken_back_by
        ]:
            self._store(who).operations.take_back(standing[chance % len(standing)])

    @precondition(lambda self: self.in_file)
    @rule(who=people, chance=chances)
    def merges(self, who: str, chance: int) -> None:
        files = sorted(self.in_file)
        chosen = Random(chance).sample(files, Random(chance).randint(1, min(3, len(files))))
        self._merge(who, chosen)

    def _merge(self, who: str, files: list[Path]) -> None:
        merge(self._store(who), *files)
        operation = self._store(who).operations.merges()[0].id
        self.brought[who][operation] = set().union(*(self.in_file[file] for file in files))

    @rule(who=people, chance=chances)
    def resolves(self, who: str, chance: int) -> None:
        self.ministries.act(who, "resolve", chance)

    @rule(who=people, chance=chances)
    def takes_back_or_puts_again(self, who: str, chance: int) -> None:
        self.ministries.act(who, "undo", chance)

    def _store(self, who: str) -> Workspace:
        return self.ministries.stores[who]

    def _in_view(self, who: str, *, with_hidden: bool = False) -> Revisions:
        with self._store(who)._database.read() as db:
            return revisions_of(db, self.ministries.response, with_hidden=with_hidden)

    @invariant()
    def every_store_is_as_it_should_be(self) -> None:
        """M-04, M-06, M-07, M-09."""
        if not hasattr(self, "ministries"):
            return
        for who in PEOPLE:
            everything, in_view = self._in_view(who, with_hidden=True), self._in_view(who)
            assert self.everything[who] <= everything.keys()
            self.everything[who] = set(everything)
            assert closed(in_view, everything) == in_view.keys()
            with self._store(who)._database.read() as db:
                levels = proof_of(db, self.ministries.response).levels(in_view)
                assert items_of(db, self.ministries.response) == states(in_view, levels)
            undone = {
                operation.id for operation in self._store(who).operations.merges() if operation.taken_back_by
            }
            taken = self.brought[who]
            standing = set().union(*(ids for operation, ids in taken.items() if operation not in undone))
            own = {id_ for id_, one in everything.items() if one.device == self._store(who).device}
            wanted = closed((standing | own) & everything.keys(), everything)
            assert in_view.keys() == wanted

    @invariant()
    def those_with_the_same_revisions_see_the_same(self) -> None:
        """M-08."""
        if not hasattr(self, "ministries"):
            return
        for one, other in combinations(PEOPLE, 2):
            if self._types(one) or self._types(other) or self._proven(one) != self._proven(other):
                continue
            response = self.ministries.response
            assert state(self._store(one), response) == state(self._store(other), response)

    def _proven(self, who: str) -> dict[RevisionId, int]:
        """What is in view, and how far that is proven."""
        with self._store(who)._database.read() as db:
            grounds = proof_of(db, self.ministries.response).grounds(self._in_view(who))
        return {id_: ground.level for id_, ground in grounds.items()}

    def _types(self, who: str) -> bool:
        with self._store(who)._database.read() as db:
            return bool(db.run_text("SELECT count(*) FROM draft")[0][0])

    def teardown(self) -> None:
        """M-01, M-04."""
        if not hasattr(self, "ministries"):
            return
        with self.stack:
            for who in PEOPLE:
                self.exports(who)
            newcomer = self.stack.enter_context(opened(self.folder, "newcomer"))
            for store in (*self.ministries.stores.values(), newcomer):
                for operation in store.operations.merges():
                    store.operations.put_back(operation.id)
                merge(store, *self.ministries.files)
            response = self.ministries.response
            stores = [*self.ministries.stores.values(), newcomer]
            seen = [state(store, response) for store in stores]
            assert all(one == seen[0] for one in seen)
            written = [
                content(exported(store, response, self.folder / f"end-{number}.iscm"))
                for number, store in enumerate(stores)
            ]
            assert all(one == written[0] for one in written)


TestStories = Stories.TestCase
TestStories.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
