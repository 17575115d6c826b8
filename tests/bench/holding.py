"""How much memory the window holds at most, with each section of a form visited, beside a bare window."""

from __future__ import annotations

from tests.bench import forms, samples, timing
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_QUESTIONS = 1000


def bench(options: Options) -> str:
    store = options.folder / "store.iscmdb"
    with samples.opened(store) as workspace:
        opened = {
            "list of responses": "",
            "IGC, the largest that ships": samples.respond(workspace, "igc"),
            "Canada": samples.respond(workspace, "can"),
            f"{_QUESTIONS:,} generated questions": samples.own_form(
                workspace, forms.kept(forms.everyday(_QUESTIONS), options.folder, "form")
            ),
        }
    bare = timing.child("window_memory", "bare")
    figures = []
    for name, response in opened.items():
        home = timing.home_in(options.folder)
        ours = timing.child("window_memory", "ours", store, response, variables=home)
        figures.append(Figure(f"window: {name}", ours, "MB", bare, "bare window", Aim(200)))
    return table("memory", figures)
