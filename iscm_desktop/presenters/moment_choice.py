"""A moment of a response, as somebody names it: by a word, a day, or a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.workspace.responses.comparison_service import NOW, START, Moment, MomentKind

_LAST = {
    "export": MomentKind.EXPORTED,
    "merge": MomentKind.MERGED,
    "sign-off": MomentKind.SIGNED_OFF,
    "change": MomentKind.WRITTEN,
}
"""Words for the last time that something happened."""


def moment_named(text: str, moments: Sequence[Moment]) -> Moment:
    """ "now", "start", "export", "2027-03-14" (the end of that day), "2027-03-14T09:30", on the clock of this computer.

    Args:
        moments: Those of the response, the newest first.

    Raises:
        IscmError: it is none of these, or that has not happened.
    """
    word = text.strip().lower()
    if word == "now":
        return NOW
    if word == "start":
        return START
    if word in _LAST:
        found = next((one for one in moments if one.kind is _LAST[word]), None)
        if found is None:
            raise IscmError(AnswerProblem.MOMENT_NEVER, moment=word)
        return found
    return Moment(MomentKind.DATE, _instant(text.strip()))


def last_event(moments: Sequence[Moment]) -> int:
    """Place of the newest moment since which changes matter: a file that came or went, a sign-off; else the start."""
    events = (MomentKind.EXPORTED, MomentKind.MERGED, MomentKind.SIGNED_OFF)
    return next((at for at, one in enumerate(moments) if one.kind in events), len(moments) - 1)


def day_end(day: date) -> Moment:
    """The end of a day, on the clock of this computer."""
    return Moment(MomentKind.DATE, datetime.combine(day, time.max).astimezone())


def _instant(text: str) -> datetime:
    try:
        if len(text) == len("2027-03-14"):
            return datetime.combine(date.fromisoformat(text), time.max).astimezone()
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        raise IscmError(AnswerProblem.MOMENT_UNKNOWN, moment=text) from None
