"""Checkpoints: how long a ledger is and what its root is, as the text of a note.

Source: https://c2sp.org/tlog-checkpoint
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from iscm_desktop.exchange.ledger.strict_base64 import decoded, encoded
from iscm_desktop.store.merkle_tree import HASH_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_MAX_SIZE = 2**63 - 1
_FORK = "fork at "
"""Begins the extension line that says how many entries a branch has in common with the one before it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()  # lines of which others may know nothing

    @property
    def text(self) -> str:
        """What is signed."""
        lines = (self.origin, str(self.size), encoded(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @property
    def forked_at(self) -> int | None:
        """How many entries the ledger had when a backup was restored and it went on from there; None: never."""
        for line in self.extensions:
            if line.startswith(_FORK) and _SIZE.fullmatch(line.removeprefix(_FORK)):
                return int(line.removeprefix(_FORK))
        return None


def fork_extension(size: int) -> str:
    """The extension line of a branch: "fork at 17"."""
    return f"{_FORK}{size}"


def read_number(text: str) -> int:
    """A size or index as it is written: digits, without leading zeros.

    Raises:
        ValueError: it is none, or larger than any.
    """
    if not _SIZE.fullmatch(text) or int(text) > _MAX_SIZE:
        raise ValueError("not a number of entries")
    return int(text)


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text is.

    Raises:
        ValueError: it is none.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise ValueError("not a checkpoint")
    origin, size, root, *extensions = lines[:-1]
    hashed = decoded(root)
    if len(hashed) != HASH_SIZE:
        raise ValueError("not a root")
    return Checkpoint(origin, read_number(size), hashed, tuple(extensions))
