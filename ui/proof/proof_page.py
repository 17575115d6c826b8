"""Proof: whether anything was lost or changed, what answers rest on, and how others can check it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QProgressBar, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.proof_presenter import ProofPresenter
from iscm_desktop.presenters.proof_view import ProofView, Standing, StandingView
from ui.look.colours import Tone
from ui.page.file_dialogs import documents_folder
from ui.page.job_runner import Job
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.proof.ledger_card import LedgerCard
from ui.proof.receipts_card import CheckpointCard, ReceiptsCard
from ui.proof.standing_card import StandingCard
from ui.proof.trust_card import TrustCard
from ui.rounds.round_button import RoundButton
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane

T = TypeVar("T")


class ProofPage(WindowPage):
    """Cards that are read on the worker; nothing here changes an answer but taking back."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.presenter = ProofPresenter(context.workspace)
        self._job: Job | None = None
        self.round = RoundButton(context, self)
        self.receipts = button(_("Re&ceipts…"), self, name="receipts")
        self.cosign = button(_("C&osign…"), self, name="cosign")
        self.verify = button(_("&Verify now"), self, "primary", name="verify")
        self.stop = button(_("S&top"), self, "link", name="stop")
        self.stop.hide()
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Working"))
        self._bar.hide()
        self.cosign.setMenu(self._cosigning_menu())
        self._view = ProofView()
        self._canvas = QWidget(self)
        self._canvas.setProperty("role", "canvas")
        self.standing = StandingCard(context, self._canvas)
        self.trust = TrustCard(context, self._canvas)
        self.ledger = LedgerCard(context, self._canvas)
        self.receipt_card = ReceiptsCard(context, self._canvas)
        self.checkpoint = CheckpointCard(context, self._canvas)
        self._lay_out()
        self._connect()

    @property
    def topic(self) -> str:
        return "09-proof"

    @property
    def heading(self) -> str:
        return _("Proof")

    def arrive(self) -> None:
        self.refresh()
        self.verify.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.verify, self.standing, self.ledger, self.receipt_card]

    def show_narrow(self, is_narrow: bool) -> None:
        direction = QBoxLayout.Direction
        for row in (self._above, self._below):
            row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def refresh(self) -> None:
        """Reads on the worker; what is shown stays until it is back."""
        presenter = self.presenter
        self.context.runner.run(self, lambda _job: presenter.read(), self._show)

    def _show(self, view: ProofView) -> None:
        self._view = view
        self.round.refresh()
        self.standing.show_standing(view.store)
        self.trust.show_shares(view.trust)
        self.ledger.show_lines(view.log)
        self.receipt_card.show_words(view.receipts, are_outdated=view.are_receipts_outdated)
        self.checkpoint.show_checkpoint(view.checkpoint, can_be_signed=view.is_ledger_behind)
        self._enable()
        self.status_changed.emit(view.store.title)

    def _on_verify_clicked(self) -> None:
        presenter = self.presenter
        self._work(lambda job: presenter.verify(job.should_stop), self._on_verified)
        self.stop.show()

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_verified(self, found: StandingView) -> None:
        self.standing.show_standing(found)
        if found.standing is Standing.DAMAGED:  # else the card says it
            self.context.say(found.title, Tone.BAD)

    def _on_repair_wanted(self) -> None:
        folder = self.context.files.folder(self, _("Where are the received files?"), documents_folder())
        if folder is not None:
            self._repair((folder,))

    def _repair(self, against: tuple[Path, ...]) -> None:
        presenter = self.presenter
        self._work(lambda job: presenter.repair(against, job.task_progress), self._on_repaired)
        if self._job is not None:
            self._job.progressed.connect(self._advance)
        self.stop.setVisible(bool(against))

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_repaired(self, words: str) -> None:
        self.context.say(words)
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _on_responses_wanted(self, code: str) -> None:
        presenter = self.presenter
        self.context.runner.run(
            self, lambda _job: presenter.responses_resting_on(code), self.trust.show_responses
        )

    def _on_receipts_clicked(self) -> None:
        proposed = documents_folder()
        folder = self.context.files.folder(self, _("Where do the receipts go?"), proposed)
        if folder is not None:
            presenter = self.presenter
            self._work(
                lambda _job: presenter.make_receipts(folder),
                lambda words: self.context.noticed.emit(written_notice(words, folder)),
            )

    def _on_check_wanted(self) -> None:
        filters = _("Receipts") + " (*.txt);;" + _("All files") + " (*)"
        files = self.context.files.open_files(self, _("Check a receipt"), filters)
        if files:
            self.check_receipt(files[0])

    def check_receipt(self, file: Path) -> None:
        """Says what a receipt tells of the answers of this store."""
        presenter = self.presenter
        self._work(lambda _job: presenter.check_receipt(file), self.receipt_card.show_found)

    def _on_sign_wanted(self) -> None:
        presenter = self.presenter
        self._work(lambda _job: presenter.sign_checkpoint(), self.context.say)

    def _cosigning_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("&Ask a colleague to cosign…")).triggered.connect(self._on_request_wanted)
        menu.addAction(_("&Open a request, or a cosigned checkpoint…")).triggered.connect(
            self._on_cosigned_came
        )
        return menu

    def _on_request_wanted(self) -> None:
        code = self.context.workspace.rounds.proposed().code
        target = self.context.files.save_document(
            self, _("Ask a colleague to cosign"), f"{code}-cosign", ".age"
        )
        if target is not None:
            presenter = self.presenter
            self._work(
                lambda _job: presenter.request_cosigning(target),
                lambda words: self.context.noticed.emit(written_notice(words, target)),
            )

    def _on_cosigned_came(self) -> None:
        filters = _("Requests and checkpoints") + " (*.age *.txt);;" + _("All files") + " (*)"
        files = self.context.files.open_files(self, _("Cosign"), filters)
        if files:
            self.take_cosigned(files[0])

    def take_cosigned(self, file: Path) -> None:
        """Cosigns a colleague's request, or takes a cosigned checkpoint in."""
        presenter = self.presenter
        self._work(lambda _job: presenter.take_cosigned(file), self.context.say)

    def _on_take_back_wanted(self, operation: str) -> None:
        presenter = self.presenter
        self._work(lambda _job: presenter.take_back(operation), lambda _none: self._on_taken_back())

    def _on_taken_back(self) -> None:
        self.context.say(_("Taken back. Nothing is deleted: it can be put in again on the page Merge."))
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _work(self, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        job = self._job = self.context.runner.run(self, work, done)
        self._show_busy(is_busy=True)
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._job = None
        self._show_busy(is_busy=False)
        self.refresh()

    def _show_busy(self, *, is_busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(is_busy)
        self.stop.hide()  # only what can be stopped shows it
        self._enable()

    def _enable(self) -> None:
        is_idle = self._job is None
        self.verify.setEnabled(is_idle)
        self.receipts.setEnabled(is_idle and self._view.can_make_receipts)
        self.cosign.setEnabled(is_idle)
        self.standing.setEnabled(is_idle)  # its buttons begin work, too

    def _on_making_again_wanted(self) -> None:
        self._repair(())

    def _on_response_chosen(self, response_id: str) -> None:
        self.context.response_wanted.emit(response_id, "")

    def _connect(self) -> None:
        self.verify.clicked.connect(self._on_verify_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.receipts.clicked.connect(self._on_receipts_clicked)
        self.standing.repair_wanted.connect(self._on_repair_wanted)
        self.standing.making_again_wanted.connect(self._on_making_again_wanted)
        self.trust.responses_wanted.connect(self._on_responses_wanted)
        self.trust.response_chosen.connect(self._on_response_chosen)
        self.receipt_card.making_wanted.connect(self._on_receipts_clicked)
        self.ledger.take_back_wanted.connect(self._on_take_back_wanted)
        self.checkpoint.sign_wanted.connect(self._on_sign_wanted)
        self.receipt_card.check_wanted.connect(self._on_check_wanted)
        self.context.round_changed.connect(self.refresh)
        self.context.responses_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        px = self.context.theme.px
        title = text_label(_("Proof"), "title", self, wraps=False)
        head = flow_row(px(12), title, self.round, STRETCH, self.receipts, self.cosign, self.verify)
        self._above, self._below = QHBoxLayout(), QHBoxLayout()
        for row, first, second in (
            (self._above, self.standing, self.trust),
            (self._below, self.receipt_card, self.checkpoint),
        ):
            row.setSpacing(px(14))
            row.addWidget(first, 1)
            row.addWidget(second, 1)
        cards = padded_column(self._canvas, px, (0, 0, 4, 0), gap=14)
        fill(cards, self._above, self.ledger, self._below, STRETCH)
        column = padded_column(self, px, (24, 16, 24, 14), gap=12)
        working = QHBoxLayout()
        fill(working, self._bar, self.stop)
        fill(column, head, working)
        column.addWidget(ScrollPane(self, self._canvas), 1)
