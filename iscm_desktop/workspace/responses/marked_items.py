"""What of a response is not for publication, as people find it again: number and words, entry, section."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, EntryView, RepeatView
from iscm_desktop.workspace.responses.places_in_form import items_in_place


class MarkedKind(Enum):
    """How much a mark covers."""

    ANSWER = "answer"
    ENTRY = "entry"  # with all that is in it
    REPEAT = "repeat"  # with all its entries
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One mark "not for publication"."""

    path: AnswerPath
    kind: MarkedKind
    number: str  # "C1.3"; "" where the form has none
    label: str  # of the question, repeat or section; of an entry its title
    entry: str  # title of the entry that it is in; "" outside of repeats, and for an entry itself
    section: AnswerPath
    section_name: str  # with its number: "C Mechanisms"

    @property
    def words(self) -> str:
        """ "C1.3 When"."""
        return with_number(self.number, self.label)


def marked_items(session: FormSession, marked: Collection[AnswerPath]) -> tuple[MarkedItem, ...]:
    """What is marked, in form order; what this version of the form no longer has is left out."""
    return tuple(one for one in _items(session) if one.path in marked)


def _items(session: FormSession) -> Iterator[MarkedItem]:
    for section in session.sections():
        name = with_number(section.number, section.label)
        yield MarkedItem(
            section.path, MarkedKind.SECTION, section.number, section.label, "", section.path, name
        )
        for one in items_in_place(session.section(section.path).items):
            item, entry = one.item, one.around.title if one.around is not None else ""
            if isinstance(item, EntryView):
                kind, label, number = MarkedKind.ENTRY, item.title, session.number(item.path)
            else:
                kind = MarkedKind.REPEAT if isinstance(item, RepeatView) else MarkedKind.ANSWER
                label, number = item.label, item.number
            yield MarkedItem(item.path, kind, number, label, entry, section.path, name)
