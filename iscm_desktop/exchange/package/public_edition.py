"""Public editions: what of a response may be published, and how a package says that it is not all of it.

An answer, an entry, a repeat or a section may be marked as not for publication. A public edition is the response
as it reads without them: what hangs on a withheld answer is not asked, so it is not published either.

It gives away nothing of how that came about, neither in plain nor by a hash that could be guessed back. Its
revisions are made anew: no parents, no author, one time for all, entries numbered as they stand; what is in the file
follows from what can be read in it, and from a salt. That salt is a keyed hash of the content, so the same store
gives the same file again, and nobody else can tell which store it was. The edition is a subject of its own,
named by its content: beside the response, and beside any other edition of it, it changes no answer.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects.entry_order import in_order
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTENT_KINDS,
    EDITION,
    ENTRY,
    LANGUAGE,
    NOTHING,
    NOTHING_SAID,
    ItemKey,
    ItemPath,
    Revision,
    RevisionId,
    SubjectId,
    edition_content,
    edition_id,
    item_key,
    revision_id,
)

MADE_AT = "1980-01-01T00:00:00.000000Z"
"""The time of all that is in an edition: like that of a package's members, it says nothing."""
_KINDS_OF_OLD = frozenset({ANSWER, ENTRY, LANGUAGE, EDITION})
"""All that a public edition of format 1.1 holds."""
_SALT = "^([0-9a-f]{32})?$"


class PublicPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """Says that a package is a public edition."""

    left_out: Annotated[int, msgspec.Meta(ge=0, le=10**9)] = 0
    """In format 1.1, how many answers stand in the response and not in the package. No longer told: where one
    answer hides how many follow it, their number gives it away."""
    salt: Annotated[str, msgspec.Meta(pattern=_SALT)] = ""
    """Keyed hash of the content, which only the store can make; "" in format 1.1, whose editions are part of the
    response itself."""

    @property
    def is_apart(self) -> bool:
        """Whether it stands beside the response, as a subject of its own."""
        return bool(self.salt)


@dataclass(frozen=True, slots=True)
class EditionOf:
    """What an edition is one of. All of it can be read in the manifest."""

    round: str
    form_id: str
    respondent: str
    questionnaire: str  # hash
    language: str

    def subject(self, salt: str, content: Mapping[ItemKey, str | None]) -> SubjectId:
        """The id of the edition that has this content: of another content it would be another."""
        return edition_id(self.round, self.form_id, self.respondent, salt, _digest(content))


@dataclass(frozen=True, slots=True)
class Edition:
    """A public edition, ready to be written."""

    subject: SubjectId
    part: PublicPart
    revisions: Mapping[RevisionId, Revision]


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
        frozenset(each for each in filled.declarations if not is_withheld(each[1], withheld)),
    )


def edition(
    of: EditionOf,
    answers: Mapping[AnswerPath, str],
    places: Mapping[AnswerPath, str],
    secret: bytes,
    nothing: Collection[AnswerPath] = (),
) -> Edition:
    """The edition that says these answers and nothing else.

    Args:
        answers: Texts by path.
        places: Order keys of the entries around these answers, by the entries' paths. Those of counted and fixed
            repeats are not among them: they have numbers already.
        secret: Of the store.
        nothing: Sections and repeats of which there is nothing to report.
    """
    content = _numbered(answers, places, nothing)
    salt = _salt(of, content, secret)
    subject = of.subject(salt, content)
    made = (
        Revision("", salt, kind, MADE_AT, (), path, subject, value) for (kind, path), value in content.items()
    )
    return Edition(subject, PublicPart(salt=salt), {revision_id(one): one for one in made})


def check_public(
    part: PublicPart | None,
    of: EditionOf,
    subject: SubjectId,
    revisions: Mapping[RevisionId, Revision],
    file: str,
) -> None:
    """Raises an IscmError where a file calls itself a public edition, and is something else."""
    if part is None:
        return
    if not part.is_apart:
        kinds = {one.kind for one in revisions.values()}
        is_sound = EDITION in kinds and kinds <= _KINDS_OF_OLD
    else:
        is_sound = _is_edition(part.salt, of, subject, revisions.values())
    if not is_sound:
        raise IscmError(FileProblem.PACKAGE_CONTRADICTS, file=file)


def public_words(part: PublicPart | None) -> str:
    """What people who merge are told; "" of a package that is whole."""
    if part is None:
        return ""
    if part.is_apart:
        return _(
            "This is a public edition: answers only, without what is not for publication. It stands beside the "
            "response and changes none of its answers."
        )
    if not part.left_out:
        return _("This is a public edition: answers only, without their history, notes and sign-off.")
    return ngettext(
        "This is a public edition: {count} answer is left out of it. Merging it deletes nothing.",
        "This is a public edition: {count} answers are left out of it. Merging it deletes nothing.",
        part.left_out,
    ).format(count=part.left_out)


def _is_edition(salt: str, of: EditionOf, subject: SubjectId, revisions: Iterable[Revision]) -> bool:
    content: dict[ItemKey, str | None] = {}
    for one in revisions:
        as_made = Revision("", salt, one.kind, MADE_AT, (), one.path, subject, one.value)
        if one != as_made or one.kind not in CONTENT_KINDS or one.value is None or one.key in content:
            return False
        content[one.key] = one.value
    return of.subject(salt, content) == subject


def _numbered(
    answers: Mapping[AnswerPath, str], places: Mapping[AnswerPath, str], nothing: Collection[AnswerPath]
) -> dict[ItemKey, str | None]:
    """The content with entries named and placed by their number alone: ids and order keys tell of what has gone."""
    content: dict[ItemKey, str | None] = {}
    numbers: dict[str, str] = {}
    orders = in_order(places.items())
    for repeat, ids in orders.items():
        for number, id_ in enumerate(ids, start=1):
            numbers[path_below(repeat, id_)] = str(number)
    for repeat, ids in orders.items():
        width = len(str(len(ids)))
        for number, id_ in enumerate(ids, start=1):
            content[item_key(ENTRY, _renamed(path_below(repeat, id_), numbers))] = f"{number:0{width}}5"
    content |= {item_key(NOTHING, _renamed(path, numbers)): NOTHING_SAID for path in nothing}
    content |= {item_key(ANSWER, _renamed(path, numbers)): text for path, text in answers.items()}
    return content


def _renamed(path: str, numbers: Mapping[str, str]) -> ItemPath:
    before, names = "", []
    for name in path.split("/"):
        before = f"{before}/{name}" if before else name
        names.append(numbers.get(before, name))
    return ItemPath("/".join(names))


def _salt(of: EditionOf, content: Mapping[ItemKey, str | None], secret: bytes) -> str:
    told = msgspec.json.encode((of, _digest(content)))
    return hmac.digest(secret, told, "sha256").hex()[:32]


def _digest(content: Mapping[ItemKey, str | None]) -> str:
    return edition_content((kind, str(path), value or "") for (kind, path), value in content.items())
