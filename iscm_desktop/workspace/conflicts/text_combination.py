"""Both sides of a conflict in one text, where they are prose."""

from __future__ import annotations

from iscm_desktop.exchange.merging.text_differences import combined
from iscm_desktop.i18n import _
from iscm_desktop.store.history_rows import ConflictRow, HistoryRow
from iscm_desktop.store.objects.revision import ENTRY, NOTHING

_PROSE_WORDS = 3
"""Fewer words are a name or a figure: nothing to combine."""


def combined_text(conflict: ConflictRow) -> str | None:
    """What the sides share once, and the rest one after the other; None where they are no prose."""
    sides = [side for side in conflict.candidates if side.value]
    is_typed = all(side.text == side.value for side in sides)  # choices have labels and codes
    is_prose = any(len((side.value or "").split()) >= _PROSE_WORDS for side in sides)
    if conflict.kind in (ENTRY, NOTHING) or not is_typed or not is_prose:
        return None
    return combined([side.value or "" for side in sides])


def author_of(row: HistoryRow) -> str:
    """Who gave an answer, in words."""
    return row.author or (_("this computer") if row.device_is_ours else _("somebody"))
