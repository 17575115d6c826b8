"""Survey waves of a store, and which of them one works in. Needs no SQLAlchemy: the first window asks for it."""

from __future__ import annotations

from datetime import date

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import _
from iscm_desktop.store import startup_queries
from iscm_desktop.store.rows import RoundRow
from iscm_desktop.text_limits import TypedText, checked, typed_name
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_CHOSEN = "round"


class RoundService:
    """Looking never makes a round; starting to work in one does, where there is none yet."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self) -> tuple[RoundRow, ...]:
        """The newest first; () in a fresh store."""
        with self._context.database.read() as db:
            return startup_queries.rounds(db)

    def start(self, code: str, title: str, due_on: date | None = None) -> RoundRow:
        """Starts a round and makes it the current one; a code that exists gets the new title and date.

        Raises:
            IscmError: there is no code, or a text is longer than files can hold.
        """
        if not code.strip():
            raise IscmError(AnswerProblem.ROUND_WITHOUT_CODE)
        checked(TypedText.ROUND_CODE, code)
        title = typed_name(checked(TypedText.ROUND_TITLE, title))
        row = RoundRow(code, title, due_on, self._context.now())
        with self._context.database.write() as db:
            startup_queries.add_round(db, row)
        self.follow(row.code)
        return row

    def follow(self, code: str) -> None:
        """Makes a round that is in the store the current one."""
        self._context.database.settings.put(_CHOSEN, code)

    def followed(self) -> RoundRow | None:
        """The one chosen last, else the newest; None while the store has no round."""
        rounds = self.all()
        chosen = self._context.database.settings.value(_CHOSEN)
        return next((row for row in rounds if row.code == chosen), rounds[0] if rounds else None)

    def proposed(self) -> RoundRow:
        """The followed one; in a fresh store the one that the first work would start, "Assessment" and the year."""
        now = self._context.now()
        title = _("Assessment {year}").format(year=now.year)
        return self.followed() or RoundRow(str(now.year), title, None, now)

    def current(self) -> RoundRow:
        """The followed one, for whoever writes into it: in a fresh store the proposed one is started."""
        found = self.proposed()
        return self.followed() or self.start(found.code, found.title, found.due_on)

    def find(self, code: str | None) -> RoundRow | None:
        """The round with this code; None means the followed one, and gives None while there is none.

        Raises:
            IscmError: the store has no round with this code.
        """
        if code is None:
            return self.followed()
        for row in self.all():
            if row.code == code:
                return row
        raise IscmError(AnswerProblem.ROUND_UNKNOWN, round=code)

    def find_or_start(self, code: str | None) -> RoundRow:
        """Likewise for whoever is about to write into the round: without a code, the current one.

        Raises:
            IscmError: the store has no round with this code.
        """
        return self.find(code) or self.current()
