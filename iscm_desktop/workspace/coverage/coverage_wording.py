"""The words of coverage, marked for translation: stages, marks, groups, and what each count means."""

from __future__ import annotations

from collections.abc import Callable

from iscm_desktop.i18n import N_
from iscm_desktop.questionnaire import registers
from iscm_desktop.summaries.facts_panel import LEVELS
from iscm_desktop.workspace.coverage.round_coverage import CoverageCount, Mark, RespondentCoverage, Stage

STAGES = {
    Stage.EXPECTED: N_("Not invited yet"),
    Stage.INVITED: N_("Invited"),
    Stage.OPENED: N_("Opened"),
    Stage.IN_PROGRESS: N_("In progress"),
    Stage.RECEIVED: N_("Received"),
    Stage.SIGNED_OFF: N_("Signed off"),
}
MARKS = {
    Mark.CLEARED: N_("Cleared"),
    Mark.QUERIED: N_("Queried"),
    Mark.IN_CONFLICT: N_("In conflict"),
    Mark.LATE: N_("Late"),
}
LOST_MARKS = {
    Mark.CLEARED: N_("no longer cleared"),
    Mark.QUERIED: N_("queries answered"),
    Mark.IN_CONFLICT: N_("conflicts settled"),
    Mark.LATE: N_("no longer late"),
}
GROUPS = {"iscm": N_("Mechanisms"), "state": N_("States"), "organization": N_("Organizations")}
ALL_TOGETHER = N_("All together")
NOT_ASKED = N_("Not asked")

COUNTS: tuple[tuple[str, Callable[[CoverageCount], int]], ...] = (
    (N_("Asked"), lambda one: one.asked),
    (N_("Not asked"), lambda one: one.unasked),
    (N_("Invited"), lambda one: one.invited),
    (N_("Opened"), lambda one: one.opened),
    (N_("In progress"), lambda one: one.in_progress),
    (N_("Received"), lambda one: one.received),
    (N_("Signed off"), lambda one: one.signed),
    (N_("Cleared"), lambda one: one.cleared),
    (N_("Queried"), lambda one: one.queried),
    (N_("In conflict"), lambda one: one.in_conflict),
    (N_("Late"), lambda one: one.late),
)
"""What is counted of a group, in the order of the columns."""

MEANINGS = (
    (N_("Asked"), N_("in the plan of this round; all that follows counts those who answered unasked, too.")),
    (
        N_("Opened"),
        N_(
            "something of theirs was ever here: a file, a part of one, a draft. What is open on their own computer, "
            "and was never sent, nobody can know."
        ),
    ),
    (N_("In progress"), N_("answers are here that nobody has signed off as they stand.")),
    (N_("Received"), N_("a file with answers came in, or the answers are signed off.")),
    (N_("Signed off"), N_("somebody who may has signed the answers as they stand.")),
    (N_("Cleared"), N_("one step of clearance or more was given.")),
    (N_("Queried"), N_("a question about an answer waits for a reply.")),
    (N_("In conflict"), N_("answers differ, and somebody has to choose.")),
    (N_("Late"), N_("asked, the due day has passed, and the answers are not signed off.")),
)
"""What the words mean, and how far that can be known here."""


def group_name(form_id: str, say: Callable[[str], str]) -> str:
    """ "States"; the id of a questionnaire of one's own.

    Args:
        say: Puts a sentence into the language that is wanted.
    """
    return say(GROUPS[form_id]) if form_id in GROUPS else form_id


def level_name(level: str, say: Callable[[str], str]) -> str:
    """ "Regional consultative process"; "" for none."""
    return say(LEVELS[level]) if level in LEVELS else level


def region_name(code: str, language: str) -> str:
    """What a region is called; its code where the register does not have it."""
    found = next((region for region in registers.regions() if region.code == code), None)
    return found.name(language) if found else code


def respondent_name(row: RespondentCoverage, language: str) -> str:
    """What to call a respondent; as planned where no register knows it."""
    name = registers.respondent_name(row.form_id, row.respondent, language)
    return row.name if name == row.respondent else name


def narrowest_region(codes: tuple[str, ...]) -> str:
    """Of the regions of a respondent the one that is inside the others; "" where they are in several, or none."""
    inner = [region.code for region in registers.regions() if region.code in codes and region.inside]
    return inner[0] if len(inner) == 1 else ""
