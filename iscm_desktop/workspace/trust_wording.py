"""On what trust an answer rests, in words: for window, command line and documents alike."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.i18n import N_, _
from iscm_desktop.store.history_rows import ConflictRow, HistoryRow

_WORDS = {
    "verified": N_("verified invitation"),
    "known_device": N_("known device"),
    "coordinator": N_("changed by the coordinator"),
    "made_here": N_("made here"),
    "open_invitation": N_("open invitation"),
    "new_device": N_("new device"),
    "unsigned": N_("unsigned"),
}
"""From the most to the least."""


def trust_codes() -> Sequence[str]:
    """All that an answer may rest on, from the most to the least, as scripts read it."""
    return tuple(_WORDS)


def rests_on_words(code: str) -> str:
    """ "known device"."""
    return _(_WORDS[code])


def standing_words(conflict: ConflictRow, row: HistoryRow) -> list[str]:
    """Of a side of a conflict, a line or two: "unsigned, not proven", and that it goes on from the other."""
    said = [_(", ").join([rests_on_words(row.rests_on), *doubts_about(row)])]
    if row.revision_id in conflict.continuing:
        said.append(_("This one continues the other, but shows less of where it comes from."))
    return said


def doubts_about(row: HistoryRow) -> list[str]:
    """What is to be said of a state beside on what it rests; nothing of most."""
    found = []
    if row.is_claimed:
        found.append(_("claimed, counts for nothing"))
    if not row.is_proven:
        found.append(_("not proven"))
    if row.is_time_doubtful:
        found.append(_("doubtful time"))
    return found


def trust_words(row: HistoryRow) -> str:
    """ "unsigned, not proven, doubtful time"; "" of what was made here without any doubt."""
    said = [] if row.rests_on == "made_here" else [rests_on_words(row.rests_on)]
    return _(", ").join([*said, *doubts_about(row)])
