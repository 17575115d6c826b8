"""Coverage of a round.

C-01 Each respondent counts once, whether asked, or answering unasked, or both.
C-02 Every count says what it is counted of.
C-03 Late is who is asked, when the day has passed, and whose answers are not signed off.
C-04 A question counts a response once, in whichever entries it is answered; blanks do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import opened


def sent(folder: Path, form: str, respondent: str, **answers: str) -> Path:
    """What a respondent answers on a computer of their own."""
    with opened(folder, respondent.lower()) as theirs:
        theirs.rounds.start("2027", "Assessment 2027")
        response = theirs.responses.start(form, respondent)
        session = theirs.responses.open_session(response)
        for path, text in answers.items():
            session.answer(session.find(path.replace("_", "-")), text)
        theirs.responses.save(response, session)
        return theirs.exports.export(response, folder / f"{respondent}.iscm").path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """Asked: the IGC, Canada and Senegal; answers of Canada and, unasked, of Kenya."""
    files = [sent(tmp_path, "state", "CAN", STA_A02="Ministry"), sent(tmp_path, "state", "KEN")]
    with opened(tmp_path, "desk") as workspace:
        workspace.rounds.start("2027", "Assessment 2027", date(2099, 4, 30))
        workspace.respondents.ask_all("2027", {("iscm", "en"): ["igc"], ("state", "en"): ["CAN", "SEN"]})
        workspace.packages.apply(workspace.packages.plan(files))
        yield workspace


def test_each_respondent_counts_once(desk: Workspace) -> None:
    """C-01, C-02"""
    found = desk.coverage.of()
    assert found is not None
    assert [(row.respondent, row.is_asked, bool(row.response)) for row in found.respondents] == [
        ("igc", True, False), ("CAN", True, True), ("KEN", False, True), ("SEN", True, False),
    ]  # fmt: skip
    assert (found.total.asked, found.total.here, found.total.signed, found.total.late) == (3, 2, 0, 0)
    by_form = {one.key: one for one in found.by_form}
    assert (by_form["state"].asked, by_form["state"].here, by_form["iscm"].here) == (2, 2, 0)
    assert by_form["state"].registered > 195
    by_region = {one.key: one for one in found.by_region}
    assert (by_region["002"].asked, by_region["002"].here, by_region["011"].asked) == (1, 1, 1)
    assert all(one.here <= one.asked + 1 and one.asked <= one.registered for one in found.by_region)
    assert [one.key for one in found.by_level] == ["irf"]


def test_who_is_late(desk: Workspace) -> None:
    """C-03: on the day itself nobody is, and never who was not asked."""
    today = desk.rounds.all()[0].created_at.astimezone().date()
    desk.rounds.start("2027", "Assessment 2027", today)
    found = desk.coverage.of("2027")
    assert found is not None
    assert found.total.late == 0
    desk.rounds.start("2027", "Assessment 2027", date(2020, 1, 1))
    found = desk.coverage.of("2027")
    assert found is not None
    assert {row.respondent for row in found.respondents if row.is_late} == {"igc", "CAN", "SEN"}


def test_signed_cleared_queried(desk: Workspace, tmp_path: Path) -> None:
    with opened(tmp_path, "can") as theirs:
        (row,) = theirs.response_list.all()
        theirs.sign_offs.sign(row.id, "Anna Berg", "Director", reason="as far as known")
        theirs.clearances.ask(row.id, "Finance", date(2026, 11, 1))
        theirs.clearances.clear(row.id, "Legal", "Rita")
        again = theirs.exports.export(row.id, tmp_path / "again.iscm").path
    desk.packages.apply(desk.packages.plan([again]))
    response = next(row.id for row in desk.response_list.all() if row.respondent == "CAN")
    desk.queries.ask(response, AnswerPath("STA-A/STA-A02"), "Which one?")
    found = desk.coverage.of()
    assert found is not None
    total = found.total
    assert (total.signed, total.cleared, total.queried, total.in_conflict) == (1, 1, 1, 0)


def test_questions_count_responses(desk: Workspace) -> None:
    """C-04"""
    rows = {row.number: row for row in desk.coverage.questions()}
    assert (rows["A02"].answered, rows["A02"].responses) == (1, 2)
    assert rows["A02"].form_id == "state"
    assert rows["A02"].section.startswith("A ")
    assert all(row.answered <= row.responses for row in rows.values())


def test_a_fresh_store_has_no_coverage(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "fresh.iscmdb") as workspace:
        assert workspace.coverage.of() is None
        assert workspace.coverage.questions() == ()
