"""Long texts with a counter. Nothing is ever cut: above the limit the counter says so, and the text stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.written_text import length_words
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.spelled_box import SpelledBox
from ui.page.timers import single_shot
from ui.widgets.labels import button, restyle, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.plain_text import set_tip
from ui.widgets.spoken_roles import announce

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView
    from ui.form.prose_window import ProseWindow


_LONG, _COUNT_AFTER_MS = 4_000, 150
"""Beyond so many letters words are counted when somebody rests, rather than at each key."""


class ProseAnswer(AnswerEditor):
    """A box that grows with its text, and a window of its own for a long one."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        theme = editing.context.theme
        self.box = SpelledBox(editing.context.spelling, theme, self)
        self.counter = text_label("", "small", self)
        self.counter.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.widen = button(_("Full window"), self, "link", name="full-window")
        set_tip(self.widen, "F11")
        foot = QHBoxLayout()
        foot.addWidget(self.widen)
        foot.addWidget(self.counter, 1)
        column = bare_column(self, 3)
        column.addWidget(self.box)
        column.addLayout(foot)
        self.window_of: ProseWindow | None = None
        self._is_showing = False
        self._text = ""
        self._counting = single_shot(self, _COUNT_AFTER_MS, self._count_now)
        self.box.textChanged.connect(self._on_text_changed)
        self.box.entered.connect(self._on_entered)
        self.box.language_chosen.connect(editing.spelling.choose)
        editing.spelling.changed.connect(self._on_language_changed)
        self.widen.clicked.connect(self._on_widen_clicked)
        key = QShortcut(QKeySequence(Qt.Key.Key_F11), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._on_widen_clicked)
        self._told, self._is_over = "", False
        if not view.text:  # which is all that there is to draw of it
            self._count("")

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        """Replaces the text only when it is another one, so that the cursor stays while somebody types."""
        self._view = view
        self.box.setReadOnly(view.is_read_only)
        self.widen.setAccessibleName(_("Full window: {label}").format(label=view.label))
        if self.is_forwarding or self._text == view.text:
            return
        self._is_showing = True
        self._text = view.text
        self.box.setPlainText(view.text)
        self.box.moveCursor(QTextCursor.MoveOperation.End)
        self._is_showing = False
        self._count(view.text)

    def _on_text_changed(self) -> None:
        """Qt says so of a new underline as well, where not a letter has changed."""
        text = self.box.toPlainText()
        if not self._is_showing and text != self._text:
            self._text = text
            if len(text) > _LONG:
                self._counting.start()
            else:
                self._count(text)
            self.forward(text)

    def _count_now(self) -> None:
        self._count(self._text)

    def _count(self, text: str) -> None:
        own = self._view.question.own
        is_told = bool(text) or own.max_length is not None or own.advised_words is not None
        words, is_over = length_words(text, own.max_length, own.advised_words) if is_told else ("", False)
        self.counter.setText(words)
        restyle(self.counter, "role", "error" if is_over else "small")
        if is_over is not self._is_over:
            self._is_over = is_over
            announce(self.box, words)

    def told(self) -> str:
        """How long the text was when somebody came to it: at each key it would drown what is typed."""
        return self._told

    def _on_entered(self) -> None:
        """Words are looked up from the first visit on: most texts of a form are never touched in one sitting."""
        self._told = self.counter.text()
        self.box.check(self.editing.spelling.code)

    def _on_language_changed(self) -> None:
        if self.box.language or self.box.hasFocus():
            self.box.check(self.editing.spelling.code)

    def _on_widen_clicked(self) -> None:
        """The same text in a window as large as the program's, until Escape."""
        from ui.form.prose_window import ProseWindow

        self.window_of = ProseWindow(self.editing, self._view, self.box.textCursor().position(), self)
        self.window_of.closed_at.connect(self._on_window_closed)
        self.window_of.open()

    def _on_window_closed(self, position: int) -> None:
        self.window_of = None
        cursor = self.box.textCursor()
        cursor.setPosition(min(position, len(self.box.toPlainText())))
        self.box.setTextCursor(cursor)
        self.box.setFocus()
