"""The steps of a range question, as ODK's parameters say them: from start to end, which may be below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MOST_STEPS = 10_000
"""A slider with more of them could not be set to any: such a range is a box only."""


@dataclass(frozen=True, slots=True)
class RangeSteps:
    """Numbers at equal distances.

    Attributes:
        step: From one to the next; negative where the range goes down.
        ticks_every: Steps from one tick to the next.
        placeholder: Where an unanswered slider shows its mark; None: nowhere.
    """

    start: Decimal
    step: Decimal
    count: int  # of steps: one less than of numbers
    ticks_every: int = 1
    placeholder: int | None = None

    def text(self, place: int) -> str:
        """The number at a place, 0 the first, in stored form."""
        number = self.start + self.step * place
        return format(
            number.normalize() if number != number.to_integral_value() else number.to_integral_value(), "f"
        )

    def place(self, text: str) -> int | None:
        """The place of a stored number, the nearest where it lies between two; None for what is none or outside."""
        number = _number(text)
        if number is None:
            return None
        place = (number - self.start) / self.step
        return int(place.to_integral_value()) if 0 <= place <= self.count else None


def range_steps(parameters: Mapping[str, str]) -> RangeSteps | None:
    """The steps that `start`, `end` and `step` make, from 1 to 10 where nothing is said; None where they make none."""
    start, end = (_number(parameters.get(name) or other) for name, other in (("start", "1"), ("end", "10")))
    step = _number(parameters.get("step") or "1")
    if start is None or end is None or not step or start == end:
        return None
    step = abs(step) if end > start else -abs(step)
    count = int((end - start) / step) if abs(end - start) <= abs(step) * MOST_STEPS else 0
    if not count:
        return None
    every = _number(parameters.get("tick-interval", ""))
    placeholder = _number(parameters.get("placeholder", ""))
    found = RangeSteps(start, step, count, max(1, int(every / abs(step))) if every else 1)
    if placeholder is None:
        return found
    return RangeSteps(start, step, count, found.ticks_every, found.place(str(placeholder)))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 20 else None
