"""The one exception that carries a sentence for people."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import _


class IscmError(Exception):
    """A problem that the person can solve; anything else that is raised is a defect of ours."""

    def __init__(self, problem: Problem, **particulars: object) -> None:
        self.problem = problem
        self.particulars = particulars
        super().__init__(str(self))

    def __str__(self) -> str:
        return _(self.problem.value).format(**self.particulars)
