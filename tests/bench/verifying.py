"""Verifying a store, beside SHA-256 of the same bytes alone, and beside merging the same files a second time."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from iscm_desktop.exchange.trust.seal_check import check_seals_of_store
from iscm_desktop.store.objects.revision import line
from iscm_desktop.store.verification.revision_ids import verify_ids
from iscm_desktop.store.verification.sound_revisions import revision_of
from iscm_desktop.store.verification.store_reader import reading_file
from iscm_desktop.store.verification.verification import verify
from tests.bench import piles, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_PER_SECOND = 200_000
"""So many ids are to be recomputed in a second, with reading them."""
_RUNS = 3


def bench(options: Options) -> str:
    count = 10_000 if options.is_full else 1_000
    store = options.folder / "store.iscmdb"
    piles.pile(options.folder / "pile", count)
    second = timing.child("one_merge", options.folder / "pile", store)["second"]
    merged = second["plan"] + second["apply"]
    lines = _lines(store)
    works = (lambda: _hashed(lines), lambda: verify_ids(store), lambda: _verified(store))
    hashing, ids, whole = (milliseconds / 1000 for milliseconds in timing.medians(works, _RUNS))
    with reading_file(store) as reader:
        signatures = timing.seconds(lambda: check_seals_of_store(reader))
    rows = len(lines)
    figures = [
        Figure(f"{rows:,} ids with reading", ids, "s", hashing, "SHA-256 alone", Aim(rows / _PER_SECOND)),
        Figure("everything but signatures", whole, "s", hashing, "SHA-256 alone"),
        Figure("  the same", whole, "s", merged, "second merge", times(1)),
        Figure("signatures of seals", signatures, "s", merged, "second merge"),
    ]
    return table(f"verify: a store of {count:,} packages", figures)


def _lines(store: Path) -> list[bytes]:
    columns = "subject, id, kind, path, value, parents, author, device, made_at"
    with closing(sqlite3.connect(store)) as db:
        return [line(revision_of(row)) for row in db.execute(f"SELECT {columns} FROM revision")]  # noqa: S608 - ours


def _hashed(lines: Sequence[bytes]) -> None:
    for each in lines:
        hashlib.sha256(each).hexdigest()


def _verified(store: Path) -> None:
    with reading_file(store) as reader:
        if not verify(reader).is_whole:
            raise RuntimeError("the store is not what was merged")
