"""Entries that are offered, above those that are there: a dashed row each, to take over or to decline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.session.offers import OfferOrigin
from ui.editing.response_editing import ResponseEditing
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, discard, follow_width
from ui.widgets.pressing import SinglePresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iscm_desktop.session.offers import OfferedEntry
    from iscm_desktop.session.views import RepeatView


_BESIDE = 2.8
"""How many times as wide as its buttons a row is at least in which they stand beside the name."""


class OfferedEntries(QWidget):
    """Hidden while nothing waits.

    Signals:
        taken(entry id): an entry was taken over.
    """

    taken = Signal(str)

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._repeat = WHOLE_RESPONSE
        self.rows: dict[str, OfferedEntryRow] = {}
        follow_width(self)
        px = editing.context.theme.px
        self.text = text_label("", "muted", self)
        self.use = button("", self, "link", name="take-all")
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.text, 1)
        head.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        column = bare_column(self, px(6))
        column.addLayout(head)
        column.addLayout(self._list)
        self.use.clicked.connect(self._on_all_clicked)
        self.hide()

    def show_view(self, view: RepeatView) -> None:
        """Shows what waits in a repeat now; rows that stay are kept."""
        self._repeat = view.path
        offers = self._editing.last_round.offers
        waiting = offers.entries(view) if offers is not None and view.is_asked else ()
        self.setVisible(bool(waiting))
        places = {one.entry_id for one in waiting}
        for gone in [id_ for id_ in self.rows if id_ not in places]:
            discard(self.rows.pop(gone), self._list)
        for at, one in enumerate(waiting):
            if one.entry_id not in self.rows:
                row = OfferedEntryRow(self._editing, one, self)
                row.take_wanted.connect(self._on_take_wanted)
                row.decline_wanted.connect(self._on_decline_wanted)
                self.rows[one.entry_id] = row
                self._list.insertWidget(at, row)
                row.show()
        self.rows = {one.entry_id: self.rows[one.entry_id] for one in waiting}  # also of those that came back
        if waiting:
            self._show_words(waiting)

    def _show_words(self, waiting: Sequence[OfferedEntry]) -> None:
        count = len(waiting)
        rounds = {one.round for one in waiting if one.origin is OfferOrigin.LAST_ROUND}
        if len(rounds) == 1 and all(one.round for one in waiting):
            words = ngettext(
                "The answers of {round} propose {count} entry. Take over what is right; nothing counts until you do.",
                "The answers of {round} propose {count} entries. Take over what is right; nothing counts until you do.",
                count,
            ).format(count=count, round=next(iter(rounds)))
        else:
            words = ngettext(
                "The member list proposes {count}. Take over what is right; nothing counts until you do.",
                "The member list proposes {count}. Take over what is right; nothing counts until you do.",
                count,
            ).format(count=count)
        self.text.setText(words)
        self.use.setText(ngettext("All {count}", "All {count}", count).format(count=count))
        self.use.setVisible(count > 1)
        self.use.setAccessibleName(
            ngettext("Take over the entry", "Take over all {count} entries", count).format(count=count)
        )

    def _on_all_clicked(self) -> None:
        offers, session = self._editing.last_round.offers, self._editing.session
        if offers is None:
            return
        done: list[int] = []
        self._editing.then_save(lambda: done.append(offers.take_over(session, self._repeat)))
        words = ngettext("{count} entry taken over.", "{count} entries taken over.", done[0])
        self._say(words.format(count=done[0]))

    def _on_take_wanted(self, entry_id: str) -> None:
        offers, session = self._editing.last_round.offers, self._editing.session
        if offers is not None:
            self._focus_beside(entry_id, "take")
            self._editing.then_save(lambda: offers.take_over(session, self._repeat, entry_id))
            self.taken.emit(entry_id)

    def _on_decline_wanted(self, entry_id: str) -> None:
        offers, session = self._editing.last_round.offers, self._editing.session
        if offers is None:
            return
        title = self.rows[entry_id].title
        self._focus_beside(entry_id, "decline")
        self._editing.then_save(lambda: offers.decline(session, self._repeat, entry_id, title))
        self._say(_("Not ours: {title}").format(title=title))

    def _focus_beside(self, entry_id: str, what: Literal["take", "decline"]) -> None:
        """The keyboard stays among the rows that are left, on the same button, where it was there."""
        if self.window().focusWidget() not in (self.rows[entry_id].take, self.rows[entry_id].decline):
            return
        order = list(self.rows)
        at = order.index(entry_id)
        rest = order[:at] + order[at + 1 :]
        if rest:
            row = self.rows[rest[min(at, len(rest) - 1)]]
            (row.take if what == "take" else row.decline).setFocus()

    def _say(self, words: str) -> None:
        self._editing.context.noticed.emit(
            Notice(words, Tone.ACCENT, _("Undo"), self._editing.undo, is_brief=True)
        )


class OfferedEntryRow(QFrame):
    """What would be taken over, by its name.

    Signals:
        take_wanted(entry id), decline_wanted(entry id): please.
    """

    take_wanted = Signal(str)
    decline_wanted = Signal(str)

    def __init__(self, editing: ResponseEditing, one: OfferedEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "offer")
        follow_width(self)
        px = editing.context.theme.px
        self._entry_id = one.entry_id
        self.title = editing.last_round.entry_title(one) or one.entry_id
        origin = text_label(one.round or _("proposed"), "small", self, wraps=False)
        name = text_label(self.title, "", self)
        self.take = button(_("Take over"), self, "link", name="take-offer")
        self.decline = button(_("Not ours"), self, "link", name="decline-offer")
        self.take.setAccessibleName(_("Take over: {title}").format(title=self.title))
        self.decline.setAccessibleName(_("Not ours: {title}").format(title=self.title))
        named, self._presses = QHBoxLayout(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._dot = text_label("·", "small", self, wraps=False)
        named.setSpacing(px(6))
        named.addWidget(origin)
        named.addWidget(name, 1)
        self._presses.setSpacing(px(6))
        self._presses.addWidget(self.take)
        self._presses.addWidget(self._dot)
        self._presses.addWidget(self.decline)
        self._presses.addStretch()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(px(12), px(5), px(8), px(5))
        self._line.setSpacing(px(6))
        self._line.addLayout(named, 1)
        self._line.addLayout(self._presses)
        single = SinglePresses(self)
        self.take.installEventFilter(single)
        self.decline.installEventFilter(single)
        self.take.clicked.connect(self._on_take_clicked)
        self.decline.clicked.connect(self._on_decline_clicked)

    def minimumSizeHint(self) -> QSize:
        """As wide as the longer of its buttons: however they stand now, they can stand below each other."""
        widest = max(each.sizeHint().width() for each in (self.take, self.decline))
        return QSize(widest + self._around(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a name has no room beside what can be pressed, that stands below it, in two lines if need be."""
        parts = (self.take, self._dot, self.decline)
        beside = sum(each.sizeHint().width() for each in parts) + 2 * self._presses.spacing()
        ways = QBoxLayout.Direction
        is_narrow, is_tight = self.width() < _BESIDE * beside, self.width() < beside + self._around()
        self._line.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._presses.setDirection(ways.TopToBottom if is_tight else ways.LeftToRight)
        self._dot.setVisible(not is_tight)
        super().resizeEvent(event)

    def _around(self) -> int:
        margins = self._line.contentsMargins()
        return margins.left() + margins.right()

    def _on_take_clicked(self) -> None:
        self.take_wanted.emit(self._entry_id)

    def _on_decline_clicked(self) -> None:
        self.decline_wanted.emit(self._entry_id)
