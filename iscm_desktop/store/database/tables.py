"""The tables, as typed models.

Three layers. `revision` (with `package`, `operation` and what ties them) is the truth and only ever grows.
`draft` is what is being typed and not sealed yet. `item`, and the figures in `response`, can be made again
from the truth at any time; they are kept so that opening a response, or the list of all of them, reads no
history.

Times are texts of one form (see `times`), through `UtcTime`. This is the one place where the schema is spelled.
What follows from it is written by `python -m iscm_desktop.store.schema_script`; once something has been
released, a change means a new migration first.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from iscm_desktop.store import times

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, stored as the text that is hashed: the same on every database, and it sorts."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else times.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else times.read(value)


class Record(DeclarativeBase):
    """Base of all tables; names every constraint by one convention, for migrations name them too."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcTime, str: Text}  # noqa: RUF012 - read by SQLAlchemy


_IN_ORDER_OF_KEY = {"sqlite_with_rowid": False}
"""SQLite keeps the rows themselves in the tree of their key, instead of a second tree that points to them."""

_KINDS_OF_SUBJECT = "kind IN ('response', 'edition', 'summary')"


class SettingRecord(Record):
    """What belongs to this computer: the device's id, the person, the state of windows."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RoundRecord(Record):
    """A survey wave."""

    __tablename__ = "round"
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]


class RoundRespondentRecord(Record):
    """Who is asked in a round, as the coordinator planned it; invited or not."""

    __tablename__ = "round_respondent"
    round: Mapped[str] = mapped_column(ForeignKey("round.code"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    respondent: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]
    contact: Mapped[str]


class InvitationRecord(Record):
    """An invitation that was issued here. Its secret is not here: it follows from the coordinator's key."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.code"))
    form_id: Mapped[str]
    respondent: Mapped[str]
    """Both "" where the invitation is open to whoever has it."""
    language: Mapped[str]
    contact: Mapped[str]
    file_name: Mapped[str]
    recipient: Mapped[str]
    """The coordinator's public key from whose private half the secret follows."""
    issued_at: Mapped[datetime]


class ReceivedInvitationRecord(Record):
    """An invitation that was opened here: what an export proves itself with, and for whom it is encrypted."""

    __tablename__ = "received_invitation"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.code"))
    form_id: Mapped[str]
    respondent: Mapped[str]
    issuer_key: Mapped[str]
    document: Mapped[str]
    """invitation.json as it was signed."""
    received_at: Mapped[datetime]
    is_replaced: Mapped[bool] = mapped_column(server_default=false())
    """Somebody said that another key's invitation takes its place; no export answers it any longer."""


class CoordinatorKeyRecord(Record):
    """Public keys for which files can be encrypted: our own, and those of colleagues."""

    __tablename__ = "coordinator_key"
    recipient: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    is_ours: Mapped[bool]
    """The private half is, or was, among the keys of this computer."""
    made_at: Mapped[datetime]


class KnownDeviceRecord(Record):
    """A device whose signature is worth something for one respondent: it proved their invitation, or was named.

    The same device may be known for several respondents, once for each; for all others it is a stranger.
    """

    __tablename__ = "known_device"
    form_id: Mapped[str] = mapped_column(primary_key=True)
    respondent: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    respondent_name: Mapped[str]
    first_seen_at: Mapped[datetime]


class QuestionnaireRecord(Record):
    """Every questionnaire that a response of this store was ever filled in with."""

    __tablename__ = "questionnaire"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    form_id: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    source: Mapped[str | None]
    """The XForm; None where the program ships it, or the file that named it left it out."""


class TakenQuestionnaireRecord(Record):
    """A questionnaire that new responses and invitations may use; others serve the responses that they came with."""

    __tablename__ = "taken_questionnaire"
    hash: Mapped[str] = mapped_column(ForeignKey("questionnaire.hash"), primary_key=True)
    round: Mapped[str] = mapped_column(primary_key=True)
    """The one round in which it is used, whose invitation brought it; "" where a person wanted it for every round."""


