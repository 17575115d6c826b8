"""Whether a document, a package or a copy may take the place of what a name stands for now."""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.store.database.protected_files import is_open_here

_MAGIC = b"SQLite format 3\0"  # of protected stores, too
_BESIDE = ("-journal", "-wal", "-shm", ".lock")
"""Ends of the names of what lies beside a store while it is open."""


def check_target(target: Path, *, may_be_copy: bool = False) -> None:
    """Refuses to write over a store, over what belongs to one, and over what is no ordinary file.

    Args:
        may_be_copy: A copy of a store is written, which may take the place of another that is not open here.

    Raises:
        IscmError: nothing may be written there.
        OSError, ValueError: the name is none.
    """
    owner = next((_without(target, end) for end in _BESIDE if target.name.endswith(end)), target)
    is_ours = is_open_here(target) or (owner != target and (is_open_here(owner) or _is_store(owner)))
    if is_ours or (not may_be_copy and _is_store(target)):
        raise IscmError(FileProblem.FILE_IS_STORE, file=shown_file(target))
    if target.exists() and not (target.is_file() or target.is_dir()):
        reason = _("it is no ordinary file")
        raise IscmError(FileProblem.FILE_NOT_WRITTEN, file=shown_file(target), reason=reason)


def _without(target: Path, end: str) -> Path:
    name = target.name.removesuffix(end)
    return target.with_name(name) if name else target


def _is_store(file: Path) -> bool:
    """Looks only where this process has the file not open: closing it would let go of SQLite's locks."""
    if is_open_here(file):
        return True
    if not file.is_file():
        return False
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False
