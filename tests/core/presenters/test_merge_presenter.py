"""Merging as it is shown, told as stories: what is said, and what may be pressed.

P-01  Nothing can be applied before files were looked at, and nothing is changed before Apply.
P-02  While work goes on it may be stopped, and nothing else begins.
P-03  Work that fails leaves the view as it stood, so that it can be tried again.
P-06  A stopped merge goes on with the files that it has not reached, unless these are put aside.
P-05  Files that are worth less than what they change are merged once somebody has said yes, and never by themselves.
P-07  Looking that was stopped says that files may be missing.
P-04  What arrives in a watched folder waits while somebody looks at a plan, and bothers nobody with nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.presenters.merge_presenter import (
    MergePresenter,
    incoming_words,
    merged_incoming_words,
    settled_words,
)
from iscm_desktop.presenters.merge_view import IncomingStep, MergeAction, MergeState
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.support.packages import unsigned
from tests.support.workspaces import answer, exported, opened

ADD, APPLY, DISCARD, STOP = MergeAction.ADD, MergeAction.APPLY, MergeAction.DISCARD, MergeAction.STOP


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "coordinator") as workspace:
        yield workspace


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """What the IGC answered on a computer of its own."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC")
        return exported(anna, response, tmp_path / "igc.iscm")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "broken.iscm").write_bytes(b"not a package")
    return tmp_path / "broken.iscm"


@pytest.fixture
def plan(coordinator: Workspace, package: Path) -> MergePlan:
    return coordinator.packages.plan([package])


@pytest.fixture
def presenter() -> MergePresenter:
    return MergePresenter()


def allowed(presenter: MergePresenter) -> set[MergeAction]:
    return set(presenter.view.allowed)


def stands(presenter: MergePresenter) -> tuple[MergeState, set[MergeAction]]:
    return presenter.view.state, allowed(presenter)


def test_at_first_files_may_be_added(presenter: MergePresenter) -> None:
    assert stands(presenter) == (MergeState.EMPTY, {ADD})
    assert presenter.view.sentence.startswith("Add the files")
    assert presenter.view.files == ()


def test_nothing_can_be_merged_before_it_was_looked_at(presenter: MergePresenter) -> None:
    """P-01."""
    with pytest.raises(RuntimeError):
        presenter.begin_merging()
    assert presenter.view.state is MergeState.EMPTY


def test_files_are_looked_at_planned_and_merged(
    presenter: MergePresenter, coordinator: Workspace, plan: MergePlan
) -> None:
    """P-01, P-02."""
    presenter.begin_looking()
    assert stands(presenter) == (MergeState.LOOKING, {STOP})
    assert presenter.view.progress.format(done=1, total=2) == "1 of 2 files read"
    presenter.end_work()
    presenter.show_plan(plan)
    assert stands(presenter) == (MergeState.PLANNED, {ADD, APPLY, DISCARD})
    assert presenter.view.sentence.endswith("1 new, 0 the same, 0 newer, 0 in conflict, 0 refused. "
                                            "Nothing is changed yet.")  # fmt: skip
    assert [row.path.name for row in presenter.view.files] == ["igc.iscm"]
    assert presenter.begin_merging() == plan
    assert stands(presenter) == (MergeState.MERGING, {STOP})
    presenter.end_work()
    report = coordinator.packages.apply(plan)
    presenter.show_report(report)
    assert stands(presenter) == (MergeState.MERGED, {ADD, MergeAction.TAKE_BACK})
    assert presenter.view.operation == report.operation
    assert presenter.view.is_done


def test_a_plan_is_put_aside(presenter: MergePresenter, plan: MergePlan) -> None:
    presenter.show_plan(plan)
    presenter.discard_plan()
    assert stands(presenter) == (MergeState.EMPTY, {ADD})
    assert presenter.view.files == ()
    with pytest.raises(RuntimeError):
        presenter.begin_merging()


def test_a_folder_without_packages_is_no_plan(presenter: MergePresenter) -> None:
    presenter.show_plan(MergePlan(()))
    assert stands(presenter) == (MergeState.EMPTY, {ADD})
    assert presenter.view.sentence == "No package was found there."


def test_refused_files_are_shown_and_not_applied(
    presenter: MergePresenter, coordinator: Workspace, broken: Path
) -> None:
    presenter.show_plan(coordinator.packages.plan([broken]))
    assert stands(presenter) == (MergeState.PLANNED, {ADD, DISCARD})
    (row,) = presenter.view.files
    assert (row.counts, row.origin_words(" · "), bool(row.explanation)) == ("–", "", True)


