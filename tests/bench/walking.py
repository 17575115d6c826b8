"""Somebody fills in a form: sensible answers to questions that are asked, here and there, each one timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, GroupView, ItemView, QuestionView, RepeatView

_TYPED = {
    Kind.INTEGER: ("0", "2", "3", "8", "12", "25"),
    Kind.DECIMAL: ("0.5", "12.25", "130"),
    Kind.RANGE: ("1", "2", "3"),
    Kind.DATE: ("1951-02-03", "1987-12-31", "2015-07-01", "2024-02-29"),
    Kind.TIME: ("09:30", "23:15"),
    Kind.DATE_TIME: ("2024-02-29T09:30:00.000+00:00",),
    Kind.EMAIL: ("focal.point@example.org",),
    Kind.URL: ("https://example.org/page",),
    Kind.GEOPOINT: ("46.2 6.1 0 0",),
    Kind.ACKNOWLEDGE: ("OK",),
    Kind.TEXT: ("yes", "The mechanism met twice that year.", "Réunion", "2"),
    Kind.LONG_TEXT: ("States agreed on a work plan for three years and reviewed it. " * 8,),
}


_CORRECTED = 0.04
"""How often somebody goes back to one of the first questions, on which most of a form may hang."""


class Walk:
    """Goes through a response at random, the same way at every run."""

    def __init__(self, session: FormSession, seed: int = 7) -> None:
        self.session = session
        self.chance = Random(seed)

    def add_entries(self, each: int = 3) -> None:
        """Entries in every repeat, those inside repeats as well."""
        waiting = [repeat.path for repeat in self._repeats() if repeat.can_add]
        while waiting:
            path = waiting.pop()
            for _ in range(each):
                added = self.session.add_entry(path) + "/"
                waiting += [one.path for one in self._repeats() if one.path.startswith(added) and one.can_add]

    def paths(self) -> list[AnswerPath]:
        """Of all questions that people answer, hidden ones included."""
        return [view.path for view in self._questions() if view.kind.is_answered]

    def answer_times(self, count: int) -> tuple[list[float], list[float]]:
        """Milliseconds of `count` answers with all that follows, and of drawing what they changed."""
        paths = self.paths()
        answered: list[float] = []
        drawn: list[float] = []
        for _ in range(50 * count):
            if len(answered) == count:
                break
            at_start = self.chance.random() < _CORRECTED
            view = self.session.view(self.chance.choice(paths[:5] if at_start else paths))
            text = self._text(view) if view.is_asked and not view.is_read_only else view.text
            if text == view.text:
                continue
            began = time.perf_counter_ns()
            changed = self.session.answer(view.path, text)
            done = time.perf_counter_ns()
            _draw(self.session, changed)
            drawn.append((time.perf_counter_ns() - done) / 1e6)
            answered.append((done - began) / 1e6)
            self.session.take_changes()
        return answered, drawn

    def _text(self, view: QuestionView) -> str:
        values = [choice.value for choice in view.choices]
        if view.kind.has_one_choice:
            return self.chance.choice(values) if values else ""
        if view.kind.has_many_choices:
            return " ".join(self.chance.sample(values, min(len(values), self.chance.randint(1, 4))))
        return self.chance.choice(_TYPED.get(view.kind, _TYPED[Kind.TEXT]))

    def _items(self) -> Iterator[ItemView]:
        for section in self.session.sections():
            yield from _below(self.session.section(section.path).items)

    def _questions(self) -> Iterator[QuestionView]:
        return (item for item in self._items() if isinstance(item, QuestionView))

    def _repeats(self) -> list[RepeatView]:
        return [item for item in self._items() if isinstance(item, RepeatView)]


def _below(items: tuple[ItemView, ...]) -> Iterator[ItemView]:
    for item in items:
        yield item
        if isinstance(item, GroupView):
            yield from _below(item.items)
        elif isinstance(item, RepeatView):
            for entry in item.entries:
                yield from _below(entry.items)


def _draw(session: FormSession, changed: frozenset[AnswerPath]) -> None:
    """What a window asks for after an answer, if all of it is in view."""
    for path in changed:
        try:
            session.view(path)
        except KeyError:  # a repeat, an entry or a group
            continue
