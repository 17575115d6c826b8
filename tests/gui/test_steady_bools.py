"""Python 3.11 with PySide6 6.12: emitting signals must not bring the interpreter down."""

import subprocess
import sys

_EMIT = """
import ui
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal(bool)
bell = Bell()
bell.rang.connect(lambda on: None)
for _ in range(20_000):
    bell.rang.emit(True)
print("alive")
"""


def test_many_signals_leave_the_interpreter_alive() -> None:
    """Without `steady_bools` this aborts after some hundred signals."""
    run = subprocess.run([sys.executable, "-c", _EMIT], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "alive", run.stderr
    assert run.returncode == 0
