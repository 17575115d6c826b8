"""A child process that shows a window, says when it can be used, and ends.

python -m tests.bench.first_window bare
python -m tests.bench.first_window ours STORE
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def main(which: str, *store: str) -> None:
    if which == "ours":
        from iscm_desktop.__main__ import main as program  # before Qt, as when the program starts by itself
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([which, "-style", "fusion"])
    QTimer.singleShot(0, lambda: _look(app))
    if which == "ours":
        app.setProperty("is_styled", True)  # the program makes its application with the same arguments
        program(["--store", *store])
        return
    window = QMainWindow()
    window.setCentralWidget(QLabel("A window", window))
    window.resize(1280, 800)
    window.show()
    app.exec()


def _look(app: QApplication) -> None:
    """Once the window is exposed, it has been painted and takes keys."""
    from PySide6.QtCore import QTimer

    handles = [window.windowHandle() for window in app.topLevelWidgets() if window.isVisible()]
    if any(handle is not None and handle.isExposed() for handle in handles):
        sys.stdout.write("usable\n")
        sys.stdout.flush()
        app.closeAllWindows()
        app.quit()
    else:
        QTimer.singleShot(0, lambda: _look(app))


if __name__ == "__main__":
    main(*sys.argv[1:])
