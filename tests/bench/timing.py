"""Clocks for benches: in this process, in fresh ones, and how much memory was held."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """How long `work` takes, once."""
    gc.collect()
    began = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - began) / 1e9


def interleaved(works: Sequence[Work], runs: int) -> tuple[list[float], ...]:
    """Seconds of each work, run in turns (A B A B), so that what else the machine does meets all alike."""
    found: tuple[list[float], ...] = tuple([] for _ in works)
    for _ in range(runs):
        for times, work in zip(found, works, strict=True):
            times.append(seconds(work))
    return found


def medians(works: Sequence[Work], runs: int) -> list[float]:
    """The median of each, in milliseconds."""
    return [statistics.median(times) * 1000 for times in interleaved(works, runs)]


def best(work: Work, runs: int = 3) -> float:
    """The fastest of a few, in milliseconds: for single-threaded work that nothing but others can slow down."""
    return min(seconds(work) for _ in range(runs)) * 1000


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def environment(**more: str) -> dict[str, str]:
    """For a child process: this project, no screen, and bytecode kept between runs, as on anybody's computer."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(filter(None, [kept.get("PYTHONPATH", ""), str(ROOT)]))
    quiet = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    return {**kept, "PYTHONPATH": path, **quiet, **more}


def home_in(folder: Path) -> dict[str, str]:
    """Variables that keep a child's settings, stores and caches in `folder`."""
    names = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
    return {name: str(folder) for name in names}


def child(module: str, *arguments: object, variables: Mapping[str, str] | None = None) -> Any:
    """What another module of this package finds in a fresh process: the last line that it writes, as JSON."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**(variables or {})), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def answer(found: object) -> None:
    """What a child hands to whoever started it."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def memory_mb() -> float:
    """What this process holds of physical memory now; its peak where only that can be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return peak_memory_mb()
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def peak_memory_mb() -> float:
    """The most that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # what `getrusage` says begins with what the process held that started this one
        most = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(most.split()[1]) * 1024 / 1e6
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
