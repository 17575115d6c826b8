"""What all responses of some rounds say, read in a few statements: one for what is sealed, one for what is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Text, select, type_coerce

from iscm_desktop.store.database.tables import NOBODY, DraftRecord, ItemRecord, ResponseRecord, RevisionRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import Draft
from iscm_desktop.store.objects.revision import CONTENT_KINDS, ItemKey, ItemPath, RevisionId, SubjectId

_AT_ONCE = 500


@dataclass(slots=True)
class ResponseContent:
    """The present of one response."""

    present: dict[ItemKey, str | None] = field(default_factory=dict)  # what is being typed here included
    heads: dict[ItemKey, tuple[RevisionId, ...]] = field(default_factory=dict)  # the one that is shown first
    conflicts: set[ItemKey] = field(default_factory=set)
    drafts: dict[ItemKey, Draft] = field(default_factory=dict)  # of this device


@dataclass(frozen=True, slots=True)
class SaidWhen:
    """Whose word a value is."""

    value: str | None
    author: str
    made_at: str  # as stored


def contents_of_rounds(
    db: Transaction, rounds: Collection[str], device: str
) -> Iterator[tuple[SubjectId, ResponseContent]]:
    """Each response of these rounds that is in view, one after the other: their rows together would fill the memory."""
    drafts = _drafts(db, device)
    one, response = ItemRecord, ResponseRecord
    query = (
        select(one.subject, one.kind, one.path, one.value, one.heads, one.is_conflict)
        .join(response, response.id == one.subject)
        .where(response.round.in_(rounds), response.is_hidden.is_(False), one.kind.in_(CONTENT_KINDS))
        .order_by(one.subject)
        .execution_options(yield_per=5_000)
    )
    subject, content = "", ResponseContent()
    for of, kind, path, value, heads, is_conflict in db.sql.execute(query):
        if of != subject:
            if subject:
                yield subject, _with_drafts(content, drafts.pop(subject, {}))
            subject, content = of, ResponseContent()
        key = (kind, ItemPath(path))
        content.present[key] = value
        content.heads[key] = tuple(heads.split())
        if is_conflict:
            content.conflicts.add(key)
    if subject:
        yield subject, _with_drafts(content, drafts.pop(subject, {}))
    for of, typed in drafts.items():  # where nothing is sealed yet
        yield of, _with_drafts(ResponseContent(), typed)


def _with_drafts(content: ResponseContent, drafts: dict[ItemKey, Draft]) -> ResponseContent:
    content.drafts = drafts
    content.present.update((key, draft.value) for key, draft in drafts.items())
    content.conflicts -= drafts.keys()
    return content


def _drafts(db: Transaction, device: str) -> dict[SubjectId, dict[ItemKey, Draft]]:
    """What is being typed on this device, by response; few responses have any."""
    one = DraftRecord
    query = select(
        one.subject, one.kind, one.path, one.value, one.parents, one.author, one.made_at, one.device
    ).where(one.device.in_((device, NOBODY)), one.kind.in_(CONTENT_KINDS))
    found: dict[SubjectId, dict[ItemKey, Draft]] = {}
    rows = sorted(db.sql.execute(query), key=lambda row: row.device == device)
    for subject, kind, path, value, parents, author, made_at, at in rows:
        draft = Draft(value, tuple(parents.split()), author, made_at, at)
        found.setdefault(subject, {})[kind, ItemPath(path)] = draft
    return found


def said_in(
    db: Transaction, revisions: Collection[tuple[SubjectId, RevisionId]]
) -> dict[tuple[SubjectId, RevisionId], SaidWhen]:
    """Who wrote these revisions, and when; a statement for hundreds of them."""
    one = RevisionRecord
    found: dict[tuple[SubjectId, RevisionId], SaidWhen] = {}
    ids = sorted({id_ for _subject, id_ in revisions})
    for at in range(0, len(ids), _AT_ONCE):
        query = select(one.subject, one.id, one.value, one.author, type_coerce(one.made_at, Text)).where(
            one.id.in_(ids[at : at + _AT_ONCE])
        )
        for subject, id_, value, author, made_at in db.sql.execute(query):
            found[subject, id_] = SaidWhen(value, author, made_at)
    return found
