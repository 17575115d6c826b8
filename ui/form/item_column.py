"""A column of items: question cards, notes, groups and repeats, found again by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.presenters.appearances import TableRun, with_tables
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import EntryView, GroupView, QuestionView, RepeatView
from ui.editing.response_editing import ResponseEditing
from ui.form.choice_table import ChoiceTable
from ui.form.question_card import NoteCard, QuestionCard, is_amount_with_currency
from ui.form.repeat_card import OPEN_AT_FIRST, RepeatCard
from ui.form.second_words import SecondLine
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column, is_put_away, show_if

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, ItemView


class SectionWidgets:
    """The widgets of one section by path.

    Args:
        complete: Makes at once what would have come later.
    """

    def __init__(self, editing: ResponseEditing, complete: Callable[[], None]) -> None:
        self._editing, self.complete = editing, complete
        self.cards: dict[AnswerPath, QuestionCard | NoteCard] = {}
        self.repeats: dict[AnswerPath, RepeatCard] = {}
        self.groups: list[GroupBlock | ChoiceTable] = []

    def make_column(
        self, items: tuple[ItemView, ...], owner: QWidget
    ) -> tuple[ItemsColumn, Iterator[QWidget]]:
        """A column on `owner` for the items of an entry, and their widgets, each made when it is taken."""
        column = ItemsColumn(self._editing, self, owner, is_flat=True)
        return column, column.adding(items)

    def focus_first_below(self, path: str) -> bool:
        """Puts the keyboard into the first question inside of a path; False where there is none."""
        for at, card in self.cards.items():
            if at.startswith(path + "/") and isinstance(card, QuestionCard) and not is_put_away(card):
                card.focus_editor()
                return True
        return False

    def forget_below(self, path: str) -> None:
        """An entry has gone with all that is in it."""
        inside = path + "/"
        self.cards = {at: card for at, card in self.cards.items() if not at.startswith(inside)}
        self.repeats = {at: repeat for at, repeat in self.repeats.items() if not at.startswith(inside)}
        self.groups = [group for group in self.groups if not group.path.startswith(inside)]


class ItemsColumn(QVBoxLayout):
    """Makes the widgets for items, in order."""

    def __init__(
        self, editing: ResponseEditing, section: SectionWidgets, owner: QWidget, *, is_flat: bool = False
    ) -> None:
        super().__init__()
        self._editing, self._section, self._owner = editing, section, owner
        self._is_flat = is_flat
        self.widgets: list[QWidget] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(editing.context.theme.px(4 if is_flat else 12))

    def adding(self, items: tuple[ItemView, ...]) -> Iterator[QWidget]:
        """Adds a widget for each item that is shown; calculated ones are not.

        In steps, each of which gives one that was made, those inside of groups and entries included: whoever takes
        them can let the window go on in between.
        """
        for view, companion in _paired(tuple(with_tables(items))):
            widget = self._table(view) if isinstance(view, TableRun) else self._widget(view, companion)
            if widget is not None:
                self.widgets.append(widget)
                self.addWidget(widget)
                yield widget
                if isinstance(widget, GroupBlock):
                    yield from widget.filling()
                elif isinstance(widget, RepeatCard):
                    yield from widget.unfolding()

    def _table(self, run: TableRun) -> QWidget:
        table = ChoiceTable(self._editing, run.caption, run.rows, self._owner)
        self._section.cards |= {row.path: row for row in table.rows}
        self._section.groups.append(table)
        return table

    def _widget(self, view: ItemView, companion: QuestionView | None) -> QWidget | None:
        if isinstance(view, RepeatView):
            return self._section.repeats.setdefault(
                view.path, RepeatCard(self._editing, self._section, view, self._owner)
            )
        if isinstance(view, GroupView):
            return GroupBlock(self._editing, self._section, view, self._owner)
        if view.kind is Kind.CALCULATED:
            return None
        card: QuestionCard | NoteCard
        if view.kind is Kind.NOTE:
            card = NoteCard(self._editing, view, self._owner)
        else:
            card = QuestionCard(self._editing, view, self._owner, companion, is_flat=self._is_flat)
        self._section.cards[view.path] = card
        if companion is not None:
            self._section.cards[companion.path] = card
        return card


def _paired(
    items: tuple[ItemView | TableRun, ...],
) -> Iterator[tuple[ItemView | TableRun, QuestionView | None]]:
    """Each item; an amount comes together with the currency right behind it."""
    at = 0
    while at < len(items):
        item, after = items[at], items[at + 1] if at + 1 < len(items) else None
        if (
            isinstance(item, QuestionView)
            and isinstance(after, QuestionView)
            and is_amount_with_currency(item, after)
        ):
            yield item, after
            at += 2
        else:
            yield item, None
            at += 1


def drawn_at_first(view: GroupView | EntryView) -> int:
    """How many questions and notes of a section get widgets when it is opened; those of folded entries do not."""
    count = 0
    for item in view.items:
        if isinstance(item, GroupView):
            count += drawn_at_first(item)
        elif isinstance(item, QuestionView):
            count += 1
        elif len(item.entries) <= OPEN_AT_FIRST:
            count += sum(map(drawn_at_first, item.entries))
    return count


def groups_inside(view: GroupView | EntryView) -> Iterator[GroupView]:
    """Every group below a section or entry, those in entries included."""
    for item in view.items:
        if isinstance(item, GroupView):
            yield item
            yield from groups_inside(item)
        elif isinstance(item, RepeatView):
            for entry in item.entries:
                yield from groups_inside(entry)


class GroupBlock(QWidget):
    """A heading over its items; gone from view while none of them is asked."""

    def __init__(
        self, editing: ResponseEditing, section: SectionWidgets, view: GroupView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.path = view.path
        section.groups.append(self)
        self._editing = editing
        column = bare_column(self)
        self._heading = text_label(view.label, "subheading", self)
        self._hint = text_label(view.hint, "muted", self)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        self._second = SecondLine(column, self)
        self._show_words(view.label, view.hint)
        editing.second.changed.connect(self._show_second)
        self._items = ItemsColumn(editing, section, self)
        self._coming = self._items.adding(view.items)
        column.addLayout(self._items)

    def filling(self) -> Iterator[QWidget]:
        """Makes its items: each step gives what was made."""
        yield from self._coming
        self.show_if_asked()

    def relabel(self, view: GroupView) -> None:
        """The form is in another language."""
        self._show_words(view.label, view.hint)

    def _show_words(self, label: str, hint: str) -> None:
        for line, text in ((self._heading, label), (self._hint, hint)):
            line.setText(text)
            show_if(line, bool(text))
        self._show_second()

    def _show_second(self) -> None:
        self._second.show(self._editing.second.label(self.path, self._heading.text()), 0)

    def show_if_asked(self) -> None:
        """Hides the heading, too, while none of its items is in view."""
        show_if(self, any(not is_put_away(widget) for widget in self._items.widgets))
