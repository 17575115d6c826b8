"""Sentences that the window says once and keeps: what was done, or what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from iscm_desktop.i18n import _
from ui.look.colours import Tone


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the window, with one thing that can be done about it.

    What `act` does may belong to a page or dialog: then it is a method of that object, and is offered for as
    long as the object lives.
    """

    text: str
    tone: Tone = Tone.GOOD
    action: str = ""
    act: Callable[[], None] | None = None
    is_written: bool = False  # something was written from the store, and is as good as that is
    is_brief: bool = False  # what can be done about it is over when somebody goes on working

    @property
    def can_act(self) -> bool:
        """Whether there is something to be done about it, and whom to do it still there."""
        owner = getattr(self.act, "__self__", None)
        return self.act is not None and not (isinstance(owner, QObject) and not isValid(owner))


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
