"""The backups of the store: what is in each, a second place for them, tried out, and put in the store's place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _, ngettext, shown_number, shown_size
from iscm_desktop.presenters.backup_words import (
    rehearsal_words,
    restore_words,
    second_place_words,
    shown_time,
    standing_words,
)
from iscm_desktop.workspace.backups.backup_contents import BackupContents, Standing
from iscm_desktop.workspace.backups.backup_service import BackupRow
from iscm_desktop.workspace.backups.rehearsal import Rehearsal
from ui.look.colours import Tone
from ui.page.file_dialogs import documents_folder
from ui.page.job_runner import Job
from ui.page.page_context import PageContext
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, bare_row, empty_layout, follow_width

_STANDS_OUT = {
    Standing.OLDER: Tone.WARN,
    Standing.ONLY_HERE: Tone.BAD,
    Standing.NEWER: Tone.ACCENT,
    Standing.ONLY_THERE: Tone.ACCENT,
}


class BackupsDialog(FormDialog):
    """Looks into the backups on the worker's thread; nothing is changed before somebody says so."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Backups"), context.theme, parent)
        self._context = context
        self._second = text_label("", "muted", self)
        self._rehearsed = text_label("", "muted", self)
        self.rehearse = button(_("&Try the newest one out"), self, name="rehearse")
        self.choose_second = button(_("C&hoose a second place…"), self, name="second-place")
        self.drop_second = button(_("&No second place"), self, "link", name="no-second-place")
        self._list = QVBoxLayout()
        self._list.setSpacing(context.theme.px(8))
        self._say(_("Looking into the backups…"))
        presses = FlowLayout(None, context.theme.px(8), is_centred=True)
        for each in (self.rehearse, self.choose_second, self.drop_second):
            presses.addWidget(each)
        self.lay_out(
            _("Backups"), self._second, self._rehearsed, presses, self._list, primary=_("&Back up now"),
            secondary=_("Close"), size=(640, 620),
        )  # fmt: skip
        self.rehearse.clicked.connect(self._on_rehearse_clicked)
        self.choose_second.clicked.connect(self._on_second_clicked)
        self.drop_second.clicked.connect(self._on_no_second_clicked)
        self._show_words()
        self._look()

    def confirm(self) -> None:
        """Makes one more, and shows it."""
        self._context.run_from(self.primary, self._make, self._on_made, self)

    def _make(self, _job: Job) -> Path:
        return self._context.workspace.backups.make()

    def _on_made(self, _made: Path) -> None:
        self._context.backed_up.emit()
        self._show_words()
        self._look()

    def _look(self) -> None:
        self._context.runner.run(self, self._read, self._show)

    def _read(self, _job: Job) -> list[tuple[BackupRow, BackupContents | IscmError]]:
        """On the worker's thread."""
        return self._context.workspace.backups.looked_into()

    def _show(self, found: list[tuple[BackupRow, BackupContents | IscmError]]) -> None:
        empty_layout(self._list)
        if not found:
            self._say(_("There is no backup yet. One is made by itself each day on which something changed."))
        for row, contents in found:
            if isinstance(contents, IscmError):
                self._list.addWidget(_FaultyCard(row, str(contents), self._context, self))
            else:
                self._list.addWidget(_BackupCard(row, contents, self._context, self))

    def _say(self, words: str) -> None:
        self._list.addWidget(text_label(words, "muted", self))

    def _show_words(self) -> None:
        workspace = self._context.workspace
        self._second.setText(second_place_words(workspace))
        self._rehearsed.setText(rehearsal_words(workspace.backups.last_rehearsal()))
        self.drop_second.setVisible(workspace.backups.second_place is not None)

    def _on_rehearse_clicked(self) -> None:
        self._context.run_from(self.rehearse, self._rehearse, self._on_rehearsed, self)

    def _rehearse(self, job: Job) -> Rehearsal | None:
        return self._context.workspace.backups.rehearse(job.should_stop)

    def _on_rehearsed(self, _done: Rehearsal | None) -> None:
        self._show_words()

    def _on_second_clicked(self) -> None:
        folder = self._context.files.folder(self, _("A second place for backups"), documents_folder())
        if folder is not None:
            self._context.workspace.backups.set_second_place(folder)
            self._show_words()

    def _on_no_second_clicked(self) -> None:
        self._context.workspace.backups.set_second_place(None)
        self._show_words()


