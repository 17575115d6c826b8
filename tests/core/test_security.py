"""What docs/security.md promises is shown by tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
SHOWN = re.compile(r"`([\w/]+\.py)::(\w+)`")


def names_in(file: Path) -> set[str]:
    """Names of the tests in a file, those in classes too."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_each_test_that_is_named_exists() -> None:
    named = SHOWN.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 20
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / file).is_file() or name not in names_in(ROOT / "tests" / file)
    ]
    assert gone == []


def test_each_promise_names_a_test() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [row for row in rows if not SHOWN.search(row) and row != "| Promise | Shown by |"] == []
