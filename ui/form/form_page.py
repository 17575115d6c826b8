"""The form of one response: sections at the side, one in the middle, about its question at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QSplitter,
    QStackedWidget,
    QWidget,
)
from shiboken6 import delete

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.session.views import QuestionView
from ui.colleagues.delegation_card import DelegationCard, received_delegations
from ui.editing.response_editing import ResponseEditing
from ui.form.form_header import FormHeader
from ui.form.item_column import items_inside
from ui.form.newer_version import NewerVersion
from ui.form.question_card import QuestionCard
from ui.form.question_panel import QuestionPanel
from ui.form.section_form import SectionForm
from ui.form.section_list import SectionList, SectionModel
from ui.page.garbage_collection import collect_garbage, freeze_objects
from ui.page.page_context import PageContext
from ui.page.timers import single_shot
from ui.page.window_page import WindowPage
from ui.phrases.form_languages import direction_of, language_code
from ui.phrases.response_progress import progress_share, progress_words
from ui.phrases.response_titles import short_title
from ui.widgets.labels import button, frame, text_label
from ui.widgets.layouts import STRETCH, bare_column, fill, padded_column, padded_row
from ui.widgets.meter import Meter
from ui.widgets.painted_text import isolated, shortened

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, SectionView
    from iscm_desktop.workspace.responses.version_service import WithdrawnRow

_COUNTS_AFTER_MS = 150
MOST_CARDS = 260
"""Questions whose widgets are kept; each takes 0.15 MB."""

_MOST_ABOUT_SHARE = 0.28


class FormPage(WindowPage):
    """Sections are built when first visited and redrawn by path afterwards."""

    def __init__(self, response_id: str, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.response_id = response_id
        self._heading = short_title(context.workspace.response_list.row(response_id))
        self.editing = ResponseEditing(
            response_id, context.workspace.responses.open_session(response_id), context, self
        )
        self._forms: dict[AnswerPath, SectionForm] = {}
        self._current = WHOLE_RESPONSE
        self._scrolled: dict[AnswerPath, int] = {}  # where sections stood that were let go
        self._focused_card: QuestionCard | None = None
        self.handed: DelegationCard | None = None
        self._handed = received_delegations(context, response_id)
        self._is_wide: bool | None = None
        self._newer_version = NewerVersion(response_id, context, self.leave)
        is_withdrawn = bool(self.editing.session.withdrawn())
        self._withdrawn = context.workspace.versions.withdrawn_answers(response_id) if is_withdrawn else ()
        sections = self.editing.session.sections()
        self._model = SectionModel(sections, self)
        self.head = FormHeader(self.editing, self._heading, self)
        self.sections = SectionList(self._model, context.theme, self)
        self._overall = text_label("", "muted", self)
        self._meter = Meter(context.theme, self)
        self.about = QuestionPanel(self.editing, self)
        self._stack = QStackedWidget(self)
        self.before = button("", self, name="previous-section")
        self.after = button("", self, "primary", name="next-section")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._counts = single_shot(self, _COUNTS_AFTER_MS, self._show_counts)
        self._connect()
        self._turn_form()
        self._show_counts()
        if self._model.rowCount():
            self.show_section(self._model.row(self._model.first_wanting() or 0).path)

    @property
    def heading(self) -> str:
        return self._heading

    @property
    def form(self) -> SectionForm:
        """The section in view."""
        return self._forms[self._current]

    def is_outdated(self) -> bool:
        """Whether a merge has since handed over other sections, or the whole response."""
        return [row.id for row in self._handed] != [
            row.id for row in received_delegations(self.context, self.response_id)
        ]

    @property
    def can_undo(self) -> bool:
        return self.editing.session.can_undo

    def arrive(self) -> None:
        """The keyboard goes to the first question that is left to do."""
        self.editing.queries.refresh()
        self.editing.marks.refresh()
        self.editing.last_round.refresh()
        self._newer_version.offer()
        self._show_counts()
        at = self._model.first_wanting()
        if at is None:
            self.sections.setFocus()
        else:
            self.form.focus_first(wanting=True)

    def leave(self) -> None:
        self.about.save_note()
        self.editing.save()

    def panes(self) -> list[QWidget]:
        return [self.head, self.sections, self._stack, self.about]

    def search(self) -> None:
        """Ctrl+F: the keyboard goes to the search box."""
        self.head.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.find_box.selectAll()

    def undo(self) -> None:
        """Takes back the last step and goes to what it changed."""
        before = self._texts()
        self.editing.undo()
        self._reveal_difference(before)

    def redo(self) -> None:
        """Does it again and goes to what it changed."""
        before = self._texts()
        self.editing.redo()
        self._reveal_difference(before)

    def show_section(self, path: AnswerPath) -> None:
        """Brings a section to the front, building it on its first visit."""
        if path == self._current:
            return
        self.editing.save_if_needed()
        form = self._forms.pop(path, None) or self._make_form(path)
        self._forms[path] = form  # at the end: used last
        self._current = path
        self._stack.setCurrentWidget(form)
        at = self._model.row_of(path)
        self.sections.setCurrentIndex(self._model.index(at))
        self._show_neighbours(at)

    def _make_form(self, path: AnswerPath) -> SectionForm:
        self._let_go(self._model.row(self._model.row_of(path)).asked)
        view = self.editing.session.section(path)
        form = SectionForm(self.editing, view, self._stack, self._withdrawn_from(path))
        self._stack.addWidget(form)
        freeze_objects()
        at = self._scrolled.pop(path, 0)
        if at:
            QTimer.singleShot(0, form, lambda: form.verticalScrollBar().setValue(at))
        return form

    def _let_go(self, coming: int) -> None:
        """Makes room for a section of so many questions: those used longest ago are made again when wanted."""
        size = {path: len(form.widgets.cards) for path, form in self._forms.items() if path != self._current}
        coming += len(self._forms[self._current].widgets.cards) if self._current else 0
        gone = []
        while size and sum(size.values()) + coming > MOST_CARDS:
            gone.append(next(iter(size)))
            del size[gone[-1]]
        for path in gone:
            form = self._forms.pop(path)
            self._scrolled[path] = form.verticalScrollBar().value()
            self._stack.removeWidget(form)
            delete(form)  # at once: none of its own events is under way, and what comes needs the room
        if gone:
            QTimer.singleShot(0, self, collect_garbage)

    def go_to(self, path: AnswerPath, *, is_review: bool = False) -> None:
        """Opens the section of a question, scrolls to it and puts the keyboard there."""
        if is_review:
            self.editing.mark_missing()
        section = self._section_of(path)
        if section is not None:
            self.show_section(section)
            self.form.show_path(path)

    def show_narrow(self, is_narrow: bool) -> None:
        self.head.show_narrow(is_narrow)
        if self.handed is not None:
            self.handed.unfold(not is_narrow)

    def fit(self) -> None:
        """The panel beside the questions is shown where there is room for it, until somebody decides."""
        px = self.context.theme.px
        is_wide = self.width() >= px(940)
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self.head.about.setChecked(is_wide)
            self.about.setVisible(is_wide)
        side, about = min(px(250), round(self.width() * 0.32)), px(240)
        rest = max(px(300), self.width() - side - (about if self.head.about.isChecked() else 0))
        self._splitter.setSizes([side, rest, about])

    def _withdrawn_from(self, section: AnswerPath) -> list[WithdrawnRow]:
        """What is no longer asked in a section; the last one also has that of sections that are gone."""
        is_last = self._model.row_of(section) == self._model.rowCount() - 1
        return [row for row in self._withdrawn if row.section == section or (is_last and not row.section)]

    def _section_of(self, path: AnswerPath) -> AnswerPath | None:
        first = path.partition("/")[0]
        sections = self.editing.session.sections()
        for section in sections:
            if path == section.path or section.path == first:
                return section.path
        return next((section.path for section in sections if self._holds(section, path)), None)

    def _holds(self, section: SectionView, path: AnswerPath) -> bool:
        return any(item.path == path for item in items_inside(self.editing.session.section(section.path)))

    def _texts(self) -> dict[AnswerPath, str]:
        session = self.editing.session
        return {
            item.path: item.text
            for section in session.sections()
            if section.is_asked
            for item in items_inside(session.section(section.path))
            if isinstance(item, QuestionView) and item.is_asked
        }

    def _reveal_difference(self, before: dict[AnswerPath, str]) -> None:
        """Goes to what undo or redo has changed, so that nobody wonders what happened."""
        after = self._texts()
        changed = [path for path, text in after.items() if before.get(path, text) != text]
        if changed and self.editing.current not in changed:
            self.go_to(changed[0])

    def _show_counts(self) -> None:
        sections = self.editing.session.sections()
        self._model.show_sections(sections)
        asked = [section for section in sections if section.is_asked]
        answered, total = sum(each.answered for each in asked), sum(each.asked for each in asked)
        missing, wrong = sum(each.missing for each in asked), sum(each.wrong for each in asked)
        words = progress_words(answered, 0)
        if missing or not answered:
            words = _("{answered} of {total} answered").format(answered=answered, total=total)
            left = ngettext("{count} required left", "{count} required left", missing).format(count=missing)
            words = _("{answered} · {rest}").format(answered=words, rest=left)
        self._overall.setText(words)
        self._meter.show_share(*progress_share(answered, missing), words)
        attention = ngettext("{count} answer needs attention", "{count} answers need attention", wrong)
        self.status_changed.emit(attention.format(count=wrong) if wrong else "")
        self.can_undo_changed.emit()
        if self._current:
            self._show_neighbours(self._model.row_of(self._current))

    def _show_neighbours(self, at: int) -> None:
        last = self._model.rowCount() - 1
        self.before.setVisible(at > 0)
        if at > 0:
            self.before.setText("‹ " + _short(self._model.row(at - 1).label))
            self.before.setAccessibleName(
                _("Previous: {section}").format(section=self._model.row(at - 1).label)
            )
        if at < last:
            self.after.setText(_short(self._model.row(at + 1).label) + " ›")
            self.after.setAccessibleName(_("Next: {section}").format(section=self._model.row(at + 1).label))
        else:
            self.after.setText(_("Review && export ›"))
            self.after.setAccessibleName(_("Review and export"))

    def _step(self, step: int) -> None:
        at = self._model.row_of(self._current) + step
        if at >= self._model.rowCount():
            self.context.review_wanted.emit(self.response_id)
        elif at >= 0:
            self.show_section(self._model.row(at).path)
            self.form.verticalScrollBar().setValue(0)
            self.form.focus_first()

    def _on_session_changed(self, paths: frozenset[AnswerPath]) -> None:
        for form in self._forms.values():
            form.redraw(paths)
        self._counts.start()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if QApplication.activePopupWidget() is not None:
            return  # a list or calendar of the question itself
        if new is None or not self._stack.isAncestorOf(new):
            self._focus_card(None, None)
            if new is not None:
                self.editing.enter(WHOLE_RESPONSE)
            return
        widget: QWidget | None = new
        while widget is not None and not isinstance(widget, QuestionCard):
            widget = widget.parentWidget()
        self._focus_card(widget, new)

    def _focus_card(self, card: QuestionCard | None, widget: QWidget | None) -> None:
        before = self._card_in_focus()
        if card is not None and widget is not None:
            path = next(
                (path for path, field in card.fields.items() if field.editor.isAncestorOf(widget)), card.path
            )
            self.editing.enter(path)
        else:
            self.editing.save_if_needed()
        if before is not None and before is not card:
            before.show_focus(None)
        if card is not None:
            card.show_focus(widget)
        self._focused_card = card

    def _card_in_focus(self) -> QuestionCard | None:
        from shiboken6 import isValid

        card = self._focused_card
        return card if card is not None and isValid(card) else None

    def _on_language_chosen(self, language: str) -> None:
        self.editing.session.language = language
        self.context.workspace.responses.set_language(self.response_id, language_code(language) or language)
        self._turn_form()
        self._model.show_sections(self.editing.session.sections())
        for path, form in self._forms.items():
            form.relabel(self.editing.session.section(path))
            form.redraw(form.all_paths())
        self._show_counts()

    def _turn_form(self) -> None:
        """The questions run in the direction of their own language, whatever the window speaks."""
        direction = direction_of(self.editing.session.language)
        if direction is not None:
            self._stack.setLayoutDirection(direction)

    def _connect(self) -> None:
        self.editing.changed.connect(self._on_session_changed)
        self.context.merged.connect(self.editing.reload)
        flags = self.editing.queries
        flags.changed.connect(lambda: self._model.show_flags(flags.open_by_section()))
        flags.reply_wanted.connect(self._on_reply_wanted)
        self.head.back.connect(lambda: self.context.page_wanted.emit("questionnaires"))
        self.head.review.connect(lambda: self.context.review_wanted.emit(self.response_id))
        self.head.language_chosen.connect(self._on_language_chosen)
        self.head.find_box.found.connect(self.go_to)
        self.head.about.toggled.connect(self.about.setVisible)
        self.sections.clicked.connect(lambda index: self.show_section(self._model.row(index.row()).path))
        self.sections.activated.connect(self._on_section_activated)
        for step, each, key in ((-1, self.before, "Ctrl+PgUp"), (1, self.after, "Ctrl+PgDown")):
            each.clicked.connect(lambda _checked=False, step=step: self._step(step))
            each.setToolTip(key)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda step=step: self._step(step))
        self.destroyed.connect(self.editing.deleteLater)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_reply_wanted(self, path: AnswerPath) -> None:
        """To the question, so that the panel beside it shows it, and from there to the box for the reply."""
        self.go_to(path)
        self.head.about.setChecked(True)
        self.about.show_path(path)
        self.about.show_reply()

    def _on_section_activated(self, index: QModelIndex) -> None:
        self.show_section(self._model.row(index.row()).path)
        self.form.focus_first()

    def _lay_out(self) -> None:
        px = self.context.theme.px
        side = frame("pane", self)
        list_column = padded_column(side, px, (12, 14, 12, 10))
        list_column.addWidget(self._overall)
        list_column.addWidget(self._meter)
        list_column.addSpacing(px(6))
        list_column.addWidget(self.sections, 1)
        for pane in (side, self._stack, self.about):
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
        column.addWidget(self._foot())

    def _framed(self, card: DelegationCard) -> QFrame:
        px = self.context.theme.px
        ground = frame("backdrop", self)
        row = padded_row(ground, px, (22, 10, 22, 10))
        row.addWidget(card)
        return ground

    def _foot(self) -> QFrame:
        px = self.context.theme.px
        foot = frame("foot", self)
        row = padded_row(foot, px, (22, 9, 22, 9))
        fill(row, self.before, STRETCH, self.after)
        return foot


def _short(label: str, longest: int = 34) -> str:
    """The label of a section, short enough for a button."""
    return isolated(shortened(label, longest)).replace("&", "&&")
