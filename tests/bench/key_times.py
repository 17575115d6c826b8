"""A child process that types into a text box, and says how long each key took until its letter was painted.

    python -m tests.bench.key_times bare
    python -m tests.bench.key_times ours STORE RESPONSE

Ours is the form of a response with every section built, so that all of it has to follow. Between keys the events
of the program run as they come: saving, counting, redrawing; the longest of them is what would be felt.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from tests.bench import timing

_BOXES = 8
_KEYS = 40
_PAUSE_S = 0.06
_FOUND_S = 1.0


class _Painted(QObject):
    """Notices that its box was painted."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.is_painted = False
        box.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.is_painted = self.is_painted or event.type() == QEvent.Type.Paint
        return False


def main(which: str, *where: str) -> None:
    app = QApplication([which])
    boxes = _bare() if which == "bare" else _ours(app, *where)
    keys: list[float] = []
    blocks: list[float] = []
    for box in boxes:
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        _settle(app)
        painted = _Painted(box)
        for number in range(_KEYS):
            keys.append(_type(app, box, painted, "1234567890"[number % 10] if number % 4 else "2"))
            blocks += _pass_time(app, _PAUSE_S)
    timing.answer(
        {"keys": keys, "blocks": [block for block in blocks if block > 1], "all_blocks": len(blocks)}
    )


def _type(app: QApplication, box: QLineEdit, painted: _Painted, letter: str) -> float:
    """Milliseconds from the key press to the end of the paint that follows."""
    painted.is_painted = False
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    key, none = Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier
    began = time.perf_counter_ns()
    app.sendEvent(box, QKeyEvent(press, key, none, letter))
    while not painted.is_painted:
        app.processEvents()
        if time.perf_counter_ns() - began > 2e9:
            raise RuntimeError("a letter was typed and not painted")
    took = (time.perf_counter_ns() - began) / 1e6
    app.sendEvent(box, QKeyEvent(release, key, none, letter))
    return took


def _pass_time(app: QApplication, seconds: float) -> Iterator[float]:
    """Milliseconds for which each turn of the event loop kept the next key waiting."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter_ns()
        app.processEvents()
        yield (time.perf_counter_ns() - began) / 1e6
        time.sleep(0.0005)


def _settle(app: QApplication) -> None:
    for _ in _pass_time(app, _FOUND_S):
        pass


def _bare() -> Iterator[QLineEdit]:
    window = QMainWindow()
    window.resize(1280, 800)
    box = QLineEdit(window)
    window.setCentralWidget(box)
    window.show()
    for _ in range(_BOXES):
        yield box


def _ours(app: QApplication, store: str, response: str) -> Iterator[QLineEdit]:
    from iscm_desktop.workspace import Workspace
    from ui.app import Program
    from ui.form.form_page import FormPage

    with Workspace.open(Path(store)) as workspace:
        program = Program(app, workspace, "en", ())
        program.start()
        program.shell.resize(1280, 800)
        program.shell.open_response(response)
        page = program.shell.page
        if not isinstance(page, FormPage):
            raise TypeError("the form did not open")
        sections = [section.path for section in page.editing.session.sections()]
        for section in sections:
            page.show_section(section)
            app.processEvents()
        step = max(1, len(sections) // _BOXES)
        for section in sections[::step][:_BOXES]:
            page.show_section(section)
            _settle(app)
            found = [
                box for box in page.form.findChildren(QLineEdit) if box.isVisible() and not box.isReadOnly()
            ]
            if found:
                page.form.ensureWidgetVisible(found[0])
                yield found[0]
        program.shell.close()
        program.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
