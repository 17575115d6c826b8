"""What of many responses was in view at a moment: by when it was written or brought, and which operations stood.

An operation stood unless the last row about it by then took it back. So a response that a merge brought, and that went
out of view with it since, is told as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store import times
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
from iscm_desktop.store.objects.coverage_counts import parts_of
from iscm_desktop.store.objects.heads import closed
from iscm_desktop.store.objects.revision import ItemPath, Revision, RevisionId, SubjectId
from iscm_desktop.store.operations.operation_kinds import OperationKind


@dataclass(frozen=True, slots=True)
class StandingOperations:
    """Which operations, and which packages by them, stood at a moment."""

    operations: frozenset[int]
    packages: frozenset[int]
    known: frozenset[int]  # packages that had come by then, those of merges taken back included


@dataclass(slots=True)
class PastView:
    """All revisions of one response, and what brought them."""

    revisions: dict[RevisionId, Revision] = field(default_factory=dict)
    packages: dict[RevisionId, set[int]] = field(default_factory=dict)  # () for what was made here
    made_by: dict[RevisionId, set[int]] = field(default_factory=dict)  # operations that made it here

    def at(self, moment: datetime, standing: StandingOperations) -> dict[RevisionId, Revision]:
        """Those in view at a moment, with what they are built upon.

        Args:
            standing: Of the same moment.
        """
        carried = (id_ for id_ in self.revisions if self._is_carried(id_, moment, standing))
        return {id_: self.revisions[id_] for id_ in closed(carried, self.revisions)}

    def came_in(self, packages: frozenset[int]) -> bool:
        """Whether one of these packages brought anything of it."""
        return any(brought & packages for brought in self.packages.values())

    def _is_carried(self, id_: RevisionId, moment: datetime, standing: StandingOperations) -> bool:
        brought = self.packages.get(id_)
        if brought:
            return not brought.isdisjoint(standing.packages)
        made_by = self.made_by.get(id_)
        if made_by and made_by.isdisjoint(standing.operations):
            return False
        return times.read(self.revisions[id_].made_at) <= moment


def standing_at(db: Transaction, moment: datetime | None = None) -> StandingOperations:
    """What stood at a moment; None: what stands."""
    one, file = OperationRecord, OperationFileRecord
    began: set[int] = set()
    decided: dict[int, str] = {}
    for number, kind, about, started_at in db.sql.execute(
        select(one.number, one.kind, one.about, one.started_at).order_by(one.number)
    ):
        if moment is not None and started_at > moment:
            continue
        began.add(number)
        if about is not None:
            decided[about] = kind
    standing = {number for number in began if decided.get(number) != OperationKind.TAKE_BACK.value}
    rows = db.sql.execute(select(file.operation, file.package)).all()
    return StandingOperations(
        frozenset(standing),
        frozenset(package for operation, package in rows if operation in standing),
        frozenset(package for operation, package in rows if operation in began),
    )


def touched_since(
    db: Transaction, round_code: str, moment: datetime, then: StandingOperations, now: StandingOperations
) -> set[SubjectId]:
    """Responses of a round of which something was written here, brought, taken back or put back since a moment."""
    one, response, package = RevisionRecord, ResponseRecord, PackageRecord
    written = (
        select(one.subject)
        .join(response, response.id == one.subject)
        .where(response.round == round_code, one.package.is_(None), one.made_at > moment)
        .distinct()
    )
    found = set(db.sql.scalars(written))
    brought = (
        select(package.number, package.subject)
        .join(response, response.id == package.subject)
        .where(response.round == round_code)
    )
    moved = then.packages ^ now.packages
    found |= {subject for number, subject in db.sql.execute(brought) if number in moved}
    made = OperationRevisionRecord
    decided = then.operations ^ now.operations
    by_operation = select(made.operation, made.subject).join(response, response.id == made.subject)
    rows = db.sql.execute(by_operation.where(response.round == round_code).distinct())
    return found | {subject for operation, subject in rows if operation in decided}


def past_views(
    db: Transaction, subjects: Collection[SubjectId], kinds: Collection[str]
) -> Mapping[SubjectId, PastView]:
    """All revisions of these kinds of each response; three statements for some hundreds of them."""
    found: dict[SubjectId, PastView] = defaultdict(PastView)
    one, again, made = RevisionRecord, PackageRevisionRecord, OperationRevisionRecord
    for part in parts_of(subjects):
        query = select(
            one.subject, one.id, one.kind, one.path, one.value, one.parents, one.author, one.device,
            type_coerce(one.made_at, Text), one.package,
        ).where(one.subject.in_(part), one.kind.in_(kinds))  # fmt: skip
        for subject, id_, kind, path, value, parents, author, device, made_at, package in db.sql.execute(
            query
        ):
            view = found[subject]
            view.revisions[id_] = Revision(
                author, device, kind, made_at, tuple(parents.split()), ItemPath(path), subject, value
            )
            if package is not None:
                view.packages[id_] = {package}
        repeated = select(again.subject, again.revision, again.package).where(again.subject.in_(part))
        for subject, id_, package in db.sql.execute(repeated):
            if id_ in found[subject].packages:
                found[subject].packages[id_].add(package)
        by_operation = select(made.subject, made.revision, made.operation).where(made.subject.in_(part))
        for subject, id_, operation in db.sql.execute(by_operation):
            found[subject].made_by.setdefault(id_, set()).add(operation)
    return found
