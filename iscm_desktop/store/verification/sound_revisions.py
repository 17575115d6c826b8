"""The revisions of a response of which each is what its id names, and what became of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.verification.revision_ids import DamagedRevision, Row, damaged_row, is_sound, rows_of
from iscm_desktop.store.verification.store_reader import reading


@dataclass(frozen=True, slots=True)
class SoundRevisions:
    """What is here of one response."""

    in_view: dict[RevisionId, Revision]
    hidden: set[RevisionId]
    damaged: Mapping[RevisionId, DamagedRevision]  # their rows are here, and say something else


def sound_revisions(db: Transaction, subject: SubjectId) -> SoundRevisions:
    """Reads every row of a subject and recomputes its id; what is damaged counts as not here."""
    found = SoundRevisions({}, set(), damaged := {})
    for row in rows_of(reading(db), subject):
        if not is_sound(row):
            one = damaged_row(row)
            damaged[one.id] = one
        elif row[10]:
            found.hidden.add(row[1])
        else:
            found.in_view[row[1]] = revision_of(row)
    return found


def revision_of(row: Row) -> Revision:
    """The revision that a sound row holds."""
    subject, _id, kind, path, value, parents, author, device, made_at = row[:9]
    return Revision(
        author, device, kind, made_at, tuple(parents.split()) if parents else (), path, subject, value
    )
