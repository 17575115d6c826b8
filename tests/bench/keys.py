"""From a key press to the letter on the screen, beside a bare text box, and what keeps the next key waiting."""

from __future__ import annotations

import statistics

from tests.bench import forms, samples, timing
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_QUESTIONS = 1000
_RUNS = 2


def bench(options: Options) -> str:
    store = options.folder / "store.iscmdb"
    with samples.opened(store) as workspace:
        form = forms.kept(forms.everyday(_QUESTIONS), options.folder, "form")
        response = samples.own_form(workspace, form)
    bare: list[float] = []
    ours: list[float] = []
    blocks: list[float] = []
    for _ in range(_RUNS):
        bare += timing.child("key_times", "bare")["keys"]
        found = timing.child("key_times", "ours", store, response, variables=timing.home_in(options.folder))
        ours += found["keys"]
        blocks += found["blocks"]
    figures = [
        Figure("key press to repainted text, median", statistics.median(ours), "ms", statistics.median(bare),
               "bare QLineEdit", Aim(8)),
        Figure("key press to repainted text, 99th percentile", timing.percentile(ours, 0.99), "ms",
               timing.percentile(bare, 0.99), "bare QLineEdit", Aim(16)),
        Figure("key press to repainted text, worst", max(ours), "ms", max(bare), "bare QLineEdit"),
        Figure("longest turn of the event loop between keys", max(blocks, default=0.0), "ms", aim=Aim(16)),
    ]  # fmt: skip
    late = sum(block > 16 for block in blocks)
    note = f"{len(ours)} keys in a form of {_QUESTIONS:,} questions, all sections built; {late} turns over 16 ms."
    return table("typing", figures, (note,))
