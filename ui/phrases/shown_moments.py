"""Moments as people say them: the time for today, the day for earlier, the year where it is another one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, locale

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import SignOff


def shown_moment(moment: datetime, now: datetime | None = None) -> str:
    """ "today 14:02", "12 Nov 09:40", "3 Feb 2026", on the clock of this computer."""
    local = moment.astimezone()
    here = (now or datetime.now().astimezone()).astimezone()
    time = f"{local:%H:%M}"
    if local.date() == here.date():
        return _("today {time}").format(time=time)
    from babel.dates import format_date, format_skeleton

    if local.year == here.year:
        day = format_skeleton("MMMd", local, locale=locale())
        return _("{day} {time}").format(day=day, time=time)
    return format_date(local, format="medium", locale=locale())


def brief_moment(moment: datetime, now: datetime | None = None) -> str:
    """ "14:02" for today; for earlier as `shown_moment` says it."""
    local = moment.astimezone()
    here = (now or datetime.now().astimezone()).astimezone()
    return f"{local:%H:%M}" if local.date() == here.date() else shown_moment(moment, now)


def moment_of_sign_off(signed: SignOff) -> str:
    """When it was given; says where that is doubtful."""
    moment = shown_moment(signed.signed_at)
    return _("{when}, doubtful time").format(when=moment) if signed.is_time_doubtful else moment
