"""Seals: which device's key stands behind which revisions.

A seal is one signature over a set of revisions that were sealed together, by the hash of their ids. It travels with
them, so a stranger can tell years later by which key a revision was made. Who that key belongs to is another
matter: a device has the key with which it was first seen in a response, or one that is known for the respondent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, func, insert, select, update

from iscm_desktop.store.database.tables import PackageRecord, RevisionRecord, SealRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.packages import brought_by, made_here
from iscm_desktop.store.objects.revision import RevisionId, SubjectId

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature over revisions of one response that one device made."""

    device: str
    key: str  # public, as minisign writes it
    signature: str  # base64
    revisions: tuple[RevisionId, ...]  # ascending


@dataclass(frozen=True, slots=True)
class StoredSeal:
    """A seal as the store has it."""

    seal: Seal
    package: int | None  # the first that brought it; None: it was made here


def sealed_text(subject: SubjectId, device: str, revisions: Iterable[RevisionId]) -> bytes:
    """What a seal signs: its purpose, whose revisions they are, how many, and the hash of their sorted ids."""
    ids = sorted(revisions)
    digest = hashlib.sha256("".join(f"{id_}\n" for id_ in ids).encode()).hexdigest()
    return _encode(("iscm-seal", subject, device, len(ids), digest))


def seals_of(db: Transaction, subject: SubjectId) -> tuple[StoredSeal, ...]:
    """Every seal of a response, in the order in which they came; revisions out of view are among them."""
    one = SealRecord
    query = select(one.number, one.package, one.device, one.key, one.signature, one.members)
    rows = db.sql.execute(query.where(one.subject == subject).order_by(one.number)).all()
    if not rows:
        return ()
    by_seal: dict[int, list[RevisionId]] = {}
    for id_, number in _sealed_revisions(db, subject).items():
        by_seal.setdefault(number, []).append(id_)
    return tuple(
        StoredSeal(
            Seal(
                device,
                key,
                signature,
                tuple(sorted(by_seal.get(number, ()))) if members is None else tuple(members.split()),
            ),
            package,
        )
        for number, package, device, key, signature, members in rows
    )


def known_signatures(db: Transaction, subject: SubjectId) -> set[str]:
    """Of the seals of a response that the store has."""
    return set(db.sql.execute(select(SealRecord.signature).where(SealRecord.subject == subject)).scalars())


def sealed_ids(db: Transaction, subject: SubjectId) -> set[RevisionId]:
    """The revisions of a response that name a seal."""
    return set(_sealed_revisions(db, subject))


def are_here(db: Transaction, subject: SubjectId, revisions: Collection[RevisionId]) -> bool:
    """Whether all of these are in the store."""
    query = select(RevisionRecord.id).where(RevisionRecord.subject == subject)
    return set(db.sql.execute(query).scalars()) >= set(revisions)


def _sealed_revisions(db: Transaction, subject: SubjectId) -> dict[RevisionId, int]:
    one = RevisionRecord
    query = select(one.id, one.seal).where(one.subject == subject, one.seal.is_not(None))
    return {id_: number for id_, number in db.sql.execute(query) if number is not None}


def last_seal(db: Transaction) -> int:
    """The greatest number that a seal has; 0 where there is none. Whoever writes is alone."""
    return db.sql.execute(select(func.max(SealRecord.number))).scalar_one() or 0


def keep_seal(db: Transaction, subject: SubjectId, seal: Seal) -> None:
    """Keeps a seal that was made here over revisions that are in the store.

    It has them for members where some name another: one that a lost key made, or a stranger.
    """
    number = last_seal(db) + 1
    named = sealed_ids(db, subject).intersection(seal.revisions)
    members = " ".join(seal.revisions) if named else None
    db.sql.execute(
        insert(SealRecord).values(
            number=number, subject=subject, package=None, device=seal.device, key=seal.key,
            signature=seal.signature, members=members,
        )
    )  # fmt: skip
    if not named:
        name_seal(db, subject, number, seal.revisions)


def name_seal(db: Transaction, subject: SubjectId, number: int, revisions: Sequence[RevisionId]) -> None:
    """Lets revisions that are here name their seal; those that name one already keep it."""
    one = RevisionRecord
    named = update(one).where(one.subject == subject, one.id == bindparam("sealed"), one.seal.is_(None))
    if revisions:
        db.sql.execute(named.values(seal=number), [{"sealed": id_} for id_ in revisions])


