"""How far a response is, for people: measured against what is required, since nobody owes the optional answers."""

from __future__ import annotations

from iscm_desktop.i18n import _, ngettext


def progress_share(answered: int, missing: int) -> tuple[int, int]:
    """Done and total for a bar: full as soon as nothing that is required is blank."""
    return answered, answered + missing


def progress_words(answered: int, missing: int) -> str:
    """ "218 answered · nothing missing" or "100 answered · 12 to finish"."""
    begun = ngettext("{count} answered", "{count} answered", answered).format(count=answered)
    if missing:
        rest = ngettext("{count} to finish", "{count} to finish", missing).format(count=missing)
    else:
        rest = _("nothing missing") if answered else ""
    return _("{answered} · {rest}").format(answered=begun, rest=rest) if rest else begun
