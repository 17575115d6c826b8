"""The thematic areas of migration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iscm_desktop.questionnaire.registers.register_files import register_rows


@dataclass(frozen=True, slots=True)
class MigrationTheme:
    """A thematic area."""

    code: str
    label: str  # English
    phrase: str  # English, as it reads in the middle of a sentence


@cache
def themes() -> tuple[MigrationTheme, ...]:
    """All thematic areas; the last is "other"."""
    return tuple(
        MigrationTheme(row["code"], row["label_en"], row["phrase_en"]) for row in register_rows("themes.csv")
    )
