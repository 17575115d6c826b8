"""Whom to remind: which respondents a filter lets through, which are proposed, and what to say of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum

from iscm_desktop.i18n import N_, _, joined, ngettext, shown_date
from iscm_desktop.store.operations.reminder_history import ReminderEvent
from iscm_desktop.workspace.reminders.reminder_rows import (
    InvitationBeside,
    ReminderRow,
    ReminderStanding,
    WrittenReminders,
)

_NAMED = 8
"""So many are named in a sentence; the others are counted."""


class ReminderFilter(Enum):
    """What those listed have in common."""

    NOT_SIGNED_OFF = "not-signed-off"
    NOTHING_RECEIVED = "nothing-received"
    LATE = "late"
    QUERIED = "queried"
    EVERYBODY = "everybody"

    @property
    def words(self) -> str:
        """For the list of filters."""
        return _(_FILTERS[self])

    def fits(self, row: ReminderRow) -> bool:
        """Whether a respondent is one of them."""
        match self:
            case ReminderFilter.NOT_SIGNED_OFF:
                return row.standing is not ReminderStanding.SIGNED_OFF
            case ReminderFilter.NOTHING_RECEIVED:
                return row.standing is ReminderStanding.NOTHING_RECEIVED
            case ReminderFilter.LATE:
                return row.is_late
            case ReminderFilter.QUERIED:
                return row.open_queries > 0
            case ReminderFilter.EVERYBODY:
                return True


_FILTERS = {
    ReminderFilter.NOT_SIGNED_OFF: N_("Not signed off"),
    ReminderFilter.NOTHING_RECEIVED: N_("Nothing received"),
    ReminderFilter.LATE: N_("Late"),
    ReminderFilter.QUERIED: N_("With questions unanswered"),
    ReminderFilter.EVERYBODY: N_("Everybody"),
}


def is_proposed(row: ReminderRow) -> bool:
    """Whether somebody is reminded without being named: asked, and not signed off."""
    return row.is_asked and row.standing is not ReminderStanding.SIGNED_OFF


def is_rested(row: ReminderRow, now: datetime, days: int | None) -> bool:
    """Whether the last reminder is at least so many days back; None asks for nothing."""
    return days is None or not row.reminded or now - row.reminded[0].at >= timedelta(days=days)


def standing_in_words(row: ReminderRow) -> str:
    """ "Not signed off · 12 required open · late"."""
    words = [
        {
            ReminderStanding.NOTHING_RECEIVED: _("Nothing received"),
            ReminderStanding.NOT_SIGNED_OFF: _("Not signed off"),
            ReminderStanding.SIGNED_OFF: _("Signed off"),
        }[row.standing]
    ]
    if row.missing and row.standing is ReminderStanding.NOT_SIGNED_OFF:
        words.append(
            ngettext("{count} required open", "{count} required open", row.missing).format(count=row.missing)
        )
    if row.open_queries:
        said = ngettext("{count} question unanswered", "{count} questions unanswered", row.open_queries)
        words.append(said.format(count=row.open_queries))
    if row.is_late:
        words.append(_("late"))
    return " · ".join(words)


def reminded_in_words(events: Sequence[ReminderEvent]) -> str:
    """When somebody was reminded last, which comes first, and how often; "" where never."""
    if not events:
        return ""
    day = shown_date(events[0].at.astimezone().date())
    if len(events) == 1:
        return _("Reminded on {date}").format(date=day)
    words = ngettext(
        "Reminded {count} time, last on {date}", "Reminded {count} times, last on {date}", len(events)
    )
    return words.format(count=len(events), date=day)


def remarks_on(written: WrittenReminders) -> list[str]:
    """What a person has to know of what was written: who has no address, whose invitation is not beside."""
    remarks = (
        (written.without_address(), _("No mail address is known, so fill it in yourself: {names}.")),
        (
            written.without_invitation(InvitationBeside.NEVER_ISSUED),
            _("No invitation by name was issued, so none is beside the reminder: {names}."),
        ),
        (
            written.without_invitation(InvitationBeside.SIGNED_ELSEWHERE),
            _(
                "The invitation was not signed by this computer's key, and one by another key would look like a "
                "stranger's; send the file that was issued: {names}."
            ),
        ),
        (
            written.without_invitation(InvitationBeside.KEY_NOT_HERE),
            _(
                "The invitation cannot be made again, since the coordinator's key is not on this computer; restore it "
                "from its backup, or send the file that was issued: {names}."
            ),
        ),
    )
    return [words.format(names=_named(names)) for names, words in remarks if names]


def _named(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return joined(names)
    return _("{names} and {count} more").format(names=_(", ").join(names[:_NAMED]), count=len(names) - _NAMED)


def left_out_in_words(rows: Iterable[ReminderRow]) -> list[str]:
    """Those who are not reminded because they have signed off."""
    names = [row.name for row in rows if row.standing is ReminderStanding.SIGNED_OFF]
    return [_("Signed off, and so left out: {names}.").format(names=_named(names))] if names else []
