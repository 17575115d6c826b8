"""Which earlier answers can be brought back: those that say something else than now, each once, the newest."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.session.views import QuestionView
from iscm_desktop.store.objects.revision import ANSWER
from iscm_desktop.workspace.row_types import HistoryRow


def returnable(rows: Sequence[HistoryRow], view: QuestionView) -> tuple[HistoryRow, ...]:
    """Of the history of one answer; nothing where the form, not the person, decides about it."""
    if view.is_read_only or not view.kind.is_answered:
        return ()
    found: dict[str, HistoryRow] = {}
    for row in sorted(rows, key=_made_at, reverse=True):
        if row.kind == ANSWER and row.value and row.value != view.text:
            found.setdefault(row.value, row)
    return tuple(found.values())


def _made_at(row: HistoryRow) -> float:
    return row.made_at.timestamp()
