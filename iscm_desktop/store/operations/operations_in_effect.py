"""Which operations stand, and what is in view of what they brought.

An operation stands unless the last row about it takes it back. What only operations brought that do not stand is
out of view; nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.store.database.tables import (
    OperationFileRecord,
    OperationRecord,
    OperationRevisionRecord,
    PackageRecord,
    PackageRevisionRecord,
    ResponseRecord,
    RevisionRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.heads import closed
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.proof_levels import Shown
from iscm_desktop.store.objects.responses import sum_up
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.operations.operation_kinds import TAKEN_BACK_KINDS, OperationKind


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """Answers that a file brought before."""

    number: int
    file_name: str  # of the file in which they first came
    is_in_view: bool  # a merge that stands brought it
    shown: Shown  # the best that it ever showed of where it comes from


def taken_back() -> Select[int, int | None]:
    """Of each operation that does not stand, the one that took it back and itself: `number` and `about`."""
    one = OperationRecord
    newest = select(func.max(one.number)).where(one.about.is_not(None)).group_by(one.about)
    return select(one.number, one.about).where(
        one.number.in_(newest), one.kind == OperationKind.TAKE_BACK.value
    )


def known_packages(db: Transaction, digests: Collection[str] | None = None) -> dict[str, KnownPackage]:
    """Packages that were merged before, in whichever merge, by digest: those asked for, or all."""
    query = select(
        PackageRecord.digest,
        PackageRecord.number,
        PackageRecord.file_name,
        PackageRecord.number.in_(_standing_packages()),
        PackageRecord.trust,
    )
    if digests is not None:
        query = query.where(PackageRecord.digest.in_(digests))
    return {
        digest: KnownPackage(number, file_name, is_in_view, Shown(shown))
        for digest, number, file_name, is_in_view, shown in db.sql.execute(query)
    }


def is_taken_back(db: Transaction, operation: int) -> bool:
    """Whether an operation that can be taken back was, and does not stand.

    Raises:
        IscmError: there is no such operation, it still runs, or it is of a kind that cannot be taken back.
    """
    kinds = [kind.value for kind in TAKEN_BACK_KINDS]
    known = select(OperationRecord.number).where(
        OperationRecord.number == operation,
        OperationRecord.kind.in_(kinds),
        OperationRecord.outcome.is_not(None),
        or_(
            OperationRecord.kind != OperationKind.RESOLVE.value,
            exists().where(OperationRevisionRecord.operation == operation),
        ),
    )
    if not db.sql.execute(known).first():
        raise IscmError(FileProblem.OPERATION_UNKNOWN, operation=operation)
    return db.sql.execute(taken_back().where(OperationRecord.about == operation)).first() is not None


def subjects_of(db: Transaction, operation: int) -> tuple[SubjectId, ...]:
    """The responses to which an operation brought revisions."""
    by_files = (
        select(PackageRecord.subject)
        .join(OperationFileRecord, OperationFileRecord.package == PackageRecord.number)
        .where(OperationFileRecord.operation == operation)
    )
    made_here = select(OperationRevisionRecord.subject).where(OperationRevisionRecord.operation == operation)
    return tuple(db.sql.execute(union(by_files, made_here)).scalars())


def tie_revisions(
    db: Transaction, operation: int, subject: SubjectId, revisions: Iterable[RevisionId]
) -> None:
    """Remembers that an operation made these revisions here, so that it can be taken back."""
    rows = [{"operation": operation, "subject": subject, "revision": id_} for id_ in revisions]
    db.sql.execute(insert(OperationRevisionRecord), rows)


def show_what_stands(db: Transaction, subject: SubjectId) -> None:
    """Hides what only operations brought that do not stand, shows the rest, and sums the response up anew."""
    everything = revisions_of(db, subject, with_hidden=True)
    in_view = closed(_carried(db, subject), everything)
    db.sql.execute(update(RevisionRecord).where(RevisionRecord.subject == subject).values(is_hidden=True))
    if in_view:
        shown = update(RevisionRecord).where(
            RevisionRecord.subject == subject, RevisionRecord.id == bindparam("shown")
        )
        db.sql.execute(shown.values(is_hidden=False), [{"shown": id_} for id_ in in_view])
    sum_up(db, subject, {id_: everything[id_] for id_ in in_view})
    is_hidden = false() if in_view else ~ResponseRecord.is_made_here
    db.sql.execute(
        update(ResponseRecord)
        .where(ResponseRecord.id == subject)
        .values(is_hidden=is_hidden, answered=None, asked=None, missing=None)
    )


def _carried(db: Transaction, subject: SubjectId) -> set[RevisionId]:
    """Revisions made here, but for those of operations that do not stand; and those of packages that stand."""
    one, standing = RevisionRecord, _standing_packages()
    first = select(one.id).where(
        one.subject == subject,
        or_(
            and_(one.package.is_(None), one.id.not_in(_made_by_taken_back(subject))),
            one.package.in_(standing),
        ),
    )
    again = select(PackageRevisionRecord.revision).where(
        PackageRevisionRecord.subject == subject, PackageRevisionRecord.package.in_(standing)
    )
    return {*db.sql.execute(first).scalars(), *db.sql.execute(again).scalars()}


def _made_by_taken_back(subject: SubjectId) -> Select[RevisionId]:
    one = OperationRevisionRecord
    return select(one.revision).where(one.subject == subject, _is_taken_back(one.operation))


def _standing_packages() -> Select[int]:
    return select(OperationFileRecord.package).where(~_is_taken_back(OperationFileRecord.operation))


def _is_taken_back(operation: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return operation.in_(taken_back().with_only_columns(OperationRecord.about))
