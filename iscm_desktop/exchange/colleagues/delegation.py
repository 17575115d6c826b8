"""Delegations: sections of a response in a colleague's hands, and what of a file is within what was asked.

A delegation is an item of the response like any other; its path is its id. The file that hands sections over
holds these sections with their history, and one item more: the answers elsewhere that their rules read. The
file that comes back holds the sections alone. Both name the delegation in the manifest, and whoever merges
either takes what lies within and is asked about the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.store.objects.heads import heads_of, last_of
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTEXT,
    DELEGATION,
    ENTRY,
    LAST_ROUND,
    NOTE,
    QUERY,
    REASON,
    REPLY,
    RESTRICTION,
    RETURNED,
    Revision,
    RevisionId,
    SubjectId,
    revision_id,
)
from iscm_desktop.text_limits import TextLimit

Revisions = Mapping[RevisionId, Revision]

Short = Annotated[str, msgspec.Meta(max_length=TextLimit.NAME.most)]
Message = Annotated[str, msgspec.Meta(max_length=TextLimit.MESSAGE.most)]
Part = Annotated[str, msgspec.Meta(min_length=1, max_length=TextLimit.NAME.most)]
Day = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]

ABOUT_QUESTIONS = frozenset({ANSWER, ENTRY, NOTE, QUERY, REPLY, RESTRICTION, LAST_ROUND})
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
    device: str  # where it was made, and where alone it can be changed
    made_at: str
    is_over: bool


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


def delegations_in(revisions: Iterable[Revision]) -> dict[SubjectId, KnownDelegation]:
    """The delegations that revisions tell of. Whoever made one has the say in it; others' changes are idle."""
    by_id: dict[SubjectId, list[Revision]] = {}
    for one in revisions:
        if one.kind == DELEGATION:
            by_id.setdefault(one.path, []).append(one)
    found = {id_: _known(id_, own) for id_, own in by_id.items()}
    return {id_: known for id_, known in found.items() if known is not None}


def _known(id_: SubjectId, revisions: list[Revision]) -> KnownDelegation | None:
    by_id = {revision_id(one): one for one in revisions}
    first = by_id.get(min((begun for begun, one in by_id.items() if not one.parents), default=""))
    if first is None:
        return None
    own = {each: one for each, one in by_id.items() if one.device == first.device}
    said = {each: terms for each, one in own.items() if (terms := terms_of(one.value)) is not None}
    if not said:
        return None
    is_over = any(own[head].value is None for head in heads_of(own))
    return KnownDelegation(id_, said[last_of(said, own)[-1]], first.device, first.made_at, is_over)


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
    part: DelegationPart, theirs: Revisions, ours: Revisions, file: str
) -> DelegatedChanges:
    """Tells what of a file lies within its delegations.

    What was agreed is read from our own copy of a delegation where we have one, and along the line of those
    that handed the sections on: nobody can hand on more than they hold.

    Raises:
        IscmError: the file names a delegation that neither it nor this computer knows.
    """
    told = delegations_in(theirs.values())
    if sum(len(one.terms.sections) for one in told.values()) > _MOST_SECTIONS:
        raise IscmError(FileProblem.PACKAGE_TOO_LARGE, file=file)
    known = told | delegations_in(ours.values())
    named = [one.id for one in part.handed]
    if not known.keys() >= set(named):
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)
    bounds = _DelegationBounds(known, named)
    inside = {id_: one for id_, one in theirs.items() if id_ in ours or bounds.allow(one)}
    inside |= {id_: one for id_, one in theirs.items() if one.kind == REASON and one.path in inside}
    return DelegatedChanges(inside, {id_: one for id_, one in theirs.items() if id_ not in inside})


class _DelegationBounds:
    """The line around what some delegations allow."""

    def __init__(self, known: Mapping[SubjectId, KnownDelegation], named: list[SubjectId]) -> None:
        self._known, self._named = known, set(named)
        self._worked_out: dict[SubjectId, frozenset[str]] = {}
        self._within = frozenset(part for id_ in named for part in self._allowed(id_, ()))
        self._told = passed_on(named, known)
        self._about = self._told | self._worked_out.keys()

    def allow(self, one: Revision) -> bool:
        if one.kind in ABOUT_QUESTIONS:
            return is_within(one.path, self._within)
        if one.kind == DELEGATION:
            issuer = self._known.get(one.path)
            return one.path in self._about and issuer is not None and issuer.device == one.device
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
        self._worked_out[id_] = allowed
        return allowed


def _common(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    inside = {part for part in one if is_within(part, other)}
    return frozenset(inside | {part for part in other if is_within(part, one)})
