"""`python -m tests.bench [NAMES…]`: runs the benches named, or all of them, and prints their tables."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Protocol

from tests.bench.options import Options

_SUBJECTS = {
    "start": "start",
    "engine": "engine",
    "answer": "answers",
    "store": "saving",
    "merge": "merging",
    "documents": "documents",
    "package": "packages",
    "ui": "pages",
    "typing": "keys",
    "memory": "holding",
    "verify": "verifying",
    "desk": "desk",
}
"""Word on the command line -> module."""


class Bench(Protocol):
    """What each module of a subject offers."""

    def bench(self, options: Options) -> str:
        """Measures and gives the table."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(_SUBJECTS)}; all by default")
    parser.add_argument(
        "--forms", type=Path, metavar="DIR", default=os.environ.get("ISCM_BENCH_FORMS"),
        help="a folder of XLSForms, the largest of which `engine` loads too (also ISCM_BENCH_FORMS)",
    )  # fmt: skip
    parser.add_argument("--full", action="store_true", help="`merge` with 10,000 packages: some minutes more")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - _SUBJECTS.keys()
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}")
    for name in chosen.names or _SUBJECTS:
        with tempfile.TemporaryDirectory(prefix="iscm-bench-") as folder:
            module: Bench = import_module(f"tests.bench.{_SUBJECTS[name]}")
            forms = Path(chosen.forms) if chosen.forms else None
            sys.stdout.write(module.bench(Options(Path(folder), forms, chosen.full)))
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
