"""What tests in more than one folder share."""

from collections.abc import Iterator

import pytest

from tests.support.postgres import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server, started when the first test needs it."""
    with server() as running:
        yield running
