"""What long work tells while it goes on, and how it learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _ignore(_done: int, _total: int) -> None:
    pass


def _go_on() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """Handed to work on many files or rows; without arguments nobody watches, and nothing stops it.

    Args:
        report: Called with how many are done, of how many. Work of several phases counts each from the start.
        should_stop: Asked between two whole steps; work that is told to stop leaves whole steps done.
    """

    report: Callable[[int, int], None] = _ignore
    should_stop: Callable[[], bool] = _go_on


UNWATCHED = TaskProgress()
