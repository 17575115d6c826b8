"""The passphrase of a protected store: asked for where one is opened."""

from pathlib import Path

from iscm_desktop.store.database.protected_files import FEWEST_LETTERS, is_right, salt_of
from iscm_desktop.store.database.unlocking import unlock

__all__ = ["FEWEST_LETTERS", "is_protected", "is_right", "unlock"]


def is_protected(store: Path) -> bool:
    """Whether a file needs a passphrase."""
    return salt_of(store) is not None
