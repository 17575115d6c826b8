"""Keys and devices of a coordinator: backup and restore, colleagues who may open answers, known devices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _, ngettext
from ui.desk import Desk
from ui.rounds.naming import DeviceNameDialog
from ui.widgets.boxes import LineBox
from ui.widgets.labels import button, text_label


class KeysDialog(QDialog):
    """Every change takes effect at once; Close is the only way out."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(_("Keys and devices"))
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase"))
        self.passphrase.setPlaceholderText(_("Passphrase: five words that nobody else would put together"))
        self.backup = button(_("&Back up…"), self, name="back-up-keys")
        self.restore = button(_("&Restore…"), self, name="restore-keys")
        self.name = LineBox(self)
        self.name.setPlaceholderText(_("Name of the colleague"))
        self.name.setAccessibleName(_("Name of the colleague"))
        self.recipient = LineBox(self)
        self.recipient.setPlaceholderText(_("Public key: age1…"))
        self.recipient.setAccessibleName(_("Public key"))
        self.add = button(_("&Add"), self, name="add-coordinator")
        self.said = text_label("", "strong", self)
        self._lists = QVBoxLayout()
        self._content: QWidget | None = None
        self._lay_out()
        self.backup.clicked.connect(lambda: self._try(self._back_up))
        self.restore.clicked.connect(lambda: self._try(self._restore))
        self.add.clicked.connect(lambda: self._try(self._add))
        self._refresh()

    def _try(self, act: Callable[[], str]) -> None:
        """What goes wrong is said in the dialog, beside what was typed."""
        try:
            self.said.setText(act())
        except IscmError as problem:
            self.said.setText(str(problem))
        self._refresh()

    def _back_up(self) -> str:
        target = self._desk.files.save_file(
            self, _("Backup of the keys"), Path.home() / "iscm-keys.age", "*.age"
        )
        if target is None:
            return ""
        trust, passphrase = self._desk.workspace.keys, self.passphrase.text()
        words = _("Written: {file}. Keep it apart from this computer, and the passphrase apart from it.")
        self._work(lambda: trust.back_up(target, passphrase), lambda _count: words.format(file=target.name))
        return ""

    def _restore(self) -> str:
        files = self._desk.files.open_files(self, _("Backup of the keys"), "*.age")
        if not files:
            return ""
        trust, passphrase = self._desk.workspace.keys, self.passphrase.text()
        self._work(lambda: trust.restore(files[0], passphrase), _restored)
        return ""

    def _work(self, work: Callable[[], int], said: Callable[[int], str]) -> None:
        """A passphrase takes seconds to be worked on, so that guessing takes long: not on this thread."""
        self.backup.setEnabled(False)
        self.restore.setEnabled(False)

        def done(count: int) -> None:
            self.passphrase.clear()
            self._try(lambda: said(count))

        def failed(failure: BaseException) -> None:
            if not isinstance(failure, IscmError):
                raise failure
            self.said.setText(str(failure))

        job = self._desk.runner.run(self, lambda _job: work(), done, failed)
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self.backup.setEnabled(True)
        self.restore.setEnabled(True)

    def _add(self) -> str:
        self._desk.workspace.keys.add_coordinator(self.recipient.text(), self.name.text())
        words = _("{name} can open the answers to invitations that you issue from now on.")
        said = words.format(name=self.name.text().strip())
        self.recipient.clear()
        self.name.clear()
        return said

    def _refresh(self) -> None:
        if self._content is not None:
            self._lists.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        self._add_coordinators(column, self._content)
        self._add_devices(column, self._content)
        column.addStretch(1)
        self._lists.addWidget(self._content)

    def _add_coordinators(self, column: QVBoxLayout, parent: QWidget) -> None:
        trust = self._desk.workspace.keys
        at_hand = trust.identities()
        column.addWidget(text_label(_("Who can open encrypted answers"), "subheading", parent))
        rows = trust.coordinator_keys()
        if not rows:
            column.addWidget(text_label(_("Your key is made with your first invitation."), "muted", parent))
        for row in rows:
            said = _("your key") if row.is_ours else ""
            if row.is_ours and row.recipient not in at_hand:
                said = _("your key, lost on this computer: restore it from its backup")
            words = " · ".join(filter(None, (row.name, said)))
            remove = None if row.is_ours else partial(trust.remove_coordinator, row.recipient)
            column.addLayout(self._row(parent, words, row.recipient, _("Remove"), remove))

    def _add_devices(self, column: QVBoxLayout, parent: QWidget) -> None:
        trust = self._desk.workspace.keys
        column.addWidget(text_label(_("Known devices"), "subheading", parent))
        rows = trust.devices()
        if not rows:
            words = _(
                "A device is known once it proved an invitation, or when you name it on the Merge page."
            )
            column.addWidget(text_label(words, "muted", parent))
        for row in rows:
            words = " · ".join(filter(None, (row.name, row.seen_with)))
            line = self._row(parent, words, row.key, _("Forget"), partial(trust.forget_device, row.key))
            rename = button(_("Rename…"), parent, "link", name="rename-device")
            rename.setAccessibleName(_("{action}: {name}").format(action=rename.text(), name=row.name))
            rename.clicked.connect(lambda _on=False, row=row: self._rename(row.key, row.name, row.seen_with))
            line.insertWidget(1, rename)
            column.addLayout(line)

    def _rename(self, key: str, name: str, seen_with: str) -> None:
        dialog = DeviceNameDialog(self._desk, key, name, seen_with, self)
        dialog.accepted.connect(self._refresh)
        dialog.open()

    def _done(self, act: Callable[[], None]) -> str:
        act()
        return ""

    def _row(
        self, parent: QWidget, words: str, key: str, action: str, act: Callable[[], None] | None
    ) -> QHBoxLayout:
        line = QHBoxLayout()
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(text_label(words or _("no name"), "", parent))
        shown = QLineEdit(key, parent)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Public key"))
        shown.setCursorPosition(0)
        lines.addWidget(shown)
        line.addLayout(lines, 1)
        if act is not None:
            made = button(action, parent, "link", name="remove-key")
            made.setAccessibleName(_("{action}: {name}").format(action=action, name=words))
            made.clicked.connect(lambda: self._try(lambda: self._done(act)))
            line.addWidget(made)
        return line

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        inner = QWidget(self)
        inner.setProperty("role", "canvas")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        column.addWidget(text_label(_("Backup of your key"), "subheading", inner))
        why = _(
            "Without your key nobody can open the answers that were encrypted for you. "
            "Keep a backup where this computer is not."
        )
        column.addWidget(text_label(why, "muted", inner))
        column.addWidget(self.passphrase)
        acts = QHBoxLayout()
        acts.addWidget(self.backup)
        acts.addWidget(self.restore)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addLayout(self._lists)
        column.addWidget(text_label(_("Add a colleague"), "subheading", inner))
        column.addWidget(self.name)
        line = QHBoxLayout()
        line.addWidget(self.recipient, 1)
        line.addWidget(self.add)
        column.addLayout(line)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.accept)
        around = QVBoxLayout(self)
        around.setContentsMargins(px(22), px(18), px(22), px(18))
        around.addWidget(text_label(_("Keys and devices"), "heading", self))
        around.addWidget(area, 1)
        around.addWidget(self.said)
        around.addWidget(buttons)
        self.resize(px(600), px(620))


def _restored(count: int) -> str:
    words = ngettext(
        "{count} key is on this computer again.", "{count} keys are on this computer again.", count
    )
    return words.format(count=count)
