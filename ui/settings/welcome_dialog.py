"""The first start: in which language, and who are you? Both may be left for later, and nothing else is asked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, current_language, spoken_languages
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.phrases.form_languages import own_name
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.list_box import ListBox
from ui.widgets.text_boxes import LineBox


class WelcomeDialog(FormDialog):
    """Asks once."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Welcome"), context.theme, parent)
        self._context = context
        self.language = ListBox(self)
        for language in spoken_languages():
            self.language.addItem(own_name(language), language)
        self.language.setCurrentIndex(self.language.findData(current_language()))
        self.name = LineBox(self)
        self.name.limit(TypedText.PERSON)
        why = _(
            "Colleagues who get a file from you see who wrote which answer. Your name stays on this computer "
            "and in the files that you hand over; nothing is sent anywhere."
        )
        self.lay_out(
            _("Welcome to ISCM Desktop"),
            form_rows((_("&Language"), self.language), (_("Your &name"), self.name)),
            text_label(why, "", self),
            text_label(_("You can change both in Settings at any time."), "muted", self),
            primary=_("&Continue"),
            secondary=_("&Skip for now"),
            size=(480, 330),
            gap=10,
        )
        self.name.setFocus()
        self.finished.connect(self._on_finished)

    def confirm(self) -> None:
        """Keeps both; the window speaks the language at once."""
        workspace, chosen = self._context.workspace, str(self.language.currentData())
        if name := self.name.text().strip():
            workspace.set_person(name, workspace.person.organization)
        self.accept()
        if chosen != current_language():
            self._context.preferences.language = chosen
            self._context.language_wanted.emit(chosen)

    def _on_finished(self) -> None:
        self._context.preferences.set_welcomed()
