"""A child process that opens a window, looks at everything in it, and says how much memory that held at most.

python -m tests.bench.window_memory bare
python -m tests.bench.window_memory ours STORE RESPONSE
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.bench import timing


def main(which: str, *where: str) -> None:
    app = QApplication([which])
    if which == "bare":
        window = QMainWindow()
        window.setCentralWidget(QLabel("A window", window))
        window.resize(1280, 800)
        window.show()
        _run(app)
    else:
        _ours(app, *where)
    timing.answer(timing.peak_memory_mb())


def _ours(app: QApplication, store: str, response: str) -> None:
    from iscm_desktop.workspace import Workspace
    from ui.app import Program
    from ui.form.form_page import FormPage

    with Workspace.open(Path(store)) as workspace:
        program = Program(app, workspace, "en", ())
        program.start()
        _run(app)
        if response:
            program.shell.open_response(response)
            page = program.shell.page
            if not isinstance(page, FormPage):
                raise TypeError("the form did not open")
            for section in page.editing.session.sections():
                page.show_section(section.path)
                app.processEvents()
            _run(app)
        program.shell.close()
        program.close()


def _run(app: QApplication) -> None:
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main(*sys.argv[1:])
