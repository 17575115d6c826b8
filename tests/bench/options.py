"""What the command line chose, for every bench alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    folder: Path  # for whatever a bench writes; gone afterwards
    forms: Path | None = None  # XLSForms to load beside the generated ones
    is_full: bool = False  # the long version, where there is one
