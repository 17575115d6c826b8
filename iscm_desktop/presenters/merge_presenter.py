"""Merging as it is shown: files come in, a plan says what they would change, then it is applied.

Whoever runs the work tells the presenter what came of it, and draws the view that follows. Nothing changes
before a plan is applied, and work that fails or brings nothing leaves the view that stood before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from iscm_desktop.exchange.merging.merge_plan import (
    FileOutcome,
    MergePlan,
    MergeReport,
    MergeResult,
    RefusedFile,
)
from iscm_desktop.exchange.merging.merge_wording import summarize_results
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.merge_view import IncomingStep, MergeAction, MergeState, MergeView
from iscm_desktop.presenters.merged_file_row import FileRow

__all__ = [
    "MergePlan",
    "MergePresenter",
    "MergeReport",
    "incoming_words",
    "merged_incoming_words",
    "settled_words",
]


class MergePresenter:
    """Holds the plan between looking and applying, the report afterwards, and files that wait to be looked at."""

    def __init__(self) -> None:
        sentence = _("Add the files that respondents sent you. You see what they would change first.")
        self._rest = MergeView(MergeState.EMPTY, sentence)
        self._work: MergeView | None = None
        self._plan: MergePlan | None = None
        self._chosen: FileRow | None = None
        self._waiting: list[Path] = []

    @property
    def view(self) -> MergeView:
        """As it stands now."""
        if self._work is not None:
            return self._work
        if self._chosen is not None and self._chosen.signer_key:
            return replace(self._rest, allowed=self._rest.allowed | {MergeAction.NAME_DEVICE})
        return self._rest

    # work begins and ends

    def begin_looking(self) -> None:
        """A plan is being made of files."""
        self._begin(MergeState.LOOKING, _("{done} of {total} files read"))

    def begin_merging(self, *, takes_outside: bool = False) -> MergePlan:
        """The plan to apply.

        Args:
            takes_outside: Also what lies outside of the delegations that the files answer.
        """
        if self._plan is None:
            raise RuntimeError("nothing is planned")
        self._begin(MergeState.MERGING, _("{done} of {total} files merged"))
        self._plan = self._plan.with_outside() if takes_outside else self._plan
        return self._plan

    def agree(self, *, is_agreed: bool) -> None:
        """Whether somebody has said yes to files that are worth less than what they change."""
        if MergeAction.AGREE in self._rest.allowed:
            allowed = self._rest.allowed - {MergeAction.APPLY}
            self._rest = replace(self._rest, allowed=allowed | {MergeAction.APPLY} if is_agreed else allowed)

    def begin_change(self) -> None:
        """A merge is being taken back or put in again, or conflicts are being settled by a rule."""
        self._begin(MergeState.CHANGING, "")

    def end_work(self) -> None:
        """It is over, in whatever way: until a result is told, all is as it was before."""
        self._work = None

    # what came of it

    def show_plan(self, plan: MergePlan) -> None:
        """A plan without files is none."""
        self._plan = plan if plan.files else None
        unread = (
            _("You stopped: files that were not looked at yet are not in this list.")
            if plan.is_stopped
            else ""
        )
        if self._plan is None:
            self._show(MergeView(MergeState.EMPTY, unread or _("No package was found there.")))
            return
        sentence = _("{counts}. Nothing is changed yet.").format(counts=summarize_results(plan.files))
        sentence = " ".join(filter(None, (sentence, unread)))
        rows = _rows(plan.files, takes_outside=plan.takes_outside)
        self._show(MergeView(MergeState.PLANNED, sentence, rows, allowed=_allowed_with(plan)))

    def show_incoming(self, plan: MergePlan, *, merges_by_itself: bool, is_in_view: bool) -> IncomingStep:
        """A plan of files from the watched folder: nobody is bothered with what brings nothing."""
        if all(file.result is MergeResult.SAME for file in plan.planned):
            counts = summarize_results(plan.files)
            sentence = _("Nothing new in the watched folder. {counts}").format(counts=counts)
            self._show(replace(self._rest, sentence=sentence, allowed=frozenset({MergeAction.ADD})))
            return IncomingStep.NEXT
        self.show_plan(plan)
        if merges_by_itself and self.view.allows(MergeAction.APPLY):  # else somebody has to agree first
            return IncomingStep.MERGE
        return IncomingStep.SHOW if is_in_view else IncomingStep.ANNOUNCE

    def show_report(self, report: MergeReport) -> None:
        """What was merged, and that it was stopped where it was."""
        sentence = _("{counts}.").format(counts=summarize_results(report.files))
        state = MergeState.MERGED
        if report.is_stopped:
            sentence = _("Stopped. {result} The other files were not merged.").format(result=sentence)
            state = MergeState.STOPPED
        allowed = {MergeAction.ADD, MergeAction.TAKE_BACK} if report.operation else {MergeAction.ADD}
        self._plan = self._left_of_plan(report) if report.is_stopped else None
        if self._plan is not None:
            allowed |= {MergeAction.GO_ON, MergeAction.DISCARD}
        rows = _rows(report.files, takes_outside=False)
        self._show(
            MergeView(
                state, sentence, rows, is_done=True, allowed=frozenset(allowed), operation=report.operation
            )
        )

    def _left_of_plan(self, report: MergeReport) -> MergePlan | None:
        """What a stopped merge has not reached; None where that is nothing."""
        done = {file.path for file in report.files}
        left = () if self._plan is None else tuple(file for file in self._plan.files if file.path not in done)
        return replace(self._plan, files=left) if self._plan is not None and left else None

    def discard_plan(self) -> None:
        """The person does not want it; files may be added again. What was merged before a stop stays in view."""
        self._plan = None
        if self._rest.state is MergeState.STOPPED:
            self._show(
                replace(self._rest, allowed=self._rest.allowed - {MergeAction.GO_ON, MergeAction.DISCARD})
            )
            return
        self._show(MergeView(MergeState.EMPTY, _("The plan was put aside. Nothing was changed.")))

    def show_taken_back(self) -> None:
        """An earlier merge is out of view; a plan made before that is none any more."""
        self._plan = None
        sentence = _("The merge was taken back. Nothing is lost: it can be put in again.")
        self._show(MergeView(MergeState.EMPTY, sentence))

    def show_put_back(self) -> None:
        """An earlier merge is in view again; a plan made before that is none any more."""
        self._plan = None
        self._show(MergeView(MergeState.EMPTY, _("The merge is in again.")))

    # what a person points at, and what the folder brings

    def choose_file(self, at: int) -> FileRow | None:
        """The file in this row; None, and none is chosen, where there is no such row."""
        self._chosen = self._rest.files[at] if 0 <= at < len(self._rest.files) else None
        return self._chosen

    def add_incoming(self, files: Iterable[Path]) -> None:
        """The watched folder brought these; they wait behind those that wait already."""
        self._waiting += files

    def forget_incoming(self) -> None:
        """Another folder is watched, or none."""
        self._waiting.clear()

    def next_incoming(self) -> tuple[Path, ...]:
        """The next pile to look at; () while a plan is being looked at or work goes on, and where none waits."""
        if self.view.state.is_work or self._plan is not None:
            return ()
        files, self._waiting = tuple(self._waiting), []
        return files

    def _begin(self, state: MergeState, progress: str) -> None:
        rest, allowed = self._rest, frozenset({MergeAction.STOP} if progress else ())
        self._work = MergeView(state, "", rest.files, rest.is_done, allowed, progress, rest.operation)

    def _show(self, view: MergeView) -> None:
        self._work, self._rest, self._chosen = None, view, None


def incoming_words(plan: MergePlan) -> str:
    """For a notice on another page."""
    counts = summarize_results(plan.files)
    return _("New files in the watched folder. {counts}").format(counts=counts)


def merged_incoming_words(report: MergeReport) -> str:
    """For a notice on another page."""
    counts = summarize_results(report.files)
    return _("Merged from the watched folder. {counts}").format(counts=counts)


def settled_words(conflicts: int) -> str:
    """What a rule has done."""
    words = ngettext("{count} conflict settled.", "{count} conflicts settled.", conflicts)
    return words.format(count=conflicts)


def _allowed_with(plan: MergePlan) -> frozenset[MergeAction]:
    allowed = {MergeAction.ADD, MergeAction.DISCARD}
    needs_yes = any(file.lowers or file.posing for file in plan.planned)
    if plan.planned and not needs_yes:
        allowed.add(MergeAction.APPLY)
    if needs_yes:
        allowed.add(MergeAction.AGREE)
    if any(file.outside for file in plan.planned):
        allowed.add(MergeAction.TAKE_OUTSIDE)
    return frozenset(allowed)


def _rows(files: Iterable[FileOutcome | RefusedFile], *, takes_outside: bool) -> tuple[FileRow, ...]:
    return tuple(FileRow.of(file, takes_outside=takes_outside) for file in files)
