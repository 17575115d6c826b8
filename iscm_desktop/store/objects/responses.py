"""Responses in and out of the store: made, read as a form session wants them, saved, sealed, summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, case, exists, func, select, update

from iscm_desktop.questionnaire.form_paths import path_around
from iscm_desktop.session.views import (
    AnswerChanged,
    AnswerPath,
    Change,
    Declaration,
    DeclarationChanged,
    EntryPlaced,
    EntryRemoved,
)
from iscm_desktop.store.database import tables
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.database.upserts import Insert, insert_for
from iscm_desktop.store.objects.drafts import drafts_of, drop_draft, put_drafts, seal
from iscm_desktop.store.objects.entry_order import EntryOrder, in_order, is_within
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import Revisions, add_subject, digests, items_of, refresh, revisions_of
from iscm_desktop.store.objects.packages import proof_of, signed_responses
from iscm_desktop.store.objects.promise_evidence import promises_of, promises_of_many, sign_off_in_force
from iscm_desktop.store.objects.proof_levels import Ground, ResponseProof
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTENT_KINDS,
    DECLINED,
    EDITION_SUBJECT,
    ENTRY,
    LANGUAGE,
    NOT_OURS,
    NOTHING,
    NOTHING_SAID,
    QUESTIONNAIRE,
    RESPONSE_SUBJECT,
    SIGN_OFF,
    ItemKey,
    ItemPath,
    SubjectId,
    item_key,
)
from iscm_desktop.store.objects.sign_offs import signed_content
from iscm_desktop.store.rows import Progress
from iscm_desktop.text_limits import storable

_DECLARED = CONTENT_KINDS | {NOT_OURS}
"""What a session is told of: answers, entries, and what is said of places."""
_PLACES = frozenset({ENTRY, NOTHING})
"""What decides which entries stand."""
_KIND_OF = {
    Declaration.NOTHING_TO_REPORT: (NOTHING, NOTHING_SAID),
    Declaration.NOT_OURS: (NOT_OURS, DECLINED),
}


@dataclass(frozen=True, slots=True)
class ResponseIdentity:
    """What a response is, apart from what is answered in it."""

    id: SubjectId
    round: str
    form_id: str
    respondent: str
    respondent_name: str
    is_edition: bool = False  # a public edition, which stands beside the response itself

    @property
    def kind(self) -> str:
        """What its items are about."""
        return EDITION_SUBJECT if self.is_edition else RESPONSE_SUBJECT


@dataclass(frozen=True, slots=True)
class FilledAnswers:
    """A response's present, drafts included."""

    answers: dict[AnswerPath, str]
    entries: dict[AnswerPath, tuple[str, ...]]  # entry ids in order, by the path of their repeat
    declarations: frozenset[tuple[Declaration, AnswerPath]] = frozenset()


def add_response(
    db: Transaction,
    identity: ResponseIdentity,
    questionnaire: str,
    language: str,
    made_at: datetime,
    *,
    is_made_here: bool,
) -> None:
    """Adds a response unless it is here already; one known from files only becomes ours when started here."""
    add_subject(db, identity.id, identity.kind)
    values = {
        "id": identity.id, "round": identity.round, "form_id": identity.form_id,
        "respondent": identity.respondent, "respondent_name": identity.respondent_name,
        "questionnaire": questionnaire, "language": language, "is_made_here": is_made_here,
        "is_hidden": False, "changed_at": made_at,
    }  # fmt: skip
    db.sql.execute(_put_response(db.dialect, is_made_here=is_made_here), values)


@cache
def _put_response(dialect: str, *, is_made_here: bool) -> Insert:
    put = insert_for(dialect, tables.ResponseRecord)
    if is_made_here:
        return put.on_conflict_do_update(
            index_elements=["id"], set_={"is_made_here": True, "is_hidden": False}
        )
    before, now = tables.ResponseRecord.changed_at, put.excluded.changed_at
    changed_at = case((now > before, now), else_=before)
    return put.on_conflict_do_update(
        index_elements=["id"], set_={"is_hidden": False, "changed_at": changed_at}
    )


