"""A new store out of what a broken one gives up, and what is missing then."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store import times
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.database.protected_copies import begin_with
from iscm_desktop.store.database.protected_files import FileKey
from iscm_desktop.store.database.settings import PRACTICE, YES
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import add_subject, refresh
from iscm_desktop.store.objects.questionnaires import KnownQuestionnaire, add_questionnaire
from iscm_desktop.store.objects.revision import (
    QUESTIONNAIRE,
    Revision,
    RevisionId,
    SubjectId,
    response_id,
    summary_id,
)
from iscm_desktop.store.objects.rounds import add_round_if_new
from iscm_desktop.store.operations.operation_digests import close
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.operation_log import OperationLog
from iscm_desktop.store.rescue.broken_head import key_of_broken
from iscm_desktop.store.rescue.file_pages import FilePages
from iscm_desktop.store.rescue.provenance import add_provenance, put_row
from iscm_desktop.store.rescue.readable_rows import Rows, readable_rows
from iscm_desktop.store.rescue.row_carver import CarvedResponse, CarvedRows, carve
from iscm_desktop.store.verification.package_check import ReceivedPackage

_TAKEN_AS_THEY_ARE: Mapping[str, type[tables.Record]] = {
    "round_respondent": tables.RoundRespondentRecord,
    "invitation": tables.InvitationRecord,
    "received_invitation": tables.ReceivedInvitationRecord,
    "coordinator_key": tables.CoordinatorKeyRecord,
    "known_device": tables.KnownDeviceRecord,
    "draft": tables.DraftRecord,
    "attachment": tables.AttachmentRecord,
    "attachment_use": tables.AttachmentUseRecord,
}
"""Tables of which nothing follows: rows that can be read are taken; of contents, those that come to their hash."""


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A received file of which not everything could be rescued."""

    file_name: str
    sender: str  # who has it
    respondent: str
    found: int
    revisions: int


@dataclass(frozen=True, slots=True)
class RescueReport:
    """What was rescued, and what is missing."""

    revisions: int
    responses: int
    summaries: int
    drafts: int
    unplaced: Mapping[SubjectId, int]  # revisions of which nothing says whose response they are
    missing_files: tuple[MissingFile, ...]
    missing_parents: int  # states that what was rescued continues, and that are not among it
    unread: tuple[
        str, ...
    ] = ()  # tables of which some rows could not be read, so that what they named is not known


@dataclass(slots=True)
class _Found:
    rows: Rows
    carved: CarvedRows
    revisions: dict[SubjectId, dict[RevisionId, Revision]] = field(default_factory=dict)


def rescue(
    broken: Path, target: Path, known: Mapping[SubjectId, CarvedResponse], now: datetime
) -> RescueReport:
    """Reads what can be read of a broken store's file and makes a new store of it. The file is not changed.

    Args:
        known: Whose responses are meant, where others know: from files that were received.

    Raises:
        IscmError: the target exists; the file is protected, and its passphrase was not given; or nothing at all was
            found. Then there is no new store.
    """
    if target.exists():
        raise IscmError(StoreProblem.COPY_TARGET_TAKEN, store=target)
    key = _key(broken)  # of the file itself, and not of a copy of it, the passphrase is asked
    unread: set[str] = set()
    found = _Found(_rows(broken, unread, key), carve(FilePages(broken, key)))
    for one in found.carved.revisions.items():
        found.revisions.setdefault(one[1].subject, {})[one[0]] = one[1]
    if not found.revisions and not found.rows.get("draft"):
        raise IscmError(StoreProblem.NOTHING_RESCUED, store=broken)
    identities = {**known, **_read_identities(found.rows), **found.carved.responses}
    identities |= _guessed(found, identities)
    begin_with(target, key)
    with closing(open_database(target)) as database, database.write() as db:
        _add_mark(db, found.rows)
        _add_responses(db, found, identities, now)
        _take_over(db, found, unread)
        summaries = _add_summaries(db, found)
        placed = identities.keys() | summaries
        log = OperationLog(database, lambda: now, "", "")
        operation = log.record(db, OperationKind.RESTORE, {"backup": str(broken)})
        add_provenance(db, found.rows, found.carved, placed, operation, now)
        close(db, operation)
        for subject in identities:
            responses.sum_up(db, subject)
        for subject in summaries:
            refresh(db, subject)
        drafts = _add_rows(db, found.rows)
    return RescueReport(
        revisions=sum(len(own) for subject, own in found.revisions.items() if subject in placed),
        responses=len(identities.keys() & found.revisions.keys()),
        summaries=len(summaries),
        drafts=drafts,
        unplaced={subject: len(own) for subject, own in found.revisions.items() if subject not in placed},
        missing_files=tuple(_missing_files(found, identities)),
        missing_parents=_missing_parents(found),
        unread=_that_matter(unread),
    )


