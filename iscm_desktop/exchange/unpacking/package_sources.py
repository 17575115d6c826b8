"""Where packages come from: files, whole folders, mails, archives, PDFs that carry one.

Packages that lie in the open stay where they are; the others are laid out in a folder of ours, each under the
name by which people know it, so that merging deals with files of one kind only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.unpacking.file_kind import (
    HOLDERS,
    LOOKED_AT,
    SUFFIXES,
    FileKind,
    is_litter,
    kind_of,
)
from iscm_desktop.exchange.unpacking.mail_sender import MailSender
from iscm_desktop.exchange.unpacking.unpacker_process import ExtractedFile, NotExtracted, Unpacker
from iscm_desktop.file_names import shown_file
from iscm_desktop.store.database.protected_files import is_open_here
from iscm_desktop.task_progress import UNWATCHED, TaskProgress

MAX_IN_FOLDERS = 100_000
_OF_STORES = (".iscmdb", "-wal", "-shm", "-journal", ".lock")
"""Files of a store: to open and close one that is in use would take the store's locks away."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".opdownload")
"""What is still on its way gets its own name when all of it is there."""
_KEPT_HERE = (".iscminvite",)
"""What coordinators keep beside the answers, and which holds none."""


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A package to merge, or a file that cannot be."""

    path: Path  # the package; for what is refused, the file itself
    origin: str  # for people: the file that was named, and what the package lay in
    within: str  # name of the mail or archive that it lay in; "" where it lay in the open
    refusal: IscmError | None = None  # None where the package can be examined
    sender: MailSender | None = None  # of the mail in which it came

    @property
    def is_passed_over(self) -> bool:
        """Whether it is named so that nobody misses it, and nobody asked for it."""
        return self.refusal is not None and self.refusal.problem is FileProblem.NOT_LOOKED_INTO


@dataclass(frozen=True, slots=True)
class _Found:
    """A file to look at."""

    path: Path
    is_named: bool  # else it lay in a folder that was
    problem: FileProblem | None = None  # what keeps a folder from being looked into


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named that answers could lie in; each once, in order."""
    files = (one for one in _files(paths) if one.problem is None)
    return [one.path for one in files if one.is_named or _could_hold_answers(one)]


def _could_hold_answers(file: _Found) -> bool:
    if _is_sent(file) and not _is_aside(file):
        return file.path.is_file()
    return _kind(file) not in (None, FileKind.OTHER, FileKind.LITTER)


def _files(paths: Iterable[Path]) -> list[_Found]:
    found: dict[Path, _Found] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = _Found(path, is_named=True)
            continue
        inside = sorted(islice(_in_folder(path), MAX_IN_FOLDERS + 1), key=lambda one: one.path)
        for one in inside[:MAX_IN_FOLDERS]:
            found.setdefault(one.path, one)
        if len(inside) > MAX_IN_FOLDERS:
            found[path] = _Found(path, is_named=True, problem=FileProblem.FOLDER_TOO_LARGE)
    return list(found.values())


def _in_folder(folder: Path) -> Iterator[_Found]:
    unreadable: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = [name for name in folders if not is_litter(name)]
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for name in (*names, *linked):
            if not is_litter(name):
                yield _Found(Path(place, name), is_named=False)
    for name in unreadable:
        yield _Found(Path(name), is_named=True, problem=FileProblem.FOLDER_NOT_READ)


def find_sources(
    paths: Sequence[Path], folder: Callable[[], Path], progress: TaskProgress = UNWATCHED
) -> tuple[PackageSource, ...]:
    """Every package in `paths`, in their order; and what lies beside them, so that nothing is left out without a word.

    Args:
        folder: Makes an empty folder of ours; asked for only if something has to be unpacked.
        progress: Told only of files that must be unpacked; the others cost nothing.
    """
    files = [(file, _kind(file)) for file in _files(paths)]
    if not any(kind in HOLDERS for _file, kind in files):
        return tuple(_in_the_open(file, kind) for file, kind in files if not _is_left_out(file, kind))
    with Unpacker(folder()) as unpacker:
        return tuple(_laid_out(files, unpacker, progress))


