"""The bar over a form: where one is, find a question, language of the response, review and export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from iscm_desktop.i18n import _
from ui.editing.response_editing import ResponseEditing
from ui.form.question_search import QuestionSearch
from ui.phrases.form_languages import language_name
from ui.widgets.connections import on_press
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import fill, padded_row
from ui.widgets.plain_text import set_tip


class FormHeader(QFrame):
    """Signals:
    back: to the list of questionnaires.
    review: to review and export.
    language_chosen(language): as the form names it.
    """

    back = Signal()
    review = Signal()
    language_chosen = Signal(str)

    def __init__(self, editing: ResponseEditing, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self.setProperty("role", "head")
        self._back = button(_("Questionnaires ›"), self, "link", name="back")
        self.title = text_label(title, "subheading", self)
        self.find_box = QuestionSearch(editing, self)
        self.about = button(_("&About"), self, name="toggle-about")
        self.about.setCheckable(True)
        self.about.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in its question
        set_tip(self.about, _("Guidance, notes and history of the question"))
        self._language = self._language_button()
        self._review = button(_("Re&view && export"), self, name="review")
        px = editing.context.theme.px
        row = padded_row(self, px, (22, 11, 22, 11), gap=10)
        row.addWidget(self._back)
        row.addWidget(self.title, 3)
        row.addWidget(self.find_box, 2)
        fill(row, self._language, self.about, self._review)
        self._back.clicked.connect(self.back)
        self._review.clicked.connect(self.review)
        editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_narrow(self, is_narrow: bool) -> None:
        """Room for the title: what is written elsewhere, too, goes first."""
        self._back.setText("‹" if is_narrow else _("Questionnaires ›"))
        self._back.setAccessibleName(_("Questionnaires"))
        self.about.setVisible(not is_narrow)

    def _language_button(self) -> QPushButton:
        session = self._editing.session
        made = button(language_name(session.language), self, "menu", name="language")
        menu = QMenu(made)
        group = QActionGroup(menu)
        for language in session.questionnaire.languages:
            action = menu.addAction(language_name(language).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(language == session.language)
            on_press(action, self._choose, language)
            group.addAction(action)
        made.setMenu(menu)
        made.setAccessibleName(_("Language of the questionnaire"))
        made.setVisible(len(session.questionnaire.languages) > 1)
        return made

    def _choose(self, language: str) -> None:
        self._language.setText(language_name(language).replace("&", "&&"))
        self.language_chosen.emit(language)

    def _on_theme_changed(self) -> None:
        self.find_box.setMinimumWidth(self._editing.context.theme.px(150))
        self.find_box.setMaximumWidth(self._editing.context.theme.px(240))
