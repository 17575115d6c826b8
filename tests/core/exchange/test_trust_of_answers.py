"""On what trust each answer rests, and what a file does that is worth less than what it changes.

U-01  A file whose trust is lower than that of what it changes displaces nothing: both stay, and the file is named
      with what it changes. With equal values there is nothing to say.
U-02  What is decided here takes effect at once, whatever the clock says, and gives way to nothing that is less.
U-03  The order of files plays no part: keys that become known later raise what they signed before, in all rounds.
U-04  Taking a merge back lowers again; a coordinator's key that came back raises.
U-05  Colleagues who pass files back and forth, and know nothing of each other, are asked nothing.
U-06  A conflict says of each side on what it rests, and of the one that goes on from the other that it does.
U-07  A file that proves what was here already says what takes effect by that, in plan, report and log; and history
      names the file that proves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_plan import MergeResult
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.verification import Trust
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.objects.responses import what_answers_rest_on
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.trust_wording import standing_words, trust_words
from tests.core.exchange.test_merge_property import state
from tests.support.inviting import coordinator, invited, merged, planned
from tests.support.packages import unsigned
from tests.support.workspaces import (
    NAME,
    PARTNER,
    STORY,
    Ticking,
    answer,
    exported,
    merge,
    opened,
    text_at,
)

INSTITUTION = "STA-A/STA-A02"


class Norway:
    """A State that answers its invitation, and a stranger who takes its file and goes on from there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.carla = coordinator(folder)
        (issued,) = invited(self.carla, folder / "invitations", "NOR")
        self.nina = Workspace.open(folder / "nina.iscmdb")
        self.nina.set_person("Nina", "Ministry")
        self.response = self.nina.received_invitations.open_response(issued.path, "", "", "")

    def says(self, workspace: Workspace, text: str) -> None:
        session = workspace.responses.open_session(self.response)
        session.answer(INSTITUTION, text)
        workspace.responses.save(self.response, session)

    def file(self, name: str, workspace: Workspace | None = None, *, is_signed: bool = True) -> Path:
        whole = exported(workspace or self.nina, self.response, self.folder / f"{name}.iscm")
        if not is_signed:
            whole.write_bytes(zipped(unsigned(whole)))
        return whole

    def forged(self, name: str, text: str, *, is_signed: bool = False) -> Path:
        """By a stranger who has a copy of all that was said."""
        with opened(self.folder, f"stranger-{name}") as stranger:
            merge(stranger, self.file(f"copy-{name}"))
            self.says(stranger, text)
            return self.file(name, stranger, is_signed=is_signed)

    def shown(self, workspace: Workspace | None = None) -> str:
        session = (workspace or self.carla).responses.open_session(self.response)
        return session.view(INSTITUTION).text


@pytest.fixture
def norway(tmp_path: Path) -> Norway:
    return Norway(tmp_path)


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_lesser_word_displaces_nothing(norway: Norway, is_signed: bool) -> None:
    """U-01."""
    norway.says(norway.nina, "Ministry of Justice")
    first = norway.file("first")
    forged = norway.forged("forged", "Ministry of Truth", is_signed=is_signed)
    (report,) = merged(norway.carla, first)
    assert report.trust is Trust.VERIFIED
    (plan,) = planned(norway.carla, forged)
    assert plan.result.value == "conflict"
    assert [path for _kind, path in plan.lowers] == [INSTITUTION]
    (report,) = merged(norway.carla, forged)
    assert report.lowers == plan.lowers
    assert norway.shown() == "Ministry of Justice"
    (conflict,) = norway.carla.conflicts.unsettled()
    assert {one.text for one in conflict.candidates} == {"Ministry of Justice", "Ministry of Truth"}
    norway.carla.conflicts.resolve(conflict.id, value="Ministry of Justice", reason="asked them")
    assert norway.carla.conflicts.unsettled() == ()


def test_a_conflict_says_on_what_its_sides_rest(norway: Norway) -> None:
    """U-06: also where nobody had answered before either of them."""
    norway.says(norway.nina, "Ministry of Justice")
    forged = norway.forged("forged", "Ministry of Truth")
    merge(norway.carla, norway.file("first"))
    merge(norway.carla, forged)
    (conflict,) = norway.carla.conflicts.unsettled()
    said = {one.text: standing_words(conflict, one) for one in conflict.candidates}
    goes_on = "This one continues the other, but shows less of where it comes from."
    assert said["Ministry of Justice"] == ["verified invitation"]
    rests_on, *more = said["Ministry of Truth"]
    assert rests_on.startswith("unsigned, not proven")
    assert more == [goes_on]
    assert conflict.ancestor is None


