"""What changed in the coverage of a round since a moment.

CC-01 Who stands as then is not named; who stands otherwise is, with both states.
CC-02 It is worked out from what was in view then: a merge that was taken back since stood then, and the other way.
CC-03 A sign-off that answers have outdated is told; so is one that came.
CC-04 Queries, clearances and conflicts that came or went are told, and how many answers are others.
CC-05 An invitation issued since is told; the due day passing makes late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.presenters.coverage_change_words import change_words, stage_words
from iscm_desktop.presenters.coverage_choice import CoverageFilter, State, moment_since
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.round_coverage import Mark, Stage
from tests.support.workspaces import STORY, Ticking, answer, exported, merge, opened


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def desk(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "desk", clock=clock) as workspace:
        workspace.respondents.ask_all("2027", {("small", "en"): ["one", "two"]})
        yield workspace


@pytest.fixture
def theirs(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "theirs", clock=clock) as workspace:
        workspace.responses.start("small", "one")
        yield workspace


def sent(theirs: Workspace, file: Path, **answers: str) -> Path:
    (row,) = theirs.response_list.all()
    answer(theirs, row.id, **answers)
    return exported(theirs, row.id, file)


def told(desk: Workspace, since: datetime) -> dict[str, tuple[Stage | None, Stage, str]]:
    return {
        one.respondent.respondent: (one.before, one.now, change_words(one))
        for one in desk.coverage.changes(since)
    }


def test_answers_that_came_are_told(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    """CC-01"""
    before = clock()
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    after = clock()
    assert told(desk, before) == {"one": (Stage.EXPECTED, Stage.RECEIVED, "1 answer is another")}
    assert told(desk, after) == {}
    merge(desk, sent(theirs, tmp_path / "b.iscm", name="Uno", story="Long"))
    assert told(desk, after) == {"one": (Stage.RECEIVED, Stage.RECEIVED, "2 answers are others")}


def test_a_merge_taken_back_stood_then(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    """CC-02"""
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    merged = clock()
    (operation,) = desk.operations.merges()
    desk.operations.take_back(operation.id)
    taken_back = clock()
    assert told(desk, merged)["one"][:2] == (Stage.RECEIVED, Stage.OPENED)
    found = desk.coverage.of()
    assert found is not None
    assert (found.total.opened, found.total.received, found.total.here) == (1, 0, 0)
    desk.operations.put_back(operation.id)
    assert told(desk, taken_back)["one"][:2] == (Stage.OPENED, Stage.RECEIVED)
    assert told(desk, merged) == {}


def test_a_sign_off_that_came_and_was_outdated(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    """CC-03"""
    (row,) = theirs.response_list.all()
    answer(theirs, row.id, name="One")
    theirs.sign_offs.sign(row.id, "Anna Berg", "Director", reason="as far as known")
    before = clock()
    merge(desk, exported(theirs, row.id, tmp_path / "a.iscm"))
    # a key that nobody knows signs for nobody: somebody at the desk confirms it
    (here,) = desk.response_list.all()
    if desk.sign_offs.of(here.id) is None:
        desk.sign_offs.confirm(here.id)
    signed = clock()
    assert told(desk, before)["one"][:2] == (Stage.EXPECTED, Stage.SIGNED_OFF)
    merge(desk, sent(theirs, tmp_path / "b.iscm", name="Another"))
    found = desk.coverage.of()
    assert found is not None
    now = found.respondents[0].stage
    assert told(desk, signed)["one"][:2] == (Stage.SIGNED_OFF, now)
    assert now is Stage.RECEIVED


def test_queries_and_clearances_that_came(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    """CC-04"""
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One", story="Long"))
    (row,) = desk.response_list.all()
    before = clock()
    asked = desk.queries.ask(row.id, AnswerPath(STORY), "Really?")
    theirs.clearances.clear(row.id, "Legal", "Rita")
    merge(desk, exported(theirs, row.id, tmp_path / "b.iscm"))
    queried = clock()
    assert told(desk, before)["one"][2] == "Cleared and Queried"
    desk.queries.withdraw(asked)
    assert told(desk, queried)["one"][2] == "queries answered"
    assert told(desk, before)["one"][2] == "Cleared"


def test_conflicts_that_came_and_were_settled(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    """CC-04"""
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    before = clock()
    (row,) = desk.response_list.all()
    answer(desk, row.id, name="Desk")
    exported(desk, row.id, tmp_path / "own.iscm")  # which seals it
    merge(desk, sent(theirs, tmp_path / "b.iscm", name="Theirs"))
    disputed = clock()
    found = desk.coverage.of()
    assert found is not None
    assert found.respondents[0].conflicts == 1
    assert "In conflict" in told(desk, before)["one"][2]
    (conflict,) = desk.conflicts.unsettled()
    desk.conflicts.resolve(conflict.id, value="Both agreed", reason="telephone")
    assert "conflicts settled" in told(desk, disputed)["one"][2]
    assert "In conflict" not in told(desk, before)["one"][2]


def test_an_invitation_and_the_due_day(desk: Workspace, clock: Ticking, tmp_path: Path) -> None:
    """CC-05"""
    before = clock()
    rows = [row for row in desk.respondents.of() if row.respondent == "one"]
    desk.invitations.issue(rows, tmp_path / "out")
    assert told(desk, before) == {"one": (Stage.EXPECTED, Stage.INVITED, "")}
    invited = clock()
    desk.rounds.start("2027", "Assessment 2027", date(2027, 3, 1))
    clock.now += timedelta(days=3)
    assert told(desk, invited) == {
        "one": (Stage.INVITED, Stage.INVITED, "Late"),
        "two": (Stage.EXPECTED, Stage.EXPECTED, "Late"),
    }


def test_who_answers_unasked_came_from_nowhere(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    desk.respondents.ask_no_more("2027", "small", "one")
    before = clock()
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    assert told(desk, before)["one"][:2] == (None, Stage.RECEIVED)
    assert stage_words(None) == "Not asked"


def test_work_that_is_stopped_tells_nothing(
    desk: Workspace, theirs: Workspace, clock: Ticking, tmp_path: Path
) -> None:
    before = clock()
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    stopped = TaskProgress(lambda _done, _total: None, lambda: True)
    assert desk.coverage.changes(before, progress=stopped) == ()


@pytest.mark.parametrize(
    ("said", "hours"), [("today", 9), ("yesterday", 33), ("week", 177), ("2027-03-10", 9), ("2027-03-10T08:00", 1)]
)  # fmt: skip
def test_moments(said: str, hours: int) -> None:
    here = datetime(2027, 3, 10, 9).astimezone()
    assert here - moment_since(said, here) == timedelta(hours=hours)


def test_a_moment_that_is_none_is_refused() -> None:
    now = datetime(2027, 3, 10, 9, tzinfo=UTC)
    for said in ("soon", "", "2027-13-99", "look"):
        with pytest.raises(IscmError, match="no moment"):
            moment_since(said, now)
    assert moment_since("look", now, now) == now


def test_filters_agree_with_the_counts(desk: Workspace, theirs: Workspace, tmp_path: Path) -> None:
    merge(desk, sent(theirs, tmp_path / "a.iscm", name="One"))
    found = desk.coverage.of()
    assert found is not None
    counts = {
        State.IN_PROGRESS: found.total.in_progress, State.RECEIVED: found.total.received,
        State.SIGNED_OFF: found.total.signed, State.NO_ANSWER: 1, State.UNASKED: 0, State.LATE: found.total.late,
    }  # fmt: skip
    for state, count in counts.items():
        assert len(CoverageFilter(state=state).chosen(found.respondents)) == count
    assert [row.respondent for row in CoverageFilter("TWO").chosen(found.respondents)] == ["two"]
    assert CoverageFilter(region="002").chosen(found.respondents) == ()
    assert Mark.LATE not in found.respondents[0].marks
