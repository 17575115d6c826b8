"""Whether the store is whole, as far as the last verification tells."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.presenters.proof_view import Standing, StandingView
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.proof.figure_rows import figure_rows
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import restyle, text_label

_TONES = {Standing.UNKNOWN: Tone.PLAIN, Standing.WHOLE: Tone.PLAIN, Standing.DAMAGED: Tone.BAD}
_ROLES = {Standing.UNKNOWN: "subheading", Standing.WHOLE: "whole", Standing.DAMAGED: "damaged"}


class StandingCard(ContentCard):
    """A title that says it, the figures behind it, and what is not as it was."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self.column.addStretch(1)
        self.show_standing(StandingView())

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
