"""Queries: questions back about answers, and what was replied.

A query and its reply are two items at one path: that of the question asked about, and an id of the query's
own. So neither can get in the way of the answer, nor of the other, and merging them is the merging of
everything else. A file of queries holds these two kinds and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import Message, Short
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
    QUERY,
    REPLY,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
)
from iscm_desktop.text_limits import TextLimit

Revisions = Mapping[RevisionId, Revision]

QUERY_KINDS = frozenset({QUERY, REPLY})

NamedPath = Annotated[AnswerPath, msgspec.Meta(min_length=1, max_length=TextLimit.PATH.most)]


class QueryPart(msgspec.Struct, frozen=True):
    """A query as a manifest names it, for those who look before they merge."""

    asked_at: str
    asker: Short
    id: SubjectId
    label: str
    """The question that it is about, in English or in the questionnaire's own language."""
    path: NamedPath
    text: Message


class Query(msgspec.Struct, frozen=True):
    """The value of a `query` item."""

    answer: str
    """The answer as it was stored when somebody asked about it; "" where there was none."""
    text: Message


@dataclass(frozen=True, slots=True)
class QueryReply:
    """A text, who said it and when."""

    text: str
    by: str
    at: str
    revision: RevisionId  # the first that says it


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query with all that was replied to it."""

    id: SubjectId
    path: AnswerPath  # of the question
    answer: str  # as it stood then
    query: QueryReply
    replies: tuple[QueryReply, ...]  # several where two people replied without knowing of each other
    is_withdrawn: bool
    maker: Maker  # RIGHTFUL: by the key that invited

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to reply."""
        return not self.replies and not self.is_withdrawn


def item_path(question: AnswerPath, query: SubjectId) -> ItemPath:
    """Where a query and the reply to it lie in the store: below their question."""
    return ItemPath(f"{question}/{query}")


def queries_in(revisions: Revisions, keys: PromiseKeys) -> tuple[AskedQuery, ...]:
    """All queries, the oldest first; what others than who asked, and the inviter, changed of them acts on nothing."""
    by_path: dict[ItemKey, dict[RevisionId, Revision]] = {}
    for id_, one in revisions.items():
        if one.kind in QUERY_KINDS:
            by_path.setdefault((one.kind, one.path), {})[id_] = one
    found = [
        _asked(path, own, by_path.get((REPLY, path), {}), keys)
        for (kind, path), own in by_path.items()
        if kind == QUERY
    ]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.query.at, one.id)))


def _asked(path: ItemPath, item: Revisions, reply: Revisions, keys: PromiseKeys) -> AskedQuery | None:
    question, _, id_ = path.rpartition("/")
    began = first_of(item, keys, keys.inviter)
    if began is None or not question:
        return None
    query = in_force(item, counting(item, keys))
    texts = {each: said for each, one in query.items() if (said := query_of(one.value)) is not None}
    if began not in texts:
        return None
    value, first = texts[last_of(texts, query)[-1]], query[began]
    heads = [query[head] for head in heads_of(query)]
    replied = ((head, reply[head]) for head in heads_of(reply))
    replies = sorted(replied, key=lambda each: (each[1].made_at, each[1].author))
    return AskedQuery(
        id_,
        AnswerPath(question),
        value.answer,
        QueryReply(value.text, first.author, first.made_at, began),
        tuple(QueryReply(one.value, one.author, one.made_at, id_) for id_, one in replies if one.value),
        is_withdrawn=all(one.value is None for one in heads),
        maker=maker_of(began, keys, keys.inviter),
    )


def query_of(value: str | None) -> Query | None:
    """What a `query` item asks; None where its value is blank or of a kind that this program does not know."""
    try:
        return msgspec.json.decode(value, type=Query) if value else None
    except msgspec.MsgspecError:
        return None


def check_queries(revisions: Revisions, *, is_response_here: bool, file: str, respondent: str) -> None:
    """Makes sure that a file of queries is one, and that there is a response to ask about.

    Raises:
        IscmError: it holds other things as well, or the response is on another computer.
    """
    if any(one.kind not in QUERY_KINDS for one in revisions.values()):
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)
    if not is_response_here:
        raise IscmError(FileProblem.QUERIES_WITHOUT_RESPONSE, file=file, respondent=respondent)


def queries_only(revisions: Revisions, queries: Iterable[AskedQuery]) -> dict[RevisionId, Revision]:
    """The revisions of these queries and of the replies to them."""
    paths = {item_path(one.path, one.id) for one in queries}
    return {id_: one for id_, one in revisions.items() if one.kind in QUERY_KINDS and one.path in paths}
