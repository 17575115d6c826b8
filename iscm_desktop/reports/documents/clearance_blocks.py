"""Who agreed to the answers before they were signed off: in the completed questionnaire, and on the clearance sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from iscm_desktop.i18n import shown_date
from iscm_desktop.reports.typesetting.blocks import Block, Heading, Inline, Table, inline
from iscm_desktop.summaries.document_language import DocumentLanguage


@dataclass(frozen=True, slots=True)
class Cleared:
    """One step of clearance before the sign-off."""

    whose: str
    by: str = ""  # "" while nobody cleared
    cleared_on: date | None = None
    remarks: str = ""
    is_paper: bool = False
    is_current: bool = True  # False: answers were changed since


def clearance_blocks(steps: Sequence[Cleared], language: DocumentLanguage) -> Iterator[Block]:
    """A heading and a table: whose clearance, given by whom and when, with which remarks."""
    say = language.gettext
    yield Heading(inline(say("Clearance")), level=1)
    head = (say("Office or person"), say("Cleared by"), say("Date"), say("Remarks"))
    yield Table(
        tuple(map(inline, head)), tuple(_row(step, language) for step in steps), widths=(2, 1.6, 1.2, 2.4)
    )


def _row(step: Cleared, language: DocumentLanguage) -> tuple[Inline, ...]:
    say = language.gettext
    remarks = [step.remarks] if step.remarks else []
    if step.by and step.is_paper:
        remarks.append(say("Signed on paper."))
    if step.by and not step.is_current:
        remarks.append(say("Answers were changed since."))
    day = shown_date(step.cleared_on, language.code) if step.cleared_on else ""
    return inline(step.whose), inline(step.by or say("not yet")), inline(day), inline(" ".join(remarks))
