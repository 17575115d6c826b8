"""Opens the practice round in a window of its own; it is made when it is first wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QAbstractButton, QWidget

from iscm_desktop.paths import window_command
from ui.page.job_runner import Job
from ui.page.page_context import PageContext


def open_practice(context: PageContext, button: QAbstractButton, owner: QWidget) -> None:
    """Makes the round on the worker, then starts its window."""
    workspace, language = context.workspace, context.preferences.language

    def make(_job: Job) -> Path:
        from iscm_desktop.workspace.practice_round import start_practice

        return start_practice(workspace.person, language)

    context.run_from(button, make, _open, owner)


def _open(store: Path) -> None:
    program, *arguments = window_command(str(store))
    QProcess.startDetached(program, arguments)
