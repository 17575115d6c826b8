"""The first start: who are you? It may be left for later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.text_boxes import LineBox


class WelcomeDialog(FormDialog):
    """Asks once."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Welcome"), context.theme, parent)
        self._context = context
        self.name = LineBox(self)
        self.organization = LineBox(self)
        self.name.limit(TypedText.PERSON)
        self.organization.limit(TypedText.ORGANIZATION)
        why = _(
            "Colleagues who get a file from you see who wrote which answer. Your name stays on this computer "
            "and in the files that you hand over; nothing is sent anywhere."
        )
        self.lay_out(
            _("Welcome to ISCM Desktop"),
            text_label(why, "", self),
            form_rows((_("Your &name"), self.name), (_("Ministry or &organization"), self.organization)),
            text_label(_("You can change both in Settings at any time."), "muted", self),
            primary=_("&Continue"),
            secondary=_("&Skip for now"),
            size=(480, 280),
            gap=10,
        )
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._context.preferences.set_welcomed()

    def confirm(self) -> None:
        name, organization = self.name.text().strip(), self.organization.text().strip()
        if name or organization:
            self._context.workspace.set_person(name, organization)
        self.accept()
