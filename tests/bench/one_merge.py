"""A child process that merges a folder of packages twice, and says how long that took and how much it held.

python -m tests.bench.one_merge FOLDER STORE
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from iscm_desktop.exchange.merging.merge_plan import MergeResult
from iscm_desktop.workspace import Workspace
from tests.bench import timing


def main(folder: str, store: str) -> None:
    with Workspace.open(store) as workspace:
        workspace.warm_up()
        before = timing.peak_memory_mb()
        first = _merged(workspace, Path(folder))
        second = _merged(workspace, Path(folder))
    timing.answer({"first": first, "second": second, "before": before, "peak": timing.peak_memory_mb()})


def _merged(workspace: Workspace, folder: Path) -> dict[str, float]:
    """Seconds of looking and of merging; how many files turned out new or newer, and how many the same."""
    began = time.perf_counter_ns()
    plan = workspace.packages.plan([folder])
    planned = time.perf_counter_ns()
    report = workspace.packages.apply(plan)
    done = time.perf_counter_ns()
    if report.count(MergeResult.REFUSED) or report.count(MergeResult.CONFLICT):
        raise RuntimeError("the generated packages do not merge as they should")
    return {
        "plan": (planned - began) / 1e9,
        "apply": (done - planned) / 1e9,
        "brought": report.count(MergeResult.NEW) + report.count(MergeResult.NEWER),
        "same": report.count(MergeResult.SAME),
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
