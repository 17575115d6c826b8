"""What of the promises that a file brings is only claimed: told before anything is merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from iscm_desktop.store.objects.promise_evidence import PromiseEvidence, claims_of
from iscm_desktop.store.objects.promises import PROMISE_KINDS, PromiseKeys
from iscm_desktop.store.objects.revision import QUESTIONNAIRE, Revision, RevisionId

Revisions = Mapping[RevisionId, Revision]


@dataclass(frozen=True, slots=True)
class BroughtClaims:
    """So many sign-offs, restrictions, delegations or queries that a file brings by whoever may not make them."""

    kind: str  # of the items: "sign_off"
    count: int  # items


def brings_promises(revisions: Revisions, fresh: Collection[RevisionId]) -> bool:
    """Whether any of the revisions that were not here is a promise."""
    return any(revisions[id_].kind in PROMISE_KINDS for id_ in fresh)


def brought_claims(
    ours: Revisions, theirs: Revisions, fresh: Collection[RevisionId], keys: PromiseKeys
) -> tuple[BroughtClaims, ...]:
    """The claims that a file brings and that nothing which counts has overtaken, by kind.

    Args:
        ours: What the response holds before.
        theirs: What is merged of the file.
        fresh: The revisions among these that were not here.
        keys: Those that stand behind promises once the file is merged.
    """
    wanted = (*PROMISE_KINDS, QUESTIONNAIRE)
    judged = {id_: one for part in (ours, theirs) for id_, one in part.items() if one.kind in wanted}
    evidence = PromiseEvidence(
        judged, dict(keys.keys), set(keys.own), keys.respondent, keys.inviter, keys.has_bare_beginning
    )
    brought = set(fresh)
    found = Counter(
        kind
        for (kind, _path), claims in claims_of(evidence, *PROMISE_KINDS).items()
        if claims.keys() & brought
    )
    return tuple(BroughtClaims(kind, count) for kind, count in sorted(found.items()))
