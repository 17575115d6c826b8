"""Texts that people wrote over drafted summaries: items with revisions, like answers."""

from __future__ import annotations

from datetime import datetime

from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import insert_or
from iscm_desktop.store.objects.drafts import drafts_of, put_drafts, seal
from iscm_desktop.store.objects.items import add_subject, items_of, refresh
from iscm_desktop.store.objects.revision import TEXT, item_key, summary_id


def texts_of(db: Transaction, round_code: str, mechanism: str, device: str) -> dict[str, str]:
    """The texts in force, by the key of their section, with what is being written on this device."""
    subject = summary_id(round_code, mechanism)
    values = {key: state.value for key, state in items_of(db, subject, [TEXT]).items()}
    values |= {key: draft.value for key, draft in drafts_of(db, subject, device).items()}
    return {path: value for (_kind, path), value in values.items() if value}


def put_text(
    db: Transaction,
    round_code: str,
    mechanism: str,
    section: str,
    text: str | None,
    author: str,
    made_at: datetime,
    device: str,
) -> None:
    """Keeps what somebody writes; None goes back to the drafted text."""
    subject = summary_id(round_code, mechanism)
    add_subject(db, subject, "summary")
    summary = insert_or(db, tables.SummaryRecord).values(id=subject, round=round_code, mechanism=mechanism)
    db.sql.execute(summary.on_conflict_do_nothing())
    put_drafts(
        db,
        subject,
        {item_key(TEXT, section): text or None},
        items_of(db, subject, [TEXT]),
        author,
        made_at,
        device,
    )


def seal_texts(db: Transaction, round_code: str, mechanism: str, device: str) -> None:
    """Seals what was written: the summary leaves the house."""
    subject = summary_id(round_code, mechanism)
    if seal(db, subject, device):
        refresh(db, subject)
