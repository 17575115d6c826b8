"""Pictures of a form's choices, small: decoded on the worker's thread, once for all questions that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from ui.page.job_runner import Job

THUMBNAIL = 44
"""Longer edge at 100 %, in pixels."""
_SHARPEST = 4
"""At 200 % on a screen of twice as many pixels."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as it can be drawn, or why it cannot."""

    name: str
    image: QImage
    problem: str = ""
    is_here: bool = True


class FormMedia(QObject):
    """Signals:
    found: more pictures are known now.
    """

    found = Signal()

    def __init__(self, session: FormSession, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._context = session, context
        self._known: dict[str, ShownPicture] = {}
        self._waiting: dict[str, None] = {}
        self._is_looking = False

    def thumbnail(self, name: str) -> ShownPicture | None:
        """None where it is not known yet: `found` tells when it is."""
        if name not in self._known and name not in self._waiting:
            self._waiting[name] = None
            self._look_on()
        return self._known.get(name)

    def picture(self, name: str, edge: int) -> ShownPicture:
        """On the worker's thread: the picture, its longer edge at most `edge` pixels; nothing is kept of it."""
        from iscm_desktop.workspace.label_pictures import label_picture

        service = self._context.workspace.questionnaires
        found = label_picture(service, self._session.questionnaire, name, edge)
        image = QImage.fromData(found.content) if found.content else QImage()
        return ShownPicture(name, image, found.problem, found.is_here)

    def is_here(self, name: str) -> bool:
        """Whether the form says which content it is: else nobody sent the file."""
        return name in self._session.questionnaire.media_files

    def _look_on(self) -> None:
        if self._waiting and not self._is_looking:
            self._is_looking = True
            looking = _Looking(self, tuple(self._waiting))
            self._context.runner.run(self, looking.work, self._on_found, is_in_background=True)

    def _on_found(self, pictures: tuple[ShownPicture, ...]) -> None:
        self._is_looking = False
        for each in pictures:
            self._known[each.name] = each
            self._waiting.pop(each.name, None)
        self.found.emit()
        self._look_on()


@dataclass(frozen=True, slots=True)
class _Looking:
    media: FormMedia
    names: tuple[str, ...]

    def work(self, job: Job) -> tuple[ShownPicture, ...]:
        """On the worker's thread: as many as there is time for, one at least; the rest is asked for again."""
        found = []
        for name in self.names:
            found.append(self.media.picture(name, _SHARPEST * THUMBNAIL))
            if job.should_stop():
                break
        return tuple(found)
