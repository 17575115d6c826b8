"""What the last verification of a store came to, as this computer remembers it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import ngettext
from iscm_desktop.store import times
from iscm_desktop.store.database.database import Database

LAST = "verification.last"
"""Its setting."""


class LastVerification(msgspec.Struct, frozen=True):
    """What the last verification came to, and when it was made."""

    at: str  # as `times.written`
    seconds: float
    revisions: int
    revisions_good: int
    packages: int
    packages_good: int
    operations: int
    operations_good: int
    seals: int | None  # None: signatures were not looked at
    seals_good: int | None
    findings: int

    @property
    def made_at(self) -> datetime:
        """When the store was looked at."""
        return times.read(self.at)


def last_verification(database: Database) -> LastVerification | None:
    """None where there was none, or what is remembered cannot be read."""
    try:
        text = database.settings.value(LAST)
        return None if text is None else msgspec.json.decode(text, type=LastVerification)
    except (msgspec.MsgspecError, IscmError):
        return None


def known_damage(database: Database) -> str:
    """What to say beside all that is written from a store that was not whole when it was verified last; else ""."""
    last = last_verification(database)
    if last is None or not last.findings:
        return ""
    words = ngettext(
        "The store from which this comes is damaged: {count} thing was not as it was when it was verified on {date}. "
        "Verify and repair the store before anybody relies on this.",
        "The store from which this comes is damaged: {count} things were not as they were when it was verified on "
        "{date}. Verify and repair the store before anybody relies on this.",
        last.findings,
    )
    return words.format(count=last.findings, date=f"{last.made_at.astimezone():%Y-%m-%d}")
