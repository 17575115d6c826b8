"""What files say where the questionnaire has something else, and what they remove.

M-21 A revision of a kind that cannot be at its place hides and changes nothing, whenever and wherever it is merged.
M-22 It is kept, handed on, and named in plan and report.
M-23 What a file removes is counted and named like what it changes.
M-24 Nobody is asked to choose about it: in plan, report, list, conflicts and public edition.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_plan import FileOutcome, FilePlan
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.presenters.merged_file_row import FileRow
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.revision import (
    ANSWER,
    ENTRY,
    ItemPath,
    Revision,
    RevisionId,
    item_key,
    revision_id,
)
from iscm_desktop.workspace import Workspace
from tests.support.packages import unsigned
from tests.support.workspaces import (
    NAME,
    PARTNER,
    STORY,
    answer,
    exported,
    merge,
    opened,
    small_form,
    text_at,
)

_ODD_PLACES = ["about", "partners", PARTNER, NAME]


def filled_in(workspace: Workspace) -> tuple[str, str]:
    """A response with a name and a partner; gives it and the partner's entry."""
    response = workspace.responses.start("small", "igc")
    answer(workspace, response, name="IGC", story="A long story")
    session = workspace.responses.open_session(response)
    entry = session.add_entry(PARTNER)
    session.answer(f"{entry}/who", "UNHCR")
    workspace.responses.save(response, session)
    return response, entry


def forged(workspace: Workspace, response: str, target: Path, *places: tuple[str, str, str | None]) -> Path:
    """A file by hand, whose revisions of this kind, at this path, with this value, follow all that lies inside."""
    with workspace._database.read() as db:
        present = items_of(db, response)
    made: dict[RevisionId, Revision] = {}
    for kind, path, value in places:
        inside = [
            head
            for key, state in present.items()
            for head in state.heads
            if key[1].startswith(f"{path}/") or key == (kind, path)
        ]
        one = Revision(
            "Mallory", workspace._context.device, kind, "2027-06-01T00:00:00.000000Z", tuple(sorted(set(inside))),
            ItemPath(path), response, value,
        )  # fmt: skip
        made[revision_id(one)] = one
    row = workspace.response_list.row(response)
    contents = workspace.exports.contents(row, small_form(), made)
    workspace.exports.write_contents(
        contents, target
    )  # by the device that made all the rest: nothing less proven
    return target


def plan_of(workspace: Workspace, file: Path) -> FilePlan:
    (planned,) = workspace.packages.plan([file]).files
    assert isinstance(planned, FilePlan)
    return planned


@pytest.mark.parametrize("place", _ODD_PLACES)
@pytest.mark.parametrize("value", [None, "5"])
def test_a_section_is_not_removed_like_an_entry(tmp_path: Path, place: str, value: str | None) -> None:
    """M-21, M-22"""
    with opened(tmp_path, "anna") as anna:
        response, entry = filled_in(anna)
        whole = exported(anna, response, tmp_path / "whole.iscm")
        odd = forged(anna, response, tmp_path / "odd.iscm", (ENTRY, place, value))
        planned = plan_of(anna, odd)
        assert planned.odd == (place,)
        assert "does not fit the questionnaire" in explain(planned)
        for number, order in enumerate(permutations((whole, odd))):
            with opened(tmp_path, f"reader{number}") as reader:
                assert merge(reader, *order)[0] == "new"
                assert text_at(reader, response, NAME) == "IGC"
                assert text_at(reader, response, STORY) == "A long story"
                assert text_at(reader, response, f"{entry}/who") == "UNHCR"
                with reader._database.read() as db:
                    assert item_key(ENTRY, place) in items_of(db, response)
                back = exported(reader, response, tmp_path / "back.iscm")
            with opened(tmp_path, f"next{number}") as after:
                merge(after, back)
                with after._database.read() as db:
                    assert "Mallory" in {one.author for one in revisions_of(db, response).values()}


_ODD = [
    [(ENTRY, "about", None)],
    [(ENTRY, "about", "5")],
    [(ANSWER, "about", "a"), (ANSWER, "about", "b")],
]


