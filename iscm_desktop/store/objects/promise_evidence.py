"""What the store knows of the promises of responses, read for one or for many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import Text, literal, select, type_coerce, union_all

from iscm_desktop.store.database.tables import (
    KnownDeviceRecord,
    PackageRecord,
    PackageRevisionRecord,
    ReceivedInvitationRecord,
    ResponseRecord,
    RevisionRecord,
    SealRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.heads import closed, heads_of
from iscm_desktop.store.objects.packages import is_standing
from iscm_desktop.store.objects.promises import PROMISE_KINDS, PromiseKeys, counting, head_in_force
from iscm_desktop.store.objects.revision import (
    QUESTIONNAIRE,
    SIGN_OFF,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
)

_KINDS = (*sorted(PROMISE_KINDS), QUESTIONNAIRE)
_AT_ONCE = 250


@dataclass(slots=True)
class PromiseEvidence:
    """The promises of one response in view, and whose keys stand behind them."""

    revisions: dict[RevisionId, Revision] = field(default_factory=dict)
    behind: dict[RevisionId, frozenset[str]] = field(default_factory=dict)
    own: set[RevisionId] = field(default_factory=set)
    respondent: frozenset[str] = frozenset()
    inviter: frozenset[str] = frozenset()
    has_bare_beginning: bool = False

    @property
    def keys(self) -> PromiseKeys:
        """For the rules."""
        return PromiseKeys(
            self.behind, frozenset(self.own), self.respondent, self.inviter, self.has_bare_beginning
        )

    def counting(self) -> set[RevisionId]:
        """The promises that count."""
        return counting(self.revisions, self.keys)

    def add_key(self, id_: RevisionId, key: str) -> None:
        """Another key that stands behind a revision, if that is a promise in view."""
        if id_ in self.revisions:
            self.behind[id_] = self.behind.get(id_, frozenset()) | {key}

    def item(self, kind: str, path: str = "") -> dict[RevisionId, Revision]:
        """The revisions of one item."""
        key = item_key(kind, path)
        return {id_: one for id_, one in self.revisions.items() if one.key == key}

    def items(self, *kinds: str) -> dict[ItemKey, dict[RevisionId, Revision]]:
        """The revisions of all items of these kinds, by item: a stranger's file may bring thousands of them."""
        found: dict[ItemKey, dict[RevisionId, Revision]] = {}
        for id_, one in self.revisions.items():
            if one.kind in kinds:
                found.setdefault(one.key, {})[id_] = one
        return found


def promises_of(db: Transaction, subject: SubjectId) -> PromiseEvidence:
    """Those of one response."""
    return promises_of_many(db, [subject])[subject]


def promises_of_many(db: Transaction, subjects: Collection[SubjectId]) -> dict[SubjectId, PromiseEvidence]:
    """Those of each of these responses; three or four queries for all."""
    found = {subject: PromiseEvidence() for subject in subjects}
    for part in _parts(subjects):
        _read(db, part, found)
    return found


def _parts(subjects: Collection[SubjectId]) -> Iterable[list[SubjectId]]:
    whole = list(subjects)
    return (whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE))


def _read(db: Transaction, subjects: list[SubjectId], found: dict[SubjectId, PromiseEvidence]) -> None:
    one, package, seal = RevisionRecord, PackageRecord, SealRecord
    query = (
        select(
            one.id, one.kind, one.path, one.value, one.parents, one.author, one.device,
            type_coerce(one.made_at, Text), one.subject, one.package, package.device, package.signer_key, seal.key,
            is_standing(),
        )
        .join(package, package.number == one.package, isouter=True)
        .join(seal, seal.number == one.seal, isouter=True)
        .where(one.subject.in_(subjects), one.kind.in_(_KINDS), one.is_hidden.is_(False))
    )  # fmt: skip
    for row in db.sql.execute(query):
        id_, kind, path, value, parents, author, device, made_at, subject = row[:9]
        evidence = found[subject]
        evidence.revisions[id_] = Revision(
            author, device, kind, made_at, tuple(parents.split()), ItemPath(path), subject, value
        )
        number, sender, signer, sealed, stands = row[9:]
        if number is None:
            evidence.own.add(id_)
        if stands and signer and sender and sender == device:  # before format 1.2 that is a seal
            evidence.add_key(id_, signer)
        if sealed:
            evidence.add_key(id_, sealed)
    _read_other_seals(db, subjects, found)
    _read_repetitions(db, subjects, found)
    _read_known(db, subjects, found)


