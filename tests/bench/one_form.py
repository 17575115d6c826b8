"""A child process: one compiled form, loaded and filled in where nothing is warm yet.

python -m tests.bench.one_form COMPILED [ANSWERS]
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from iscm_desktop.questionnaire.frozen_questionnaire import load_compiled
from iscm_desktop.session.form_session import FormSession
from tests.bench import timing
from tests.bench.walking import Walk


def main(file: str, answers: int) -> None:
    data = Path(file).read_bytes()
    gc.collect()
    memory = timing.memory_mb()
    began = time.perf_counter_ns()
    questionnaire = load_compiled(data)
    loaded = time.perf_counter_ns()
    session = FormSession(questionnaire)
    evaluated = time.perf_counter_ns()
    gc.collect()
    held = timing.memory_mb() - memory
    again = timing.seconds(lambda: FormSession(questionnaire)) * 1000
    walk = Walk(session)
    walk.add_entries()
    times, drawn = walk.answer_times(answers)
    timing.answer(
        {
            "load": (loaded - began) / 1e6,
            "first": (evaluated - loaded) / 1e6,
            "again": again,
            "memory": held,
            "answers": times,
            "drawn": drawn,
        }
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
