"""A child process for the least that merging can cost: the same zips read for nothing, the same rows inserted.

    python -m tests.bench.one_floor FOLDER DATABASE

The rows go into a table of their columns, keyed by id, in one transaction with `sqlite3.executemany` and the same
durability as ours; once more into a table without any key.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from pathlib import Path

from tests.bench import timing

_COLUMNS = ("id", "subject", "kind", "path", "value", "parents", "author", "device", "made_at")

Rows = list[tuple[object, ...]]


def main(folder: str, database: str) -> None:
    files = sorted(Path(folder).glob("*.iscm"))
    reading = min(timing.seconds(lambda: _read(files)) for _ in range(2))
    rows = _rows(files)
    timing.answer(
        {
            "read": reading,
            "keyed": timing.seconds(lambda: _insert(Path(f"{database}-keyed"), rows, " PRIMARY KEY")),
            "bare": timing.seconds(lambda: _insert(Path(f"{database}-bare"), rows, "")),
            "rows": len(rows),
        }
    )


def _read(files: list[Path]) -> None:
    for file in files:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                archive.read(name)


def _rows(files: list[Path]) -> Rows:
    """One for each revision, however many packages bring it."""
    import hashlib

    found: dict[str, tuple[object, ...]] = {}
    for file in files:
        with zipfile.ZipFile(file) as archive:
            for line in archive.read("revisions.jsonl").splitlines():
                said = {**json.loads(line), "id": hashlib.sha256(line).hexdigest()}
                said["parents"] = " ".join(said["parents"])
                found[said["id"]] = tuple(said[column] for column in _COLUMNS)
    return list(found.values())


def _insert(path: Path, rows: Rows, key: str) -> None:
    path.unlink(missing_ok=True)
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute(f"CREATE TABLE revision (id TEXT{key}, {', '.join(_COLUMNS[1:])})")
    plain.execute("BEGIN")
    plain.executemany(f"INSERT INTO revision VALUES ({', '.join('?' * len(_COLUMNS))})", rows)  # noqa: S608
    plain.execute("COMMIT")
    plain.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
