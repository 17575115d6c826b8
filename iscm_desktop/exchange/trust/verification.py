"""Whose file it is: invitations proven, signatures checked, encrypted files opened with the coordinator's key.

An invitation's secret follows from the private key of the coordinator who issued it. So nobody keeps a list of
secrets, and whoever has the key, restored from its backup on another computer for instance, can check every
proof. What the merge shows about a file is decided here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package.archive import MAX_FILE
from iscm_desktop.exchange.package.manifest import REVISIONS, InvitationPart, Manifest
from iscm_desktop.exchange.package.package_reader import OpenedPackage, open_package
from iscm_desktop.exchange.trust.known_devices import KnownDevices
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire import registers

_START = 2048
_AGE_EXTRA = 1024 * 1024
"""By how much encryption may enlarge a file: recipients, and 16 bytes in 64 KiB."""


class Trust(Enum):
    """How far a file shows where it comes from."""

    VERIFIED = "verified_invitation"  # signed, and it proves an invitation of ours to this respondent
    KNOWN = "known_device"  # signed by a device that did so before, or was named for this respondent
    OPEN = "open_invitation"  # signed, and it proves an invitation of ours that whoever has it may answer
    NEW_DEVICE = "new_device"  # signed, but nobody knows by whom
    UNSIGNED = "unsigned"
    BROKEN = "signature_broken"  # refused


_WORDS = {
    Trust.VERIFIED: N_("verified invitation"),
    Trust.KNOWN: N_("known device"),
    Trust.OPEN: N_("open invitation"),
    Trust.NEW_DEVICE: N_("new device"),
    Trust.UNSIGNED: N_("unsigned"),
    Trust.BROKEN: N_("signature broken"),
}


class UncheckedInvitation(Enum):
    """Why a coordinator, who expects proven invitations, cannot have one checked."""

    KEY_LOST = "key lost"  # the key that it needs is ours, and not on this computer
    ANOTHER_COORDINATOR = "another coordinator"  # who has the key


def trust_in_words(trust: Trust | None) -> str:
    """For people; "" where a file was refused before that could be told."""
    return "" if trust is None else _(_WORDS[trust])


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of a file that may be merged."""

    trust: Trust = Trust.UNSIGNED
    signer: str = ""  # the device's name here or, for a new one, the sender's own
    signer_key: str = ""
    known_as: str = ""  # name of the device, where it is known for another respondent only
    known_for: str = ""  # and the name of that respondent
    calls_itself: str = ""  # the respondent's name in the file, where the registers name them otherwise
    unchecked: UncheckedInvitation | None = None
    other_round: str = ""  # title of the round it goes to; "" where that is the one in use


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """What is known of an invitation that was issued here."""

    round: str
    form_id: str
    respondent: str
    name: str


def invitation_secret(identity: str, invitation: str, round_: str, form_id: str, respondent: str) -> bytes:
    """The secret of one invitation; form and respondent are "" where it is open.

    Args:
        identity: The coordinator's private key, "AGE-SECRET-KEY-1…".
    """
    named = ["iscm-invitation", invitation, round_, form_id, respondent]
    return hmac.digest(identity.encode(), _packed(named), hashlib.sha256)


def proof(secret: bytes, invitation: str, response: str, revisions_sha256: str, device_key: str) -> str:
    """What shows that a package's sender, on this device, has the invitation."""
    named = ["iscm-proof", invitation, response, revisions_sha256, device_key]
    return hmac.digest(secret, _packed(named), hashlib.sha256).hex()


