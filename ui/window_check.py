"""Proof that the window of an installation works: opens every page once, on a scratch store and without a screen.

`iscm self-check` tries everything below the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from iscm_desktop.presenters.respondent_choice import known_respondents
from iscm_desktop.workspace import Workspace

_PATIENCE_S = 60.0


def check_window() -> int:
    """Says what it tried, a line each; 0 where all of it worked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faults: list[str] = []

    def note(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        faults.append("".join(traceback.format_exception(kind, failure, trace)))

    before, sys.excepthook = sys.excepthook, note  # what fails in a slot of Qt comes here, and nowhere else
    try:
        _visit_all(faults)
    # The outermost layer of this command: whatever went wrong is what the report is for.
    except Exception as failure:
        note(type(failure), failure, failure.__traceback__)
    finally:
        sys.excepthook = before
    for fault in faults:
        _say(fault)
    return 1 if faults else 0


def _visit_all(faults: list[str]) -> None:
    from ui.app import Program, styled_application
    from ui.window.shell import PAGES

    app = QApplication.instance() or styled_application("iscm-desktop")
    if not isinstance(app, QApplication):
        raise TypeError("another kind of Qt application is running")
    with (
        tempfile.TemporaryDirectory(prefix="iscm-window-", ignore_cleanup_errors=True) as folder,
        Workspace.open(Path(folder) / "store.iscmdb", keys_in_files=True) as workspace,
    ):
        workspace.set_person("Self-check", "")
        response = workspace.responses.start("iscm", known_respondents("iscm", "en")[0][0])
        program = Program(app, workspace, "en")
        program.start()
        shell = program.shell
        visits: list[tuple[str, Callable[[], None]]] = [
            (f"page {key}", partial(shell.show_page, key)) for key in PAGES
        ]
        visits.append(("form", lambda: shell.open_response(response)))
        visits.append(("review", lambda: shell.open_review(response)))
        for name, visit in visits:
            before = len(faults)
            visit()
            _settle(app, lambda: program.runner.is_busy)
            drawn = not shell.grab().isNull()
            _say(f"{'ok' if drawn and len(faults) == before else 'FAILED'}  {name}")
            if not drawn:
                faults.append(f"{name}: nothing was drawn\n")
        _look_words_up(faults)
        shell.close()
        program.close()


def _look_words_up(faults: list[str]) -> None:
    """Each dictionary that comes along is there, and the process that reads it."""
    from iscm_desktop.spelling.dictionaries import FILES
    from iscm_desktop.spelling.spelling_process import Speller

    speller = Speller()
    for language in FILES:
        is_found = speller.unknown(language, ["xqzwv"]) == ["xqzwv"]
        _say(f"{'ok' if is_found else 'FAILED'}  spelling {language}")
        if not is_found:
            faults.append(f"spelling {language}: a word that is none was not found to be\n")
    speller.close()


def _settle(app: QApplication, is_busy: Callable[[], bool]) -> None:
    """Lets the page be drawn, and the work that it asked for come back."""
    at_least, until = time.monotonic() + 0.2, time.monotonic() + _PATIENCE_S
    while time.monotonic() < at_least or is_busy():
        app.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("the work that a page asked for did not end")
        time.sleep(0.005)


def _say(line: str) -> None:
    if sys.stdout is not None:  # a window on Windows has none
        sys.stdout.write(line.rstrip() + "\n")
