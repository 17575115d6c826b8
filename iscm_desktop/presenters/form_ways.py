"""Ways through a form by questions: the next one, the next that is open, the next to mend, and back.

Sections that have nothing of what is looked for are passed over by their counts, without a look inside: a form of
thousands of questions is walked in a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _
from iscm_desktop.session.views import (
    AnswerPath,
    EntryView,
    GroupView,
    QuestionView,
    RepeatView,
    SectionView,
    Verdict,
)

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession

_WRONG = (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE, Verdict.TOO_MUCH)


class Goal(Enum):
    """What somebody looks for."""

    QUESTION = "question"  # whichever comes next
    UNANSWERED = "unanswered"  # asked and blank, required or not
    MISSING = "missing"  # required, and blank
    PROBLEM = "problem"  # to be mended: unreadable, out of range, or in dispute


def nothing_found_words(goal: Goal) -> str:
    """What to say where there is nowhere to go."""
    if goal is Goal.PROBLEM:
        return _("There is nothing to mend.")
    if goal is Goal.MISSING:
        return _("No required answer is missing.")
    return _("Every question that can be answered now has an answer.")


def _undisputed(_path: AnswerPath) -> bool:
    return False


class FormWays:
    """Finds the way in one response.

    Args:
        is_disputed: Whether answers stand against each other at a path, or in a section.
    """

    def __init__(self, session: FormSession, is_disputed: Callable[[AnswerPath], bool] = _undisputed) -> None:
        self._session, self._is_disputed = session, is_disputed

    def next_path(
        self, goal: Goal, here: AnswerPath, section: AnswerPath, step: int = 1
    ) -> AnswerPath | None:
        """Where to go from a question.

        Args:
            here: The question, or the repeat, that one is at; "" for the head of the section.
            section: The one that is open.
            step: 1 to go on, -1 to go back.

        Returns:
            None where there is nothing of the kind. Questions end with the form; whatever else is looked for is
            looked for from the other end, too, where one is at last.
        """
        sections = [each for each in self._session.sections() if each.is_asked]
        if not sections:
            return None
        at = next((at for at, each in enumerate(sections) if each.path == section), 0)
        own = list(self._stops(sections[at], Goal.QUESTION))
        place = next((place for place, each in enumerate(own) if each.path == here), None)
        before, after = ([], own) if place is None else (own[:place], own[place + 1 :])
        ahead = after if step > 0 else before[::-1]
        found = next((each.path for each in ahead if self._fits(each, goal)), None)
        if found is not None:
            return found
        for other in self._others(sections, at, goal, step):
            stops = [each for each in self._stops(other, goal) if self._fits(each, goal)]
            if stops:
                return stops[0 if step > 0 else -1].path
        behind = before if step > 0 else after[::-1]
        if goal is Goal.QUESTION:
            return None
        return next((each.path for each in behind if self._fits(each, goal)), None)

    def _others(self, sections: list[SectionView], at: int, goal: Goal, step: int) -> Iterator[SectionView]:
        count = len(sections)
        for distance in range(1, count):
            place = at + step * distance
            if goal is Goal.QUESTION and not 0 <= place < count:
                return
            yield sections[place % count]

    def _stops(self, section: SectionView, goal: Goal) -> Iterator[QuestionView | RepeatView]:
        """Every question that can be answered now, and every repeat to which an entry can be added."""
        if self._has_any(section, goal):
            yield from _stops_inside(self._session.section(section.path))

    def _has_any(self, section: SectionView, goal: Goal) -> bool:
        match goal:
            case Goal.QUESTION:
                return True
            case Goal.UNANSWERED:
                return section.answered < section.asked or section.missing > 0
            case Goal.MISSING:
                return section.missing > 0
            case Goal.PROBLEM:
                return section.wrong > 0 or self._is_disputed(section.path)

    def _fits(self, stop: QuestionView | RepeatView, goal: Goal) -> bool:
        match goal:
            case Goal.QUESTION:
                return True
            case Goal.UNANSWERED:
                is_blank = isinstance(stop, QuestionView) and not stop.text.strip()
                return is_blank or stop.verdict is Verdict.MISSING
            case Goal.MISSING:
                return stop.verdict is Verdict.MISSING
            case Goal.PROBLEM:
                return stop.verdict in _WRONG or self._is_disputed(stop.path)


def _stops_inside(view: GroupView | EntryView) -> Iterator[QuestionView | RepeatView]:
    for item in view.items:
        if isinstance(item, GroupView):
            yield from _stops_inside(item)
        elif not item.is_asked:
            continue
        elif isinstance(item, RepeatView):
            for entry in item.entries:
                yield from _stops_inside(entry)
            if item.can_add or item.verdict is not Verdict.OK:
                yield item
        elif can_be_answered(item):
            yield item


def can_be_answered(view: QuestionView) -> bool:
    """Whether there is anything that a person could do: type, or choose where there are choices by now."""
    kind = view.kind
    waits = (kind.has_one_choice or kind.has_many_choices) and not view.choices and not view.text
    return kind.is_answered and not view.is_read_only and not waits
