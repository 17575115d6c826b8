"""Review and export: what is left, who answers for it, and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.colleagues.delegation_card import received_delegations
from ui.colleagues.queries_card import QueriesCard
from ui.colleagues.share_card import ShareCard
from ui.last_round.last_round_changes_card import LastRoundChangesCard
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.phrases.response_titles import short_respondent, short_title
from ui.review.claimed_marks_card import ClaimedMarksCard
from ui.review.export_card import ExportCard
from ui.review.findings_card import FindingsCard
from ui.review.sign_off_card import SignOffCard
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane

_FINDINGS_SHARE = 4
"""Of the width, or the height where it is narrow; the other cards have 3."""


class ReviewPage(WindowPage):
    """Made anew each time: it shows the response as it is now."""

    def __init__(
        self, response_id: str, context: PageContext, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(context, parent)
        self.response_id = response_id
        self._row = context.workspace.response_list.row(response_id)
        session = context.workspace.responses.open_session(response_id)
        findings = session.findings()
        self.findings = FindingsCard(findings, session, context.theme, self)
        is_draft = not self._is_signed()
        self.export = ExportCard(self._row, context, is_draft=is_draft, today=today, parent=self)
        self.sign_off = SignOffCard(response_id, context, len(findings), self)
        self.claims = ClaimedMarksCard(response_id, context, self)
        self.share = ShareCard(response_id, context, today, self)
        self.queries = QueriesCard(response_id, context, today, self)
        self.since = LastRoundChangesCard(self._row, context, self)
        self._lay_out()
        handed = received_delegations(context, response_id)
        if handed:  # some sections only: they go back, and are signed off with all the others
            self.sign_off.hide()
            self.findings.show_part(len(findings))
            self.export.send_back(handed)
        self.queries.wanted.connect(self._on_wanted)
        self.share.shared.connect(context.responses_changed)
        self.findings.wanted.connect(self._on_wanted)
        self.sign_off.signed.connect(self._on_signed)
        self.claims.confirmed.connect(self.export.show_claims)
        self.export.exported.connect(context.responses_changed)

    @property
    def topic(self) -> str:
        return "03-review-and-export"

    @property
    def heading(self) -> str:
        return _("{respondent}: review and export").format(
            respondent=short_respondent(self._row.respondent_name)
        )

    def panes(self) -> list[QWidget]:
        return [self.findings, self.export, self.sign_off, self.claims, self.share, self.queries]

    def arrive(self) -> None:
        self.export.export.setFocus()

    def show_narrow(self, is_narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        is_spare = (
            is_narrow and self.findings.is_empty
        )  # a card with nothing in it takes no part of the height
        self._columns.setStretch(0, 0 if is_spare else _FINDINGS_SHARE)

    def _is_signed(self) -> bool:
        signed = self.context.workspace.sign_offs.of(self.response_id)
        return signed is not None and signed.is_current

    def _on_wanted(self, path: str) -> None:
        self.context.response_wanted.emit(self.response_id, path)

    def _on_back_clicked(self) -> None:
        self.context.response_wanted.emit(self.response_id, "")

    def _on_signed(self) -> None:
        self.export.show_draft(is_draft=not self._is_signed())
        self.context.responses_changed.emit()
        self.context.say(_("Signed off. The file that you export now is final."))

    def _lay_out(self) -> None:
        px = self.context.theme.px
        back = button(f"{short_title(self._row)} ›".replace("&", "&&"), self, "link", name="back")
        back.clicked.connect(self._on_back_clicked)
        title = text_label(_("Review and export"), "title", self, wraps=False)
        head = flow_row(px(12), back, title)
        side = QWidget(self)
        side.setProperty("role", "canvas")
        side_column = padded_column(side, px, (0, 0, 4, 0), gap=14)
        fill(
            side_column,
            self.export,
            self.sign_off,
            self.claims,
            self.since,
            self.share,
            self.queries,
            STRETCH,
        )
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(px(16))
        columns.addWidget(self.findings, _FINDINGS_SHARE)
        pane = ScrollPane(self, side, takes_focus=True)
        pane.setAccessibleName(_("Sign-off and export"))
        columns.addWidget(pane, 3)
        column = padded_column(self, px, (24, 16, 24, 16), gap=12)
        column.addLayout(head)
        column.addLayout(columns, 1)
