"""Timers for what waits until somebody rests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def single_shot(owner: QObject, ms: int, then: Callable[[], object]) -> QTimer:
    """A timer of `owner` that calls `then` once, `ms` after it was last started."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(then)
    return timer
