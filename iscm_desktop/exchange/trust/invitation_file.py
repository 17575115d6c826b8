"""Invitations, `.iscminvite`: what a coordinator hands to a respondent so that both know whose answers come back.

A zip file with `invitation.json`, its signature, and the questionnaires that the program does not ship.
`docs/formats/invitation.md` describes it for others. Read like a package: hostile until checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package import strict_json
from iscm_desktop.exchange.package.archive import open_archive
from iscm_desktop.exchange.package.manifest import (
    ATTACHMENTS,
    INVITATION,
    Code,
    Instant,
    MadeBy,
    Member,
    QuestionnairePart,
    RoundPart,
    Sha256,
    ShortCode,
    SubjectHash,
    Title,
)
from iscm_desktop.exchange.package.package_reader import MAX_SIGNATURE
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.age_encryption import is_recipient
from iscm_desktop.exchange.trust.signature import SigningKey, is_public_key, is_signed
from iscm_desktop.questionnaire.attached_files import MAX_FILE_SIZE
from iscm_desktop.store import times

FORMAT = "iscm-invitation"
MAJOR, MINOR = 1, 0
FORMAT_VERSION = f"{MAJOR}.{MINOR}"
SUFFIX = ".iscminvite"
SIGNATURE = f"{INVITATION}.minisig"
MAX_DOCUMENT = 256 * 1024

_BROKEN = (
    FileProblem.PACKAGE_DAMAGED,
    FileProblem.PACKAGE_NOT_WHOLE,
    FileProblem.PACKAGE_ODD,
    FileProblem.PACKAGE_TOO_LARGE,
)
_FORM_MEMBER = re.compile(r"questionnaire-[0-9a-f]{64}\.xml|attachments/[0-9a-f]{64}", re.ASCII)

Recipient = Annotated[str, msgspec.Meta(pattern="^age1[02-9ac-hj-np-z]{20,100}$")]
PublicKey = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9+/=]{56}$")]


class InvitationIssuer(msgspec.Struct, frozen=True):
    """Who invites, as they call themselves, and the key that signed the invitation."""

    name: Title
    organization: Title
    key: PublicKey
    """A public key in minisign's format."""


class Coordinator(msgspec.Struct, frozen=True):
    """Somebody for whom the answers may be encrypted."""

    name: Title
    recipient: Recipient
    """A public key in the age format."""


class InvitedRespondent(msgspec.Struct, frozen=True):
    """Who is invited, in which questionnaire."""

    form_id: Code
    respondent: Code
    name: Title


class Invitation(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of invitation.json."""

    format: str
    format_version: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")]
    made_by: MadeBy
    issued_at: Instant
    id: SubjectHash
    round: RoundPart
    questionnaires: Annotated[list[QuestionnairePart], msgspec.Meta(min_length=1, max_length=100)]
    language: ShortCode
    """In which language the response begins."""
    issuer: InvitationIssuer
    coordinators: Annotated[list[Coordinator], msgspec.Meta(min_length=1, max_length=100)]
    """For whom answers are encrypted; from the key of the first follows the secret."""
    secret: Sha256
    """32 bytes in hexadecimal, with which a package proves that it answers this invitation."""
    members: Annotated[dict[str, Member], msgspec.Meta(max_length=1000)]
    invited: InvitedRespondent | None = None
    """Absent where the invitation is open: whoever has it says for whom they answer."""
    practice: bool = False
    """Where it comes out of a practice round, in which nothing counts."""


@dataclass(frozen=True, slots=True)
class ReadInvitation:
    """An invitation that was read whole, its signature checked."""

    path: Path
    invitation: Invitation
    document: str
    sources: Mapping[str, str]
    """By hash, the XForms that came along."""
    media: Mapping[str, bytes]
    """By hash, the pictures, sounds and films that their labels show."""


def invitation_bytes(
    invitation: Invitation,
    sources: Mapping[str, str],
    key: SigningKey,
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file. `sources` are the XForms, by hash, that the invited may not have; it names them itself.

    Args:
        media: What their labels show, by hash.
    """
    forms = {f"questionnaire-{hash_}.xml": text.encode() for hash_, text in sources.items()}
    forms |= {f"{ATTACHMENTS}{hash_}": content for hash_, content in sorted((media or {}).items())}
    members = {name: Member(hashlib.sha256(data).hexdigest(), len(data)) for name, data in forms.items()}
    whole = msgspec.structs.replace(invitation, members=members)
    document = msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=1) + b"\n"
    signature = key.sign(document, f"iscm-invitation {invitation.id}")
    return zipped({INVITATION: document, SIGNATURE: signature, **forms})


