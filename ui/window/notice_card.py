"""A sentence over the foot of the page: what was done, or what went wrong. It asks for nothing and moves nothing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStyle, QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.notices import Notice
from ui.page.timers import single_shot
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.plain_text import set_tip
from ui.widgets.scroll_pane import ScrollPane

_SHORTEST_MS = 5_000
_MS_A_LETTER = 40
"""A slow reader's pace, in a language that is not their first."""
_TO_ACT_MS = 5_000
"""More, where something can be done about it or went wrong."""
_NEW_MS = 3_000
"""Who goes to another page so soon after it came has not read it: it may be about that page."""
_WIDEST = 460
_ABOVE_FOOT = 72
"""Free below it, at 100 %: the buttons at the foot of a form can be pressed meanwhile."""
_KEPT = 200


class NoticeCard(QWidget):
    """Lies over the page, goes by itself once it can have been read, and keeps what it said.

    It stays while the mouse or the keyboard is in it; Escape or its cross put it away.

    Signals:
        kept_changed: there is one more in `kept`.
    """

    kept_changed = Signal()

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept: list[tuple[datetime, Notice]] = []
        self._theme, self._ground = theme, parent
        self._card = Card(theme, self, is_soft=True)
        self._label = text_label("", "", self._card)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text = ScrollPane(self._card, self._label, goes_sideways=False)
        self._act = button("", self._card, "link", name="notice-action")
        self._close = button("✕", self._card, "link", name="notice-close")
        for each in (self._act, self._close):  # a click leaves the keyboard where somebody works
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(_("Close"))
        set_tip(self._close, _("Close"))
        self._lay_out()
        self._notice: Notice | None = None
        self._going = single_shot(self, _SHORTEST_MS, self._on_read)
        self._came = single_shot(self, _NEW_MS, self.update)
        self._act.clicked.connect(self._on_act_clicked)
        self._close.clicked.connect(self.hide)
        theme.changed.connect(self._place)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; "" while hidden."""
        return self._label.text() if self.isVisible() else ""

    def show_notice(self, notice: Notice) -> None:
        """Replaces what is being said; screen readers speak it at once."""
        self._notice = notice
        self._label.setText(notice.text)
        self._card.show_tone(Tone.PLAIN)
        self._card.show_tone(notice.tone)
        self._act.setText(notice.action)
        self._act.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self.kept = [*self.kept[1 - _KEPT :], (datetime.now().astimezone(), notice)]
        self.kept_changed.emit()
        self._place()
        self.show()
        self.raise_()
        more = _TO_ACT_MS if notice.action or notice.tone in (Tone.BAD, Tone.WARN) else 0
        self._going.start(_SHORTEST_MS + _MS_A_LETTER * len(notice.text) + more)
        self._came.start()
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # some milliseconds, when there is news

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave_page(self) -> None:
        """Somebody goes to another page; the list has what was said."""
        if not self._came.isActive():
            self.hide()

    def hide_brief(self) -> None:
        """Somebody goes on working: what could be done about the last action would now hit another."""
        if self._notice is not None and self._notice.is_brief:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of the ground that it lies on."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_read(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._going.start(_SHORTEST_MS)
        else:
            self.hide()

    def _on_act_clicked(self) -> None:
        notice = self._notice
        if notice is None or notice.act is None:
            return
        self.hide()
        if notice.can_act:
            notice.act()

    def _place(self) -> None:
        """At the trailing foot of the ground, as high as its text up to half of what there is."""
        if self._notice is None:
            return
        px = self._theme.px
        free = self._ground.rect().adjusted(px(16), px(16), -px(16), -px(_ABOVE_FOOT))
        width = max(1, min(px(_WIDEST), free.width()))
        margins = self._card.column.contentsMargins()
        beside = margins.left() + margins.right() + self._close.sizeHint().width() + px(8)
        height = self._label.heightForWidth(max(1, width - beside))
        self._text.setFixedHeight(min(height, max(px(40), free.height() // 2)))
        self.setFixedWidth(width)
        self._card.column.activate()
        self.resize(width, self.sizeHint().height())
        corner = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom
        self.setGeometry(QStyle.alignedRect(self.layoutDirection(), corner, self.size(), free))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._card.column.addLayout(row)
        self._card.column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignLeading)
        bare_column(self).addWidget(self._card)
