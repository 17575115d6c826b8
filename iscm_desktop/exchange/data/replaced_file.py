"""Large files written bit by bit: beside their place, then put there, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.package.package_writer import part_of
from iscm_desktop.file_names import shown_file
from iscm_desktop.private_files import make_private_folder, open_private, sync_folder
from iscm_desktop.store.database.target_check import check_target


@contextmanager
def replaced_file(target: Path) -> Iterator[Path]:
    """Where to write what is to take the place of `target` when the block ends; its owner alone can read it.

    When the block is left by an exception, what was there before is as it was, and nothing lies beside it.

    Raises:
        IscmError: it cannot be written, or a store is there.
    """
    try:
        check_target(target)
        beside = part_of(target)
        try:
            make_private_folder(beside.parent)
            os.close(open_private(beside, os.O_WRONLY | os.O_TRUNC))
            yield beside
            _keep(beside)
            beside.replace(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except (OSError, ValueError) as error:  # a ValueError where the name is none
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise IscmError(FileProblem.FILE_NOT_WRITTEN, file=shown_file(target), reason=reason) from error


def _keep(file: Path) -> None:
    """It is on the disk when this returns."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