def read_invitation(path: Path, data: bytes | None = None) -> ReadInvitation:
    """The invitation in a file.

    Args:
        data: What the file holds, where that is at hand.

    Raises:
        IscmError: it is none, too new, or not as the coordinator signed it.
    """
    try:
        document, signature, members = _unpacked(path, data)
    except IscmError as error:
        raise _of_invitation(error, path) from error
    raw = _document(document, path)
    try:
        found = msgspec.convert(raw, Invitation)
        times.read(found.issued_at)
        if found.round.due_on is not None:
            date.fromisoformat(found.round.due_on)
    except (msgspec.ValidationError, ValueError) as error:
        raise IscmError(TrustProblem.INVITATION_BROKEN, file=path.name) from error
    if not is_signed(document, signature, found.issuer.key) or not _is_sound(found):
        raise IscmError(TrustProblem.INVITATION_BROKEN, file=path.name)
    sources, media = _parts(found, members, path)
    return ReadInvitation(path, found, document.decode(), sources, media)


def known_invitation(document: str) -> Invitation:
    """From a document that was checked when it was first read."""
    return msgspec.json.decode(document, type=Invitation)


def _unpacked(path: Path, data: bytes | None) -> tuple[bytes, bytes, dict[str, bytes]]:
    with closing(open_archive(path, data)) as archive:
        if INVITATION not in archive.sizes:
            raise IscmError(TrustProblem.INVITATION_FOREIGN, file=path.name)
        sizes = archive.sizes[INVITATION], archive.sizes.get(SIGNATURE, 0)
        forms = archive.sizes.keys() - {INVITATION, SIGNATURE}
        if (
            sizes[0] > MAX_DOCUMENT
            or not 0 < sizes[1] <= MAX_SIGNATURE
            or not all(map(_FORM_MEMBER.fullmatch, forms))
        ):
            raise IscmError(TrustProblem.INVITATION_BROKEN, file=path.name)
        return archive.read(INVITATION), archive.read(SIGNATURE), {name: archive.read(name) for name in forms}


def _of_invitation(error: IscmError, path: Path) -> IscmError:
    """The sentence about an invitation for what was found out about an archive."""
    if error.problem is FileProblem.PACKAGE_FOREIGN:
        return IscmError(TrustProblem.INVITATION_FOREIGN, file=path.name)
    if error.problem in _BROKEN:
        return IscmError(TrustProblem.INVITATION_BROKEN, file=path.name)
    return error


def _document(document: bytes, path: Path) -> dict[str, object]:
    try:
        raw = strict_json.loads(document)
    except ValueError as error:
        raise IscmError(TrustProblem.INVITATION_BROKEN, file=path.name) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise IscmError(TrustProblem.INVITATION_FOREIGN, file=path.name)
    major = str(raw.get("format_version", "")).partition(".")[0]
    if major.isascii() and major.isdigit() and len(major) <= 4 and int(major) > MAJOR:
        made_by = raw.get("made_by")
        version = made_by.get("version") if isinstance(made_by, dict) else None
        raise IscmError(TrustProblem.INVITATION_TOO_NEW, file=path.name, made_by=str(version or "?")[:20])
    return raw


def _is_sound(found: Invitation) -> bool:
    forms = {part.form_id for part in found.questionnaires}
    return (
        found.format_version.partition(".")[0] == str(MAJOR)
        and is_public_key(found.issuer.key)
        and all(is_recipient(each.recipient) for each in found.coordinators)
        and len(forms) == len(found.questionnaires)
        and (found.invited is None or forms == {found.invited.form_id})
    )


def _parts(
    found: Invitation, members: Mapping[str, bytes], path: Path
) -> tuple[dict[str, str], dict[str, bytes]]:
    """XForms and what they show, by hash, checked against what the signed document says of them."""
    broken = IscmError(TrustProblem.INVITATION_BROKEN, file=path.name)
    sources: dict[str, str] = {}
    media: dict[str, bytes] = {}
    if members.keys() != found.members.keys():
        raise broken
    for name, data in members.items():
        hash_ = hashlib.sha256(data).hexdigest()
        promised = found.members[name]
        if (hash_, len(data)) != (promised.sha256, promised.size):
            raise broken
        if name == f"{ATTACHMENTS}{hash_}" and len(data) <= MAX_FILE_SIZE:
            media[hash_] = data
        elif name == f"questionnaire-{hash_}.xml":
            try:
                sources[hash_] = data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise broken from error
        else:
            raise broken
    if not sources.keys() <= {part.hash for part in found.questionnaires}:
        raise broken
    return sources, media
