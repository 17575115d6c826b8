"""Instants as the store and the packages write them: UTC, to the microsecond, always 27 characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from iscm_desktop.store.damage import DamagedRowError

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime."""

PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
"""The one way in which an instant is written, so that the same instant gives the same bytes and hash."""

_WRITTEN = re.compile(PATTERN, re.ASCII)


def now() -> datetime:
    """The present in UTC, aware."""
    return datetime.now(UTC)


def written(instant: datetime) -> str:
    """ "2026-11-21T17:48:36.000125Z".

    Raises:
        ValueError: the instant has no time zone (a defect of the caller).
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be stored")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read(text: str) -> datetime:
    """The instant that `written` wrote.

    Raises:
        DamagedRowError: the text is not an instant in that form; a ValueError for those who read no store.
    """
    try:
        if _WRITTEN.fullmatch(text):
            return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        pass
    raise DamagedRowError(f"{text!r} is not an instant in UTC with microseconds")
