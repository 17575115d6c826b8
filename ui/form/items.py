"""A column of items: question cards, notes, groups and repeats, found again by path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import EntryView, GroupView, QuestionView, RepeatView
from ui.form.card import NoteCard, QuestionCard, is_amount_with_currency
from ui.form.filling import Filling
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, ItemView
    from ui.form.repeat import RepeatCard


class Register:
    """The widgets of one section by path."""

    def __init__(self) -> None:
        self.cards: dict[AnswerPath, QuestionCard | NoteCard] = {}
        self.repeats: dict[AnswerPath, RepeatCard] = {}
        self.groups: list[GroupBlock] = []

    def forget_below(self, path: str) -> None:
        """An entry has gone with all that is in it."""
        inside = path + "/"
        self.cards = {at: card for at, card in self.cards.items() if not at.startswith(inside)}
        self.repeats = {at: repeat for at, repeat in self.repeats.items() if not at.startswith(inside)}
        self.groups = [group for group in self.groups if not group.path.startswith(inside)]


class ItemsColumn(QVBoxLayout):
    """Makes the widgets for items, in order."""

    def __init__(
        self, filling: Filling, register: Register, owner: QWidget, *, is_flat: bool = False
    ) -> None:
        super().__init__()
        self._filling, self._register, self._owner = filling, register, owner
        self._is_flat = is_flat
        self.widgets: list[QWidget] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(filling.desk.theme.px(4 if is_flat else 12))

    def add_items(self, items: tuple[ItemView, ...]) -> None:
        for view, companion in _paired(items):
            widget = self._widget(view, companion)
            if widget is not None:
                self.widgets.append(widget)
                self.addWidget(widget)

    def _widget(self, view: ItemView, companion: QuestionView | None) -> QWidget | None:
        if isinstance(view, RepeatView):
            from ui.form.repeat import RepeatCard

            return self._register.repeats.setdefault(
                view.path, RepeatCard(self._filling, self._register, view, self._owner)
            )
        if isinstance(view, GroupView):
            return GroupBlock(self._filling, self._register, view, self._owner)
        if view.kind is Kind.CALCULATED:
            return None
        card: QuestionCard | NoteCard
        if view.kind is Kind.NOTE:
            card = NoteCard(self._filling, view, self._owner)
        else:
            card = QuestionCard(self._filling, view, self._owner, companion, is_flat=self._is_flat)
        self._register.cards[view.path] = card
        if companion is not None:
            self._register.cards[companion.path] = card
        return card


def _paired(items: tuple[ItemView, ...]) -> Iterator[tuple[ItemView, QuestionView | None]]:
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


class GroupBlock(QWidget):
    """A heading over its items; gone from view while none of them is asked."""

    def __init__(self, filling: Filling, register: Register, view: GroupView, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = view.path
        register.groups.append(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if view.label:
            column.addWidget(text_label(view.label, "subheading", self))
        if view.hint:
            column.addWidget(text_label(view.hint, "muted", self))
        self._items = ItemsColumn(filling, register, self)
        self._items.add_items(view.items)
        column.addLayout(self._items)
        self.show_if_asked()

    def show_if_asked(self) -> None:
        self.setVisible(any(not widget.isHidden() for widget in self._items.widgets))


def items_of(view: GroupView | EntryView) -> Iterator[QuestionView | RepeatView]:
    """Every question and repeat inside, in form order, entries of repeats included."""
    for item in view.items:
        if isinstance(item, GroupView):
            yield from items_of(item)
        elif isinstance(item, RepeatView):
            yield item
            for entry in item.entries:
                yield from items_of(entry)
        else:
            yield item
