"""What must hold whatever people do, in whatever order.

S-40  After any edits, a response looks exactly like one opened afresh from its stored answers.
S-41  Undoing everything leads back to where the person began, redoing everything to where they stopped.
S-42  Replaying the changes that the store was told leads to the same response.
S-43  Only what was announced as changed looks different.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.questionnaire.catalogue import shipped, shipped_keys
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, EntryPlaced, EntryRemoved
from tests.support.editing import all_questions, all_repeats, edit, luck, state, stored
from tests.support.entering import NOW, entering

SKIPS = """
| survey |
|        | type            | name   | label                | relevant                   | required        | constraint  | calculation      | choice_filter         |
|        | begin_group     | fees   | Fees                 |                            |                 |             |                  |                       |
|        | select_one yn   | fee    | Is there a fee?      |                            | yes             |             |                  |                       |
|        | decimal         | amount | Fee                  | ${fee} = 'yes'             | ${fee} = 'yes'  | . >= 0      |                  |                       |
|        | begin_group     | detail | Details of ${amount} | ${amount} > 1              |                 |             |                  |                       |
|        | text            | why    | Why ${amount}?       |                            |                 |             |                  |                       |
|        | calculate       | double |                      |                            |                 |             | ${amount} * 2    |                       |
|        | note            | twice  | Twice is ${double}   | ${double} > 3              |                 |             |                  |                       |
|        | end_group       |        |                      |                            |                 |             |                  |                       |
|        | end_group       |        |                      |                            |                 |             |                  |                       |
|        | begin_group     | topics | Themes               |                            |                 |             |                  |                       |
|        | select_multiple t | themes | Themes             |                            | yes             |             |                  |                       |
|        | rank t          | order  | Most important       | count-selected(${themes}) > 1 | yes          | count-selected(.) < 3 |        | selected(${themes}, name) |
|        | select_one c    | city   | City                 |                            |                 |             |                  | country = ${themes}   |
|        | end_group       |        |                      |                            |                 |             |                  |                       |
| choices |
|  | list_name | name | label | country |
|  | yn | yes | Yes | |
|  | yn | no | No | |
|  | t | a | A | |
|  | t | b | B | |
|  | t | c | C | |
|  | c | x | X | a |
|  | c | y | Y | b |
|  | c | z | Z | b |
"""  # noqa: E501

REPEATS = """
| survey |
|        | type            | name   | label          | relevant          | required | constraint | calculation                      | repeat_count | bind::iscm:min_entries | choice_filter |
|        | integer         | least  | Least          |                   |          |            |                                  |              |                        |               |
|        | begin_repeat    | event  | Event          | ${least} != 7     |          |            |                                  |              | 1                      |               |
|        | integer         | year   | Year           |                   | yes      | . >= ${least} |                               |              |                        |               |
|        | calculate       | place  |                |                   |          |            | position(..)                     |              |                        |               |
|        | text            | what   | What in ${year}, no. ${place} | ${year} > 1 |  |            |                                  |              |                        |               |
|        | calculate       | sofar  |                |                   |          |            | sum(${year})                     |              |                        |               |
|        | begin_repeat    | person | Person         |                   |          |            |                                  |              |                        |               |
|        | text            | name   | Name           |                   |          |            |                                  |              |                        |               |
|        | calculate       | ids    |                |                   |          |            | concat(${place}, '-', position(..), ${name}) |  |                        |               |
|        | end_repeat      |        |                |                   |          |            |                                  |              |                        |               |
|        | calculate       | people |                |                   |          |            | count(${person})                 |              |                        |               |
|        | end_repeat      |        |                |                   |          |            |                                  |              |                        |               |
|        | calculate       | total  |                |                   |          |            | sum(${year})                     |              |                        |               |
|        | calculate       | events |                |                   |          |            | count(${event})                  |              |                        |               |
|        | note            | many   | Many: ${total} | ${events} > 1     |          |            |                                  |              |                        |               |
|        | begin_repeat    | slot   | Slot           |                   |          |            |                                  | ${events}    |                        |               |
|        | text            | word   | Word           |                   |          |            |                                  |              |                        |               |
|        | select_one ${year} | pick | Pick a year   |                   |          |            |                                  |              |                        |               |
|        | end_repeat      |        |                |                   |          |            |                                  |              |                        |               |
| settings |
| | namespaces |
| | iscm="https://iscm-desktop.invalid/xforms" |
"""  # noqa: E501

FORMS = {"skips": SKIPS, "repeats": REPEATS}

SHIPPED = settings(max_examples=8, deadline=None)

editing = given(seed=st.integers(0, 2**32 - 1), actions=st.integers(1, 25))
everywhere = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def reopened(session: FormSession) -> FormSession:
    return entering(session.questionnaire, *stored(session), is_new=False)


def edited(form: str, seed: int, actions: int) -> FormSession:
    session, chance = entering(form), luck(seed)
    for _ in range(actions):
        edit(session, chance)
    return session


@everywhere
@editing
@settings(max_examples=40, deadline=None)
def test_edits_and_a_fresh_start_agree(form: str, seed: int, actions: int) -> None:
    """S-40"""
    session, chance = entering(form), luck(seed)
    for _ in range(actions):
        edit(session, chance)
        assert state(session) == state(reopened(session))


@everywhere
@editing
@settings(max_examples=40, deadline=None)
def test_all_can_be_undone_and_redone(form: str, seed: int, actions: int) -> None:
    """S-41"""
    session = entering(form)
    start = state(session), stored(session)
    chance = luck(seed)
    for _ in range(actions):
        edit(session, chance)
    end = state(session), stored(session)
    while session.can_undo:
        session.undo()
    assert (state(session), stored(session)) == start
    while session.can_redo:
        session.redo()
    assert (state(session), stored(session)) == end


@everywhere
@editing
@settings(max_examples=40, deadline=None)
def test_what_the_store_was_told_is_all_it_needs(form: str, seed: int, actions: int) -> None:
    """S-42"""
    session, chance = entering(form), luck(seed)
    answers: dict[str, str] = {}
    entries: dict[str, list[str]] = {}
    for turn in range(actions):
        edit(session, chance)
        if chance.random() < 0.2:
            session.undo()
        if turn % 3 == 0:
            told(session, answers, entries)
    told(session, answers, entries)
    assert state(entering(session.questionnaire, answers, entries, is_new=False)) == state(session)


def told(session: FormSession, answers: dict[str, str], entries: dict[str, list[str]]) -> None:
    """Keeps what a store would keep."""
    for change in session.take_changes():
        if isinstance(change, AnswerChanged):
            answers[change.path] = change.text
            continue
        repeat, _slash, entry = change.path.rpartition("/")
        ids = entries.setdefault(repeat, [])
        if entry in ids:
            ids.remove(entry)
        if isinstance(change, EntryPlaced):
            ids.insert(0 if change.after is None else ids.index(change.after) + 1, entry)
        else:
            assert isinstance(change, EntryRemoved)


@everywhere
@editing
@settings(max_examples=30, deadline=None)
def test_only_what_was_announced_changes(form: str, seed: int, actions: int) -> None:
    """S-43"""
    session, chance = entering(form), luck(seed)
    announced: set[str] = set()
    session.on_changed.append(announced.update)
    before = looks(session)
    for _ in range(actions):
        announced.clear()
        edit(session, chance)
        now = looks(session)
        different = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        assert different <= announced
        before = now


def looks(session: FormSession) -> dict[str, object]:
    """Each question as it looks, and of each repeat what it says and the order of its entries."""
    found: dict[str, object] = {view.path: view for view in all_questions(session)}
    for repeat in all_repeats(session):
        entries = tuple(entry.entry_id for entry in repeat.entries)
        found[repeat.path] = (
            repeat.label,
            repeat.is_asked,
            entries,
            repeat.can_add,
            repeat.verdict,
            repeat.message,
        )
    return found


@pytest.mark.parametrize("key", shipped_keys())
@editing
@SHIPPED
def test_shipped_questionnaires_agree_with_a_fresh_start(key: str, seed: int, actions: int) -> None:
    """S-40, S-41"""
    session, chance = FormSession(shipped(key), clock=lambda: NOW), luck(seed)
    start = stored(session)
    for _ in range(actions * 4):
        edit(session, chance)
    afresh = FormSession(
        shipped(key), answers=stored(session)[0], entries=stored(session)[1], clock=lambda: NOW, is_new=False
    )
    assert state(afresh) == state(session)
    while session.can_undo:
        session.undo()
    assert stored(session) == start