def _read_other_seals(
    db: Transaction, subjects: list[SubjectId], found: dict[SubjectId, PromiseEvidence]
) -> None:
    one = SealRecord
    query = select(one.subject, one.key, one.members).where(
        one.subject.in_(subjects), one.members.is_not(None)
    )
    for subject, key, members in db.sql.execute(query):
        for id_ in (members or "").split():
            found[subject].add_key(id_, key)


def _read_repetitions(
    db: Transaction, subjects: list[SubjectId], found: dict[SubjectId, PromiseEvidence]
) -> None:
    """Packages that brought a promise again, signed by its device, from before format 1.2."""
    again, package, one = PackageRevisionRecord, PackageRecord, RevisionRecord
    query = (
        select(again.subject, again.revision, package.signer_key)
        .join(package, package.number == again.package)
        .join(one, (one.subject == again.subject) & (one.id == again.revision))
        .where(
            again.subject.in_(subjects), one.kind.in_(_KINDS), package.signer_key != "",
            package.device != "", package.device == one.device, is_standing(),
        )
    )  # fmt: skip
    for subject, id_, key in db.sql.execute(query):
        found[subject].add_key(id_, key)


def _read_known(db: Transaction, subjects: list[SubjectId], found: dict[SubjectId, PromiseEvidence]) -> None:
    response, device, received = ResponseRecord, KnownDeviceRecord, ReceivedInvitationRecord
    package = PackageRecord
    whose = (device.form_id == response.form_id) & (device.respondent == response.respondent)
    known = select(response.id, device.key).join(device, whose).where(response.id.in_(subjects))
    bare = select(package.subject, literal(None, Text)).where(
        package.subject.in_(subjects), package.has_bare_beginning, is_standing()
    )
    for subject, key in db.sql.execute(union_all(known, bare)):  # one query: merging asks it file by file
        if key is None:
            found[subject].has_bare_beginning = True
        else:
            found[subject].respondent |= {key}
    invited = (
        (received.round == response.round)
        & (
            ((received.form_id == response.form_id) & (received.respondent == response.respondent))
            | (received.respondent == "")
        )
        & received.is_replaced.is_(False)
    )
    inviting = select(response.id, received.issuer_key).join(received, invited)
    for subject, key in db.sql.execute(inviting.where(response.id.in_(subjects))):
        found[subject].inviter |= {key}


def sign_off_in_force(evidence: PromiseEvidence) -> Revision | None:
    """The sign-off that counts, whether the answers are still those that it signed or not; None where none does."""
    item = evidence.item(SIGN_OFF)
    head = head_in_force(item, evidence.counting()) if item else None
    return None if head is None else evidence.revisions[head]


def claims_of(evidence: PromiseEvidence, *kinds: str) -> dict[ItemKey, dict[RevisionId, Revision]]:
    """By item, the last words that are only claimed, in nobody's name who may promise; items without any are absent."""
    counts = evidence.counting()
    found = ((key, _last_claims(item, counts)) for key, item in evidence.items(*kinds).items())
    return {key: claims for key, claims in found if claims}


def _last_claims(
    item: Mapping[RevisionId, Revision], counts: AbstractSet[RevisionId]
) -> dict[RevisionId, Revision]:
    followed = closed((parent for id_, one in item.items() if id_ in counts for parent in one.parents), item)
    claimed = {id_: one for id_, one in item.items() if id_ not in counts and id_ not in followed}
    return {id_: claimed[id_] for id_ in heads_of(claimed)} if claimed else {}
