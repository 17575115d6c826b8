"""A mechanism in the list of summaries, and where its summary stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SummaryState(Enum):
    """Where a summary stands."""

    NO_ANSWERS = "no_answers"  # the mechanism itself has not answered; others may speak about it
    DRAFT = "draft"
    EDITED = "edited"
    SOURCES_CHANGED = "sources_changed"  # since somebody edited it


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line in the list of summaries."""

    mechanism: str
    name: str
    state: SummaryState
    states: int  # how many States speak about it
    organizations: int
