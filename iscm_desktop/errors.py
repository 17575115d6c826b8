"""Words for what a person can solve. Each problem says where, what, what is unharmed, and what to do next."""

from __future__ import annotations

from enum import Enum

from iscm_desktop.i18n import N_, _


class Problem(Enum):
    """The catalogue: one sentence or two per problem, with named places for the particulars."""

    STORE_IN_USE = N_(
        "Another copy of the program is using the store '{store}'. Nothing was changed. "
        "Go on in the window that is open already, or close it and start again."
    )


class IscmError(Exception):
    """A problem that the person can solve; anything else that is raised is a defect of ours."""

    def __init__(self, problem: Problem, **particulars: object) -> None:
        self.problem = problem
        self.particulars = particulars
        super().__init__(str(self))

    def __str__(self) -> str:
        return _(self.problem.value).format(**self.particulars)
