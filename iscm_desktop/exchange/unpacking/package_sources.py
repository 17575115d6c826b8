"""Where packages come from: files, whole folders, mails, archives, PDFs that carry one.

Packages that lie in the open stay where they are; the others are laid out in a folder of ours, each under the
name by which people know it, so that merging deals with files of one kind only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.unpacking.file_kind import LOOKED_AT, SUFFIXES, FileKind, kind_of
from iscm_desktop.exchange.unpacking.unpacker_process import ExtractedFile, NotExtracted, Unpacker
from iscm_desktop.file_names import shown_file
from iscm_desktop.store.database.protected_files import is_open_here
from iscm_desktop.task_progress import UNWATCHED, TaskProgress

_IN_THE_OPEN = (".iscm", ".age")
MAX_IN_FOLDERS = 100_000


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A package to merge, or a file that cannot be."""

    path: Path  # the package; for what is refused, the file itself
    origin: str  # for people: the file that was named, and what the package lay in
    within: str  # name of the mail or archive that it lay in; "" where it lay in the open
    refusal: IscmError | None = None  # None where the package can be examined


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named that answers could lie in; each once, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(_in_folder(path))[:MAX_IN_FOLDERS])
        else:
            found[path] = None
    return list(found)


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        name = path.name
        if name.lower().endswith(SUFFIXES) and not name.startswith(".") and path.is_file():
            yield path


def find_sources(
    paths: Sequence[Path], folder: Callable[[], Path], progress: TaskProgress = UNWATCHED
) -> tuple[PackageSource, ...]:
    """Every package in `paths`, in their order.

    Args:
        folder: Makes an empty folder of ours; asked for only if something has to be unpacked.
        progress: Told only of files that must be unpacked; the others cost nothing.
    """
    files = files_in(paths)
    holders = {file for file in files if _holds_others(file)}
    if not holders:
        return tuple(map(_in_the_open, files))
    with Unpacker(folder()) as unpacker:
        return tuple(_laid_out(files, holders, unpacker, progress))


def _laid_out(
    files: Sequence[Path], holders: Set[Path], unpacker: Unpacker, progress: TaskProgress
) -> Iterator[PackageSource]:
    """Until asked to stop, at a file that must be unpacked."""
    done = 0
    for number, file in enumerate(files):
        if file not in holders:
            yield _in_the_open(file)
            continue
        if progress.should_stop():
            return
        progress.report(done, len(holders))
        yield from (_source(file, one) for one in unpacker.unpack(file, number, progress.should_stop))
        done += 1


def _in_the_open(file: Path) -> PackageSource:
    """A pipe or a device would keep its reader waiting for ever; a store that is open here is not to be closed."""
    if (file.is_file() and not is_open_here(file)) or not file.exists():
        return PackageSource(file, shown_file(file), "")
    return PackageSource(
        file, shown_file(file), "", IscmError(FileProblem.PACKAGE_FOREIGN, file=shown_file(file.name))
    )


def _holds_others(file: Path) -> bool:
    """Whether a file must be unpacked; what cannot be read or told is left to the reader of packages."""
    if file.name.lower().endswith(_IN_THE_OPEN) or not file.is_file() or is_open_here(file):
        return False
    try:
        with file.open("rb") as opened:
            kind = kind_of(file.name, opened.read(LOOKED_AT))
    except OSError:
        return False
    return kind in (FileKind.ARCHIVE, FileKind.PDF, FileKind.MAIL, FileKind.OUTLOOK)


def _source(file: Path, one: ExtractedFile | NotExtracted) -> PackageSource:
    inner = one.path.name if isinstance(one, ExtractedFile) else one.name
    origin = " › ".join((shown_file(file), *one.within[1:], *([inner] if one.within else [])))
    within = one.within[-1] if one.within else ""
    if isinstance(one, ExtractedFile):
        return PackageSource(one.path, origin, within)
    return PackageSource(file / one.name if one.within else file, origin, within, one.refusal)
