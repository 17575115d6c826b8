"""What a focal point does: a round, a response, answers saved, notes, sign-off, export.

W-01  Two ministries that both start from nothing meet in one response.
W-02  What is typed is kept, valid or not, and a reverted change leaves no trace.
W-03  A sign-off holds until an answer changes.
W-04  The list says how far each response is without opening it.
W-05  Everything that was on screen is there after a restart, order of entries included.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError, StoreProblem
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.store.objects.responses import changed_last
from iscm_desktop.workspace import Person, ResponseState, Workspace
from tests.support.workspaces import (
    CHF,
    NAME,
    PARTNER,
    STORY,
    Ticking,
    answer,
    damage_responses,
    exported,
    opened,
    text_at,
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as opened_workspace:
        yield opened_workspace


@pytest.fixture
def response(workspace: Workspace) -> str:
    return workspace.responses.start("small", "igc")


def drafts(workspace: Workspace) -> int:
    with workspace._database.read() as db:
        return int(db.run_text("SELECT count(*) FROM draft WHERE kind IN ('answer', 'entry')")[0][0])


def partners(session: FormSession) -> list[str]:
    return [session.view(f"{entry.path}/who").text for entry in session.repeat(PARTNER).entries]


def test_the_first_round_is_made_on_first_need(tmp_path: Path) -> None:
    clock = Ticking(datetime(2027, 5, 1, tzinfo=UTC))
    with Workspace.open(tmp_path / "new.iscmdb", clock=clock) as workspace:
        assert workspace.rounds.all() == ()
        assert workspace.rounds.current().title == "Assessment 2027"
        workspace.rounds.start("2029", "Assessment 2029", date(2029, 6, 30))
        assert workspace.rounds.current().due_on == date(2029, 6, 30)
        assert [row.code for row in workspace.rounds.all()] == ["2029", "2027"]


def test_an_unknown_round_is_refused(workspace: Workspace) -> None:
    with pytest.raises(IscmError) as refused:
        workspace.responses.start("small", "igc", round="1999")
    assert refused.value.problem is AnswerProblem.ROUND_UNKNOWN


@pytest.mark.parametrize(("form_id", "respondent"), [("small", "  "), ("small", "—")])
def test_somebody_must_answer(workspace: Workspace, form_id: str, respondent: str) -> None:
    with pytest.raises(IscmError) as refused:
        workspace.responses.start(form_id, respondent)
    assert refused.value.problem is AnswerProblem.RESPONDENT_MISSING


def test_an_unknown_questionnaire_is_refused(workspace: Workspace) -> None:
    with pytest.raises(IscmError) as refused:
        workspace.responses.start("unheard_of", "igc")
    assert refused.value.problem is AnswerProblem.QUESTIONNAIRE_UNKNOWN


def test_a_response_is_started_once(workspace: Workspace, response: str) -> None:
    answer(workspace, response, name="IGC")
    assert workspace.responses.start("small", "IGC") == response
    assert text_at(workspace, response, NAME) == "IGC"
    assert len(workspace.response_list.all()) == 1


def test_two_ministries_meet_in_one_response(tmp_path: Path) -> None:
    """W-01: also what a State's questionnaire proposes, taken over block by block."""
    with opened(tmp_path, "anna") as anna, opened(tmp_path, "bela", clock=Ticking()) as bela:
        ours = anna.responses.start("state", "can")
        theirs = bela.responses.start("state", "CAN")
        assert ours == theirs
        assert anna.offers.take_over(ours) == bela.offers.take_over(theirs) > 1
        bela.packages.apply(bela.packages.plan([exported(anna, ours, tmp_path / "anna.iscm")]))
        assert bela.conflicts.unsettled() == ()
        mechanisms = [
            view.text
            for view in bela.responses.open_session(theirs).answers()
            if view.path.endswith("/STA-C01")
        ]
        assert mechanisms == [
            view.text
            for view in anna.responses.open_session(ours).answers()
            if view.path.endswith("/STA-C01")
        ]
        assert len(mechanisms) == len(set(mechanisms)) > 1


def test_the_respondent_is_named(workspace: Workspace) -> None:
    workspace.responses.start("iscm", "IGC")
    workspace.responses.start("state", "can")
    workspace.responses.start("organization", "IOM")
    named = {row.respondent: row for row in workspace.response_list.all()}
    assert named["CAN"].respondent_name == "Canada"
    assert workspace.responses.open_session(named["CAN"].id).view("STA-A01").text == "CAN"
    assert workspace.responses.open_session(named["igc"].id).view("ISC-A01").text == "igc"
    assert named["iom"].respondent_name.startswith("International Organization for Migration")
    assert (
        workspace.responses.open_session(named["iom"].id).view("IGO-A01").text == named["iom"].respondent_name
    )


