"""A child process that prints one summary, by us or by plain ReportLab, and says how long that took.

    python -m tests.bench.first_document ours|plain

Both know what to print before the clock starts; libraries are imported and fonts opened while it runs.
"""

import sys
import time

from tests.bench import timing
from tests.bench.contents import summary


def main(which: str) -> None:
    document = summary()
    began = time.perf_counter_ns()
    if which == "ours":
        from iscm_desktop.reports.typesetting.pdf_printer import render

        render(document)
    else:
        from tests.bench.platypus import printed

        printed(document)
    timing.answer((time.perf_counter_ns() - began) / 1e6)


if __name__ == "__main__":
    main(sys.argv[1])
