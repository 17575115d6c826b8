"""The program opens no socket: no server, no account, no update check. A shared store is the one exception."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def sockets_of(what: str, folder: Path) -> list[str]:
    """What a child process opened while it did its work, in a home of its own."""
    home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    variables = {**os.environ, **home, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.journeys.watched", what, str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    seen: list[str] = json.loads(done.stdout.splitlines()[-1])
    return seen


def test_the_whole_job_opens_no_socket(tmp_path: Path) -> None:
    assert sockets_of("job", tmp_path) == []


def test_the_window_opens_no_socket(tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    assert sockets_of("window", tmp_path) == []


def test_a_socket_would_be_seen(tmp_path: Path) -> None:
    assert sockets_of("socket", tmp_path) != []
