"""How far the work has come, and how long it will take."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QProgressBar, QWidget

from iscm_desktop.i18n import ngettext

_TOLD_AFTER_S = 1.0
_TOLD_FROM_S = 3


class MergeProgress(QProgressBar):
    """Hidden while nothing is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self._began_at = 0.0
        self.hide()

    def begin(self) -> None:
        """Work has begun: how much there is to do is not known yet."""
        self._began_at = time.monotonic()
        self.setRange(0, 0)
        self.show()

    def advance(self, done: int, total: int, words: str) -> str:
        """Moves on, and says it: `words` name {done} and {total}."""
        self.setRange(0, max(total, 1))
        self.setValue(done)
        said = (words.format(done=done, total=total), self._time_left(done, total))
        return " · ".join(filter(None, said))

    def _time_left(self, done: int, total: int) -> str:
        """Nothing at first, while it cannot be told, nor for the last seconds."""
        passed = time.monotonic() - self._began_at
        left = round(passed * (total - done) / done) if done and passed > _TOLD_AFTER_S else 0
        words = ngettext("about {count} s left", "about {count} s left", left)
        return words.format(count=left) if left >= _TOLD_FROM_S else ""
