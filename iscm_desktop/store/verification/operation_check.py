"""The log of operations: in order, none changed, none left out."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.store import times
from iscm_desktop.store.operations.operation_digests import beginning_digest, closing_digest
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.store_reader import StoreReader

_ROWS = """
    SELECT number, kind, started_at, person, device, parameters, about, outcome, ended_at, digest, closing
    FROM operation ORDER BY number"""
_KINDS = frozenset(kind.value for kind in OperationKind)
_OUTCOMES = frozenset({None, *(outcome.value for outcome in OperationOutcome)})


def check_operations(store: StoreReader) -> tuple[int, list[Finding]]:
    """How many there are, and which of them are not what they were."""
    found: list[Finding] = []
    rows = store.rows(_ROWS)
    before, expected = "", 1
    for row in rows:
        number = row[0]
        found += [_finding(str(gone), "gone") for gone in range(expected, min(number, expected + 100))]
        found += [_finding(f"{number} ({row[1]})", fault) for fault in _faults(store, row, before)]
        before, expected = row[9], number + 1
    return len(rows), found


def _faults(store: StoreReader, row: tuple[object, ...], before: str) -> Iterator[str]:
    number, kind, started_at, person, device, parameters, about, outcome, ended_at, digest, closing = row
    if digest != beginning_digest(before, number, kind, started_at, person, device, parameters, about):
        yield "digest"
    if kind not in _KINDS or outcome not in _OUTCOMES or not (_is_time(started_at) and _is_time(ended_at)):
        yield "kind, outcome or time"
    if about is not None and not (isinstance(about, int) and isinstance(number, int) and 0 < about < number):
        yield "about"
    if isinstance(number, int) and closing != closing_digest(store, number):
        yield "closing"


def _is_time(text: object) -> bool:
    if text is None:
        return True
    try:
        times.read(str(text))
    except ValueError:
        return False
    return True


def _finding(operation: str, fault: str) -> Finding:
    return Finding(FindingKind.OPERATION_CHANGED, detail=f"operation {operation}: {fault}")
