"""Back and forward in the window: remembers the pages and places that were shown, and shows them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from iscm_desktop.presenters.visit_history import Visit, VisitHistory
from ui.page.window_page import WindowPage

FIRST_PAGE = "questionnaires"


class Window(Protocol):
    """What shows pages."""

    @property
    def page(self) -> WindowPage | None:
        """The page that is shown; None before the first."""

    def show_page(self, key: str) -> None:
        """Goes to one of the pages of the navigation."""

    def open_response(self, response_id: str, path: str = "") -> None:
        """Opens the form of a response."""

    def open_review(self, response_id: str) -> None:
        """Opens review and export of a response."""


class WindowHistory(QObject):
    """Signals:
    changed: whether one can go back or forward may be another now.
    """

    changed = Signal()

    def __init__(self, window: Window, has_response: Callable[[str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._has_response = window, has_response
        self._visits = VisitHistory()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return self._visits.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody came back from another."""
        return self._visits.can_go_forward

    def note_place(self) -> None:
        """The page is about to be left: coming back leads to where one is on it now."""
        if self._window.page is not None:
            self._visits.note_place(self._window.page.place)

    def note_page(self, key: str) -> None:
        """Another page is shown: one of the navigation, or "response:…" or "review:…"."""
        self._visits.go(Visit(key))
        self.changed.emit()

    def note_jump(self, before: str, after: str) -> None:
        """Somebody went from one place of the page to another."""
        here = self._visits.here
        if here is not None:
            self._visits.note_place(before)
            self._visits.go(Visit(here.page, after))
            self.changed.emit()

    def go_back(self) -> None:
        """To the place before, on this page or another."""
        self.note_place()
        self._show(self._visits.back())

    def go_forward(self) -> None:
        """To the place that one came back from."""
        self.note_place()
        self._show(self._visits.forward())

    def leave_page(self) -> None:
        """To the page before, wherever on this one one is; to the list of questionnaires where there is none."""
        self.note_place()
        visit = self._visits.back_to_page()
        if visit is not None:
            self._show(visit)
        elif self._visits.here != Visit(FIRST_PAGE):
            self._window.show_page(FIRST_PAGE)

    def _show(self, visit: Visit | None) -> None:
        """A response that is no more is left out from then on."""
        if visit is None:
            return
        kind, _colon, response_id = visit.page.partition(":")
        if response_id and not self._has_response(response_id):
            self._visits.forget(visit.page)
            self._window.show_page(FIRST_PAGE)
        elif kind == "response":
            self._window.open_response(response_id)
        elif kind == "review":
            self._window.open_review(response_id)
        else:
            self._window.show_page(visit.page)
        page = self._window.page
        if page is not None and visit.place and self._visits.here == visit:
            page.show_place(visit.place)
        self.changed.emit()
