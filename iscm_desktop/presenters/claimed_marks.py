"""Claims about publication, which act on nothing: said where somebody marks, reviews or publishes."""

from __future__ import annotations

from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.workspace.responses.restriction_service import RestrictionRow


def claim_words(claim: RestrictionRow, label: str = "") -> str:
    """Who would have something published or not, and that it counts for nothing.

    Args:
        label: What it is about, as it is called where this is shown; "": by its own label.
    """
    words = (
        _("Claimed by {names}, and counts for nothing: {label} is not for publication.")
        if claim.asks_for_silence
        else _("Claimed by {names}, and counts for nothing: {label} is for publication again.")
    )
    about = label or _("“{label}”").format(label=claim.label)
    return words.format(names=joined(name or _("somebody") for name in claim.claimed_by), label=about)


def passed_over_words(claims: int) -> str:
    """What a public edition leaves out of account; "" where it is nothing."""
    if not claims:
        return ""
    words = ngettext(
        "{count} claim about what may be published is passed over: "
        "whoever made it may not decide that for this respondent.",
        "{count} claims about what may be published are passed over: "
        "whoever made them may not decide that for this respondent.",
        claims,
    )
    return words.format(count=claims)
