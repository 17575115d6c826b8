"""What files bring, gathered while they are read and written table by table: a statement for hundreds of rows.

For responses that the store does not know yet, nothing has to be looked up and nothing compared, so a pile of
them costs little more than its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from iscm_desktop.store import times
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.bulk_insert import Row, add_rows
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import add_if_new
from iscm_desktop.store.key_rows import DeviceRow
from iscm_desktop.store.objects.attachments import keep_contents
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import (
    Revisions,
    add_revision_rows,
    item_row,
    put_item_rows,
    revision_row,
)
from iscm_desktop.store.objects.proof_levels import ResponseProof, Shown
from iscm_desktop.store.objects.questionnaires import KnownQuestionnaire, add_questionnaire
from iscm_desktop.store.objects.responses import ResponseIdentity, summed_up
from iscm_desktop.store.objects.revision import ItemKey, RevisionId, SubjectId
from iscm_desktop.store.objects.rounds import add_round_if_new
from iscm_desktop.store.objects.seals import Seal, known_signatures, last_seal, name_seal, sealed_ids
from iscm_desktop.store.rows import RoundRow

_SUBJECT = ("id", "kind")
_RESPONSE = (
    "id", "round", "form_id", "respondent", "respondent_name", "questionnaire", "language", "is_made_here",
    "is_hidden", "changed_at", "conflicts", "content", "everything", "signed_content", "rests_on",
)  # fmt: skip
_PACKAGE = (
    "number", "digest", "subject", "file_name", "sender", "read_at", "revisions", "root", "trust", "device",
    "signer_key", "has_bare_beginning",
)  # fmt: skip
_SEAL = ("number", "subject", "package", "device", "key", "signature", "members")
_USE = ("subject", "digest")
_DEVICE = ("form_id", "respondent", "key", "name", "respondent_name", "first_seen_at")
_AGAIN = ("package", "revision", "subject")
_FILE = (
    "operation", "position", "package", "file_name", "result", "new", "same", "newer", "removed", "conflicts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a file shows of where it comes from, as it is kept."""

    shown: Shown
    device: str  # whose revisions the signature vouches for; "" where it does for none
    signer_key: str  # "" where nothing is signed
    has_bare_beginning: bool = False


@dataclass(slots=True)
class SealsHere:
    """What of a response is sealed, while its files are merged."""

    signatures: set[str]
    revisions: set[RevisionId]  # those that name a seal

    @classmethod
    def read(cls, db: Transaction, subject: SubjectId) -> SealsHere:
        """As the store has it; nothing that waits to be written is in it."""
        signatures = known_signatures(db, subject)
        return cls(signatures, sealed_ids(db, subject) if signatures else set())