def response_ids(db: Transaction) -> set[SubjectId]:
    """All that are known, hidden ones included."""
    return set(db.sql.execute(select(tables.ResponseRecord.id)).scalars())


def changed_last(db: Transaction, most: int) -> tuple[SubjectId, ...]:
    """The responses in view that were changed last, the newest first; of what is too much to count none."""
    one = tables.ResponseRecord
    is_too_much = one.asked.is_not(None) & one.missing.is_(None)
    query = select(one.id).where(one.is_hidden.is_(False), ~is_too_much)
    return tuple(db.sql.scalars(query.order_by(one.changed_at.desc(), one.id).limit(most)))


def made_here(db: Transaction, form_id: str, *, but: SubjectId) -> SubjectId | None:
    """Of the responses to a questionnaire that began on this computer, the one changed last, another than `but`."""
    response = tables.ResponseRecord
    query = select(response.id).where(response.form_id == form_id, response.id != but)
    wanted = query.where(response.is_made_here, ~response.is_hidden).order_by(response.changed_at.desc())
    return db.sql.execute(wanted.limit(1)).scalar_one_or_none()


def is_made_here(db: Transaction, subject: SubjectId) -> bool:
    """Whether a response was started on this computer; False also where it is not known at all."""
    query = select(tables.ResponseRecord.is_made_here).where(tables.ResponseRecord.id == subject)
    return bool(db.sql.execute(query).scalar_one_or_none())


def those_here(db: Transaction, subjects: Collection[SubjectId]) -> set[SubjectId]:
    """Which of these the store knows, hidden ones included."""
    query = select(tables.ResponseRecord.id).where(tables.ResponseRecord.id.in_(subjects))
    return set(db.sql.execute(query).scalars())


def filled(
    db: Transaction,
    subject: SubjectId,
    device: str,
    fits: Callable[[ItemKey], bool],
) -> FilledAnswers:
    """The answers and entries as they stand now on this device, without those of removed entries.

    Args:
        fits: Whether an entry, or what has nothing to report, can lie where it is said to, as the questionnaire has
            it: a "removal" of anything else, which a file may bring, takes nothing away.
    """
    return standing_answers(_content(db, subject, device, _DECLARED), fits)


def standing_entries(
    db: Transaction, subject: SubjectId, device: str, fits: Callable[[ItemKey], bool]
) -> dict[AnswerPath, tuple[str, ...]]:
    """Of these the entries alone."""
    return standing_answers(_content(db, subject, device, _PLACES), fits).entries


def standing_answers(present: Mapping[ItemKey, str | None], fits: Callable[[ItemKey], bool]) -> FilledAnswers:
    """Of the present values of answers and entries, those that stand; `fits` as above."""
    removed = {key[1] for key, value in present.items() if key[0] == ENTRY and value is None and fits(key)}
    said = {key[1] for key, value in present.items() if key[0] == NOTHING and value is not None and fits(key)}
    standing = {
        key: value
        for key, value in present.items()
        if value is not None and not is_within(key[1], removed) and not (said and _is_below(key[1], said))
    }
    answers = {AnswerPath(path): value for (kind, path), value in standing.items() if kind == ANSWER}
    entries = ((AnswerPath(path), value) for (kind, path), value in standing.items() if kind == ENTRY)
    nothing = (
        (Declaration.NOTHING_TO_REPORT, path) for kind, path in standing if kind == NOTHING and path in said
    )
    not_ours = ((Declaration.NOT_OURS, path) for kind, path in standing if kind == NOT_OURS)
    declared = frozenset((one, AnswerPath(path)) for one, path in (*nothing, *not_ours))
    return FilledAnswers(answers, in_order(entries), declared)


def _is_below(path: ItemPath, said: Collection[str]) -> bool:
    """Whether it lies in a section or repeat with nothing to report, itself left out."""
    return is_within(ItemPath(path_around(AnswerPath(path))), said)


def touched(db: Transaction, subject: SubjectId, device: str) -> frozenset[AnswerPath]:
    """Paths of all answers and entries that were ever given, those cleared and removed since included."""
    return frozenset(AnswerPath(path) for _kind, path in _content(db, subject, device))


