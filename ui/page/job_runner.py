"""One worker thread for long work, so that the store has one writer at a time.

A job is handed plain data, touches no widget, and returns plain data. Its result, or the exception that ended
it, comes back on the window's thread, unless whoever asked has been closed meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from iscm_desktop.task_progress import TaskProgress
from ui.widgets.connections import is_gone

T = TypeVar("T")

_PROGRESS_PAUSE_S = 0.05  # a job may report ten thousand times; eyes need twenty a second

_BACKGROUND_PAUSE_S = 0.005
"""What somebody types, or looks at, comes first: two threads of Python never run at once."""


class Job(QObject):
    """One piece of long work, seen from both threads.

    Signals:
        progressed(done, total): from time to time, on the window's thread.
        ended: the job is over, in whatever way.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._stop = Event()
        self._reported_at = 0.0

        self._gives_way: Callable[[], bool] | None = (
            None  # of work in the background: whether other work waits
        )

    def stop(self) -> None:
        """Asks the work to end at the next whole state."""
        self._stop.set()

    def should_stop(self) -> bool:
        """Asked by the work, between two whole states; in the background it pauses there, and gives way."""
        if self._gives_way is None:
            return self._stop.is_set()
        return self._stop.wait(_BACKGROUND_PAUSE_S) or self._gives_way()

    @property
    def task_progress(self) -> TaskProgress:
        """What the work is handed: it reports to this job, and hears from it when to stop."""
        return TaskProgress(self._on_reported, self.should_stop)

    def _on_reported(self, done: int, total: int) -> None:
        """Called by the work, on its own thread."""
        now = time.monotonic()
        if done >= total or now - self._reported_at >= _PROGRESS_PAUSE_S:
            self._reported_at = now
            self.progressed.emit(done, total)


class JobRunner(QObject):
    """Runs jobs one after the other on one thread.

    Signals:
        busy_changed(is_busy): work began, or all of it has ended.
    """

    busy_changed = Signal(bool)
    _came_back = Signal(object, object)

    def __init__(self, show_failure: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show_failure = show_failure
        self._attempts: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._is_closing = False
        self._running = 0
        self._in_background: Job | None = None
        self._waiting: list[tuple[Callable[..., object], tuple[object, ...]]] = []
        self._came_back.connect(self._on_came_back)

    @property
    def is_busy(self) -> bool:
        """Whether any work is running or waits to be run."""
        return self._running > 0

    def run(
        self,
        owner: QObject,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        is_in_background: bool = False,
    ) -> Job:
        """Starts `work` when those before it have ended.

        Args:
            owner: Whoever asked; nothing is delivered once it is gone.
            work: Runs on the worker thread.
            done: Receives the result on this thread.
            failed: Receives the exception instead; by default it is shown as any other failure.
            is_in_background: Nobody waits for it: it is told to stop where other work waits, or the program is
                left, and whoever asked may ask again.
        """
        job = Job(self)
        if is_in_background:
            job._gives_way = self._has_other_work
        failed = failed or self._show_failure
        self._running += 1
        if self._running == 1:
            self.busy_changed.emit(True)

        def attempt() -> None:
            outcome: Callable[[], None]
            self._in_background = job if is_in_background else None
            try:
                result = work(job)
            except BaseException as failure:  # carried over to the window's thread and shown there
                outcome = partial(failed, failure)
            else:
                outcome = partial(done, result)
            self._came_back.emit((owner, job), outcome)

        self._attempts.put(attempt)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="iscm-worker", daemon=True)
            self._thread.start()
        return job

    def _has_other_work(self) -> bool:
        """Asked by work in the background, on its thread."""
        return self._running > 1 or bool(self._waiting)

    def when_idle(self, then: Callable[..., object], *values: object) -> None:
        """Calls `then` at once, or on this thread as soon as no job is using the store.

        A method of a QObject is not called once that is gone. What has to be done all the same, such as keeping what
        somebody typed, is a method of a service with its values.
        """
        if self.is_busy:
            self._waiting.append((then, values))
        else:
            then(*values)

    def close(self) -> None:
        """Waits for the work at hand, in the background for its next whole state; what has not begun is dropped."""
        self._is_closing = True
        if self._in_background is not None:
            self._in_background.stop()
        if self._thread is not None:
            self._attempts.put(None)
            self._thread.join()

    def _serve(self) -> None:
        """The worker's thread: one attempt after the other, until it is told to end."""
        while (attempt := self._attempts.get()) is not None:
            if not self._is_closing:
                attempt()

    def _on_came_back(self, parties: Any, outcome: Callable[[], None]) -> None:
        owner, job = parties
        self._running -= 1
        job.ended.emit()
        job.deleteLater()
        try:
            if isValid(owner):
                outcome()
        finally:
            self._release()

    def _release(self) -> None:
        if self._running == 0:
            self.busy_changed.emit(False)
        while self._waiting and not self.is_busy:
            then, values = self._waiting.pop(0)
            if not is_gone(then):
                then(*values)
