"""Public editions: what of a response may be published, and how a package says that it is not all of it.

An answer, an entry, a repeat or a section may be marked as not for publication. A public edition is the response
as it reads without them: what hangs on a withheld answer is not asked, so it is not published either. It holds the
present alone: no earlier states, notes or queries, and nothing that is derived from the whole, such as a sign-off
or the removal of an entry, whose hashes could be guessed back to what they cover.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import (
    ANSWER,
    EDITION,
    ENTRY,
    LANGUAGE,
    PUBLIC,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
    revision_id,
)

_KINDS = frozenset({ANSWER, ENTRY, LANGUAGE, EDITION})
"""All that a public edition holds."""


class PublicPart(msgspec.Struct, frozen=True):
    """Says that a package is a public edition, and how much is missing from it."""

    left_out: Annotated[int, msgspec.Meta(ge=0, le=10**9)]
    """Answers that stand in the response and not in the package."""


def is_withheld(path: str, withheld: Collection[str]) -> bool:
    """Whether a path, or something around it, is marked as not for publication."""
    if not withheld:
        return False
    parts = path.split("/")
    return any("/".join(parts[:length]) in withheld for length in range(1, len(parts) + 1))


def published(filled: FilledAnswers, withheld: Collection[str]) -> FilledAnswers:
    """What is filled in, without what is withheld."""
    if not withheld:
        return filled
    return FilledAnswers(
        {path: text for path, text in filled.answers.items() if not is_withheld(path, withheld)},
        {
            path: tuple(id_ for id_ in ids if not is_withheld(f"{path}/{id_}", withheld))
            for path, ids in filled.entries.items()
        },
    )


def public_revisions(
    revisions: Mapping[RevisionId, Revision], present: Mapping[ItemKey, ItemState], keys: Iterable[ItemKey]
) -> dict[RevisionId, Revision]:
    """The present state of the items that are published, and the mark that there was more."""
    heads = [present[key].heads[0] for key in (*keys, item_key(LANGUAGE)) if key in present]
    return {id_: revisions[id_] for id_ in heads}


def marked(
    revisions: Mapping[RevisionId, Revision], subject: SubjectId, device: str
) -> dict[RevisionId, Revision]:
    """With the item that tells a store that holds nothing else of the response what it has there."""
    made_at = max(one.made_at for one in revisions.values())
    mark = Revision("", device, EDITION, made_at, (), ItemPath(""), subject, PUBLIC)
    return {**revisions, revision_id(mark): mark}


def check_public(part: PublicPart | None, revisions: Mapping[RevisionId, Revision], file: str) -> None:
    """Raises an IscmError where a file calls itself a public edition, and is something else."""
    if part is None:
        return
    kinds = {one.kind for one in revisions.values()}
    if EDITION not in kinds or not kinds <= _KINDS:
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)


def public_words(part: PublicPart | None) -> str:
    """What people who merge are told; "" of a package that is whole."""
    if part is None:
        return ""
    if not part.left_out:
        return _("This is a public edition: answers only, without their history, notes and sign-off.")
    return ngettext(
        "This is a public edition: {count} answer is left out of it. Merging it deletes nothing.",
        "This is a public edition: {count} answers are left out of it. Merging it deletes nothing.",
        part.left_out,
    ).format(count=part.left_out)