def _add_mark(db: Transaction, rows: Rows) -> None:
    """A practice round stays one; what else was set belongs to another computer's window."""
    for row in rows.get("setting", ()):
        if (row["key"], row["value"]) == (PRACTICE, YES):
            put_row(db, tables.SettingRecord, row)


def _that_matter(unread: set[str]) -> tuple[str, ...]:
    """One for each thing that there is to say."""
    kept = [name for name in ("package", "response", "revision", "draft") if name in unread]
    others = sorted(unread & (_TAKEN_AS_THEY_ARE.keys() - {"draft"}))
    return (*kept, *others[:1])


def _key(broken: Path) -> FileKey | None:
    try:
        return key_of_broken(broken)
    except OSError as error:
        raise IscmError(StoreProblem.STORE_NOT_OPENED, store=broken, reason=error) from error


def _rows(broken: Path, unread: set[str], key: FileKey | None) -> Rows:
    try:
        return readable_rows(broken, unread, key)
    except OSError as error:
        raise IscmError(StoreProblem.STORE_NOT_OPENED, store=broken, reason=error) from error


def _read_identities(rows: Rows) -> dict[SubjectId, CarvedResponse]:
    names = ("round", "form_id", "respondent", "respondent_name", "questionnaire", "language")
    return {
        row["id"]: CarvedResponse(*(row[name] for name in names))
        for row in rows.get("response", ())
        if all(isinstance(row.get(name), str) for name in names)
        and row["id"] == response_id(row["round"], row["form_id"], row["respondent"])
    }


def _guessed(
    found: _Found, identities: Mapping[SubjectId, CarvedResponse]
) -> dict[SubjectId, CarvedResponse]:
    """Whose response it is follows from its id, if the round, the form and the respondent occur elsewhere."""
    lost = found.revisions.keys() - identities.keys()
    if not lost:
        return {}
    rounds = {one.round for one in identities.values()} | {row["code"] for row in found.rows.get("round", ())}
    asked = {
        (row["form_id"], row["respondent"]): row["name"] for row in found.rows.get("round_respondent", ())
    }
    asked |= {(one.form_id, one.respondent): one.respondent_name for one in identities.values()}
    guessed: dict[SubjectId, CarvedResponse] = {}
    for round_ in rounds:
        for (form_id, respondent), name in asked.items():
            id_ = response_id(round_, form_id, respondent)
            if id_ in lost:
                guessed[id_] = CarvedResponse(round_, form_id, respondent, name, "", "en")
    return guessed


def _add_responses(
    db: Transaction, found: _Found, identities: Mapping[SubjectId, CarvedResponse], now: datetime
) -> None:
    _add_rounds(db, found.rows, {one.round for one in identities.values()}, now)
    known = _add_questionnaires(db, found)
    made_here = {row["id"]: bool(row.get("is_made_here")) for row in found.rows.get("response", ())}
    for subject, one in identities.items():
        own = found.revisions.get(subject, {})
        hash_ = one.questionnaire or _questionnaire_of(own.values())
        if hash_ not in known:
            add_questionnaire(db, KnownQuestionnaire(hash_, one.form_id, "", one.form_id, None))
            known.add(hash_)
        identity = responses.ResponseIdentity(
            subject, one.round, one.form_id, one.respondent, one.respondent_name
        )
        changed = max((times.read(each.made_at) for each in own.values()), default=now)
        responses.add_response(
            db, identity, hash_, one.language, changed, is_made_here=made_here.get(subject, True)
        )


