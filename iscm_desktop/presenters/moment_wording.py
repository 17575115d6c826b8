"""Moments of a response as people remember them, and what differs between two of them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.i18n import N_, _, locale, ngettext
from iscm_desktop.workspace.documents.printed_moments import printed_moment
from iscm_desktop.workspace.responses.comparison_service import (
    ChangedAnswer,
    Difference,
    Moment,
    MomentKind,
)

DIFFERENCES = {
    Difference.CHANGED: N_("changed"),
    Difference.NEW: N_("new"),
    Difference.GONE: N_("gone"),
}


def moment_words(moment: Moment) -> str:
    """ "12 March 2027, 14:02, Bela Novak was writing", "now", in the language of the interface."""
    if moment.kind is MomentKind.NOW:
        return _("now")
    return printed_moment(moment, locale().language)


def count_words(rows: Sequence[ChangedAnswer]) -> str:
    """ "3 answers differ."."""
    if not rows:
        return _("Every answer was the same.")
    return ngettext("{count} answer differs.", "{count} answers differ.", len(rows)).format(count=len(rows))
