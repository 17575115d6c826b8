"""Below the questions: the sections before and behind by name, and the keys that lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.numbering import with_number
from ui.look.theme import WindowTheme
from ui.widgets.connections import on_press
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_row
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import readable, set_tip

if TYPE_CHECKING:
    from iscm_desktop.presenters.form_presenter import FormView
    from iscm_desktop.session.views import SectionView

_PADDING = 40
"""Of a button around its words, at 100 %, with the arrow."""


class FormFoot(QFrame):
    """Names are cut only where there is no room for them, and then told whole in the tip.

    Signals:
        step_wanted(by): one section on (1) or back (-1), please; behind the last comes review.
    """

    step_wanted = Signal(int)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._theme = theme
        self._previous: SectionView | None = None
        self._following: SectionView | None = None
        self.before = button("", self, name="previous-section")
        self.after = button("", self, "primary", name="next-section")
        keys = _("Ctrl+↓ next · Ctrl+Enter next open · F8 to mend")
        self.keys = text_label(keys, "small", self, wraps=False)
        self.keys.setMinimumWidth(0)
        row = padded_row(self, theme.px, (22, 9, 22, 9))
        fill(row, self.before, STRETCH, self.keys, STRETCH, self.after)
        on_press(self.before, self._on_pressed, -1)
        on_press(self.after, self._on_pressed, 1)
        theme.changed.connect(self._fit)

    def show_neighbours(self, view: FormView) -> None:
        """Names the sections before and behind the open one."""
        self._previous, self._following = view.previous, view.following
        self.before.setVisible(view.previous is not None)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_pressed(self, by: int) -> None:
        self.step_wanted.emit(by)

    def _fit(self) -> None:
        """The keys give way first, then each name to half of the width."""
        px = self._theme.px
        room = self.width() - px(44 + 20)
        before = _name(self._previous) if self._previous is not None else ""
        after = _name(self._following) if self._following is not None else _("Review and export")
        wanted = sum(
            self._width(each, name) for each, name in ((self.before, before), (self.after, after)) if name
        )
        self.keys.setVisible(wanted + self.keys.sizeHint().width() + px(24) <= room)
        least = room // 2 if before else room
        spare = max(0, least - self._width(self.after, after))
        self._name(self.before, "‹ {}", before, least + spare)
        spare = max(0, least - self._width(self.before, before)) if before else 0
        self._name(self.after, "{} ›", after, least + spare)
        if before:
            self._say(self.before, _("Previous: {section}").format(section=before), before, "Ctrl+PgUp")
        words = _("Next: {section}").format(section=after) if self._following is not None else after
        self._say(self.after, words, after, "Ctrl+PgDown")

    def _width(self, each: QPushButton, name: str) -> int:
        return QFontMetrics(each.font()).horizontalAdvance(name) + self._theme.px(_PADDING)

    def _name(self, each: QPushButton, pattern: str, name: str, room: int) -> None:
        width = max(self._theme.px(24), room - self._theme.px(_PADDING))
        cut = QFontMetrics(each.font()).elidedText(readable(name), Qt.TextElideMode.ElideRight, width)
        text = pattern.format(isolated(cut)).replace("&", "&&")
        if each.text() != text:
            each.setText(text)

    def _say(self, each: QPushButton, words: str, name: str, key: str) -> None:
        each.setAccessibleName(words)
        set_tip(each, _("{name} ({key})").format(name=name, key=key))


def _name(section: SectionView) -> str:
    return with_number(section.number, section.label)
