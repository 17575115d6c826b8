"""What marks a practice store, and all that leaves it: in it nothing counts."""

from __future__ import annotations

from iscm_desktop.i18n import _
from iscm_desktop.store.database.database import Database

_MARK = "practice"


def is_practice(database: Database) -> bool:
    """Whether this store was made to try the program out."""
    return database.settings.value(_MARK) == "yes"


def mark_practice(database: Database) -> None:
    """From now on, and for ever: what was marked once must never come to count."""
    database.settings.put(_MARK, "yes")


def notice_in_print(database: Database) -> str:
    """What to say at the top of all that is printed from a store; "" for nothing."""
    if is_practice(database):
        return _(
            "Practice: nothing here counts. This was printed from a practice round with made-up answers."
        )
    from iscm_desktop.workspace.last_verification import known_damage  # late: a start needs none of it

    return known_damage(database)
