"""How ledgers are called: the first line of their checkpoints."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]", re.ASCII)
_TAG = 4


def first_origin(round_: str) -> str:
    """A name that no other store gives: "iscm/2027/5f0c1a9e".

    The code of the round is there for people alone; what a name may not hold becomes an underscore.
    """
    return f"iscm/{_UNSAFE.sub('_', round_)[:64]}/{os.urandom(_TAG).hex()}"


def forked_origin(origin: str, at: datetime) -> str:
    """The name under which a restored backup goes on: "iscm/2027/5f0c1a9e/fork-20270315T110200Z-9c"."""
    return f"{origin}/fork-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(1).hex()}"
