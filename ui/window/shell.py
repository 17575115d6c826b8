"""The window: navigation, the page that is shown, notices, status line, and the keys that work everywhere.

Makes pages when they are first wanted and tells them when they are shown and left. What they hold is theirs.
"""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QStackedWidget, QWidget

from iscm_desktop.errors import IscmError
from iscm_desktop.failure_log import write_log
from iscm_desktop.garbage_collection import refreeze_objects
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import AnswerPath
from ui.look.theme import WindowTheme
from ui.page.notices import Notice, beside_known_damage
from ui.page.page_context import PageContext
from ui.page.preferences import Preferences
from ui.page.timers import single_shot
from ui.page.window_page import WindowPage
from ui.widgets.connections import on_press
from ui.widgets.keyed_dialog import HELP_WANTED
from ui.widgets.labels import hair_line
from ui.widgets.layouts import bare_column, bare_row
from ui.widgets.plain_text import one_line
from ui.widgets.pressing import is_plain, press_focused
from ui.widgets.tab_order import step_focus
from ui.window.navigation import Navigation, way_keys
from ui.window.notice_card import NoticeCard
from ui.window.pane_steps import step_pane
from ui.window.status_line import StatusLine
from ui.window.window_history import FIRST_PAGE, WindowHistory

PAGES = {
    "questionnaires": ("ui.questionnaires.questionnaires_page", "QuestionnairesPage"),
    "rounds": ("ui.rounds.rounds_page", "RoundsPage"),
    "merge": ("ui.merge.merge_page", "MergePage"),
    "summaries": ("ui.summaries.summaries_page", "SummariesPage"),
    "proof": ("ui.proof.proof_page", "ProofPage"),
    "settings": ("ui.settings.settings_page", "SettingsPage"),
    "help": ("ui.guide.guide_page", "GuidePage"),
}
"""Imported when first shown, so that the first window waits for none but its own."""

_GARBAGE_AFTER_MS = 2000
_COMPACT = 860
"""A window less wide than this, at 100 % text, folds its navigation into one button."""


