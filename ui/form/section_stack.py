"""The sections of a form, one in view: built when first visited, redrawn by path, let go when there are too many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import delete

from iscm_desktop.garbage_collection import collect_garbage, freeze_objects
from iscm_desktop.presenters.form_presenter import FormPresenter, longest_unused
from ui.editing.response_editing import ResponseEditing
from ui.form.item_column import drawn_at_first
from ui.form.section_form import SectionForm
from ui.phrases.form_languages import direction_of
from ui.widgets.connections import soon

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

MOST_CARDS = 200
"""Questions whose widgets are kept; each takes 0.13 MB."""


class SectionStack(QStackedWidget):
    """Shows the section that the presenter says is open."""

    def __init__(self, editing: ResponseEditing, presenter: FormPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing, self._presenter = editing, presenter
        self.forms: dict[AnswerPath, SectionForm] = {}  # in the order of their last use
        self._scrolled: dict[AnswerPath, int] = {}  # where sections stood that were let go
        freeze_objects()  # the form itself stays; its sections come and go
        self.turn()
        editing.context.theme.about_to_change.connect(self._let_go_of_hidden)

    @property
    def form(self) -> SectionForm:
        """The section in view."""
        return self.forms[self._presenter.current]

    def show_section(self, path: AnswerPath) -> None:
        """Brings a section to the front, and tells the presenter."""
        form = self.forms.pop(path, None) or self._make_form(path)
        self.forms[path] = form
        self._presenter.open_section(path)
        self.setCurrentWidget(form)

    def redraw(self, paths: frozenset[AnswerPath]) -> None:
        """Draws what is shown of these paths anew."""
        for form in self.forms.values():
            form.redraw(paths)

    def relabel(self) -> None:
        """The form is in another language."""
        self.turn()
        for path, form in self.forms.items():
            form.relabel(self._editing.session.section(path))
            form.redraw(form.all_paths())

    def turn(self) -> None:
        """The questions run in the direction of their own language, whatever the window speaks."""
        direction = direction_of(self._editing.session.language)
        if direction is not None:
            self.setLayoutDirection(direction)

    def _make_form(self, path: AnswerPath) -> SectionForm:
        view = self._editing.session.section(path)
        self._let_go(drawn_at_first(view))
        form = SectionForm(self._editing, view, self, self._presenter.withdrawn_in(path))
        self.addWidget(form)
        at = self._scrolled.pop(path, 0)
        if at:
            form.complete()
            soon(form.scroll_back, at)
        return form

    def _let_go(self, coming: int) -> None:
        """Makes room for a section of so many questions: those used longest ago are made again when wanted."""
        sizes = {path: form.extent for path, form in self.forms.items()}
        staying = sizes.pop(self._presenter.current, 0) + coming
        self._drop(longest_unused(sizes, staying, MOST_CARDS))

    def _let_go_of_hidden(self) -> None:
        """Everything is about to be styled anew: what nobody sees is quicker made again when wanted."""
        self._drop([path for path in self.forms if path != self._presenter.current])

    def _drop(self, gone: Iterable[AnswerPath]) -> None:
        gone = list(gone)
        for path in gone:
            form = self.forms.pop(path)
            self._scrolled[path] = form.verticalScrollBar().value()
            self.removeWidget(form)
            delete(form)  # at once: none of its own events is under way, and what comes needs the room
        if gone:
            collect_garbage()
