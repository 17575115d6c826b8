"""The one exception that carries a sentence for people."""

from __future__ import annotations

from pathlib import PurePath

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import _
from iscm_desktop.machine_texts import machine_text


class IscmError(Exception):
    """A problem that the person can solve; anything else that is raised is a defect of ours."""

    def __init__(self, problem: Problem, **particulars: object) -> None:
        self.problem = problem
        self.particulars = particulars
        super().__init__(str(self))

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.particulars.items()}
        return _(self.problem.value).format(**shown)


def _shown(particular: object) -> object:
    """Paths run from left to right in every language."""
    return machine_text(particular) if isinstance(particular, PurePath) else particular
