"""Respondents from the registers, ticked and added to the round."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from iscm_desktop.i18n import LANGUAGES, N_, _, ngettext
from iscm_desktop.presenters.respondent_choice import known_respondents, own_forms
from ui.page.page_context import PageContext
from ui.phrases.form_languages import own_name
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.list_box import ListBox
from ui.widgets.plain_text import one_line
from ui.widgets.text_boxes import LineBox

_KINDS = (("state", N_("States")), ("iscm", N_("Mechanisms")), ("organization", N_("Organizations")))
_CODE = Qt.ItemDataRole.UserRole


class AddRespondentsDialog(FormDialog):
    """Those who are asked already are not listed.

    Signals:
        added: the respondents are in the plan of the round.
    """

    added = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Add respondents"), context.theme, parent)
        self._context = context
        self.kind = ListBox(self)
        for form_id, words in _KINDS:
            self.kind.addItem(_(words), form_id)
        self._own = own_forms(context.workspace)
        for form_id, title in self._own:
            self.kind.addItem(one_line(title), form_id)
        self.language = ListBox(self)
        for language in LANGUAGES:
            self.language.addItem(own_name(language), language)
        self.search = LineBox(self)
        self.search.setPlaceholderText(_("Type a part of the name"))
        self.search.setAccessibleName(_("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Respondents"))
        self._ticked: set[tuple[str, str]] = set()
        rows = form_rows(
            (_("Asked as a&nswers of"), self.kind), (_("&Language to begin with"), self.language)
        )
        self.lay_out(
            _("Who is asked?"), rows, self.search, self.list, primary="", size=(520, 560), growing=self.list
        )
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._on_item_changed)
        self._show_kind()
        self.search.setFocus()

    @property
    def form_id(self) -> str:
        """Whose names are listed: those asked with the questionnaire iscm, state or organization."""
        return str(self.kind.currentData())

    def _show_kind(self) -> None:
        asked = {
            row.respondent
            for row in self._context.workspace.respondents.of(None)
            if row.form_id == self.form_id
        }
        self.list.blockSignals(True)
        self.list.clear()
        for code, name in known_respondents(self.form_id, "en"):
            if code not in asked:
                item = QListWidgetItem(name, self.list)
                item.setData(_CODE, code)
                is_ticked = (self.form_id, code) in self._ticked
                item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._filter()
        self.check()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in item.text().casefold())

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        key = (self.form_id, str(item.data(_CODE)))
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked.add(key)
        else:
            self._ticked.discard(key)
        self.check()

    def is_complete(self) -> bool:
        return bool(self._ticked)

    def check(self) -> None:
        super().check()
        count = len(self._ticked)
        words = ngettext("&Add {count} respondent", "&Add {count} respondents", count)
        self.primary.setText(words.format(count=count))

    def confirm(self) -> None:
        """Adds all that are ticked, also those of kinds that are not in view."""
        respondents = self._context.workspace.respondents
        for form_id, _words in (*_KINDS, *self._own):
            codes = sorted(code for form, code in self._ticked if form == form_id)
            if codes:
                respondents.ask(None, form_id, codes, str(self.language.currentData()), "")
        self.accept()
        self.added.emit()
