"""Reads packages: hostile until checked. What is wrong anywhere refuses the whole file, in words.

What comes out of here is sound by itself: every hash is right, every line canonical, every id recomputed, all
of one response whose own id follows from what the manifest says of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange import strict_json
from iscm_desktop.exchange.archive import Archive, open_archive
from iscm_desktop.exchange.manifest import (
    FORMAT,
    MAJOR,
    MANIFEST,
    QUESTIONNAIRE,
    REVISIONS,
    SIGNATURE,
    Manifest,
)
from iscm_desktop.store import times
from iscm_desktop.store.revision import ENTRY, Revision, RevisionId, line, response_id

MAX_MANIFEST = 1024 * 1024
MAX_LINES = 1_000_000
MAX_PARENTS = 100_000
MAX_PATH = 2000

_MEMBER_NAME = re.compile(r"[a-z0-9][a-z0-9_.\-]{0,99}|attachments/[0-9a-f]{64}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z_]{0,31}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ORDER_KEY = re.compile(r"[0-9A-Za-z]{0,499}[1-9A-Za-z]", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_line_decoder = msgspec.json.Decoder(Revision)


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was read whole and found sound."""

    path: Path
    manifest: Manifest
    revisions: Mapping[RevisionId, Revision]
    questionnaire_source: str | None

    @property
    def digest(self) -> str:
        """What names its content, whatever the file is called."""
        return self.manifest.members[REVISIONS].sha256


@dataclass(frozen=True, slots=True)
class Opened:
    """A package whose manifest and hashes are right, before its lines are read."""

    path: Path
    manifest: Manifest
    members: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        return self.manifest.members[REVISIONS].sha256


def read_manifest(path: Path) -> Manifest:
    """The manifest alone: enough to tell what a file is about.

    Raises:
        IscmError: the file is no package, or not one for this program.
    """
    with closing(open_archive(path)) as archive:
        return _manifest(archive)


def open_package(path: Path) -> Opened:
    """A package with its members' sizes and hashes checked.

    Raises:
        IscmError: as `read_manifest`, or a member is not what the manifest says.
    """
    with closing(open_archive(path)) as archive:
        manifest = _manifest(archive)
        if set(archive.sizes) - {MANIFEST, SIGNATURE} != set(manifest.members):
            raise IscmError(Problem.PACKAGE_ODD, file=path.name)
        members: dict[str, bytes] = {}
        for name, promised in manifest.members.items():
            data = archive.read(name)
            if len(data) != promised.size or hashlib.sha256(data).hexdigest() != promised.sha256:
                raise IscmError(Problem.PACKAGE_DAMAGED, file=path.name)
            members[name] = data
    return Opened(path, manifest, members)


def read_package(opened: Opened) -> Package:
    """The package with its revisions read and checked.

    Raises:
        IscmError: a line is not what a revision is, or says something else than the manifest.
    """
    manifest, name = opened.manifest, opened.path.name
    revisions = _revisions(opened.members[REVISIONS], name)
    subjects = {revision.subject for revision in revisions.values()}
    if subjects != {manifest.response.id} or len(revisions) != manifest.counts.revisions:
        raise IscmError(Problem.PACKAGE_CONTRADICTS, file=name)
    source = opened.members.get(QUESTIONNAIRE)
    if source is not None and hashlib.sha256(source).hexdigest() != manifest.questionnaire.hash:
        raise IscmError(Problem.PACKAGE_CONTRADICTS, file=name)
    try:
        text = None if source is None else source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IscmError(Problem.PACKAGE_DAMAGED, file=name) from error
    return Package(opened.path, manifest, revisions, text)


def _manifest(archive: Archive) -> Manifest:
    file = archive.path.name
    if MANIFEST not in archive.sizes:
        raise IscmError(Problem.PACKAGE_FOREIGN, file=file)
    if archive.sizes[MANIFEST] > MAX_MANIFEST:
        raise IscmError(Problem.PACKAGE_TOO_LARGE, file=file)
    try:
        raw = strict_json.loads(archive.read(MANIFEST))
    except ValueError as error:
        raise IscmError(Problem.PACKAGE_DAMAGED, file=file) from error
    _check_version(raw, file)
    try:
        manifest = msgspec.convert(raw, Manifest)
        _check_times(manifest)
    except (msgspec.ValidationError, ValueError) as error:
        raise IscmError(Problem.PACKAGE_DAMAGED, file=file) from error
    if REVISIONS not in manifest.members or not all(map(_MEMBER_NAME.fullmatch, manifest.members)):
        raise IscmError(Problem.PACKAGE_ODD, file=file)
    response = manifest.response
    if response.id != response_id(manifest.round.code, manifest.questionnaire.form_id, response.respondent):
        raise IscmError(Problem.PACKAGE_CONTRADICTS, file=file)
    return manifest


def _check_version(raw: object, file: str) -> None:
    """A newer format may look quite different, so this comes before the rest is looked at."""
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise IscmError(Problem.PACKAGE_FOREIGN, file=file)
    major = str(raw.get("format_version", "")).partition(".")[0]
    if major.isascii() and major.isdigit() and len(major) <= 4 and int(major) > MAJOR:
        made_by = raw.get("made_by")
        version = made_by.get("version") if isinstance(made_by, dict) else None
        raise IscmError(Problem.PACKAGE_TOO_NEW, file=file, made_by=str(version or "?")[:20])
    if major != str(MAJOR):
        raise IscmError(Problem.PACKAGE_DAMAGED, file=file)


def _check_times(manifest: Manifest) -> None:
    times.read(manifest.made_at)
    if manifest.round.due_on is not None:
        date.fromisoformat(manifest.round.due_on)


def _revisions(data: bytes, file: str) -> dict[RevisionId, Revision]:
    if not data.endswith(b"\n"):
        raise IscmError(Problem.PACKAGE_DAMAGED, file=file)
    lines = data[:-1].split(b"\n")
    if len(lines) > MAX_LINES:
        raise IscmError(Problem.PACKAGE_TOO_LARGE, file=file)
    found: dict[RevisionId, Revision] = {}
    for raw in lines:
        try:
            revision = _line_decoder.decode(raw)
            is_sound = line(revision) == raw and _is_sound(revision)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError) as error:
            raise IscmError(Problem.PACKAGE_DAMAGED, file=file) from error
        if (
            not is_sound
        ):  # canonical lines have nothing said twice, no blanks, one way to write each character
            raise IscmError(Problem.PACKAGE_DAMAGED, file=file)
        found[hashlib.sha256(raw).hexdigest()] = revision
    if len(found) != len(lines):
        raise IscmError(Problem.PACKAGE_DAMAGED, file=file)
    return found


def _is_sound(revision: Revision) -> bool:
    parents = revision.parents
    return (
        _is_instant(revision.made_at)
        and bool(_KIND.fullmatch(revision.kind))
        and len(revision.path) <= MAX_PATH
        and not _CONTROL.search(revision.path)
        and (revision.value is None or "\0" not in revision.value)
        and not ("\0" in revision.author or "\0" in revision.device)
        and (
            not parents
            or (
                len(parents) <= MAX_PARENTS
                and all(map(_ID.fullmatch, parents))
                and list(parents) == sorted(set(parents))
            )
        )
        and (revision.kind != ENTRY or revision.value is None or bool(_ORDER_KEY.fullmatch(revision.value)))
    )


@lru_cache(maxsize=4096)
def _is_instant(text: str) -> bool:
    times.read(text)  # a ValueError of its own where it is none
    return True
