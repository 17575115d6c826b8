"""Sentences for the bar at the top of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    is_written: bool = False  # something was written from the store, and is as good as that is
    is_brief: bool = False  # goes away when somebody goes on working


def written_notice(text: str, path: Path) -> Notice:
    """The sentence after an export, with the way to its file."""
    folder = path if path.is_dir() else path.parent
    return Notice(text, Tone.GOOD, _("Show in folder"), lambda: _open(folder), is_written=True)


def beside_known_damage(notice: Notice, damage: str) -> Notice:
    """The sentence about what was written, with what is known of the store from which it comes; "" for nothing."""
    if not (notice.is_written and damage):
        return notice
    return replace(notice, text=f"{notice.text} {damage}", tone=Tone.BAD)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
