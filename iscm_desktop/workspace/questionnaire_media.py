"""The files beside a workbook that its labels show: found, and checked before they come along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.attached_files import (
    MAX_FILE_SIZE,
    MEBIBYTE,
    AttachedFile,
)
from iscm_desktop.questionnaire.reading.media_files import MOST

MAX_OF_MEDIA = 20 * MEBIBYTE
"""Of all that one questionnaire shows: a package has to carry it beside the files of a response."""

_PLAYED = frozenset(
    {"mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac", "amr", "mp4", "m4v", "webm", "3gp"}
)


@dataclass(frozen=True, slots=True)
class FoundMedia:
    """What was found of the files that a questionnaire names."""

    contents: dict[str, bytes] = field(default_factory=dict)  # by name
    missing: tuple[str, ...] = ()


_DRAWN = frozenset({"svg"})
"""As ODK's `image-map` names one: a drawing may hold a program, so it is given out and never drawn."""


def find_media(names: frozenset[str], form: Path, beside: Sequence[Path]) -> FoundMedia:
    """The files of these names: in the form's folder, in the folder `…-media` beside it as ODK keeps it, or named.

    Raises:
        IscmError: one is neither picture nor sound nor film, or they are too large.
    """
    if not names:
        return FoundMedia()
    found: dict[str, bytes] = {}
    for file in _candidates(form, beside):
        if file.name in names and file.name not in found and file.is_file():
            found[file.name] = _checked(file)
    if len(found) > MOST or sum(map(len, found.values())) > MAX_OF_MEDIA:
        raise IscmError(
            QuestionnaireProblem.MEDIA_TOO_LARGE, name=form.name, limit=MAX_OF_MEDIA // MEBIBYTE, most=MOST
        )
    return FoundMedia(dict(sorted(found.items())), tuple(sorted(names - found.keys())))


def _candidates(form: Path, beside: Sequence[Path]) -> Iterator[Path]:
    for each in beside:
        yield from each.iterdir() if each.is_dir() else [each]
    for folder in (form.parent, form.with_name(f"{form.stem}-media")):
        if folder.is_dir():
            yield from folder.iterdir()


def _checked(file: Path) -> bytes:
    """Its content, where it is what its name says and not too large."""
    named = AttachedFile("", file.name)
    if not (named.is_picture or named.ending in _PLAYED | _DRAWN):
        raise IscmError(QuestionnaireProblem.MEDIA_UNFIT, file=file.name)
    if file.stat().st_size > MAX_FILE_SIZE:
        raise IscmError(
            QuestionnaireProblem.MEDIA_TOO_LARGE, name=file.name, limit=MAX_FILE_SIZE // MEBIBYTE, most=MOST
        )
    from iscm_desktop.exchange.attached_pictures import (  # late: most forms show none
        NoPictureError,
        picture_size,
    )

    content = file.read_bytes()
    if named.is_picture:
        try:
            picture_size(content)
        except NoPictureError as error:
            raise IscmError(QuestionnaireProblem.MEDIA_UNFIT, file=file.name) from error
    return content