def save_changes(
    db: Transaction,
    subject: SubjectId,
    changes: Sequence[Change],
    author: str,
    made_at: datetime,
    progress: Progress,
    device: str,
    *,
    given: Collection[AnswerPath] = (),
) -> None:
    """Keeps what a session reports as drafts of this device, and how far the response is with them.

    Args:
        given: What the program fills in while nobody has said anything there: that it was cleared is kept, too.
    """
    is_plain = all(isinstance(change, AnswerChanged) for change in changes)
    paths = {change.path for change in changes} if is_plain else None
    present = items_of(db, subject, _DECLARED, paths)
    values: dict[ItemKey, str | None] = {}
    entries: EntryOrder | None = None
    undone: set[str] = set()
    for change in changes:
        match change:
            case AnswerChanged(path, text):
                values[item_key(ANSWER, path)] = _storable(text)
            case EntryRemoved(path):
                entries = entries or EntryOrder(db, subject, present, device)
                entries.remove(path)
                if change.is_undone and not any(is_within(key[1], (path,)) for key in present):
                    undone.add(path)
                    values = {key: text for key, text in values.items() if not is_within(key[1], (path,))}
                else:
                    values[item_key(ENTRY, path)] = None
            case DeclarationChanged(path, declaration, is_made):
                kind, value = _KIND_OF[declaration]
                values[item_key(kind, path)] = value if is_made else None
            case EntryPlaced(path, after):
                entries = entries or EntryOrder(db, subject, present, device)
                values |= {item_key(ENTRY, moved): key for moved, key in entries.place(path, after).items()}
    if undone:  # nobody has seen them, so they were never there
        for key in drafts_of(db, subject, device):
            if is_within(key[1], undone) and key not in values:
                drop_draft(db, subject, key, device)
    kept_blank = {item_key(ANSWER, path) for path in given}
    put_drafts(db, subject, values, present, author, made_at, device, kept_blank=kept_blank)
    touch(db, subject, made_at, progress)


def put_item(
    db: Transaction,
    subject: SubjectId,
    key: ItemKey,
    value: str | None,
    author: str,
    made_at: datetime,
    device: str,
) -> None:
    """Keeps a new value of any other item of a response: a note, a language…"""
    put_drafts(
        db, subject, {key: _storable(value or "")}, items_of(db, subject, [key[0]]), author, made_at, device
    )
    touch(db, subject, made_at)


def touch(
    db: Transaction, subject: SubjectId, changed_at: datetime, progress: Progress | None = None
) -> None:
    """Remembers when a response was changed and, where it was counted, how far it is."""
    known = {} if progress is None else _figures(progress)
    changed = update(tables.ResponseRecord).where(tables.ResponseRecord.id == subject)
    db.sql.execute(changed.values(changed_at=changed_at, **known))


def set_progress(db: Transaction, subject: SubjectId, progress: Progress | None) -> None:
    """Keeps how far a response is filled in; None: it must be counted again."""
    db.sql.execute(
        update(tables.ResponseRecord).where(tables.ResponseRecord.id == subject).values(_figures(progress))
    )


def _figures(progress: Progress | None) -> dict[str, int | None]:
    if progress is None:
        return {"answered": None, "asked": None, "missing": None, "wrong": None}
    missing = None if progress.is_too_much else progress.missing
    return {
        "answered": progress.answered, "asked": progress.asked, "missing": missing, "wrong": progress.wrong,
    }  # fmt: skip


def seal_response(db: Transaction, subject: SubjectId, device: str) -> bool:
    """Seals what this device has typed into a response, and sums it up anew if that was anything; whether it was."""
    if has_drafts := seal(db, subject, device):
        sum_up(db, subject)
    return has_drafts