def test_what_lies_beside_answers_is_shown_and_not_refused(
    presenter: MergePresenter, coordinator: Workspace, package: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    presenter.show_plan(coordinator.packages.plan([inbox]))
    assert stands(presenter) == (MergeState.PLANNED, {ADD, DISCARD})
    plan = coordinator.packages.plan([package, inbox])
    assert (len(plan.refused), len(plan.unplanned)) == (0, 1)
    report = coordinator.packages.apply(plan)
    presenter.show_report(report)
    assert [file.result.value for file in presenter.view.files] == ["new", "not looked into"]
    assert "1 file: 1 new" in presenter.view.sentence
    assert "1 not looked into" in presenter.view.sentence


def test_a_merge_that_brought_nothing_cannot_be_taken_back(presenter: MergePresenter) -> None:
    presenter.show_report(MergeReport("", (), is_stopped=False))
    assert stands(presenter) == (MergeState.MERGED, {ADD})


def test_looking_that_was_stopped_says_that_files_are_missing(
    presenter: MergePresenter, coordinator: Workspace, package: Path, broken: Path
) -> None:
    """P-07: whether something was found by then or nothing."""
    stops = iter((False, *(True for _turn in range(9))))
    progress = TaskProgress(should_stop=lambda: next(stops, True))
    stopped = coordinator.packages.plan([package, broken, package], progress)
    assert stopped.is_stopped
    for plan in (stopped, replace(stopped, files=())):
        presenter.show_plan(plan)
        assert "not looked at yet" in presenter.view.sentence
    presenter.show_plan(coordinator.packages.plan([package]))
    assert "not looked at yet" not in presenter.view.sentence


def test_a_stopped_merge_says_what_was_left(presenter: MergePresenter) -> None:
    presenter.show_report(MergeReport("b1", (), is_stopped=True))
    assert stands(presenter) == (MergeState.STOPPED, {ADD, MergeAction.TAKE_BACK})
    assert presenter.view.sentence.startswith("Stopped.")
    assert "were not merged" in presenter.view.sentence


def test_a_stopped_merge_goes_on_with_what_it_has_not_reached(
    presenter: MergePresenter, coordinator: Workspace, plan: MergePlan
) -> None:
    """P-06."""
    presenter.show_plan(plan)
    presenter.begin_merging()
    presenter.end_work()
    presenter.show_report(MergeReport("1", (), is_stopped=True))
    left = {ADD, MergeAction.TAKE_BACK, MergeAction.GO_ON, DISCARD}
    assert stands(presenter) == (MergeState.STOPPED, left)
    presenter.add_incoming([Path("later.iscm")])
    assert presenter.next_incoming() == (), "what arrives waits until somebody has chosen"
    again = presenter.begin_merging()
    assert again == plan
    presenter.end_work()
    presenter.show_report(coordinator.packages.apply(again))
    assert stands(presenter) == (MergeState.MERGED, {ADD, MergeAction.TAKE_BACK})


def test_what_a_stopped_merge_has_not_reached_is_put_aside(
    presenter: MergePresenter, plan: MergePlan
) -> None:
    """P-06: what was merged before can still be taken back."""
    presenter.show_plan(plan)
    presenter.begin_merging()
    presenter.show_report(MergeReport("1", (), is_stopped=True))
    presenter.discard_plan()
    assert stands(presenter) == (MergeState.STOPPED, {ADD, MergeAction.TAKE_BACK})
    with pytest.raises(RuntimeError):
        presenter.begin_merging()


def test_what_failed_can_be_tried_again(presenter: MergePresenter, plan: MergePlan) -> None:
    """P-03."""
    presenter.show_plan(plan)
    before = presenter.view
    presenter.begin_merging()
    presenter.end_work()  # and no report comes
    assert presenter.view == before
    assert presenter.begin_merging(takes_outside=True).takes_outside


def test_a_merge_is_taken_back_and_put_in_again(
    presenter: MergePresenter, coordinator: Workspace, plan: MergePlan
) -> None:
    presenter.show_report(coordinator.packages.apply(plan))
    presenter.begin_change()
    assert stands(presenter) == (MergeState.CHANGING, set())
    presenter.end_work()
    presenter.show_taken_back()
    assert stands(presenter) == (MergeState.EMPTY, {ADD})
    assert "taken back" in presenter.view.sentence
    presenter.show_put_back()
    assert presenter.view.sentence == "The merge is in again."


def test_settling_by_a_rule_leaves_a_plan_in_view(presenter: MergePresenter, plan: MergePlan) -> None:
    presenter.show_plan(plan)
    presenter.begin_change()
    presenter.end_work()
    assert stands(presenter) == (MergeState.PLANNED, {ADD, APPLY, DISCARD})


def test_the_device_of_a_chosen_file_can_be_named(
    presenter: MergePresenter, coordinator: Workspace, package: Path, broken: Path
) -> None:
    presenter.show_plan(coordinator.packages.plan([package, broken]))
    signed, refused = sorted(range(2), key=lambda at: presenter.view.files[at].signer_key == "")
    presenter.choose_file(signed)
    assert MergeAction.NAME_DEVICE in allowed(presenter)
    presenter.choose_file(refused)
    assert MergeAction.NAME_DEVICE not in allowed(presenter)
    assert presenter.choose_file(-1) is None
    presenter.choose_file(signed)
    presenter.discard_plan()
    assert MergeAction.NAME_DEVICE not in allowed(presenter)


# P-04: what arrives


def test_a_pile_waits_while_a_plan_is_looked_at(presenter: MergePresenter, plan: MergePlan) -> None:
    presenter.show_plan(plan)
    presenter.add_incoming([Path("a.iscm")])
    presenter.add_incoming([Path("b.iscm")])
    assert presenter.next_incoming() == ()
    presenter.begin_merging()
    assert presenter.next_incoming() == ()
    presenter.end_work()
    presenter.discard_plan()
    assert presenter.next_incoming() == (Path("a.iscm"), Path("b.iscm"))
    assert presenter.next_incoming() == ()


def test_what_waits_is_forgotten_with_its_folder(presenter: MergePresenter) -> None:
    presenter.add_incoming([Path("a.iscm")])
    presenter.forget_incoming()
    assert presenter.next_incoming() == ()


@pytest.mark.parametrize(
    ("merges_by_itself", "is_in_view", "step"),
    [
        (True, True, IncomingStep.MERGE),
        (True, False, IncomingStep.MERGE),
        (False, True, IncomingStep.SHOW),
        (False, False, IncomingStep.ANNOUNCE),
    ],
)
def test_incoming_files_are_shown_announced_or_merged(
    presenter: MergePresenter, plan: MergePlan, merges_by_itself: bool, is_in_view: bool, step: IncomingStep
) -> None:
    found = presenter.show_incoming(plan, merges_by_itself=merges_by_itself, is_in_view=is_in_view)
    assert found is step
    assert stands(presenter) == (MergeState.PLANNED, {ADD, APPLY, DISCARD})
    assert incoming_words(plan).startswith("New files in the watched folder. 1 file: 1 new")


def test_incoming_files_that_bring_nothing_leave_the_report_in_view(
    presenter: MergePresenter, coordinator: Workspace, package: Path, plan: MergePlan
) -> None:
    report = coordinator.packages.apply(plan)
    presenter.show_report(report)
    again = coordinator.packages.plan([package])
    assert presenter.show_incoming(again, merges_by_itself=True, is_in_view=True) is IncomingStep.NEXT
    assert presenter.view.sentence.startswith("Nothing new in the watched folder.")
    assert [row.path.name for row in presenter.view.files] == ["igc.iscm"]
    assert presenter.view.is_done
    assert merged_incoming_words(report).startswith("Merged from the watched folder. 1 file")


def test_one_conflict_is_one() -> None:
    assert (settled_words(1), settled_words(2)) == ("1 conflict settled.", "2 conflicts settled.")


@pytest.fixture
def lesser(coordinator: Workspace, package: Path, tmp_path: Path) -> MergePlan:
    """Somebody without a key goes on from what came signed."""
    coordinator.packages.apply(coordinator.packages.plan([package]))
    with opened(tmp_path, "stranger") as stranger:
        stranger.packages.apply(stranger.packages.plan([package]))
        (row,) = stranger.response_list.all()
        answer(stranger, row.id, name="Somebody else")
        file = exported(stranger, row.id, tmp_path / "lesser.iscm")
    file.write_bytes(zipped(unsigned(file)))
    return coordinator.packages.plan([file])


def test_a_lesser_file_wants_a_yes(presenter: MergePresenter, lesser: MergePlan) -> None:
    """P-05."""
    presenter.show_plan(lesser)
    (row,) = presenter.view.files
    assert row.lowers == ("about/name",)
    assert "shows less of where it comes from than what it changes: name" in row.explanation
    assert allowed(presenter) == {ADD, DISCARD, MergeAction.AGREE}
    presenter.agree(is_agreed=True)
    assert allowed(presenter) == {ADD, DISCARD, MergeAction.AGREE, APPLY}
    presenter.agree(is_agreed=False)
    assert APPLY not in allowed(presenter)


def test_a_lesser_file_does_not_merge_by_itself(presenter: MergePresenter, lesser: MergePlan) -> None:
    """P-05."""
    for is_in_view, step in ((True, IncomingStep.SHOW), (False, IncomingStep.ANNOUNCE)):
        assert presenter.show_incoming(lesser, merges_by_itself=True, is_in_view=is_in_view) is step


def test_there_is_nothing_to_agree_to_where_nothing_is_lowered(
    presenter: MergePresenter, plan: MergePlan
) -> None:
    presenter.show_plan(plan)
    presenter.agree(is_agreed=True)
    assert allowed(presenter) == {ADD, DISCARD, APPLY}
    presenter.agree(is_agreed=False)
    assert APPLY in allowed(presenter)
