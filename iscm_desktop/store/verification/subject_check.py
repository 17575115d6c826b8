"""One response or summary: whether what follows from its revisions is what is kept, and whether any is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from iscm_desktop.store.objects.heads import ItemState, closed, states
from iscm_desktop.store.objects.items import item_row
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof
from iscm_desktop.store.objects.responses import summed_up
from iscm_desktop.store.objects.revision import ItemKey, Revision, RevisionId, SubjectId
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.proof_rows import ProofRows
from iscm_desktop.store.verification.revision_ids import Row
from iscm_desktop.store.verification.store_reader import StoreReader

_FIGURES = ("conflicts", "content", "everything", "signed_content", "rests_on", "language", "questionnaire")


@dataclass(frozen=True, slots=True)
class SubjectRows:
    """All rows of `revision` about one subject."""

    id: SubjectId
    sound: Mapping[RevisionId, Revision]
    packages: Mapping[RevisionId, int | None]  # that brought each first
    hidden: AbstractSet[RevisionId]
    is_whole: bool  # every row could be read, and is what it was


@dataclass(frozen=True, slots=True)
class Orphan:
    """A revision whose parent is not here; a file that is here whole explains it: it never held the parent."""

    finding: Finding  # to be told where nothing explains it
    package: int | None  # that brought the revision; None: it was made here, from a parent that was here


@dataclass(slots=True)
class StoreFrame:
    """What the checks of subjects ask of the rest of the store, read once."""

    standing: AbstractSet[int] = frozenset()  # packages that a merge brought which stands
    made_by_taken_back: AbstractSet[RevisionId] = frozenset()
    questionnaires: AbstractSet[str] = frozenset()
    has_views: bool = False  # an operation was taken back at some time, or something is hidden
    proofs: ProofRows | None = None  # what vouches for each response; None: nothing is known of it
    figures: Mapping[SubjectId, Sequence[object]] = field(default_factory=dict)  # of responses, by `_FIGURES`
    orphans: list[Orphan] = field(default_factory=list)  # collected by the checks


def check_subject(store: StoreReader, rows: SubjectRows, frame: StoreFrame) -> Iterator[Finding]:
    """What of a subject is missing or stale. Where a revision is damaged or missing, only that is said."""
    kept: dict[ItemKey, Row] = {
        (row[1], row[2]): row
        for row in store.rows(
            "SELECT subject, kind, path, value, heads, is_conflict FROM item WHERE subject = :subject",
            subject=rows.id,
        )
    }
    missing = list(_missing_heads(rows, kept))
    frame.orphans += _orphans(rows)
    yield from missing
    if missing or not rows.is_whole:
        return
    in_view = _in_view(store, rows, frame)
    if in_view.keys() & rows.hidden or len(in_view) + len(rows.hidden) != len(rows.sound):
        yield Finding(FindingKind.VIEW_STALE, rows.id)
        return
    proof = NOTHING_VOUCHES if frame.proofs is None else frame.proofs.of(rows.id, rows.packages)
    present = states(in_view, proof.levels(in_view))
    yield from _stale_items(rows.id, present, kept)
    if rows.id in frame.figures:
        signed = "" if frame.proofs is None else frame.proofs.signed_content(rows.id, in_view, rows.packages)
        yield from _stale_figures(rows.id, present, proof, frame, signed)


def _in_view(store: StoreReader, rows: SubjectRows, frame: StoreFrame) -> Mapping[RevisionId, Revision]:
    if not frame.has_views:
        return rows.sound
    carried = {
        id_
        for id_, package in rows.packages.items()
        if (id_ not in frame.made_by_taken_back if package is None else package in frame.standing)
    }
    if len(carried) < len(rows.sound):
        again = store.rows(
            "SELECT package, revision FROM package_revision WHERE subject = :subject", subject=rows.id
        )
        carried |= {id_ for package, id_ in again if package in frame.standing}
    return {id_: rows.sound[id_] for id_ in closed(carried, rows.sound)}


def _missing_heads(rows: SubjectRows, kept: Mapping[ItemKey, Row]) -> Iterator[Finding]:
    """A head that is not here any more was the present of its item, and is lost."""
    for (kind, path), row in kept.items():
        for head in str(row[4]).split():
            if head not in rows.packages and _looks_like_id(head):
                yield Finding(
                    FindingKind.REVISION_MISSING, rows.id, item=kind, path=path, revision=head, text=row[3]
                )


def _orphans(rows: SubjectRows) -> Iterator[Orphan]:
    for id_, one in rows.sound.items():
        for parent in one.parents:
            if parent not in rows.packages:
                found = Finding(
                    FindingKind.REVISION_MISSING, rows.id, item=one.kind, path=one.path, revision=parent,
                    detail=f"parent of {id_}",
                )  # fmt: skip
                yield Orphan(found, rows.packages[id_])


def _stale_items(
    subject: SubjectId, present: Mapping[ItemKey, ItemState], kept: Mapping[ItemKey, Row]
) -> Iterator[Finding]:
    for key, state in present.items():
        row = kept.get(key)
        if (
            row is None
            or tuple(row[:5]) != tuple(item_row(subject, key, state)[:5])
            or bool(row[5]) != (state.is_conflict)
        ):
            yield Finding(
                FindingKind.PRESENT_STALE, subject, item=key[0], path=key[1], text=row[3] if row else None
            )
    for key in kept.keys() - present.keys():
        yield Finding(
            FindingKind.PRESENT_STALE, subject, item=str(key[0]), path=str(key[1]), text=kept[key][3]
        )


def _stale_figures(
    subject: SubjectId,
    present: Mapping[ItemKey, ItemState],
    proof: ResponseProof,
    frame: StoreFrame,
    signed: str,
) -> Iterator[Finding]:
    kept = dict(zip(_FIGURES, frame.figures[subject], strict=True))
    if not present and not kept["content"]:
        return  # nothing of it was ever sealed, so nothing was ever summed up
    figures = summed_up(present, frame.questionnaires, proof) | {"signed_content": signed}
    for name, value in figures.items():
        if kept[name] != value and name != "language":  # chosen on this computer alone, too
            yield Finding(FindingKind.FIGURES_STALE, subject, detail=name)


def _looks_like_id(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")
