"""A child process that counts the coverage of a round and takes its data out.

python -m tests.bench.one_desk STORE BOOK
"""

from __future__ import annotations

import sys
from pathlib import Path

from iscm_desktop.workspace import Workspace
from tests.bench import samples, timing


def main(store: str, book: str) -> None:
    with Workspace.open(store) as workspace:
        workspace.warm_up()
        before = timing.peak_memory_mb()
        found = workspace.coverage.of(samples.ROUND)
        if found is None or not found.total.here:
            raise RuntimeError("the round is not there")
        timing.answer(
            {
                "responses": found.total.here,
                "coverage": timing.seconds(lambda: workspace.coverage.of(samples.ROUND)) * 1000,
                "sections": timing.seconds(lambda: workspace.coverage.sections(samples.ROUND)) * 1000,
                "data": timing.seconds(lambda: workspace.data.export(Path(book))) * 1000,
                "before": before,
                "peak": timing.peak_memory_mb(),
            }
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
