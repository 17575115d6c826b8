"""Which of two rounds was earlier: by due dates where both have one, else by codes, as people number them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iscm_desktop.store.objects.heads import natural


@dataclass(frozen=True, slots=True)
class RoundTime:
    """What tells when a round was."""

    code: str
    due_on: date | None = None

    def is_before(self, other: RoundTime) -> bool:
        """Whether this round was earlier; False for one and the same."""
        if self.code == other.code:
            return False
        if self.due_on and other.due_on and self.due_on != other.due_on:
            return self.due_on < other.due_on
        return natural(self.code) < natural(other.code)


def round_time(code: str, due_on: str | None) -> RoundTime:
    """From what a file says of a round; a day that is none counts as not given."""
    try:
        return RoundTime(code, date.fromisoformat(due_on) if due_on else None)
    except ValueError:
        return RoundTime(code)
