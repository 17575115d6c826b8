"""Which rules of a response are too much, as of the last time that they ran, and what people are told about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression.expression_error import TooMuch
from iscm_desktop.questionnaire.rules import Aspect
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell

_SHOWN = 120
"""Characters of an expression that are shown in a sentence."""

_TOLD = {
    Aspect.RELEVANT: N_("Whether this is asked is too much to work out, so it is asked."),
    Aspect.COUNT: N_("How many entries there are is too much; the others are left out, and what they hold is kept."),
    Aspect.CHOICES: N_("What can be chosen is too much to work out, so nothing is offered; the answer stays as it is."),
    Aspect.CALCULATE: N_("This calculation is too much, so it is left out."),
    Aspect.REQUIRED: N_("Whether an answer is needed is too much to work out, so none is asked for."),
    Aspect.READ_ONLY: N_("Whether this may be changed is too much to work out, so it may."),
    Aspect.CONSTRAINT: N_("Whether this answer fits is too much to work out, so it is kept as it is."),
    Aspect.LABEL: N_("A text shown here is too much to work out, so a part of it is missing."),
}  # fmt: skip
_WHOLE = N_(
    "{told} {reason} The expression is “{text}”. All answers are kept, and everything else works. Ask whoever made "
    "the questionnaire to make it simpler; if it came with a file, its merge can be taken back."
)

Key = tuple[Aspect, str]
"""A rule at a cell: what it decides, and its text."""


class Excesses:
    """The rules that are too much.

    Attributes:
        found: What is too much about each, by its cell; to be changed through the methods.
        on_changed: Told of each cell at which something is too much by now, or is no longer.
    """

    def __init__(self) -> None:
        self.found: dict[ResponseCell | RepeatSeries, dict[Key, TooMuch]] = {}
        self.on_changed: Callable[[ResponseCell | RepeatSeries], None] = _ignore

    def __contains__(self, cell: ResponseCell | RepeatSeries) -> bool:
        return cell in self.found

    def note(self, cell: ResponseCell | RepeatSeries, key: Key, error: TooMuch) -> None:
        """A rule was too much just now."""
        here = self.found.setdefault(cell, {})
        if key not in here:
            self.on_changed(cell)
        here[key] = error

    def clear(self, cell: ResponseCell | RepeatSeries, key: Key) -> None:
        """A rule has run: with these answers it is not too much."""
        here = self.found.get(cell)
        if here is not None and key in here:
            del here[key]
            self.on_changed(cell)
            if not here:
                del self.found[cell]

    def clear_verdicts(self, cell: ResponseCell | RepeatSeries) -> None:
        """A cell is about to be judged anew: what was too much then may not even be asked for now."""
        for key in tuple(self.found.get(cell, ())):
            if not key[0].runs_at_once and key[0] is not Aspect.LABEL:
                self.clear(cell, key)

    def forget(self, cell: ResponseCell | RepeatSeries) -> None:
        """A cell has gone."""
        self.found.pop(cell, None)

    def cells(self) -> Iterator[ResponseCell | RepeatSeries]:
        """Where something is too much, in the order in which that was found."""
        return iter(tuple(self.found))

    def message(self, cell: ResponseCell | RepeatSeries) -> str:
        """What to tell people at a cell; "" where nothing is too much."""
        for (aspect, text), error in self.found.get(cell, {}).items():
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            return _(_WHOLE).format(told=_(_TOLD[aspect]), reason=error.message, text=shown)
        return ""


def _ignore(_cell: ResponseCell | RepeatSeries) -> None:
    pass