def test_sides_beside_each_other_continue_nothing(norway: Norway) -> None:
    """U-06: two who went on from the same."""
    norway.says(norway.nina, "Ministry")
    forged = norway.forged("forged", "Ministry of Truth")
    norway.says(norway.nina, "Ministry of Justice")
    merge(norway.carla, forged)
    merge(norway.carla, norway.file("second"))
    (conflict,) = norway.carla.conflicts.unsettled()
    assert conflict.continuing == ()
    assert conflict.ancestor is not None


def test_what_a_file_proves_is_not_nothing(norway: Norway) -> None:
    """U-07: an unsigned copy came first, and stood against what was verified."""
    norway.says(norway.nina, "Ministry")
    merge(norway.carla, norway.file("first"))
    norway.says(norway.nina, "Ministry of Justice")
    signed, bare = norway.file("second"), norway.file("bare", is_signed=False)
    merge(norway.carla, bare)
    assert len(norway.carla.conflicts.unsettled()) == 1
    (plan,) = planned(norway.carla, signed)
    (report,) = merged(norway.carla, signed)
    assert (plan.result, plan.newer, plan.new) == (MergeResult.NEWER, 1, 0)
    assert "is proven now by this file" in explain(plan)
    assert (report.result, report.newer, report.risen) == (plan.result, plan.newer, plan.risen)
    assert norway.shown() == "Ministry of Justice"
    assert norway.carla.conflicts.unsettled() == ()
    assert norway.carla.operations.rows()[0].merged.newer == 1
    shown = norway.carla.conflicts.history(norway.response, AnswerPath(INSTITUTION))[0]
    assert (shown.source, trust_words(shown)) == ("second.iscm", "verified invitation")
    (again,) = planned(norway.carla, signed)
    assert (again.result, again.newer, again.risen) == (MergeResult.SAME, 0, ())


def test_the_same_words_from_a_lesser_file_say_nothing(norway: Norway) -> None:
    """U-01."""
    norway.says(norway.nina, "Ministry of Justice")
    merge(norway.carla, norway.file("first"))
    norway.says(norway.nina, "Ministry of Justice and Peace")
    signed = norway.file("second")
    with opened(norway.folder, "stranger") as stranger:
        merge(stranger, signed)
        norway.says(stranger, "Ministry of Justice")
        bare = norway.file("third", stranger, is_signed=False)
    merge(norway.carla, signed)
    norway.carla.conflicts.unsettled()
    (plan,) = planned(norway.carla, bare)
    assert [path for _kind, path in plan.lowers] == [INSTITUTION]
    with opened(norway.folder, "other") as other:
        merge(other, signed)
        answer_twice(norway, other)
        (plan,) = planned(norway.carla, norway.file("fourth", other, is_signed=False))
    assert plan.lowers == ()


def answer_twice(norway: Norway, workspace: Workspace) -> None:
    """Changed and changed back, each of it sealed."""
    norway.says(workspace, "something else")
    norway.file("aside", workspace)
    norway.says(workspace, "Ministry of Justice and Peace")


def test_what_is_decided_here_takes_effect(norway: Norway) -> None:
    """U-02: over verified answers, and over others; a lesser file that goes on from it does not undo it."""
    norway.says(norway.nina, "Ministry of Justice")
    merge(norway.carla, norway.file("first"))
    norway.says(norway.carla, "Ministry of Justice, corrected")
    back = norway.file("to-nina", norway.carla)
    assert norway.carla.conflicts.unsettled() == ()
    assert norway.shown() == "Ministry of Justice, corrected"
    merge(norway.nina, back)
    assert norway.shown(norway.nina) == "Ministry of Justice, corrected"
    merge(norway.carla, norway.forged("forged", "Ministry of Truth"))
    assert norway.shown() == "Ministry of Justice, corrected"
    norway.says(norway.nina, "Ministry of Justice, once more")
    merge(norway.carla, norway.file("verified"))
    values = {one.text for conflict in norway.carla.conflicts.unsettled() for one in conflict.candidates}
    assert "Ministry of Justice, once more" in values
    assert "Ministry of Justice, corrected" not in values


