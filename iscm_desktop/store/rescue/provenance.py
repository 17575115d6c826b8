"""Rescued revisions with the files that brought them, so that nothing counts as made here that was not.

What is known of a file is taken as SQLite reads it. What came with a file of which nothing is known any more counts as
brought by an unsigned one: a rescue proves answers, and never whose they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from iscm_desktop.store import times
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.bulk_insert import add_rows
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import add_if_new
from iscm_desktop.store.objects.items import add_revisions
from iscm_desktop.store.objects.promises import is_beginning
from iscm_desktop.store.objects.proof_levels import Shown
from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.objects.revision_set import root_of
from iscm_desktop.store.objects.seals import name_seal
from iscm_desktop.store.rescue.readable_rows import Rows
from iscm_desktop.store.rescue.row_carver import UNKNOWN, CarvedRows

_Brought = dict[tuple[SubjectId, int | None], dict[RevisionId, Revision]]


def add_provenance(
    db: Transaction,
    rows: Rows,
    carved: CarvedRows,
    placed: Collection[SubjectId],
    operation: int,
    now: datetime,
) -> None:
    """Adds packages, the revisions that they brought and that were made here, ties and seals.

    Args:
        placed: Subjects that the new store has; revisions of others are left out.
        operation: The one in the new store that brings all of it.
    """
    brought: _Brought = {}
    for id_, one in carved.revisions.items():
        if one.subject in placed:
            brought.setdefault((one.subject, carved.packages.get(id_)), {})[id_] = one
    _number_unknown(brought, rows)
    known = _add_packages(db, rows, brought, placed, now)
    _add_files(db, operation, known)
    for (_subject, number), revisions in brought.items():
        add_revisions(db, revisions, number)
    for row in rows.get("package_revision", ()):
        if row["package"] in known and row["revision"] in carved.revisions:
            put_row(db, tables.PackageRevisionRecord, row)
    _add_seals(db, rows, carved)


def _number_unknown(brought: _Brought, rows: Rows) -> None:
    """What came by nobody knows which file gets one of its own for each response, behind all that are numbered."""
    numbers = [number for _subject, number in brought if number is not None]
    rows_of_files = (row["number"] for row in rows.get("package", ()))
    last = max([0, *numbers, *(number for number in rows_of_files if isinstance(number, int))])
    for subject in sorted(subject for subject, number in brought if number == UNKNOWN):
        last += 1
        brought[subject, last] = brought.pop((subject, UNKNOWN))


def put_row(db: Transaction, table: type[tables.Record], row: Mapping[str, Any]) -> bool:
    """Adds a row as it was read; False where it refers to what is not there, or lacks something."""
    try:
        with db.sql.begin_nested():
            add_rows(db, add_if_new(db.dialect, table), tuple(row), [tuple(row.values())])
    except DBAPIError:
        return False
    return True


def _add_packages(
    db: Transaction, rows: Rows, brought: _Brought, placed: Collection[SubjectId], now: datetime
) -> dict[int, str]:
    """Gives the names of the files, by number."""
    known: dict[int, str] = {}
    for row in rows.get("package", ()):
        if row["subject"] in placed and put_row(db, tables.PackageRecord, row):
            known[row["number"]] = str(row["file_name"])
    for (subject, number), revisions in brought.items():
        if number is not None and number not in known:
            stub = {
                "number": number, "digest": hashlib.sha256(f"rescued {number}".encode()).hexdigest(),
                "subject": subject, "file_name": "", "sender": "", "read_at": times.written(now),
                "revisions": len(revisions), "root": root_of(revisions), "trust": Shown.UNSIGNED.value,
                "device": "", "signer_key": "",
                "has_bare_beginning": any(map(is_beginning, revisions.values())),
            }  # fmt: skip
            put_row(db, tables.PackageRecord, stub)
            known[number] = ""
    return known


def _add_files(db: Transaction, operation: int, known: Mapping[int, str]) -> None:
    for position, (number, name) in enumerate(sorted(known.items())):
        row = {
            "operation": operation, "position": position, "package": number, "file_name": name,
            "result": "new", "new": 0, "same": 0, "newer": 0, "conflicts": 0,
        }  # fmt: skip
        put_row(db, tables.OperationFileRecord, row)


def _add_seals(db: Transaction, rows: Rows, carved: CarvedRows) -> None:
    """Those of which every revision that names them can still be read."""
    named: dict[int, list[RevisionId]] = {}
    for row in rows.get("revision", ()):
        if row.get("seal") is not None and row["id"] in carved.revisions:
            named.setdefault(row["seal"], []).append(row["id"])
    for row in rows.get("seal", ()):
        ids = named.get(row["number"], [])
        if (ids or row["members"]) and put_row(db, tables.SealRecord, row):
            name_seal(db, row["subject"], row["number"], ids)
