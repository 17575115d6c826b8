"""Times that cannot be right. They are shown as what they are, and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from iscm_desktop.store import times
from iscm_desktop.store.objects.revision import Revision, RevisionId

_LENIENCE = timedelta(days=1)
"""By so much two honest computers may differ: one in another time zone whose clock was set by hand."""


def is_ahead(made_at: datetime, now: datetime) -> bool:
    """Whether something was made when it cannot have been yet."""
    return made_at > now + _LENIENCE


def doubtful_times(revisions: Mapping[RevisionId, Revision], now: datetime) -> frozenset[RevisionId]:
    """Those of an item's revisions that say to be of the future, or later than what somebody built upon them."""
    found = {id_ for id_, one in revisions.items() if is_ahead(times.read(one.made_at), now)}
    for one in revisions.values():
        for parent in one.parents:
            before = revisions.get(parent)
            if before is not None and is_ahead(times.read(before.made_at), times.read(one.made_at)):
                found.add(parent)
    return frozenset(found)
