"""The first member of a package: what it is, what it holds, and by which hashes that can be checked.

`docs/formats/package.md` describes it for others. Fields may be added within major version 1, and readers
pass over those that they do not know.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from iscm_desktop.exchange.colleagues.delegation import DelegationPart
from iscm_desktop.exchange.colleagues.queries import QueryPart
from iscm_desktop.exchange.package.public_edition import EditionOf, PublicPart
from iscm_desktop.text_limits import TextLimit

FORMAT = "iscm-package"
MAJOR, MINOR = 1, 3
FORMAT_VERSION = f"{MAJOR}.{MINOR}"
_FIRST_WITH_SEALS = (1, 2)

MANIFEST = "manifest.json"
INVITATION = "invitation.json"
"""The first member of an invitation, by which it is told from a package; people get it by mail, too."""
REVISIONS = "revisions.jsonl"
QUESTIONNAIRE = "questionnaire.xml"
SEALS = "seals.jsonl"
"""By which key each set of revisions was sealed, one per line; absent where none was. Since format 1.2."""
SIGNATURE = "manifest.json.minisig"
"""A signature of the manifest in minisign's format; it covers all members through their hashes."""

ATTACHMENTS = "attachments/"
"""Before the SHA-256 of each file that an answer names: its content. Since format 1.3."""

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
SubjectHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=TextLimit.CODE.most)]
ShortCode = Annotated[str, msgspec.Meta(max_length=TextLimit.CODE.most)]
"""Likewise, or nothing."""
Title = Annotated[str, msgspec.Meta(max_length=TextLimit.NAME.most)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
Day = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Instant = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$")
]


class MadeBy(msgspec.Struct, frozen=True):
    """The program that wrote the package."""

    program: Title
    version: Code


class Sender(msgspec.Struct, frozen=True):
    """Who exported the package, as they call themselves, and on which device."""

    device: ShortCode
    name: Title = ""
    organization: Title = ""
    key: ShortCode = ""
    """Public key of the device, as minisign writes it; since format 1.1."""


class InvitationPart(msgspec.Struct, frozen=True):
    """Which invitation is answered, and the proof that the sender has it. Since format 1.1."""

    id: SubjectHash
    is_open: bool
    """Issued to whoever has it, and not to this respondent."""
    recipient: Annotated[str, msgspec.Meta(max_length=200)]
    """Public age key of the coordinator who issued it: theirs is the key that can check the proof."""
    proof: Sha256
    """HMAC-SHA256 with the invitation's secret, see the format's description."""


class RoundPart(msgspec.Struct, frozen=True):
    """The survey round."""

    code: Code
    title: Title
    due_on: Day | None = None


class QuestionnairePart(msgspec.Struct, frozen=True):
    """With which questionnaire the response is filled in."""

    form_id: Code
    version: ShortCode
    title: Title
    hash: Sha256
    """SHA-256 of the XForm. Its text is the member questionnaire.xml, unless the program ships it."""


class ResponsePart(msgspec.Struct, frozen=True):
    """Whose response it is. The id follows from round, form and respondent, and readers check that."""

    id: SubjectHash
    respondent: Code
    respondent_name: Title
    language: ShortCode


class Counts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the package holds, for people who look before they merge."""

    answers: Count
    """Questions that were ever answered, each with one or more revisions."""
    revisions: Count
    root: Sha256 | None = None
    """Of the tree over the ids of its revisions (`revision_set`); since format 1.2."""


class Member(msgspec.Struct, frozen=True):
    """A file inside the package."""

    sha256: Sha256
    size: Count


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of manifest.json."""

    format: str
    format_version: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")]
    made_by: MadeBy
    made_at: Instant
    """When the newest revision was made: the same content gives the same bytes, whenever it is exported."""
    sender: Sender
    round: RoundPart
    questionnaire: QuestionnairePart
    response: ResponsePart
    counts: Counts
    members: Annotated[dict[str, Member], msgspec.Meta(max_length=1000)]
    invitation: InvitationPart | None = None
    delegation: DelegationPart | None = None
    """Where the package holds some sections only; since format 1.1."""
    queries: Annotated[tuple[QueryPart, ...], msgspec.Meta(max_length=10_000)] | None = None
    """Where it holds questions back and nothing else; since format 1.1."""
    public: PublicPart | None = None
    """Where it is a public edition, without what is not for publication; since format 1.1."""

    practice: bool = False
    """Where it comes out of a practice round, in which nothing counts; since format 1.3."""

    @property
    def is_before_seals(self) -> bool:
        """Whether the signature stands for a seal over what its sender's device made: before format 1.2.

        Since then a sender's signature covers, as everybody's, also what others sent in the sender's name.
        """
        major, minor = map(int, self.format_version.split("."))
        return (major, minor) < _FIRST_WITH_SEALS


def edition_of(manifest: Manifest) -> EditionOf:
    """What a public edition with this manifest is one of."""
    form, response = manifest.questionnaire, manifest.response
    return EditionOf(manifest.round.code, form.form_id, response.respondent, form.hash, response.language)


def written(manifest: Manifest) -> bytes:
    """Readable JSON, the same bytes for the same manifest."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1) + b"\n"
