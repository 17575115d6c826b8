"""What the page says about a plan and a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import _

if TYPE_CHECKING:
    from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport


def result_counts(done: MergePlan | MergeReport) -> str:
    """ "12 files: 10 new, 1 the same, 0 newer, 0 in conflict, 1 refused"."""
    from iscm_desktop.exchange.merging.merge_wording import summarize_results

    return summarize_results(done.files)


def plan_words(plan: MergePlan) -> str:
    """ "12 files: 10 new, 1 the same, 0 newer, 0 in conflict, 1 refused. Nothing is changed yet."."""
    if not plan.files:
        return _("No package was found there.")
    return _("{counts}. Nothing is changed yet.").format(counts=result_counts(plan))


def report_words(report: MergeReport) -> str:
    """What a merge has done, and that it was stopped where it was."""
    words = _("{counts}.").format(counts=result_counts(report))
    if report.is_stopped:
        words = _("Stopped. {result} The other files were not merged.").format(result=words)
    return words
