"""Writes packages: same content, same bytes; and a power cut leaves the old file or the new one."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import msgspec

from iscm_desktop import __version__
from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import DelegationPart
from iscm_desktop.exchange.colleagues.queries import QueryPart
from iscm_desktop.exchange.package.archive import MAX_RATIO, RATIO_COUNTS_FROM
from iscm_desktop.exchange.package.manifest import (
    ATTACHMENTS,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    QUESTIONNAIRE,
    REVISIONS,
    SEALS,
    SIGNATURE,
    Counts,
    InvitationPart,
    MadeBy,
    Manifest,
    Member,
    QuestionnairePart,
    ResponsePart,
    RoundPart,
    Sender,
    written,
)
from iscm_desktop.exchange.package.public_edition import PublicPart
from iscm_desktop.exchange.package.seal_lines import seal_lines
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.private_files import make_private_folder, sync_folder, write_private
from iscm_desktop.store.database.target_check import check_target
from iscm_desktop.store.objects.revision import ANSWER, Revision, RevisionId, line
from iscm_desktop.store.objects.revision_set import root_of
from iscm_desktop.store.objects.seals import Seal

PROGRAM = "ISCM Desktop"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say: the time of writing is no content
_MODE = 0o100644 << 16
_UNIX = 3
_LONGEST_NAME = 255  # bytes, on the systems that we know


ReadBack: TypeAlias = Callable[[bytes], object]
"""Reads what was written; raises an IscmError where that cannot be read, or is not what was meant."""
Prove: TypeAlias = Callable[[str], InvitationPart]
"""Gives, for the hash of the revisions, the proof that the sender has an invitation."""
Sign: TypeAlias = Callable[[bytes, str], bytes]
"""Gives the signature file for some bytes, with a comment that it covers, too."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that was written."""

    path: Path
    size: int  # bytes
    revisions: int
    sha256: str
    without: tuple[str, ...] = ()
    """Names of attached files whose content is not here, so that it could not come along."""

    @property
    def bytes(self) -> int:
        """Size of the file, under the name that the command line prints."""
        return self.size


@dataclass(frozen=True, slots=True)
class PackageContents:
    """All that a package says."""

    round: RoundPart
    questionnaire: QuestionnairePart
    response: ResponsePart
    sender: Sender
    revisions: Mapping[RevisionId, Revision]
    questionnaire_source: str | None = None  # None: the program ships it, so the hash is enough
    delegation: DelegationPart | None = None  # None: not of some sections only
    queries: tuple[QueryPart, ...] | None = None  # None: not questions back
    public: PublicPart | None = None  # None: not a public edition
    prove: Prove | None = None  # None: no invitation is answered
    seals: tuple[Seal, ...] = ()  # of revisions that are all in here
    is_practice: bool = False  # nothing in it counts
    attachments: Mapping[str, bytes] = field(default_factory=dict)  # contents of files by their SHA-256


def package_bytes(contents: PackageContents, sign: Sign | None = None) -> bytes:
    """The package as one zip file; `sign` adds the signature of its manifest."""
    ordered = in_line_order(contents.revisions)
    members = {REVISIONS: _lines(ordered, contents.revisions)}
    if contents.seals:
        members[SEALS] = seal_lines(contents.seals, ordered)
    if contents.questionnaire_source is not None:
        members[QUESTIONNAIRE] = contents.questionnaire_source.encode()
    members |= {ATTACHMENTS + digest: contents.attachments[digest] for digest in sorted(contents.attachments)}
    manifest = Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        made_by=MadeBy(PROGRAM, __version__),
        made_at=max(revision.made_at for revision in contents.revisions.values()),
        sender=contents.sender,
        round=contents.round,
        questionnaire=contents.questionnaire,
        response=contents.response,
        counts=Counts(len(_answers(contents)), len(contents.revisions), root_of(contents.revisions)),
        delegation=contents.delegation,
        queries=contents.queries,
        public=contents.public,
        practice=contents.is_practice,
        members={name: Member(hashlib.sha256(data).hexdigest(), len(data)) for name, data in members.items()},
    )
    if contents.prove is not None:
        proven = contents.prove(manifest.members[REVISIONS].sha256)
        manifest = msgspec.structs.replace(manifest, invitation=proven)
    head = {MANIFEST: written(manifest)}
    if sign is not None:
        head[SIGNATURE] = sign(head[MANIFEST], f"iscm-package {contents.response.id}")
    return zipped({**head, **members})


def _answers(contents: PackageContents) -> set[str]:
    return {revision.path for revision in contents.revisions.values() if revision.kind == ANSWER}


def revision_lines(revisions: Mapping[RevisionId, Revision]) -> bytes:
    """One canonical line per revision: item by item, in each by time, so that they pack well."""
    return _lines(in_line_order(revisions), revisions)


def in_line_order(revisions: Mapping[RevisionId, Revision]) -> list[RevisionId]:
    """The ids in the order of their lines."""
    ordered = sorted(revisions.items(), key=lambda one: (*one[1].key, one[1].made_at, one[0]))
    return [id_ for id_, _revision in ordered]


def _lines(ordered: list[RevisionId], revisions: Mapping[RevisionId, Revision]) -> bytes:
    return b"".join(line(revisions[id_]) + b"\n" for id_ in ordered)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file that holds nothing but names and content.

    What packs so well that a reader would take it for a trap, such as one letter a million times, stays unpacked.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr, info.create_system = _MODE, _UNIX
            info.compress_type = zipfile.ZIP_STORED if _packs_too_well(data) else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return file.getvalue()


def _packs_too_well(data: bytes) -> bool:
    is_long = len(data) > RATIO_COUNTS_FROM // 4  # several members count together
    return is_long and len(zlib.compress(data, 1)) * MAX_RATIO < len(data) * 4  # the quick way packs less


def part_of(target: Path) -> Path:
    """Where a file is written before it takes its place: beside it, hidden, and named after it."""
    name = f".{target.name}.part"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:32]}.part"
    return target.with_name(name)


def replace_file(target: Path, data: bytes, read_back: ReadBack | None = None) -> None:
    """Puts `data` in the place of a file, whole or not at all, once it has been read again.

    Its owner alone can read it.

    Args:
        read_back: Reads what lies on the disk as whoever gets the file would, and raises what is wrong with it.

    Raises:
        IscmError: it cannot be written, or not be read again, or a store is there; what was there is as it was.
    """
    try:
        check_target(target)
        beside = part_of(target)
        try:
            _write(beside, data, read_back, target)
            beside.replace(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except (OSError, ValueError) as error:  # a ValueError where the name is none
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise IscmError(FileProblem.FILE_NOT_WRITTEN, file=shown_file(target), reason=reason) from error


def _write(beside: Path, data: bytes, read_back: ReadBack | None, target: Path) -> None:
    make_private_folder(beside.parent)
    write_private(beside, data)
    found = beside.read_bytes()
    if found != data:
        raise IscmError(FileProblem.FILE_NOT_READ_BACK, file=shown_file(target), reason=_("it was another"))
    if read_back is not None:
        read_back(found)
