"""What tests in more than one folder share."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

from tests.support.postgres import Server, server

# No test touches the key store of whoever runs it, nor one that another test defined: keyring would find either.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Nor the data of whoever runs it: what a shared store keeps on this computer would lie there.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="iscm-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_DATA_HOME"], ignore_errors=True)


NIGHTLY = {
    "ISCM_HISTORIES": "10000",
    "ISCM_FUZZ": "20000",
    "ISCM_FAULT_RUNS": "60",
    "ISCM_PLANTED_FAULTS": "1",
    "ISCM_MUTATIONS": "1000",
}
"""How much is drawn and killed by night; each test names the variable by which it takes another number."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="draw and kill as much as a night allows")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported, for they read these when they are."""
    if config.getoption("--nightly"):
        for name, number in NIGHTLY.items():
            os.environ.setdefault(name, number)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server, started when the first test needs it."""
    with server() as running:
        yield running


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as their cells: some runners of tests say how wide a terminal is, and none is there."""
    monkeypatch.delenv("COLUMNS", raising=False)
