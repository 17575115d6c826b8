"""A summary as it is edited: its sections as plain text, and the answers that each rests on."""

from __future__ import annotations

from iscm_desktop.summaries.summary import AnswerSource, Summary, SummarySection
from iscm_desktop.summaries.text_edits import section_text
from iscm_desktop.summaries.text_markup import without_marks

__all__ = ["AnswerSource", "Summary", "SummarySection", "section_text", "summary_title"]


def summary_title(summary: Summary) -> str:
    """The mechanism's full name, without the marks for print."""
    return without_marks(summary.full_name)
