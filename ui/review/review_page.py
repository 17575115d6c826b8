"""Review and export: all answers as they will be printed, who clears and signs them, and the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _
from iscm_desktop.presenters.export_choice import Audience
from iscm_desktop.presenters.review_presenter import ReviewPresenter, left_words
from iscm_desktop.workspace.documents.printing import PrintedDocument
from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow
from ui.colleagues.delegation_card import received_delegations
from ui.colleagues.queries_card import QueriesCard
from ui.colleagues.share_card import ShareCard
from ui.last_round.last_round_changes_card import LastRoundChangesCard
from ui.look.colours import Tone
from ui.page.file_dialogs import documents_folder
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.phrases.response_titles import short_respondent, short_title
from ui.phrases.written_files import whole_path
from ui.review.claimed_marks_card import ClaimedMarksCard
from ui.review.clearance_card import ClearanceCard
from ui.review.export_card import ExportCard
from ui.review.reading_card import ReadingCard
from ui.review.sign_off_card import SignOffCard
from ui.widgets.badge import Badge
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.page_preview import PagePictures, PagePreview, page_pictures
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.spoken_roles import Part, speak_as

_READING_SHARE, _CARDS_SHARE = 7, 4
"""Of the width, or the height where it is narrow."""


class ReviewPage(WindowPage):
    """Made anew each time: it shows the response as it is now."""

    def __init__(
        self, response_id: str, context: PageContext, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(context, parent)
        self.response_id, self._today = response_id, today
        self._row = context.workspace.response_list.row(response_id)
        presenter = self.presenter = ReviewPresenter.of(context.workspace, response_id)
        handed = received_delegations(context, response_id)
        can_hand = not self._row.is_public
        self.reading = ReadingCard(presenter, context.theme, self, can_hand=can_hand)
        self.preview = PagePreview(context.theme, self)
        self.clearance = ClearanceCard(response_id, context, today, self)
        self.sign_off = SignOffCard(response_id, context, presenter.left, self)
        self.export = ExportCard(
            self._row, context, is_draft=not self._is_signed(), withheld=presenter.withheld, parent=self
        )
        self.claims = ClaimedMarksCard(response_id, context, self)
        self.share = ShareCard(response_id, context, today, self)
        self.queries = QueriesCard(response_id, context, today, self)
        self.since = LastRoundChangesCard(self._row, context, self)
        self._lay_out()
        if handed or self._row.is_public:  # some sections only, or what is published: others clear and sign
            for part in (self.sign_off, self.clearance, self.print_sheet):
                part.hide()
        if handed:
            self.export.send_back(handed)
        self._connect()
        if presenter.last_round:
            context.runner.run(
                self, lambda _job: context.workspace.last_round.changes(response_id), self._on_changes_found
            )

    @property
    def topic(self) -> str:
        return "03-review-and-export"

    @property
    def heading(self) -> str:
        return _("{respondent}: review and export").format(
            respondent=short_respondent(self._row.respondent_name)
        )

    def panes(self) -> list[QWidget]:
        return [
            self.reading, self.clearance, self.sign_off, self.export, self.claims, self.share, self.queries,
        ]  # fmt: skip

    def arrive(self) -> None:
        self.reading.reading.setFocus()

    def show_narrow(self, is_narrow: bool) -> None:
        """The answers or the cards have the whole page then; a button changes between them."""
        self.show_cards.setVisible(is_narrow)
        self.export_now.setVisible(not is_narrow)  # the card has the same
        self._title.setVisible(not is_narrow)  # the answers need the height, and the window says it, too
        self._share_out()

    def _share_out(self, *_changed: object) -> None:
        is_narrow, wants_cards = not self.show_cards.isHidden(), self.show_cards.isChecked()
        self._cards.setVisible(not is_narrow or wants_cards)
        self._left.setVisible(not is_narrow or not wants_cards)

    def _connect(self) -> None:
        self.reading.wanted.connect(self._on_wanted)
        self.reading.handing_wanted.connect(self.share.share_around)
        self.reading.comparing_wanted.connect(self._on_comparing_wanted)
        self.queries.wanted.connect(self._on_wanted)
        self.share.shared.connect(self.context.responses_changed)
        self.sign_off.signed.connect(self._on_signed)
        self.clearance.changed.connect(self.context.responses_changed)
        self.claims.confirmed.connect(self.export.show_claims)
        self.export.exported.connect(self.context.responses_changed)
        self.show_preview.toggled.connect(self._on_preview_toggled)
        self.print_sheet.clicked.connect(self._on_print_sheet_clicked)
        self.export_now.clicked.connect(self._on_export_now_clicked)
        self.show_cards.toggled.connect(self._share_out)

    def _is_signed(self) -> bool:
        signed = self.context.workspace.sign_offs.of(self.response_id)
        return signed is not None and signed.is_current

    def _on_changes_found(self, rows: tuple[AnswerFateRow, ...]) -> None:
        self.presenter.add_changes(rows)
        self.reading.show_changes()
        self.since.show_changes(rows, self.presenter.last_round)

    def _on_wanted(self, path: str) -> None:
        self.context.response_wanted.emit(self.response_id, path)

    def _on_comparing_wanted(self) -> None:
        from ui.comparison.changes_dialog import ChangesDialog  # late: few look

        dialog = ChangesDialog(self.response_id, self.context, self)
        dialog.wanted.connect(self._on_wanted)
        dialog.open()

    def _on_back_clicked(self) -> None:
        self.context.response_wanted.emit(self.response_id, "")

    def _on_export_now_clicked(self) -> None:
        """For whom the file is stands beside the dialog that asks where it goes."""
        self.show_cards.setChecked(True)
        self._cards.ensureWidgetVisible(self.export.export)
        self.export.export.click()

    def _on_signed(self) -> None:
        is_signed = self._is_signed()
        self.export.show_draft(is_draft=not is_signed)
        self.clearance.refresh()
        self.context.responses_changed.emit()
        if is_signed:
            self.export.focus_choice()  # and not the button that takes it back, which a key held too long would press
            self.context.say(_("Signed off. The file that you export now is final."))
        else:
            self.context.say(_("The sign-off is withdrawn. What you export now is a draft again."), Tone.WARN)

    def _on_preview_toggled(self, is_on: bool) -> None:
        """The pages of the PDF take the place of the answers, and the other way round."""
        self.show_cards.setChecked(False)
        self._left.setCurrentWidget(self.preview if is_on else self.reading)
        self.show_preview.setText(_("Back to the answers") if is_on else _("Pre&view PDF"))
        if not is_on:
            self.reading.reading.setFocus()
            return
        workspace, response_id, width = self.context.workspace, self.response_id, self.preview.wanted_width()
        is_public = self.export.choice.audience is Audience.PUBLIC
        self.context.run_from(
            self.show_preview,
            lambda _job: page_pictures(
                workspace.documents.preview_questionnaire(response_id, is_public=is_public),
                response_id,
                width,
            ),
            self._on_drawn,
            self,
        )

    def _on_drawn(self, pages: PagePictures) -> None:
        self.preview.show_pages(pages)
        self.preview.setFocus()

    def _on_print_sheet_clicked(self) -> None:
        folder = self.context.preferences.export_folder or documents_folder()
        name = file_stem(
            short_respondent(self._row.respondent_name), self._row.round, "clearance", between="_"
        )
        target = self.context.files.save_file(self, _("Clearance sheet"), folder / f"{name}.pdf", "*.pdf")
        if target is None:
            return
        workspace, response_id = self.context.workspace, self.response_id
        self.context.run_from(
            self.print_sheet,
            lambda _job: workspace.documents.write_clearance_sheet(response_id, target),
            self._on_sheet_printed,
            self,
        )

    def _on_sheet_printed(self, printed: PrintedDocument) -> None:
        self.context.preferences.export_folder = printed.path.absolute().parent
        words = _("Written: {file}. Whoever clears signs it by hand.")
        self.context.noticed.emit(written_notice(words.format(file=whole_path(printed.path)), printed.path))

    def _lay_out(self) -> None:
        px = self.context.theme.px
        side = QWidget(self)
        side.setProperty("role", "canvas")
        side_column = padded_column(side, px, (0, 0, 4, 0), gap=14)
        fill(
            side_column, self.clearance, self.sign_off, self.export, self.claims, self.since, self.share,
            self.queries, STRETCH,
        )  # fmt: skip
        self._left = QStackedWidget(self)
        self._left.addWidget(self.reading)
        self._left.addWidget(self.preview)
        columns = QHBoxLayout()
        columns.setSpacing(px(16))
        columns.addWidget(self._left, _READING_SHARE)
        self._cards = ScrollPane(self, side, takes_focus=True)
        self._cards.setAccessibleName(_("Sign-off and export"))
        columns.addWidget(self._cards, _CARDS_SHARE)
        column = padded_column(self, px, (24, 16, 24, 16), gap=12)
        column.addWidget(self._head())
        column.addLayout(columns, 1)

    def _head(self) -> QWidget:
        head = QWidget(self)
        back = button(f"{short_title(self._row)} ›".replace("&", "&&"), head, "link", name="back")
        back.clicked.connect(self._on_back_clicked)
        self._title = text_label(_("Review and export"), "title", head, wraps=False)
        left = Badge(left_words(self.presenter.left), Tone.WARN, self.context.theme, head)
        self.show_preview = button(_("Pre&view PDF"), head, name="preview")
        self.show_preview.setCheckable(True)
        self.print_sheet = button(_("Clearance sheet…"), head, name="clearance-sheet")
        self.show_cards = button(_("Sign-&off and export"), head, name="show-cards")
        self.show_cards.setCheckable(True)
        for each in (self.show_preview, self.show_cards):
            speak_as(each, Part.FOLD)
        self.show_cards.hide()
        self.export_now = button(_("Export…"), head, "primary", name="export-now")
        gap = self.context.theme.px(12)
        buttons = (self.show_cards, self.show_preview, self.print_sheet, self.export_now)
        flow_row(gap, back, self._title, left, STRETCH, *buttons, owner=head)
        return head
