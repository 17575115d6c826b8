"""The answers as they will be printed, and chips that show some of them only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.review_presenter import ReviewPresenter
from iscm_desktop.presenters.review_view import ReadMark, ReviewCount
from ui.look.theme import WindowTheme
from ui.review.answer_reading import AnswerReading
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button
from ui.widgets.layouts import bare_row
from ui.widgets.plain_text import set_tip

_ROLES = {None: "all", ReadMark.MISSING: "bad", ReadMark.PROBLEM: "bad", ReadMark.LOOK: "warn"}


class ReadingCard(Card):
    """Signals:
    wanted(path): to this question, please.
    handing_wanted(path): the section around it is to be handed to a colleague.
    comparing_wanted: what changed between two moments is to be shown.
    """

    wanted = Signal(str)
    handing_wanted = Signal(str)
    comparing_wanted = Signal()

    def __init__(
        self, presenter: ReviewPresenter, theme: WindowTheme, parent: QWidget, *, can_hand: bool
    ) -> None:
        super().__init__(theme, parent)
        self._presenter, self._can_hand = presenter, can_hand
        self.mark: ReadMark | None = None
        chips = QWidget(self)
        chips.setAccessibleName(_("Which answers"))
        row = FlowLayout(chips, theme.px(8))
        self.chips = {count.mark: self._chip(count, chips) for count in presenter.counts()}
        for chip in self.chips.values():
            row.addWidget(chip)
        self.chips[None].setChecked(True)
        self.reading = AnswerReading(theme, self)
        self.reading.setProperty("role", "bare")
        self.compare = button(_("What changed…"), self, "link", name="what-changed")
        set_tip(self.compare, _("Compares two moments of the whole questionnaire"))
        head = bare_row(None, theme.px(8))
        head.addWidget(chips, 1)
        head.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.reading, 1)
        self.compare.clicked.connect(self._on_compare_clicked)
        self.reading.wanted.connect(self.wanted)
        self.reading.handing_wanted.connect(self.handing_wanted)
        self._show()

    def show_mark(self, mark: ReadMark | None) -> None:
        """Reads only the answers that have it; None for all."""
        self.chips[mark].setChecked(True)
        if mark is not self.mark:
            self.mark = mark
            self._show()

    def show_changes(self) -> None:
        """What changed since the last round is known now."""
        for count in self._presenter.counts():
            if count.mark in self.chips:
                self.chips[count.mark].setText(count.words.replace("&", "&&"))
        self.reading.replace_items(tuple(self._presenter.shown(self.mark)))

    def _show(self) -> None:
        blank = _("Nothing has changed.") if self.mark is ReadMark.CHANGED else _("Nothing is asked yet.")
        self.reading.show_items(
            tuple(self._presenter.shown(self.mark)),
            is_right_to_left=self._presenter.is_right_to_left,
            can_hand=self._can_hand,
            blank=blank,
        )

    def _chip(self, count: ReviewCount, parent: QWidget) -> QRadioButton:
        chip = QRadioButton(parent)
        chip.setText(count.words.replace("&", "&&"))
        chip.setProperty("role", f"filter-{_ROLES.get(count.mark, 'plain')}")
        chip.setObjectName("filter")
        chip.toggled.connect(self._on_chip_toggled)
        return chip

    def _on_compare_clicked(self) -> None:
        self.comparing_wanted.emit()

    def _on_chip_toggled(self, is_on: bool) -> None:
        """A press, or an arrow: chips are one stop for Tab."""
        if is_on:
            self.show_mark(next(mark for mark, chip in self.chips.items() if chip.isChecked()))