def _add_rounds(db: Transaction, rows: Rows, codes: Collection[str], now: datetime) -> None:
    titles = {row["code"]: row for row in rows.get("round", ()) if isinstance(row.get("title"), str)}
    for code in sorted({*codes, *titles}):
        row = titles.get(code)
        add_round_if_new(db, code, row["title"] if row else code, None, now)


def _add_questionnaires(db: Transaction, found: _Found) -> set[str]:
    for row in found.rows.get("questionnaire", ()):
        if row["source"] is None and row["hash"] not in found.carved.questionnaires:
            add_questionnaire(
                db, KnownQuestionnaire(row["hash"], row["form_id"], row["version"], row["title"], None)
            )
    for hash_, one in found.carved.questionnaires.items():
        add_questionnaire(db, KnownQuestionnaire(hash_, one.form_id, one.version, one.title, one.source))
    return {row["hash"] for row in found.rows.get("questionnaire", ()) if row["source"] is None} | set(
        found.carved.questionnaires
    )


def _take_over(db: Transaction, found: _Found, unread: Collection[str]) -> None:
    """What new responses used; where nothing tells, all that can be filled in, as for a store of an older program."""
    name = tables.TakenQuestionnaireRecord.__tablename__
    rows = found.rows.get(name, [])
    if not rows and name in unread:
        rows = [{"hash": hash_, "round": ""} for hash_ in found.carved.questionnaires]
    for row in rows:
        put_row(db, tables.TakenQuestionnaireRecord, row)


def _add_summaries(db: Transaction, found: _Found) -> set[SubjectId]:
    added: set[SubjectId] = set()
    for row in found.rows.get("summary", ()):
        subject = row["id"]
        if subject != summary_id(row["round"], row["mechanism"]):
            continue
        add_subject(db, subject, "summary")
        put_row(db, tables.SummaryRecord, row)
        added.add(subject)
    return added


def _add_rows(db: Transaction, rows: Rows) -> int:
    """Gives how many drafts there are among them; they are of whoever goes on in the new store."""
    drafts = 0
    for name, table in _TAKEN_AS_THEY_ARE.items():
        for row in rows.get(name, ()):
            if name == "attachment" and not _is_sound(row):
                continue
            own = {**row, "device": tables.NOBODY} if name == "draft" else row
            drafts += put_row(db, table, own) and name == "draft"
    return drafts


def _is_sound(attachment: Mapping[str, Any]) -> bool:
    content = attachment.get("content")
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == attachment.get("digest")


def _questionnaire_of(revisions: Iterable[Revision]) -> str:
    used = [one for one in revisions if one.kind == QUESTIONNAIRE and one.value]
    newest = max(used, key=lambda one: one.made_at, default=None)
    return (newest.value or "").rpartition(" ")[2] if newest else ""


def _missing_files(found: _Found, identities: Mapping[SubjectId, CarvedResponse]) -> Iterable[MissingFile]:
    held: dict[int, set[RevisionId]] = {}
    for id_, number in found.carved.packages.items():
        if number is not None:
            held.setdefault(number, set()).add(id_)
    for row in found.rows.get("package_revision", ()):
        if row["revision"] in found.carved.revisions:
            held.setdefault(row["package"], set()).add(row["revision"])
    for row in found.rows.get("package", ()):
        package = ReceivedPackage(
            row["number"], row["subject"], row["file_name"], row["sender"], row["revisions"], row["root"]
        )
        here = held.get(package.number, set())
        if not package.holds(here):
            one = identities.get(package.subject)
            name = one.respondent_name if one else ""
            yield MissingFile(package.file_name, package.sender, name, len(here), package.revisions)


def _missing_parents(found: _Found) -> int:
    named = {parent for own in found.revisions.values() for one in own.values() for parent in one.parents}
    return len(named - found.carved.revisions.keys())
