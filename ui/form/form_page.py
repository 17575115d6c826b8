"""The form of one response: sections at the side, one in the middle, about its question at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from iscm_desktop.presenters.fill_state import with_rest
from iscm_desktop.presenters.form_presenter import FormPresenter, FormStep
from iscm_desktop.presenters.undo_wording import place_of, redo_words, undo_words
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from ui.colleagues.delegation_card import DelegationCard, received_delegations
from ui.editing.response_editing import ResponseEditing
from ui.form.card_focus import CardFocus
from ui.form.form_foot import FormFoot
from ui.form.form_header import FormHeader
from ui.form.newer_version_card import NewerVersion
from ui.form.question_panel import QuestionPanel
from ui.form.section_form import SectionForm
from ui.form.section_list import SectionList
from ui.form.section_side import SectionSide
from ui.form.section_stack import SectionStack
from ui.form.sign_off_watch import SignOffWatch
from ui.form.way_finder import WayFinder
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.page.timers import single_shot
from ui.page.window_page import WindowPage
from ui.phrases.form_languages import language_code
from ui.phrases.response_titles import short_title
from ui.widgets.connections import on_press, soon
from ui.widgets.labels import frame
from ui.widgets.layouts import bare_column, padded_row

if TYPE_CHECKING:
    from iscm_desktop.session.views import StepView

_COUNTS_AFTER_MS = 150


class FormPage(WindowPage):
    """Sections are built when first visited and redrawn by path afterwards."""

    def __init__(self, response_id: str, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.response_id = response_id
        self._heading = short_title(context.workspace.response_list.row(response_id))
        self.editing = ResponseEditing(
            response_id, context.workspace.responses.open_session(response_id), context, self
        )
        self.handed: DelegationCard | None = None
        self._handed = received_delegations(context, response_id)
        self._is_wide: bool | None = None
        self._newer_version = NewerVersion(response_id, context, self.leave, self)
        self.sign_off = SignOffWatch(response_id, context, self)
        is_withdrawn = bool(self.editing.session.withdrawn())
        withdrawn = context.workspace.versions.withdrawn_answers(response_id) if is_withdrawn else ()
        self.presenter = FormPresenter(self.editing.session, withdrawn)
        self.head = FormHeader(self.editing, self._heading, self)
        self.side = SectionSide(self.editing, self.presenter.view, self)
        self.about = QuestionPanel(self.editing, self)
        self.stack = SectionStack(self.editing, self.presenter, self)
        self.foot = FormFoot(context.theme, self)
        self.ways = WayFinder(self.editing, self.presenter, self, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._counts = single_shot(self, _COUNTS_AFTER_MS, self._show_counts)
        self._connect()
        self._show_counts()
        self._first_place = self.presenter.first_place(context.preferences.last_place(response_id))
        section = self.presenter.section_of(self._first_place)
        if section is not None:
            self.show_section(section)

    @property
    def topic(self) -> str:
        return "02-filling-in"

    @property
    def heading(self) -> str:
        return self._heading

    @property
    def sections(self) -> SectionList:
        """The list at the side."""
        return self.side.sections

    @property
    def form(self) -> SectionForm:
        """The section in view."""
        return self.stack.form

    def is_outdated(self) -> bool:
        """Whether a merge has since handed over other sections, or the whole response."""
        return [row.id for row in self._handed] != [
            row.id for row in received_delegations(self.context, self.response_id)
        ]

    @property
    def undo_words(self) -> str:
        return undo_words(self.editing.session)

    @property
    def redo_words(self) -> str:
        return redo_words(self.editing.session)

    def arrive(self) -> None:
        """The keyboard goes to the first question that is left to do."""
        self.editing.queries.refresh()
        self.editing.conflicts.refresh()
        self.editing.marks.refresh()
        self.editing.notes.refresh()
        self.editing.last_round.refresh()
        self._newer_version.offer()
        self.sign_off.refresh()
        self.side.arrive()
        self._show_counts()
        if self._first_place:
            place, self._first_place = self._first_place, WHOLE_RESPONSE
            self.show_place(place)
        elif self.presenter.current:
            self.show_place(self.place)

    def leave(self) -> None:
        self.about.save_note()
        self.editing.save()
        self.context.preferences.set_last_place(self.response_id, self.place)

    @property
    def place(self) -> str:
        return self.ways.place

    def show_place(self, place: str) -> None:
        """Comes back to a question, or to a section: to the first question in it that is left to do."""
        path = self.presenter.first_place(AnswerPath(place))
        if path == self.presenter.section_of(path):
            self.show_section(path)
            self.form.focus_first(wanting=True)
        else:
            self.go_to(path)

    def panes(self) -> list[QWidget]:
        return [self.head, self.sections, self.stack, self.about]

    def search(self) -> None:
        """Ctrl+F: the keyboard goes to the search box."""
        self.head.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.find_box.selectAll()

    def undo(self) -> None:
        """Takes back the last step, be it an answer, an entry, a mark or a note, and goes to what it changed."""
        self.about.save_note()
        self._reveal_step(self.editing.session.next_undo, self.editing.undo)

    def redo(self) -> None:
        """Does it again and goes to what it changed."""
        self.about.save_note()
        self._reveal_step(self.editing.session.next_redo, self.editing.redo)

    def _reveal_step(self, step: StepView | None, act: Callable[[], None]) -> None:
        if step is not None:
            act()
            path = place_of(step, self.editing.session, self.editing.current)
            if path is not None:
                self.go_to(path)

    def show_section(self, path: AnswerPath) -> None:
        """Brings a section to the front, building it on its first visit."""
        if path == self.presenter.current:
            return
        self.editing.save_if_needed()
        self.stack.show_section(path)
        self.side.mark(path)
        self.foot.show_neighbours(self.presenter.view)

    def go_to(self, path: AnswerPath, *, is_review: bool = False) -> None:
        """Opens the section of a question, scrolls to it and puts the keyboard there."""
        if is_review:
            self.editing.show_missing(path)
        section = self.presenter.section_of(path)
        if section is None:
            return
        self.show_section(section)
        card = self.form.card(path)
        if card is not None and not card.view.is_asked:
            self._say_why_not_asked(path)
        else:
            self.form.show_path(path)

    def _say_why_not_asked(self, path: AnswerPath) -> None:
        """The keyboard goes to no question that is not in view: to the one that decides, with the reason in words."""
        from iscm_desktop.presenters.question_finder import QuestionFinder

        deciding, reason = QuestionFinder(self.editing.session).way_to_hidden(path)
        self.context.say(reason, Tone.ACCENT)
        if deciding:
            self.go_to(deciding)

    def show_narrow(self, is_narrow: bool) -> None:
        self.head.show_narrow(is_narrow)
        self._show_about(self.head.about.isChecked())
        if self.handed is not None:
            self.handed.unfold(not is_narrow)

    def fit(self) -> None:
        """The panel beside the questions is shown where there is room for it, until somebody decides."""
        px = self.context.theme.px
        is_wide = self.width() >= px(940)
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self.head.about.setChecked(is_wide)
            self._show_about(is_wide)
        side, about = min(px(250), round(self.width() * 0.32)), px(240)
        if self.side.isHidden():
            about = round(self.width() * 0.38)
        rest = max(px(300), self.width() - side - (about if self.head.about.isChecked() else 0))
        self._splitter.setSizes([side, rest, about])

    def _show_about(self, is_shown: bool) -> None:
        """Where there is no room for three columns, the panel stands in place of the list of sections."""
        self.about.setVisible(is_shown)
        self.side.setVisible(not (is_shown and self._is_narrow))

    def _on_about_toggled(self, is_shown: bool) -> None:
        self._show_about(is_shown)
        self.fit()
        soon(self._show_current, None)

    def _show_current(self, _nothing: None) -> None:
        """The columns have other widths now, and the current question may stand elsewhere."""
        self._focus.bring_into_view()

    def _on_offers_changed(self) -> None:
        self.presenter.offers = self.editing.last_round.offers
        self._counts.start()

    def _show_counts(self) -> None:
        view = self.presenter.view
        self.side.show_view(view)
        self.status_changed.emit(with_rest(*filter(None, (view.attention, self.sign_off.words))))
        self.can_undo_changed.emit()
        if view.current:
            self.foot.show_neighbours(view)

    def _step(self, by: int) -> None:
        step, path = self.presenter.step(by)
        if step is FormStep.REVIEW:
            self.context.review_wanted.emit(self.response_id)
        elif step is FormStep.SECTION:
            self._open_section(path)
            self.form.verticalScrollBar().setValue(0)
            self.form.focus_first()

    def _on_session_changed(self, paths: frozenset[AnswerPath]) -> None:
        self.stack.redraw(paths)
        self._counts.start()

    def _on_language_chosen(self, language: str) -> None:
        self.editing.session.language = language
        self.context.workspace.responses.set_language(self.response_id, language_code(language) or language)
        self.stack.relabel()
        self._show_counts()

    def _connect(self) -> None:
        self.editing.changed.connect(self._on_session_changed)
        self.context.merged.connect(self.editing.reload)
        self.context.merged.connect(self.editing.conflicts.refresh)
        self.editing.steps_changed.connect(self.can_undo_changed)
        self.sign_off.changed.connect(self._show_counts)
        self.editing.last_round.changed.connect(self._on_offers_changed)
        self.about.question_wanted.connect(self.go_to)
        self.editing.queries.reply_wanted.connect(self._on_reply_wanted)
        self.head.back.connect(self._on_back_wanted)
        self.head.review.connect(self._on_review_wanted)
        self.head.language_chosen.connect(self._on_language_chosen)
        self.head.find_box.found.connect(self.ways.jump)
        self.head.about.toggled.connect(self._on_about_toggled)
        self.side.sections.clicked.connect(self._on_section_clicked)
        self.side.sections.activated.connect(self._on_section_activated)
        self.ways.jumped.connect(self.jumped)
        self.side.progress.wanted.connect(self.ways.seek)
        self.foot.step_wanted.connect(self._step)
        for key, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            on_press(QShortcut(QKeySequence(key), self), self._step, step)
        self.destroyed.connect(self.editing.deleteLater)
        self._focus = CardFocus(self.editing, self.stack, self.about)

    def _on_back_wanted(self) -> None:
        self.context.page_wanted.emit("questionnaires")

    def _on_review_wanted(self) -> None:
        self.context.review_wanted.emit(self.response_id)

    def _on_section_clicked(self, index: QModelIndex) -> None:
        self._open_section(self.side.model.row(index.row()).path)

    def _open_section(self, path: AnswerPath) -> None:
        before = self.place
        self.show_section(path)
        if before != self.place:
            self.jumped.emit(before, path)

    def _on_reply_wanted(self, path: AnswerPath) -> None:
        """To the question, so that the panel beside it shows it, and from there to the box for the reply."""
        self.go_to(path)
        self.head.about.setChecked(True)
        self.about.show_reply()

    def _on_section_activated(self, index: QModelIndex) -> None:
        self._open_section(self.side.model.row(index.row()).path)
        self.form.focus_first()

    def _lay_out(self) -> None:
        for pane in (self.side, self.stack, self.about):
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        column = bare_column(self, 0)
        column.addWidget(self.head)
        if handed := self._handed:
            self.handed = DelegationCard(handed, self.context, self)
            column.addWidget(self._framed(self.handed))
        column.addWidget(self._splitter, 1)
        column.addWidget(self.foot)

    def _framed(self, card: DelegationCard) -> QFrame:
        px = self.context.theme.px
        ground = frame("backdrop", self)
        row = padded_row(ground, px, (22, 10, 22, 10))
        row.addWidget(card)
        return ground
