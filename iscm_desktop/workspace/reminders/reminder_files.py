"""The folder of reminders: written beside its place, read back, and put there whole; or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from iscm_desktop.errors import FileProblem, IscmError, RoundProblem
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.exchange.reminders.mail_file import MailFile, mail_bytes, mail_read_back
from iscm_desktop.exchange.reminders.reminder_lists import (
    BOOK,
    LIST,
    LIST_COLUMNS,
    MAIL_MERGE,
    MERGE_COLUMNS,
    write_book,
    write_table,
)
from iscm_desktop.exchange.trust.invitation_file import SUFFIX
from iscm_desktop.file_names import file_stem, new_stem, shown_file
from iscm_desktop.private_files import make_private_folder, sync_folder
from iscm_desktop.store.rows import RoundRow
from iscm_desktop.workspace.reminders.reminder_rows import (
    InvitationBeside,
    Letter,
    ReminderRow,
    WrittenReminder,
    WrittenReminders,
)

TEXTS, MAILS, INVITATIONS = "texts", "mails", "invitations"


@dataclass(frozen=True, slots=True)
class ReminderToWrite:
    """All that the files of one reminder hold."""

    row: ReminderRow
    letter: Letter
    invitation_state: InvitationBeside
    invitation: bytes  # b"" where none goes along
    invitation_file: str


def invitation_name(row: ReminderRow) -> str:
    """How the invitation is called that a mail holds: as when it was issued among others."""
    return file_stem(row.round, row.form_id, row.respondent) + SUFFIX


class ReminderFolder:
    """Used in a `with`; what is not finished when it ends is gone."""

    def __init__(self, folder: Path, round_: RoundRow) -> None:
        self._folder, self._round = folder.expanduser(), round_
        self._beside = self._folder.with_name(f".{self._folder.name or 'reminders'}.part")
        self._written: list[WrittenReminder] = []
        self._taken: set[str] = set()

    def __enter__(self) -> ReminderFolder:
        try:
            if self._folder.exists() and (not self._folder.is_dir() or any(self._folder.iterdir())):
                raise IscmError(RoundProblem.REMINDER_FOLDER_TAKEN, folder=shown_file(self._folder))
            shutil.rmtree(self._beside, ignore_errors=True)  # of a program that was killed
            make_private_folder(self._beside)
        except OSError as error:
            raise self._not_written(error) from error
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)

    def add(self, one: ReminderToWrite) -> None:
        """Writes text, mail and invitation of one reminder.

        Raises:
            IscmError: one of them cannot be written, or not be read again.
        """
        row, letter = one.row, one.letter
        stem = new_stem(file_stem(row.round, row.form_id, row.respondent), self._taken)
        text, mail = f"{TEXTS}/{stem}.txt", f"{MAILS}/{stem}.eml"
        invitation = f"{INVITATIONS}/{stem}{SUFFIX}" if one.invitation else ""
        replace_file(self._beside / text, _text_of(one).encode())
        whole = MailFile(
            row.addresses, letter.subject, letter.body,
            invitation_name(row) if one.invitation else "", one.invitation,
        )  # fmt: skip
        replace_file(self._beside / mail, mail_bytes(whole), mail_read_back(whole, Path(mail)))
        if invitation:
            replace_file(self._beside / invitation, one.invitation)
        self._written.append(
            WrittenReminder(row, letter, text, mail, invitation, one.invitation_state, one.invitation_file)
        )

    def finish(self, record: Callable[[], str]) -> WrittenReminders:
        """Writes the lists, puts everything in its place, and has it recorded, which gives the operation.

        Raises:
            IscmError: it cannot be put there or recorded; nothing of it is there then.
        """
        listed = [self._listed(one) for one in self._written]
        write_table(self._beside / LIST, LIST_COLUMNS, listed)
        write_book(self._beside / BOOK, LIST_COLUMNS, listed)
        write_table(self._beside / MAIL_MERGE, MERGE_COLUMNS, [self._merged(one) for one in self._written])
        placed: list[Path] = []
        try:
            make_private_folder(self._folder)
            for each in sorted(self._beside.iterdir()):
                placed.append(self._folder / each.name)
                each.rename(placed[-1])
            sync_folder(self._folder)
            operation = record()
        except BaseException as error:
            for each in placed:
                _remove(each)
            if isinstance(error, OSError):
                raise self._not_written(error) from error
            raise
        return WrittenReminders(self._folder, operation, tuple(self._written), (LIST, BOOK, MAIL_MERGE))

    def _not_written(self, error: OSError) -> IscmError:
        reason = error.strerror or error
        return IscmError(FileProblem.FILE_NOT_WRITTEN, file=shown_file(self._folder), reason=reason)

    def _listed(self, one: WrittenReminder) -> dict[str, str]:
        row, before = one.row, one.row.reminded
        questions = one.letter.open_questions
        return {
            "questionnaire": row.form_id,
            "respondent": row.respondent,
            "name": row.name,
            "language": row.language,
            "contact": row.contact,
            "address": ", ".join(row.addresses),
            "status": row.standing.value,
            "due_on": self._round.due_on.isoformat() if self._round.due_on else "",
            "late": "yes" if row.is_late else "no",
            "required_open": str(sum(not each.is_to_mend for each in questions)) if row.response else "",
            "to_mend": str(sum(each.is_to_mend for each in questions)) if row.response else "",
            "queries_open": str(row.open_queries),
            "reminded_before": str(len(before)),
            "last_reminded_on": before[0].at.date().isoformat() if before else "",
            "last_reminded_by": before[0].person if before else "",
            "text": one.text,
            "mail": one.mail,
            "invitation": one.invitation,
            "invitation_state": one.invitation_state.value,
        }

    def _merged(self, one: WrittenReminder) -> dict[str, str]:
        letter = one.letter
        return {
            "address": ", ".join(one.row.addresses),
            "name": one.row.name,
            "respondent": one.row.respondent,
            "questionnaire": one.row.form_id,
            "language": letter.language,
            "subject": letter.subject,
            "round": self._round.title,
            "due": letter.due,
            "status": letter.standing,
            "missing": "; ".join(each.called for each in letter.open_questions),
            "queries": "; ".join(letter.queries),
            "invitation": one.invitation,
        }


def _text_of(one: ReminderToWrite) -> str:
    """The letter with its subject above, and the addresses where any are known: to be copied."""
    head = (*([", ".join(one.row.addresses)] if one.row.addresses else []), one.letter.subject)
    return "\n".join((*head, "", one.letter.body))


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
