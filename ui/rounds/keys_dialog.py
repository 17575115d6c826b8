"""Keys and devices of a coordinator: backup and restore, colleagues who may open answers, known devices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.errors import IscmError
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.rounds.device_name_dialog import DeviceNameDialog, DeviceToName
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import DeviceRow


class KeysDialog(KeyedDialog):
    """Every change takes effect at once; Close is the only way out."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.setWindowTitle(_("Keys and devices"))
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase"))
        self.passphrase.setPlaceholderText(_("Passphrase: five words that nobody else would put together"))
        self.backup = button(_("&Back up…"), self, name="back-up-keys")
        self.restore = button(_("&Restore…"), self, name="restore-keys")
        self.name = LineBox(self)
        self.name.limit(TypedText.COORDINATOR)
        self.name.setPlaceholderText(_("Name of the colleague"))
        self.name.setAccessibleName(_("Name of the colleague"))
        self.recipient = LineBox(self)
        self.recipient.setPlaceholderText(_("Public key: age1…"))
        self.recipient.setAccessibleName(_("Public key"))
        self.add = button(_("&Add"), self, name="add-coordinator")
        self.said = text_label("", "strong", self)
        self._lists = RenewedColumn(self)
        self._lay_out()
        on_press(self.backup, self._try, self._back_up)
        on_press(self.restore, self._try, self._restore)
        on_press(self.add, self._try, self._add)
        self._refresh()

    def _try(self, act: Callable[[], str]) -> None:
        """What goes wrong is said in the dialog, beside what was typed."""
        try:
            self.said.setText(act())
        except IscmError as problem:
            self.said.setText(str(problem))
        self._refresh()

    def _back_up(self) -> str:
        target = self._context.files.save_file(
            self, _("Backup of the keys"), Path.home() / "iscm-keys.age", "*.age"
        )
        if target is None:
            return ""
        trust, passphrase = self._context.workspace.keys, self.passphrase.text()
        words = _("Written: {file}. Keep it apart from this computer, and the passphrase apart from it.")
        self._work(lambda: trust.back_up(target, passphrase), lambda _count: words.format(file=target.name))
        return ""

    def _restore(self) -> str:
        files = self._context.files.open_files(self, _("Backup of the keys"), "*.age")
        if not files:
            return ""
        trust, passphrase = self._context.workspace.keys, self.passphrase.text()
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

        job = self._context.runner.run(self, lambda _job: work(), done, failed)
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self.backup.setEnabled(True)
        self.restore.setEnabled(True)

    def _add(self) -> str:
        self._context.workspace.keys.add_coordinator(self.recipient.text(), self.name.text())
        words = _("{name} can open the answers to invitations that you issue from now on.")
        said = words.format(name=self.name.text().strip())
        self.recipient.clear()
        self.name.clear()
        return said

    def _refresh(self) -> None:
        ground, column = self._lists.renew()
        self._add_coordinators(column, ground)
        self._add_devices(column, ground)
        column.addStretch(1)

    def _add_coordinators(self, column: QVBoxLayout, parent: QWidget) -> None:
        trust = self._context.workspace.keys
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
        known = self._context.workspace.devices
        column.addWidget(text_label(_("Known devices"), "subheading", parent))
        rows = known.all()
        if not rows:
            words = _(
                "A device is known once it proved an invitation, or when you name it on the Merge page."
            )
            column.addWidget(text_label(words, "muted", parent))
        for row in rows:
            words = " · ".join(filter(None, (row.name, row.respondent_name)))
            forget = partial(known.forget, row.key, row.form_id, row.respondent)
            line = self._row(parent, words, row.key, _("Forget"), forget)
            rename = button(_("Rename…"), parent, "link", name="rename-device")
            rename.setAccessibleName(_("{action}: {name}").format(action=rename.text(), name=row.name))
            on_press(rename, self._rename, row)
            line.insertWidget(1, rename)
            column.addLayout(line)

    def _rename(self, row: DeviceRow) -> None:
        device = DeviceToName(row.key, row.name, row.form_id, row.respondent, row.respondent_name)
        dialog = DeviceNameDialog(self._context, device, self)
        dialog.accepted.connect(self._refresh)
        dialog.open()

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
            self.said.setText("")
        except IscmError as problem:
            self.said.setText(str(problem))
        self._refresh()

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
            on_press(made, self._do, act)
            line.addWidget(made)
        return line

    def _lay_out(self) -> None:
        px = self._context.theme.px
        inner = QWidget(self)
        inner.setProperty("role", "canvas")
        column = padded_column(inner, px, (0, 0, 8, 0), gap=8)
        column.addWidget(text_label(_("Backup of your key"), "subheading", inner))
        why = _(
            "Without your key nobody can open the answers that were encrypted for you. "
            "Keep a backup where this computer is not."
        )
        column.addWidget(text_label(why, "muted", inner))
        column.addWidget(self.passphrase)
        acts = QHBoxLayout()
        fill(acts, self.backup, self.restore, STRETCH)
        fill(column, acts, self._lists, text_label(_("Add a colleague"), "subheading", inner), self.name)
        line = QHBoxLayout()
        line.addWidget(self.recipient, 1)
        line.addWidget(self.add)
        column.addLayout(line)
        column.addStretch(1)
        pane = ScrollPane(self, inner, takes_focus=True)
        pane.setAccessibleName(_("Keys and devices"))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.accept)
        around = padded_column(self, px, (22, 18, 22, 18))
        around.addWidget(text_label(_("Keys and devices"), "heading", self))
        around.addWidget(pane, 1)
        around.addWidget(self.said)
        around.addWidget(buttons)
        self.resize(px(600), px(620))


def _restored(count: int) -> str:
    words = ngettext(
        "{count} key is on this computer again.", "{count} keys are on this computer again.", count
    )
    return words.format(count=count)
