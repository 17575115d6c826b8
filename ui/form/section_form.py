"""One section: its heading and its items on a page that scrolls. Made when it is first visited, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from iscm_desktop.session.views import Verdict
from ui.form.card import QuestionCard
from ui.form.filling import Filling
from ui.form.items import ItemsColumn, Register
from ui.last_round.section import SectionOffer
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, GroupView
    from iscm_desktop.workspace.responses.version_service import WithdrawnRow

WIDEST = 820
"""Lines of text longer than this are hard to read."""


class SectionForm(QScrollArea):
    """Draws the section's views and redraws those that are named as changed."""

    def __init__(
        self, filling: Filling, view: GroupView, parent: QWidget, withdrawn: Sequence[WithdrawnRow] = ()
    ) -> None:
        super().__init__(parent)
        self.path = view.path
        self._filling = filling
        self.register = Register()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas = QWidget(self)
        self._canvas.setProperty("role", "canvas")
        self._column = QVBoxLayout(self._canvas)
        self._heading = text_label(view.label, "heading", self._canvas)
        self._hint = text_label(view.hint, "muted", self._canvas)
        self._hint.setVisible(bool(view.hint))
        self._column.addWidget(self._heading)
        self._column.addWidget(self._hint)
        self._column.addSpacing(filling.desk.theme.px(6))
        self.offer = SectionOffer(view.path, filling, self._canvas)
        self._column.addWidget(self.offer)
        self._items = ItemsColumn(filling, self.register, self._canvas)
        self._items.add_items(view.items)
        self._column.addLayout(self._items)
        if withdrawn:
            from ui.form.withdrawn import WithdrawnFold

            self._column.addSpacing(filling.desk.theme.px(12))
            self._column.addWidget(WithdrawnFold(withdrawn, filling.desk.theme, self._canvas))
        self._column.addStretch(1)
        self.setWidget(self._canvas)
        self.setAccessibleName(view.label)

    def redraw(self, paths: frozenset[AnswerPath]) -> None:
        """Draws what is shown here of `paths` anew; everything else stays untouched."""
        register, session = self.register, self._filling.session
        for path in paths & register.repeats.keys():
            if path in register.repeats:  # an outer repeat may have lost the entry that held it
                register.repeats[path].show_view(session.repeat(path))
        for path in paths:
            card = register.cards.get(path)
            if card is not None:
                card.show_view(session.view(path))
        for repeat in register.repeats.values():
            if any(path.startswith(repeat.path + "/") for path in paths):
                repeat.touch_titles()
        for group in register.groups:
            group.show_if_asked()

    def card(self, path: AnswerPath) -> QuestionCard | None:
        """The card of a question; unfolds the entry that holds it."""
        for repeat in list(self.register.repeats.values()):
            entry_id = path.removeprefix(repeat.path + "/").partition("/")[0]
            if path.startswith(repeat.path + "/") and entry_id in repeat.entries:
                repeat.entries[entry_id].unfold()
        found = self.register.cards.get(path)
        return found if isinstance(found, QuestionCard) else None

    def show_path(self, path: AnswerPath) -> None:
        """Scrolls to a question or repeat and puts the keyboard there."""
        card = self.card(path)
        repeat = self.register.repeats.get(path)
        target: QWidget | None = card or repeat or self.register.cards.get(path)
        if target is None:
            return
        QTimer.singleShot(0, self, lambda: self._scroll_to(target))
        if card is not None:
            card.fields[path].editor.focus()
        elif repeat is not None:
            repeat.add.setFocus()

    def focus_first(self, *, wanting: bool = False) -> None:
        """The first question, or with `wanting` the first that is left to do, where there is one."""
        cards = [card for card in self.register.cards.values() if isinstance(card, QuestionCard)]
        asked = [card for card in cards if card.view.is_asked and not card.isHidden()]
        left = [card for card in asked if wanting and card.view.verdict is not Verdict.OK]
        for card in (left or asked)[:1]:
            self.show_path(card.path)
            return
        for repeat in self.register.repeats.values():
            first = next(iter(repeat.entries.values()), None)
            (first.fold if first else repeat.add).setFocus()
            return

    def relabel(self, view: GroupView) -> None:
        """The language has changed: heading anew; the cards follow through `redraw`."""
        self._heading.setText(view.label)
        self._hint.setText(view.hint)
        self.setAccessibleName(view.label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._filling.desk.theme.px
        side = max(px(24), (self.viewport().width() - px(WIDEST)) // 2)
        self._column.setContentsMargins(side, px(18), side, px(24))
        super().resizeEvent(event)

    def _scroll_to(self, target: QWidget) -> None:
        top = target.mapTo(self._canvas, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        margin = self._filling.desk.theme.px(18)
        first, last = bar.value() + margin, bar.value() + self.viewport().height()
        if top < first or top + target.height() > last:
            bar.setValue(top - margin)

    def all_paths(self) -> frozenset[AnswerPath]:
        return frozenset(self.register.cards) | frozenset(self.register.repeats)
