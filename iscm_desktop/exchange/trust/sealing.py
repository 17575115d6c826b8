"""Seals made and checked: what this device hands out for the first time, and what others' devices signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.exchange.trust.signature import SigningKey, is_sealed
from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.objects.seals import Seal, sealed_text


def new_seal(key: SigningKey, subject: SubjectId, device: str, revisions: Iterable[RevisionId]) -> Seal:
    """One seal over revisions that this device made."""
    ids = tuple(sorted(revisions))
    return Seal(device, key.public, key.seal(sealed_text(subject, device, ids)), ids)


def is_whole(seal: Seal, subject: SubjectId) -> bool:
    """Whether a seal is its key's, over these very revisions."""
    return is_sealed(sealed_text(subject, seal.device, seal.revisions), seal.signature, seal.key)


def check_seals(package: ReadPackage) -> None:
    """Raises an IscmError where a seal of the package is not its key's over these very revisions."""
    subject = package.manifest.response.id
    if not all(is_whole(seal, subject) for seal in package.seals):
        raise IscmError(TrustProblem.SEAL_BROKEN, file=package.path.name)


def fitting_seals(seals: Iterable[Seal], revisions: Mapping[RevisionId, Revision]) -> list[Seal]:
    """Those that can be checked by whoever has no more than these revisions."""
    return [seal for seal in seals if revisions.keys() >= set(seal.revisions)]


def covered_by(seals: Iterable[Seal], device: str, key: str) -> set[RevisionId]:
    """What the seals of one device by one key cover."""
    return {id_ for seal in seals if (seal.device, seal.key) == (device, key) for id_ in seal.revisions}


def unsealed_revisions(
    seals: Iterable[Seal],
    device: str,
    key: str,
    revisions: Mapping[RevisionId, Revision],
    brought: Collection[RevisionId],
) -> list[RevisionId]:
    """What a device made of these revisions that no seal by its key covers, ascending.

    Args:
        key: Its public key: another's seal in its name leaves them to be sealed.
        brought: Those that a file brought: what somebody sent in the device's name is not sealed by it.
    """
    covered = covered_by(seals, device, key)
    return sorted(
        id_
        for id_, one in revisions.items()
        if one.device == device and id_ not in covered and id_ not in brought
    )
