"""Everybody goes on working: a focal point, a colleague with one section, and a coordinator who asks.

W-01 Whoever has seen the same files has the same answers, queries, replies and delegations.
W-02 No sealed revision ever disappears.
W-03 The colleague never holds anything of the other sections, whoever merges what, in whatever order.
W-04 Replies close queries wherever the reply is known, and answers are never touched by either.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from iscm_desktop.exchange.colleagues.delegation import ABOUT_QUESTIONS
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import FEE, NAME, PARTNER, STORY, Ticking, exported, merge, opened

WHO = ("anna", "bela", "cora")
ACTIONS = (
    "answer",
    "answer",
    "inside",
    "ask",
    "reply",
    "withdraw",
    "hand",
    "export",
    "questions",
    "merge",
    "merge",
)
step = st.tuples(st.sampled_from(WHO), st.sampled_from(ACTIONS), st.integers(0, 2**32))
stories = st.lists(step, min_size=6, max_size=24)


class Office:
    """Anna holds the response, Bela its section on partners, Cora what Anna exported."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        clock = Ticking()
        self.folder, self.number = folder, 0
        self.stores = {name: stack.enter_context(opened(folder, name, clock=clock)) for name in WHO}
        self.files: list[Path] = []  # for Anna and Cora
        self.handed: list[Path] = []  # for Bela
        self.questions: list[Path] = []  # for Anna
        self.response = self.stores["anna"].responses.start("small", "igc")
        self.hand()
        merge(self.stores["bela"], *self.handed)
        self.export("anna")
        merge(self.stores["cora"], *self.files)

    def file(self) -> Path:
        self.number += 1
        return self.folder / f"{self.number:03}.iscm"

    def hand(self) -> None:
        done = self.stores["anna"].delegations.hand_over(
            self.response, ["partners"], to="Bela", target=self.file()
        )
        self.handed.append(done.path)

    def export(self, who: str) -> None:
        self.files.append(exported(self.stores[who], self.response, self.file()))

    def act(self, who: str, action: str, seed: int) -> None:
        store, chance = self.stores[who], Random(seed)
        queries = store.queries.rows()
        if action == "hand":
            self.hand()
        elif action == "export":
            self.export(who)
        elif action == "merge":
            self.merge(who, chance)
        elif action == "ask" and who != "bela":
            store.queries.ask(self.response, chance.choice((NAME, STORY)), f"question {chance.randint(1, 9)}")
        elif action == "reply" and queries:
            store.queries.reply(chance.choice(queries).id, f"reply {chance.randint(1, 9)}")
        elif action == "withdraw" and queries:
            store.queries.withdraw(chance.choice(queries).id)
        elif action == "questions" and who == "cora" and any(row.is_open for row in queries):
            self.questions.append(store.queries.export(self.response, self.file()).path)
        elif action in ("answer", "inside"):
            self.answer(store, who, action, chance)

    def merge(self, who: str, chance: Random) -> None:
        pile = {"anna": self.files + self.questions, "bela": self.handed, "cora": self.files}[who]
        if pile:
            merge(self.stores[who], *chance.sample(pile, chance.randint(1, len(pile))))

    def answer(self, store: Workspace, who: str, action: str, chance: Random) -> None:
        session = store.responses.open_session(self.response)
        entries = session.repeat(PARTNER).entries
        if action == "inside" and entries and chance.random() < 0.8:
            path = f"{chance.choice(entries).path}/who"
            session.answer(path, f"{who} {chance.randint(1, 4)}")
        elif action == "inside":
            session.add_entry(PARTNER)
        elif who != "bela":
            session.answer(chance.choice((NAME, STORY)), f"secret of {who} {chance.randint(1, 4)}")
            session.answer(FEE, chance.choice(("yes", "no")))
        store.responses.save(self.response, session)

    def revisions(self, who: str) -> dict[str, object]:
        with self.stores[who]._database.read() as db:
            return dict(revisions_of(db, self.response, with_hidden=True))


@contextmanager
def office(steps: list[tuple[str, str, int]]) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        story = Office(Path(folder), stack)
        for who, action, seed in steps:
            before = {name: set(story.revisions(name)) for name in WHO}
            story.act(who, action, seed)
            assert all(ids <= set(story.revisions(name)) for name, ids in before.items())  # W-02
        yield story


few = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@few
@given(stories)
def test_all_who_have_seen_the_same_agree(steps: list[tuple[str, str, int]]) -> None:
    """W-01, W-04."""
    with office(steps) as story:
        for who in WHO:
            story.export(who)
        anna, cora = story.stores["anna"], story.stores["cora"]
        merge(anna, *story.files, *story.questions)
        merge(cora, *story.files)
        ours = exported(anna, story.response, story.file())
        theirs = exported(cora, story.response, story.file())
        merge(anna, theirs)
        merge(cora, ours)
        assert _seen(anna, story.response) == _seen(cora, story.response)
        for row in anna.queries.rows():
            assert row.is_open == (not row.replies and not row.is_withdrawn)


@few
@given(stories)
def test_the_colleague_never_holds_more(steps: list[tuple[str, str, int]]) -> None:
    """W-03."""
    with office(steps) as story:
        merge(story.stores["bela"], *story.handed)
        held = story.revisions("bela").values()
        assert all(one.path.startswith("partners") for one in held if one.kind in ABOUT_QUESTIONS)
        assert not any("secret of" in str(one.value) for one in held)
        assert [
            section.path for section in story.stores["bela"].responses.open_session(story.response).sections()
        ] == ["partners"]
        story.export("bela")
        plan = story.stores["anna"].packages.plan(story.files[-1:])
        assert plan.files[0].outside == ()


def _seen(store: Workspace, response: str) -> object:
    session = store.responses.open_session(response)
    queries = [
        (row.id, row.text, row.is_open, row.is_withdrawn, sorted(reply.text for reply in row.replies))
        for row in store.queries.rows()
    ]
    delegations = [
        (row.id, row.to, row.is_over, sorted((one.by, one.answered) for one in row.returns))
        for row in store.delegations.rows()
    ]
    answers = [(view.path, view.text) for view in session.answers()]
    conflicts = [
        (one.path, one.kind, sorted(side.revision_id for side in one.candidates))
        for one in store.conflicts.unsettled()
    ]
    return answers, queries, delegations, conflicts
