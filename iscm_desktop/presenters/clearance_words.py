"""Clearance steps and sign-offs in words, for the window and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, joined, ngettext, shown_date

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.clearance_service import ClearanceRow
    from iscm_desktop.workspace.row_types import SignOff

_ENDS = (".", "!", "?", "…", "。", "؟")
"""What a reason may end with by itself."""


def clearance_state(row: ClearanceRow) -> str:
    """Where a step stands: "cleared by B. Ito on 12 March 2027, on paper"; says where answers changed since."""
    if not row.is_cleared:
        if row.asked_on is None:
            return _("not asked yet")
        return _("asked on {day}").format(day=shown_date(row.asked_on))
    words = _("cleared by {name} on {day}") if row.cleared_on else _("cleared by {name}")
    said = words.format(name=row.by, day=shown_date(row.cleared_on) if row.cleared_on else "")
    if row.is_paper:
        said = _("{cleared}, on paper").format(cleared=said)
    return said if row.is_current else _("{cleared}; answers were changed since").format(cleared=said)


def sign_off_words(signed: SignOff, when: str) -> str:
    """Who answers for the replies, with what was left, and what happened since.

    Args:
        when: The moment of the sign-off, as it is shown.
    """
    words = _("Signed off by {name}, {function}, {when}.")
    said = [words.format(name=signed.name, function=signed.function, when=when)]
    if signed.open:
        left = ngettext("{count} thing was left: {reason}", "{count} things were left: {reason}", signed.open)
        sentence = left.format(count=signed.open, reason=signed.reason.strip())
        said.append(sentence if sentence.endswith(_ENDS) else f"{sentence}.")
    if not signed.is_current:
        said.append(changed_words(signed))
    return " ".join(said)


def changed_words(signed: SignOff) -> str:
    """ "Changed since: 3 answers, the last on 12 March 2027, by B. Ito. Sign off again."."""
    changed = signed.changed
    if changed is None:
        return _("Answers were changed since. Sign off again.")
    day = shown_date(changed.last_at.astimezone().date())
    if not changed.authors:
        words = ngettext(
            "Changed since: {count} answer on {day}. Sign off again.",
            "Changed since: {count} answers, the last on {day}. Sign off again.",
            changed.count,
        )
        return words.format(count=changed.count, day=day)
    words = ngettext(
        "Changed since: {count} answer on {day} by {names}. Sign off again.",
        "Changed since: {count} answers, the last on {day}, by {names}. Sign off again.",
        changed.count,
    )
    return words.format(count=changed.count, day=day, names=joined(changed.authors))
