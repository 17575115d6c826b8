"""Where in a response each answer stands, for lists: its number, the entry that it is in, its section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, EntryView, GroupView, ItemView, QuestionView, RepeatView


@dataclass(frozen=True, slots=True)
class ItemInPlace:
    """A question, repeat or entry, with the entry around it."""

    item: QuestionView | RepeatView | EntryView
    around: EntryView | None


@dataclass(frozen=True, slots=True)
class PlaceInForm:
    """Where one answer stands."""

    number: str
    entry: str  # title of the innermost entry around; "" outside of repeats
    section: AnswerPath
    section_name: str  # with its number


class PlacesInForm:
    """The places of all questions of a session, as it stands now."""

    def __init__(self, session: FormSession) -> None:
        self._places: dict[AnswerPath, PlaceInForm] = {}
        for section in session.sections():
            name = with_number(section.number, section.label)
            for one in items_in_place(session.section(section.path).items):
                if isinstance(one.item, QuestionView):
                    entry = one.around.title if one.around is not None else ""
                    place = PlaceInForm(one.item.number, entry, section.path, name)
                    self._places[one.item.path] = place

    def of(self, path: AnswerPath) -> PlaceInForm | None:
        """The place of a question; None where the session has none such."""
        return self._places.get(path)


def items_in_place(items: tuple[ItemView, ...], around: EntryView | None = None) -> Iterator[ItemInPlace]:
    """Every question, repeat and entry in form order; an entry before what is in it."""
    for item in items:
        if isinstance(item, GroupView):
            yield from items_in_place(item.items, around)
            continue
        yield ItemInPlace(item, around)
        for entry in item.entries if isinstance(item, RepeatView) else ():
            yield ItemInPlace(entry, around)
            yield from items_in_place(entry.items, entry)
