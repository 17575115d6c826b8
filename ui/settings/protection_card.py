"""A passphrase on the store, among the settings: set, changed, taken off; and when the window locks itself."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.workspace.unlocking import FEWEST_LETTERS, is_protected, is_right
from ui.page.page_context import PageContext
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import button, text_label
from ui.widgets.list_box import ListBox
from ui.widgets.wrapping_buttons import WrappingCheck
from ui.window.passphrase_dialog import passphrase_box

MINUTES = (0, 5, 15, 60)


class ProtectionCard(Card):
    """Of a store in a file."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._is_protected = is_protected(context.workspace.store)
        self.column.addWidget(text_label(_("Protection"), "subheading", self))
        self.column.addWidget(self._words())
        self.set = button(
            _("Chan&ge the passphrase…") if self._is_protected else _("&Set a passphrase…"),
            self,
            name="set-passphrase",
        )
        self.take_off = button(_("Ta&ke it off…"), self, name="take-off-passphrase")
        self.take_off.setVisible(self._is_protected)
        presses = FlowLayout(None, context.theme.px(8))
        presses.addWidget(self.set)
        presses.addWidget(self.take_off)
        self.column.addLayout(presses)
        self.lock_after = ListBox(self)
        self._fill()
        if self._is_protected:
            self.column.addLayout(form_rows((_("Lock the &window"), self.lock_after)))
        else:
            self.lock_after.hide()
        self.set.clicked.connect(self._on_set_clicked)
        self.take_off.clicked.connect(self._on_take_off_clicked)
        self.lock_after.activated.connect(self._on_minutes_chosen)

    def _words(self) -> QLabel:
        if self._is_protected:
            words = _(
                "Your answers and their backups are encrypted, and open with your passphrase only. What you export is "
                "not: who can open it is said there."
            )
        else:
            words = _(
                "Whoever can use the files of this computer can read your answers. A passphrase encrypts them, and "
                "their backups."
            )
        return text_label(words, "muted", self)

    def _fill(self) -> None:
        for minutes in MINUTES:
            if minutes:
                words = ngettext("after {count} minute", "after {count} minutes", minutes).format(
                    count=minutes
                )
            else:
                words = _("never")
            self.lock_after.addItem(words, minutes)
        self.lock_after.setCurrentIndex(
            max(0, self.lock_after.findData(self._context.preferences.lock_after))
        )

    def _on_minutes_chosen(self) -> None:
        self._context.preferences.lock_after = int(self.lock_after.currentData())
        self._context.lock_changed.emit()

    def _on_set_clicked(self) -> None:
        SetPassphraseDialog(self._context, self, is_change=self._is_protected).open()

    def _on_take_off_clicked(self) -> None:
        TakeOffDialog(self._context, self).open()


class SetPassphraseDialog(FormDialog):
    """Says what losing it means before it is set; the window closes and opens again."""

    def __init__(self, context: PageContext, parent: QWidget, *, is_change: bool) -> None:
        title = _("Change the passphrase") if is_change else _("Set a passphrase")
        super().__init__(title, context.theme, parent)
        self._context, self._is_change = context, is_change
        self.present, self.first, self.second = (passphrase_box(self) for _each in range(3))
        self.knows: QCheckBox = WrappingCheck(
            _("I know that nobody, the makers of this program included, can open my answers without it."),
            self,
        )
        rows = [(_("&New passphrase"), self.first), (_("The &same again"), self.second)]
        if is_change:
            rows.insert(0, (_("&Present passphrase"), self.present))
        else:
            self.present.hide()
        advice = _(
            "Several words that you remember are best. Keep them on paper, in another place than this computer."
        )
        self.missing = text_label("", "muted", self)
        self.lay_out(
            title, form_rows(*rows), text_label(advice, "muted", self), self.knows,
            text_label(_("Your answers are written anew, then the window opens again."), "muted", self),
            self.missing, primary=_("S&et it"), size=(520, 470), gap=10,
        )  # fmt: skip
        for box in (self.present, self.first, self.second):
            box.textChanged.connect(self.check)
        self.knows.toggled.connect(self.check)
        (self.present if is_change else self.first).setFocus()

    def problem(self) -> str:
        first, second = self.first.text(), self.second.text()
        if first and len(first.strip()) < FEWEST_LETTERS:
            return _("{fewest} characters at least.").format(fewest=FEWEST_LETTERS)
        if second and not first.startswith(second):
            return _("The two differ.")
        return ""

    def is_complete(self) -> bool:
        return not self._what_is_missing()

    def check(self) -> None:
        """Says why the button cannot be pressed, too."""
        super().check()
        self.missing.setText(self._what_is_missing())

    def _what_is_missing(self) -> str:
        if self._is_change and not self.present.text():
            return _("Still missing: the present passphrase.")
        if not self.first.text() or self.first.text() != self.second.text():
            return _("Still missing: the new passphrase, twice.")
        return "" if self.knows.isChecked() else _("Still missing: the tick that you know this.")

    def confirm(self) -> None:
        """Once the present one is right: everything closes, and the store is written anew."""
        if self._is_change and not is_right(self._context.workspace.store, self.present.text()):
            self.present.clear()
            self.present.setPlaceholderText(_("That was not the passphrase."))
            self.present.setFocus()
            return
        passphrase = self.first.text()
        self.close()
        self._context.protection_wanted.emit(passphrase)


class TakeOffDialog(FormDialog):
    """Asks for the passphrase once more."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Take the passphrase off"), context.theme, parent)
        self._context = context
        self.present = passphrase_box(self)
        words = _(
            "Whoever can use the files of this computer can read your answers, and their backups, afterwards."
        )
        self.lay_out(
            _("Take the passphrase off?"), text_label(words, "", self), form_rows((_("&Passphrase"), self.present)),
            primary=_("&Take it off"), size=(480, 260),
        )  # fmt: skip
        self.present.textChanged.connect(self.check)
        self.present.setFocus()

    def is_complete(self) -> bool:
        return bool(self.present.text())

    def confirm(self) -> None:
        """Once it is right: everything closes, and the store is written anew."""
        if not is_right(self._context.workspace.store, self.present.text()):
            self.present.clear()
            self.present.setPlaceholderText(_("That was not the passphrase."))
            return
        self.close()
        self._context.protection_wanted.emit("")
