"""Answers by role: how the drafting asks for what somebody said, without knowing a question's code.

A question says by its bind attribute `as` which role it plays and by `feeds` where in the summary it belongs.
Evidence remembers which roles were asked for, so that what nobody asked for can still be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import AnswerPath, AnswerView, Value
from iscm_desktop.summaries import quoted_prose
from iscm_desktop.summaries.summary import AnswerSource, NothingReported, RespondentAnswers
from iscm_desktop.summaries.text_markup import escaped

_EMPTY_CHOICES = frozenset({"none", "nobody", "N", "not_known"})
"""Choices that say that there is nothing to list."""

_OTHER = "_other"
"""Ending of the role that holds the respondent's own words for the choices "other", "other organization"…"""


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """The answers below a sentence, and the parts of the summary they feed."""

    sources: tuple[AnswerSource, ...] = ()
    feeds: frozenset[str] | None = None  # of the first answer that says; None where no answer does

    def __add__(self, other: CitedAnswer) -> CitedAnswer:
        feeds = self.feeds if self.feeds is not None else other.feeds
        return CitedAnswer(tuple(dict.fromkeys(self.sources + other.sources)), feeds)


def cited(parts: Iterable[CitedAnswer]) -> CitedAnswer:
    """All of them together."""
    return sum(parts, CitedAnswer())


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one respondent said, as a whole or in one repeat entry."""

    response_id: str = ""
    respondent: str = ""  # code
    name: str = ""
    answers: tuple[AnswerView, ...] = ()
    entry: AnswerPath = WHOLE_RESPONSE  # "" for the whole response
    nothing: tuple[NothingReported, ...] = ()
    asked: set[str] = field(default_factory=set, compare=False)  # roles, shared with the entries
    _by_role: dict[str, list[AnswerView]] = field(default_factory=dict, compare=False, repr=False)
    _by_entry: dict[AnswerPath, list[AnswerView]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for answer in self.answers:
            self._by_role.setdefault(role_of(answer), []).append(answer)
            if not self.entry:
                self._by_entry.setdefault(entry_of(answer), []).append(answer)

    @classmethod
    def from_response(cls, response: RespondentAnswers) -> Evidence:
        """The answers of a whole response; those of one entry come from `entries`."""
        return cls(
            response.response_id,
            response.respondent,
            response.name,
            response.answers,
            nothing=response.nothing,
        )

    def __bool__(self) -> bool:
        return bool(self.answers)

    def answer(self, role: str) -> AnswerView | None:
        """The first answer in this role, None where there is none; the role counts as asked for either way."""
        self.asked.update((role, role + _OTHER))
        return next(iter(self._by_role.get(role, ())), None)

    def value(self, role: str) -> Value:
        """The Python value; None where blank or unreadable."""
        answer = self.answer(role)
        return answer.value if answer else None

    def year(self, role: str) -> str:
        """A whole number as digits; "" where blank or no whole number."""
        value = self.value(role)
        return str(value) if isinstance(value, int) else ""

    def number(self, role: str) -> Decimal | None:
        """A whole or decimal number; None where blank or unreadable."""
        value = self.value(role)
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def day(self, role: str) -> date | None:
        """A date; None where blank or unreadable."""
        value = self.value(role)
        return value if isinstance(value, date) else None

    def choice(self, role: str) -> str:
        """The value chosen in a select_one or on a scale; "" where blank."""
        value = self.value(role)
        return value if isinstance(value, str) else ""

    def choices(self, role: str) -> tuple[str, ...]:
        """The values chosen, in stored order, of questions with one choice or many; () where blank."""
        value = self.value(role)
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) and value else ()

    def chosen(self, role: str) -> dict[str, str]:
        """The chosen values and how they read inside a sentence; "other" in the respondent's own words."""
        answer = self.answer(role)
        if answer is None:
            return {}
        own_words = quoted_prose.inside(self.fragment(role + _OTHER))
        shown = {
            value: own_words if own_words and value.startswith("other") else escaped(phrase)
            for value, phrase in zip(self.choices(role), answer.phrases, strict=False)
            if value not in _EMPTY_CHOICES
        }
        return {value: phrase for value, phrase in shown.items() if phrase}

    def phrases(self, role: str) -> tuple[str, ...]:
        """The wordings of `chosen`, in order."""
        return tuple(self.chosen(role).values())

    def phrase(self, role: str) -> str:
        """The one chosen value as it reads inside a sentence; "" where blank."""
        return next(iter(self.phrases(role)), "")

    def label(self, role: str) -> str:
        """The one chosen value as lists name it; "other" in the respondent's own words."""
        answer = self.answer(role)
        if answer is None:
            return ""
        if self.choice(role).startswith("other") and (own_words := self.fragment(role + _OTHER)):
            return quoted_prose.capital(own_words)
        return escaped(next(iter(answer.labels), ""))

    def repeats(self, role: str, name: str) -> bool:
        """Whether `name` says already what was chosen, as "Work plan for 2027" says "work plan"."""
        answer = self.answer(role)
        said = set(re.findall(r"\w{3,}", name.casefold()))
        return answer is not None and any(
            set(re.findall(r"\w{3,}", label.casefold())) <= said for label in answer.labels
        )

    def fragment(self, role: str) -> str:
        """A short text as a piece of a sentence."""
        answer = self.answer(role)
        return quoted_prose.fragment(answer.text) if answer else ""

    def prose(self, role: str) -> tuple[str, ...]:
        """A long text in clean paragraphs."""
        answer = self.answer(role)
        return quoted_prose.paragraphs(answer.text) if answer else ()

    def entries(self, *roles: str) -> tuple[Evidence, ...]:
        """The repeat entries in which one of the roles is answered, in order."""
        self.asked.update(*((role, role + _OTHER) for role in roles))
        found = {entry_of(answer) for role in roles for answer in self._by_role.get(role, ())}
        return tuple(
            Evidence(self.response_id, self.respondent, self.name, tuple(answers), path, (), self.asked)
            for path, answers in self._by_entry.items()
            if path in found and path
        )

    def cite(self, *roles: str) -> CitedAnswer:
        """The answers to these roles, with "other" texts."""
        wanted = [answer for role in roles for answer in self._all_of(role)]
        feeds = (parts for answer in wanted if (parts := feeds_of(answer)) is not None)
        return CitedAnswer(tuple(map(self.source, wanted)), next(feeds, None))

    def cite_answer(self, answer: AnswerView) -> CitedAnswer:
        """One answer alone, whatever its role."""
        return CitedAnswer((self.source(answer),), feeds_of(answer))

    def source(self, answer: AnswerView) -> AnswerSource:
        """Where a text comes from: the answer with the response and the respondent that gave it."""
        return AnswerSource(
            self.response_id, answer.path, self.name, answer.label, answer.text, answer.number
        )

    def unasked(self) -> Iterator[AnswerView]:
        """The answers whose role nobody asked for."""
        return (
            answer
            for answer in self.answers
            if (role_of(answer) or "") not in self.asked
            and answer.question.kind not in (Kind.NOTE, Kind.CALCULATED, Kind.ATTACHMENT)
        )

    def _all_of(self, role: str) -> list[AnswerView]:
        return [*self._by_role.get(role, ()), *self._by_role.get(role + _OTHER, ())]


def role_of(answer: AnswerView) -> str:
    """The question's attribute `as`; "" where it plays no role."""
    return answer.question.own.role


def feeds_of(answer: AnswerView) -> frozenset[str] | None:
    """The parts that the question feeds; None where it does not say, as inside most repeats."""
    feeds = answer.question.own.feeds
    return frozenset(feeds) if feeds else None


def entry_of(answer: AnswerView) -> AnswerPath:
    """The innermost repeat entry around the answer; "" outside repeats.

    Parts of the path that the question's own path lacks are the ids of entries.
    """
    names = answer.question.path.split("/")
    parts = answer.path.split("/")
    entry, at = WHOLE_RESPONSE, 0
    for index, part in enumerate(parts):
        if at < len(names) and part == names[at]:
            at += 1
        else:
            entry = AnswerPath("/".join(parts[: index + 1]))
    return entry
