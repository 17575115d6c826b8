"""A whole store verified: what is truth against its hashes, and what follows against the truth."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.verification.findings import Finding, FindingKind, VerificationReport
from iscm_desktop.store.verification.frame_check import (
    check_attachments,
    check_drafts,
    check_file,
    check_identities,
)
from iscm_desktop.store.verification.ledger_check import check_ledgers
from iscm_desktop.store.verification.operation_check import check_operations
from iscm_desktop.store.verification.package_check import ReceivedPackage, incomplete, packages_of
from iscm_desktop.store.verification.proof_rows import ProofRows
from iscm_desktop.store.verification.revision_ids import (
    DamagedRevision,
    Row,
    check_ids,
    damaged_row,
    is_sound,
    rows_of,
)
from iscm_desktop.store.verification.sound_revisions import revision_of
from iscm_desktop.store.verification.store_reader import StoreReader
from iscm_desktop.store.verification.subject_check import StoreFrame, SubjectRows, check_subject
from iscm_desktop.store.verification.type_check import check_types

SealCheck = Callable[[StoreReader], tuple[int, Sequence[Finding]]]
"""Looks at all seals of a store: how many there are, and those that do not hold."""


class VerificationStopped(Exception):
    """Somebody asked to stop before everything was looked at."""


def verify(
    store: StoreReader, *, seals: SealCheck | None = None, should_stop: Callable[[], bool] = lambda: False
) -> VerificationReport:
    """Looks at everything once. Nothing is changed, and damage anywhere is a finding, never an error.

    Args:
        seals: Checks signatures too, which takes far longer than hashes.
        should_stop: Asked after every few thousand revisions.

    Raises:
        VerificationStopped: it was asked to stop; what was found so far is worth nothing.
    """
    return _Verification(store, should_stop).report(seals)


def verify_subjects(store: StoreReader, subjects: Iterable[SubjectId]) -> tuple[Finding, ...]:
    """What of some responses or summaries is not as it was: their revisions, whether any are missing, what is shown."""
    return _Verification(store).of_subjects(subjects)


@dataclass(slots=True)
class _Verification:
    store: StoreReader
    should_stop: Callable[[], bool] = lambda: False
    findings: list[Finding] = field(default_factory=list)
    _first: dict[int, list[RevisionId]] = field(default_factory=dict)
    _packages: dict[int, ReceivedPackage] = field(default_factory=dict)
    _frame: StoreFrame = field(default_factory=StoreFrame)
    _waiting: list[Row] = field(default_factory=list)  # of the subject that was met last
    _damaged: set[tuple[SubjectId, RevisionId]] = field(default_factory=set)
    _met: set[SubjectId] = field(default_factory=set)
    _unreadable: dict[SubjectId, None] = field(default_factory=dict)  # each once, as they were met

    def report(self, seals: SealCheck | None) -> VerificationReport:
        began = time.perf_counter()
        self._add(check_file(self.store))
        self._packages = self._asked(lambda: packages_of(self.store), {})
        self._frame = self._asked(self._read_frame, StoreFrame())
        ids = check_ids(self.store, self._note)
        self._check_waiting()
        self._add(map(self._changed, ids.damaged))
        self._unreadable.update(dict.fromkeys(ids.unreadable))
        self._check_without_revisions()
        bad_packages = self._check_packages()
        self._add(check_types(self.store))
        self._add(check_identities(self.store))
        self._add(check_attachments(self.store))
        operations, changed = self._asked(lambda: check_operations(self.store), (0, []))
        self.findings += changed
        self._add(check_ledgers(self.store))
        self._add(check_drafts(self.store))
        count, broken = (None, ()) if seals is None else self._asked(lambda: seals(self.store), (0, ()))
        self.findings += broken
        self._add(Finding(FindingKind.REVISIONS_UNREADABLE, subject) for subject in self._unreadable)
        names = self._names()
        return VerificationReport(
            revisions=ids.total,
            revisions_good=ids.total - len(ids.damaged),
            packages=len(self._packages),
            packages_good=len(self._packages) - len(bad_packages),
            operations=operations,
            operations_good=operations - len({one.detail.partition(":")[0] for one in changed}),
            seals=count,
            seals_good=None if count is None else count - len(broken),
            findings=self._told(names),
            seconds=time.perf_counter() - began,
        )

    def _told(self, names: Mapping[SubjectId, str]) -> tuple[Finding, ...]:
        """Each once, with whose it is; what the database says of its file comes last, for it names nobody."""
        found = (
            replace(one, respondent=one.respondent or names.get(one.subject, "")) for one in self.findings
        )
        return tuple(sorted(dict.fromkeys(found), key=lambda one: one.kind is FindingKind.FILE_DAMAGED))

    def of_subjects(self, subjects: Iterable[SubjectId]) -> tuple[Finding, ...]:
        self._packages = self._asked(lambda: packages_of(self.store), {})
        self._frame = self._asked(self._read_frame, StoreFrame())
        again: list[Any] = []
        looked_at = set()
        for subject in subjects:
            looked_at.add(subject)
            self._read_subject(subject)
            again += self._asked(partial(self.store.rows, _AGAIN_OF_SUBJECT, subject=subject), [])
        whole = self._packages
        self._packages = {number: one for number, one in whole.items() if one.subject in looked_at}
        self._judge_packages(again)
        self._add(Finding(FindingKind.REVISIONS_UNREADABLE, one) for one in self._unreadable)
        return self._told(self._names())

    def _read_subject(self, subject: SubjectId) -> None:
        try:
            rows = rows_of(self.store, subject)
        except sqlite3.DatabaseError:
            self._unreadable[subject] = None
            return
        bad = {at for at, row in enumerate(rows) if not is_sound(row)}
        self._damaged |= {(rows[at][0], rows[at][1]) for at in bad}
        self._keep_first(rows, bad)
        self._add(self._changed(damaged_row(rows[at])) for at in sorted(bad))
        self._add_of(subject, rows)

    def _note(self, rows: Sequence[Row], bad: AbstractSet[int]) -> None:
        """Gathers the rows of each subject, which lie together, and checks it once the next begins."""
        if self.should_stop():
            raise VerificationStopped
        for at in bad:
            self._damaged.add((rows[at][0], rows[at][1]))
        self._keep_first(rows, bad)
        for _subject, own in groupby(rows, key=itemgetter(0)):
            together = list(own)
            if self._waiting and self._waiting[0][0] != together[0][0]:
                self._check_waiting()
            self._waiting += together

    def _keep_first(self, rows: Sequence[Row], bad: AbstractSet[int]) -> None:
        """Remembers which package brought each of these first."""
        first = self._first
        for at, row in enumerate(rows):
            if row[9] is not None and at not in bad:
                first.setdefault(row[9], []).append(row[1])

    def _check_waiting(self) -> None:
        if self._waiting:
            rows, self._waiting = self._waiting, []
            self._add_of(rows[0][0], rows)

    def _add_of(self, subject: SubjectId, rows: Sequence[Row]) -> None:
        """What is found of one subject; where the database gives up under it, that is said of this subject."""
        try:
            self.findings.extend(self._subject(subject, rows))
        except sqlite3.DatabaseError:
            self._unreadable[subject] = None
        except (TypeError, ValueError) as error:
            self.findings.append(Finding(FindingKind.FILE_DAMAGED, subject, detail=str(error)))

    def _subject(self, subject: SubjectId, rows: Sequence[Row]) -> Iterator[Finding]:
        self._met.add(subject)
        sound, damaged = rows, self._damaged
        if damaged:
            sound = [row for row in rows if (row[0], row[1]) not in damaged]
        found = SubjectRows(
            subject,
            {row[1]: revision_of(row) for row in sound},
            {row[1]: row[9] for row in rows},
            {row[1] for row in rows if row[10]},
            is_whole=len(sound) == len(rows),
        )
        return check_subject(self.store, found, self._frame)

    def _check_without_revisions(self) -> None:
        for (subject,) in self._asked(lambda: self.store.rows("SELECT id FROM subject"), []):
            if subject not in self._met and subject not in self._unreadable:
                self._add_of(subject, ())

    def _changed(self, one: DamagedRevision) -> Finding:
        package = self._packages.get(one.package) if one.package is not None else None
        return Finding(
            FindingKind.REVISION_CHANGED, one.subject, item=one.kind, path=one.path, author=one.author,
            revision=one.id, text=one.value, file_name=str(package.file_name) if package else "",
            sender=str(package.sender) if package else "",
        )  # fmt: skip

    def _check_packages(self) -> set[int]:
        """Numbers of those of which not everything is here; what they explain of missing parents is left out."""
        return self._judge_packages(self._asked(lambda: self.store.rows(_AGAIN), []))

    def _judge_packages(self, brought_again: Iterable[Any]) -> set[int]:
        again: dict[int, list[RevisionId]] = {}
        damaged = {id_ for _subject, id_ in self._damaged}
        for package, revision in brought_again:
            if revision not in damaged:
                again.setdefault(package, []).append(revision)
        found = incomplete(self._packages, self._first, again)
        self.findings += found.values()
        for number in self._first.keys() - self._packages.keys():
            self.findings.append(Finding(FindingKind.REFERENCE_BROKEN, detail=f"package {number}"))
        explained = self._packages.keys() - found.keys()
        self.findings += [one.finding for one in self._frame.orphans if one.package not in explained]
        return set(found)

    def _read_frame(self) -> StoreFrame:
        rows = self.store.rows
        back = {about for (about,) in rows(_TAKEN_BACK)}
        files = rows("SELECT operation, package FROM operation_file")
        made = rows("SELECT operation, revision FROM operation_revision") if back else []
        figures = rows(
            "SELECT id, conflicts, content, everything, signed_content, rests_on, language, questionnaire "
            "FROM response"
        )
        standing = {package for operation, package in files if operation not in back}
        return StoreFrame(
            standing=standing,
            proofs=ProofRows(self.store, standing),
            made_by_taken_back={revision for operation, revision in made if operation in back},
            questionnaires={hash_ for (hash_,) in rows("SELECT hash FROM questionnaire")},
            has_views=bool(back) or bool(rows("SELECT 1 FROM revision WHERE is_hidden LIMIT 1")),
            figures={row[0]: row[1:] for row in figures},
        )

    def _names(self) -> dict[SubjectId, str]:
        """Of whom each response is, as far as that can be read."""
        try:
            return dict(self.store.rows(_NAMES))
        except (sqlite3.DatabaseError, TypeError, ValueError):
            found = {}
            for subject in {one.subject for one in self.findings}:
                with suppress(sqlite3.DatabaseError, TypeError, ValueError):
                    found.update(dict(self.store.rows(f"{_NAMES} WHERE id = :subject", subject=subject)))
            return found

    def _add(self, findings: Iterator[Finding]) -> None:
        """Takes what a check finds; where the database gives up under it, that is a finding."""
        try:
            self.findings.extend(findings)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            self.findings.append(Finding(FindingKind.FILE_DAMAGED, detail=str(error)))

    def _asked(self, ask: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return ask()
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            self.findings.append(Finding(FindingKind.FILE_DAMAGED, detail=str(error)))
            return otherwise


_NAMES = "SELECT id, respondent_name FROM response"
_AGAIN = "SELECT package, revision FROM package_revision"
_AGAIN_OF_SUBJECT = f"{_AGAIN} WHERE subject = :subject"
_TAKEN_BACK = """
    SELECT about FROM operation WHERE kind = 'take_back' AND number IN
    (SELECT max(number) FROM operation WHERE about IS NOT NULL GROUP BY about)"""
