"""Who is asked in a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.trust.respondent_list import read_list
from iscm_desktop.questionnaire import registers
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.store.objects import invitations
from iscm_desktop.text_limits import TypedText, checked
from iscm_desktop.workspace.responses.new_response import named
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class RespondentService:
    """The plan of a round: its respondents, each with a language and a contact."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._rounds = RoundService(context)

    def of(self, round_code: str | None = None) -> tuple[RespondentRow, ...]:
        """Those of a round, or of the one that is followed; () while there is none."""
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        with self._context.database.read() as db:
            return invitations.respondents_of(db, round_.code)

    def all_of(self, round_code: str | None = None) -> tuple[RespondentRow, ...]:
        """Likewise with those who answered without having been asked, by questionnaire and name."""
        round_ = self._rounds.find(round_code)
        if round_ is None:
            return ()
        with self._context.database.read() as db:
            rows = (
                *invitations.respondents_of(db, round_.code),
                *invitations.unasked_of(db, round_.code),
            )
        return tuple(sorted(rows, key=lambda row: (row.form_id, row.name, row.respondent)))

    def ask(
        self, round_code: str | None, form_id: str, codes: Iterable[str], language: str, contact: str
    ) -> tuple[RespondentRow, ...]:
        """Adds respondents to the plan of a round, and gives them as the registers name them."""
        return self.ask_all(round_code, {(form_id, language): codes}, contact)

    def ask_all(
        self, round_code: str | None, wanted: Mapping[tuple[str, str], Iterable[str]], contact: str = ""
    ) -> tuple[RespondentRow, ...]:
        """The same for several questionnaires and languages at once: all of them, or none.

        Args:
            wanted: Codes by questionnaire and language.
        """
        round_ = self._rounds.find_or_start(round_code).code
        rows = [
            named_respondent(round_, form_id, code, language, contact)
            for (form_id, language), codes in wanted.items()
            for code in codes
        ]
        with self._context.database.write() as db:
            invitations.put_respondents(db, rows)
        return tuple(rows)

    def add_listed(self, rows: Iterable[RespondentRow]) -> None:
        """Adds what `read_table` gave to the plan of the round."""
        with self._context.database.write() as db:
            invitations.put_respondents(db, rows)

    def ask_no_more(self, round_code: str | None, form_id: str, respondent: str) -> None:
        """Takes a respondent out of the plan; an invitation that was issued stays valid."""
        round_ = self._rounds.find_or_start(round_code).code
        with self._context.database.write() as db:
            invitations.remove_respondent(db, round_, form_id, registers.respondent_code(form_id, respondent))

    def read_table(
        self, round_code: str | None, file: Path, form_ids: Sequence[str]
    ) -> tuple[RespondentRow, ...]:
        """The respondents of a table, named as the registers do; nothing is added yet.

        Args:
            form_ids: Questionnaires that may be named in it.

        Raises:
            IscmError: with all faults of the table, by row.
        """
        return self.read_listed(round_code, read_list(file, form_ids))

    def read_listed(self, round_code: str | None, rows: Sequence[RespondentRow]) -> tuple[RespondentRow, ...]:
        """The respondents of a list, with the round put in and named as the registers do."""
        round_ = self._rounds.find_or_start(round_code).code
        return tuple(
            named_respondent(round_, row.form_id, row.respondent, row.language, row.contact) for row in rows
        )


def named_respondent(round_: str, form_id: str, code: str, language: str, contact: str) -> RespondentRow:
    """A respondent as the registers name it; one that is in none, by what was typed.

    Raises:
        IscmError: the code is of no respondent of this questionnaire, or a text is longer than it may be.
    """
    who = named(form_id, code)
    if not who.code or (form_id == "state" and not registers.is_registered(form_id, who.code)):
        raise IscmError(TrustProblem.RESPONDENT_UNKNOWN, respondent=code, form=form_id)
    checked(TypedText.LANGUAGE, language)
    return RespondentRow(round_, form_id, who.code, who.name, language, checked(TypedText.CONTACT, contact))
