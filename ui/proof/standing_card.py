"""Whether the store is whole, as far as the last verification tells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.proof_view import Standing, StandingView
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.proof.figure_rows import figure_rows
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, restyle, text_label

_TONES = {Standing.UNKNOWN: Tone.PLAIN, Standing.WHOLE: Tone.PLAIN, Standing.DAMAGED: Tone.BAD}
_ROLES = {Standing.UNKNOWN: "subheading", Standing.WHOLE: "whole", Standing.DAMAGED: "damaged"}


class StandingCard(ContentCard):
    """A title that says it, the figures behind it, what is not as it was, and buttons that put it right.

    Signals:
        repair_wanted: from received files.
        making_again_wanted: of what follows from what is sound.
    """

    repair_wanted = Signal()
    making_again_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self.column.addStretch(1)
        self.show_looking()

    def show_standing(self, view: StandingView) -> None:
        """Replaces what the card says."""
        self.title.setText(view.title)
        restyle(self.title, "role", _ROLES[view.standing])
        self.show_tone(_TONES[view.standing])
        ground, column = self.content.renew()
        if view.note:
            column.addWidget(text_label(view.note, "muted", ground))
        if view.figures:
            column.addLayout(figure_rows(view.figures, self.theme, ground))
        for finding in view.findings:
            column.addWidget(text_label(finding, "", ground))
        if view.advice:
            column.addWidget(text_label(view.advice, "strong", ground))
        if view.can_be_repaired:
            repair = button(_("Repair f&rom received files…"), ground, name="repair")
            repair.clicked.connect(self.repair_wanted)
            column.addWidget(repair, 0, Qt.AlignmentFlag.AlignLeading)
        if view.can_be_made_again:
            again = button(_("Ma&ke again what follows"), ground, name="make-again")
            again.clicked.connect(self.making_again_wanted)
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeading)
