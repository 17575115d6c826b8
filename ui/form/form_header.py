"""The bar over a form: where one is, find a question, language of the response, review and export."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from iscm_desktop.i18n import _
from ui.editing.response_editing import ResponseEditing
from ui.form.question_search import QuestionSearch
from ui.phrases.form_languages import language_name
from ui.widgets.connections import on_press, soon
from ui.widgets.labels import ElidedLabel, button
from ui.widgets.layouts import fill, padded_row
from ui.widgets.plain_text import set_tip
from ui.widgets.spoken_roles import Part, speak_as


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
        self._is_narrow = False
        self.setProperty("role", "head")
        self._back = button(_("Questionnaires ›"), self, "link", name="back")
        self.title = ElidedLabel(title, "subheading", self)
        self.find_box = QuestionSearch(editing, self)
        self.about = button(_("&About"), self, name="toggle-about")
        self.about.setCheckable(True)
        speak_as(self.about, Part.FOLD)
        self.about.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in its question
        set_tip(self.about, _("Guidance, notes and history of the question"))
        self._language = self._language_button()
        self._show_languages()
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
        self._is_narrow = is_narrow
        self._on_theme_changed()
        self._back.setText("‹" if is_narrow else _("Questionnaires ›"))
        self._back.setAccessibleName(_("Questionnaires"))
        self.about.setText("i" if is_narrow else _("&About"))
        self.about.setAccessibleName(_("About the question"))

    def _language_button(self) -> QPushButton:
        made = button("", self, "menu", name="language")
        made.setMenu(QMenu(made))
        made.setAccessibleName(_("Language of the questionnaire"))
        made.setVisible(len(self._editing.session.questionnaire.languages) > 1)
        return made

    def _show_languages(self) -> None:
        """The language of the form, and beneath it the one that stands under each question."""
        session, second = self._editing.session, self._editing.second
        menu = self._language.menu()
        if menu is None:
            return
        menu.clear()
        for group in menu.findChildren(QActionGroup):
            group.deleteLater()
        _add_heading(menu, _("Language of the questionnaire"))
        self._offer(menu, session.questionnaire.languages, session.language, self._choose)
        menu.addSeparator()
        _add_heading(menu, _("Second language under each question"))
        self._offer(menu, ("", *second.others), second.language, self._choose_second)
        self._show_names()

    def _on_chosen(self, _nothing: None) -> None:
        self._show_languages()

    def _show_names(self) -> None:
        spoken = (self._editing.session.language, self._editing.second.language)
        names = [language_name(each) for each in spoken if each]
        self._language.setText(" + ".join(names).replace("&", "&&"))

    def _offer(
        self, menu: QMenu, languages: tuple[str, ...], chosen: str, choose: Callable[[str], None]
    ) -> None:
        group = QActionGroup(menu)
        for language in languages:
            name = language_name(language) if language else _("None")
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(language == chosen)
            on_press(action, choose, language)
            group.addAction(action)

    def _choose(self, language: str) -> None:
        self.language_chosen.emit(language)
        self._on_menu_chosen()

    def _choose_second(self, language: str) -> None:
        self._editing.second.choose(language)
        self._on_menu_chosen()

    def _on_menu_chosen(self) -> None:
        """The menu is made anew once it has closed over the choice."""
        self._show_names()
        soon(self._on_chosen, None)

    def _on_theme_changed(self) -> None:
        self.find_box.setMinimumWidth(self._editing.context.theme.px(75 if self._is_narrow else 150))
        self.find_box.setMaximumWidth(self._editing.context.theme.px(240))


def _add_heading(menu: QMenu, words: str) -> None:
    """Over the entries that follow. Qt has sections, whose words styles like ours do not draw."""
    menu.addAction(words).setEnabled(False)
