"""What somebody who may not has claimed about publication: it counts for nothing until somebody here lets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.claimed_marks import claim_words
from ui.editing.publication_marks import confirm_claim
from ui.page.page_context import PageContext
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.restriction_service import RestrictionRow


class ClaimedMarksCard(ContentCard):
    """Hidden while nothing is claimed.

    Signals:
        confirmed: something that was claimed counts now, or counts no longer.
    """

    confirmed = Signal()

    def __init__(self, response_id: str, context: PageContext, parent: QWidget) -> None:
        intro = _(
            "Ask the respondent. Where it is right, let it count: in your name, until they say it themselves."
        )
        super().__init__(context.theme, parent, intro=intro)
        self._response_id, self._context = response_id, context
        self.refresh()

    def refresh(self) -> None:
        """Reads anew what is claimed."""
        claims = self._context.workspace.restrictions.claims(self._response_id)
        words = ngettext(
            "{count} claim about publication, which counts for nothing",
            "{count} claims about publication, which count for nothing",
            len(claims),
        )
        self.title.setText(words.format(count=len(claims)))
        ground, column = self.content.renew()
        for claim in claims:
            column.addWidget(hair_line(ground))
            column.addLayout(self._row(claim, ground))
        self.setVisible(bool(claims))

    def _row(self, claim: RestrictionRow, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        words = text_label(claim_words(claim), "", parent)
        confirm = button(_("Let it count, in my name"), parent, "link", name="confirm-mark")
        confirm.setAccessibleDescription(words.text())
        on_press(confirm, self._on_confirm_clicked, claim)
        row.addWidget(words, 1)
        row.addWidget(confirm)
        return row

    def _on_confirm_clicked(self, claim: RestrictionRow) -> None:
        confirm_claim(self._response_id, claim, self._context, self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self.refresh()
        self.confirmed.emit()
