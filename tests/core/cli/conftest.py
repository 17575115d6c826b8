"""A command line with a store of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.cli import main


@dataclass
class Said:
    """What one command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs `iscm` with the words given, on a store in `tmp_path` (or the one that the words name)."""

    def run(*words: object, store: str = "store") -> Said:
        capsys.readouterr()
        code = main(["--store", str(tmp_path / f"{store}.iscmdb"), *map(str, words)])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run