def test_any_order_of_differing_trust_comes_to_the_same(norway: Norway) -> None:
    """U-03: the proof may come after what its key signed, and after what it lowers."""
    norway.says(norway.nina, "first")
    early = norway.file("early")
    norway.says(norway.nina, "second")
    bare = norway.file("bare", is_signed=False)
    forged = norway.forged("forged", "third")
    norway.says(norway.nina, "fourth")
    late = norway.file("late")
    keys = norway.carla.keys.identities()
    ((recipient, identity),) = keys.items()
    seen = set()
    for number, order in enumerate(permutations([early, bare, forged, late])):
        with coordinator(norway.folder, f"store-{number}") as carla:
            carla.keys._keep_identity(identity, recipient, "Carla")
            for file in order:
                merge(carla, file)
            rests = tuple(sorted(what_rests(carla).items()))
            conflicts = tuple(
                (one.path, frozenset(side.revision_id for side in one.candidates))
                for one in carla.conflicts.unsettled()
            )
            seen.add((norway.shown(carla), conflicts, rests))
    assert len(seen) == 1, seen
    ((shown, conflicts, _rests),) = seen
    assert shown == "fourth"
    assert len(conflicts) == 1


def what_rests(workspace: Workspace) -> dict[str, int]:
    with workspace._database.read() as db:
        return {ground.name: count for ground, count in what_answers_rest_on(db, "2027").items()}


def test_taking_back_the_proof_lowers_what_only_it_proved(norway: Norway) -> None:
    """U-04: the key that proved itself stays known; forgotten, it is a stranger's."""
    norway.says(norway.nina, "first")
    signed = norway.file("signed")
    bare = norway.folder / "bare.iscm"
    bare.write_bytes(zipped(unsigned(signed)))
    merge(norway.carla, bare)
    assert set(what_rests(norway.carla)) == {"UNSIGNED"}
    merge(norway.carla, signed)
    assert set(what_rests(norway.carla)) == {"VERIFIED"}
    norway.carla.operations.take_back(norway.carla.operations.merges()[0].id)
    assert set(what_rests(norway.carla)) == {"UNSIGNED"}
    norway.carla.operations.put_back(norway.carla.operations.merges()[0].id)
    assert set(what_rests(norway.carla)) == {"VERIFIED"}


def test_a_key_that_came_back_raises_what_was_merged_without_it(norway: Norway) -> None:
    """U-04."""
    norway.says(norway.nina, "first")
    signed = norway.file("signed")
    ((recipient, identity),) = norway.carla.keys.identities().items()
    with coordinator(norway.folder, "other") as other:
        merge(other, signed)
        assert set(what_rests(other)) == {"NEW_DEVICE"}
        other.keys._keep_identity(identity, recipient, "Carla")
        assert merge(other, signed) == ["same"]
        assert set(what_rests(other)) == {"VERIFIED"}


def test_a_device_that_is_named_or_forgotten_counts_at_once(norway: Norway) -> None:
    """U-03: known for this respondent alone."""
    norway.says(norway.nina, "first")
    signed = norway.file("signed")
    key = norway.nina.keys.device_key.public
    with coordinator(norway.folder, "other") as other:
        merge(other, signed)
        assert set(what_rests(other)) == {"NEW_DEVICE"}
        other.devices.name(key, "Nina's laptop", "state", "CAN")
        assert set(what_rests(other)) == {"NEW_DEVICE"}
        other.devices.name(key, "Nina's laptop", "state", "NOR")
        assert set(what_rests(other)) == {"KNOWN_DEVICE"}
        other.devices.forget(key, "state", "NOR")
        assert set(what_rests(other)) == {"NEW_DEVICE"}


