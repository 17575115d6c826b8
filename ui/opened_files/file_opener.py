"""Opens files wherever they come from: a double click, a drop on the window, a choice. The core says what each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.workspace.opened_files.opened_file import Destination, OpenedFile
from ui.look.colours import Tone
from ui.page.job_runner import Job
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.widgets.connections import Carrier, soon

if TYPE_CHECKING:
    from iscm_desktop.workspace.backups.backup_contents import BackupContents
    from iscm_desktop.workspace.opened_files.opened_file import OpenedFiles
    from ui.settings.backups_dialog import BackupsDialog

Page = TypeVar("Page", bound=QWidget)


class FileOpener(QObject):
    """One for the window: looks at the files on the worker, then shows the welcome or the page of each."""

    def __init__(self, context: PageContext, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._waiting: list[OpenedFile] = []
        self._backups: BackupsDialog | None = None
        self._places: dict[Destination, Callable[[OpenedFile], None]] = {
            Destination.INVITATION: self._show_invitation,
            Destination.SECTIONS: self._show_sections,
            Destination.QUERIES: self._show_queries,
            Destination.LAST_ROUND: self._show_earlier,
            Destination.QUESTIONNAIRE: self._show_questionnaire,
            Destination.RECEIPT: self._show_receipt,
            Destination.COSIGNING: self._show_cosigning,
            Destination.RESPONDENTS: self._show_respondents,
            Destination.KEYS: self._show_keys,
            Destination.STORE: self._show_store,
        }
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Open), window)
        shortcut.activated.connect(self.choose)
        context.files_wanted.connect(self.open)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files that are dropped on the window, wherever no page takes them itself."""
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.open([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        return True

    def choose(self) -> None:
        """File > Open."""
        kinds = (
            "*.iscm *.iscm.age *.age *.iscminvite *.pdf *.eml *.msg *.zip *.xlsx *.xls *.xml *.iscmdb *.txt"
        )
        filters = _("Files of this program") + f" ({kinds});;" + _("All files") + " (*)"
        self.open(self._context.files.open_files(self._window, _("Open file"), filters))

    def open(self, paths: Sequence[Path]) -> None:
        """Shows where each of the files belongs."""
        if paths:
            workspace, wanted = self._context.workspace, list(paths)
            self._context.runner.run(
                self, lambda job: workspace.opened_files.look_at(wanted, job.task_progress), self._show
            )

    def _show(self, found: OpenedFiles) -> None:
        if found.words:
            self._context.say(found.words, Tone.WARN)
        if found.to_merge:
            self._merge(found.to_merge)
        if found.apart is not None:
            self._waiting.append(found.apart)
        self._show_waiting()

    def _show_waiting(self) -> None:
        """One after the other: what somebody has begun in a dialog, be it a welcome, is finished first."""
        while self._waiting:
            begun = QApplication.activeModalWidget()
            if isinstance(begun, QDialog):
                begun.finished.connect(self._show_next)
                return
            opened = self._waiting.pop(0)
            self._places[opened.destination](opened)

    def _show_next(self) -> None:
        soon(self._on_dialog_gone, None)

    def _on_dialog_gone(self, _nothing: None) -> None:
        self._show_waiting()

    def _merge(self, paths: list[Path]) -> None:
        from ui.merge.merge_page import MergePage

        self._page("merge", MergePage).plan(paths)

    def _page(self, key: str, kind: type[Page]) -> Page:
        """A page, brought into view."""
        self._context.page_wanted.emit(key)
        return next(iter(self._window.findChildren(kind)))

    def _show_invitation(self, opened: OpenedFile) -> None:
        from ui.rounds.invitation_dialog import open_invitation

        open_invitation(opened.path, self._context, self._window)

    def _show_sections(self, opened: OpenedFile) -> None:
        from ui.opened_files.sections_welcome import SectionsWelcome

        if opened.sections is not None:
            welcome = SectionsWelcome(opened.sections, self._context.theme, self._window)
            welcome.wanted.connect(Carrier(welcome, self._take_in, opened).carry)
            welcome.open()

    def _show_queries(self, opened: OpenedFile) -> None:
        from ui.opened_files.queries_welcome import QueriesWelcome

        if opened.queries is not None:
            welcome = QueriesWelcome(opened.queries, self._context.theme, self._window)
            welcome.wanted.connect(Carrier(welcome, self._take_in, opened).carry)
            welcome.open()

    def _take_in(self, opened: OpenedFile) -> None:
        workspace = self._context.workspace
        first = opened.queries.first if opened.queries is not None else ""
        self._context.runner.run(
            self, lambda _job: (workspace.opened_files.take_in(opened), first), self._on_taken_in
        )

    def _on_taken_in(self, taken: tuple[str, str]) -> None:
        """At the first question that is asked, where there is one."""
        context = self._context
        context.merged.emit()
        context.round_changed.emit()
        context.responses_changed.emit()
        context.response_wanted.emit(*taken)

    def _show_earlier(self, opened: OpenedFile) -> None:
        from ui.opened_files.earlier_answers_welcome import EarlierAnswersWelcome

        if opened.earlier is not None:
            welcome = EarlierAnswersWelcome(opened.earlier, self._context.theme, self._window)
            welcome.wanted.connect(Carrier(welcome, self._offer, opened).carry)
            welcome.merging_wanted.connect(Carrier(welcome, self._merge_opened, opened).carry)
            welcome.open()

    def _offer(self, opened: OpenedFile) -> None:
        workspace = self._context.workspace
        if opened.earlier is not None:
            to, path = opened.earlier.to_response, opened.path

            def offer(_job: Job) -> str:
                workspace.last_round.offer(to, path)
                return to

            self._context.runner.run(self, offer, self._on_offered)

    def _on_offered(self, response: str) -> None:
        self._context.responses_changed.emit()
        self._context.reload_wanted.emit(response)

    def _merge_opened(self, opened: OpenedFile) -> None:
        self._merge([opened.path])

    def _show_questionnaire(self, opened: OpenedFile) -> None:
        from ui.questionnaires.own_questionnaires_dialog import OwnQuestionnairesDialog

        dialog = OwnQuestionnairesDialog(self._context, self._window)
        dialog.open()
        dialog.examine(opened.path)

    def _show_receipt(self, opened: OpenedFile) -> None:
        from ui.proof.proof_page import ProofPage

        self._page("proof", ProofPage).check_receipt(opened.path)

    def _show_cosigning(self, opened: OpenedFile) -> None:
        """To sign is a person's press: the page says what came, and offers it."""
        self._context.page_wanted.emit("proof")
        words = _("'{file}' has to do with a ledger that two coordinators vouch for.")
        words = words.format(file=opened.path.name)
        self._context.noticed.emit(
            Notice(words, Tone.ACCENT, _("Compare and sign"), Carrier(self, self._cosign, opened).carry)
        )

    def _cosign(self, opened: OpenedFile) -> None:
        from ui.proof.proof_page import ProofPage

        self._page("proof", ProofPage).take_cosigned(opened.path)

    def _show_respondents(self, opened: OpenedFile) -> None:
        self._context.page_wanted.emit("rounds")
        words = _("'{file}' is a list of respondents.").format(file=opened.path.name)
        self._context.noticed.emit(
            Notice(
                words, Tone.ACCENT, _("Ask them in this round"), Carrier(self, self._take_list, opened).carry
            )
        )

    def _take_list(self, opened: OpenedFile) -> None:
        from ui.rounds.rounds_page import RoundsPage

        self._page("rounds", RoundsPage).take_list_of(opened.path)

    def _show_keys(self, opened: OpenedFile) -> None:
        self._context.page_wanted.emit("rounds")
        words = _("'{file}' is protected by a passphrase, as the backup of a coordinator's keys is.")
        words = words.format(file=opened.path.name)
        self._context.noticed.emit(Notice(words, Tone.ACCENT, _("Restore keys…"), self._open_keys))

    def _open_keys(self) -> None:
        from ui.rounds.keys_dialog import KeysDialog

        KeysDialog(self._context, self._window).open()

    def _show_store(self, opened: OpenedFile) -> None:
        store = opened.store
        if store is None:
            return
        if store.is_ours:
            self._context.say(_("'{file}' is the store that is open here.").format(file=opened.path.name))
        elif store.is_backup:
            self._show_backup(opened.path)
        else:
            from ui.opened_files.store_welcome import StoreWelcome

            StoreWelcome(opened.path, self._context.theme, self._window).open()

    def _show_backup(self, backup: Path) -> None:
        """What restoring it would change, beside the other backups; nothing is done before somebody says so."""
        from ui.settings.backups_dialog import BackupsDialog

        self._context.page_wanted.emit("settings")
        self._backups = BackupsDialog(self._context, self._window)
        self._backups.open()
        backups = self._context.workspace.backups
        self._context.runner.run(
            self._backups, lambda _job: (backup, backups.contents(backup)), self._show_restore
        )

    def _show_restore(self, found: tuple[Path, BackupContents]) -> None:
        from ui.settings.backups_dialog import RestoreDialog

        if self._backups is not None:
            RestoreDialog(*found, self._context, self._backups).open()