def name_again(db: Transaction, subject: SubjectId, seals: Iterable[Seal]) -> None:
    """Lets revisions that were gone and are back name the seals that rely on it."""
    one = SealRecord
    query = select(one.signature, one.number).where(one.subject == subject, one.members.is_(None))
    numbers = dict(db.sql.execute(query).all())
    for seal in seals:
        if seal.signature in numbers:
            name_seal(db, subject, numbers[seal.signature], seal.revisions)


@dataclass(frozen=True, slots=True)
class Vouching:
    """That a key stands behind revisions of a device: by a seal, or by the signature of a whole package."""

    device: str
    key: str
    sight: int  # when it came here: the number of its package; 0: it was made here
    revisions: frozenset[RevisionId]


@dataclass(frozen=True, slots=True)
class ProvenRevisions:
    """Which keys stand behind the revisions of a response, and to which each device is bound."""

    device_keys: Mapping[str, frozenset[str]]
    keys: Mapping[RevisionId, frozenset[str]]
    own: frozenset[RevisionId]  # made in this very store: nothing needs to be proven

    def keys_of(self, revision: RevisionId) -> frozenset[str]:
        """The keys that sealed a revision, whosever they are; none where it is unsealed."""
        return self.keys.get(revision, frozenset())

    def is_proven(self, revision: RevisionId, device: str) -> bool:
        """Whether a key that its device is bound to stands behind a revision."""
        bound = self.device_keys.get(device, frozenset())
        return revision in self.own or not bound.isdisjoint(self.keys_of(revision))


def bound_device_keys(
    vouchings: Iterable[Vouching], known_keys: frozenset[str] = frozenset()
) -> dict[str, frozenset[str]]:
    """The keys that each device is bound to in a response.

    Keys that are known for the respondent, all of them: a device that lost its key and answered its invitation with
    a new one is both. Where none of those that claim a device is known, it is bound to the one that was seen first
    here, which alone depends on the order in which files came; among those of one file, to the lesser.
    """
    claims: dict[str, dict[str, int]] = {}
    for one in vouchings:
        own = claims.setdefault(one.device, {})
        own[one.key] = min(own.get(one.key, one.sight), one.sight)
    return {
        device: frozenset(own) & known_keys or frozenset([min(own, key=lambda key: (own[key], key))])
        for device, own in claims.items()
    }


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """This device, which no file and nobody's word binds to another's key."""

    id: str
    keys: Callable[
        [], frozenset[str]
    ]  # public ones by which it signs; asked only where a file speaks in its name


def proven_revisions(
    db: Transaction, subject: SubjectId, known_keys: frozenset[str], own_device: OwnDevice | None = None
) -> ProvenRevisions:
    """What is proven of a response.

    Args:
        known_keys: Keys that are known for the respondent: proven by an invitation, or named by the coordinator.
        own_device: Bound to its own keys alone; None: to whatever others are bound to.
    """
    vouchings = [*_by_seals(db, subject), *_by_packages(db, subject)]
    keys: dict[RevisionId, frozenset[str]] = {}
    for one in vouchings:
        for id_ in one.revisions:
            keys[id_] = keys.get(id_, frozenset()) | {one.key}
    own, bound = made_here(db, subject), bound_device_keys(vouchings, known_keys)
    if own_device is not None:
        named = [one for one in vouchings if one.device == own_device.id and not one.revisions <= own]
        if named:
            sealed_here = {one.key for one in vouchings if one.device == own_device.id and one.sight == 0}
            bound[own_device.id] = own_device.keys() | sealed_here
    return ProvenRevisions(bound, keys, own)


def _by_seals(db: Transaction, subject: SubjectId) -> list[Vouching]:
    return [
        Vouching(one.seal.device, one.seal.key, one.package or 0, frozenset(one.seal.revisions))
        for one in seals_of(db, subject)
    ]


def _by_packages(db: Transaction, subject: SubjectId) -> list[Vouching]:
    """A signed package is a seal over what its sender's device made, for those before format 1.2."""
    brought, package = brought_by(db, subject), PackageRecord
    query = select(package.number, package.device, package.signer_key)
    signed = db.sql.execute(
        query.where(package.subject == subject, package.signer_key != "", package.device != "")
    ).all()
    devices: dict[RevisionId, str] = {}
    if signed:
        made_on = select(RevisionRecord.id, RevisionRecord.device)
        rows = db.sql.execute(made_on.where(RevisionRecord.subject == subject)).all()
        devices = dict(rows)
    return [
        Vouching(
            device,
            key,
            number,
            frozenset(id_ for id_ in brought.get(number, ()) if devices[id_] == device),
        )
        for number, device, key in signed
    ]
