"""The application of Qt: as Qt has it, and it takes files that the system hands over while it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui.page.timers import single_shot

_TOGETHER_MS = 50
"""A system that opens several files sends them one by one."""


class Application(QApplication):
    """macOS names the files of a double click by events rather than by arguments, often before there is a window.

    It asks of its own events only: a filter on the application would see every event of every widget.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: list[Path] = []
        self._open: Callable[[Sequence[Path]], None] | None = None
        self._gathering = single_shot(self, _TOGETHER_MS, self._hand_over)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            if event.file():  # a place on this computer; addresses of pages are none of ours
                self._waiting.append(Path(event.file()))
                self._gathering.start()
            return True
        return super().event(event)

    def hand_files_to(self, open_files: Callable[[Sequence[Path]], None] | None) -> None:
        """From now on files go there, and those that came before; None: they wait until there is a window again."""
        self._open = open_files
        if self._waiting:
            self._gathering.start()

    def _hand_over(self) -> None:
        if self._open is not None and self._waiting:
            files, self._waiting = self._waiting, []
            self._open(files)
