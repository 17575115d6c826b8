"""Files that answers name: taken in, given out, and cleaned of where they were made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import AttachmentProblem, IscmError
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.i18n import _, shown_size
from iscm_desktop.questionnaire.attached_files import (
    MAX_OF_RESPONSE,
    MEBIBYTE,
    PICTURES,
    AttachedFile,
    accepted_endings,
    attached_file,
    ending_of,
    largest_size,
    named_digests,
    new_attached_file,
    shown_name,
)
from iscm_desktop.questionnaire.model import Kind, Question
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.protected_files import is_open_here
from iscm_desktop.store.objects.attachments import (
    content_of,
    discard_unused,
    keep_contents,
    size_of_response,
    sizes_of,
    subjects_with_files,
    use_contents,
)
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.workspace.responses.laid_out_files import LaidOutFiles
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attached file of a response."""

    path: AnswerPath
    label: str  # of its question
    file: AttachedFile
    size: int | None  # bytes; None: the content is not on this computer
    number: str = ""  # of its question: "H03"


class AttachmentService:
    """Contents lie in the store by their hash; the answer, which names one, goes through the form session."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._laid_out = LaidOutFiles()

    def take_in(self, response: SubjectId, question: Question, file: Path) -> AttachedFile:
        """Keeps the content of a file of this computer, and gives what the answer to `question` is then.

        Raises:
            IscmError: it cannot be read, is empty, too large, or not of the kind that is asked for; nothing is kept.
        """
        if file.exists() and not file.is_file():  # a folder; or a pipe, for which one would wait for ever
            raise IscmError(AttachmentProblem.FILE_UNREADABLE, file=file.name, reason=_("it is no file"))
        if is_open_here(file):
            reason = _("'{file}' is the store that is open here.").format(file=file.name)
            raise IscmError(AttachmentProblem.FILE_UNREADABLE, file=file.name, reason=reason)
        try:
            with file.open("rb") as opened:
                content = opened.read(largest_size(question) + 1)
                size = os.fstat(opened.fileno()).st_size
        except OSError as error:
            reason = error.strerror or str(error)
            raise IscmError(AttachmentProblem.FILE_UNREADABLE, file=file.name, reason=reason) from error
        return self.take_in_content(response, question, content, file.name, size)

    def take_in_content(
        self, response: SubjectId, question: Question, content: bytes, name: str, size: int | None = None
    ) -> AttachedFile:
        """Likewise, of what was pasted.

        Args:
            size: Of the whole, where `content` may be its beginning only.
        """
        name, size = shown_name(name), max(size or 0, len(content))
        if question.kind is not Kind.ATTACHMENT:
            raise IscmError(AttachmentProblem.NO_ATTACHMENT_QUESTION, path=question.path)
        if not content:
            raise IscmError(AttachmentProblem.FILE_EMPTY, file=name)
        endings = accepted_endings(question)
        if endings and ending_of(name) not in endings:
            expected = ", ".join(sorted(endings))
            raise IscmError(AttachmentProblem.WRONG_MEDIUM, file=name, expected=expected)
        most = largest_size(question)
        if size > most:
            raise IscmError(
                AttachmentProblem.TOO_LARGE, file=name, size=shown_size(size), most=shown_size(most)
            )
        content = self._fitted(content, question, name)
        file = new_attached_file(content, name)
        self._keep(response, file.digest, content)
        return file

    def content(self, file: AttachedFile) -> bytes:
        """The content of an attached file.

        Raises:
            IscmError: it is not on this computer.
        """
        with self._context.database.read() as db:
            found = content_of(db, file.digest)
        if found is None:
            raise IscmError(AttachmentProblem.NOT_HERE, file=file.name)
        return found

    def size(self, file: AttachedFile) -> int | None:
        """Bytes of its content; None where that is not on this computer."""
        with self._context.database.read() as db:
            return sizes_of(db, [file.digest]).get(file.digest)

    def all_of(self, response: SubjectId) -> list[AttachmentRow]:
        """Every file that an answer asked now names, in the order of the form."""
        session = self._responses.open_session(response)
        named = [(answer, attached_file(answer.text)) for answer in session.answers()]
        found = [(answer, file) for answer, file in named if file is not None]
        with self._context.database.read() as db:
            sizes = sizes_of(db, {file.digest for _answer, file in found})
        return [
            AttachmentRow(answer.path, answer.label, file, sizes.get(file.digest), answer.number)
            for answer, file in found
        ]

    def thumbnail(self, file: AttachedFile, edge: int) -> bytes:
        """It as a picture written anew, its longer edge at most `edge` pixels; b"" of what is none."""
        if not file.is_picture:
            return b""
        from iscm_desktop.exchange.attached_pictures import NoPictureError, printable

        try:
            return printable(self.content(file), edge)
        except (NoPictureError, IscmError):
            return b""

    def has_metadata(self, file: AttachedFile) -> bool:
        """Whether it is a picture that says more than it shows: where and when it was taken, by what, by whom."""
        if not file.is_picture or self.size(file) is None:
            return False
        from iscm_desktop.exchange.attached_pictures import has_metadata

        return has_metadata(self.content(file))

    def without_location(self, response: SubjectId, file: AttachedFile) -> AttachedFile:
        """The same picture without place, time and camera: what the answer is then. The other stays in the history.

        Raises:
            IscmError: it is no picture that can be written again.
        """
        from iscm_desktop.exchange.attached_pictures import NoPictureError, without_metadata

        try:
            content = without_metadata(self.content(file))
        except NoPictureError as error:
            raise IscmError(AttachmentProblem.LOCATION_STAYS, file=file.name) from error
        cleaned = new_attached_file(content, file.name)
        self._keep(response, cleaned.digest, content)
        return cleaned

    def save_as(self, file: AttachedFile, target: Path) -> Path:
        """Writes the content where a person says.

        Raises:
            IscmError: it is not here, or cannot be written; what was there is as it was.
        """
        replace_file(target, self.content(file))
        return target

    def to_open(self, file: AttachedFile) -> Path:
        """A copy of its own, for another program to show; it cannot be written over the answer.

        Raises:
            IscmError: it may be a program, its content is not here, or there is no room.
        """
        if not file.can_be_opened:
            raise IscmError(AttachmentProblem.NOT_OPENED, file=file.name)
        return self._laid_out.add(file, self.content(file))

    def close(self) -> None:
        """Removes what was laid out for other programs."""
        self._laid_out.remove()

    def discard_unused(self) -> int:
        """Lets go of contents that no answer names any more, nor did in its history; gives how many.

        What was attached, taken out again and never sealed is of no use to anybody. For when nobody is at work: what
        is let go of cannot come back by Undo.
        """
        if self._context.database.is_shared:
            return 0
        with self._context.database.write() as db:
            return sum(discard_unused(db, subject) for subject in subjects_with_files(db))

    def _fitted(self, content: bytes, question: Question, name: str) -> bytes:
        """What is asked for as a picture is one, whatever its name says, and as small as the form wants it."""
        if accepted_endings(question) != PICTURES:
            return content
        from iscm_desktop.exchange.attached_pictures import (
            NoPictureError,
            TooManyPixelsError,
            check_picture,
            fitted,
        )

        edge = question.bind.max_pixels
        try:
            check_picture(content)
            return content if edge is None else fitted(content, edge)
        except NoPictureError as error:
            is_large = isinstance(error, TooManyPixelsError)
            problem = AttachmentProblem.TOO_MANY_PIXELS if is_large else AttachmentProblem.NO_PICTURE
            raise IscmError(problem, file=name) from error

    def _keep(self, response: SubjectId, digest: str, content: bytes) -> None:
        named = {
            each
            for answer in self._responses.filled(response).answers.values()
            for each in named_digests(answer)
        }
        with self._context.database.write() as db:
            if size_of_response(db, response, named - {digest}) + len(content) > MAX_OF_RESPONSE:
                raise IscmError(AttachmentProblem.TOO_MUCH_IN_ALL, most=MAX_OF_RESPONSE // MEBIBYTE)
            keep_contents(db, {digest: content})
            use_contents(db, response, [digest])
