"""Which answers of a response are others than when somebody put their name to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store import times
from iscm_desktop.store.database.tables import PackageRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.history_rows import ChangedAnswers
from iscm_desktop.store.objects.drafts import all_drafts_of
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.revision import CONTENT_KINDS, Revision, SubjectId, revision_id


def changed_since(db: Transaction, subject: SubjectId, signed: Revision) -> ChangedAnswers | None:
    """What was given, or came in, after a revision; None where that cannot be told.

    A clock may be wrong and a file may bring what is old: what came with a later file than the revision itself is later
    than it, whatever its own time says.
    """
    arrived = _arrival(db, subject, revision_id(signed))
    if arrived is None:
        return None
    heads = {head for state in items_of(db, subject, CONTENT_KINDS).values() for head in state.heads}
    one, package = RevisionRecord, PackageRecord
    query = (
        select(one.id, one.author, type_coerce(one.made_at, Text), one.package, package.read_at)
        .join(package, package.number == one.package, isouter=True)
        .where(one.subject == subject, one.kind.in_(CONTENT_KINDS), one.is_hidden.is_(False))
    )
    found: list[tuple[str, datetime]] = []
    signed_at, own_package = times.read(signed.made_at), arrived[0]
    for id_, author, made_at, number, read_at in db.sql.execute(query):
        if id_ not in heads:
            continue
        is_later = times.read(made_at) > signed_at
        if number is not None and not is_later:
            is_later = number > own_package if own_package is not None else read_at > signed_at
        if is_later:
            found.append((author, times.read(made_at)))
    found += [
        (draft.author, draft.made_at) for key, draft in all_drafts_of(db, subject) if key[0] in CONTENT_KINDS
    ]
    if not found:
        return None
    authors = dict.fromkeys(author for author, _at in sorted(found, key=lambda pair: pair[1]) if author)
    return ChangedAnswers(len(found), tuple(authors), max(at for _author, at in found))


def _arrival(db: Transaction, subject: SubjectId, id_: str) -> tuple[int | None] | None:
    """The package that brought a revision, None inside where it was made here; None where it is not here."""
    one = RevisionRecord
    row = db.sql.execute(select(one.package).where(one.subject == subject, one.id == id_)).one_or_none()
    return None if row is None else (row[0],)
