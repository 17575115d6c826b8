"""What a questionnaire has at the path of something stored."""

from __future__ import annotations

import pytest

from iscm_desktop.questionnaire.answer_places import AnswerPlace, could_lie_at, place_at
from tests.support.workspaces import FEE, PARTNER, small_form


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("about", AnswerPlace.AROUND),
        (FEE, AnswerPlace.ANSWER),
        (PARTNER, AnswerPlace.AROUND),
        (f"{PARTNER}/e1", AnswerPlace.ENTRY),
        (f"{PARTNER}/who", AnswerPlace.ENTRY),  # an id may read like a question's name
        (f"{PARTNER}/e1/who", AnswerPlace.ANSWER),
        (f"{PARTNER}/e1/nothing", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_places(path: str, place: AnswerPlace | None) -> None:
    assert place_at(small_form(), path) is place


def test_one_version_that_has_it_is_enough() -> None:
    """What no version knows may be another version's; what a known one has otherwise is not."""
    assert could_lie_at(AnswerPlace.ENTRY, "nothing/e1", [small_form()])
    assert could_lie_at(AnswerPlace.ENTRY, f"{PARTNER}/e1", [small_form()])
    assert not could_lie_at(AnswerPlace.ENTRY, "about", [small_form()])
    assert not could_lie_at(AnswerPlace.ANSWER, PARTNER, [small_form()])
    assert could_lie_at(AnswerPlace.ANSWER, "about", [])