def test_what_is_typed_is_kept(workspace: Workspace, response: str) -> None:
    """W-02."""
    answer(workspace, response, fee="yes", chf="about a million", story="  Prose.\n\nMore — «so» 😀 ")
    assert text_at(workspace, response, CHF) == "about a million"
    assert text_at(workspace, response, STORY) == "  Prose.\n\nMore — «so» 😀 "


def test_characters_that_no_file_can_hold_are_marked_as_lost(workspace: Workspace, response: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer(NAME, "a\x00b\ud800c")
    workspace.responses.save(response, session)
    assert text_at(workspace, response, NAME) == "a\ufffdb\ufffdc"


def test_a_reverted_change_leaves_no_trace(workspace: Workspace, response: str, tmp_path: Path) -> None:
    """W-02: what is sealed is what a file holds."""
    answer(workspace, response, name="IGC")
    exported(workspace, response, tmp_path / "igc.iscm")
    answer(workspace, response, name="IGC?")
    assert drafts(workspace) == 1
    assert workspace.response_list.all()[0].state is ResponseState.CHANGED_SINCE_EXPORT
    answer(workspace, response, name="IGC")
    assert drafts(workspace) == 0
    assert workspace.response_list.all()[0].state is ResponseState.EXPORTED


def test_saving_nothing_changes_nothing(workspace: Workspace, response: str) -> None:
    session = workspace.responses.open_session(response)
    before = workspace.response_list.all()
    assert workspace.responses.save(response, session) == before[0].changed_at
    assert workspace.response_list.all() == before


def test_entries_stay_in_order(workspace: Workspace, response: str) -> None:
    """W-05."""
    session = workspace.responses.open_session(response)
    for name in ("IOM", "UNHCR", "OSCE", "ILO"):
        session.answer(f"{session.add_entry(PARTNER)}/who", name)
    workspace.responses.save(response, session)
    entries = [entry.path for entry in session.repeat(PARTNER).entries]
    session.move_entry(entries[3], None)
    session.remove_entry(entries[1])
    session.move_entry(entries[0], entries[2].rpartition("/")[2])
    workspace.responses.save(response, session)
    assert partners(workspace.responses.open_session(response)) == partners(session) == ["ILO", "OSCE", "IOM"]


def test_a_removal_is_undone_with_all_that_was_inside(workspace: Workspace, response: str) -> None:
    """W-05: the answers inside were never sealed, and the removal was saved."""
    session = workspace.responses.open_session(response)
    for name in ("IOM", "UNHCR", "OSCE"):
        session.answer(f"{session.add_entry(PARTNER)}/who", name)
    workspace.responses.save(response, session)
    session.remove_entry(session.repeat(PARTNER).entries[1].path)
    workspace.responses.save(response, session)
    assert partners(workspace.responses.open_session(response)) == ["IOM", "OSCE"]
    session.undo()
    workspace.responses.save(response, session)
    assert partners(workspace.responses.open_session(response)) == ["IOM", "UNHCR", "OSCE"]


def test_a_removal_undone_after_an_export(workspace: Workspace, response: str, tmp_path: Path) -> None:
    session = workspace.responses.open_session(response)
    session.answer(f"{session.add_entry(PARTNER)}/who", "IOM")
    workspace.responses.save(response, session)
    session.remove_entry(session.repeat(PARTNER).entries[0].path)
    workspace.responses.save(response, session)
    exported(workspace, response, tmp_path / "igc.iscm")
    session.undo()
    workspace.responses.save(response, session)
    exported(workspace, response, tmp_path / "igc.iscm")
    assert partners(workspace.responses.open_session(response)) == ["IOM"]
    assert workspace.conflicts.unsettled() == ()


def test_the_list_knows_the_progress(workspace: Workspace, response: str) -> None:
    """W-04."""
    answer(workspace, response, name="IGC", fee="yes")
    (row,) = workspace.response_list.all()
    assert (row.answered, row.asked, row.is_counted) == (2, 4, True)
    assert row.questionnaire_title == "Small form"


def test_notes(workspace: Workspace, response: str, tmp_path: Path) -> None:
    workspace.notes.put(response, NAME, "ask the secretariat")
    assert workspace.notes.at(response, NAME) == "ask the secretariat"
    assert workspace.notes.all(response) == {NAME: "ask the secretariat"}
    exported(workspace, response, tmp_path / "igc.iscm")
    assert workspace.notes.at(response, NAME) == "ask the secretariat"
    workspace.notes.put(response, NAME, "")
    assert workspace.notes.all(response) == {}


def test_a_sign_off_holds_until_an_answer_changes(
    workspace: Workspace, response: str, tmp_path: Path
) -> None:
    """W-03."""
    assert workspace.sign_offs.of(response) is None
    answer(workspace, response, name="IGC")
    workspace.sign_offs.sign(response, "Ms Example", "Head of Secretariat")
    signed = workspace.sign_offs.of(response)
    assert signed is not None
    assert (signed.name, signed.function, signed.is_current) == ("Ms Example", "Head of Secretariat", True)
    assert workspace.response_list.all()[0].state is ResponseState.SIGNED_OFF
    workspace.notes.put(response, NAME, "a note is no answer")
    assert workspace.sign_offs.of(response).is_current  # type: ignore[union-attr]
    answer(workspace, response, name="another")
    assert not workspace.sign_offs.of(response).is_current  # type: ignore[union-attr]
    answer(workspace, response, name="IGC")
    assert workspace.sign_offs.of(response).is_current  # type: ignore[union-attr]
    exported(workspace, response, tmp_path / "igc.iscm")
    assert workspace.response_list.all()[0].state is ResponseState.EXPORTED
    with opened(tmp_path, "coordinator") as coordinator:
        coordinator.packages.apply(coordinator.packages.plan([tmp_path / "igc.iscm"]))
        assert coordinator.sign_offs.of(response) == workspace.sign_offs.of(response)


def test_the_history_of_an_answer(workspace: Workspace, response: str, tmp_path: Path) -> None:
    answer(workspace, response, fee="yes")
    exported(workspace, response, tmp_path / "igc.iscm")
    workspace.set_person("Bela", "Interior")
    answer(workspace, response, fee="no")
    rows = workspace.conflicts.history(response, "about/fee")
    assert [(row.text, row.author, row.is_current) for row in rows] == [
        ("No", "Bela", True),
        ("Yes", "Anna", True),
    ]
    assert all(row.device_is_ours and not row.source for row in rows)
    with opened(tmp_path, "coordinator") as coordinator:
        coordinator.packages.apply(coordinator.packages.plan([tmp_path / "igc.iscm"]))
        (row,) = coordinator.conflicts.history(response, "about/fee")
        assert (row.source, row.device_is_ours) == ("igc.iscm", False)


def test_settings_and_person_last(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "anna.iscmdb") as workspace:
        workspace.set_person("Anna", "Foreign Affairs")
        workspace.set_setting("window", "800x600")
        workspace.set_setting("gone", "soon")
        workspace.set_setting("gone", None)
        device = workspace.device
    with Workspace.open(tmp_path / "anna.iscmdb") as workspace:
        assert workspace.person == Person("Anna", "Foreign Affairs")
        assert (workspace.setting("window"), workspace.setting("gone")) == ("800x600", None)
        assert workspace.device == device


def test_changes_wait_when_the_disk_is_full(
    workspace: Workspace, response: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W-02: what could not be written is written by the next save."""
    session = workspace.responses.open_session(response)
    session.answer(NAME, "typed while the disk was full")
    with workspace._database.write() as db:
        db.run_text("PRAGMA main.max_page_count = 1")
    with pytest.raises(IscmError) as refused:
        _save_much(workspace, response, session)
    assert refused.value.problem is StoreProblem.STORE_NOT_WRITTEN
    with workspace._database.write() as db:
        db.run_text("PRAGMA main.max_page_count = 1000000")
    workspace.responses.save(response, session)
    assert text_at(workspace, response, NAME) == "typed while the disk was full"
    assert len(text_at(workspace, response, STORY)) == 10_000_000


def _save_much(workspace: Workspace, response: str, session: FormSession) -> None:
    session.answer(STORY, "x" * 10_000_000)
    workspace.responses.save(response, session)


def test_a_newer_version_of_the_questionnaire_is_used_for_new_responses(tmp_path: Path) -> None:
    with opened(tmp_path, "anna", version="9") as workspace:
        old = workspace.responses.start("small", "igc")
    with opened(tmp_path, "anna", version="10") as workspace:
        new = workspace.responses.start("small", "sacm")
        versions = {row.id: row.version for row in workspace.response_list.all()}
        assert (versions[old], versions[new]) == ("9", "10")
        assert workspace.responses.open_session(old).questionnaire.version == "9"


def test_the_language_of_a_response(workspace: Workspace, response: str, tmp_path: Path) -> None:
    workspace.responses.set_language(response, "fr")
    assert workspace.response_list.all()[0].language == "fr"
    with opened(tmp_path, "coordinator") as coordinator:
        coordinator.packages.apply(
            coordinator.packages.plan([exported(workspace, response, tmp_path / "igc.iscm")])
        )
        assert coordinator.response_list.all()[0].language == "fr"


def test_what_was_changed_last_is_opened_ahead_and_nothing_changes_by_that(tmp_path: Path) -> None:
    """Damage waits for whoever opens what is damaged."""
    with opened(tmp_path, "anna") as workspace:
        ids = [workspace.responses.start("small", respondent) for respondent in ("igc", "rcm", "mtm", "apc")]
        for response in ids:
            answer(workspace, response, name=response[:4])
        before = workspace.response_list.all()
        with workspace._database.read() as db:
            assert changed_last(db, 3) == tuple(reversed(ids[1:]))
        workspace.warm_up()
        assert workspace.response_list.all() == before
    damage_responses(tmp_path / "anna.iscmdb", "changed_at = 'soon'")
    with Workspace.open(tmp_path / "anna.iscmdb") as workspace:
        workspace.warm_up()
