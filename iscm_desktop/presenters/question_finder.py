"""Finding a place in a form by what somebody remembers: a number, words of a question, of an answer, of a name.

Questions that are not asked now are found, too, with the reason in words; the way leads to the question that decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, joined, quoted
from iscm_desktop.questionnaire.name_search import folded
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import (
    AnswerPath,
    EntryView,
    GroupView,
    QuestionView,
    RepeatView,
    SectionView,
)

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession

_BEFORE, _LONGEST = 24, 90
"""Letters of an answer before the words that were sought, and in all."""


class FoundKind(Enum):
    """What was found."""

    SECTION = "section"
    QUESTION = "question"
    ANSWER = "answer"  # the words are in the answer
    HIDDEN = "hidden"  # it is not asked now


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Something that can be gone to."""

    kind: FoundKind
    path: AnswerPath  # where to go: of a hidden question the one that decides; "" where there is none
    number: str
    label: str
    above: str  # section and entries around it: "C Mechanisms › C2 IGAD"
    remark: str = ""  # a piece of the answer, or why it is not asked

    @property
    def name(self) -> str:
        """Number and label."""
        return with_number(self.number, self.label)


@dataclass(frozen=True, slots=True)
class _Row:
    place: FoundPlace
    number: str  # folded, as the rest
    label: str
    answer: str
    shown_answer: str
    item: AnswerPath


class QuestionFinder:
    """Knows a response as it was when this was made."""

    def __init__(self, session: FormSession) -> None:
        self._session = session
        self._answers = {each.path: ", ".join(each.labels) or each.text for each in session.answers()}
        self._rows = [row for section in session.sections() for row in self._section(section)]

    def find(self, text: str, most: int = 30) -> list[FoundPlace]:
        """What fits, best first: by number, by the question, by the answer, then what is not asked."""
        sought = folded(text)
        if not sought:
            return []
        words = sought.split()
        ranked = [(rank, row) for row in self._rows if (rank := _rank(row, sought, words)) is not None]
        ranked.sort(key=lambda each: each[0])
        return [self._found(rank, row, words) for rank, row in ranked[:most]]

    def _found(self, rank: int, row: _Row, words: list[str]) -> FoundPlace:
        place = row.place
        if place.kind is FoundKind.HIDDEN:
            path, reason = self._reason(row.item)
            return replace(place, path=path, remark=reason)
        if rank == _BY_ANSWER:
            return replace(place, kind=FoundKind.ANSWER, remark=_piece(row.shown_answer, words))
        return place

    def way_to_hidden(self, path: AnswerPath) -> tuple[AnswerPath, str]:
        """For a question that is not asked: the one that decides, "" where there is none; and what to say."""
        return self._reason(path)

    def _reason(self, path: AnswerPath) -> tuple[AnswerPath, str]:
        """Where to go, and what to say."""
        deciding = [self._session.view(each) for each in self._session.why_not_asked(path)]
        if not deciding:
            return AnswerPath(""), _("Not asked in this response.")
        names = [quoted(with_number(each.number, each.label)) for each in deciding[:3]]
        first = deciding[0]
        if len(deciding) > 1:
            return first.path, _("Not asked because of the answers to {questions}.").format(
                questions=joined(names)
            )
        answer = self._answers.get(first.path, "")
        if not answer:
            return first.path, _("Not asked until {question} is answered.").format(question=names[0])
        words = _("Not asked because the answer to {question} is “{answer}”.")
        return first.path, words.format(question=names[0], answer=_piece(answer, []))

    def _section(self, section: SectionView) -> Iterator[_Row]:
        name = with_number(section.number, section.label)
        if section.is_asked:
            place = FoundPlace(FoundKind.SECTION, section.path, section.number, section.label, "")
            yield _Row(place, folded(section.number), folded(section.label), "", "", section.path)
        yield from self._inside(self._session.section(section.path), name)

    def _inside(self, view: GroupView | EntryView, above: str) -> Iterator[_Row]:
        for item in view.items:
            if isinstance(item, GroupView):
                yield from self._inside(item, above)
            elif isinstance(item, RepeatView):
                if item.label:
                    yield self._row(item, above)
                for entry in item.entries:
                    yield from self._inside(entry, f"{above} › {with_number(entry.number, entry.title)}")
            elif item.kind.is_answered and item.label:
                yield self._row(item, above)

    def _row(self, item: QuestionView | RepeatView, above: str) -> _Row:
        kind = FoundKind.QUESTION if item.is_asked else FoundKind.HIDDEN
        answer = self._answers.get(item.path, "")
        place = FoundPlace(kind, item.path, item.number, item.label, above)
        name = item.path.rpartition("/")[2]
        words = folded(f"{item.label} {name} {above.rpartition(' › ')[2] if ' › ' in above else ''}")
        return _Row(place, folded(item.number), words, folded(answer), answer, item.path)


_BY_NUMBER, _BY_BEGINNING, _BY_WORDS, _BY_ANSWER, _HIDDEN = range(5)


def _rank(row: _Row, sought: str, words: list[str]) -> int | None:
    """The smaller the better; None where nothing fits."""
    by_number = (
        row.number == sought or row.number.startswith(f"{sought} ") or _plain(row.number) == _plain(sought)
    )
    by_words = all(word in row.label for word in words)
    if row.place.kind is FoundKind.HIDDEN:
        return _HIDDEN if by_number or by_words else None
    if by_number:
        return _BY_NUMBER
    if by_words:
        return _BY_BEGINNING if f" {row.label}".find(f" {sought}") >= 0 else _BY_WORDS
    return _BY_ANSWER if row.answer and all(word in row.answer for word in words) else None


def _plain(number: str) -> str:
    """ "E5" finds E05, and "c13" finds C1.3."""
    letters = number.replace(" ", "")
    return "".join(
        letter for at, letter in enumerate(letters) if letter != "0" or letters[at - 1 : at].isdigit()
    )


def _piece(text: str, words: list[str]) -> str:
    """The part of an answer around what was sought."""
    line = " ".join(text.split())
    at = min((place for word in words if (place := folded(line).find(word)) >= 0), default=0)
    start = max(0, at - _BEFORE)
    piece = line[start : start + _LONGEST]
    return ("…" if start else "") + piece + ("…" if start + _LONGEST < len(line) else "")
