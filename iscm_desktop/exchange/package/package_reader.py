"""Reads packages: hostile until checked. What is wrong anywhere refuses the whole file, in words.

What comes out of here is sound by itself: every hash is right, every line canonical, every id recomputed, all
of one response whose own id follows from what the manifest says of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from iscm_desktop.errors import FileProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package import strict_json
from iscm_desktop.exchange.package.archive import Archive, open_archive
from iscm_desktop.exchange.package.manifest import (
    ATTACHMENTS,
    FORMAT,
    INVITATION,
    MAJOR,
    MANIFEST,
    QUESTIONNAIRE,
    REVISIONS,
    SEALS,
    SIGNATURE,
    Manifest,
    edition_of,
)
from iscm_desktop.exchange.package.public_edition import check_public
from iscm_desktop.exchange.package.revision_lines import TooManyLinesError, revisions_in
from iscm_desktop.exchange.package.seal_lines import seals_in
from iscm_desktop.questionnaire.attached_files import MAX_FILE_SIZE, named_digests
from iscm_desktop.store import times
from iscm_desktop.store.objects.revision import ANSWER, Revision, RevisionId, response_id
from iscm_desktop.store.objects.revision_set import root_of
from iscm_desktop.store.objects.seals import Seal

MAX_MANIFEST = 1024 * 1024
MAX_SIGNATURE = 4096

_MEMBER_NAME = re.compile(r"[a-z0-9][a-z0-9_.\-]{0,99}|attachments/[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package that was read whole and found sound."""

    path: Path
    manifest: Manifest
    revisions: Mapping[RevisionId, Revision]
    questionnaire_source: str | None
    digest: str  # as of the opened package
    seals: tuple[Seal, ...] = ()  # their revisions fit; `trust.sealing` checks their signatures
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    """Contents of files, by the SHA-256 that some answer in the file names."""

    def needed_attachments(self) -> dict[str, bytes]:
        """Those that the revisions name: of a package of which a part is merged, those of that part."""
        named = _named(self.revisions) | _shown(self.questionnaire_source)
        return {digest: content for digest, content in self.attachments.items() if digest in named}


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """A package whose manifest and hashes are right, before its lines are read."""

    path: Path
    manifest: Manifest
    members: Mapping[str, bytes]
    manifest_bytes: bytes
    signature: bytes | None  # of those bytes; nobody has checked it yet

    def attached_digests(self) -> set[str]:
        """Hashes of the attached files whose contents it carries."""
        return {name.removeprefix(ATTACHMENTS) for name in self.members if name.startswith(ATTACHMENTS)}

    @property
    def digest(self) -> str:
        """What names its revisions and whoever vouches for them, whatever the file is called."""
        members, sender = self.manifest.members, self.manifest.sender
        revisions = members[REVISIONS].sha256
        seals = members[SEALS].sha256 if SEALS in members else ""
        if self.signature is None and not seals:
            return revisions
        signer = [] if self.signature is None else [sender.key]
        if signer and self.manifest.is_before_seals:  # then it vouches for what this device made
            signer.append(sender.device)
        return hashlib.sha256(msgspec.json.encode([revisions, seals, *signer])).hexdigest()


def open_package(path: Path, data: bytes | None = None) -> OpenedPackage:
    """A package with its members' sizes and hashes checked.

    Args:
        data: The package where the file itself is a wrapping, such as an encrypted one.

    Raises:
        IscmError: the file is no package, or not one for this program, or a member is not what the manifest says.
    """
    with closing(open_archive(path, data)) as archive:
        manifest, manifest_bytes = _manifest(archive)
        here = set(archive.sizes) - {MANIFEST, SIGNATURE}
        if here < set(manifest.members):
            raise IscmError(FileProblem.PACKAGE_NOT_WHOLE, file=path.name)
        if here != set(manifest.members):
            raise IscmError(FileProblem.PACKAGE_ODD, file=path.name)
        members: dict[str, bytes] = {}
        for name, promised in manifest.members.items():
            content = archive.read(name)
            if len(content) != promised.size or hashlib.sha256(content).hexdigest() != promised.sha256:
                raise IscmError(FileProblem.PACKAGE_DAMAGED, file=path.name)
            members[name] = content
        signature = _signature(archive)
    return OpenedPackage(path, manifest, members, manifest_bytes, signature)


