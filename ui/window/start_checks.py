"""Looked at after the start, while nobody waits: the store's file, and the place where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from iscm_desktop.i18n import _
from ui.look.colours import Tone
from ui.page.job_runner import Job
from ui.page.notices import Notice
from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.workspace.store_place import PlaceFault, PlaceWarning


class StartChecks(QObject):
    """Says what was found, each with what can be done about it, and nothing where all is well."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def begin(self) -> None:
        """In the background: other work comes first."""
        self._context.runner.run(self, self._look, self._tell, is_in_background=True)

    def _look(self, _job: Job) -> tuple[str, tuple[PlaceWarning, ...]]:
        """On the worker's thread."""
        workspace = self._context.workspace
        damage = workspace.verification.check_quickly()
        workspace.attachments.discard_unused()
        return damage, workspace.place_warnings()

    def _tell(self, found: tuple[str, tuple[PlaceWarning, ...]]) -> None:
        damage, warnings = found
        for one in warnings:
            act = _Accepting(self._context, one.fault, self).accept
            self._context.noticed.emit(Notice(one.words, Tone.WARN, _("I know, do not say it again"), act))
        if damage:
            self._context.noticed.emit(Notice(damage, Tone.BAD, _("Look at it"), self._show_proof))

    def _show_proof(self) -> None:
        self._context.page_wanted.emit("proof")


class _Accepting(QObject):
    """What "do not say it again" does, for as long as the window lives."""

    def __init__(self, context: PageContext, fault: PlaceFault, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._fault = context, fault

    def accept(self) -> None:
        self._context.workspace.accept_place(self._fault)
