"""Our form session against what ODK Web Forms does with the same forms.

C-01  Of all steps that can be scored at least 97 % agree.
C-02  Each step that differs is explained in `scenario_deviations.toml`, and nothing else is.
"""

from __future__ import annotations

import pytest

from tests.conformance.playing import Outcome
from tests.conformance.scenarios import collection, deviations, share, table


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(collection().outcomes())


def test_agrees_with_nearly_all_steps(outcomes: list[Outcome]) -> None:
    """C-01."""
    assert len(outcomes) > 2_500
    assert share(outcomes) >= 0.97


def test_every_difference_is_explained(outcomes: list[Outcome]) -> None:
    """C-02."""
    differing = {one.name for one in outcomes if not one.has_passed}
    assert differing == set(deviations())
    assert all(len(reason) > 20 for reason in deviations().values())


def test_a_difference_is_noticed() -> None:
    """A scenario that expects another value fails in the step that differs, and in no other."""
    scenario = dict(collection().scenarios["sc-0104"])
    steps = [dict(step) for step in scenario["steps"]]
    asked = next(number for number, step in enumerate(steps) if step["op"] == "answerOf" and number)
    steps[asked] = {**steps[asked], "result": "something else"}
    changed = {"sc-0104": scenario | {"steps": steps}}
    played = type(collection())(changed, collection().forms, collection().files).outcomes()
    assert [one.step for one in played if not one.has_passed] == [asked]


def test_the_table_counts_steps_by_what_they_do(outcomes: list[Outcome]) -> None:
    passed = next(one for one in outcomes if one.has_passed and one.operation == "answer")
    assert [line.split() for line in table([passed], "operation").splitlines()[1:]] == [["answer", "1", "0"]]
