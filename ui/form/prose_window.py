"""One long text in a window of its own, as large as the program's: room to write, to find and to replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.written_text import length_words
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.find_bar import FindBar
from ui.form.spelled_box import SpelledBox
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, restyle, text_label
from ui.widgets.layouts import padded_column

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, QuestionView

_MOST_LINES = 10_000
_WIDEST = 900


class ProseWindow(KeyedDialog):
    """What is typed is the answer at once, and one history of steps with the form's.

    Signals:
        closed_at(position): it was closed with the cursor there.
    """

    closed_at = Signal(int)

    def __init__(self, editing: ResponseEditing, view: QuestionView, position: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editing, self._path = editing, view.path
        self._own = view.question.own
        px = editing.context.theme.px
        name = with_number(view.number, view.label)
        self.setWindowTitle(name)
        self._label = text_label(name, "heading", self)
        self._hint = text_label(view.hint, "muted", self)
        self._hint.setVisible(bool(view.hint))
        self.box = SpelledBox(
            editing.context.spelling, editing.context.theme, self, least=6, most=_MOST_LINES
        )
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box.setMinimumHeight(px(120))
        self.box.setReadOnly(view.is_read_only)
        self.box.setAccessibleName(name)
        self.finder = FindBar(self.box, editing, self)
        self.finder.hide()
        self.counter = text_label("", "small", self)
        self.back = button(_("Back to the form"), self, "primary", name="back-to-form")
        self._text = ""
        self._is_ended = False
        self._lay_out(parent)
        self._show(view.text)
        cursor = self.box.textCursor()
        cursor.setPosition(min(position, self.box.document().characterCount() - 1))
        self.box.setTextCursor(cursor)
        self.box.check(editing.spelling.code)
        self._connect()
        self.box.setFocus()

    def _lay_out(self, around: QWidget) -> None:
        px = self._editing.context.theme.px
        ground = QFrame(self)
        ground.setMaximumWidth(px(_WIDEST))
        column = padded_column(ground, px, (24, 18, 24, 14), gap=8)
        for part in (self._label, self._hint, self.finder):
            column.addWidget(part)
        column.addWidget(self.box, 1)
        foot = QHBoxLayout()
        keys = _("Esc: back · Ctrl+F: find · Ctrl+H: replace")
        foot.addWidget(text_label(keys, "small", self), 1)
        foot.addWidget(self.counter, 1)
        foot.addWidget(self.back)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(ground, 100)
        row.addStretch(1)
        self.setLayoutDirection(around.layoutDirection())
        self.setGeometry(around.window().geometry())

    def _connect(self) -> None:
        editing = self._editing
        self.box.textChanged.connect(self._on_text_changed)
        self.box.language_chosen.connect(editing.spelling.choose)
        self.back.clicked.connect(self.close)
        editing.changed.connect(self._on_session_changed)
        keys = QKeySequence.StandardKey
        self._action(keys.Undo, _("Undo")).triggered.connect(self._undo)
        self._action(keys.Redo, _("Redo")).triggered.connect(self._redo)
        QShortcut(QKeySequence(keys.Find), self).activated.connect(self.finder.open_find)
        QShortcut(QKeySequence("Ctrl+H"), self).activated.connect(self.finder.open_replace)
        QShortcut(QKeySequence(Qt.Key.Key_F3), self).activated.connect(self.finder.next)
        QShortcut(QKeySequence("Shift+F3"), self).activated.connect(self.finder.previous)
        QShortcut(QKeySequence(Qt.Key.Key_F11), self).activated.connect(self.close)
        QShortcut(QKeySequence(keys.Save), self).activated.connect(editing.save)

    def _action(self, key: QKeySequence.StandardKey, words: str) -> QAction:
        """An action rather than a key, so that the menu of the box finds it."""
        action = QAction(words, self)
        action.setShortcuts(QKeySequence.keyBindings(key))
        self.addAction(action)
        return action

    def reject(self) -> None:
        """Escape closes the find bar first."""
        if self.finder.isVisible():
            self.finder.hide()
            self.box.setFocus()
        else:
            self.done(0)

    def done_at(self) -> int:
        """Where the cursor is."""
        return self.box.textCursor().position()

    def done(self, result: int) -> None:
        """However it is closed: what was typed is kept, and `finished` tells whoever waits for it, once."""
        if self._is_ended:
            return
        self._is_ended = True
        try:
            self._editing.session.commit_step()
            self._editing.save_if_needed()
            self.closed_at.emit(self.done_at())
        finally:
            super().done(result)

    def closeEvent(self, event: object) -> None:
        """The find bar is no reason to stay, as it is for Escape."""
        self.done(0)

    def _undo(self) -> None:
        self._editing.undo()

    def _redo(self) -> None:
        self._editing.redo()

    def _show(self, text: str) -> None:
        """Another text, as after an undo; the cursor stays about where it is."""
        self._text = text
        position = self.done_at()
        if self.box.toPlainText() != text:
            self.box.setPlainText(text)
            cursor = QTextCursor(self.box.document())
            cursor.setPosition(min(position, self.box.document().characterCount() - 1))
            self.box.setTextCursor(cursor)
        self._count()

    def _on_text_changed(self) -> None:
        text = self.box.toPlainText()
        if text != self._text:
            self._text = text
            self._editing.answer(self._path, text)
            self._count()

    def _on_session_changed(self, paths: frozenset[AnswerPath]) -> None:
        if self._path not in paths:
            return
        try:
            text = self._editing.session.view(self._path).text
        except KeyError:  # its entry has gone with an undo
            self.close()
            return
        if text != self._text:
            self._show(text)

    def _count(self) -> None:
        words, is_over = length_words(self._text, self._own.max_length, self._own.advised_words)
        self.counter.setText(words)
        restyle(self.counter, "role", "error" if is_over else "small")
