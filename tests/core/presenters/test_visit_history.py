"""Back and forward through pages and places."""

from __future__ import annotations

from iscm_desktop.presenters.visit_history import Visit, VisitHistory

LIST, FORM, HELP = Visit("questionnaires"), Visit("response:a"), Visit("help")
FEE = Visit("response:a", "money/fee")


def been(*visits: Visit) -> VisitHistory:
    history = VisitHistory()
    for each in visits:
        history.go(each)
    return history


def test_at_first_there_is_nowhere_to_go() -> None:
    history = VisitHistory()
    assert (history.here, history.back(), history.forward(), history.back_to_page()) == (None,) * 4
    assert not history.can_go_back
    assert not history.can_go_forward


def test_back_and_forward_are_the_same_way() -> None:
    history = been(LIST, FORM, HELP)
    assert (history.back(), history.back(), history.back()) == (FORM, LIST, None)
    assert (history.forward(), history.forward(), history.forward()) == (FORM, HELP, None)


def test_going_somewhere_new_forgets_what_lay_ahead() -> None:
    history = been(LIST, FORM)
    history.back()
    history.go(HELP)
    assert not history.can_go_forward
    assert history.back() == LIST


def test_one_comes_back_to_where_one_was() -> None:
    """Not to where one had come in."""
    history = been(LIST, FORM)
    history.note_place("money/fee")
    history.go(HELP)
    assert history.back() == FEE


def test_to_stay_is_no_visit() -> None:
    history = been(LIST, FORM, FEE, FEE)
    history.go(FORM)
    assert history.back() == FORM
    assert history.back() == LIST


def test_the_page_before_is_another_page() -> None:
    history = been(LIST, FORM, FEE)
    assert history.back_to_page() == LIST
    assert history.forward() == FORM


def test_what_is_no_more_is_left_out() -> None:
    history = been(LIST, FORM, FEE, HELP)
    history.forget(FORM.page)
    assert history.here == HELP
    assert history.back() == LIST


def test_the_oldest_go() -> None:
    history = been(*(Visit("response:a", str(number)) for number in range(300)))
    steps = 0
    while history.back() is not None:
        steps += 1
    assert steps == 99
