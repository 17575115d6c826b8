"""The form engine: forms from 250 to 5,000 questions, one like the largest interviews, one long cascade.

Compiling is compared with pyxform alone, and loading with expat merely reading the form's XML. Each figure of a
compiled form comes from fresh processes, in which no expression is compiled yet.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire.frozen_questionnaire import compiled
from iscm_desktop.questionnaire.reading.xlsform import ENDINGS, read_xlsform
from tests.bench import forms, timing
from tests.bench.figures import Aim, Figure, shown, table, times
from tests.bench.options import Options

_RUNS = 5
_READS = 2
_ANSWERS = 1500
_LARGEST = 4
_GROWTH = "growth, 250 to 5,000"


@dataclass(frozen=True, slots=True)
class _Measured:
    """One form through all that happens to it; times in milliseconds."""

    name: str
    questions: int
    compile: float
    pyxform: float
    expat: float  # merely reading the XForm
    load: float
    first: float
    memory: float
    answers: tuple[float, ...]
    drawn: tuple[float, ...]

    @property
    def ready(self) -> float:
        """From the compiled form to the first answer."""
        return self.load + self.first

    def answer(self, share: float) -> float:
        return timing.percentile(self.answers, share)


def bench(options: Options) -> str:
    made = {
        "250": forms.everyday(250),
        "1,000": forms.everyday(1000),
        "5,000": forms.everyday(5000),
        "interview": forms.interview(),
        "cascade": forms.cascade(),
    }
    found = {
        name: _measured(name, forms.kept(text, options.folder, name.replace(",", "")), options.folder)
        for name, text in made.items()
    }
    interview, cascade = found["interview"], found["cascade"]
    given = tuple(_given(options))
    return "".join(
        (
            table(
                f"engine: {interview.questions} questions, 420 conditions, as the WHO verbal autopsy has",
                tuple(_of_interview(interview)),
                (
                    "Elsewhere, once: loading JavaRosa 570 ms, Enketo 1,330, ODK Web Forms 1,550;",
                    "an answer (median / 95 % / worst) JavaRosa 0.11 / 3.0 / 16 ms, ODK Web Forms 0.57 / 1.7 / 47, "
                    "Enketo 2.4 / 13 / 330.",
                ),
            ),
            table("engine: cascade over 5,900 choices", tuple(_of_cascade(cascade))),
            _overview((found["250"], found["1,000"], found["5,000"], interview, cascade, *given)),
            table("engine: growth and size", tuple(_of_growth(found["250"], found["5,000"], given))),
        )
    )


def _of_interview(form: _Measured) -> Iterator[Figure]:
    yield Figure("compile once", form.compile, "ms", form.pyxform, "pyxform alone")
    yield Figure(
        "load what is compiled, first evaluation", form.ready, "ms", form.expat, "expat, XML only", Aim(150)
    )
    yield Figure("one answer, median", form.answer(0.5), "ms", aim=Aim(0.1))
    yield Figure("one answer, 95th percentile", form.answer(0.95), "ms", aim=Aim(1.5))
    yield Figure("one answer, 99th percentile", form.answer(0.99), "ms")
    yield Figure("one answer, worst", max(form.answers), "ms", aim=Aim(15))
    yield Figure("views of what it changed, worst", max(form.drawn), "ms")
    yield Figure("memory", form.memory, "MB", aim=Aim(60))


def _of_cascade(form: _Measured) -> Iterator[Figure]:
    both = [answer + drawn for answer, drawn in zip(form.answers, form.drawn, strict=True)]
    yield Figure("load what is compiled, first evaluation", form.ready, "ms", form.expat, "expat, XML only")
    yield Figure("one answer and the choices it offers, median", statistics.median(both), "ms", aim=Aim(5))
    yield Figure(
        "one answer and the choices it offers, 99 %", timing.percentile(both, 0.99), "ms", aim=Aim(5)
    )
    yield Figure("one answer and the choices it offers, worst", max(both), "ms")


def _of_growth(small: _Measured, large: _Measured, given: tuple[_Measured, ...]) -> Iterator[Figure]:
    grown = large.questions / small.questions
    yield Figure(f"{_GROWTH}: load and first evaluation", large.ready / small.ready, "times", grown, "questions",
                 times(1.25))  # fmt: skip
    plain = large.pyxform / small.pyxform
    yield Figure(
        f"{_GROWTH}: compile once",
        large.compile / small.compile,
        "times",
        plain,
        "pyxform alone",
        times(1.25),
    )
    yield Figure(f"{_GROWTH}: one answer, median", large.answer(0.5) / small.answer(0.5), "times", aim=Aim(2))
    yield Figure(f"{_GROWTH}: memory", large.memory / small.memory, "times", grown, "questions", times(1.25))
    largest = max((large, *given), key=lambda form: form.memory)
    yield Figure(f"memory of the largest form ({largest.name})", largest.memory, "MB", aim=Aim(60))


def _overview(measured: tuple[_Measured, ...]) -> str:
    """All forms side by side."""
    head = (
        "form",
        "questions",
        "compile",
        "load",
        "first",
        "answer",
        "95 %",
        "99 %",
        "worst",
        "views",
        "memory",
    )
    rows = [
        (
            form.name[:40], f"{form.questions:,}", shown(form.compile, "ms"), shown(form.load, "ms"),
            shown(form.first, "ms"), shown(form.answer(0.5), "ms"), shown(form.answer(0.95), "ms"),
            shown(form.answer(0.99), "ms"), shown(max(form.answers), "ms"),
            shown(timing.percentile(form.drawn, 0.99), "ms"), shown(form.memory, "MB"),
        )
        for form in measured
    ]  # fmt: skip
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [
        "  ".join(text.ljust(width) if not at else text.rjust(width)
                  for at, (text, width) in enumerate(zip(row, widths, strict=True)))
        for row in (head, *rows)
    ]  # fmt: skip
    return "\n".join(["\n== engine: all forms (views: of what an answer changed, 99 %)", *lines, ""])


def _measured(name: str, path: Path, folder: Path) -> _Measured:
    found = read_xlsform(path)
    read: list[Any] = [timing.child("one_workbook", path) for _ in range(_READS)]
    file = folder / f"{path.stem}.bin"
    file.write_bytes(compiled(found))
    runs: list[Any] = [timing.child("one_form", file, _ANSWERS if not run else 0) for run in range(_RUNS)]
    load, first, memory = (
        statistics.median(run[part] for run in runs) for part in ("load", "first", "memory")
    )
    return _Measured(
        name=name,
        questions=len(list(found.questions())),
        compile=min(run["ours"] for run in read),
        pyxform=min(run["pyxform"] for run in read),
        expat=timing.best(lambda: expat.ParserCreate().Parse(found.source, True)),
        load=load,
        first=first,
        memory=memory,
        answers=tuple(runs[0]["answers"]) or (0.0,),
        drawn=tuple(runs[0]["drawn"]) or (0.0,),
    )


def _given(options: Options) -> Iterator[_Measured]:
    """The forms with the most questions in the folder that was named, if any was."""
    if options.forms is None:
        return
    sizes: list[tuple[int, Path]] = []
    for path in sorted(options.forms.iterdir()):
        if path.suffix.lower() in ENDINGS and path.stem != "index":
            try:
                sizes.append((len(list(read_xlsform(path).questions())), path))
            except IscmError:
                continue  # some are meant to be refused
    for _questions, path in sorted(sizes, reverse=True)[:_LARGEST]:
        yield _measured(path.stem.rpartition("__")[2], path, options.folder)
