"""Refused files as a store keeps them, and what they say when they are read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from iscm_desktop import errors
from iscm_desktop.errors import FileProblem, IscmError, Problem
from iscm_desktop.exchange.merging.merge_plan import FileOutcome, RefusedFile
from iscm_desktop.exchange.unpacking.mail_sender import MailSender
from iscm_desktop.file_names import shown_file
from iscm_desktop.store.operations.refused_files import RefusedRow
from iscm_desktop.text_limits import storable

NOBODY = MailSender()


def refused_rows(files: Iterable[tuple[int, FileOutcome | RefusedFile]]) -> list[RefusedRow]:
    """Of files with their places among all that were looked at, those of which nothing was merged."""
    return [_row(at, file) for at, file in files if isinstance(file, RefusedFile)]


def problem_named(name: str) -> Problem | None:
    """The problem that a row names; None for one of a later version of this program."""
    of, _dot, member = name.partition(".")
    kind = getattr(errors, of, None)
    if not isinstance(kind, type) or not issubclass(kind, Problem):
        return None
    return kind.__members__.get(member)


def refusal_of(row: RefusedRow) -> IscmError:
    """Why it was refused, to be said in the language in which people read now."""
    problem, particulars = problem_named(row.problem), _read(row.particulars)
    if problem is not None:
        try:
            return IscmError(problem, **particulars)
        except (KeyError, IndexError, TypeError):  # the sentence names something else now
            pass
    return IscmError(FileProblem.PACKAGE_DAMAGED, file=row.file_name)


def _row(at: int, file: RefusedFile) -> RefusedRow:
    source, claimed, sender = file.source, file.claimed, file.source.sender or NOBODY
    name = shown_file(source.path.name)
    texts = (
        name, source.origin, source.within, f"{type(file.problem).__name__}.{file.problem.name}",
        json.dumps({key: _plain(value) for key, value in file.particulars.items()}, ensure_ascii=False),
        *(("", "", "", "") if claimed is None
          else (claimed.form_id, claimed.respondent, claimed.respondent_name, claimed.language)),
        sender.name, sender.address, sender.subject, sender.message_id, sender.language,
    )  # fmt: skip
    return RefusedRow(at, *map(storable, texts))


def _plain(particular: object) -> object:
    return particular if isinstance(particular, int) else str(particular)


def _read(particulars: str) -> Mapping[str, object]:
    read = json.loads(particulars)
    return read if isinstance(read, dict) else {}