class Shell(QMainWindow):
    """Pages need their context, and the context needs the window: `use_context` closes the circle.

    Signals:
        painted: the window is on the screen for the first time.
    """

    painted = Signal()

    def __init__(self, theme: WindowTheme, preferences: Preferences) -> None:
        super().__init__()
        self._theme, self._preferences = theme, preferences
        self._context: PageContext | None = None
        self._made: dict[str, WindowPage] = {}
        self._page: WindowPage | None = None
        self.history = WindowHistory(self, self._has_response, self)
        self._is_painted = self._is_given_up = False
        self.setWindowTitle("ISCM Desktop")
        self.navigation = Navigation(theme, self)
        self._ground = QWidget(self)
        self.notices = NoticeCard(theme, self._ground)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        # a text step passes through sizes that nobody sees; they would leave the window larger than it was
        if (layout := self.layout()) is not None:
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._stack = QStackedWidget(self)
        self._stack.setMinimumSize(320, 240)  # pages make do with what there is
        self._garbage = single_shot(self, _GARBAGE_AFTER_MS, refreeze_objects)
        self._lay_out()
        self._add_keys()
        self.navigation.chosen.connect(self.show_page)
        self.navigation.back.clicked.connect(self.history.go_back)
        self.navigation.forward.clicked.connect(self.history.go_forward)
        self.history.changed.connect(self._show_ways)
        self.notices.kept_changed.connect(self._on_notice_kept)
        self.status.messages.clicked.connect(self._show_messages)
        self._restore()
        theme.changed.connect(self._fit)

    @property
    def page(self) -> WindowPage | None:
        """The page that is shown; None before the first."""
        return self._page

    @property
    def page_key(self) -> str:
        """Which page that is: one of PAGES, "response:" with an id, or "review"."""
        return next((key for key, page in self._made.items() if page is self._page), FIRST_PAGE)

    def use_context(self, context: PageContext) -> None:
        """Gives the pages what they work with and shows the first."""
        self._context = context
        if context.workspace.is_practice:
            from ui.window.practice_band import PracticeBand

            self._middle.insertWidget(0, PracticeBand(context, self._ground))
        context.noticed.connect(self._on_noticed)
        context.saved.connect(self.status.show_saved)
        context.unsaved.connect(self.status.show_unsaved)
        context.unsaved.connect(self.notices.hide_brief)
        context.went_on.connect(self.notices.hide_brief)
        context.response_wanted.connect(self.open_response)
        context.reload_wanted.connect(self.reload_response)
        context.review_wanted.connect(self.open_review)
        context.page_wanted.connect(self.show_page)
        self.show_page(FIRST_PAGE)

    def show_page(self, key: str) -> None:
        """Goes to one of the pages of the navigation."""
        self.prepare(key)
        self._go(self._made[key], key, key)

    def prepare(self, key: str) -> None:
        """Makes a page that has something to do before anybody looks at it."""
        if key not in self._made:
            module, name = PAGES[key]
            self._keep(key, getattr(import_module(module), name)(self._ready_context(), self._stack))

    def open_response(self, response_id: str, path: str = "") -> None:
        """Opens the form of a response, at `path` where one is given."""
        from ui.form.form_page import FormPage

        key = f"response:{response_id}"
        made = self._made.get(key)
        if not isinstance(made, FormPage) or made.is_outdated():
            self._forget_forms()
            self._keep(key, FormPage(response_id, self._ready_context(), self._stack))
        page = self._made[key]
        self._go(page, FIRST_PAGE, key)
        if path and isinstance(page, FormPage):
            page.go_to(AnswerPath(path), is_review=True)

    def reload_response(self, response_id: str) -> None:
        """Opens the form of a response anew, from what is stored."""
        self._drop(f"response:{response_id}")
        self.open_response(response_id)

    def open_review(self, response_id: str) -> None:
        """Opens review and export of a response, made anew from what is stored."""
        from ui.review.review_page import ReviewPage

        self._drop("review")
        if self._page is not None:
            self._page.leave()
        self._keep("review", ReviewPage(response_id, self._ready_context(), self._stack))
        self._go(self._made["review"], FIRST_PAGE, f"review:{response_id}")

    def save(self) -> None:
        """Everything typed is on disk afterwards."""
        if self._page is not None:
            self._page.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stays open where something typed cannot be saved, until somebody says that it may be lost."""
        try:
            self.save()
        except Exception as failure:  # anything at all: an event that fails is taken for one that closes
            if not self._is_given_up:
                event.ignore()
                if self.isVisible():  # behind a lock nobody can be asked
                    self._ask_to_give_up(failure)
                return
        self._preferences.geometry = self.saveGeometry()
        super().closeEvent(event)

    def _ask_to_give_up(self, failure: Exception) -> None:
        from ui.window.unsaved_dialog import UnsavedDialog

        if not isinstance(failure, IscmError):
            write_log(failure)
        told = str(failure) if isinstance(failure, IscmError) else _("Something went wrong in the program.")
        asking = UnsavedDialog(told, self._theme, self)
        asking.given_up.connect(self._on_given_up)
        asking.open()

    def _on_given_up(self) -> None:
        self._is_given_up = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing in the window wanted for itself: Enter presses a button, Esc leads back."""
        if press_focused(event):
            return
        if event.key() == Qt.Key.Key_Escape and is_plain(event):
            self.history.leave_page()
            return
        super().keyPressEvent(event)

    def customEvent(self, event: QEvent) -> None:
        """F1 was pressed in a dialog over the window."""
        dialog = QApplication.activeModalWidget()
        if event.type() is HELP_WANTED and dialog is not None and self._page is not None:
            from ui.guide.guide_dialog import GuideDialog

            GuideDialog(self._page.topic, self._theme, dialog).open()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The two further buttons of a mouse, as in a browser."""
        if event.button() is Qt.MouseButton.BackButton:
            self.history.go_back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.history.go_forward()
        else:
            super().mousePressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.navigation.show_compact(self.width() < self._theme.px(_COMPACT))
        self.setMinimumSize(self.minimumSizeHint())

    def _ready_context(self) -> PageContext:
        if self._context is None:
            raise RuntimeError("no page before the store is open")
        return self._context

    def _keep(self, key: str, page: WindowPage) -> None:
        self._made[key] = page
        self._stack.addWidget(page)
        page.status_changed.connect(self._on_page_status_changed)
        page.can_undo_changed.connect(self._on_page_can_undo_changed)
        page.jumped.connect(self._on_page_jumped)

    def _drop(self, key: str) -> None:
        page = self._made.pop(key, None)
        if page is not None:
            if page is self._page:
                page.leave()
                self._page = None
            self._stack.removeWidget(page)
            page.deleteLater()

    def _forget_forms(self) -> None:
        """One form at a time: a large one holds thousands of widgets."""
        for key in [key for key in self._made if key.startswith("response:")]:
            self._drop(key)
            self._garbage.start()

    def _go(self, page: WindowPage, navigation_key: str, key: str) -> None:
        if self._page is not None and self._page is not page:
            self.history.note_place()
            self._page.leave()
            self.notices.leave_page()
        self._page = page
        self.history.note_page(key)
        self.status.show_page("")
        self._stack.setCurrentWidget(page)
        self.navigation.show_chosen(navigation_key)
        page.arrive()
        heading = one_line(page.heading).replace("[*]", "[*][*]")  # Qt's place for "changed"
        if self._context is not None and self._context.workspace.is_practice:
            heading = f"{_('Practice round')} – {heading}"
        self.setWindowTitle(_("{page} – ISCM Desktop").format(page=heading))
        self._on_page_can_undo_changed()

    def _on_page_jumped(self, before: str, after: str) -> None:
        if self.sender() is self._page:
            self.history.note_jump(before, after)

    def _has_response(self, response_id: str) -> bool:
        rows = self._ready_context().workspace.response_list.all()
        return any(row.id == response_id for row in rows)

    def _show_ways(self) -> None:
        self.navigation.show_ways(back=self.history.can_go_back, forward=self.history.can_go_forward)

    def _on_noticed(self, notice: Notice) -> None:
        if notice.is_written:
            notice = beside_known_damage(notice, self._ready_context().workspace.known_damage)
        self.notices.show_notice(notice)

    def _on_page_status_changed(self, text: str) -> None:
        if self.sender() is self._page:
            self.status.show_page(text)

    def _on_page_can_undo_changed(self) -> None:
        """Says what the keys would undo and do again; the menus of boxes take their words from the actions."""
        undo = self._page.undo_words if self._page is not None else ""
        redo = self._page.redo_words if self._page is not None else ""
        self.status.show_hint(_("{undo} Ctrl+Z").format(undo=undo) if undo else "")
        for action, words, plain in ((self._undo_key, undo, _("Undo")), (self._redo_key, redo, _("Redo"))):
            action.setText((words or plain).replace("&", "&&"))
            action.setData(bool(words))

    def _on_notice_kept(self) -> None:
        self.status.show_message_count(len(self.notices.kept))

    def _show_messages(self) -> None:
        from ui.window.notice_list import NoticeList

        self.notices.hide()
        NoticeList(self.notices.kept, self._theme, self).open()

    def _lay_out(self) -> None:
        middle = self._middle = bare_column(None, 0)
        middle.addWidget(self._stack, 1)
        row = bare_row(self._ground, 0)
        row.addWidget(self.navigation)
        row.addWidget(hair_line(self._ground, vertical=True))
        row.addLayout(middle, 1)
        self.setCentralWidget(self._ground)

    def _add_keys(self) -> None:
        self._undo_key = self._key(_("Undo"), QKeySequence("Ctrl+Z"))
        self._undo_key.triggered.connect(self._undo)
        redo = self._redo_key = self._key(_("Redo"), QKeySequence("Ctrl+Shift+Z"))
        redo.triggered.connect(self._redo)
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._key(_("Save now"), QKeySequence("Ctrl+S")).triggered.connect(self.save)
        self._key(_("Find"), QKeySequence("Ctrl+F")).triggered.connect(self._search)
        self._key(_("Help"), QKeySequence("F1")).triggered.connect(self._show_help)
        back, forward = way_keys()
        self._key(_("Back"), QKeySequence(back)).triggered.connect(self.history.go_back)
        self._key(_("Forward"), QKeySequence(forward)).triggered.connect(self.history.go_forward)
        on_press(self._key(_("Next pane"), QKeySequence("F6")), self._step_pane, 1)
        on_press(self._key(_("Previous pane"), QKeySequence("Shift+F6")), self._step_pane, -1)
        larger = self._key(_("Larger text"), QKeySequence("Ctrl++"))
        on_press(larger, self._step_scale, 1)
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        on_press(self._key(_("Smaller text"), QKeySequence("Ctrl+-")), self._step_scale, -1)
        on_press(self._key(_("Usual text size"), QKeySequence("Ctrl+0")), self._step_scale, 0)

    def _key(self, text: str, keys: QKeySequence) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        self.addAction(action)
        return action

    def _undo(self) -> None:
        if self._page is not None:
            self._page.undo()

    def _redo(self) -> None:
        if self._page is not None:
            self._page.redo()

    def _search(self) -> None:
        if self._page is not None:
            self._page.search()

    def _show_help(self) -> None:
        """The chapter that belongs to where one is."""
        topic = self._page.topic if self._page is not None else ""
        self.show_page("help")
        if self._page is not None and topic:
            self._page.show_place(topic)

    def _step_scale(self, steps: int) -> None:
        if steps:
            self._theme.step_scale(steps)
        else:
            self._theme.show_scale(100)
        self._preferences.text_scale = self._theme.scale

    def _step_pane(self, step: int) -> None:
        step_pane([self.navigation, self.notices, *(self._page.panes() if self._page else [])], step)

    def _restore(self) -> None:
        kept = self._preferences.geometry
        if kept.isEmpty() or not self.restoreGeometry(kept):
            free = self.screen().availableGeometry()  # the frame around the window needs room, too
            self.resize(min(1280, free.width() - 16), min(800, free.height() - 48))
