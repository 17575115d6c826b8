"""From a key press to the letter on the screen, beside a bare text box, and what keeps the next key waiting."""

from __future__ import annotations

import statistics
from pathlib import Path

from tests.bench import forms, samples, timing
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_QUESTIONS = (1000, 3000)
_RUNS = 2


def bench(options: Options) -> str:
    figures: list[Figure] = []
    notes: list[str] = []
    for questions in _QUESTIONS:
        folder = options.folder / str(questions)
        folder.mkdir()
        _measure(questions, folder, figures, notes)
    return table("typing", figures, notes)


def _measure(questions: int, folder: Path, figures: list[Figure], notes: list[str]) -> None:
    store = folder / "store.iscmdb"
    with samples.opened(store) as workspace:
        response = samples.own_form(workspace, forms.kept(forms.everyday(questions), folder, "form"))
    bare: list[float] = []
    ours: list[float] = []
    blocks: list[float] = []
    for _ in range(_RUNS):
        bare += timing.child("key_times", "bare")["keys"]
        found = timing.child("key_times", "ours", store, response, variables=timing.home_in(folder))
        ours += found["keys"]
        blocks += found["blocks"]
    of = f"of {questions:,} questions"
    figures += [
        Figure(f"key press to repainted text, median {of}", statistics.median(ours), "ms",
               statistics.median(bare), "bare QLineEdit", Aim(8)),
        Figure(f"key press to repainted text, 99th percentile {of}", timing.percentile(ours, 0.99), "ms",
               timing.percentile(bare, 0.99), "bare QLineEdit", Aim(16)),
        Figure(f"key press to repainted text, worst {of}", max(ours), "ms", max(bare), "bare QLineEdit"),
        Figure(f"longest turn of the event loop between keys {of}", max(blocks, default=0.0), "ms", aim=Aim(16)),
    ]  # fmt: skip
    late = sum(block > 16 for block in blocks)
    notes.append(f"{len(ours)} keys {of}, all sections built; {late} turns over 16 ms.")
