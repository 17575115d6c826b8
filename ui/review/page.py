"""Review and export: what is left, who answers for it, and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, joined
from ui.colleagues.handed import received
from ui.colleagues.queries_card import QueriesCard
from ui.colleagues.share import ShareCard
from ui.desk import Desk
from ui.last_round.card import SinceCard
from ui.page import Page
from ui.review.export import ExportCard
from ui.review.findings import FindingsCard
from ui.review.sign_off import SignOffCard
from ui.titles import short_respondent, short_title
from ui.widgets.labels import button, text_label


class ReviewPage(Page):
    """Made anew each time: it shows the response as it is now."""

    def __init__(
        self, response_id: str, desk: Desk, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(desk, parent)
        self.response_id = response_id
        self._row = desk.workspace.response_list.row(response_id)
        session = desk.workspace.responses.open_session(response_id)
        findings = session.findings()
        self.findings = FindingsCard(findings, session, desk.theme, self)
        is_draft = not self._is_signed()
        self.export = ExportCard(self._row, desk, is_draft=is_draft, today=today, parent=self)
        self.sign_off = SignOffCard(response_id, desk, len(findings), self)
        self.share = ShareCard(response_id, desk, today, self)
        self.queries = QueriesCard(response_id, desk, today, self)
        self.since = SinceCard(self._row, desk, self)
        self._lay_out()
        handed = received(desk, response_id)
        if handed:  # some sections only: they go back, and are signed off with all the others
            self.sign_off.hide()
            self.findings.show_part(len(findings))
            self.export.send_back_to(
                joined(dict.fromkeys(row.by for row in handed if row.by)) or _("your colleague")
            )
        self.queries.wanted.connect(lambda path: desk.response_wanted.emit(response_id, path))
        self.share.shared.connect(desk.responses_changed)
        self.findings.wanted.connect(lambda path: desk.response_wanted.emit(response_id, path))
        self.sign_off.signed.connect(self._on_signed)
        self.export.exported.connect(desk.responses_changed)

    @property
    def heading(self) -> str:
        return _("{respondent}: review and export").format(
            respondent=short_respondent(self._row.respondent_name)
        )

    def panes(self) -> list[QWidget]:
        return [self.findings, self.export, self.sign_off, self.share, self.queries]

    def arrive(self) -> None:
        self.export.export.setFocus()

    def show_narrow(self, is_narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _is_signed(self) -> bool:
        signed = self.desk.workspace.sign_offs.of(self.response_id)
        return signed is not None and signed.is_current

    def _on_signed(self) -> None:
        self.export.show_draft(is_draft=not self._is_signed())
        self.desk.responses_changed.emit()
        self.desk.say(_("Signed off. The file that you export now is final."))

    def _lay_out(self) -> None:
        px = self.desk.theme.px
        back = button(f"{short_title(self._row)} ›".replace("&", "&&"), self, "link", name="back")
        back.clicked.connect(lambda: self.desk.response_wanted.emit(self.response_id, ""))
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(text_label(_("Review and export"), "title", self), 1)
        side = QWidget(self)
        side.setProperty("role", "canvas")
        side_column = QVBoxLayout(side)
        side_column.setContentsMargins(0, 0, px(4), 0)
        side_column.setSpacing(px(14))
        side_column.addWidget(self.export)
        side_column.addWidget(self.sign_off)
        side_column.addWidget(self.since)
        side_column.addWidget(self.share)
        side_column.addWidget(self.queries)
        side_column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(side)
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(px(16))
        columns.addWidget(self.findings, 4)
        columns.addWidget(area, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addLayout(columns, 1)
