"""How far a response is, in parts that each lead somewhere: "31 of 58 answered", "1 to mend", "about 25 min left"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.fill_state import answered_words, to_mend_words
from iscm_desktop.presenters.form_ways import Goal

if TYPE_CHECKING:
    from iscm_desktop.session.views import SectionView

_ROUNDED_FROM, _STEP, _HOUR = 10, 5, 60
_HOURS_FROM = 90
"""Nobody plans by the minute what takes longer."""


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """A few words about how far a response is."""

    words: str
    goal: Goal | None = None  # what pressing it leads to; None where there is nothing to go to
    is_urgent: bool = False  # something is wrong


def progress_parts(sections: tuple[SectionView, ...], seconds_offered: int = 0) -> tuple[ProgressPart, ...]:
    """What is done, what is left, what is to be mended, and how long that takes.

    That nothing is missing is said only where nothing is wrong either.

    Args:
        seconds_offered: What entries that wait to be taken over will take besides.
    """
    return tuple(_parts(sections, seconds_offered))


def _parts(sections: tuple[SectionView, ...], seconds_offered: int) -> Iterator[ProgressPart]:
    answered, asked = sum(each.answered for each in sections), sum(each.asked for each in sections)
    missing, wrong = sum(each.missing for each in sections), sum(each.wrong for each in sections)
    is_open = answered < asked
    yield ProgressPart(answered_words(answered, asked), Goal.UNANSWERED if is_open else None)
    if missing:
        left = ngettext("{count} required left", "{count} required left", missing).format(count=missing)
        yield ProgressPart(left, Goal.MISSING)
    if wrong:
        yield ProgressPart(to_mend_words(wrong), Goal.PROBLEM, is_urgent=True)
    if missing or wrong:
        yield ProgressPart(time_left_words(seconds_offered + sum(each.seconds_left for each in sections)))
    elif answered:
        yield ProgressPart(_("nothing missing"))


def time_left_words(seconds: int) -> str:
    """ "about 25 min left": to five minutes where it is more than ten, in hours where it is long."""
    minutes = max(1, round(seconds / 60))
    if minutes > _HOURS_FROM:
        hours = round(minutes / _HOUR)
        return ngettext("about {count} h left", "about {count} h left", hours).format(count=hours)
    if minutes > _ROUNDED_FROM:
        minutes = _STEP * round(minutes / _STEP)
    return ngettext("about {count} min left", "about {count} min left", minutes).format(count=minutes)
