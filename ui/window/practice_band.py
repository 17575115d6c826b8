"""The band over every page of a practice round: nothing here counts, and one press throws it away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_row, padded_column


class PracticeBand(QWidget):
    """Stays for as long as the window does."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        px = context.theme.px
        card = Card(context.theme, self, is_soft=True)
        card.show_tone(Tone.WARN)
        self.discard = button(_("Throw it away and close"), card, "link", name="discard-practice")
        row = bare_row(None, px(12))
        words = text_label(_("Practice: nothing here counts. Try everything out."), "strong", card)
        row.addWidget(words, 1)
        row.addWidget(self.discard)
        card.column.addLayout(row)
        padded_column(self, px, (24, 10, 24, 0), gap=0).addWidget(card)
        self.setAccessibleName(words.text())
        self.discard.clicked.connect(context.discard_wanted)