class MergeWriter:
    """The rows of one transaction. Those of rounds and questionnaires are written at once, being few."""

    def __init__(self, db: Transaction) -> None:
        self._db = db
        self._rounds: set[str] = set()
        self._forms: set[tuple[str, bool]] = set()
        self._questionnaires = set(db.sql.execute(select(tables.QuestionnaireRecord.hash)).scalars())
        self._last_seal = last_seal(db)
        self._named: list[tuple[SubjectId, int, list[RevisionId]]] = []
        self._last_package = db.sql.execute(select(func.max(tables.PackageRecord.number))).scalar_one() or 0
        self._waiting: dict[type[tables.Record], list[Row]] = {}
        self._revisions: list[Row] = []
        self._items: list[Row] = []

    def knows_questionnaire(self, hash_: str) -> bool:
        """Whether the store holds the questionnaire with this hash, or one that waits to be written."""
        return hash_ in self._questionnaires

    def add_round(self, row: RoundRow) -> None:
        """Adds a round that a file names; one that is known stays as it is."""
        if row.code not in self._rounds:
            add_round_if_new(self._db, row.code, row.title, row.due_on, row.created_at)
            self._rounds.add(row.code)

    def add_questionnaire(self, known: KnownQuestionnaire) -> None:
        """Adds a questionnaire that a file names or carries; one that came without its source gets it."""
        form = (known.hash, known.source is None)
        if form not in self._forms:
            add_questionnaire(self._db, known)
            self._forms.add(form)
            self._questionnaires.add(known.hash)

    def add_response(
        self,
        identity: ResponseIdentity,
        questionnaire: str,
        language: str,
        made_at: datetime,
        present: Mapping[ItemKey, ItemState],
        proof: ResponseProof,
    ) -> None:
        """A response that was not here, with what its revisions come to."""
        figures = summed_up(present, self._questionnaires, proof)
        self._add(tables.SubjectRecord, (identity.id, identity.kind))
        self._add(
            tables.ResponseRecord,
            (
                identity.id, identity.round, identity.form_id, identity.respondent, identity.respondent_name,
                figures.get("questionnaire", questionnaire), figures.get("language", language), False, False,
                times.written(made_at), figures["conflicts"], figures["content"], figures["everything"],
                figures["signed_content"], figures["rests_on"],
            ),
        )  # fmt: skip
        self._items += [item_row(identity.id, key, state) for key, state in present.items()]

    def add_package(
        self,
        digest: str,
        subject: SubjectId,
        file_name: str,
        sender: str,
        read_at: datetime,
        revisions: Revisions,
        root: str,
        vouched: Vouched,
    ) -> int:
        """Gives its number. Whoever writes is alone, so the next number is nobody else's."""
        self._last_package += 1
        row = (
            self._last_package, digest, subject, file_name, sender, times.written(read_at), len(revisions), root,
            vouched.shown.value, vouched.device, vouched.signer_key,
            vouched.has_bare_beginning,
        )  # fmt: skip
        self._add(tables.PackageRecord, row)
        return self._last_package

    def raise_package(self, package: int, shown: Shown) -> None:
        """A package that was here shows more now: the key that its invitation needs came back."""
        record = tables.PackageRecord
        self._db.sql.execute(update(record).where(record.number == package).values(trust=shown.value))

    def add_known_device(self, row: DeviceRow) -> None:
        """A device that proved the invitation of a respondent; a name that somebody gave stays."""
        self._add(
            tables.KnownDeviceRecord,
            (
                row.form_id, row.respondent, row.key, row.name, row.respondent_name,
                times.written(row.first_seen_at),
            ),
        )  # fmt: skip

    def add_revisions(self, package: int, revisions: Revisions, seals: Mapping[RevisionId, int]) -> None:
        """Those that a package brings first, with the numbers of their seals."""
        number_of = seals.get
        self._revisions += [revision_row(id_, one, package, number_of(id_)) for id_, one in revisions.items()]

    def add_seals(
        self, package: int, subject: SubjectId, seals: Iterable[Seal], known: SealsHere, held: Set[RevisionId]
    ) -> dict[RevisionId, int]:
        """Seals that are new here; gives, for revisions that no seal covered before, the number of theirs.

        Args:
            known: What of the response is sealed; follows.
            held: Revisions of the response that are in the store, or about to be.
        """
        numbers: dict[RevisionId, int] = {}
        for seal in seals:
            if seal.signature in known.signatures:
                continue
            self._last_seal += 1
            first = [id_ for id_ in seal.revisions if id_ not in known.revisions and id_ in held]
            members = None if len(first) == len(seal.revisions) else " ".join(seal.revisions)
            self._add(
                tables.SealRecord,
                (self._last_seal, subject, package, seal.device, seal.key, seal.signature, members),
            )
            numbers |= dict.fromkeys(first, self._last_seal)
            known.signatures.add(seal.signature)
            known.revisions.update(first)
        return numbers

    def name_seals(self, subject: SubjectId, numbers: Mapping[RevisionId, int]) -> None:
        """Lets revisions that were here already name their seals."""
        by_seal: dict[int, list[RevisionId]] = {}
        for id_, number in numbers.items():
            by_seal.setdefault(number, []).append(id_)
        self._named += [(subject, number, ids) for number, ids in by_seal.items()]

    def add_again(self, package: int, subject: SubjectId, revisions: list[RevisionId]) -> None:
        """Those that a package brings although they were here."""
        for id_ in revisions:
            self._add(tables.PackageRevisionRecord, (package, id_, subject))

    def add_contents(self, subject: SubjectId, contents: Mapping[str, bytes]) -> None:
        """Contents of attached files by their hash: written at once, for they are large."""
        keep_contents(self._db, contents)
        for digest in contents:
            self._add(tables.AttachmentUseRecord, (subject, digest))

    def add_file(self, row: Row) -> None:
        """A file of a merge, its values in the order of the table's columns."""
        self._add(tables.OperationFileRecord, row)

    def write(self) -> None:
        """Writes what has gathered, each table before those that refer to it."""
        self._write(tables.SubjectRecord, _SUBJECT)
        self._write(tables.ResponseRecord, _RESPONSE)
        self._write(tables.AttachmentUseRecord, _USE)
        self._write(tables.PackageRecord, _PACKAGE)
        self._write(tables.SealRecord, _SEAL)
        add_revision_rows(self._db, self._revisions)
        for subject, number, ids in self._named:
            name_seal(self._db, subject, number, ids)
        put_item_rows(self._db, self._items)
        self._write(tables.PackageRevisionRecord, _AGAIN)
        self._write(tables.KnownDeviceRecord, _DEVICE)
        self._write(tables.OperationFileRecord, _FILE)
        self._revisions, self._items, self._named = [], [], []

    def _add(self, table: type[tables.Record], row: Row) -> None:
        self._waiting.setdefault(table, []).append(row)

    def _write(self, table: type[tables.Record], columns: tuple[str, ...]) -> None:
        add_rows(self._db, add_if_new(self._db.dialect, table), columns, self._waiting.pop(table, []))
