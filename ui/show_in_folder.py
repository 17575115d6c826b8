"""Opens the system's file manager at a file that was written."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from iscm_desktop.i18n import _
from ui.desk import Notice
from ui.theme import Tone


def written(text: str, path: Path) -> Notice:
    """The sentence after an export, with the way to its file."""
    folder = path if path.is_dir() else path.parent
    return Notice(text, Tone.GOOD, _("Show in folder"), lambda: _open(folder))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