class AttachmentRecord(Record):
    """The content of a file that an answer names, once however many name it."""

    __tablename__ = "attachment"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the content."""
    size: Mapped[int]
    """Bytes."""
    content: Mapped[bytes]


class SubjectRecord(Record):
    """What revisions are about."""

    __tablename__ = "subject"
    __table_args__ = (CheckConstraint(_KINDS_OF_SUBJECT, name="kind"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))


class ResponseRecord(Record):
    """One respondent's copy of a questionnaire in a round; its figures follow from its revisions.

    Beside it may stand public editions of it: of a respondent there is one response, whose id follows from who it
    is, and any number of editions, whose subjects are of that kind.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(
            "answered >= 0 AND asked >= answered AND missing >= 0 AND wrong >= 0", name="progress"
        ),
        Index(None, "round", "form_id", "respondent"),
    )
    id: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.code"))
    form_id: Mapped[str]
    respondent: Mapped[str]
    respondent_name: Mapped[str]
    questionnaire: Mapped[str] = mapped_column(ForeignKey("questionnaire.hash"))
    language: Mapped[str]
    is_made_here: Mapped[bool]
    """False: known from packages only, so it goes out of view when their merges are taken back."""
    is_hidden: Mapped[bool] = mapped_column(server_default=false())
    changed_at: Mapped[datetime]
    answered: Mapped[int | None]
    """Questions answered, asked, required but blank, and answered wrongly; None until somebody counts after a merge.

    Of a response whose questionnaire is too much, what is missing stays None: it cannot be told.
    """
    asked: Mapped[int | None]
    missing: Mapped[int | None]
    wrong: Mapped[int | None]
    conflicts: Mapped[int] = mapped_column(server_default=text("0"))
    content: Mapped[str] = mapped_column(server_default="")
    """Digest of the sealed answers, and of everything sealed: what sign-off and export are compared with."""
    everything: Mapped[str] = mapped_column(server_default="")
    signed_content: Mapped[str] = mapped_column(server_default="")
    rests_on: Mapped[str] = mapped_column(server_default="")
    """How many sealed answers rest on what: "6:77 0:3", by `proof_levels.Ground`."""
    exported: Mapped[str] = mapped_column(server_default="")
    exported_at: Mapped[datetime | None]


class AttachmentUseRecord(Record):
    """A response in which some answer names, or once named, this content."""

    __tablename__ = "attachment_use"
    __table_args__ = (Index(None, "digest"), _IN_ORDER_OF_KEY)
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("attachment.digest"), primary_key=True)


class SummaryRecord(Record):
    """A mechanism in a round, about which people write texts."""

    __tablename__ = "summary"
    __table_args__ = (Index(None, "round", "mechanism", unique=True),)
    id: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    round: Mapped[str] = mapped_column(ForeignKey("round.code"))
    mechanism: Mapped[str]


class PackageRecord(Record):
    """A file that was merged, once for each content, whatever it was called."""

    __tablename__ = "package"
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Names its revisions and whoever vouches for them: the same answers signed by another are another package."""
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), index=True)
    file_name: Mapped[str]
    sender: Mapped[str]
    read_at: Mapped[datetime]
    revisions: Mapped[int] = mapped_column(server_default=text("0"))
    """How many it brought, those included that were here already."""
    root: Mapped[str] = mapped_column(String(64), server_default="")
    """Of the tree over their ids (`revision_set`): with it, none of them goes unnoticed."""
    trust: Mapped[str] = mapped_column(String(24))
    """The best that the file itself ever showed, by `proof_levels.Shown`; what is known of its key comes on top."""
    device: Mapped[str]
    """Whose revisions its signature vouches for; "" since format 1.2, where seals do, and where nothing is signed."""
    signer_key: Mapped[str] = mapped_column(index=True)
    """"" where nothing is signed."""
    has_bare_beginning: Mapped[bool] = mapped_column(server_default=false())
    """It holds a beginning of the response behind which no key in it stands: it is nobody's who signs it later."""


