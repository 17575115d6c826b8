"""Contents of files that answers name, by their hash; and in which responses they are needed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, exists, func, select

from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file, named_digests
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.bulk_insert import add_rows
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import add_if_new, insert_for
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.revision import ANSWER, Revision, RevisionId, SubjectId

_CONTENT = ("digest", "size", "content")
_USE = ("subject", "digest")
_OWN, _USED = tables.AttachmentRecord, tables.AttachmentUseRecord


def keep_contents(db: Transaction, contents: Mapping[str, bytes]) -> None:
    """Keeps contents by their hash; what is here stays where it is what its hash says, and is put right where not."""
    rows = [
        (digest, len(content), content)
        for digest, content in contents.items()
        if content_of(db, digest) is None
    ]
    put = insert_for(db.dialect, _OWN)
    right = {name: put.excluded[name] for name in ("size", "content")}
    add_rows(db, put.on_conflict_do_update(index_elements=["digest"], set_=right), _CONTENT, rows)


def use_contents(db: Transaction, subject: SubjectId, digests: Iterable[str]) -> None:
    """Notes that a response needs contents that are here."""
    add_rows(db, add_if_new(db.dialect, _USED), _USE, [(subject, digest) for digest in digests])


def those_sound(db: Transaction, digests: Iterable[str]) -> set[str]:
    """Those of these contents that are here and are what their hash says."""
    return {digest for digest in digests if content_of(db, digest) is not None}


def sizes_of(db: Transaction, digests: Collection[str]) -> dict[str, int]:
    """Bytes of each of these contents that is here."""
    return dict(db.sql.execute(select(_OWN.digest, _OWN.size).where(_OWN.digest.in_(digests))).all())


def content_of(db: Transaction, digest: str) -> bytes | None:
    """The content as it is stored; None where it is not here, or is not what its hash says any more."""
    content = db.sql.execute(select(_OWN.content).where(_OWN.digest == digest)).scalar_one_or_none()
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        return None
    return bytes(content)


def size_of_response(db: Transaction, subject: SubjectId, digests: Collection[str]) -> int:
    """Bytes of those of a response's contents that are among `digests`."""
    query = select(func.coalesce(func.sum(_OWN.size), 0)).join(_USED, _USED.digest == _OWN.digest)
    return int(db.sql.execute(query.where(_USED.subject == subject, _OWN.digest.in_(digests))).scalar_one())


def subjects_with_files(db: Transaction) -> list[SubjectId]:
    """Responses in which some answer names a content that is here, or did."""
    return list(db.sql.execute(select(_USED.subject).distinct()).scalars())


def discard_unused(db: Transaction, subject: SubjectId) -> int:
    """Lets go of contents that no answer of a response names, now or earlier; gives how many."""
    named = {
        digest
        for table in (tables.RevisionRecord, tables.DraftRecord)
        for value in db.sql.execute(
            select(table.value).where(
                table.subject == subject, table.kind == ANSWER, table.value.like("sha256:%")
            )
        ).scalars()
        for digest in named_digests(value)
    }
    held = set(db.sql.execute(select(_USED.digest).where(_USED.subject == subject)).scalars())
    gone = held - named
    if gone:
        db.sql.execute(delete(_USED).where(_USED.subject == subject, _USED.digest.in_(gone)))
        discard_contents(db, gone)
    return len(gone)


def discard_contents(db: Transaction, digests: Collection[str]) -> None:
    """Lets go of those that no response needs, and no questionnaire names as what its labels show."""
    form = tables.QuestionnaireRecord
    is_used = exists().where(_USED.digest == _OWN.digest)
    is_shown = exists().where(form.source.contains(_OWN.digest))
    db.sql.execute(delete(_OWN).where(_OWN.digest.in_(digests), ~is_used, ~is_shown))


def paths_with_files(db: Transaction, subject: SubjectId, device: str) -> frozenset[AnswerPath]:
    """Where present answers name files, those being typed on this device included."""
    values = {key: state.value for key, state in items_of(db, subject, [ANSWER]).items()}
    values |= {key: draft.value for key, draft in drafts_of(db, subject, device).items() if key[0] == ANSWER}
    return frozenset(AnswerPath(path) for (_kind, path), value in values.items() if named_digests(value))


def files_at_heads(revisions: Mapping[RevisionId, Revision]) -> list[AttachedFile]:
    """The files that the present answers of a response name, both sides of each conflict included."""
    answers = {id_: one for id_, one in revisions.items() if one.kind == ANSWER}
    naming = {id_: one for id_, one in answers.items() if one.value and one.value.startswith("sha256:")}
    if not naming:
        return []
    continued = {parent for one in answers.values() for parent in one.parents}
    found = [attached_file(one.value or "") for id_, one in sorted(naming.items()) if id_ not in continued]
    return [file for file in found if file is not None]
