"""What the first window shows, by prepared queries, so that a start does not wait for SQLAlchemy."""

from __future__ import annotations

import json
from datetime import date, datetime

from iscm_desktop.store import times
from iscm_desktop.store.database import prepared_queries
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.rows import ResponseRow, ResponseState, RoundRow


def rounds(db: Transaction) -> tuple[RoundRow, ...]:
    """The newest first."""
    return tuple(
        RoundRow(code, title, date.fromisoformat(due_on) if due_on else None, times.read(created_at))
        for code, title, due_on, created_at in db.run(prepared_queries.ROUNDS)
    )


def add_round(db: Transaction, row: RoundRow) -> None:
    """Adds a round, or gives the one with this code a new title and date."""
    due_on = row.due_on and row.due_on.isoformat()
    values = {"code": row.code, "title": row.title, "due_on": due_on}
    db.run(prepared_queries.PUT_ROUND, values | {"created_at": times.written(row.created_at)})


def responses(db: Transaction, response_id: str | None = None) -> tuple[ResponseRow, ...]:
    """All that are in view, the newest round first; or the one named."""
    return tuple(_response(*row) for row in db.run(prepared_queries.RESPONSES, {"id": response_id}))


def exported_files(db: Transaction) -> dict[str, str]:
    """Of each response, the file to which it was exported here last, as it was named then."""
    told = (json.loads(parameters) for (parameters,) in db.run(prepared_queries.EXPORTS))
    return {one["response"]: one.get("file", "") for one in told if "response" in one}


def _response(
    id_: str, round_: str, form_id: str, title: str, version: str, respondent: str, respondent_name: str,
    language: str, answered: int | None, asked: int | None, missing: int | None, wrong: int | None,
    changed_at: str, exported_at: str | None, conflicts: int, content: str, everything: str, signed: str, exported: str,
    has_drafts: int, has_answers_in_draft: int, is_public: int,
) -> ResponseRow:  # fmt: skip
    if exported and exported == everything and not has_drafts:
        state = ResponseState.EXPORTED
    elif signed and signed == content and not has_answers_in_draft:
        state = ResponseState.SIGNED_OFF
    else:
        state = ResponseState.CHANGED_SINCE_EXPORT if exported else ResponseState.DRAFT
    return ResponseRow(
        id=id_, round=round_, form_id=form_id, questionnaire_title=title, version=version,
        respondent=respondent, respondent_name=respondent_name, language=language,
        answered=answered or 0, asked=asked or 0, missing=missing or 0, wrong=wrong or 0, is_counted=asked is not None,
        state=state, changed_at=times.read(changed_at), exported_at=_instant(exported_at),
        is_too_much=asked is not None and missing is None, conflicts=conflicts, is_public=bool(is_public),
    )  # fmt: skip


def _instant(text: str | None) -> datetime | None:
    return None if text is None else times.read(text)