def sum_up(
    db: Transaction, subject: SubjectId, revisions: Revisions | None = None
) -> dict[ItemKey, ItemState]:
    """Works out anew what follows from a response's revisions; `revisions` are those in view, if at hand."""
    revisions = revisions_of(db, subject) if revisions is None else revisions
    proof = proof_of(db, subject)
    present = refresh(db, subject, revisions, proof.levels(revisions))
    used = _questionnaire_of(present)
    known = db.sql.execute(
        select(tables.QuestionnaireRecord.hash).where(tables.QuestionnaireRecord.hash == used)
    ).scalars()
    figures = summed_up(present, set(known), proof)
    if item_key(SIGN_OFF) in present:
        figures["signed_content"] = signed_content(sign_off_in_force(promises_of(db, subject)))
    db.sql.execute(update(tables.ResponseRecord).where(tables.ResponseRecord.id == subject).values(figures))
    return present


def set_signed(db: Transaction, subjects: Collection[SubjectId]) -> None:
    """Works out anew which content of these responses is signed off, by the sign-offs that count."""
    one = tables.ResponseRecord
    signed = [
        {"whose": subject, "said": signed_content(sign_off_in_force(evidence))}
        for subject, evidence in promises_of_many(db, subjects).items()
    ]
    if signed:
        changed = update(one).where(one.id == bindparam("whose"), one.signed_content != bindparam("said"))
        db.sql.execute(changed.values(signed_content=bindparam("said")), signed)


def judge_promises(
    db: Transaction, whose: Collection[tuple[str, str]], also: Collection[SubjectId] = ()
) -> None:
    """Which device is known has changed for respondents: their sign-offs may count now, or no longer.

    Args:
        whose: Form and code of each respondent.
        also: Other responses of which to work it out anew.
    """
    one, item, found = tables.ResponseRecord, tables.ItemRecord, set(also)
    if whose:
        codes = {respondent for _form_id, respondent in whose}
        is_signed = exists().where(item.subject == one.id, item.kind == SIGN_OFF)
        query = select(one.id, one.form_id, one.respondent).where(one.respondent.in_(codes), is_signed)
        found |= {id_ for id_, form_id, respondent in db.sql.execute(query) if (form_id, respondent) in whose}
    set_signed(db, sorted(found))


def sum_up_signed(db: Transaction, key: str) -> None:
    """Sums responses up anew that hold files of a device, after it became known, or was forgotten."""
    for subject, _key in sorted(signed_responses(db, [key])):
        sum_up(db, subject)
        set_progress(db, subject, None)


def summed_up(
    present: Mapping[ItemKey, ItemState], questionnaires: Container[str], proof: ResponseProof
) -> dict[str, object]:
    """What the line of a response says of its items; `questionnaires` are the hashes that the store knows.

    Which content is signed off does not follow from items alone: `set_signed` says so once the rows are there.
    """
    content, everything = digests(present)
    figures: dict[str, object] = {
        "conflicts": sum(state.is_conflict for state in present.values()),
        "content": content,
        "everything": everything,
        "signed_content": "",
        "rests_on": _rests_on(present, proof),
    }
    if language := value_of(present, LANGUAGE):
        figures["language"] = language
    if (used := _questionnaire_of(present)) in questionnaires:
        figures["questionnaire"] = used
    return figures


def _rests_on(present: Mapping[ItemKey, ItemState], proof: ResponseProof) -> str:
    """How many answers rest on what: "6:77 0:3", by `Ground`."""
    answered = [
        state.heads[0] for key, state in present.items() if key[0] == ANSWER and state.value is not None
    ]
    counts = proof.counted(answered)
    return " ".join(f"{ground.value}:{count}" for ground, count in sorted(counts.items(), reverse=True))


def what_answers_rest_on(db: Transaction, round_code: str) -> Counter[Ground]:
    """How many answers of a round rest on what; sealed ones, of responses in view."""
    one = tables.ResponseRecord
    query = select(one.rests_on).where(one.round == round_code, ~one.is_hidden, one.rests_on != "")
    counts: Counter[Ground] = Counter()
    for text in db.sql.execute(query).scalars():
        for part in text.split():
            ground, _, count = part.partition(":")
            counts[Ground(int(ground))] += int(count)
    return counts


