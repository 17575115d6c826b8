"""The sides of a conflict as they are shown beside each other: what each says, and what it changed."""

from __future__ import annotations

from iscm_desktop.exchange.merging.text_differences import TextChange, TextPiece, differences
from iscm_desktop.i18n import _
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, NOTHING
from iscm_desktop.workspace.row_types import ConflictRow, HistoryRow

__all__ = [
    "TextChange",
    "TextPiece",
    "has_long_texts",
    "may_ask_respondent",
    "may_write_another",
    "shown_value",
    "side_changes",
]

_LONG = 40
"""Shorter answers are taken in at a glance."""


def shown_value(row: HistoryRow) -> str:
    """An answer for people; says so where it was cleared."""
    return row.text or row.value or _("(cleared)")


def may_write_another(conflict: ConflictRow) -> bool:
    """An entry is kept or removed, and there is something to report or not; everything else can also be worded anew."""
    return conflict.kind not in (ENTRY, NOTHING)


def may_ask_respondent(conflict: ConflictRow) -> bool:
    """Questions back are about answers."""
    return conflict.kind == ANSWER


def has_long_texts(conflict: ConflictRow) -> bool:
    """Whether marking the changed words helps."""
    return conflict.kind not in (ENTRY, NOTHING) and any(
        len(shown_value(row)) > _LONG for row in conflict.candidates
    )


def side_changes(conflict: ConflictRow, at: int) -> tuple[TextPiece, ...]:
    """What a side changed of what all started from; without that, what it says that the other does not."""
    text = shown_value(conflict.candidates[at])
    if conflict.ancestor is not None and conflict.ancestor.value:
        return differences(shown_value(conflict.ancestor), text)
    other = conflict.candidates[1 if at == 0 else 0]
    pieces = differences(shown_value(other), text)
    return tuple(piece for piece in pieces if piece.change is not TextChange.REMOVED)
