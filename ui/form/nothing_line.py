"""At a section or repeat: saying that there is nothing to report, who said so, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.session.views import Declaration
from ui.editing.response_editing import ResponseEditing
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.phrases.shown_moments import shown_moment
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import follow_width

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_SAID = Declaration.NOTHING_TO_REPORT


class NothingLine(QWidget):
    """A quiet link while nothing is answered; the sentence once it was said; hidden otherwise.

    Args:
        words: Of the link.
        subject: What it is about, for those who hear it.
    """

    def __init__(
        self, path: AnswerPath, editing: ResponseEditing, words: str, subject: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._path, self._editing = path, editing
        follow_width(self)
        self.text = text_label("", "", self)
        self.say = button(words, self, "quiet", name="say-nothing")
        self.back = button(_("Take back"), self, "link", name="take-nothing-back")
        self.show_subject(subject)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(editing.context.theme.px(6))
        line.addWidget(self.text, 1)
        line.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.say)
        line.addStretch()
        self._is_said: bool | None = None
        self.say.clicked.connect(self._on_say_clicked)
        self.back.clicked.connect(self._on_back_clicked)
        self.refresh()

    def show_subject(self, subject: str) -> None:
        """What it is about, in the language of the form."""
        self.say.setAccessibleName(f"{self.say.text()}: {subject}")
        self.back.setAccessibleName(
            _("Take back that there is nothing to report: {subject}").format(subject=subject)
        )

    def refresh(self) -> None:
        """As the session stands now."""
        session = self._editing.session
        is_said = self._path in session.declared(_SAID)
        if is_said != self._is_said:
            self._is_said = is_said
            self.text.setText(self._words() if is_said else "")
            self.text.setVisible(is_said)
            self.back.setVisible(is_said)
        can_say = not is_said and session.can_declare_nothing(self._path)
        self.say.setVisible(can_say)
        self.setVisible(is_said or can_say)

    def _words(self) -> str:
        rows = self._editing.context.workspace.nothing.of(self._editing.response_id)
        told = next((row for row in rows if row.path == self._path), None)
        words = _("Nothing to report.")
        if told is None:
            return words
        when = shown_moment(told.said_at)
        if not told.by:
            return _("{words} Said {when}.").format(words=words, when=when)
        return _("{words} Said by {name}, {when}.").format(words=words, name=told.by, when=when)

    def _on_say_clicked(self) -> None:
        self._put(is_made=True)
        self._editing.context.noticed.emit(
            Notice(
                _("Kept: nothing to report. Whoever answers here takes it back."),
                Tone.ACCENT,
                _("Undo"),
                self._editing.undo,
                is_brief=True,
            )
        )
        self.back.setFocus()

    def _on_back_clicked(self) -> None:
        self._put(is_made=False)
        if self.say.isVisibleTo(self):
            self.say.setFocus()

    def _put(self, *, is_made: bool) -> None:
        session, path = self._editing.session, self._path
        self._editing.then_save(lambda: session.declare(_SAID, path, is_made=is_made))
        self._is_said = None  # by whom and when is known only now that it is on disk
        self.refresh()