def read_package(opened: OpenedPackage, *, is_checked: bool = False) -> ReadPackage:
    """The package with its revisions read and checked.

    Args:
        is_checked: Revisions with this digest were read before, and each of them was found sound.

    Raises:
        IscmError: a line is not what a revision is, or says something else than the manifest.
    """
    manifest, name = opened.manifest, opened.path.name
    revisions = _revisions(opened.members[REVISIONS], name, is_checked=is_checked)
    subjects = {revision.subject for revision in revisions.values()}
    if subjects != {manifest.response.id} or len(revisions) != manifest.counts.revisions:
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=name)
    if not is_checked and manifest.counts.root not in (None, root_of(revisions)):
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=name)
    check_public(manifest.public, edition_of(manifest), manifest.response.id, revisions, name)
    source = opened.members.get(QUESTIONNAIRE)
    if source is not None and hashlib.sha256(source).hexdigest() != manifest.questionnaire.hash:
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=name)
    try:
        text = None if source is None else source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=name) from error
    seals = _seals(opened.members.get(SEALS, b""), revisions, name)
    attachments = _attachments(opened, revisions, text)
    return ReadPackage(opened.path, manifest, revisions, text, opened.digest, seals, attachments)


def _named(revisions: Mapping[RevisionId, Revision]) -> set[str]:
    """The contents that answers name."""
    return {digest for one in revisions.values() if one.kind == ANSWER for digest in named_digests(one.value)}


def _shown(source: str | None) -> set[str]:
    """The contents that labels of a questionnaire show."""
    if source is None:
        return set()
    from iscm_desktop.questionnaire import catalogue  # late: most packages bring no questionnaire

    return set(catalogue.from_source(source).media_files.values())


def _attachments(
    opened: OpenedPackage, revisions: Mapping[RevisionId, Revision], source: str | None
) -> dict[str, bytes]:
    """Each is what its name says, and some answer or label needs it: nothing else comes along."""
    found = {digest: opened.members[ATTACHMENTS + digest] for digest in opened.attached_digests()}
    if not found:
        return found
    named = _named(revisions)
    if found.keys() - named:
        named |= _shown(source)
    are_right = all(opened.manifest.members[ATTACHMENTS + digest].sha256 == digest for digest in found)
    if not are_right or found.keys() - named or opened.manifest.public is not None:
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=opened.path.name)
    if any(len(content) > MAX_FILE_SIZE for content in found.values()):
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=opened.path.name)
    return found


def _signature(archive: Archive) -> bytes | None:
    if SIGNATURE not in archive.sizes:
        return None
    if archive.sizes[SIGNATURE] > MAX_SIGNATURE:
        raise IscmError(TrustProblem.SIGNATURE_BROKEN, file=archive.path.name)
    return archive.read(SIGNATURE)


def _manifest(archive: Archive) -> tuple[Manifest, bytes]:
    file = archive.path.name
    if MANIFEST not in archive.sizes:
        is_invitation = INVITATION in archive.sizes
        raise IscmError(
            FileProblem.IS_INVITATION if is_invitation else FileProblem.PACKAGE_FOREIGN, file=file
        )
    if archive.sizes[MANIFEST] > MAX_MANIFEST:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=file)
    written = archive.read(MANIFEST)
    try:
        raw = strict_json.loads(written)
    except ValueError as error:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=file) from error
    _check_version(raw, file)
    try:
        manifest = msgspec.convert(raw, Manifest)
        _check_times(manifest)
    except (msgspec.ValidationError, ValueError) as error:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=file) from error
    if REVISIONS not in manifest.members or not all(map(_MEMBER_NAME.fullmatch, manifest.members)):
        raise IscmError(FileProblem.PACKAGE_ODD, file=file)
    response, is_apart = manifest.response, manifest.public is not None and manifest.public.is_apart
    expected = response_id(manifest.round.code, manifest.questionnaire.form_id, response.respondent)
    if response.id != expected and not is_apart:  # the id of an edition follows from its lines
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)
    return manifest, written


def _check_version(raw: object, file: str) -> None:
    """A newer format may look quite different, so this comes before the rest is looked at."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise IscmError(FileProblem.PACKAGE_FOREIGN, file=file)
    major = str(raw.get("format_version", "")).partition(".")[0]
    if major.isascii() and major.isdigit() and len(major) <= 4 and int(major) > MAJOR:
        made_by = raw.get("made_by")
        version = made_by.get("version") if isinstance(made_by, dict) else None
        raise IscmError(FileProblem.PACKAGE_TOO_NEW, file=file, made_by=str(version or "?")[:20])
    if major != str(MAJOR):
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=file)


def _check_times(manifest: Manifest) -> None:
    times.read(manifest.made_at)
    if manifest.round.due_on is not None:
        date.fromisoformat(manifest.round.due_on)


def _seals(data: bytes, revisions: Mapping[RevisionId, Revision], file: str) -> tuple[Seal, ...]:
    try:
        return seals_in(data, revisions) if data else ()
    except ValueError as error:
        raise IscmError(TrustProblem.SEAL_BROKEN, file=file) from error


def _revisions(data: bytes, file: str, *, is_checked: bool) -> dict[RevisionId, Revision]:
    try:
        return revisions_in(data, is_checked=is_checked)
    except TooManyLinesError as error:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=file) from error
    except ValueError as error:
        raise IscmError(FileProblem.PACKAGE_DAMAGED, file=file) from error
