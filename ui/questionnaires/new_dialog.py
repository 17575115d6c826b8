"""A new response: which questionnaire, who answers, in which language."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import N_, _
from ui.desk import Desk
from ui.form.answers.choose_one import SearchBox
from ui.form.languages import language_code, language_name
from ui.widgets.labels import text_label

_KINDS = (
    ("iscm", N_("A &mechanism (secretariat or chair)"), N_("Mechanism")),
    ("state", N_("A &State"), N_("State or territory")),
    ("organization", N_("An &organization"), N_("Organization")),
)


def respondents(form_id: str, language: str) -> list[tuple[str, str]]:
    """Code and name of everybody whom the registers know for this questionnaire, in order of name."""
    from iscm_desktop.questionnaire import registers

    if form_id == "iscm":
        known = [(each.code, each.full_name(language)) for each in registers.mechanisms()]
    elif form_id == "state":
        known = [(each.code, each.name) for each in registers.territories(language)]
    else:
        known = [(each.slug, each.full_name) for each in registers.partners()]
    return sorted(known, key=lambda pair: pair[1].casefold())


class NewQuestionnaireDialog(QDialog):
    """Signals:
    made(response id): the response is in the store.
    """

    made = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(_("New questionnaire"))
        self._kinds = QButtonGroup(self)
        self._codes: dict[str, str] = {}
        self.respondent = SearchBox(self)
        self.respondent.line.setPlaceholderText(_("Type a part of the name"))
        self._respondent_label = text_label("", "", self, wraps=False)
        self._respondent_label.setBuddy(self.respondent)
        self.round = QComboBox(self)
        self.language = QComboBox(self)
        self._hint = text_label("", "muted", self)
        self.buttons = QDialogButtonBox(self)
        self.start = QPushButton(_("S&tart"), self)
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.buttons.addButton(self.start, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._fill_rounds()
        self._kinds.idClicked.connect(lambda at: self.show_kind(_KINDS[at][0]))
        self.respondent.editTextChanged.connect(self._enable)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.show_kind("iscm")
        self.setTabOrder(self._kinds.button(len(_KINDS) - 1), self.respondent)
        self._kinds.button(0).setFocus()

    @property
    def form_id(self) -> str:
        return _KINDS[self._kinds.checkedId()][0]

    def show_kind(self, form_id: str) -> None:
        """Offers the respondents of this kind."""
        at = [kind for kind, _label, _who in _KINDS].index(form_id)
        self._kinds.button(at).setChecked(True)
        self._respondent_label.setText(_(_KINDS[at][2]))
        self.respondent.setAccessibleName(_(_KINDS[at][2]))
        known = respondents(form_id, "en")
        self._codes = {name.casefold(): code for code, name in known}
        self.respondent.show_labels([name for _code, name in known])
        self.respondent.setEditText("")
        self._fill_languages(form_id)
        self._enable()

    def respondent_code(self) -> str:
        """The register's code of what was typed; for a name that no register has, one made of the name."""
        from iscm_desktop.questionnaire.registers import slug

        typed = self.respondent.currentText().strip()
        known = self._codes.get(typed.casefold())
        return known or ("" if self.form_id == "state" else slug(typed))

    def _fill_languages(self, form_id: str) -> None:
        from iscm_desktop.questionnaire.catalogue import shipped

        self.language.clear()
        for language in shipped(form_id).languages:
            shown = language_name(language) if language_code(language) else "English"
            self.language.addItem(shown, language_code(language) or "en")

    def _fill_rounds(self) -> None:
        current = self._desk.workspace.rounds.current()
        for each in self._desk.workspace.rounds.all():
            self.round.addItem(each.title, each.code)
        self.round.setCurrentIndex(self.round.findData(current.code))

    def _enable(self) -> None:
        typed = self.respondent.currentText().strip()
        code = self.respondent_code()
        self.start.setEnabled(bool(code))
        is_known = typed.casefold() in self._codes
        if typed and not code:
            words = _("Choose a name from the list.")
        elif typed and not is_known:
            words = _("This name is in no register; the questionnaire will ask for it in full.")
        else:
            words = _("If this respondent's questionnaire is on this computer already, it is opened again.")
        self._hint.setText(words)

    def _on_accepted(self) -> None:
        response_id = self._desk.workspace.responses.start(
            self.form_id,
            self.respondent_code(),
            round=self.round.currentData(),
            language=self.language.currentData() or "en",
        )
        self.accept()
        self.made.emit(response_id)

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(text_label(_("Who answers?"), "heading", self))
        for at, (_kind, words, _who) in enumerate(_KINDS):
            radio = QRadioButton(_(words), self)
            self._kinds.addButton(radio, at)
            column.addWidget(radio)
        column.addSpacing(px(6))
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        rows.addRow(self._respondent_label, self.respondent)
        rows.addRow(_("&Round"), self.round)
        rows.addRow(_("&Language"), self.language)
        column.addLayout(rows)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.resize(px(520), px(390))
