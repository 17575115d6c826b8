"""From the command to the first usable window, beside a bare window of the same toolkit; and the bundle's size."""

from __future__ import annotations

import io
import lzma
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import samples, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_RUNS = 11
_BUNDLE = timing.ROOT / "dist" / "iscm-desktop"
_BARE_MB, _BARE_PACKED_MB = 171.0, 47.7
"""A bare window's bundle, measured once: building it here would take minutes."""


def bench(options: Options) -> str:
    store = options.folder / "store.iscmdb"
    with samples.opened(store) as workspace:
        for respondent in ("igc", "can", "iom"):
            samples.respond(workspace, respondent)
    ours, bare = [], []
    for run in range(_RUNS + 1):
        found = _usable_after(options.folder, "bare"), _usable_after(options.folder, "ours", str(store))
        if run:  # the first one fetches everything from the disk
            bare.append(found[0])
            ours.append(found[1])
    figures = [
        Figure("first usable window, median", statistics.median(ours), "ms", statistics.median(bare),
               "bare window", times(1.5)),
        Figure("first usable window, best", min(ours), "ms", min(bare), "bare window", times(1.5)),
    ]  # fmt: skip
    note = f"From source, warm, offscreen; {_RUNS} starts of each, in turns; a store with three responses."
    return table("start", [*figures, *_bundle(options)], (note,))


def _usable_after(folder: Path, *arguments: str) -> float:
    """Milliseconds from starting the process to its word that the window can be used."""
    command = [sys.executable, "-m", "tests.bench.first_window", *arguments]
    variables = timing.environment(**timing.home_in(folder))
    began = time.perf_counter_ns()
    with subprocess.Popen(
        command, cwd=timing.ROOT, env=variables, stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.readline() if process.stdout else ""
        took = (time.perf_counter_ns() - began) / 1e6
    if said != "usable\n":
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode} and without a window")
    return took


def _bundle(options: Options) -> Iterator[Figure]:
    """Where `./dev bundle` has made one. Packing it takes a minute, so only on request."""
    if not _BUNDLE.is_dir():
        return
    files = [path for path in _BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1e6
    yield Figure("bundle on disk", size, "MB", _BARE_MB, "bare bundle", Aim(150))
    if options.is_full:
        yield Figure("bundle packed (.tar.xz)", _packed_mb(), "MB", _BARE_PACKED_MB, "bare bundle", Aim(55))


def _packed_mb() -> float:
    packed = io.BytesIO()
    with lzma.open(packed, "wb", preset=9) as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
        archive.add(_BUNDLE, _BUNDLE.name)
    return len(packed.getvalue()) / 1e6
