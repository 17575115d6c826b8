"""What the first window shows, read and written with the `sqlite3` module alone.

SQLAlchemy costs a quarter of a second to import, more than the whole window may take; this module is why a
start does not need it. Everything else of the store goes through SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from iscm_desktop.store import times
from iscm_desktop.store.rows import ResponseRow, ResponseState, RoundRow

_ROUNDS = "SELECT code, title, due_on, created_at FROM round ORDER BY created_at DESC, code DESC"

_RESPONSES = """
SELECT response.id, response.round, response.form_id, questionnaire.title, questionnaire.version,
       respondent, respondent_name, language, answered, asked, missing,
       changed_at, exported_at, conflicts, content, everything, signed_content, exported,
       EXISTS (SELECT 1 FROM draft WHERE draft.subject = response.id) AS has_drafts,
       EXISTS (SELECT 1 FROM draft WHERE draft.subject = response.id AND draft.kind IN ('answer', 'entry'))
           AS has_answers_in_draft,
       NOT is_made_here
           AND EXISTS (SELECT 1 FROM item WHERE item.subject = response.id AND item.kind = 'edition')
           AND NOT EXISTS (SELECT 1 FROM item WHERE item.subject = response.id AND item.kind = 'questionnaire')
           AS is_public
FROM response
JOIN questionnaire ON questionnaire.hash = response.questionnaire
JOIN round ON round.code = response.round
WHERE NOT is_hidden AND (CAST(:id AS TEXT) IS NULL OR response.id = :id)
ORDER BY round.created_at DESC, response.round DESC, response.form_id, respondent_name, respondent
"""


def setting(plain: sqlite3.Connection, key: str) -> str | None:
    row = plain.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_setting(plain: sqlite3.Connection, key: str, value: str | None) -> None:
    """Keeps a setting; None forgets it."""
    if value is None:
        plain.execute("DELETE FROM setting WHERE key = ?", (key,))
    else:
        plain.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )


def settings_under(plain: sqlite3.Connection, prefix: str) -> list[tuple[str, str]]:
    """All settings whose key begins so, in order."""
    query = "SELECT key, value FROM setting WHERE substr(key, 1, ?) = ? ORDER BY key"
    return [(key, value) for key, value in plain.execute(query, (len(prefix), prefix))]


def last_batch(plain: sqlite3.Connection) -> int:
    """The number of the newest merge; 0 before the first."""
    return int(plain.execute("SELECT coalesce(max(number), 0) FROM batch").fetchone()[0])


def files_after(plain: sqlite3.Connection, batch: int) -> int:
    """How many files were merged in batches newer than this one."""
    return int(plain.execute("SELECT count(*) FROM batch_file WHERE batch > ?", (batch,)).fetchone()[0])


def rounds(plain: sqlite3.Connection) -> tuple[RoundRow, ...]:
    """The newest first."""
    return tuple(
        RoundRow(code, title, date.fromisoformat(due_on) if due_on else None, times.read(created_at))
        for code, title, due_on, created_at in plain.execute(_ROUNDS)
    )


def add_round(plain: sqlite3.Connection, row: RoundRow) -> None:
    """Adds a round, or gives the one with this code a new title and date."""
    plain.execute(
        "INSERT INTO round (code, title, due_on, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET title = excluded.title, due_on = excluded.due_on",
        (row.code, row.title, row.due_on and row.due_on.isoformat(), times.written(row.created_at)),
    )


def responses(plain: sqlite3.Connection, response_id: str | None = None) -> tuple[ResponseRow, ...]:
    """All that are in view, the newest round first; or the one named."""
    return tuple(_response(*row) for row in plain.execute(_RESPONSES, {"id": response_id}))


def _response(
    id_: str, round_: str, form_id: str, title: str, version: str, respondent: str, respondent_name: str,
    language: str, answered: int | None, asked: int | None, missing: int | None, changed_at: str,
    exported_at: str | None, conflicts: int, content: str, everything: str, signed: str, exported: str,
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
        answered=answered or 0, asked=asked or 0, missing=missing or 0, is_counted=asked is not None,
        state=state, changed_at=times.read(changed_at), exported_at=_instant(exported_at),
        conflicts=conflicts, is_public=bool(is_public),
    )  # fmt: skip


def _instant(text: str | None) -> datetime | None:
    return None if text is None else times.read(text)
