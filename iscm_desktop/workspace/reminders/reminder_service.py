"""Reminders: who may be reminded, of what, and the files with which a person does it. The program sends nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from iscm_desktop.errors import IscmError, RoundProblem
from iscm_desktop.exchange.reminders.mail_file import addresses_in
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.views import Verdict
from iscm_desktop.store.invitation_rows import InvitationRow
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.reminder_history import (
    Reminded,
    ReminderEvent,
    reminder_parameters,
    reminders_of,
)
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.colleagues.query_service import QueryService
from iscm_desktop.workspace.coverage.coverage_service import CoverageService
from iscm_desktop.workspace.coverage.round_coverage import RespondentCoverage
from iscm_desktop.workspace.item_labels import ItemLabels, labels_of
from iscm_desktop.workspace.reminders.letter_language import LetterLanguage
from iscm_desktop.workspace.reminders.reminder_files import ReminderFolder, ReminderToWrite, invitation_name
from iscm_desktop.workspace.reminders.reminder_letter import Particulars, Unanswered, write_letter
from iscm_desktop.workspace.reminders.reminder_rows import (
    InvitationBeside,
    Letter,
    OpenQuestion,
    ReminderRow,
    ReminderStanding,
    WrittenReminders,
)
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.rounds.invitation_service import CopyFault, InvitationCopy, InvitationService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_FAULTS = {
    CopyFault.SIGNED_ELSEWHERE: InvitationBeside.SIGNED_ELSEWHERE,
    CopyFault.KEY_NOT_HERE: InvitationBeside.KEY_NOT_HERE,
}


class ReminderService:
    """The service behind the list of reminders. Writing them is one operation, which can be taken back."""

    def __init__(
        self,
        context: WorkspaceContext,
        response_service: ResponseService,
        coverage: CoverageService,
        query_service: QueryService,
        invitation_service: InvitationService,
    ) -> None:
        self._context, self._responses, self._coverage = context, response_service, coverage
        self._queries, self._invitations = query_service, invitation_service
        self._rounds, self._list = RoundService(context), ResponseList(context)

    def rows(self, round_code: str | None = None) -> tuple[ReminderRow, ...]:
        """Everybody of a round, or of the one that is followed, by questionnaire and name; () while there is none.

        Raises:
            IscmError: the store has no round with this code.
        """
        found = self._coverage.of(round_code)
        if found is None:
            return ()
        here = {row.id: row for row in self._list.of_round(found.round)}
        history = self.history(found.round)
        return tuple(_row(found.round, one, here, history) for one in found.respondents)

    def history(self, round_code: str) -> Mapping[tuple[str, str], Sequence[ReminderEvent]]:
        """By questionnaire and respondent, the reminders of a round that stand: the newest first."""
        with self._context.database.read() as db:
            return reminders_of(db, round_code)

    def letter(self, row: ReminderRow) -> Letter:
        """What a reminder would say now; nothing is written.

        Raises:
            IscmError: the round is not there any more.
        """
        issued = self._issued(row.round, [row]).get(row.key)
        is_beside = issued is not None and issued.id in self._invitations.signed_here()
        queries = self._asked_about([row]).get(row.response, [])
        name = invitation_name(row) if is_beside else ""
        return self._letter(row, self._round(row.round), queries, issued, name)

    def write(
        self, rows: Sequence[ReminderRow], folder: Path, progress: TaskProgress = UNWATCHED
    ) -> WrittenReminders | None:
        """Writes the reminders into a new or empty folder, and remembers who was reminded.

        For each a text and a mail, in their language, and beside them the invitation that was issued, where it can be
        made again; a list of all, and one for a mail merge. All of it, or nothing: None where somebody stopped it.

        Raises:
            IscmError: nobody is to be reminded, something is in the folder, or a file cannot be written.
        """
        if not rows:
            raise IscmError(RoundProblem.REMINDER_NOBODY)
        round_ = self._round(rows[0].round)
        issued = self._issued(round_.code, rows)
        asked_about = self._asked_about(rows)
        with ReminderFolder(folder, round_) as target:
            copies = self._invitations.copies_of(
                [(issued[row.key], row.name) for row in rows if row.key in issued]
            )
            for at, row in enumerate(rows):
                if progress.should_stop():
                    return None
                kept = issued.get(row.key)
                copy = next(copies)[1] if kept is not None else None
                letter = self._letter(
                    row, round_, asked_about.get(row.response, []), kept,
                    invitation_name(row) if copy is not None and copy.fault is None else "",
                )  # fmt: skip
                target.add(ReminderToWrite(row, letter, *_beside(copy), kept.file_name if kept else ""))
                progress.report(at + 1, len(rows))
            if progress.should_stop():
                return None
            return target.finish(lambda: self._record(round_, rows))

    def _record(self, round_: RoundRow, rows: Sequence[ReminderRow]) -> str:
        reminded = [Reminded(row.form_id, row.respondent, row.name) for row in rows]
        with self._context.database.write() as db:
            number = self._context.log.record(
                db, OperationKind.REMIND, reminder_parameters(round_.code, reminded)
            )
        return str(number)

    def _round(self, code: str) -> RoundRow:
        found = self._rounds.find(code)
        if found is None:
            raise IscmError(RoundProblem.REMINDER_WITHOUT_ROUND)
        return found

    def _issued(self, round_code: str, rows: Sequence[ReminderRow]) -> dict[tuple[str, str], InvitationRow]:
        """The newest invitation of each, by name; one that can be made again before one that cannot."""
        wanted = {row.key for row in rows}
        with self._context.database.read() as db:
            found = invitations.issued(db, round_code)
        newest: dict[tuple[str, str], InvitationRow] = {}
        signed = self._invitations.signed_here()
        for one in sorted(found, key=lambda each: each.id not in signed):
            if (one.form_id, one.respondent) in wanted:
                newest.setdefault((one.form_id, one.respondent), one)
        return newest

    def _asked_about(self, rows: Sequence[ReminderRow]) -> dict[SubjectId | None, list[Unanswered]]:
        """By response, the queries without a reply: which question, and when. What was asked stays where it is."""
        language = {row.response: row.language for row in rows if row.response and row.open_queries}
        found: defaultdict[SubjectId | None, list[Unanswered]] = defaultdict(list)
        if not language:
            return found
        labels: dict[SubjectId, ItemLabels] = {}
        for query in self._queries.rows():
            if not query.is_open or query.response_id not in language:
                continue
            if query.response_id not in labels:
                labels[query.response_id] = self._labels(query.response_id, language[query.response_id])
            words = labels[query.response_id].label(query.path)
            question = f"{query.number} {words}" if query.number else words
            found[query.response_id].append(Unanswered(question, query.asked_at.astimezone().date()))
        return found

    def _labels(self, response: SubjectId, language: str) -> ItemLabels:
        with self._context.database.read() as db:
            return labels_of(db, response, LetterLanguage(language).code, self._context.device)

    def _letter(
        self,
        row: ReminderRow,
        round_: RoundRow,
        queries: list[Unanswered],
        issued: InvitationRow | None,
        beside: str,
    ) -> Letter:
        language, person = LetterLanguage(row.language), self._context.person
        is_public = row.response is not None and self._list.row(row.response).is_public
        open_questions: tuple[OpenQuestion, ...] | None = ()
        if row.response is not None and row.standing is ReminderStanding.NOT_SIGNED_OFF and not is_public:
            open_questions = self._open_questions(row.response, language.code)
        return write_letter(language, Particulars(
            respondent=_called(row, language.code), round=round_.title, questionnaire=self._title(row, round_.code),
            due_on=round_.due_on, today=self._context.now().astimezone().date(), standing=row.standing,
            is_public=is_public, open_questions=open_questions, queries=tuple(queries),
            is_invited=issued is not None, invitation=beside, sender=(person.name, person.organization),
            is_practice=self._context.is_practice,
        ))  # fmt: skip

    def _title(self, row: ReminderRow, round_code: str) -> str:
        if row.response is not None:
            return self._list.row(row.response).questionnaire_title
        with self._context.database.read() as db:
            used = known_questionnaires.newest_version(db, row.form_id, round_code)
        return used.title if used is not None else row.form_id

    def _open_questions(self, response: SubjectId, language: str) -> tuple[OpenQuestion, ...] | None:
        """What the form would list as not finished, without a word that anybody answered; None: it cannot be told."""
        try:
            session = self._responses.open_session(response, language)
        except IscmError:  # its questionnaire is not known here
            return None
        used = session.questionnaire
        labels = ItemLabels(used, language)
        names = {section.path: labels.text(section.label) for section in used.sections}
        found = session.findings()
        if any(one.verdict is Verdict.TOO_MUCH for one in found):
            return None
        return tuple(
            OpenQuestion(
                " ".join(filter(None, (labels.number(one.section), names.get(template_path(used, one.section), "")))),
                one.number, labels.label(one.path), one.verdict is not Verdict.MISSING,
            )
            for one in found
        )  # fmt: skip


def _row(
    round_: str,
    one: RespondentCoverage,
    here: Mapping[SubjectId, ResponseRow],
    history: Mapping[tuple[str, str], Sequence[ReminderEvent]],
) -> ReminderRow:
    found = here.get(one.response) if one.response else None
    if one.is_signed:
        standing = ReminderStanding.SIGNED_OFF
    else:
        standing = ReminderStanding.NOT_SIGNED_OFF if one.response else ReminderStanding.NOTHING_RECEIVED
    return ReminderRow(
        round_, one.form_id, one.respondent, one.name, one.language, one.contact, addresses_in(one.contact),
        one.is_asked, standing, one.is_late,
        found.missing if found is not None and found.is_counted and not found.is_too_much else None,
        one.open_queries, one.invited_at, one.response,
        tuple(history.get((one.form_id, one.respondent), ())),
    )  # fmt: skip


def _called(row: ReminderRow, language: str) -> str:
    """As the registers call them in the letter's language; as here where no register has them."""
    if not registers.is_registered(row.form_id, row.respondent):
        return row.name
    return registers.respondent_name(row.form_id, row.respondent, language)


def _beside(copy: InvitationCopy | None) -> tuple[InvitationBeside, bytes]:
    if copy is None:
        return InvitationBeside.NEVER_ISSUED, b""
    if copy.fault is not None:
        return _FAULTS[copy.fault], b""
    return InvitationBeside.ATTACHED, copy.data
