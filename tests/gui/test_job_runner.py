"""The thread for long work.

G-95  Work in the background gives way to what somebody asked for, and is told to stop when the program is left.
"""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.page.job_runner import Job, JobRunner


class Counting:
    """Work that would never end by itself."""

    def __init__(self) -> None:
        self.began = Event()
        self.counted = 0

    def __call__(self, job: Job) -> str:
        self.began.set()
        while not job.should_stop():
            self.counted += 1
        return "counted in part"


def runner(owner: QObject) -> JobRunner:
    return JobRunner(lambda failure: None, owner)


def test_counting_gives_way_to_a_merge(qtbot: QtBot) -> None:
    """G-95"""
    owner, work, done = QObject(), Counting(), list[str]()
    jobs = runner(owner)
    jobs.run(owner, work, done.append, is_in_background=True)
    assert work.began.wait(10)
    jobs.run(owner, lambda _job: "merged", done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == ["counted in part", "merged"]
    jobs.close()


def test_counting_gives_way_to_whoever_waits_for_rest(qtbot: QtBot) -> None:
    """G-95"""
    owner, work, done = QObject(), Counting(), list[str]()
    jobs = runner(owner)
    jobs.run(owner, work, done.append, is_in_background=True)
    assert work.began.wait(10)
    jobs.when_idle(lambda: done.append("read"))
    qtbot.waitUntil(lambda: done == ["counted in part", "read"])
    jobs.close()


def test_leaving_the_program_does_not_wait_for_all_to_be_counted() -> None:
    """G-95"""
    owner, work = QObject(), Counting()
    jobs = runner(owner)
    jobs.run(owner, work, lambda _told: None, is_in_background=True)
    assert work.began.wait(10)
    jobs.close()  # it ends
