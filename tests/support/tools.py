"""The reference tools that check what is written here: minisign and age."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def tool(name: str) -> str:
    """Path of a reference tool; a test that needs it fails without it, for nobody else checks the format."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(
            f"{name} is missing. Install it, then try again:\n    sudo apt-get install -y age minisign"
        )
    return found


def run(*command: object) -> subprocess.CompletedProcess[bytes]:
    name, *arguments = command
    return subprocess.run(
        [tool(str(name)), *map(str, arguments)], capture_output=True, check=False, timeout=60
    )
