"""What is said of places of a form rather than answered there: nothing to report, or not ours.

A declaration holds for its section, repeat or entry. Whoever answers below a place with nothing to report takes that
back with the same step.
"""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.session.views import Declaration


class Declarations:
    """The declarations that hold in one response."""

    def __init__(self, made: Iterable[tuple[Declaration, AnswerPath]] = ()) -> None:
        self._made: dict[Declaration, set[AnswerPath]] = {each: set() for each in Declaration}
        for declaration, path in made:
            self._made[declaration].add(path)
        self.nothing = self._made[Declaration.NOTHING_TO_REPORT]
        """Sections and repeats with nothing to report; none in most responses, which then costs nothing."""

    def holds(self, declaration: Declaration, path: AnswerPath) -> bool:
        """Whether it was declared of exactly this place."""
        return path in self._made[declaration]

    def put(self, declaration: Declaration, path: AnswerPath, *, is_made: bool) -> None:
        """It holds from now on, or no longer."""
        (self._made[declaration].add if is_made else self._made[declaration].discard)(path)

    def of(self, declaration: Declaration) -> frozenset[AnswerPath]:
        """All places of which it was declared."""
        return frozenset(self._made[declaration])

    def covering(self, path: AnswerPath) -> tuple[AnswerPath, ...]:
        """The places at or around a path with nothing to report."""
        return tuple(sorted(each for each in self.nothing if path == each or path.startswith(f"{each}/")))