class _RowCard(Card):
    """One backup, as far as its name and its place tell."""

    def __init__(self, row: BackupRow, context: PageContext, parent: BackupsDialog) -> None:
        super().__init__(context.theme, parent)
        head = bare_row(None, context.theme.px(8))
        head.addWidget(text_label(shown_time(row.made_at), "strong", self), 1)
        if row.is_second:
            head.addWidget(Badge(_("second place"), Tone.PLAIN, context.theme, self))
        self.column.addLayout(head)


class _FaultyCard(_RowCard):
    """One that cannot be read: why, and nothing to press."""

    def __init__(self, row: BackupRow, fault: str, context: PageContext, parent: BackupsDialog) -> None:
        super().__init__(row, context, parent)
        self.column.addWidget(text_label(fault, "", self))
        follow_width(self)


class _BackupCard(_RowCard):
    """One backup; what is in it unfolds."""

    def __init__(
        self, row: BackupRow, contents: BackupContents, context: PageContext, parent: BackupsDialog
    ) -> None:
        super().__init__(row, context, parent)
        self._contents, self._context, self._dialog = contents, context, parent
        self._inside: QWidget | None = None
        count = len(contents.there)
        words = ngettext("{count} response", "{count} responses", count).format(count=count)
        answers = ngettext("{count} answer", "{count} answers", contents.answers)
        answers = answers.format(count=shown_number(contents.answers))
        self.column.addWidget(text_label(f"{words} · {answers} · {shown_size(row.size)}", "muted", self))
        self.look = button(_("Look into it"), self, "link", name="look-into-backup")
        restore = button(_("Restore…"), self, "link", name="restore-backup")
        for each in (self.look, restore):
            each.setAccessibleName(
                _("{action}: {what}").format(action=each.text(), what=shown_time(row.made_at))
            )
        presses = FlowLayout(None, context.theme.px(8), is_centred=True)
        presses.addWidget(self.look)
        presses.addWidget(restore)
        self.column.addLayout(presses)
        follow_width(self)
        self.look.clicked.connect(self._on_look_clicked)
        on_press(restore, self._on_restore_clicked, row.path)

    def _on_look_clicked(self) -> None:
        if self._inside is None:
            self._inside = self._made_inside()
            self.column.addWidget(self._inside)
            self.look.setText(_("Fold"))
            return
        self._inside.setVisible(self._inside.isHidden())
        self.look.setText(_("Look into it") if self._inside.isHidden() else _("Fold"))

    def _made_inside(self) -> QWidget:
        ground = QWidget(self)
        column = bare_column(ground, self.theme.px(3))
        column.addWidget(text_label(restore_words(self._contents), "", ground))
        for one in self._contents.responses:
            line = bare_row(None, self.theme.px(8))
            count = ngettext("{count} answer", "{count} answers", one.answers).format(count=one.answers)
            line.addWidget(text_label(f"{one.respondent} · {one.round} · {count}", "small", ground), 1)
            tone = _STANDS_OUT.get(one.standing)
            if tone is not None:
                badge = Badge(standing_words(one.standing), tone, self.theme, ground)
                line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        return ground

    def _on_restore_clicked(self, path: Path) -> None:
        RestoreDialog(path, self._contents, self._context, self._dialog).open()


class RestoreDialog(FormDialog):
    """Says what a restore would change, and does it when somebody says so: the window closes and opens again."""

    def __init__(self, backup: Path, contents: BackupContents, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Restore a backup"), context.theme, parent)
        self._backup, self._context, self._around = backup, context, parent
        named = ", ".join(f"{one.respondent} ({standing_words(one.standing)})" for one in contents.would_lose)
        words = _(
            "The backup is proven first. Then it takes the place of the store, and the window opens again with it."
        )
        self.lay_out(
            _("Restore this backup?"), text_label(restore_words(contents), "strong", self),
            text_label(named, "", self), text_label(words, "muted", self), primary=_("&Restore"), size=(520, 320),
        )  # fmt: skip

    def confirm(self) -> None:
        """Closes everything; what follows is done once the store is closed."""
        self.close()
        if isinstance(self._around, BackupsDialog):
            self._around.close()
        self._context.restore_wanted.emit(self._backup)