def test_colleagues_who_exchange_files_are_asked_nothing(tmp_path: Path) -> None:
    """U-05: neither of them has invited anybody, so each other's word is worth their own."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        for turn in range(3):
            answer(anna, response, name=f"Anna {turn}")
            assert merge(bela, exported(anna, response, tmp_path / f"a{turn}.iscm")) != ["conflict"]
            answer(bela, response, name=f"Bela {turn}")
            assert merge(anna, exported(bela, response, tmp_path / f"b{turn}.iscm")) == ["newer"]
            assert text_at(anna, response, NAME) == text_at(bela, response, NAME) == f"Bela {turn}"
        assert state(anna, response) == state(bela, response)


@pytest.mark.parametrize("backwards", [timedelta(0), timedelta(days=30_000)])
def test_a_clock_set_back_has_its_effect(tmp_path: Path, backwards: timedelta) -> None:
    """U-02: closing a delegation, withdrawing a query, another language, another sign-off: all that settles itself."""
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="Anna", story="told")
        session = anna.responses.open_session(response)
        session.add_entry(PARTNER)
        anna.responses.save(response, session)
        anna.delegations.hand_over(response, ["about"], to="Bela", target=tmp_path / "part.iscm")
        query = anna.queries.ask(response, STORY, "Is it so?")
        anna.sign_offs.sign(response, "First", "Head")
        clock.now -= backwards
        (row,) = anna.delegations.rows()
        anna.delegations.close(row.id)
        assert anna.delegations.rows()[0].is_over
        anna.queries.withdraw(query)
        assert anna.queries.rows()[0].is_withdrawn
        anna.sign_offs.sign(response, "Second", "Head")
        signed = anna.sign_offs.of(response)
        assert signed is not None
        assert signed.name == "Second"


def test_history_says_on_what_each_state_rests(norway: Norway) -> None:
    """U-01: revision by revision, for window, command line and scripts."""
    norway.says(norway.nina, "first")
    merge(norway.carla, norway.file("first"))
    merge(norway.carla, norway.forged("forged", "second"))
    (conflict,) = norway.carla.conflicts.unsettled()
    norway.carla.conflicts.resolve(conflict.id, value="third")
    rows = {row.text: row for row in norway.carla.conflicts.history(norway.response, AnswerPath(INSTITUTION))}
    assert {text: (row.rests_on, row.is_proven) for text, row in rows.items()} == {
        "first": ("verified", True),
        "second": ("unsigned", False),
        "third": ("coordinator", True),
    }
    assert trust_words(replace(rows["second"], is_time_doubtful=False)) == "unsigned, not proven"
    assert trust_words(rows["third"]) == "changed by the coordinator"


def test_a_time_that_cannot_be_right_is_said_to_be_doubtful(tmp_path: Path) -> None:
    """A sign-off of the year 9999, an answer that is older than what it was built upon: shown, and of no effect."""
    ahead = Ticking(datetime(9998, 1, 1, tzinfo=UTC))
    with opened(tmp_path, "anna", clock=ahead) as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="of the year 9998")
        anna.sign_offs.sign(response, "Ms Example", "Head")
        merge(bela, exported(anna, response, tmp_path / "1.iscm"))
        answer(bela, response, name="of the year 2027")
        exported(bela, response, tmp_path / "2.iscm")
        rows = {row.text: row for row in bela.conflicts.history(response, AnswerPath(NAME))}
        assert rows["of the year 9998"].is_time_doubtful
        assert not rows["of the year 2027"].is_time_doubtful
        assert text_at(bela, response, NAME) == "of the year 2027"
        assert bela.conflicts.unsettled() == ()
        signed = bela.sign_offs.of(response)
        assert signed is not None
        assert signed.is_time_doubtful


def test_a_proof_raises_what_the_key_signed_in_another_round(norway: Norway) -> None:
    """U-03: in whichever order, in one pile or in two."""
    norway.says(norway.nina, "first")
    proven = norway.file("proven")
    norway.nina.rounds.start("2025", "Assessment 2025")
    other = norway.nina.responses.start("state", "NOR", round="2025")
    session = norway.nina.responses.open_session(other)
    session.answer(INSTITUTION, "two years ago")
    norway.nina.responses.save(other, session)
    earlier = exported(norway.nina, other, norway.folder / "earlier.iscm")
    ((recipient, identity),) = norway.carla.keys.identities().items()
    for number, order in enumerate(([earlier, proven], [proven, earlier])):
        for together in (True, False):
            with coordinator(norway.folder, f"store-{number}-{together}") as carla:
                carla.keys._keep_identity(identity, recipient, "Carla")
                for files in [order] if together else [[one] for one in order]:
                    merge(carla, *files)
                assert set(carla.trust.answers_rest_on("2025")) == {"known_device"}
                assert set(carla.trust.answers_rest_on("2027")) == {"verified"}
