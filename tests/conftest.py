"""What tests in more than one folder share."""

import os
from collections.abc import Iterator

import pytest

from tests.support.postgres import Server, server

# No test touches the key store of whoever runs it, nor one that another test defined: keyring would find either.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server, started when the first test needs it."""
    with server() as running:
        yield running
