"""Clearance before the sign-off, and sign-offs that are withdrawn, incomplete or outdated.

L-01  A step is an office or person; the same name is the same step, on every computer.
L-02  A step that the questionnaire names is offered, and nobody's until somebody touches it.
L-03  Steps travel, merge and stand in the history.
L-04  A clearance is of the answers as they were; a later change is told.
L-05  What a stranger's file says of a step is read, or passed over.
L-06  A sign-off with things left needs a reason, which it keeps.
L-07  Withdrawing a sign-off is somebody's word, and stands in the history.
L-08  What changed since a sign-off is counted, with who did and when; also what a file brought that is older.
"""

from datetime import date
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.store.objects.clearances import clearance_of
from iscm_desktop.store.objects.revision import CLEARANCE, item_key
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.support.workspaces import Ticking, answer, exported, opened

_NAMED = """
| survey   |            |         |         |
|          | type       | name    | label   |
|          | text       | a       | Say it  |
| settings |            |         |         |
|          | form_title | form_id | version | attribute::iscm:clearance | namespaces |
|          | Named      | named   | 1       | Interior; Foreign  Affairs; Interior | {ours} |
"""
_OURS = 'iscm="https://iscm-desktop.invalid/xforms"'
_DAY = date(2026, 3, 12)


def test_the_same_name_is_the_same_step(tmp_path: Path) -> None:
    """L-01."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        first = anna.clearances.add(response, "Ministry of  Interior ")
        assert anna.clearances.add(response, "ministry of interior") == first
        (row,) = anna.clearances.rows(response)
        assert (row.whose, row.is_cleared, row.is_offered) == ("Ministry of Interior", False, False)
        with pytest.raises(IscmError) as refused:
            anna.clearances.clear(response, "Ministry of Interior", " ", _DAY)
        assert refused.value.problem is AnswerProblem.CLEARANCE_UNNAMED


@pytest.mark.parametrize("day", [date(2100, 1, 1), date(1, 1, 1), date(1899, 12, 31)])
def test_nobody_asked_or_agreed_on_a_day_to_come_or_long_gone(tmp_path: Path, day: date) -> None:
    """L-01."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        for act in (
            lambda: anna.clearances.ask(response, "Interior", day),
            lambda: anna.clearances.clear(response, "Interior", "B. Ito", day),
        ):
            with pytest.raises(IscmError) as refused:
                act()
            assert refused.value.problem is AnswerProblem.CLEARANCE_DAY
        assert anna.clearances.rows(response) == ()


def test_what_the_questionnaire_names_is_an_offer(tmp_path: Path) -> None:
    """L-02."""
    with opened(tmp_path, "anna") as anna:
        with anna._database.write() as db:
            add_known(db, from_source(from_markdown(_NAMED.replace("{ours}", _OURS)).source))
        response = anna.responses.start("named", "igc")
        assert [(row.whose, row.is_offered) for row in anna.clearances.rows(response)] == [
            ("Interior", True),
            ("Foreign Affairs", True),
        ]
        anna.clearances.add(response, "Border guard")
        anna.clearances.ask(response, "Foreign Affairs", _DAY)
        rows = anna.clearances.rows(response)
        assert [(row.whose, row.is_offered) for row in rows] == [
            ("Interior", True),
            ("Foreign Affairs", False),
            ("Border guard", False),
        ]
        assert rows[1].asked_on == _DAY
        anna.clearances.remove(response, "Interior")
        assert [row.whose for row in anna.clearances.rows(response)] == ["Foreign Affairs", "Border guard"]


