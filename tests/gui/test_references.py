"""PySide6 6.12.0 loses a reference to `None` in each call without a result, and one to `True` in each `emit`; on
Python 3.11 the program dies of either after some hours. Whoever raises the version meets this test first."""

import subprocess
import sys

_CALLS = """
import sys
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal(bool)
bell = Bell()
bell.rang.connect(lambda on: None)
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(5_000):
    bell.rang.emit(True)
    bell.setObjectName("bell")
print(max(before[0] - sys.getrefcount(None), before[1] - sys.getrefcount(True)))
"""


def test_calls_into_qt_lose_no_references() -> None:
    run = subprocess.run([sys.executable, "-c", _CALLS], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < 1_000
