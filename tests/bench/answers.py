"""Filling in the questionnaires that ship: one answer with all that follows from it, and drawing that."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.frozen_questionnaire import compiled
from tests.bench import timing
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_RUNS = 5
_ANSWERS = 1500


def bench(options: Options) -> str:
    figures = [figure for key in catalogue.shipped_keys() for figure in _figures(key, options)]
    return table("answer: the questionnaires that ship, three entries in each repeat", figures)


def _figures(key: str, options: Options) -> Iterator[Figure]:
    questionnaire = catalogue.shipped(key)
    file = options.folder / f"{key}.bin"
    file.write_bytes(compiled(questionnaire))
    runs = [timing.child("one_form", file, 0 if run else _ANSWERS) for run in range(_RUNS)]
    count = sum(question.kind.is_answered for question in questionnaire.questions())
    ready = statistics.median(run["load"] + run["first"] for run in runs)
    answers = runs[0]["answers"]
    yield Figure(f"{key} ({count} questions): load, first evaluation", ready, "ms", aim=Aim(150))
    yield Figure(f"{key}: one answer, median", statistics.median(answers), "ms", aim=Aim(0.1))
    yield Figure(f"{key}: one answer, 95th percentile", timing.percentile(answers, 0.95), "ms", aim=Aim(1.5))
    yield Figure(f"{key}: one answer, worst", max(answers), "ms", aim=Aim(15))
    yield Figure(f"{key}: views of what it changed, 99 %", timing.percentile(runs[0]["drawn"], 0.99), "ms")
