"""What of a response is not for publication, and what is only claimed of that: for the marks in the form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.i18n import _
from iscm_desktop.presenters.undo_wording import MarkDeed
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.widgets.connections import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.responses.restriction_service import RestrictionRow


class PublicationMarks(QObject):
    """Signals:
    changed: something was marked, or a mark was lifted.
    done(deed): somebody did so here, which can be taken back.
    """

    changed = Signal()
    done = Signal(object)

    def __init__(self, response_id: str, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._context = response_id, context
        self._paths: frozenset[AnswerPath] = frozenset()
        self._claims: tuple[RestrictionRow, ...] = ()

    def refresh(self) -> None:
        """Reads the marks as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def is_marked(self, path: AnswerPath) -> bool:
        """Whether this very path is marked."""
        return path in self._paths

    def covers(self, path: AnswerPath) -> bool:
        """Whether the path, or something around it, is marked."""
        return any(path == one or path.startswith(f"{one}/") for one in self._paths)

    def claims_at(self, path: AnswerPath) -> tuple[RestrictionRow, ...]:
        """What is only claimed of the path, and of what is around it."""
        return tuple(one for one in self._claims if path == one.path or path.startswith(f"{one.path}/"))

    def count_in(self, section: AnswerPath) -> int:
        """How many marks a section holds, that on the section itself included."""
        return sum(path == section or path.startswith(f"{section}/") for path in self._paths)

    def mark(self, path: AnswerPath, *, is_marked: bool) -> None:
        """Marks a path or lifts its mark, on disk as soon as no long work uses the store; a step to undo."""
        do_again = partial(self._restrict, path, is_marked=is_marked)
        do_again()
        take_back = partial(self._restrict, path, is_marked=not is_marked)
        self.done.emit(MarkDeed(path, is_marked, do_again, take_back))

    def copy(self, entry: AnswerPath, to: AnswerPath) -> None:
        """Marks a copy of an entry as that is, at once; behind marks that still wait for long work, too."""
        restrictions = self._context.workspace.restrictions
        restrictions.copy(self._response_id, entry, to)
        if self._context.runner.is_busy:
            self._context.runner.when_idle(restrictions.copy, self._response_id, entry, to)
        self.refresh()

    def lift_all(self, entry: AnswerPath) -> None:
        """Of an entry that has gone."""
        restrictions = self._context.workspace.restrictions
        self._context.runner.when_idle(restrictions.lift_all, self._response_id, entry)
        self.refresh()

    def confirm(self, claim: RestrictionRow) -> None:
        """Lets a claim count in this person's name, and offers to undo that, which is a step, too."""
        do_again, take_back = partial(self._confirm_again, claim), partial(self._claim_again, claim)
        self.done.emit(MarkDeed(claim.path, claim.asks_for_silence, do_again, take_back))
        runner = self._context.runner  # behind the step: what is said now is about this
        runner.when_idle(confirm_claim, self._response_id, claim, self._context, self.refresh)
        self.refresh()

    def _restrict(self, path: AnswerPath, *, is_marked: bool) -> None:
        restrict = partial(self._context.workspace.restrictions.restrict, is_lifted=not is_marked)
        self._context.runner.when_idle(restrict, self._response_id, path)
        self.refresh()

    def _confirm_again(self, claim: RestrictionRow) -> None:
        self._context.runner.when_idle(
            self._context.workspace.restrictions.confirm, self._response_id, claim.path
        )
        self.refresh()

    def _claim_again(self, claim: RestrictionRow) -> None:
        undo = partial(
            self._context.workspace.restrictions.undo_confirm, was_marked=not claim.asks_for_silence
        )
        self._context.runner.when_idle(undo, self._response_id, claim.path)
        self.refresh()

    def _read(self) -> None:
        restrictions = self._context.workspace.restrictions
        paths = frozenset(row.path for row in restrictions.rows(self._response_id))
        claims = restrictions.claims(self._response_id)
        if (paths, claims) != (self._paths, self._claims):
            self._paths, self._claims = paths, claims
            self.changed.emit()


def confirm_claim(
    response_id: str, claim: RestrictionRow, context: PageContext, undone: Callable[[], None]
) -> None:
    """Lets a claim count in this person's name, and says so with the way back.

    Args:
        undone: Called once that was undone.
    """
    restrictions = context.workspace.restrictions
    restrictions.confirm(response_id, claim.path)

    def undo() -> None:
        restrictions.undo_confirm(response_id, claim.path, was_marked=not claim.asks_for_silence)
        if not is_gone(undone):
            undone()

    words = (
        _("In your name now: {label} is not for publication.")
        if claim.asks_for_silence
        else _("In your name now: {label} is for publication again.")
    )
    said = words.format(label=claim.label)
    context.noticed.emit(
        Notice(said, Tone.ACCENT, _("Undo"), lambda: context.runner.when_idle(undo), is_brief=True)
    )
