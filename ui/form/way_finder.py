"""Keys and presses that lead through a form, and where in it somebody is and was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from iscm_desktop.presenters.form_ways import FormWays, Goal, nothing_found_words
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from ui.editing.response_editing import ResponseEditing
from ui.widgets.connections import on_press

if TYPE_CHECKING:
    from iscm_desktop.presenters.form_presenter import FormPresenter

_KEYS = (
    ("Ctrl+Down", (Goal.QUESTION, 1)),
    ("Ctrl+Up", (Goal.QUESTION, -1)),
    ("Ctrl+Return", (Goal.UNANSWERED, 1)),
    ("Ctrl+Enter", (Goal.UNANSWERED, 1)),
    ("Ctrl+Shift+Return", (Goal.UNANSWERED, -1)),
    ("Ctrl+Shift+Enter", (Goal.UNANSWERED, -1)),
    ("F8", (Goal.PROBLEM, 1)),
    ("Shift+F8", (Goal.PROBLEM, -1)),
)
"""Keys that lead to other questions; "Enter" is the key of the number pad."""


class Form(Protocol):
    """What goes to a question."""

    def go_to(self, path: AnswerPath, *, is_review: bool = False) -> None:
        """Opens the section of a question, scrolls to it and puts the keyboard there."""


class WayFinder(QObject):
    """Belongs to one form.

    Signals:
        jumped(before, after): somebody went from one place of the form to another that is not the next.
    """

    jumped = Signal(str, str)

    def __init__(self, editing: ResponseEditing, presenter: FormPresenter, form: Form, page: QWidget) -> None:
        super().__init__(page)
        self._editing, self._presenter, self._form = editing, presenter, form
        self._ways = FormWays(editing.session, self._is_disputed)
        self._question = WHOLE_RESPONSE
        editing.focused.connect(self._on_focused)
        for key, way in _KEYS:
            on_press(QShortcut(QKeySequence(key), page), self._seek_way, way)

    @property
    def place(self) -> AnswerPath:
        """The question that had the keyboard last in the open section; the section where none had."""
        is_here = self._question and self._presenter.section_of(self._question) == self._presenter.current
        return self._question if is_here else self._presenter.current

    def seek(self, goal: Goal, step: int = 1) -> None:
        """Goes to the next question of a kind, or back (-1) to the one before, and says so where there is none."""
        section = self._presenter.current
        here = self.place if self.place != section else WHOLE_RESPONSE
        path = self._ways.next_path(goal, here, section, step)
        if path is None:
            if goal is not Goal.QUESTION:
                self._editing.context.say(nothing_found_words(goal))
            return
        if goal is Goal.QUESTION:
            self._form.go_to(path)
        else:
            self.jump(path, is_review=goal is Goal.MISSING)
        self._question = path  # a repeat has no focus of a question

    def jump(self, path: AnswerPath, *, is_review: bool = False) -> None:
        """Goes to a question from which one may want to come back."""
        before = self.place
        self._form.go_to(path, is_review=is_review)
        if path != before:
            self.jumped.emit(before, path)

    def _seek_way(self, way: tuple[Goal, int]) -> None:
        self.seek(*way)

    def _on_focused(self, path: AnswerPath) -> None:
        self._question = path or self._question  # "" while the keyboard is elsewhere

    def _is_disputed(self, path: AnswerPath) -> bool:
        conflicts = self._editing.conflicts
        return conflicts.covers(path) or conflicts.is_in(path)
