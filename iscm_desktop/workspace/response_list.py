"""The list of responses. Needs no SQLAlchemy: it is the first thing that the window shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store import startup_queries
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace.workspace_context import WorkspaceContext

if TYPE_CHECKING:
    from iscm_desktop.store.database.transaction import Transaction
    from iscm_desktop.store.objects.revision import SubjectId


class ResponseList:
    """Responses in view: hidden ones, which a taken back merge brought, are not in it."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self) -> tuple[ResponseRow, ...]:
        """The newest round first, within a round by respondent."""
        with self._context.database.read() as db:
            return _without_idle(db, startup_queries.responses(db))

    def exported_endings(self) -> dict[SubjectId, str]:
        """Of each response that was exported here, how its last file's name ends: ".pdf", ".age" or ".iscm"."""
        with self._context.database.read() as db:
            found = startup_queries.exported_files(db)
        return {response: PurePath(file).suffix.lower() for response, file in found.items()}

    def row(self, response: SubjectId) -> ResponseRow:
        """One of the list.

        Raises:
            IscmError: there is none with this id, or it is out of view.
        """
        with self._context.database.read() as db:
            found = _without_idle(db, startup_queries.responses(db, response))
        if not found:
            raise IscmError(AnswerProblem.RESPONSE_UNKNOWN, response=response)
        return found[0]

    def counted(self, round_code: str) -> tuple[ResponseRow, ...]:
        """Those of one round that count where respondents are counted: one of each.

        A public edition counts where the response itself is not here; of several, which tell nothing of their age,
        the one with the most answers.
        """
        found: dict[tuple[str, str], ResponseRow] = {}
        for row in self.of_round(round_code):
            whose = (row.form_id, row.respondent)
            found[whose] = max(found.get(whose, row), row, key=_weight)
        return tuple(found.values())

    def of_round(self, round_code: str) -> tuple[ResponseRow, ...]:
        """Those of one round."""
        return tuple(row for row in self.all() if row.round == round_code)


def _without_idle(db: Transaction, rows: tuple[ResponseRow, ...]) -> tuple[ResponseRow, ...]:
    """With the conflicts that people have to choose about; what does not fit its questionnaire is none."""
    if not any(row.conflicts for row in rows):
        return rows
    from iscm_desktop.exchange.merging.odd_items import open_conflicts  # late: only where there are conflicts

    counts = Counter(subject for subject, _key in open_conflicts(db, rows[0].id if len(rows) == 1 else None))
    return tuple(replace(row, conflicts=counts[row.id]) if row.conflicts else row for row in rows)


def _weight(row: ResponseRow) -> tuple[bool, int, str]:
    return (not row.is_public, row.answered, row.id)
