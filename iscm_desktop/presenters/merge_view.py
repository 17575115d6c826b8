"""Where merging stands, what may be pressed, and all that is needed to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from iscm_desktop.presenters.merged_file_row import FileRow


class MergeState(Enum):
    """Where merging stands."""

    EMPTY = "empty"  # files are awaited
    LOOKING = "looking"  # at files: a plan is being made
    PLANNED = "planned"  # a plan is shown, and nothing is changed
    MERGING = "merging"
    MERGED = "merged"  # a report is shown
    STOPPED = "stopped"  # likewise, of a merge that was stopped and can go on
    CHANGING = "changing"  # a merge is taken back or put in again, or conflicts are settled by a rule

    @property
    def is_work(self) -> bool:
        """Whether something goes on that has to end before anything else begins."""
        return self in (MergeState.LOOKING, MergeState.MERGING, MergeState.CHANGING)


class MergeAction(Enum):
    """What may be pressed."""

    ADD = auto()
    APPLY = auto()
    DISCARD = auto()
    TAKE_OUTSIDE = auto()  # apply also what lies outside of what a colleague was asked
    AGREE = auto()  # to merge files that are worth less than what they change or claim: a condition for APPLY
    STOP = auto()
    GO_ON = auto()  # with the files that a stopped merge has not reached
    TAKE_BACK = auto()
    NAME_DEVICE = auto()  # of the file that is chosen


class IncomingStep(Enum):
    """What follows once files of the watched folder have been looked at."""

    NEXT = auto()  # they bring nothing: the next pile
    MERGE = auto()
    ANNOUNCE = auto()  # the plan waits on a page that nobody sees
    SHOW = auto()


@dataclass(frozen=True, slots=True)
class MergeView:
    """All that is needed to draw where merging stands."""

    state: MergeState
    sentence: str  # about the plan, or the result; "" while work goes on
    files: tuple[FileRow, ...] = ()
    is_done: bool = False  # the files are those of a report, not of a plan
    allowed: frozenset[MergeAction] = frozenset({MergeAction.ADD})
    progress: str = ""  # sentence with {done} and {total} for the work that goes on; "" where it is short
    operation: str = ""  # the merge that can be taken back

    def allows(self, action: MergeAction) -> bool:
        """Whether this may be pressed."""
        return action in self.allowed
