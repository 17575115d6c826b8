"""The packages that brought a response: which revisions came with each, and what each vouches for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, partial

from sqlalchemy import ColumnElement, exists, func, select

from iscm_desktop.store.database.tables import (
    KnownDeviceRecord,
    OperationFileRecord,
    OperationRecord,
    PackageRecord,
    PackageRevisionRecord,
    ResponseRecord,
    RevisionRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.proof_levels import ResponseProof, Shown, Voucher
from iscm_desktop.store.objects.revision import RevisionId, SubjectId

_TAKE_BACK = "take_back"
"""As `operations.operation_kinds` spells it, which knows the objects; a test compares."""


BroughtBy = Callable[[SubjectId], Mapping[int, set[RevisionId]]]
"""Gives, for a response, which revisions each package held."""


def brought_by(db: Transaction, subject: SubjectId) -> dict[int, set[RevisionId]]:
    """All revisions that each package held, by the package's number, whoever brought them first."""
    first = select(RevisionRecord.package, RevisionRecord.id).where(
        RevisionRecord.subject == subject, RevisionRecord.package.is_not(None)
    )
    again = select(PackageRevisionRecord.package, PackageRevisionRecord.revision).where(
        PackageRevisionRecord.subject == subject
    )
    found: dict[int, set[RevisionId]] = {}
    for query in (first, again):
        for number, id_ in db.sql.execute(query):
            if number is not None:
                found.setdefault(number, set()).add(id_)
    return found


def made_here(db: Transaction, subject: SubjectId) -> frozenset[RevisionId]:
    """The revisions of a response that no package brought first."""
    one = RevisionRecord
    own = select(one.id).where(one.subject == subject, one.package.is_(None))
    return frozenset(db.sql.execute(own).scalars())


def brought_revisions(db: Transaction, subject: SubjectId) -> frozenset[RevisionId]:
    """The revisions of a response that a package brought first, those out of view included."""
    one = RevisionRecord
    brought = select(one.id).where(one.subject == subject, one.package.is_not(None))
    return frozenset(db.sql.execute(brought).scalars())


def known_keys(db: Transaction, subject: SubjectId) -> frozenset[str]:
    """Keys that are known for the respondent of a response: proven by an invitation, or named by the coordinator."""
    return frozenset(_known_keys(db, [subject]).get(subject, ()))


def proof_of(db: Transaction, subject: SubjectId) -> ResponseProof:
    """All that vouches for a response, as long as the transaction lasts."""
    return proofs_of(db, [subject])[subject]


def proofs_of(db: Transaction, subjects: Collection[SubjectId]) -> dict[SubjectId, ResponseProof]:
    """The same for several, looked up together."""
    vouchers: dict[SubjectId, list[Voucher]] = {subject: [] for subject in subjects}
    brought = cache(partial(brought_by, db))
    package = PackageRecord
    query = select(package.number, package.subject, package.trust, package.signer_key, is_standing()).where(
        package.subject.in_(subjects)
    )
    for number, subject, shown, key, stands in db.sql.execute(query.order_by(package.number)):
        revisions = partial(_brought, brought, subject, number)
        vouchers[subject].append(Voucher(Shown(shown), key, revisions, bool(stands)))
    keys = _known_keys(db, subjects)
    return {
        subject: ResponseProof(
            tuple(own), frozenset(keys.get(subject, ())), cache(partial(made_here, db, subject))
        )
        for subject, own in vouchers.items()
    }


def signed_responses(db: Transaction, keys: Iterable[str]) -> set[tuple[SubjectId, str]]:
    """The responses to which packages came that one of these keys signed, with that key."""
    query = select(PackageRecord.subject, PackageRecord.signer_key)
    signed = query.where(PackageRecord.signer_key.in_(list(keys))).distinct()
    return {(subject, key) for subject, key in db.sql.execute(signed)}


def _brought(brought: BroughtBy, subject: SubjectId, number: int) -> set[RevisionId]:
    return brought(subject).get(number, set())


def _known_keys(db: Transaction, subjects: Collection[SubjectId]) -> dict[SubjectId, set[str]]:
    one, device = ResponseRecord, KnownDeviceRecord
    query = select(one.id, device.key).join(
        device, (one.form_id == device.form_id) & (one.respondent == device.respondent)
    )
    found: dict[SubjectId, set[str]] = {}
    for subject, key in db.sql.execute(query.where(one.id.in_(subjects))):
        found.setdefault(subject, set()).add(key)
    return found


def is_standing() -> ColumnElement[bool]:
    """Whether a merge brought the package that was not taken back."""
    one, file = OperationRecord, OperationFileRecord
    newest = select(func.max(one.number)).where(one.about.is_not(None)).group_by(one.about)
    taken_back = select(one.about).where(one.number.in_(newest), one.kind == _TAKE_BACK)
    return exists().where(file.package == PackageRecord.number, file.operation.not_in(taken_back))
