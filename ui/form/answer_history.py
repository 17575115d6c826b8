"""The history of an answer in short lines: when, what, who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.workspace.trust_wording import trust_words
from ui.phrases.shown_moments import shown_moment
from ui.widgets.painted_text import beginning

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import HistoryRow

_LONGEST = 90
_MOST = 200
"""More lines than anybody reads here, and few enough to be drawn at once."""


def shown_answer(row: HistoryRow) -> str:
    """The answer in words, long texts by their beginning."""
    text = " ".join((row.text or row.value or _("cleared")).split())
    return beginning(text, _LONGEST)


def history_lines(rows: Sequence[HistoryRow]) -> list[str]:
    """Newest first, one line each; of very many the newest."""
    words = _("{when} – {answer} – {who}")
    lines = [
        words.format(when=shown_moment(row.made_at), answer=shown_answer(row), who=_who(row))
        for row in sorted(rows, key=lambda row: row.made_at, reverse=True)[:_MOST]
    ]
    if (left := len(rows) - len(lines)) > 0:
        more = ngettext("{count} earlier state is not shown.", "{count} earlier states are not shown.", left)
        lines.append(more.format(count=left))
    return lines or [_("Not answered yet.")]


def _who(row: HistoryRow) -> str:
    name = row.author or _("somebody")
    if row.source:
        name = _("{name}, from {file}").format(name=name, file=row.source)
    elif row.device_is_ours:
        name = _("{name}, this computer").format(name=name) if row.author else _("this computer")
    trust = trust_words(row)
    return _("{name} ({trust})").format(name=name, trust=trust) if trust else name
