"""Operations chained by hash: none can be changed, left out or put between others without being noticed.

The digest of an operation covers the digest of the one before it and what the operation began with; its closing
covers that digest and what became of it, the files of a merge included. An operation at the very end of the
chain that is cut off leaves no trace in here; what it brought does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Protocol

from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.transaction import PreparedQuery, Transaction, Values


class _Runs(Protocol):
    def run(self, query: PreparedQuery, values: Values | None = None) -> Sequence[Sequence[object]]: ...


def beginning_digest(
    before: str,
    number: object,
    kind: object,
    started_at: object,
    person: object,
    device: object,
    parameters: object,
    about: object,
) -> str:
    """64 hexadecimal digits; `before` is the digest of the operation before, "" for the first."""
    return _digest((before, number, kind, started_at, person, device, parameters, about))


def closing_digest(db: _Runs, number: int) -> str:
    """64 hexadecimal digits for what became of an operation, as its rows tell it; "" where it still runs."""
    which = {"which": number}
    ((digest, outcome, ended_at),) = db.run(prepared_queries.OPERATION_OUTCOME, which)
    if outcome is None:
        return ""
    files = [tuple(row) for row in db.run(prepared_queries.OPERATION_FILES, which)]
    revisions = [tuple(row) for row in db.run(prepared_queries.OPERATION_REVISIONS, which)]
    refused = [tuple(row) for row in db.run(prepared_queries.OPERATION_REFUSALS, which)]
    whole = (digest, outcome, ended_at, files, revisions)
    return _digest((*whole, refused) if refused else whole)


def is_running(db: Transaction, number: int) -> bool:
    """Whether there is such an operation and it has no outcome yet."""
    found = db.run(prepared_queries.OPERATION_OUTCOME, {"which": number})
    return bool(found) and found[0][1] is None


def close(db: Transaction, number: int) -> None:
    """Keeps what became of an operation that has its outcome, once all that it brought is written."""
    db.run(prepared_queries.CLOSE_OPERATION, {"which": number, "closing": closing_digest(db, number)})


def _digest(parts: object) -> str:
    line = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