def responses_resting_on(db: Transaction, round_code: str, ground: Ground) -> dict[SubjectId, int]:
    """Responses of a round in view with sealed answers that rest on this, and how many of them; by name."""
    one = tables.ResponseRecord
    query = (
        select(one.id, one.rests_on)
        .where(one.round == round_code, ~one.is_hidden, one.rests_on.contains(f"{ground.value}:"))
        .order_by(one.respondent_name, one.id)
    )
    found = {}
    for subject, text in db.sql.execute(query):
        counts = dict(part.split(":") for part in text.split())
        if count := int(counts.get(str(ground.value), 0)):
            found[subject] = count
    return found


def _questionnaire_of(present: Mapping[ItemKey, ItemState]) -> str:
    return (value_of(present, QUESTIONNAIRE) or "").rpartition(" ")[2]


def questionnaire_hash(db: Transaction, subject: SubjectId) -> str:
    """The hash of the questionnaire with which a response is filled in."""
    return db.sql.execute(
        select(tables.ResponseRecord.questionnaire).where(tables.ResponseRecord.id == subject)
    ).scalar_one()


def whose(db: Transaction, subject: SubjectId) -> tuple[str, str]:
    """Code and name of the respondent whose response it is."""
    one = tables.ResponseRecord
    code, name = db.sql.execute(select(one.respondent, one.respondent_name).where(one.id == subject)).one()
    return code, name


def set_language(db: Transaction, subject: SubjectId, language: str) -> None:
    """Chooses the language of a response on this computer alone; no item says so."""
    db.sql.execute(
        update(tables.ResponseRecord).where(tables.ResponseRecord.id == subject).values(language=language)
    )


def content_of(db: Transaction, subject: SubjectId) -> str:
    """Digest of what is answered, as far as it is sealed."""
    return db.sql.execute(
        select(tables.ResponseRecord.content).where(tables.ResponseRecord.id == subject)
    ).scalar_one()


def has_unsealed_content(db: Transaction, subject: SubjectId) -> bool:
    """Whether answers or entries are being typed, on any device, that `content_of` does not know of."""
    draft = tables.DraftRecord
    typed = select(draft.subject).where(draft.subject == subject, draft.kind.in_(CONTENT_KINDS)).limit(1)
    return db.sql.execute(typed).first() is not None


def everything_of(db: Transaction, subject: SubjectId) -> str:
    """Digest of all that an export carries, as far as it is sealed."""
    return db.sql.execute(
        select(tables.ResponseRecord.everything).where(tables.ResponseRecord.id == subject)
    ).scalar_one()


def stamp_of(db: Transaction, subject: SubjectId) -> str:
    """Changes whenever an answer does, typed or merged; for those who keep what they worked out."""
    drafts = select(func.count(), func.max(tables.DraftRecord.made_at)).where(
        tables.DraftRecord.subject == subject
    )
    count, newest = db.sql.execute(drafts).one()
    return f"{questionnaire_hash(db, subject)} {everything_of(db, subject)} {count} {newest}"


def set_exported(db: Transaction, subject: SubjectId, everything: str, at: datetime) -> None:
    """Remembers what was written to a file, so that the list can say whether it has changed since."""
    db.sql.execute(
        update(tables.ResponseRecord)
        .where(tables.ResponseRecord.id == subject)
        .values(exported=everything, exported_at=at)
    )


def value_of(present: Mapping[ItemKey, ItemState], kind: str, path: str = "") -> str | None:
    """The value of an item among those present; None where there is none, or it was cleared."""
    state = present.get(item_key(kind, path))
    return state.value if state else None


def _content(
    db: Transaction, subject: SubjectId, device: str, kinds: Collection[str] = CONTENT_KINDS
) -> dict[ItemKey, str | None]:
    present = {key: state.value for key, state in items_of(db, subject, kinds).items()}
    return present | {
        key: draft.value for key, draft in drafts_of(db, subject, device).items() if key[0] in kinds
    }


def _storable(text: str) -> str | None:
    """None for blank. No database and no file takes NUL or half of a character; what was there is marked as lost."""
    return storable(text) or None
