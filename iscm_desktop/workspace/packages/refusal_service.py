"""Files of which nothing was merged: kept with their merge, listed, written down, answered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError
from iscm_desktop.exchange.data.formula_texts import neutralised
from iscm_desktop.exchange.data.workbook_writer import workbook
from iscm_desktop.exchange.merging.kept_refusals import problem_named, refusal_of, refused_rows
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.file_names import shown_file, stems_in
from iscm_desktop.i18n import N_, _, current_language
from iscm_desktop.store.objects import invitations
from iscm_desktop.store.operations import refused_files
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.operation_list import list_operations
from iscm_desktop.store.operations.refused_files import RefusedRow
from iscm_desktop.workspace.packages.refusal_replies import Reply, Writer, replies_about, reply_names
from iscm_desktop.workspace.packages.reply_sentences import reply_sentence
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_HEADS = (
    N_("File"), N_("Found in"), N_("Result"), N_("Why"), N_("Respondent"), N_("Sender"), N_("Address"), N_("Mail"),
)  # fmt: skip
_LEFT_OUT, _PASSED_OVER, _REFUSED = N_("Left out"), N_("Not looked into"), N_("Refused")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One of them for people, in the language in which they read now."""

    file: str
    found_in: str  # the file that was named, and what it lay in
    result: str
    why: str
    respondent: str  # name as the file says; "" where it does not
    sender: str  # as the mail says
    address: str
    mail: str  # its subject


@dataclass(frozen=True, slots=True)
class RefusedFiles:
    """Those of one merge."""

    operation: str  # "" where no merge has any
    rows: tuple[RefusedRow, ...]


class RefusalService:
    """The service behind the list of refused files and the replies to their senders."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._rounds = RoundService(context)

    def of_merge(self, operation: str | None = None) -> RefusedFiles:
        """Those of a merge, or of the last one that has any; left out and not looked into included.

        Raises:
            IscmError: there is no such merge.
        """
        with self._context.database.read() as db:
            if operation is None:
                newest = refused_files.newest_with_refused(db)
                return (
                    RefusedFiles("", ())
                    if newest is None
                    else _of(newest, refused_files.list_refused(db, newest))
                )
            found = list_operations(db, number=int(operation)) if _NUMBER.fullmatch(operation) else ()
            if not found or found[0].kind is not OperationKind.MERGE:
                raise IscmError(FileProblem.OPERATION_UNKNOWN, operation=operation)
            return _of(int(operation), refused_files.list_refused(db, int(operation)))

    def of_files(self, told: MergePlan | MergeReport) -> tuple[RefusedRow, ...]:
        """Those of a plan or a report that is at hand."""
        files = told.outcomes if isinstance(told, MergePlan) else told.files
        return tuple(refused_rows(enumerate(files)))

    def lines(self, rows: Iterable[RefusedRow]) -> tuple[RefusedLine, ...]:
        """In words."""
        return tuple(_line(row) for row in rows)

    def write_list(self, rows: Sequence[RefusedRow], target: Path) -> Path:
        """Writes the list as a table (.csv, .xlsx), or as a text to read, by the ending of the name.

        Raises:
            IscmError: it cannot be written, or there is nothing to write.
        """
        if not rows:
            raise IscmError(AnswerProblem.NOTHING_REFUSED)
        heads, lines = [_(head) for head in _HEADS], [astuple(line) for line in self.lines(rows)]
        match target.suffix.lower():
            case ".xlsx":
                with workbook(target) as book:
                    sheet = book.sheet(_("Refused"), heads)
                    for line in lines:
                        sheet.add(line)
            case ".csv":
                replace_file(target, _csv(heads, lines).encode("utf-8-sig"))
            case _:
                replace_file(target, _text(heads, lines).encode())
        return target

    def replies(self, rows: Iterable[RefusedRow]) -> tuple[Reply, ...]:
        """What to write to each sender; () where none can do anything about it."""
        person, followed = self._context.person, self._rounds.followed()
        title = followed.title if followed else ""
        writer = Writer(person.name, person.organization, title, current_language())
        rounds = sorted(self._rounds.all(), key=lambda one: one != followed)
        with self._context.database.read() as db:
            planned = [row for one in rounds for row in invitations.respondents_of(db, one.code)]
        return replies_about(rows, planned, writer)

    def write_replies(self, rows: Iterable[RefusedRow], folder: Path) -> tuple[Path, ...]:
        """Writes them into a folder, a file for each sender, and over none that is there. Nothing is sent.

        Raises:
            IscmError: one cannot be written, or there is nobody to reply to.
        """
        replies = self.replies(rows)
        if not replies:
            raise IscmError(AnswerProblem.NOBODY_TO_REPLY)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise IscmError(FileProblem.FILE_NOT_WRITTEN, file=shown_file(folder), reason=reason) from error
        written = []
        for name, reply in zip(reply_names(replies, stems_in(folder)), replies, strict=True):
            text = reply.text.encode("utf-8")
            replace_file(folder / name, reply.as_mail() if reply.address else text)
            written.append(folder / name)
        return tuple(written)


def _of(operation: int, rows: tuple[RefusedRow, ...]) -> RefusedFiles:
    return RefusedFiles(str(operation), rows)


def _line(row: RefusedRow) -> RefusedLine:
    result = {"FileProblem.LEFT_OUT": _LEFT_OUT, "FileProblem.NOT_LOOKED_INTO": _PASSED_OVER}
    words = _(result.get(row.problem, _REFUSED))
    return RefusedLine(
        row.file_name, row.origin, words, str(refusal_of(row)), row.respondent_name, row.sender, row.address,
        row.mail_subject,
    )  # fmt: skip


def has_reply(row: RefusedRow) -> bool:
    """Whether whoever sent it can do something about it."""
    return bool(reply_sentence(problem_named(row.problem)))


def _csv(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(
        [neutralised(" ".join(cell.split())) for cell in line] for line in (heads, *lines)
    )
    return made.getvalue()


def _text(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A paragraph for each file, with what is known of it."""
    return (
        "\n\n".join(
            "\n".join(
                f"{head}: {' '.join(cell.split())}" for head, cell in zip(heads, line, strict=True) if cell
            )
            for line in lines
        )
        + "\n"
    )
