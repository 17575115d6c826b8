"""Chooses a moment of a response: one that people remember, or the end of a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.moment_choice import day_end
from iscm_desktop.presenters.moment_wording import moment_words
from ui.widgets.day_box import OptionalDayBox
from ui.widgets.layouts import bare_column
from ui.widgets.list_box import ListBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.comparison_service import Moment


class MomentBox(QWidget):
    """A list of moments, the newest first, with a day of one's own at its end.

    Signals:
        changed: another moment is chosen.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self.list = ListBox(self)
        self.list.setAccessibleName(name)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(12)
        self.day = OptionalDayBox(self)
        self.day.setPlaceholderText(_("year-month-day"))
        self.day.setAccessibleName(_("The end of this day"))
        self.day.hide()
        column = bare_column(self, 4)
        column.addWidget(self.list)
        column.addWidget(self.day)
        self.setFocusProxy(self.list)
        self.list.currentIndexChanged.connect(self._on_chosen)
        self.day.textChanged.connect(self._on_day_changed)

    def show_moments(self, moments: Sequence[Moment], chosen: int) -> None:
        """Offers these, with one of them chosen."""
        self._moments = tuple(moments)
        self.list.clear()
        for moment in self._moments:
            self.list.addItem(moment_words(moment))
        self.list.addItem(_("the end of a day…"))
        self.list.setCurrentIndex(chosen)

    @property
    def moment(self) -> Moment | None:
        """What is chosen; None while a day is wanted and none is written."""
        at = self.list.currentIndex()
        if 0 <= at < len(self._moments):
            return self._moments[at]
        return day_end(self.day.day) if self.day.day is not None else None

    def problem(self) -> str:
        """What is wrong with the day, for people; "" where nothing is."""
        return self.day.problem() if self.day.isVisibleTo(self) else ""

    def _on_chosen(self, at: int) -> None:
        wants_day = at == len(self._moments) and at > 0
        self.day.setVisible(wants_day)
        if wants_day:
            self.day.setFocus()
        self.changed.emit()

    def _on_day_changed(self) -> None:
        self.changed.emit()
