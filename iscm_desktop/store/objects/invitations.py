"""Who is asked in a round, which invitations were issued here, and which were opened here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from iscm_desktop.store.database.tables import (
    InvitationRecord,
    ReceivedInvitationRecord,
    ResponseRecord,
    RoundRespondentRecord,
    SubjectRecord,
)
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.invitation_rows import InvitationRow, RespondentRow
from iscm_desktop.store.objects.revision import RESPONSE_SUBJECT


@dataclass(frozen=True, slots=True)
class OpenedInvitation:
    """An invitation that was opened here; respondent and form are "" where it is open."""

    id: str
    round: str
    form_id: str
    respondent: str
    issuer_key: str
    document: str
    received_at: datetime


def put_respondents(db: Transaction, rows: Iterable[RespondentRow]) -> None:
    """Adds to the plan of a round; who is there already gets the new language and contact."""
    for row in rows:
        remove_respondent(db, row.round, row.form_id, row.respondent)
        db.sql.execute(
            insert(RoundRespondentRecord).values(
                round=row.round, form_id=row.form_id, respondent=row.respondent, name=row.name,
                language=row.language, contact=row.contact,
            )
        )  # fmt: skip


def remove_respondent(db: Transaction, round_: str, form_id: str, respondent: str) -> None:
    """Takes out of the plan; invitations that were issued, and answers, stay."""
    one = RoundRespondentRecord
    db.sql.execute(
        delete(one).where(one.round == round_, one.form_id == form_id, one.respondent == respondent)
    )


def respondents_of(db: Transaction, round_: str) -> tuple[RespondentRow, ...]:
    """The plan of a round by questionnaire and name, with what has become of each."""
    one, issued = RoundRespondentRecord, InvitationRecord
    invited_at = (
        select(func.max(issued.issued_at))
        .where(issued.round == one.round, issued.form_id == one.form_id, issued.respondent == one.respondent)
        .scalar_subquery()
    )
    answer = (
        (ResponseRecord.round == one.round)
        & (ResponseRecord.form_id == one.form_id)
        & (ResponseRecord.respondent == one.respondent)
        & ResponseRecord.is_hidden.is_(False)
        & exists().where(SubjectRecord.id == ResponseRecord.id, SubjectRecord.kind == RESPONSE_SUBJECT)
    )
    query = (
        select(
            one.round,
            one.form_id,
            one.respondent,
            one.name,
            one.language,
            one.contact,
            invited_at,
            ResponseRecord.id,
        )
        .join(ResponseRecord, answer, isouter=True)
        .where(one.round == round_)
        .order_by(one.form_id, one.name, one.respondent)
    )
    return tuple(RespondentRow(*row) for row in db.sql.execute(query))


def unasked_of(db: Transaction, round_: str) -> tuple[RespondentRow, ...]:
    """Who answered in a round without being in its plan, by questionnaire and name."""
    one, planned, issued = ResponseRecord, RoundRespondentRecord, InvitationRecord
    invited_at = (
        select(func.max(issued.issued_at))
        .where(issued.round == one.round, issued.form_id == one.form_id, issued.respondent == one.respondent)
        .scalar_subquery()
    )
    query = (
        select(one.form_id, one.respondent, one.respondent_name, one.language, invited_at, one.id)
        .where(
            one.round == round_,
            one.is_hidden.is_(False),
            exists().where(SubjectRecord.id == one.id, SubjectRecord.kind == RESPONSE_SUBJECT),
            ~exists().where(
                planned.round == one.round,
                planned.form_id == one.form_id,
                planned.respondent == one.respondent,
            ),
        )
        .order_by(one.form_id, one.respondent_name, one.respondent)
    )
    return tuple(
        RespondentRow(round_, form_id, respondent, name, language, "", invited, response, is_asked=False)
        for form_id, respondent, name, language, invited, response in db.sql.execute(query)
    )


def add_issued(db: Transaction, rows: Iterable[InvitationRow]) -> None:
    """Remembers invitations that were written."""
    values = [
        {
            "id": row.id, "round": row.round, "form_id": row.form_id, "respondent": row.respondent,
            "language": row.language, "contact": row.contact, "file_name": row.file_name,
            "recipient": row.recipient, "issued_at": row.issued_at,
        }
        for row in rows
    ]  # fmt: skip
    if values:
        db.sql.execute(insert(InvitationRecord), values)


def issued(db: Transaction, round_: str | None = None) -> tuple[InvitationRow, ...]:
    """The newest first; of one round, or of all."""
    one = InvitationRecord
    query = select(
        one.id, one.round, one.form_id, one.respondent, one.language, one.contact, one.file_name, one.recipient,
        one.issued_at,
    ).order_by(one.issued_at.desc(), one.form_id, one.respondent)  # fmt: skip
    if round_ is not None:
        query = query.where(one.round == round_)
    return tuple(InvitationRow(*row) for row in db.sql.execute(query))


def keep_received(db: Transaction, received: OpenedInvitation) -> None:
    """Once for each invitation, however often it is opened; it is in force again where it was replaced."""
    one = ReceivedInvitationRecord
    if db.sql.execute(select(one.id).where(one.id == received.id)).first() is None:
        db.sql.execute(
            insert(one).values(
                id=received.id, round=received.round, form_id=received.form_id, respondent=received.respondent,
                issuer_key=received.issuer_key, document=received.document, received_at=received.received_at,
            )
        )  # fmt: skip
    db.sql.execute(update(one).where(one.id == received.id).values(is_replaced=False))


def replace_received(db: Transaction, received: OpenedInvitation, form_id: str, respondent: str) -> None:
    """What other keys asked of this respondent in this round, and of whoever has it, is answered no longer."""
    one = ReceivedInvitationRecord
    same = (one.form_id == form_id) & (one.respondent == respondent)
    if not received.respondent:
        same = same | (one.respondent == "")
    others = (one.round == received.round) & (one.issuer_key != received.issuer_key) & same
    db.sql.execute(update(one).where(others).values(is_replaced=True))


def received_for(db: Transaction, round_: str, form_id: str, respondent: str) -> tuple[OpenedInvitation, ...]:
    """Invitations that a response may answer: its own before open ones, the newest first."""
    one = ReceivedInvitationRecord
    own = (one.form_id == form_id) & (one.respondent == respondent)
    found = _in_force(db, (one.round == round_) & (own | (one.respondent == "")))
    return tuple(sorted(found, key=lambda received: not received.respondent))


def received_in(db: Transaction, round_: str) -> tuple[OpenedInvitation, ...]:
    """All invitations to a round that are in force here, the newest first."""
    return _in_force(db, ReceivedInvitationRecord.round == round_)


def _in_force(db: Transaction, wanted: ColumnElement[bool]) -> tuple[OpenedInvitation, ...]:
    one = ReceivedInvitationRecord
    query = (
        select(one.id, one.round, one.form_id, one.respondent, one.issuer_key, one.document, one.received_at)
        .where(wanted, one.is_replaced.is_(False))
        .order_by(one.received_at.desc(), one.id)
    )
    return tuple(OpenedInvitation(*row) for row in db.sql.execute(query))


def is_issuer_known(db: Transaction, issuer_key: str) -> bool:
    """Whether an invitation signed with this key was opened here before."""
    one = ReceivedInvitationRecord
    return db.sql.execute(select(one.id).where(one.issuer_key == issuer_key).limit(1)).first() is not None


def issuers(db: Transaction) -> dict[str, str]:
    """By public key of whoever invited, the document of one of the invitations that were opened here."""
    one = ReceivedInvitationRecord
    return {row[0]: row[1] for row in db.sql.execute(select(one.issuer_key, one.document))}
