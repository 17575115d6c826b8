"""Delegated sections on their way back: these sections alone, and how far they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from iscm_desktop.exchange.colleagues.delegation import (
    DelegationPart,
    DelegationReturn,
    HandedDelegation,
    KnownDelegation,
    delegations_in,
    is_within,
    passed_on,
    return_of,
    sections_only,
    written,
)
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import add_revisions, items_of
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.revision import (
    CONTEXT,
    DELEGATION,
    RETURNED,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
    revision_id,
)
from iscm_desktop.store.rows import Progress
from iscm_desktop.workspace.held_sections import HeldSections
from iscm_desktop.workspace.workspace_context import WorkspaceContext


def note_return(
    db: Transaction, context: WorkspaceContext, response: SubjectId, scope: HeldSections, progress: Progress
) -> None:
    """Keeps how far the sections are that go back now, unless the same went back before."""
    items = items_of(db, response)
    for one in scope.received:
        key = item_key(RETURNED, one.id)
        said = DelegationReturn(
            progress.answered, progress.asked, context.person.signature, _content(one, items)
        )
        before = items.get(key)
        if before is not None and return_of(before.value) == said:
            continue
        revision = Revision(
            author=context.person.signature, device=context.device, kind=RETURNED,
            made_at=times.written(context.now()), parents=tuple(sorted(before.heads)) if before else (),
            path=ItemPath(one.id), subject=response, value=written(said),
        )  # fmt: skip
        add_revisions(db, {revision_id(revision): revision})
    responses.sum_up(db, response)


def way_back(
    scope: HeldSections, revisions: Mapping[RevisionId, Revision], keys: PromiseKeys
) -> tuple[dict[RevisionId, Revision], DelegationPart]:
    """What of a response goes back, and how the manifest names it.

    The answers that came along with the sections stay here, and so does whatever else is not of the sections.
    """
    ours = passed_on((one.id for one in scope.received), delegations_in(revisions, keys))
    about = {
        id_: one for id_, one in revisions.items() if one.kind in (DELEGATION, RETURNED) and one.path in ours
    }
    handed = tuple(HandedDelegation(one.id, one.terms) for one in scope.received)
    return {**sections_only(revisions, scope.parts), **about}, DelegationPart(handed, is_return=True)


def _content(one: KnownDelegation, items: Mapping[ItemKey, ItemState]) -> str:
    """Digest of all that the sections of a delegation hold."""
    content = sorted(
        (kind, path, state.value or "")
        for (kind, path), state in items.items()
        if kind not in (CONTEXT, RETURNED) and is_within(path, one.terms.sections)
    )
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()
