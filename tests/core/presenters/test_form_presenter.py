"""The frame around the questions: how far a response is, which section is open, and where one goes.

F-01  Who comes back goes on at the first section with something left to do.
F-02  Progress is measured against what is required; what is wrong comes first.
F-03  Behind the last section come review and export; before the first there is nothing.
F-05  A section that is not asked is in no list and is no step.
"""

from __future__ import annotations

import pytest

from iscm_desktop.presenters.fill_state import FillState, fill_state
from iscm_desktop.presenters.form_presenter import (
    FormPresenter,
    FormStep,
    entry_word,
    items_inside,
    longest_unused,
)
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.workspace.responses.version_service import WithdrawnRow
from tests.support.entering import entering

FORM = """
| survey |
|        | type          | name    | label          | required | relevant       | constraint  |
|        | begin_group   | about   | About          |          |                |             |
|        | text          | name    | Name           | yes      |                |             |
|        | select_one yn | fee     | Is there a fee?|          |                |             |
|        | end_group     |         |                |          |                |             |
|        | begin_group   | money   | Money          |          | ${fee} = 'yes' |             |
|        | integer       | chf     | Fee, CHF       |          |                | . > 0       |
|        | end_group     |         |                |          |                |             |
|        | begin_group   | members | Members        |          |                |             |
|        | begin_repeat  | state   | States         |          |                |             |
|        | text          | code    | Code           |          |                |             |
|        | end_repeat    |         |                |          |                |             |
|        | end_group     |         |                |          |                |             |
| choices |
|        | list_name     | name    | label          |
|        | yn            | yes     | Yes            |
|        | yn            | no      | No             |
"""

ABOUT, MONEY, MEMBERS = AnswerPath("about"), AnswerPath("money"), AnswerPath("members")
NAME, FEE, CHF = AnswerPath("about/name"), AnswerPath("about/fee"), AnswerPath("money/chf")


@pytest.fixture
def session() -> FormSession:
    return entering(FORM)


@pytest.fixture
def presenter(session: FormSession) -> FormPresenter:
    return FormPresenter(session)


def labels(presenter: FormPresenter) -> list[str]:
    return [section.label for section in presenter.view.sections]


def test_at_first_nothing_is_open_or_begun(presenter: FormPresenter) -> None:
    view = presenter.view
    assert (view.current, view.state) == (WHOLE_RESPONSE, FillState.NOT_BEGUN)
    assert (view.previous, view.following) == (None, None)
    assert view.sentence == "0 of 2 answered · 1 required left · about 1 min left"
    assert view.share == (0, 2)
    assert view.first_wanting == ABOUT


def test_what_is_required_counts(presenter: FormPresenter, session: FormSession) -> None:
    """F-02: nobody owes the optional answers."""
    session.answer(FEE, "no")
    assert presenter.view.state is FillState.BEGUN
    session.answer(NAME, "IGC")
    view = presenter.view
    assert (view.state, view.first_wanting) == (FillState.COMPLETE, None)
    assert view.sentence == "2 of 2 answered · nothing missing"
    assert view.share == (2, 2)


def test_a_wrong_answer_needs_attention(presenter: FormPresenter, session: FormSession) -> None:
    """F-01, F-02."""
    session.answer(NAME, "IGC")
    session.answer(FEE, "yes")
    session.answer(CHF, "-5")
    view = presenter.view
    assert view.state is FillState.NEEDS_ATTENTION
    assert view.attention == "1 answer needs attention"
    assert view.first_wanting == MONEY
    session.answer(CHF, "5")
    assert presenter.view.attention == ""


def test_a_section_that_is_not_asked_is_in_no_list(presenter: FormPresenter, session: FormSession) -> None:
    """F-05."""
    assert labels(presenter) == ["About", "Members"]
    presenter.open_section(ABOUT)
    assert presenter.step(1) == (FormStep.SECTION, MEMBERS)
    session.answer(FEE, "yes")
    assert labels(presenter) == ["About", "Money", "Members"]
    assert presenter.step(1) == (FormStep.SECTION, MONEY)


def test_neighbours_are_named(presenter: FormPresenter, session: FormSession) -> None:
    """F-03."""
    session.answer(FEE, "yes")
    neighbours = {}
    for section in presenter.view.sections:
        presenter.open_section(section.path)
        view = presenter.view
        beside = (view.previous, view.following)
        neighbours[section.label] = tuple(None if each is None else each.label for each in beside)
    assert neighbours == {
        "About": (None, "Money"),
        "Money": ("About", "Members"),
        "Members": ("Money", None),
    }


def test_behind_the_last_section_comes_review(presenter: FormPresenter) -> None:
    """F-03."""
    presenter.open_section(MEMBERS)
    assert presenter.step(1) == (FormStep.REVIEW, WHOLE_RESPONSE)
    assert presenter.step(-1) == (FormStep.SECTION, ABOUT)
    presenter.open_section(ABOUT)
    assert presenter.step(-1) == (FormStep.NOWHERE, WHOLE_RESPONSE)


def test_every_path_leads_to_its_section(presenter: FormPresenter, session: FormSession) -> None:
    entry = session.add_entry(AnswerPath("members/state"))
    assert presenter.section_of(ABOUT) == ABOUT
    assert presenter.section_of(NAME) == ABOUT
    assert presenter.section_of(AnswerPath(f"{entry}/code")) == MEMBERS
    assert presenter.section_of(AnswerPath("elsewhere/name")) is None


def test_what_is_inside_a_repeat_is_inside_its_section(session: FormSession) -> None:
    entry = session.add_entry(AnswerPath("members/state"))
    paths = [item.path for item in items_inside(session.section(MEMBERS))]
    assert paths == ["members/state", f"{entry}/code"]


def test_answers_no_longer_asked_stand_below_their_section(session: FormSession) -> None:
    """Those of a section that has gone, below the last one."""
    kept = WithdrawnRow(AnswerPath("about/fax"), "Fax", "1", ABOUT)
    stray = WithdrawnRow(AnswerPath("telex/number"), "Telex", "2", WHOLE_RESPONSE)
    presenter = FormPresenter(session, [kept, stray])
    assert presenter.withdrawn_in(ABOUT) == [kept]
    assert presenter.withdrawn_in(MEMBERS) == [stray]


def test_an_entry_is_called_what_the_form_calls_it(session: FormSession) -> None:
    """This form says nothing."""
    assert entry_word(session, AnswerPath("members/state")) == ""


@pytest.mark.parametrize(
    ("coming", "gone"),
    [(5, []), (10, ["about"]), (20, ["about", "money"]), (99, ["about", "money", "members"])],
)
def test_sections_used_longest_ago_make_room(coming: int, gone: list[str]) -> None:
    sizes = {ABOUT: 10, MONEY: 10, MEMBERS: 5}
    assert longest_unused(sizes, coming, most=30) == gone


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ((0, 5, 0, 0), FillState.NOT_BEGUN),
        ((0, 0, 0, 0), FillState.NOT_BEGUN),
        ((1, 5, 2, 0), FillState.BEGUN),
        ((1, 5, 0, 0), FillState.COMPLETE),
        ((5, 5, 0, 1), FillState.NEEDS_ATTENTION),
    ],
)
def test_a_section_stands_as_its_counts_say(counts: tuple[int, int, int, int], state: FillState) -> None:
    assert fill_state(*counts) is state


def test_states_have_words() -> None:
    assert [state.words for state in FillState] == ["not begun", "begun", "complete", "needs attention"]
