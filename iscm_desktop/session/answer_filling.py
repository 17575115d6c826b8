"""Answers from a file into a form session: by path or by name, repeats as lists of objects.

Used by the command line and the sample round. All keys are looked up before the first answer is given, so a
file with a wrong key changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, last_name, outside_repeats
from iscm_desktop.questionnaire.model import Group, Item, Kind, Question, Repeat
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath


@dataclass(frozen=True, slots=True)
class _PlacedAnswer:
    question: Question
    text: str
    is_stored: bool  # a number of the file, which says the same in every language


@dataclass(frozen=True, slots=True)
class _PlacedEntries:
    repeat: Repeat
    entries: tuple[tuple["_Placed", ...], ...]


_Placed = _PlacedAnswer | _PlacedEntries


def fill_session(session: FormSession, answers: Mapping[str, object]) -> None:
    """Gives `answers` to `session` in form order; repeats named there end with exactly the entries listed.

    An entry that begins with the same answer as one that is there goes on with it: a State's block about a
    mechanism stays the block about that mechanism, in whatever order a file lists them.

    Args:
        session: Where the answers go; what is not named stays as it is.
        answers: Keys are paths ("ISC-B/ISC-B01", also "/iscm/ISC-B/ISC-B01"), names that occur once
            ("ISC-B01"), or groups holding such keys. Values are texts, numbers, true or false, lists of
            choice values, None for blank, and for repeats lists of objects. Numbers mean the same in every
            language; texts are read as if they were typed.

    Raises:
        IscmError: ANSWERS_UNKNOWN names every key that the questionnaire does not have.
    """
    placed, unknown = _place_all(session, answers)
    if unknown:
        keys = ", ".join(f"'{key}'" for key in unknown)
        raise IscmError(AnswerProblem.ANSWERS_UNKNOWN, title=session.questionnaire.title, keys=keys)
    _give(session, placed, WHOLE_RESPONSE)


def _place_all(session: FormSession, answers: Mapping[str, object]) -> tuple[tuple[_Placed, ...], list[str]]:
    questionnaire = session.questionnaire
    root = f"/{questionnaire.root}/" if questionnaire.root else "/"
    unknown: list[str] = []
    return _placed(session.items, answers, root, "", unknown), unknown


def _placed(
    items: Sequence[Item], answers: Mapping[str, object], root: str, inside: str, unknown: list[str]
) -> tuple[_Placed, ...]:
    """What `answers` says about `items`, in form order; keys that fit nothing go to `unknown`."""
    order = {item.path: position for position, item in enumerate(_reachable(items))}
    by_key = _keys(items, inside)
    found: list[_Placed] = []
    for key, value in answers.items():
        item = by_key.get(key.removeprefix(root))
        if item is None:
            unknown.append(key)
        elif isinstance(item, Question):
            found.append(_PlacedAnswer(item, as_text(value), is_stored=_is_stored(item, value)))
        elif isinstance(item, Repeat):
            entries = value if isinstance(value, list) else [value]
            found.append(_PlacedEntries(item, tuple(_entry(item, entry, root, unknown) for entry in entries)))
        elif isinstance(value, Mapping):
            found.extend(_placed(item.items, value, root, item.path, unknown))
        else:
            unknown.append(key)
    return tuple(sorted(found, key=lambda placed: order.get(_item(placed).path, 0)))


def _entry(repeat: Repeat, entry: object, root: str, unknown: list[str]) -> tuple[_Placed, ...]:
    if isinstance(entry, Mapping):
        return _placed(repeat.items, entry, root, repeat.path, unknown)
    unknown.append(repeat.path)
    return ()


def _item(placed: _Placed) -> Item:
    return placed.question if isinstance(placed, _PlacedAnswer) else placed.repeat


def _reachable(items: Sequence[Item]) -> Iterator[Item]:
    """Items in form order, groups opened; repeats are named but not entered."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from _reachable(item.items)


def _keys(items: Sequence[Item], inside: str) -> dict[str, Item]:
    """Every key by which an item may be named: whole path, path from here, or a name that occurs once."""
    reachable = tuple(_reachable(items))
    names = [item.path.rpartition("/")[2] for item in reachable]
    times = Counter(names)
    once = {name: item for name, item in zip(names, reachable, strict=True) if times[name] == 1}
    below = {item.path.removeprefix(f"{inside}/"): item for item in reachable} if inside else {}
    return once | below | {item.path: item for item in reachable}


def as_text(value: object) -> str:
    """A value of a JSON file as the text that somebody would type; None is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(as_text(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def _is_stored(question: Question, value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and question.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)


def _give(session: FormSession, placed: Sequence[_Placed], entry: AnswerPath) -> None:
    for one in placed:
        path = path_in(_item(one), entry)
        if isinstance(one, _PlacedAnswer):
            session.answer(path, one.text, is_stored=one.is_stored)
            continue
        for entry_path, answers in zip(_entry_paths(session, path, one), one.entries, strict=True):
            _give(session, answers, entry_path)


def path_in(item: Item, entry: AnswerPath) -> AnswerPath:
    """The path of `item` inside `entry`, whose ids stand where the template goes through repeats."""
    if not entry:
        return outside_repeats(item.path)
    names, ids = item.path.split("/"), entry.split("/")
    path: list[str] = []
    while names and ids:
        part = ids.pop(0)
        path.append(part)
        if part == names[0]:
            names.pop(0)
    return AnswerPath("/".join([*path, *ids, *names]))


def _entry_paths(session: FormSession, repeat: AnswerPath, wanted: _PlacedEntries) -> tuple[AnswerPath, ...]:
    """One entry for each that is listed, in this order: those that are there where they fit, else new ones.

    Where the form, not the person, decides about the entries, they are taken as they come.

    Raises:
        IscmError: ANSWERS_UNKNOWN where the form has fewer entries than are listed.
    """
    there = [entry.path for entry in session.repeat(repeat).entries]
    if wanted.repeat.count or wanted.repeat.is_fixed:
        return _decided_by_form(session, repeat, there, len(wanted.entries))
    going_on = _going_on(session, there, wanted)
    for path in there:
        if path not in going_on:
            session.remove_entry(path)
    placed: list[AnswerPath] = []
    for found in going_on:
        after = last_name(placed[-1]) if placed else None
        if found is None:
            placed.append(session.add_entry(repeat, after=after))
        else:
            session.move_entry(found, after)
            placed.append(found)
    return tuple(placed)


def _decided_by_form(
    session: FormSession, repeat: AnswerPath, there: Sequence[AnswerPath], wanted: int
) -> tuple[AnswerPath, ...]:
    if wanted > len(there):
        keys = ", ".join(f"'{repeat}/{number}'" for number in range(len(there) + 1, wanted + 1))
        raise IscmError(AnswerProblem.ANSWERS_UNKNOWN, title=session.questionnaire.title, keys=keys)
    return tuple(there[:wanted])


def _going_on(
    session: FormSession, there: Sequence[AnswerPath], wanted: _PlacedEntries
) -> tuple[AnswerPath | None, ...]:
    """For each entry that is listed the one that is there and begins with the same answer; None: a new one."""
    left, found = list(there), list[AnswerPath | None]()
    for answers in wanted.entries:
        first = next((each for each in answers if isinstance(each, _PlacedAnswer) and each.text), None)
        same = next((path for path in left if first is not None and _says(session, path, first)), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    return tuple(found)


def _says(session: FormSession, entry: AnswerPath, answer: _PlacedAnswer) -> bool:
    view = session.view(path_in(answer.question, entry))
    return view.text == (answer.text if answer.is_stored else session.stored_text(view.path, answer.text))