@pytest.mark.parametrize("places", _ODD)
@pytest.mark.parametrize("is_signed", [False, True])
def test_nobody_chooses_about_it(
    tmp_path: Path, places: list[tuple[str, str, str | None]], is_signed: bool
) -> None:
    """M-24: by a file that is worth less, and by one that is worth as much, before and after the answers."""
    with opened(tmp_path, "anna") as anna:
        response, _entry = filled_in(anna)
        exported(anna, response, tmp_path / "whole.iscm")
        odd = forged(anna, response, tmp_path / "odd.iscm", *places)
        if not is_signed:
            odd.write_bytes(zipped(unsigned(odd)))
        answer(anna, response, name="A newer name")
        newer = exported(anna, response, tmp_path / "newer.iscm")
        for number, order in enumerate(permutations((newer, odd))):
            with opened(tmp_path, f"reader{number}") as reader:
                for file in order:
                    planned = plan_of(reader, file)
                    assert (planned.conflicts, planned.lowers) == (0, ())
                    assert merge(reader, file)[0] != "conflict"
                assert reader.conflicts.unsettled() == ()
                assert reader.response_list.row(response).conflicts == 0
                assert text_at(reader, response, NAME) == "A newer name"
                assert reader.verification.verify().findings == ()
                reader.public_exports.export(response, tmp_path / f"public{number}.iscm")


def test_a_removal_by_a_lesser_file_is_named(tmp_path: Path) -> None:
    """M-23: it removes nothing, and the plan says what it would."""
    with (
        opened(tmp_path, "anna") as anna,
        opened(tmp_path, "bela") as bela,
        opened(tmp_path, "mallory") as mallory,
    ):
        response, entry = filled_in(anna)
        merge(bela, exported(anna, response, tmp_path / "whole.iscm"))
        merge(mallory, tmp_path / "whole.iscm")
        session = mallory.responses.open_session(response)
        session.remove_entry(entry)
        mallory.responses.save(response, session)
        bare = exported(mallory, response, tmp_path / "bare.iscm")
        bare.write_bytes(zipped(unsigned(bare)))
        planned = plan_of(bela, bare)
        assert planned.lower_removals == (entry,)
        assert FileRow.of(planned, takes_outside=False).lower_removals == (entry,)
        said = explain(planned)
        assert "It removes or clears an entry of partner." in said
        assert "changed on both sides" not in said
        merge(bela, bare)
        assert text_at(bela, response, f"{entry}/who") == "UNHCR"


def test_it_stays_without_effect_for_good(tmp_path: Path) -> None:
    """M-21: where the revision is in a store already, answers given later are seen, offered next round, handed on."""
    with opened(tmp_path, "anna") as anna:
        response, _entry = filled_in(anna)
        exported(anna, response, tmp_path / "whole.iscm")
        odd = forged(anna, response, tmp_path / "odd.iscm", (ENTRY, "about", None))
        assert merge(anna, odd) != ["refused"]
        answer(anna, response, name="A newer name")
        assert text_at(anna, response, NAME) == "A newer name"
        anna.rounds.start("2028", "Assessment 2028")
        following = anna.responses.start("small", "igc", round="2028")
        assert anna.last_round.offer(following, response) == 3


def test_an_answer_at_the_place_of_a_group_is_named(tmp_path: Path) -> None:
    """M-22"""
    with opened(tmp_path, "anna") as anna:
        response, _entry = filled_in(anna)
        exported(anna, response, tmp_path / "whole.iscm")
        odd = forged(
            anna, response, tmp_path / "odd.iscm", (ANSWER, "about", "x"), (ANSWER, f"{PARTNER}/e9", "x"),
            (ANSWER, "about/of_another_version", "x"),
        )  # fmt: skip
        planned = plan_of(anna, odd)
        assert planned.odd == ("about", f"{PARTNER}/e9")
        assert FileRow.of(planned, takes_outside=False).odd == planned.odd
        report = anna.packages.apply(anna.packages.plan([odd]))
        assert [file.odd for file in report.files if isinstance(file, FileOutcome)] == [planned.odd]


def test_honest_removals_count(tmp_path: Path) -> None:
    """M-23: in the plan, in the report, in the row for scripts and in the log."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response, entry = filled_in(anna)
        merge(bela, exported(anna, response, tmp_path / "whole.iscm"))
        session = anna.responses.open_session(response)
        session.remove_entry(entry)
        session.answer(STORY, "")
        session.answer(NAME, "Another name")
        anna.responses.save(response, session)
        plan = bela.packages.plan([exported(anna, response, tmp_path / "less.iscm")])
        (planned,) = plan.files
        assert isinstance(planned, FilePlan)
        assert planned.removed == tuple(sorted((STORY, entry)))
        assert (planned.newer, planned.conflicts, planned.odd) == (1, 0, ())
        assert "2 answers or entries are removed" in explain(planned)
        assert "2 removed" in FileRow.of(planned, takes_outside=False).counts
        report = bela.packages.apply(plan)
        assert [file.removed for file in report.files if isinstance(file, FileOutcome)] == [planned.removed]
        newest = bela.operations.rows()[0]
        assert (newest.merged.newer, newest.merged.removed) == (1, 2)
        assert merge(bela, tmp_path / "less.iscm") == ["same"]
