"""Merging piles of packages, beside the least it can cost: the zips read for nothing, the rows inserted plainly."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.bench import piles, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_USUAL, _FULL = (100, 1_000), (100, 1_000, 10_000)
_SMALL = 1_000
"""Piles below this are merged three times, for the median."""


@dataclass(frozen=True, slots=True)
class _Pile:
    """What became of one pile, in seconds and megabytes."""

    count: int
    rows: int
    read: float
    keyed: float  # the floor of inserting with a primary key, which is what a merge cannot do without
    bare: float  # without
    plan: float
    apply: float
    second: float
    before: float
    peak: float

    @property
    def first(self) -> float:
        return self.plan + self.apply


def bench(options: Options) -> str:
    found = [_measured(count, options) for count in (_FULL if options.is_full else _USUAL)]
    figures = [figure for pile in found for figure in _figures(pile)]
    for small, large in pairwise(found):
        name = f"growth, {small.count:,} to {large.count:,} packages"
        figures.append(Figure(name, large.first / small.first, "times", aim=Aim(11)))
    notes = (
        "First: looking and merging. Floor: the zips read for nothing, and the rows inserted by executemany in one",
        "transaction, with the same durability, into a table with a primary key (strict: without any).",
    )
    return table("merge", figures, notes)


def _figures(pile: _Pile) -> Iterator[Figure]:
    count = f"{pile.count:,}"
    unit, by = ("s", 1) if pile.first >= 1 else ("ms", 1000)
    floor, strict = pile.read + pile.keyed, pile.read + pile.bare
    yield Figure(
        f"{count}: first merge ({pile.rows:,} rows)", pile.first * by, unit, floor * by, "floor", times(3)
    )
    yield Figure(f"{count}:   the same", pile.first * by, unit, strict * by, "strict floor", times(3))
    yield Figure(f"{count}:   of it looking", pile.plan * by, unit, pile.read * by, "zips")
    yield Figure(f"{count}:   of it merging", pile.apply * by, unit, pile.keyed * by, "executemany")
    yield Figure(f"{count}: second merge", pile.second * by, unit, pile.first * by, "first", times(0.25))
    yield Figure(f"{count}: memory at most", pile.peak, "MB", pile.before, "before", Aim(300))


def _measured(count: int, options: Options) -> _Pile:
    folder = options.folder / f"pile-{count}"
    piles.pile(folder, count)
    floors: list[dict[str, float]] = []
    merges: list[dict[str, Any]] = []
    for run in range(3 if count <= _SMALL else 1):
        floors.append(timing.child("one_floor", folder, options.folder / "floor.db"))
        merges.append(timing.child("one_merge", folder, options.folder / f"merged-{count}-{run}.iscmdb"))
    shutil.rmtree(folder)
    read, keyed, bare = (min(floor[part] for floor in floors) for part in ("read", "keyed", "bare"))
    plan, apply = (statistics.median(merge["first"][part] for merge in merges) for part in ("plan", "apply"))
    second = statistics.median(merge["second"]["plan"] + merge["second"]["apply"] for merge in merges)
    peak = max(merge["peak"] for merge in merges)
    rows, before = int(floors[0]["rows"]), merges[0]["before"]
    return _Pile(count, rows, read, keyed, bare, plan, apply, second, before, peak)
