"""A child process that opens forms and their sections, and says how long each took until it was painted.

    python -m tests.bench.page_times bare QUESTIONS
    python -m tests.bench.page_times ours STORE RESPONSE

Everything in milliseconds: `open`, `first` and `later` for each section, `steps` of the text size with all sections
visited. Bare is a window of as many names and text boxes, opened, and its letters enlarged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QLineEdit, QScrollArea, QWidget

from iscm_desktop.questionnaire.form_paths import AnswerPath
from tests.bench import timing

_STEPS = (1, 1, -1, -1, 1, -1)
_MOST = 16
_REST_S = 0.6
_LOOKED_S = 1.5
"""Somebody looks at the list first: what the program prepares meanwhile is ready."""


class _Painted(QObject):
    """Notices the first paint of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_painted = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.is_painted = self.is_painted or event.type() == QEvent.Type.Paint
        return False


def until_painted(app: QApplication, show: Callable[[], QWidget]) -> float:
    """Milliseconds from the wish to the end of the turn in which what it gives was painted."""
    began = time.perf_counter_ns()
    painted = _Painted(show())
    while not painted.is_painted:
        app.processEvents()
        if time.perf_counter_ns() - began > 10e9:
            raise RuntimeError("nothing was painted")
    return (time.perf_counter_ns() - began) / 1e6


def rest(app: QApplication, seconds: float = _REST_S) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.002)


def main(which: str, *where: str) -> None:
    app = QApplication([which, "-style", "fusion"])
    timing.answer(_bare(app, int(where[0])) if which == "bare" else _ours(app, *where))


def _bare(app: QApplication, questions: int) -> dict[str, object]:
    area = QScrollArea()
    area.resize(1280, 800)
    area.setWidgetResizable(True)

    def show() -> QWidget:
        ground = QWidget()
        rows = QFormLayout(ground)
        for number in range(questions):
            rows.addRow(QLabel(f"Question {number}"), QLineEdit())
        area.setWidget(ground)
        area.show()
        return area.viewport()

    began = time.perf_counter_ns()
    show()
    app.processEvents()
    opened = (time.perf_counter_ns() - began) / 1e6
    font = app.font()
    font.setPixelSize(round(font.pixelSize() * 1.25) if font.pixelSize() > 0 else 18)
    began = time.perf_counter_ns()
    app.setFont(font)
    rest(app)
    return {"open": opened, "steps": [(time.perf_counter_ns() - began) / 1e6 - _REST_S * 1000]}


def _ours(app: QApplication, store: str, response: str) -> dict[str, object]:
    from iscm_desktop.workspace import Workspace
    from ui.app import Program
    from ui.form.form_page import FormPage

    with Workspace.open(Path(store)) as workspace:
        program = Program(app, workspace, "en", ())
        program.start()
        program.shell.resize(1280, 800)
        rest(app, _LOOKED_S)

        def form() -> FormPage:
            page = program.shell.page
            if not isinstance(page, FormPage):
                raise TypeError("the form did not open")
            return page

        def opened() -> QWidget:
            program.shell.open_response(response)
            return form().form.viewport()

        def visited(section: AnswerPath) -> Callable[[], QWidget]:
            def show() -> QWidget:
                form().show_section(section)
                return form().form.viewport()

            return show

        def stepped(steps: int) -> Callable[[], QWidget]:
            def step() -> QWidget:
                program.context.theme.step_scale(steps)
                return form().form.viewport()

            return step

        found: dict[str, object] = {"open": until_painted(app, opened)}
        rest(app)
        there = form().presenter.current
        sections = [one.path for one in form().editing.session.sections() if one.path != there][:_MOST]
        first, later = [], []
        for section in sections:
            first.append(until_painted(app, visited(section)))
            rest(app)
        for section in sections[-8:]:
            later.append(until_painted(app, visited(section)))
            rest(app)
        steps = []
        for step in _STEPS:
            steps.append(until_painted(app, stepped(step)))
            rest(app)
        program.shell.close()
        program.close()
    return {**found, "first": first, "later": later, "steps": steps}


if __name__ == "__main__":
    main(*sys.argv[1:])
