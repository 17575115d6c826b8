"""What marks a practice store, and all that leaves it: in it nothing counts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.i18n import _
from iscm_desktop.paths import default_store
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.settings import PRACTICE, YES


def is_practice(database: Database) -> bool:
    """Whether this store was made to try the program out."""
    return database.settings.value(PRACTICE) == YES


def mark_practice(database: Database) -> None:
    """From now on, and for ever: what was marked once must never come to count."""
    database.settings.put(PRACTICE, YES)


def is_practice_file(file: Path) -> bool:
    """The same of a file that is not opened as a store, such as a backup; what is too broken is what its backups are.

    Raises:
        IscmError: it is protected, and nobody has given the passphrase.
    """
    from iscm_desktop.store.database.kept_backups import folder_of, named_so
    from iscm_desktop.store.verification.store_reader import reading_file  # late: a start needs none of it

    try:
        with reading_file(file) as reader:
            return bool(
                reader.rows("SELECT 1 FROM setting WHERE key = :key AND value = :yes", key=PRACTICE, yes=YES)
            )
    except sqlite3.DatabaseError:
        backups = named_so(folder_of(file), file.stem)
        return bool(backups) and all(is_practice_file(one) for one in backups)


def check_practice_place(practice: str | Path, place: str | Path) -> None:
    """Lets a practice round go to a place of its own only: where one is, or where nobody's answers would be.

    Not to a server, whose store has no mark, nor to where the program keeps the person's own store.

    Raises:
        IscmError: answers would count there, or be taken for ones that do not; the store there is protected, and
            nobody has given the passphrase.
    """
    if "://" not in str(place):
        path = Path(place).expanduser()
        if is_practice_file(path) if path.exists() else path.resolve() != default_store().resolve():
            return
    raise IscmError(StoreProblem.PRACTICE_STAYS_APART, file=practice, store=place)


def notice_in_print(database: Database) -> str:
    """What to say at the top of all that is printed from a store; "" for nothing."""
    if is_practice(database):
        return _(
            "Practice: nothing here counts. This was printed from a practice round with made-up answers."
        )
    from iscm_desktop.workspace.last_verification import known_damage  # late: a start needs none of it

    return known_damage(database)
