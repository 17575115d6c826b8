"""How tables of answers are laid out, as KoboToolbox has it: what heads a column, and what stands for a choice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Several(Enum):
    """How a question with several choices is told."""

    BOTH = "both"  # one column with all that was chosen, and one with 0 or 1 for each choice
    ONE = "one"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Chosen for one export.

    Attributes:
        headings: Language of the form, by name or code, in which questions head their columns; "" for their names.
        labels: Likewise for what was chosen; "" for the values that the form gives its choices.
        has_groups: Whether a heading names the groups and repeats around its question, too.
        separator: Stands between groups, and between a question and a choice.
        is_typed: A column holds what its type allows and nothing else; what cannot be read is told among the marks.
    """

    headings: str = ""
    labels: str = ""
    several: Several = Several.BOTH
    has_groups: bool = False
    separator: str = "/"
    is_typed: bool = False


AS_KOBO = TableLayout()
"""Names and values, both forms of several choices: what KoboToolbox calls XML values and headers."""
