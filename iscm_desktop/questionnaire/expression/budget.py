"""How much an expression may ask for, and a response on the whole: the one place where work is bounded.

Forms come from strangers, too. What their expressions do is counted in *steps*: a node looked at, an expression
begun, a stretch of text read or made. Counts alone decide, so that the verdict is the same on every computer, however
slow or busy. Beyond a budget an expression is *too much* (`TooMuch`): it decides nothing, and all others go on.

Two budgets hold at the same time: one for each evaluation, and one for all evaluations of a *turn*, which is whatever
a caller asks of a session at once: to open a response, to take an answer, to show a section. What is left over from
turns that only look is not added up, and what they overdrew is not forgiven, or a page of a thousand questions would
be a thousand turns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.expression_error import TooMuch

STEPS = 1_000_000
"""Of one evaluation: ten times what the largest form known to us asks for at once."""

TURN_STEPS = 2_500_000
"""Of all evaluations of one turn."""

GLANCE_STEPS = 20_000
"""What looking at a single question adds to what is left of a turn."""

LONGEST_TEXT = 250_000
"""Characters of a text that an expression makes. What people type may be longer."""

DEEPEST = 8
"""Evaluations inside each other: a choice's label that shows a choice's label…"""

MOST_CELLS = 100_000
"""Places for answers in one response, entries of repeats included; the largest form known to us has 5,000."""

MOST_ENTRIES = 10_000
"""Of one repeat, where its count decides; beyond this a count is a slip of the pen, such as a telephone number."""

_READ = 6
_MADE = 4
"""A step reads 64 characters, or makes 16: powers of two."""

_WORDS = 32
"""Characters of a text that is made without counting: what makes it has a weight."""

_BEGUN = 4
"""Steps of beginning an evaluation: finding its rule, its node, its place in the order."""

_WALKED = 3
"""A step passes over eight nodes that are not looked at."""


def weight_of(expression: str) -> int:
    """Steps of evaluating an expression once, before it looks at a single node."""
    return _BEGUN + (len(expression) >> 5)


class Meter:
    """Counts the steps of one session, or of one call.

    Attributes:
        spent: Steps so far, never taken back.
        limit: Where the present evaluation is too much.
        turn_end: Where the present turn is.
    """

    __slots__ = ("_depth", "limit", "spent", "turn_end")

    def __init__(self) -> None:
        self.spent = 0
        self.limit = STEPS
        self.turn_end = TURN_STEPS
        self._depth = 0

    def begin_turn(self) -> None:
        """Somebody asks for something new; whatever is evaluated in this thread is counted here from now on."""
        _in_charge.meter = self
        self.turn_end = self.spent + TURN_STEPS

    def glance(self) -> None:
        """Somebody looks at one question more."""
        _in_charge.meter = self
        most, end = self.spent + TURN_STEPS, self.turn_end + GLANCE_STEPS
        self.turn_end = end if end < most else most

    def begin(self, weight: int = _BEGUN) -> None:
        """An evaluation begins; TooMuch where the turn has no steps left for any.

        Args:
            weight: Of the expression: what it costs before it looks at a single node.
        """
        self.spent = spent = self.spent + weight
        self.limit = spent + STEPS
        if spent > self.turn_end:
            raise TooMuch(expression_error.TOO_MUCH_TOGETHER)

    def take(self, steps: int) -> None:
        """So many steps are about to be made; TooMuch where they are more than there are."""
        self.spent = spent = self.spent + steps
        if spent > self.limit:
            raise TooMuch(expression_error.TOO_MANY_STEPS, limit=STEPS)
        if spent > self.turn_end:
            raise TooMuch(expression_error.TOO_MUCH_TOGETHER)

    def note(self, steps: int) -> None:
        """So many steps were made outside any evaluation: the next one has fewer."""
        self.spent += steps

    def made(self, characters: int) -> None:
        """A text of so many characters is about to be made."""
        if characters > LONGEST_TEXT:
            raise TooMuch(expression_error.TOO_LONG_A_TEXT, limit=LONGEST_TEXT)
        self.take(characters >> _MADE)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """An evaluation inside another one."""
        if self._depth == DEEPEST:
            raise TooMuch(expression_error.TOO_MANY_INSIDE, limit=DEEPEST)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1


class _InCharge(threading.local):
    """The meter of the evaluation that goes on in this thread."""

    def __init__(self) -> None:
        self.meter = Meter()


_in_charge = _InCharge()


def take(steps: int) -> None:
    """So many steps of the present evaluation; TooMuch where they are more than there are."""
    meter = _in_charge.meter  # as Meter.take does, without the call: there are dozens of these for each key
    meter.spent = spent = meter.spent + steps
    if spent > meter.limit or spent > meter.turn_end:
        meter.take(0)


def walked(nodes: int) -> None:
    """So many nodes are passed over by the present evaluation."""
    _in_charge.meter.take(nodes >> _WALKED)


def read(characters: int) -> None:
    """A text of so many characters is read through by the present evaluation."""
    _in_charge.meter.take(characters >> _READ)


def made(characters: int) -> None:
    """A text of so many characters is about to be made by the present evaluation; a word or two are not counted."""
    if characters > _WORDS:
        _in_charge.meter.made(characters)
