"""Attached files on paper: pictures where they were answered, and a list of all files at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from iscm_desktop.i18n import shown_size
from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Heading,
    Paragraph,
    ParagraphRole,
    Picture,
    Table,
    inline,
)
from iscm_desktop.session.views import AnswerView
from iscm_desktop.summaries.document_language import DocumentLanguage

PICTURE_EDGE = 1400
"""Pixels of the longer edge as printed: about 200 in an inch of the page's width."""
_SHOWN_OF_HASH = 16


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """What there is to print of a content."""

    size: int  # bytes
    picture: bytes = b""  # PNG or JPEG without transparency; b"" where it is none
    pixels: tuple[int, int] = (0, 0)  # its width and height


def picture_blocks(
    text: str, files: Mapping[str, PrintedFile], language: DocumentLanguage
) -> Iterator[Block]:
    """The picture that an answer names; nothing where it names none, or its content is not here."""
    file = attached_file(text)
    printed = files.get(file.digest) if file is not None else None
    if file is None or printed is None:
        return
    if printed.picture:
        yield Picture(printed.picture, *printed.pixels)
    elif file.is_picture:
        words = language.gettext("The picture “{name}” cannot be shown.", name=file.name)
        yield Paragraph(inline(words), ParagraphRole.QUIET)


def files_annex(
    answers: Sequence[AnswerView], files: Mapping[str, PrintedFile], language: DocumentLanguage
) -> Iterator[Block]:
    """All attached files with their size and the beginning of their hash; nothing where there are none."""
    found = [(answer, attached_file(answer.text)) for answer in answers]
    rows = [_row(answer, file, files, language) for answer, file in found if file is not None]
    if not rows:
        return
    say = language.gettext
    yield Heading(inline(say("Attached files")), level=1)
    head = (say("Question"), say("File"), say("Size"), say("SHA-256"))
    cells = tuple(tuple(inline(text) for text in row) for row in rows)
    yield Table(tuple(inline(label) for label in head), cells, widths=(4, 3, 1.3, 2.2))


def _row(
    answer: AnswerView, file: AttachedFile, files: Mapping[str, PrintedFile], language: DocumentLanguage
) -> tuple[str, ...]:
    printed = files.get(file.digest)
    size = language.gettext("not here") if printed is None else shown_size(printed.size, language.code)
    question = " ".join(filter(None, (answer.number, answer.label)))
    return (question, file.name, size, f"{file.digest[:_SHOWN_OF_HASH]}…")
