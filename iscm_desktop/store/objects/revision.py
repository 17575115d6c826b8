"""One recorded state of an item, and the hash that names it.

An item is whatever has a history: an answer, a repeat entry, a note, a sign-off, the text of a summary. It is
addressed by subject (a response or a summary), kind and path. Its revisions form a graph through their
parents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal, NewType

import msgspec

from iscm_desktop.store import times


def _like(pattern: str) -> msgspec.Meta:
    """For the published schema. What comes from strangers is checked by `exchange.package`, and more strictly."""
    return msgspec.Meta(extra_json_schema={"pattern": pattern})


RevisionId = Annotated[str, _like("^[0-9a-f]{64}$")]
"""SHA-256 of the revision's line, as 64 hexadecimal digits."""

SubjectId = Annotated[str, _like("^[0-9a-f]{32}$")]
"""32 hexadecimal digits, derived from what the subject is, so that strangers arrive at the same one."""

RESPONSE_SUBJECT, EDITION_SUBJECT = "response", "edition"
"""What a subject is: a response, or a public edition of one, which stands beside it."""

ItemPath = NewType("ItemPath", str)
"""Where an item lies within its subject. What it says depends on the kind; "" where there is one item of it.

Of answers, entries, notes and restrictions it is an `AnswerPath`; `item_key` makes the one of the other.
"""

ItemKey = tuple[str, ItemPath]
"""Kind and path: an item within its subject."""

ANSWER = "answer"
ENTRY = "entry"
"""The value is the order key among its siblings; None is a removed entry."""
NOTHING = "nothing_to_report"
"""A section or repeat of which there is nothing to report; the value is NOTHING_SAID, None: taken back."""
NOT_OURS = "not_ours"
"""An entry that was offered, and that is not the respondent's; the value is DECLINED, None: offered again."""
NOTE = "note"
SIGN_OFF = "sign_off"
TEXT = "text"
"""A text of a summary that people wrote over the drafted one."""
LANGUAGE = "language"
QUESTIONNAIRE = "questionnaire"
"""The value is "version hash": with which questionnaire the response is filled in."""
REASON = "reason"
"""Why a conflict was settled so; its path is the id of the settling revision."""

DELEGATION = "delegation"
"""Sections handed to a colleague; its path is the delegation's id. None: it is over."""
CONTEXT = "context"
"""What the sections of a delegation read of the others, as it stood; its path is the delegation's id."""
RETURNED = "returned"
"""How far a colleague was who sent delegated sections back; its path is the delegation's id."""
QUERY = "query"
"""A question about an answer; its path is that of the question asked about, and an id of its own."""
REPLY = "reply"
"""What was replied to the query at the same path."""
RESTRICTION = "restriction"
"""Not for publication: what lies at its path, or below it. The value is NOT_PUBLISHED; None: lifted."""
EDITION = "edition"
"""The value PUBLIC: came from a public edition of format 1.1, which is part of the response. Its path is empty."""
LAST_ROUND = "last_round"
"""Answers of an earlier round, offered and not confirmed; its path is a section's, or that of what is in none."""

CLEARANCE = "clearance"
"""A step before the sign-off: whose agreement is asked for, and who gave it; its path is the step's id."""

ACCEPTANCE = "acceptance"
"""That a contradiction which rules found stands as it is, and why; its path is the finding's id."""

NOTHING_SAID = "nothing to report"
DECLINED = "not ours"
NOT_PUBLISHED = "not for publication"
PUBLIC = "public"

CONTENT_KINDS = frozenset({ANSWER, ENTRY, NOTHING})
"""What a sign-off signs."""


# Nothing but texts: the garbage collector need not look at hundreds of thousands of them.
class Revision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An immutable state of one item.

    The fields stand in alphabetical order, for their JSON in this order is the canonical line (RFC 8785) that
    is hashed and written to packages.
    """

    author: str
    device: str
    kind: Annotated[str, _like("^[a-z][a-z_]{0,31}$")]
    made_at: Annotated[str, _like(f"^{times.PATTERN}$")]
    """As `times.written` writes it: informs people and breaks ties. Only `parents` put in order."""
    parents: tuple[RevisionId, ...]
    """What the author had before them, ascending. A removed entry also names the answers within."""
    path: ItemPath
    subject: SubjectId
    value: str | None
    """None: cleared or removed."""

    @property
    def key(self) -> ItemKey:
        """Which item this is a state of."""
        return (self.kind, self.path)


def item_key(kind: str, path: str = "") -> ItemKey:
    """The item of a kind at a path: an answer's, a section's, an id; "" where there is one item of the kind."""
    return (kind, ItemPath(path))


_encode = msgspec.json.Encoder().encode


def line(revision: Revision) -> bytes:
    """The canonical JSON of a revision, without a line end."""
    return _encode(revision)


def revision_id(revision: Revision) -> RevisionId:
    """SHA-256 of the canonical line, as 64 hexadecimal digits."""
    return hashlib.sha256(_encode(revision)).hexdigest()


def _derived(what: Literal["response", "edition", "summary"], *identity: str) -> SubjectId:
    return hashlib.sha256(_encode((what, *identity))).hexdigest()[:32]


def response_id(round_code: str, form_id: str, respondent: str) -> SubjectId:
    """The same for everyone who answers this questionnaire for this respondent in this round."""
    return _derived("response", round_code, form_id, respondent)


def edition_id(round_code: str, form_id: str, respondent: str, salt: str, content: str) -> SubjectId:
    """Of a public edition. It is named by its content, too, so that no two of them ever meet in one.

    Args:
        salt: The device of its revisions.
        content: By `edition_content`.
    """
    return _derived("edition", round_code, form_id, respondent, salt, content)


def edition_content(content: Iterable[tuple[str, str, str]]) -> str:
    """SHA-256 of what is published: kind, path and value of each item, in any order."""
    return hashlib.sha256(_encode(sorted(content))).hexdigest()


def summary_id(round_code: str, mechanism: str) -> SubjectId:
    """The same for everybody who writes about this mechanism in this round."""
    return _derived("summary", round_code, mechanism)
