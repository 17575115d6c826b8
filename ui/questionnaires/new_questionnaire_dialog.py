"""A new response: which questionnaire, who answers, in which language."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.presenters.respondent_choice import (
    code_for_new_name,
    known_respondents,
    own_forms,
    respondent_search,
)
from iscm_desktop.text_limits import TypedText, limit_of
from ui.page.page_context import PageContext
from ui.phrases.form_languages import language_code, language_name
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.list_box import ListBox
from ui.widgets.plain_text import one_line
from ui.widgets.search_box import SearchBox

_KINDS = (
    ("iscm", N_("A &mechanism (secretariat or chair)"), N_("Mechanism")),
    ("state", N_("A &State"), N_("State or territory")),
    ("organization", N_("An &organization"), N_("Organization")),
)


class NewQuestionnaireDialog(FormDialog):
    """Signals:
    made(response id): the response is in the store.
    """

    made = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("New questionnaire"), context.theme, parent)
        self._context = context
        self._kinds = QButtonGroup(self)
        for at, (_kind, words, _who) in enumerate(_KINDS):
            self._kinds.addButton(QRadioButton(_(words), self), at)
        self._kinds.button(0).setChecked(True)
        self._own = own_forms(context.workspace)
        self._kinds.addButton(QRadioButton(_("Another &questionnaire"), self), len(_KINDS))
        self.form = ListBox(self)
        self.form.setAccessibleName(_("Questionnaire"))
        for own_id, title in self._own:
            self.form.addItem(one_line(title), own_id)
        self._kinds.button(len(_KINDS)).setVisible(bool(self._own))
        self._codes: dict[str, str] = {}
        self.respondent = SearchBox(self)
        self.respondent.line.setMaxLength(limit_of(TypedText.RESPONDENT).most)
        self.respondent.line.setPlaceholderText(_("Type a part of the name"))
        self._respondent_label = text_label("", "", self, wraps=False)
        self._respondent_label.setBuddy(self.respondent)
        self.round = ListBox(self)
        self.language = ListBox(self)
        self._hint = text_label("", "muted", self)
        rows = form_rows(
            (self._respondent_label, self.respondent),
            (_("&Round"), self.round),
            (_("&Language"), self.language),
        )
        rows.setContentsMargins(0, self.theme.px(6), 0, 0)
        self.lay_out(
            _("Who answers?"),
            *self._kinds.buttons(),
            self.form,
            rows,
            self._hint,
            primary=_("S&tart"),
            size=(520, 390),
        )
        self._fill_rounds()
        self._kinds.idClicked.connect(self._on_kind_clicked)
        self.form.activated.connect(self._on_own_chosen)
        self.respondent.editTextChanged.connect(self.check)
        self.show_kind("iscm")
        self._kinds.button(0).setFocus()

    @property
    def form_id(self) -> str:
        """The questionnaire that is chosen: iscm, state, organization, or the id of one of somebody's own."""
        at = self._kinds.checkedId()
        return _KINDS[at][0] if at < len(_KINDS) else str(self.form.currentData())

    def _on_kind_clicked(self, at: int) -> None:
        self.show_kind(_KINDS[at][0] if at < len(_KINDS) else str(self.form.currentData()))

    def _on_own_chosen(self, _at: int) -> None:
        self.show_kind(str(self.form.currentData()))

    def show_kind(self, form_id: str) -> None:
        """Offers the respondents of this kind."""
        kinds = [kind for kind, _label, _who in _KINDS]
        at = kinds.index(form_id) if form_id in kinds else len(kinds)
        self._kinds.button(at).setChecked(True)
        self.form.setVisible(at == len(kinds))
        who = _(_KINDS[at][2]) if at < len(kinds) else _("Respondent")
        self._respondent_label.setText(who)
        self.respondent.setAccessibleName(who)
        known = known_respondents(form_id, "en")
        self._codes = {name.casefold(): code for code, name in known}
        self.respondent.show_names({name: name for _code, name in known}, respondent_search(form_id, known))
        self.respondent.setEditText("")
        self._fill_languages(form_id)
        self.check()
        self.make_room()

    def chosen(self) -> str:
        """The register's code of what was typed, or the name that no register has; "" where it names nobody."""
        typed = self.respondent.currentText().strip()
        code = self._codes.get(typed.casefold())
        return code or (typed if code_for_new_name(self.form_id, typed) else "")

    def _fill_languages(self, form_id: str) -> None:
        self.language.clear()
        round_code = self.round.currentData() or ""
        for language in self._context.workspace.questionnaires.languages(form_id, round_code):
            shown = language_name(language) if language_code(language) else "English"
            self.language.addItem(one_line(shown), language_code(language) or "en")

    def _fill_rounds(self) -> None:
        rounds = self._context.workspace.rounds
        for each in rounds.all():
            self.round.addItem(one_line(each.title), each.code)
        if self.round.count():
            self.round.setCurrentIndex(self.round.findData(rounds.proposed().code))
        else:  # in a fresh store the first response starts the round
            self.round.addItem(rounds.proposed().title, None)

    def is_complete(self) -> bool:
        return bool(self.chosen())

    def check(self) -> None:
        """Says, too, whether the registers know the name."""
        super().check()
        typed = self.respondent.currentText().strip()
        if typed and not self.is_complete():
            words = _("Choose a name from the list.")
        elif typed and typed.casefold() not in self._codes and self._is_found():
            words = _("Choose a name from the list, or start: this one is in no register.")
        elif typed and typed.casefold() not in self._codes:
            words = _("This name is in no register; the questionnaire will ask for it in full.")
        else:
            words = _("If this respondent's questionnaire is on this computer already, it is opened again.")
        self._hint.setText(words)

    def _is_found(self) -> bool:
        """Whether the list has names that fit what was typed."""
        return self.respondent.names is not None and bool(self.respondent.names.found())

    def confirm(self) -> None:
        """Starts the response, or finds it where it was started before."""
        response_id = self._context.workspace.responses.start(
            self.form_id,
            self.chosen(),
            round=self.round.currentData(),
            language=self.language.currentData() or "en",
        )
        self.accept()
        self.made.emit(response_id)
