"""Respondents from the registers, ticked and added to the round."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import LANGUAGES, N_, _, ngettext
from ui.desk import Desk
from ui.questionnaires.new_dialog import respondents
from ui.questionnaires.rows import own_name
from ui.widgets.boxes import LineBox
from ui.widgets.labels import text_label

_KINDS = (("state", N_("States")), ("iscm", N_("Mechanisms")), ("organization", N_("Organizations")))
_CODE = Qt.ItemDataRole.UserRole


class AddRespondentsDialog(QDialog):
    """Those who are asked already are not listed.

    Signals:
        added: the respondents are in the plan of the round.
    """

    added = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(_("Add respondents"))
        self.kind = QComboBox(self)
        for form_id, words in _KINDS:
            self.kind.addItem(_(words), form_id)
        self.language = QComboBox(self)
        for language in LANGUAGES:
            self.language.addItem(own_name(language), language)
        self.search = LineBox(self)
        self.search.setPlaceholderText(_("Type a part of the name"))
        self.search.setAccessibleName(_("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Respondents"))
        self._ticked: set[tuple[str, str]] = set()
        buttons = QDialogButtonBox(self)
        self.add = QPushButton("", self)
        self.add.setProperty("role", "primary")
        self.add.setDefault(True)
        buttons.addButton(self.add, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._on_item_changed)
        self._show_kind()
        self.search.setFocus()

    @property
    def form_id(self) -> str:
        return str(self.kind.currentData())

    def _show_kind(self) -> None:
        asked = {
            row.respondent for row in self._desk.workspace.respondents.of(None) if row.form_id == self.form_id
        }
        self.list.blockSignals(True)
        self.list.clear()
        for code, name in respondents(self.form_id, "en"):
            if code not in asked:
                item = QListWidgetItem(name, self.list)
                item.setData(_CODE, code)
                is_ticked = (self.form_id, code) in self._ticked
                item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._filter()
        self._count()

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
        self._count()

    def _count(self) -> None:
        count = len(self._ticked)
        words = ngettext("&Add {count} respondent", "&Add {count} respondents", count)
        self.add.setText(words.format(count=count))
        self.add.setEnabled(bool(count))

    def _on_accepted(self) -> None:
        respondents = self._desk.workspace.respondents
        for form_id, _words in _KINDS:
            codes = sorted(code for form, code in self._ticked if form == form_id)
            if codes:
                respondents.ask(None, form_id, codes, str(self.language.currentData()), "")
        self.accept()
        self.added.emit()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        px = self._desk.theme.px
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(_("Asked as a&nswers of"), self.kind)
        rows.addRow(_("&Language to begin with"), self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(text_label(_("Who is asked?"), "heading", self))
        column.addLayout(rows)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.resize(px(520), px(560))
