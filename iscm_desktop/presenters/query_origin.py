"""By whose key a question about an answer came: the one that invited, another, or none."""

from __future__ import annotations

from iscm_desktop.i18n import _
from iscm_desktop.workspace.colleagues.query_service import QueryOrigin, QueryRow


def asker_words(row: QueryRow) -> str:
    """Who asks, for the list, the card and the flag."""
    name = row.asker or _("Somebody")
    match row.origin:
        case QueryOrigin.OURS:
            return name
        case QueryOrigin.INVITER:
            return _("{name} (from the coordinator who invited you)").format(name=name)
        case QueryOrigin.ANOTHER:
            return _("{name} (not the one who invited you)").format(name=name)
        case QueryOrigin.NOBODY_INVITED:
            return _("{name} (no invitation was opened here to compare the key with)").format(name=name)
        case QueryOrigin.UNSIGNED:
            return _("{name} (claimed: unsigned)").format(name=name)
