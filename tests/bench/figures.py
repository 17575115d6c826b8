"""What a bench found, as rows of a plain table: ours, the reference beside it, the aim, and whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = ("what", "ours", "beside it", "", "ratio", "aim", "met")


@dataclass(frozen=True, slots=True)
class Aim:
    """The most that a figure may be: by itself in its own unit, or as a multiple of its reference."""

    most: float
    is_ratio: bool = False

    def words(self, unit: str) -> str:
        return f"{self.most:g} times" if self.is_ratio else f"{self.most:g} {unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row."""

    what: str
    ours: float
    unit: str  # "ms", "MB", "KB", "s"
    reference: float | None = None  # in the same unit
    reference_name: str = ""
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def is_met(self) -> bool | None:
        """None where there is nothing to meet, or nothing to compare with."""
        if self.aim is None:
            return None
        found = self.ratio if self.aim.is_ratio else self.ours
        return None if found is None else found <= self.aim.most

    def cells(self) -> tuple[str, ...]:
        met = {None: "", True: "yes", False: "NO"}[self.is_met]
        return (
            self.what,
            shown(self.ours, self.unit),
            "" if self.reference is None else shown(self.reference, self.unit),
            self.reference_name,
            "" if self.ratio is None else f"{self.ratio:.2f}",
            "" if self.aim is None else self.aim.words(self.unit),
            met,
        )


def times(most: float) -> Aim:
    return Aim(most, is_ratio=True)


def shown(value: float, unit: str) -> str:
    """Three digits that count, and the unit."""
    digits = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f} {unit}"


def table(title: str, figures: Sequence[Figure], notes: Sequence[str] = ()) -> str:
    """The figures of one subject, for a terminal."""
    rows = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join([f"\n== {title}", *lines, *(f"   {note}" for note in notes), ""])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    is_left = {0, 3, 5, 6}
    cells = [
        text.ljust(width) if at in is_left else text.rjust(width)
        for at, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
