"""Backups among the settings: one made now, and the way to all of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.backup_words import rehearsal_words, second_place_words
from ui.page.job_runner import Job
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label


class BackupsCard(Card):
    """Of a store in a file with its backups; of a shared store only with the copy that can be made."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self.column.addWidget(text_label(_("Backups"), "subheading", self))
        self._words = text_label("", "muted", self)
        self.back_up = button(_("&Back up now"), self, name="back-up")
        self.all = button(_("&All backups…"), self, name="all-backups")
        self.column.addWidget(self._words)
        presses = FlowLayout(None, context.theme.px(8))
        presses.addWidget(self.back_up)
        presses.addWidget(self.all)
        self.column.addLayout(presses)
        self.all.setVisible(not context.workspace.is_shared)
        self.back_up.clicked.connect(self._on_back_up_clicked)
        self.all.clicked.connect(self._on_all_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Says anew where backups go, and whether they were tried out."""
        workspace = self._context.workspace
        if workspace.is_shared:
            words = _("Whoever keeps the server backs it up; a backup made here is a copy in a file.")
        else:
            by_itself = _("Backups are made by themselves, each day on which something changed.")
            last = rehearsal_words(workspace.backups.last_rehearsal())
            words = " ".join((by_itself, second_place_words(workspace), last))
        self._words.setText(words)

    def _on_back_up_clicked(self) -> None:
        self._context.run_from(self.back_up, self._make, self._on_backed_up, self)

    def _make(self, _job: Job) -> Path:
        return self._context.workspace.backups.make()

    def _on_backed_up(self, path: Path) -> None:
        words = _("A backup was made and opened to prove that it is good: {file}")
        backups = self._context.workspace.backups
        told = " ".join(filter(None, (words.format(file=path), backups.remark, backups.second_missed)))
        self._context.noticed.emit(written_notice(told, path))
        self._context.backed_up.emit()
        self.refresh()

    def _on_all_clicked(self) -> None:
        from ui.settings.backups_dialog import BackupsDialog

        dialog = BackupsDialog(self._context, self)
        dialog.destroyed.connect(self.refresh)
        dialog.open()