class SealRecord(Record):
    """A device's signature over revisions that were sealed together: kept for ever, and handed on."""

    __tablename__ = "seal"
    __table_args__ = (Index(None, "subject", "signature", unique=True),)
    number: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"))
    package: Mapped[int | None] = mapped_column(ForeignKey("package.number"))
    """The first that brought it; None: it was made here."""
    device: Mapped[str]
    key: Mapped[str]
    """Public key, as minisign writes it."""
    signature: Mapped[str]
    members: Mapped[str | None]
    """Ids, ascending, one space between; None: exactly the revisions that name this seal."""


class RevisionRecord(Record):
    """Immutable: never changed, never deleted. Only `is_hidden` follows the operations.

    Keyed by subject first, and kept in that order: the revisions of a response lie together, so adding many
    touches few pages, and opening one reads few. An id is a hash of its subject too, so it is unique by itself.
    """

    __tablename__ = "revision"
    __table_args__ = _IN_ORDER_OF_KEY
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str]
    path: Mapped[str]
    value: Mapped[str | None]
    parents: Mapped[str]
    """Ids, ascending, one space between; a parent need not be in this store."""
    author: Mapped[str]
    device: Mapped[str]
    made_at: Mapped[datetime]
    package: Mapped[int | None] = mapped_column(ForeignKey("package.number"))
    """The first that brought it; None: it was made here."""
    seal: Mapped[int | None] = mapped_column(ForeignKey("seal.number"))
    """The first that covers it; others may, with members of their own."""
    is_hidden: Mapped[bool] = mapped_column(server_default=false())
    """Only operations that were taken back brought it, and nothing in view is built upon it."""


class PackageRevisionRecord(Record):
    """A package brought a revision that was here already."""

    __tablename__ = "package_revision"
    __table_args__ = (
        ForeignKeyConstraint(["subject", "revision"], ["revision.subject", "revision.id"]),
        Index(None, "subject"),
    )
    package: Mapped[int] = mapped_column(ForeignKey("package.number"), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(String(32))


class OperationRecord(Record):
    """One action that changed what the store holds; a row that has its outcome is never changed again."""

    __tablename__ = "operation"
    __table_args__ = (CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended"),)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    person: Mapped[str]
    device: Mapped[str]
    parameters: Mapped[str]
    """What was asked for, as a JSON object of texts."""
    about: Mapped[int | None] = mapped_column(ForeignKey("operation.number"), index=True)
    """The operation that this one takes back, or puts back."""
    outcome: Mapped[str | None] = mapped_column(String(16))
    """None while it runs, and in a program that was killed until the next start finds it."""
    ended_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64), server_default="")
    """SHA-256 over the digest of the operation before and what this one began with (`operation_digests`)."""
    closing: Mapped[str] = mapped_column(String(64), server_default="")
    """SHA-256 over its digest and what became of it; "" while it runs."""