def _packed(parts: list[str]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def _trust(proven: Trust | None, *, is_known: bool) -> Trust:
    """An open invitation shows less than a device that is known for this very respondent."""
    if proven is Trust.VERIFIED or not is_known:
        return proven or Trust.NEW_DEVICE
    return Trust.KNOWN


def _no_keys() -> Mapping[str, str]:
    return {}


def _no_own_keys() -> frozenset[str]:
    return frozenset()


def _as_it_is(_path: Path, data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class PackageVerifier:
    """Opens files and judges them, with what one store knows.

    Args:
        keys: Gives the private keys that are at hand, by public key; asked only when one is needed.
        ours: The public keys whose private halves should be at hand.
        devices: Whose device is known for whom.
        issued: Invitations issued here, by id.
        round: Code of the round that one works in; "" where no file is out of place.
        own_keys: Gives the public keys by which this device signs; asked only where a file speaks in its name.
        takes_practice: Also what comes out of a practice round, in which nothing counts.
        carried: Gives the package in what was decrypted, which may be a PDF; told of which file, for sentences.
    """

    keys: Callable[[], Mapping[str, str]] = _no_keys
    ours: frozenset[str] = frozenset()
    devices: KnownDevices = field(default_factory=KnownDevices)
    issued: Mapping[str, IssuedInvitation] = field(default_factory=dict)
    round: str = ""
    own_keys: Callable[[], frozenset[str]] = _no_own_keys
    carried: Callable[[Path, bytes], bytes] = _as_it_is
    takes_practice: bool = False

    def open_file(self, path: Path) -> OpenedPackage:
        """A package, decrypted where it is encrypted: by what it is, not by what it is called.

        Raises:
            IscmError: it cannot be read, or is for somebody else's key.
        """
        opened = open_package(path, self._unsealed(path))
        if opened.manifest.practice and not self.takes_practice:
            raise IscmError(FileProblem.PACKAGE_OF_PRACTICE, file=path.name)
        return opened

    def _unsealed(self, path: Path) -> bytes | None:
        """What an encrypted file holds; None where the file is not encrypted."""
        try:
            with path.open("rb") as file:
                start = file.read(_START)
        except OSError:
            return None  # whoever reads it next says why it cannot be read
        if not start.startswith(b"age-") and b"-----BEGIN" not in start:
            return None
        from iscm_desktop.exchange.trust.age_header import is_age

        if not is_age(start):
            return None
        if path.stat().st_size > MAX_FILE + _AGE_EXTRA:
            raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=path.name)
        return self.carried(path, self._decrypted(path))

    def judge(self, opened: OpenedPackage) -> Judgement:
        """Where a sound package comes from.

        Raises:
            IscmError: its signature is broken, or its invitation is not what it says.
        """
        manifest, name = opened.manifest, opened.path.name
        key = manifest.sender.key
        part, form_id = manifest.response, manifest.questionnaire.form_id
        about = Judgement(
            calls_itself=registers.other_name(form_id, part.respondent, part.respondent_name),
            other_round=self._other_round(manifest),
        )
        if opened.signature is None and not key:
            return about
        from iscm_desktop.exchange.trust.signature import (
            is_signed,  # late: unsigned files need no cryptography
        )

        if opened.signature is None or not is_signed(opened.manifest_bytes, opened.signature, key):
            raise IscmError(TrustProblem.SIGNATURE_BROKEN, file=name)
        device = self.devices.find(key, form_id, part.respondent)
        proven, unchecked = None, None
        if manifest.invitation is not None:
            proven, unchecked = self._proven(manifest, manifest.invitation, name)
        trust = _trust(proven, is_known=device is not None)
        about = replace(about, trust=trust, signer_key=key, unchecked=unchecked)
        if device is not None:
            return replace(about, signer=device.name)
        about = replace(about, signer=manifest.sender.name or manifest.sender.organization)
        if trust is not Trust.VERIFIED and (other := self.devices.elsewhere(key, form_id, part.respondent)):
            about = replace(about, known_as=other.name, known_for=other.respondent_name)
        return about

    def _decrypted(self, path: Path) -> bytes:
        from iscm_desktop.exchange.trust.age_encryption import HYBRID, SCRYPT, AgeError, AgeFault, decrypted

        keys = self.keys()
        try:
            return decrypted(path.read_bytes(), list(keys.values()))
        except AgeError as error:
            if error.fault is not AgeFault.NO_MATCH:
                problem = TrustProblem.AGE_DAMAGED
            elif SCRYPT in error.kinds:
                problem = TrustProblem.AGE_WITH_PASSPHRASE
            elif error.kinds == {HYBRID}:
                problem = TrustProblem.AGE_HYBRID
            elif self.ours - keys.keys():
                problem = TrustProblem.AGE_KEY_LOST
            else:
                problem = TrustProblem.AGE_KEY_WRONG if keys else TrustProblem.AGE_KEY_MISSING
            raise IscmError(problem, file=path.name) from error

    def _proven(
        self, manifest: Manifest, part: InvitationPart, file: str
    ) -> tuple[Trust | None, UncheckedInvitation | None]:
        """What the invitation proves and, where it cannot be checked, why: for coordinators, who expect it.

        Raises:
            IscmError: it was checked, and does not hold.
        """
        identity = self.keys().get(part.recipient)
        if identity is None and part.recipient in self.ours:
            return None, UncheckedInvitation.KEY_LOST
        if identity is None:
            return None, UncheckedInvitation.ANOTHER_COORDINATOR if self.ours else None
        round_, form_id, respondent = (
            manifest.round.code,
            manifest.questionnaire.form_id,
            manifest.response.respondent,
        )
        to = ("", "") if part.is_open else (form_id, respondent)
        secret = invitation_secret(identity, part.id, round_, *to)
        revisions = manifest.members[REVISIONS].sha256
        right = proof(secret, part.id, manifest.response.id, revisions, manifest.sender.key)
        if hmac.compare_digest(right, part.proof):
            return Trust.OPEN if part.is_open else Trust.VERIFIED, None
        raise self._disproved(manifest, part, file)

    def _disproved(self, manifest: Manifest, part: InvitationPart, file: str) -> IscmError:
        issued = self.issued.get(part.id)
        if issued is not None and issued.round != manifest.round.code:
            return IscmError(
                TrustProblem.PROOF_FOR_ANOTHER_ROUND,
                file=file,
                round=manifest.round.title,
                invited=issued.round,
            )
        whose = manifest.questionnaire.form_id, manifest.response.respondent
        if issued is not None and issued.respondent and (issued.form_id, issued.respondent) != whose:
            answers_for = registers.named_respondent(*whose, manifest.response.respondent_name)
            return IscmError(
                TrustProblem.PROOF_FOR_ANOTHER,
                file=file,
                respondent=answers_for,
                invited=issued.name or issued.respondent,
            )
        return IscmError(TrustProblem.PROOF_WRONG, file=file)

    def _other_round(self, manifest: Manifest) -> str:
        if not self.round or manifest.round.code == self.round:
            return ""
        return manifest.round.title or manifest.round.code
