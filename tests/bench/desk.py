"""A coordinator's questions to a whole round, beside the same rows by plain SQL and the same cells by XlsxWriter."""

from __future__ import annotations

import shutil
import statistics

from tests.bench import piles, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_USUAL, _FULL, _RUNS = 1_000, 10_000, 3


def bench(options: Options) -> str:
    count = _FULL if options.is_full else _USUAL
    folder = options.folder / "desk"
    piles.pile(folder / "packages", count)
    store, book = folder / "store.iscmdb", folder / "data.xlsx"
    timing.child("one_merge", folder / "packages", store)
    shutil.rmtree(folder / "packages")
    runs = 1 if options.is_full else _RUNS
    ours, floors = [], []
    for _ in range(runs):
        ours.append(timing.child("one_desk", store, book))
        floors.append(timing.child("one_desk_floor", store, book))

    def ours_of(what: str) -> float:
        return statistics.median(run[what] for run in ours)

    def floor_of(what: str) -> float:
        return statistics.median(run[what] for run in floors)

    responses = f"{ours[0]['responses']:,} responses"
    counting, writing = floor_of("counting"), floor_of("reading") + floor_of("writing")
    figures = [
        Figure(f"coverage of {responses}", ours_of("coverage"), "ms", counting, "plain SQL", times(3)),
        Figure(
            "  by section and question", ours_of("sections"), "ms", floor_of("reading"), "plain SQL", times(3)
        ),
        Figure(f"data of {responses} as XLSX", ours_of("data"), "ms", writing, "SQL, XlsxWriter", times(3)),
        Figure(
            "memory at most", max(run["peak"] for run in ours), "MB", ours[0]["before"], "before", Aim(300)
        ),
    ]
    notes = (
        f"{floors[0]['cells']:,} cells. Floor: the rows that each needs read by plain SQL, and the cells of ours",
        "written by XlsxWriter, which ours uses as well.",
    )
    return table("desk", figures, notes)
