"""Whether a copy of a store is good: what was written in it is what it says, and every response opens.

Read back from the file, by plain SQL, before anybody is told that a backup was made or a store restored.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.database.transaction import PreparedQuery, Values
from iscm_desktop.store.verification.findings import FOLLOWS, Finding, FindingKind, VerificationReport
from iscm_desktop.store.verification.revision_ids import check_ids
from iscm_desktop.store.verification.store_reader import Source, StoreReader, file_source
from iscm_desktop.store.verification.verification import verify

_OF_THE_LOG = frozenset(
    {FindingKind.OPERATION_CHANGED, FindingKind.LEDGER_CHANGED, FindingKind.SCHEMA_CHANGED}
)
"""What is told of a copy and stops none: every answer is there, and what the log says of them is another thing."""
_OF_THE_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_NOMEM")


class CopyProof:
    """Verifies copies, all but signatures.

    Attributes:
        remark: What to say of the copy that was verified last although it is good; "" where nothing is.
    """

    def __init__(self) -> None:
        self.remark = ""

    def __call__(self, path: Path) -> str:
        """What is wrong with a store's file that nobody changes, in words; "" where nothing is.

        Answers that were lost or changed make a copy no backup. What only follows from them, the present and figures,
        can be made again and stops none: it is remarked on, and so is the log.

        Raises:
            sqlite3.OperationalError: it cannot be read at all, for want of room or permission.
        """
        self.remark = ""
        with file_source(path) as source:
            watched = _Watched(source)
            store = StoreReader(watched)
            report = verify(store)
            if watched.trouble is not None:
                raise watched.trouble
            kinds = Counter(one.kind for one in report.findings)
            if (
                FindingKind.SCHEMA_CHANGED in kinds
            ):  # of an older program: brought up to date when it is opened
                return _fault_of_ids(store)
        lost = [one for one in report.findings if one.kind not in FOLLOWS | _OF_THE_LOG]
        if lost:
            return _in_words(lost)
        self.remark = _remark(report)
        return ""


class _Watched:
    """A source that remembers when the disk, and not the file, was in the way: verifying takes that for damage."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.dialect = source.dialect
        self.trouble: sqlite3.OperationalError | None = None

    def run(self, query: PreparedQuery, values: Values | None = None) -> list[Any]:
        try:
            return self._source.run(query, values)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith(_OF_THE_DISK):
                self.trouble = error
            raise


def _fault_of_ids(store: StoreReader) -> str:
    checked = check_ids(store)
    found = [Finding(FindingKind.REVISIONS_UNREADABLE, one) for one in checked.unreadable]
    found += [
        Finding(FindingKind.REVISION_CHANGED, one.subject, item=one.kind, path=one.path, author=one.author)
        for one in checked.damaged
    ]
    return _in_words(found) if found else ""


def _in_words(findings: list[Finding]) -> str:
    """How many things there are, and the first of them."""
    first = findings[0]
    place = first.path or first.item or first.file_name
    named = ", ".join(filter(None, (first.respondent, place, first.author))) or first.detail
    if not named:
        return ngettext(
            "{count} thing cannot be read", "{count} things cannot be read", len(findings)
        ).format(count=len(findings))
    words = ngettext(
        "{count} thing is not as it was written ({first})",
        "{count} things are not as they were written, the first of them: {first}",
        len(findings),
    )
    return words.format(count=len(findings), first=named)


def _remark(report: VerificationReport) -> str:
    if report.is_whole:
        return ""
    if all(one.can_be_rebuilt for one in report.findings):
        return _(
            "All answers are in this copy, but what the store shows of them does not follow from them. "
            "`iscm verify --repair` makes it again, in the store and in what is restored from the copy."
        )
    return _(
        "All answers are in this copy, but the log of what was done is not as it was. "
        "`iscm verify` names what is not."
    )
