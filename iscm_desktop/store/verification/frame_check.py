"""What holds the store together: the file itself, its tables, who is asked what, and what is being typed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from iscm_desktop.store import times
from iscm_desktop.store.database import store_version
from iscm_desktop.store.objects.revision import (
    EDITION_SUBJECT,
    RESPONSE_SUBJECT,
    edition_content,
    edition_id,
    response_id,
    summary_id,
)
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.store_reader import StoreReader

_MOST = 100
"""So many faults of the file itself are told; more say nothing more."""


def check_file(store: StoreReader) -> Iterator[Finding]:
    """What SQLite itself finds; a server looks after its own files."""
    if not store.is_file:
        return
    try:
        for (verdict,) in store.rows("PRAGMA integrity_check(100)"):
            if verdict != "ok":
                yield Finding(FindingKind.FILE_DAMAGED, detail=str(verdict))
        for table, row, other, _constraint in store.rows("PRAGMA foreign_key_check")[:_MOST]:
            yield Finding(FindingKind.REFERENCE_BROKEN, detail=f"{table} {row or ''} -> {other}")
        yield from _changed_schema(store)
    except sqlite3.DatabaseError as error:
        yield Finding(FindingKind.FILE_DAMAGED, detail=str(error))


def check_identities(store: StoreReader) -> Iterator[Finding]:
    """Whether each response and summary is the one that its id names, and each questionnaire what its hash names."""
    kinds = dict(store.rows("SELECT id, kind FROM subject"))
    known = set()
    for id_, round_, form_id, respondent, name in store.rows(
        "SELECT id, round, form_id, respondent, respondent_name FROM response"
    ):
        known.add(id_)
        whose = (str(round_), str(form_id), str(respondent))
        kind = kinds.get(id_)
        is_edition = kind == EDITION_SUBJECT and id_ == _edition_id(store, str(id_), whose)
        if not is_edition and (kind != RESPONSE_SUBJECT or id_ != response_id(*whose)):
            yield Finding(FindingKind.IDENTITY_CHANGED, id_, str(name), detail="response")
    for id_, round_, mechanism in store.rows("SELECT id, round, mechanism FROM summary"):
        known.add(id_)
        if id_ != summary_id(round_, mechanism) or kinds.get(id_) != "summary":
            yield Finding(FindingKind.IDENTITY_CHANGED, id_, str(mechanism), detail="summary")
    for id_ in kinds.keys() - known:
        yield Finding(FindingKind.IDENTITY_CHANGED, str(id_), detail="subject")
    for hash_, title, source in store.rows("SELECT hash, title, source FROM questionnaire"):
        if source is not None and hashlib.sha256(_bytes(source)).hexdigest() != hash_:
            yield Finding(FindingKind.QUESTIONNAIRE_CHANGED, text=str(title), detail=str(hash_))


def check_attachments(store: StoreReader) -> Iterator[Finding]:
    """Whether each content of an attached file is what its hash names; read one by one, for they are large."""
    for digest, size in store.rows("SELECT digest, size FROM attachment"):
        found = store.rows("SELECT content FROM attachment WHERE digest = :digest", digest=digest)
        content = _bytes(found[0][0]) if found else b""
        if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
            using = store.rows("SELECT subject FROM attachment_use WHERE digest = :digest", digest=digest)
            for (subject,) in using or [("",)]:
                yield Finding(FindingKind.ATTACHMENT_CHANGED, str(subject), detail=str(digest))


def _edition_id(store: StoreReader, subject: str, whose: tuple[str, str, str]) -> str:
    """What a public edition is called by its content: that of the revisions that no one here has added."""
    rows = store.rows(
        "SELECT device, kind, path, value FROM revision WHERE subject = :subject AND package IS NOT NULL",
        subject=subject,
    )
    salt = str(rows[0][0]) if rows else ""
    content = ((str(kind), str(path), str(value)) for _device, kind, path, value in rows)
    return edition_id(*whose, salt, edition_content(content))


def check_drafts(store: StoreReader) -> Iterator[Finding]:
    """Whether what is being typed can be read; nothing says what it was."""
    for subject, kind, path, value, parents, author, made_at in store.rows(
        "SELECT subject, kind, path, value, parents, author, made_at FROM draft"
    ):
        texts = (kind, path, parents, author, made_at, value or "")
        if not all(isinstance(text, str) for text in texts) or not _is_time(made_at):
            yield Finding(
                FindingKind.DRAFT_UNREADABLE, str(subject), item=str(kind), path=str(path), author=str(author)
            )


def _changed_schema(store: StoreReader) -> Iterator[Finding]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(store_version.schema())
        wanted = {name: _plain(sql) for name, sql in fresh.execute(_TABLES)}
    here = {name: _plain(sql) for name, sql in store.rows(_TABLES)}
    for name in sorted(wanted.keys() | here.keys()):
        if wanted.get(name) != here.get(name):
            yield Finding(FindingKind.SCHEMA_CHANGED, detail=str(name))


_TABLES = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def _plain(sql: object) -> str:
    return "".join(str(sql).split())


def _is_time(text: object) -> bool:
    try:
        times.read(str(text))
    except ValueError:
        return False
    return True


def _bytes(source: object) -> bytes:
    return source if isinstance(source, bytes) else str(source).encode("utf-8", "surrogatepass")
