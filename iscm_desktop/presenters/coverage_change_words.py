"""What became of a respondent since a moment, in words."""

from __future__ import annotations

from iscm_desktop.i18n import _, joined, ngettext, shown_number
from iscm_desktop.workspace.coverage.coverage_changes import CoverageChange
from iscm_desktop.workspace.coverage.coverage_wording import LOST_MARKS, MARKS, NOT_ASKED, STAGES
from iscm_desktop.workspace.coverage.round_coverage import Stage


def stage_words(stage: Stage | None) -> str:
    """ "Received"; for None that nobody expected anything."""
    return _(STAGES[stage]) if stage is not None else _(NOT_ASKED)


def change_words(change: CoverageChange) -> str:
    """What else is other than it was: "Late, conflicts settled, 12 answers are others"."""
    parts = [_(MARKS[mark]) for mark in change.gained] + [_(LOST_MARKS[mark]) for mark in change.lost]
    if change.answers:
        words = ngettext("{count} answer is another", "{count} answers are others", change.answers)
        parts.append(words.format(count=shown_number(change.answers)))
    return joined(parts) if parts else ""
