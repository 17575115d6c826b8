"""What somebody waits for while they find their way through a form, beside a bare window of as many boxes."""

from __future__ import annotations

import statistics

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.bench import forms, samples, timing
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_MANY, _ENTRIES, _RUNS = 1000, 200, 3
_SECTION = 25


def bench(options: Options) -> str:
    store = options.folder / "store.iscmdb"
    with samples.opened(store) as workspace:
        igc = samples.respond(workspace, "igc")
        large = samples.own_form(workspace, forms.kept(forms.everyday(_MANY), options.folder, "form"))
        repeat = _many_entries(workspace, options)
    home = timing.home_in(options.folder)
    bare = [timing.child("page_times", "bare", _SECTION) for _ in range(_RUNS)]
    found = {
        name: [timing.child("page_times", "ours", store, response, variables=home) for _ in range(_RUNS)]
        for name, response in (("igc", igc), ("large", large), ("repeat", repeat))
    }
    blank = statistics.median(run["open"] for run in bare)
    enlarged = statistics.median(run["steps"][0] for run in bare)

    def row(what: str, ours: float, most: float, beside: float = blank) -> Figure:
        return Figure(what, ours, "ms", beside, f"bare window, {_SECTION} boxes", Aim(most))

    def median(name: str, what: str) -> float:
        return statistics.median(one for run in found[name] for one in _all(run[what]))

    def worst(name: str, what: str) -> float:
        return statistics.median(max(_all(run[what])) for run in found[name])

    figures = [
        row("opening the IGC's response", median("igc", "open"), 150),
        row(f"opening a form of {_MANY:,} questions", median("large", "open"), 250),
        row(f"opening a repeat of {_ENTRIES} entries", median("repeat", "open"), 300),
        row("first visit to a section of the IGC's, median", median("igc", "first"), 100),
        row("first visit to a section of the IGC's, slowest", worst("igc", "first"), 100),
        row(f"first visit to a section, {_MANY:,} questions, median", median("large", "first"), 100),
        row(f"first visit to a section, {_MANY:,} questions, slowest", worst("large", "first"), 100),
        row("later visit to a section of the IGC's, slowest", worst("igc", "later"), 30),
        row(f"later visit to a section, {_MANY:,} questions, slowest", worst("large", "later"), 30),
        row("text size, one step, the IGC's, all visited", median("igc", "steps"), 150, enlarged),
        row(f"text size, one step, {_MANY:,} questions", median("large", "steps"), 150, enlarged),
    ]
    return table("ui", figures, (f"{_RUNS} runs of each; until what was wished is painted.",))


def _many_entries(workspace: Workspace, options: Options) -> str:
    """The id of a response with many entries in one repeat, a few answers in each."""
    file = forms.kept(forms.repeating(), options.folder, "repeat")
    response = samples.own_form(workspace, file)
    session = workspace.responses.open_session(response)
    for number in range(_ENTRIES):
        entry = session.add_entry(AnswerPath("list/people"))
        session.answer(AnswerPath(f"{entry}/name"), f"Person {number}")
        session.answer(AnswerPath(f"{entry}/years"), str(number % 90))
    workspace.responses.save(response, session)
    return response


def _all(found: float | list[float]) -> list[float]:
    return found if isinstance(found, list) else [found]
