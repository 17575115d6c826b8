"""One section: its heading and its items on a page that scrolls. Made when it is first visited, then kept.

What fits on a screen comes first; the rest follows in slices, between which the window goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import last_name, path_around
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import GroupView, ItemView, QuestionView, RepeatView, Verdict
from ui.editing.response_editing import ResponseEditing
from ui.form.item_column import ItemsColumn, SectionWidgets, drawn_at_first, groups_inside
from ui.form.missing_line import MissingLine
from ui.form.nothing_line import NothingLine
from ui.form.question_card import NoteCard, QuestionCard
from ui.form.second_words import SecondLine
from ui.last_round.section_offer import SectionOffer
from ui.page.timers import single_shot
from ui.widgets.connections import soon
from ui.widgets.labels import text_label
from ui.widgets.layouts import add_gap, is_put_away, show_if, show_now
from ui.widgets.scroll_pane import Canvas, ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.responses.version_service import WithdrawnRow

_SCREENFUL = 6
"""So many cards fill a screen, or more."""
_SLICE_S = 0.008
_SLICES_AFTER_MS = 15
"""The screenful is painted first."""

WIDEST = 820
"""Lines of text longer than this are hard to read."""


def _is_asked(card: QuestionCard) -> bool:
    return card.view.is_asked and not is_put_away(card)


def _is_left(card: QuestionCard) -> bool:
    return _is_asked(card) and card.view.verdict is not Verdict.OK


def _first_asked(items: Iterable[ItemView]) -> QuestionView | RepeatView | None:
    """The first question or repeat that is on the page; notes and headings are none."""
    for item in items:
        if not item.is_asked:
            continue
        found = _first_asked(item.items) if isinstance(item, GroupView) else item
        if found is not None and not (
            isinstance(found, QuestionView) and found.kind in (Kind.NOTE, Kind.CALCULATED)
        ):
            return found
    return None


def _takes_keyboard(card: QuestionCard | NoteCard) -> bool:
    return isinstance(card, QuestionCard) and _is_asked(card) and card.isVisible()


class SectionForm(ScrollPane):
    """Draws the section's views and redraws those that are named as changed."""

    def __init__(
        self,
        editing: ResponseEditing,
        view: GroupView,
        parent: QWidget,
        withdrawn: Sequence[WithdrawnRow] = (),
    ) -> None:
        super().__init__(parent, goes_sideways=False)
        self.path = view.path
        self._editing = editing
        self._widgets = SectionWidgets(editing, self.complete)
        self._extent = drawn_at_first(view)
        self._canvas = Canvas(self)
        self.setWidget(self._canvas)  # while it is empty: all that is in it would be styled again
        self._column = QVBoxLayout(self._canvas)
        self._heading = text_label(self._title(view), "heading", self._canvas)
        self._hint = text_label(view.hint, "muted", self._canvas)
        show_if(self._hint, bool(view.hint))
        self._column.addWidget(self._heading)
        self._column.addWidget(self._hint)
        self._second = SecondLine(self._column, self._canvas)
        words = _("Nothing to report in this section")
        self.nothing = NothingLine(view.path, editing, words, view.label, self._canvas)
        self._column.addWidget(self.nothing)
        add_gap(self._column, editing.context.theme.px(6))
        self.offer = SectionOffer(view.path, editing, self._canvas)
        self._column.addWidget(self.offer)
        self._items = ItemsColumn(editing, self._widgets, self._canvas)
        self._coming = self._items.adding(view.items)
        for _drawn in islice(self._coming, _SCREENFUL):
            pass
        self._column.addLayout(self._items)
        self.missing = MissingLine(view.path, editing, self._canvas)
        self.missing.shown.connect(self._on_missing_shown)
        self._column.addWidget(self.missing)
        if withdrawn:
            from ui.form.withdrawn_answers import WithdrawnFold

            add_gap(self._column, editing.context.theme.px(12))
            self._column.addWidget(WithdrawnFold(withdrawn, editing.context.theme, self._canvas))
        self._column.addStretch(1)
        self._label = view.label
        self.setAccessibleName(self._title(view))
        self._show_second()
        editing.second.changed.connect(self._show_second)
        self._slices = single_shot(self, _SLICES_AFTER_MS, self._add_slice)
        self._slices.start()
        self.verticalScrollBar().actionTriggered.connect(self._on_bar_moved)

    @property
    def widgets(self) -> SectionWidgets:
        """All of the section, made by now where they were not."""
        self.complete()
        return self._widgets

    @property
    def extent(self) -> int:
        """How many questions and notes have widgets here, or will have."""
        return max(self._extent, len(self._widgets.cards))

    def complete(self) -> None:
        """Draws at once what would have come in slices."""
        self._slices.stop()
        self._show_drawn(list(self._coming))

    def _draw_to(self, path: AnswerPath) -> None:
        self._draw_until(lambda: self._holds(path))

    def _draw_until(self, is_found: Callable[[], bool]) -> None:
        """Draws at once what would have come in slices, as far as a screenful below what is to be found."""
        drawn: list[QWidget] = []
        while not is_found():
            made = next(self._coming, None)
            if made is None:
                break
            drawn.append(made)
        if drawn:
            self._show_drawn([*drawn, *islice(self._coming, _SCREENFUL)])

    def _holds(self, path: AnswerPath) -> bool:
        """Whether it is drawn, or will be as soon as its entry is unfolded."""
        drawn = self._widgets
        around = (repeat for repeat in drawn.repeats.values() if path.startswith(repeat.path + "/"))
        return path in drawn.cards or path in drawn.repeats or any(one.is_folded(path) for one in around)

    def _show_drawn(self, drawn: list[QWidget]) -> None:
        if drawn and self.isVisible():
            for widget in drawn:
                show_now(widget)
            QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # makes room before it lays out
            self._column.activate()

    def _add_slice(self) -> None:
        until = time.monotonic() + _SLICE_S
        for drawn in self._coming:
            show_now(drawn)
            if time.monotonic() > until:
                self._slices.start(0)
                return

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes over nothing that is still to be drawn."""
        focused = self.focusWidget()
        if forward and focused is not None:
            self._draw_until(lambda: self._is_followed(focused))
        return super().focusNextPrevChild(forward)

    def _is_followed(self, focused: QWidget) -> bool:
        """Whether a question that is drawn by now stands further down."""
        last = next((card for card in reversed(self._widgets.cards.values()) if _takes_keyboard(card)), None)
        if last is None or last.isAncestorOf(focused):
            return False
        return last.mapTo(self._canvas, QPoint()).y() > focused.mapTo(self._canvas, QPoint()).y()

    def _on_bar_moved(self, action: int) -> None:
        """Who pulls the bar to the end wants the end of the section, not of what is drawn by now."""
        bar = self.verticalScrollBar()
        is_pulled = bar.isSliderDown() or action == QAbstractSlider.SliderAction.SliderToMaximum.value
        if is_pulled and bar.sliderPosition() >= bar.maximum():
            self.complete()
            bar.setSliderPosition(bar.maximum())

    def _show_second(self) -> None:
        self._second.show(self._editing.second.label(self.path, self._label), 0)

    def _title(self, view: GroupView) -> str:
        return with_number(self._editing.session.number(view.path), view.label)

    def redraw(self, paths: frozenset[AnswerPath]) -> None:
        """Draws what is shown here of `paths` anew; everything else stays untouched."""
        widgets, session = self.widgets, self._editing.session
        for path in sorted(paths & widgets.repeats.keys()):  # the outer first
            if path in widgets.repeats:  # it may have lost the entry that held this one
                widgets.repeats[path].show_view(session.repeat(path))
        for path in paths:
            card = widgets.cards.get(path)
            if card is not None:
                card.show_view(session.view(path))
        for repeat in widgets.repeats.values():
            if any(path.startswith(repeat.path + "/") for path in paths):
                repeat.show_answers(paths)
        for group in widgets.groups:
            group.show_if_asked()
        self.nothing.refresh()
        self.missing.count_soon()

    def _on_missing_shown(self) -> None:
        self.focus_first(wanting=True)

    def card(self, path: AnswerPath) -> QuestionCard | None:
        """The card of a question; unfolds the entry that holds it."""
        self._draw_to(path)
        for repeat in list(self._widgets.repeats.values()):
            if path.startswith(repeat.path + "/"):
                repeat.reveal(repeat.entry_id_in(path))
        found = self._widgets.cards.get(path)
        return found if isinstance(found, QuestionCard) else None

    def show_path(self, path: AnswerPath) -> None:
        """Scrolls to a question, repeat or entry and puts the keyboard there; of the section itself to its head."""
        if path == self.path:
            self.scroll_back(0)
            return
        self._draw_to(path)
        for table in list(self._widgets.repeats.values()):
            if table.go_to_cell(path):
                soon(self._scroll_to, table)
                return
        card = self.card(path)
        repeat = self._widgets.repeats.get(path)
        target: QWidget | None = card or repeat or self._widgets.cards.get(path)
        if target is None:
            self._show_entry(path)
            return
        soon(self._scroll_to, target)
        if card is not None:
            card.fields[path].editor.focus()
        elif repeat is not None:
            repeat.focus_entries()

    def _show_entry(self, path: AnswerPath) -> None:
        repeat = self._widgets.repeats.get(path_around(path))
        if repeat is None:  # in a repeat that is made only where its entry is unfolded
            return
        repeat.reveal(last_name(path))
        entry = repeat.entries.get(last_name(path))
        if entry is not None:
            soon(self._scroll_to, entry)
            entry.fold.setFocus()

    def scroll_back(self, at: int) -> None:
        """To where the section was left."""
        self.verticalScrollBar().setValue(at)

    def focus_first(self, *, wanting: bool = False) -> None:
        """The first question or list, or with `wanting` the first question that is left to do, where there is one."""
        is_left = wanting and self._is_anything_left()
        card = self._first_card(_is_left) if is_left else None
        first = _first_asked(self._editing.session.section(self.path).items)
        if card is None and isinstance(first, RepeatView):
            self._draw_to(first.path)
            self._widgets.repeats[first.path].enter()
            return
        card = card or self._first_card(_is_asked)
        if card is not None:
            soon(self._scroll_to, card)
            card.focus_editor()

    def _is_anything_left(self) -> bool:
        sections = self._editing.session.sections()
        return any(one.missing or one.wrong for one in sections if one.path == self.path)

    def _first_card(self, fits: Callable[[QuestionCard], bool]) -> QuestionCard | None:
        """The first question that fits, drawn by now or drawn for it; what is further down can come in slices."""
        found: list[QuestionCard] = []
        looked_at = 0

        def is_found() -> bool:
            nonlocal looked_at
            cards = list(islice(self._widgets.cards.values(), looked_at, None))
            looked_at += len(cards)
            found.extend(card for card in cards if isinstance(card, QuestionCard) and fits(card))
            return bool(found)

        self._draw_until(is_found)
        return found[0] if found else None

    def relabel(self, view: GroupView) -> None:
        """The language has changed: heading anew; the cards follow through `redraw`."""
        self._heading.setText(self._title(view))
        self._hint.setText(view.hint)
        self._label = view.label
        self.nothing.show_subject(view.label)
        self.setAccessibleName(self._title(view))
        views = {group.path: group for group in groups_inside(view)}
        for block in self.widgets.groups:
            if block.path in views:
                block.relabel(views[block.path])
        self._show_second()

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._editing.context.theme.px
        side = max(px(24), (self.viewport().width() - px(WIDEST)) // 2)
        self._column.setContentsMargins(side, px(18), side, px(24))
        super().resizeEvent(event)

    def _scroll_to(self, target: QWidget) -> None:
        top = target.mapTo(self._canvas, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        margin = self._editing.context.theme.px(18)
        first, last = bar.value() + margin, bar.value() + self.viewport().height()
        if top < first or top + target.height() > last:
            bar.setValue(top - margin)

    def all_paths(self) -> frozenset[AnswerPath]:
        """Paths of everything that is drawn here."""
        return frozenset(self.widgets.cards) | frozenset(self.widgets.repeats)