def _laid_out(
    files: Sequence[tuple[_Found, FileKind | None]], unpacker: Unpacker, progress: TaskProgress
) -> Iterator[PackageSource]:
    """Until asked to stop, at a file that must be unpacked."""
    done, holders = 0, sum(kind in HOLDERS for _file, kind in files)
    for number, (file, kind) in enumerate(files):
        if _is_left_out(file, kind):
            continue
        if kind not in HOLDERS:
            yield _in_the_open(file, kind)
            continue
        if progress.should_stop():
            return
        progress.report(done, holders)
        for one in unpacker.unpack(file.path, number, progress.should_stop):
            yield _judged(_source(file.path, one), file)
        done += 1


def _is_sent(file: _Found) -> bool:
    """Whether somebody wants it to be read: by naming it, or by the name it was given."""
    return file.is_named or file.path.name.lower().endswith(SUFFIXES)


def _is_aside(file: _Found) -> bool:
    """Whether its name alone says that it is not to be read: hidden, on its way, of a store, for respondents."""
    name = file.path.name.lower()
    return not file.is_named and (
        name.startswith(".") or name.endswith((*_OF_STORES, *_UNFINISHED, *_KEPT_HERE))
    )


def _is_left_out(file: _Found, kind: FileKind | None) -> bool:
    """What a system put there is no file of anybody's, unless somebody names it."""
    return kind is FileKind.LITTER and not file.is_named


def _in_the_open(file: _Found, kind: FileKind | None) -> PackageSource:
    """A pipe or a device would keep its reader waiting for ever; a store that is open here is not to be closed."""
    path = file.path
    origin, name = shown_file(path), shown_file(path.name)
    if file.problem is not None:
        return PackageSource(path, origin, "", IscmError(file.problem, file=name, count=MAX_IN_FOLDERS))
    if not file.is_named and (kind is None or (kind is FileKind.OTHER and not _is_sent(file))):
        return PackageSource(path, origin, "", IscmError(FileProblem.NOT_LOOKED_INTO, file=name))
    if (path.is_file() and not is_open_here(path)) or not path.exists():
        return PackageSource(path, origin, "")
    return PackageSource(path, origin, "", IscmError(FileProblem.PACKAGE_FOREIGN, file=name))


def _judged(source: PackageSource, file: _Found) -> PackageSource:
    """In a folder, what merely looks as if answers could lie in it is a file of another kind; nobody named it."""
    if source.within or _is_sent(file):
        return source
    if source.refusal is None or source.refusal.problem is not FileProblem.HOLDER_EMPTY:
        return source
    return replace(source, refusal=IscmError(FileProblem.NOT_LOOKED_INTO, file=shown_file(file.path.name)))


def _kind(file: _Found) -> FileKind | None:
    """None of what cannot be read or told, and is left to the reader of packages where somebody names it."""
    path = file.path
    if file.problem is not None or not path.is_file() or is_open_here(path):
        return None
    if _is_aside(file):
        return FileKind.LITTER if path.name.startswith("._") else None
    try:
        with path.open("rb") as opened:
            return kind_of(path.name, opened.read(LOOKED_AT))
    except OSError:
        return FileKind.PACKAGE  # its reader says why


def _source(file: Path, one: ExtractedFile | NotExtracted) -> PackageSource:
    inner = one.path.name if isinstance(one, ExtractedFile) else one.name
    origin = " › ".join((shown_file(file), *one.within[1:], *([inner] if one.within else [])))
    within = one.within[-1] if one.within else ""
    if isinstance(one, ExtractedFile):
        return PackageSource(one.path, origin, within, sender=one.sender)
    return PackageSource(file / one.name if one.within else file, origin, within, one.refusal, one.sender)
