"""Delegations: sections of a response in a colleague's hands, and what of a file is within what was asked.

A delegation is an item of the response like any other; its path is its id. The file that hands sections over
holds these sections with their history, and one item more: the answers elsewhere that their rules read. The
file that comes back holds the sections alone. Both name the delegation in the manifest, and whoever merges
either takes what lies within and is asked about the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.objects.heads import heads_of, last_of
from iscm_desktop.store.objects.promises import (
    Maker,
    PromiseKeys,
    counting,
    first_of,
    in_force,
    maker_of,
)
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTEXT,
    DELEGATION,
    ENTRY,
    LAST_ROUND,
    NOT_OURS,
    NOTE,
    NOTHING,
    QUERY,
    QUESTIONNAIRE,
    REASON,
    REPLY,
    RESTRICTION,
    RETURNED,
    Revision,
    RevisionId,
    SubjectId,
)
from iscm_desktop.text_limits import TextLimit

Revisions = Mapping[RevisionId, Revision]

Short = Annotated[str, msgspec.Meta(max_length=TextLimit.NAME.most)]
Message = Annotated[str, msgspec.Meta(max_length=TextLimit.MESSAGE.most)]
Part = Annotated[str, msgspec.Meta(min_length=1, max_length=TextLimit.NAME.most)]
Day = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]

ABOUT_QUESTIONS = frozenset({ANSWER, ENTRY, NOTHING, NOT_OURS, NOTE, QUERY, REPLY, RESTRICTION, LAST_ROUND})
"""Kinds of items whose path begins with that of a question or entry."""

_MOST_LEVELS = 50
_MOST_SECTIONS = 50_000
"""In all delegations of a file: far beyond what people hand over, and quick to look through."""


class DelegationTerms(msgspec.Struct, frozen=True):
    """What was agreed: the value of a `delegation` item."""

    by: Short
    due_on: Day | None
    message: Message
    parents: Annotated[tuple[SubjectId, ...], msgspec.Meta(max_length=20)]
    """Delegations under which whoever hands on holds these sections; none where they hold the response."""
    sections: Annotated[tuple[Part, ...], msgspec.Meta(min_length=1, max_length=20_000)]
    """Paths of sections; of questions outside of any section, their own."""
    to: Short


class HandedDelegation(msgspec.Struct, frozen=True):
    """A delegation as a manifest names it."""

    id: SubjectId
    terms: DelegationTerms


class DelegationPart(msgspec.Struct, frozen=True):
    """Says that a package holds some sections only, and under which delegations."""

    handed: Annotated[tuple[HandedDelegation, ...], msgspec.Meta(min_length=1, max_length=100)]
    is_return: bool
    """False: the sections are handed over; true: they come back."""


class DelegationContext(msgspec.Struct, frozen=True):
    """The value of a `context` item: what delegated sections read elsewhere, by path, and nothing else."""

    answers: dict[AnswerPath, str] = {}
    entries: dict[AnswerPath, tuple[str, ...]] = {}


class DelegationReturn(msgspec.Struct, frozen=True):
    """The value of a `returned` item."""

    answered: int
    asked: int
    by: Short
    content: Short
    """Digest of what came back, so that the same content sent again is the same return."""


@dataclass(frozen=True, slots=True)
class KnownDelegation:
    """A delegation as its revisions tell it."""

    id: SubjectId
    terms: DelegationTerms
    device: str  # where it was made, as it says
    made_at: str
    is_over: bool
    maker: Maker  # RIGHTFUL: with a key of the respondent
    own: frozenset[RevisionId]  # its maker's revisions; others' are idle
    key: str  # its maker's; "" where nobody's stands behind it, several do, or it was made here


@dataclass(frozen=True, slots=True)
class DelegatedChanges:
    """What of a file is taken, and what lies outside of what was asked."""

    inside: Revisions
    outside: Revisions

    @property
    def paths_outside(self) -> tuple[str, ...]:
        """Paths of the items left out, each once, sorted."""
        return tuple(sorted({one.path for one in self.outside.values()}))


def written(value: msgspec.Struct) -> str:
    """The value of an item, the same text for the same content."""
    return msgspec.json.encode(value, order="deterministic").decode()


def is_within(path: str, sections: Collection[str]) -> bool:
    """Whether a path lies in one of the sections; quick where these are a set."""
    if path in sections:
        return True
    end = path.rfind("/")
    while end > 0:
        if path[:end] in sections:
            return True
        end = path.rfind("/", 0, end)
    return False


def delegations_in(
    revisions: Revisions, keys: PromiseKeys, respondent: frozenset[str] | None = None
) -> dict[SubjectId, KnownDelegation]:
    """The delegations that revisions tell of. Whoever made one has the say in it, by their key; others have none.

    Args:
        respondent: Keys that may hand over the response itself; None: as the revisions have it.
    """
    authority = keys.of_respondent(revisions) if respondent is None else respondent
    by_id: dict[SubjectId, dict[RevisionId, Revision]] = {}
    for id_, one in revisions.items():
        if one.kind == DELEGATION:
            by_id.setdefault(one.path, {})[id_] = one
    known = replace(keys, respondent=authority)
    found = {id_: _known(id_, own, known) for id_, own in by_id.items()}
    return {id_: one for id_, one in found.items() if one is not None}


def _known(id_: SubjectId, item: Revisions, keys: PromiseKeys) -> KnownDelegation | None:
    began = first_of(item, keys, keys.respondent)
    if began is None:
        return None
    own = in_force(item, counting(item, keys))
    said = {each: terms for each, one in own.items() if (terms := terms_of(one.value)) is not None}
    if not said:
        return None
    first = own[began]
    is_over = any(own[head].value is None for head in heads_of(own))
    maker = maker_of(began, keys, keys.respondent)
    behind = sorted(keys.behind(began))
    key = behind[0] if len(behind) == 1 and maker is not Maker.OURS else ""
    return KnownDelegation(
        id_, said[last_of(said, own)[-1]], first.device, first.made_at, is_over, maker, frozenset(own), key
    )


def terms_of(value: str | None) -> DelegationTerms | None:
    """The terms in the value of a `delegation` item; None where it holds none that this program understands."""
    try:
        return msgspec.json.decode(value, type=DelegationTerms) if value else None
    except msgspec.MsgspecError:
        return None


def context_of(value: str | None) -> DelegationContext:
    """What a `context` item says; nothing where its value is blank or of a kind that this program does not know."""
    try:
        return msgspec.json.decode(value or "{}", type=DelegationContext)
    except msgspec.MsgspecError:
        return DelegationContext()


def return_of(value: str | None) -> DelegationReturn | None:
    """What a `returned` item says; None where its value is blank or of a kind that this program does not know."""
    try:
        return msgspec.json.decode(value, type=DelegationReturn) if value else None
    except msgspec.MsgspecError:
        return None


def sections_only(revisions: Revisions, sections: Iterable[str]) -> dict[RevisionId, Revision]:
    """Answers, entries, notes, queries and replies of some sections with all their history, and their reasons."""
    wanted = frozenset(sections)
    found = {
        id_: one
        for id_, one in revisions.items()
        if one.kind in ABOUT_QUESTIONS and is_within(one.path, wanted)
    }
    reasons = {id_: one for id_, one in revisions.items() if one.kind == REASON and one.path in found}
    return found | reasons


def passed_on(ids: Iterable[SubjectId], known: Mapping[SubjectId, KnownDelegation]) -> set[SubjectId]:
    """These delegations and all that were made of their sections further on."""
    found = set(ids)
    while more := {id_ for id_, one in known.items() if id_ not in found and found & {*one.terms.parents}}:
        found |= more
    return found


def delegated_changes(
    part: DelegationPart, theirs: Revisions, ours: Revisions, keys: PromiseKeys, file: str
) -> DelegatedChanges:
    """Tells what of a file lies within its delegations.

    What was agreed is read from our own copy of a delegation where we have one, and along the line of those
    that handed the sections on: nobody can hand on more than they hold. Where the response is held whole, nobody
    hands over its sections but this store and the respondent's keys.

    Args:
        keys: Those that stand behind what is ours and behind what is in the file.

    Raises:
        IscmError: the file names a delegation that neither it nor this computer knows.
    """
    is_whole = any(one.kind == QUESTIONNAIRE for one in ours.values())
    respondent = keys.of_respondent(ours if is_whole else {**theirs, **ours})
    told = delegations_in(theirs, keys, respondent)
    if sum(len(one.terms.sections) for one in told.values()) > _MOST_SECTIONS:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=file)
    known = told | delegations_in(ours, keys, respondent)
    named = [one.id for one in part.handed]
    if not known.keys() >= set(named):
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)
    least = Maker.RIGHTFUL if is_whole else Maker.UNSIGNED
    united = delegations_in({**theirs, **ours}, keys, respondent)
    changes = frozenset(id_ for one in united.values() for id_ in one.own)
    bounds = _DelegationBounds(known, named, least)
    inside = {
        id_: one for id_, one in theirs.items() if id_ in ours or bounds.allow(one, is_own=id_ in changes)
    }
    inside |= {id_: one for id_, one in theirs.items() if one.kind == REASON and one.path in inside}
    return DelegatedChanges(inside, {id_: one for id_, one in theirs.items() if id_ not in inside})


class _DelegationBounds:
    """The line around what some delegations allow.

    Args:
        least: Who at least has to have handed over what nobody hands on.
    """

    def __init__(
        self, known: Mapping[SubjectId, KnownDelegation], named: list[SubjectId], least: Maker
    ) -> None:
        self._known, self._named, self._least = known, set(named), least
        self._worked_out: dict[SubjectId, frozenset[str]] = {}
        self._within = frozenset(part for id_ in named for part in self._allowed(id_, ()))
        self._told = passed_on(named, known)
        self._about = self._told | self._worked_out.keys()

    def allow(self, one: Revision, *, is_own: bool) -> bool:
        """Whether a revision lies within; of a delegation, `is_own` says that its maker made it."""
        if one.kind in ABOUT_QUESTIONS:
            return is_within(one.path, self._within)
        if one.kind == DELEGATION:
            return one.path in self._about and is_own
        if one.kind == RETURNED:
            return one.path in self._told
        return one.kind == CONTEXT and one.path in self._named

    def _allowed(self, id_: SubjectId, below: tuple[SubjectId, ...]) -> frozenset[str]:
        """What may be changed under a delegation: its own sections, as far as those above it allow."""
        if id_ in self._worked_out:
            return self._worked_out[id_]
        if id_ in below or len(below) > _MOST_LEVELS:
            return frozenset()  # it leads back to itself, or nowhere that people would take it
        terms = self._known[id_].terms
        allowed = frozenset(terms.sections)
        above = [parent for parent in terms.parents if parent in self._known]
        if above:
            held = frozenset(part for parent in above for part in self._allowed(parent, (*below, id_)))
            allowed = _common(allowed, held)
        elif self._known[id_].maker < self._least:
            allowed = frozenset()  # whoever it was had nothing to hand over
        self._worked_out[id_] = allowed
        return allowed


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    inside = {part for part in one if is_within(part, other)}
    return frozenset(inside | {part for part in other if is_within(part, one)})