def test_steps_travel_merge_and_are_told(tmp_path: Path) -> None:
    """L-03."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela") as bela:
        response = anna.responses.start("small", "igc")
        anna.clearances.ask(response, "Interior", _DAY)
        bela.packages.apply(bela.packages.plan([exported(anna, response, tmp_path / "there.iscm")]))
        bela.clearances.clear(response, "Interior", "B. Ito", _DAY, remarks="Fine.", is_paper=True)
        bela.clearances.add(response, "Finance")
        anna.packages.apply(anna.packages.plan([exported(bela, response, tmp_path / "back.iscm")]))
        assert [(row.whose, row.by, row.is_paper) for row in anna.clearances.rows(response)] == [
            ("Finance", "", False),
            ("Interior", "B. Ito", True),
        ]
        told = [row.text for row in anna.conflicts.history(response, "")]
        assert "cleared for Interior by B. Ito on 12 March 2026: Fine." in told
        assert "clearance of Interior asked for" in told
        assert not anna.conflicts.unsettled(response)


def test_a_clearance_is_of_the_answers_as_they_were(tmp_path: Path) -> None:
    """L-04."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC")
        anna.clearances.clear(response, "Interior", "B. Ito", _DAY)
        assert anna.clearances.find(response, "inter").is_current
        answer(anna, response, name="The IGC")
        row = anna.clearances.find(response, "Interior")
        assert (row.is_cleared, row.is_current) == (True, False)
        anna.clearances.reopen(response, "Interior")
        assert not anna.clearances.find(response, "Interior").is_cleared
        with pytest.raises(IscmError) as refused:
            anna.clearances.find(response, "nobody")
        assert refused.value.problem is AnswerProblem.CLEARANCE_UNKNOWN


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "nonsense", '{"by":"x"}', '{"whose":""}', '{"whose":"x","cleared_on":"soon"}']
)
def test_what_is_no_step_is_none(text: str) -> None:
    """L-05."""
    assert clearance_of(text) is None


def test_a_sign_off_with_things_left_needs_a_reason(tmp_path: Path) -> None:
    """L-06."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        with pytest.raises(IscmError) as refused:
            anna.sign_offs.sign(response, "Ms Example", "Director", left=2, reason=" ")
        assert refused.value.problem is AnswerProblem.SIGN_OFF_INCOMPLETE
        assert anna.sign_offs.of(response) is None
        anna.sign_offs.sign(response, "Ms Example", "Director", left=2, reason="The ministry is closed.")
        signed = anna.sign_offs.of(response)
        assert signed is not None
        assert (signed.open, signed.reason, signed.is_current) == (2, "The ministry is closed.", True)
        (told,) = anna.conflicts.history(response, "")
        assert told.text == "signed off by Ms Example, Director, with 2 things left: The ministry is closed."


def test_a_sign_off_is_withdrawn(tmp_path: Path) -> None:
    """L-07."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        with pytest.raises(IscmError) as refused:
            anna.sign_offs.withdraw(response)
        assert refused.value.problem is AnswerProblem.SIGN_OFF_NONE
        assert anna.sign_offs.withdrawn(response) is None
        anna.sign_offs.sign(response, "Ms Example", "Director")
        anna.sign_offs.withdraw(response)
        assert anna.sign_offs.of(response) is None
        withdrawn = anna.sign_offs.withdrawn(response)
        assert withdrawn is not None
        assert withdrawn.by == "Anna"
        assert [row.text for row in anna.conflicts.history(response, "")] == [
            "sign-off withdrawn",
            "signed off by Ms Example, Director",
        ]
        anna.sign_offs.sign(response, "Ms Example", "Director")
        assert anna.sign_offs.withdrawn(response) is None


def test_what_changed_since_is_counted(tmp_path: Path) -> None:
    """L-08: one typed before the sign-off and merged after it, and one typed after."""
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as anna, opened(tmp_path, "bela", clock=clock) as bela:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC")
        bela.packages.apply(bela.packages.plan([exported(anna, response, tmp_path / "there.iscm")]))
        answer(bela, response, fee="yes")
        before = exported(bela, response, tmp_path / "before.iscm")
        anna.sign_offs.sign(response, "Ms Example", "Director")
        assert _changed(anna, response) is None
        anna.packages.apply(anna.packages.plan([before]))
        assert _changed(anna, response) == (1, ("Bela",))
        answer(anna, response, chf="12")
        assert _changed(anna, response) == (2, ("Bela", "Anna"))


def _changed(workspace: Workspace, response: str) -> tuple[int, tuple[str, ...]] | None:
    signed = workspace.sign_offs.of(response)
    assert signed is not None
    assert signed.is_current is (signed.changed is None)
    return None if signed.changed is None else (signed.changed.count, signed.changed.authors)


def test_a_step_lies_where_its_name_says(tmp_path: Path) -> None:
    """L-05: a second one of the same name would pass for the first."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        anna.clearances.add(response, "Interior")
        anna.responses.put_item(
            response, item_key(CLEARANCE, "elsewhere"), '{"by":"Nobody","whose":"Interior"}'
        )
        (row,) = anna.clearances.rows(response)
        assert not row.is_cleared
