"""Copies of attached files for other programs to show: readable by anybody who has this account, so they go."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from iscm_desktop.errors import AttachmentProblem, IscmError
from iscm_desktop.file_names import stem_and_ending
from iscm_desktop.private_files import write_private
from iscm_desktop.questionnaire.attached_files import AttachedFile

_PREFIX = "iscm-opened-"
_STALE_AFTER_S = 24 * 60 * 60
"""A program that was killed, or a viewer that held its file, leaves copies; by then nobody looks at them any more."""


class LaidOutFiles:
    """Lie in a folder for temporary files; `remove` when the store is closed."""

    def __init__(self) -> None:
        self._folders: list[Path] = []

    def add(self, file: AttachedFile, content: bytes) -> Path:
        """A copy under a name that every system takes, whatever the one who attached it called it.

        Raises:
            IscmError: there is no room or no permission.
        """
        self._remove_stale()
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._folders.append(folder)
            copy = folder / "".join(stem_and_ending(file.name))
            write_private(copy, content)
        except OSError as error:
            reason = error.strerror or error
            raise IscmError(AttachmentProblem.NOT_LAID_OUT, file=file.name, reason=reason) from error
        return copy

    def remove(self) -> None:
        """All copies, but those that a program holds where the system lets it."""
        while self._folders:
            shutil.rmtree(self._folders.pop(), ignore_errors=True)

    def _remove_stale(self) -> None:
        with suppress(OSError):
            for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
                if time.time() - folder.lstat().st_mtime > _STALE_AFTER_S:
                    shutil.rmtree(folder, ignore_errors=True)
