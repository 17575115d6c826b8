"""Sentences for the bar at the top of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from iscm_desktop.i18n import _
from ui.look.colours import Tone


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the bar at the top of the window, with one thing that can be done about it."""

    text: str
    tone: Tone = Tone.GOOD
    action: str = ""
    act: Callable[[], None] | None = None
    is_brief: bool = False  # goes away when somebody goes on working


def written_notice(text: str, path: Path) -> Notice:
    """The sentence after an export, with the way to its file."""
    folder = path if path.is_dir() else path.parent
    return Notice(text, Tone.GOOD, _("Show in folder"), lambda: _open(folder))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