class OperationFileRecord(Record):
    """A file of a merge, and what became of it."""

    __tablename__ = "operation_file"
    operation: Mapped[int] = mapped_column(ForeignKey("operation.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    package: Mapped[int] = mapped_column(ForeignKey("package.number"), index=True)
    file_name: Mapped[str]
    result: Mapped[str] = mapped_column(String(16))
    new: Mapped[int]
    same: Mapped[int]
    newer: Mapped[int]
    removed: Mapped[int]
    conflicts: Mapped[int]


class OperationRefusalRecord(Record):
    """A file of a merge of which nothing was merged, and why; what it or its mail say of whose it is."""

    __tablename__ = "operation_refusal"
    __table_args__ = _IN_ORDER_OF_KEY
    operation: Mapped[int] = mapped_column(ForeignKey("operation.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """Among all files that were looked at, from 0."""
    file_name: Mapped[str]
    origin: Mapped[str]
    """For people: the file that was named, and what it lay in."""
    within: Mapped[str]
    problem: Mapped[str]
    """The enumeration of `errors` and the name in it: "FileProblem.PACKAGE_DAMAGED"."""
    particulars: Mapped[str]
    """What its sentence names, as a JSON object."""
    form_id: Mapped[str]
    respondent: Mapped[str]
    """As the file says, which proves nothing; with the form and the two that follow "" where it could not be told."""
    respondent_name: Mapped[str]
    language: Mapped[str]
    sender: Mapped[str]
    """What the mail is by, as the mail says; with the three that follow "" where it came in none."""
    address: Mapped[str]
    mail_subject: Mapped[str]
    mail_id: Mapped[str]
    mail_language: Mapped[str]


class OperationRevisionRecord(Record):
    """A revision that an operation made here, and with which it can be taken back."""

    __tablename__ = "operation_revision"
    __table_args__ = (
        ForeignKeyConstraint(["subject", "revision"], ["revision.subject", "revision.id"]),
        Index(None, "subject"),
    )
    operation: Mapped[int] = mapped_column(ForeignKey("operation.number"), primary_key=True)
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(String(32))


class LedgerOriginRecord(Record):
    """From which entry on a round's ledger goes by which name: its own, then one for each restored backup."""

    __tablename__ = "ledger_origin"
    round: Mapped[str] = mapped_column(ForeignKey("round.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """0 is the ledger as it began."""
    origin: Mapped[str]
    """The first line of its checkpoints."""
    size: Mapped[int]
    """So many entries it has in common with the one before it."""
    made_at: Mapped[datetime]


class LedgerLeafRecord(Record):
    """An entry of a round's ledger: that an operation left a response so. Never changed, never deleted."""

    __tablename__ = "ledger_leaf"
    __table_args__ = (Index(None, "subject"), _IN_ORDER_OF_KEY)
    round: Mapped[str] = mapped_column(ForeignKey("round.code"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """From 0, without gaps."""
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"))
    operation: Mapped[int] = mapped_column(ForeignKey("operation.number"), index=True)
    heads_root: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(32))
    """Random, and told to nobody but the respondent, so that no hash betrays what it was made of."""
    hash: Mapped[str] = mapped_column(String(64))
    """Its leaf hash."""


class CheckpointRecord(Record):
    """A signed statement of how long a round's ledger was, and of its root."""

    __tablename__ = "checkpoint"
    round: Mapped[str] = mapped_column(ForeignKey("round.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """From 1 in each round."""
    size: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    peaks: Mapped[str]
    """Roots of the whole subtrees, one space between: what the next root is worked out from."""
    text: Mapped[str]
    """The signed note, with the cosignatures that came back."""
    made_at: Mapped[datetime]


class CosignedCheckpointRecord(Record):
    """The newest checkpoint of another coordinator's ledger that was cosigned here: the next one has to continue it."""

    __tablename__ = "cosigned_checkpoint"
    origin: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class ReceiptRecord(Record):
    """The newest receipt that was made for a response."""

    __tablename__ = "receipt"
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    round: Mapped[str]
    position: Mapped[int]
    made_at: Mapped[datetime]


class ItemRecord(Record):
    """The present of each item, from its revisions in view."""

    __tablename__ = "item"
    __table_args__ = _IN_ORDER_OF_KEY
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    heads: Mapped[str]
    """Ids, one space between: the one whose value is shown first, the others ascending."""
    is_conflict: Mapped[bool] = mapped_column(server_default=false())


NOBODY = ""
"""The device of drafts that came along when a store was copied: they are of whoever goes on in it."""


class DraftRecord(Record):
    """What is being typed: one per item and device, overwritten in place, sealed into a revision by an export."""

    __tablename__ = "draft"
    subject: Mapped[str] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    device: Mapped[str] = mapped_column(primary_key=True)
    """Where it is being typed: two computers never write over each other's. "" is whoever opens the store next."""
    kind: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    parents: Mapped[str]
    """The heads that the person saw when they began."""
    author: Mapped[str]
    made_at: Mapped[datetime]
