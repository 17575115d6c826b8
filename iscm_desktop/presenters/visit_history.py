"""Where somebody has been, to go back and forward: pages, and places within a page.

A list with one place in it that is the present one. Going somewhere new forgets what lay ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_MOST = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and where on it."""

    page: str  # "rounds", "response:…", "review:…"
    place: str = ""  # a path within a response; "" where the page says where it begins


class VisitHistory:
    """One window's history."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    @property
    def here(self) -> Visit | None:
        """The present one; None before the first."""
        return self._visits[self._at] if self._visits else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody went back, and nowhere new since."""
        return self._at < len(self._visits) - 1

    def note_place(self, place: str) -> None:
        """Somebody has moved on within the present visit: that is where coming back leads."""
        if self._visits:
            self._visits[self._at] = replace(self._visits[self._at], place=place)

    def go(self, visit: Visit) -> None:
        """Somebody went somewhere; to stay where one is, is no visit."""
        if self.here is not None and (
            visit == self.here or (visit.page == self.here.page and not visit.place)
        ):
            return
        del self._visits[self._at + 1 :]
        self._visits.append(visit)
        del self._visits[:-_MOST]
        self._at = len(self._visits) - 1

    def back(self) -> Visit | None:
        """The place before, which is the present one from now on; None where there is none."""
        return self._step(-1)

    def forward(self) -> Visit | None:
        """The place ahead, likewise."""
        return self._step(1)

    def back_to_page(self) -> Visit | None:
        """The last place on another page, likewise."""
        here = self.here
        for at in range(self._at - 1, -1, -1):
            if here is not None and self._visits[at].page != here.page:
                self._at = at
                return self._visits[at]
        return None

    def forget(self, page: str) -> None:
        """A page is no more, such as that of a response that was removed."""
        kept = [(at, each) for at, each in enumerate(self._visits) if each.page != page]
        self._at = sum(at <= self._at for at, _each in kept) - 1
        self._visits = [each for _at, each in kept]

    def _step(self, by: int) -> Visit | None:
        if not self._visits or not 0 <= self._at + by < len(self._visits):
            return None
        self._at += by
        return self._visits[self._at]
