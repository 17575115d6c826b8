"""Questionnaires that came with somebody's file: they serve the answers that they came with, and nothing else.

RQ-01 What a merged file brings is used by its response only: not by new ones, in no round, nor by invitations,
      coverage and the offer of a newer version. The plan and the report say so.
RQ-02 What an invitation brings is used in its round only.
RQ-03 A colleague's questionnaire of their own opens with its answers, and is used for new ones once that was said; it
      can be set aside again.
RQ-04 What came with files is in nobody's way who adds a questionnaire of their own.
RQ-05 In a store of an older program all that was there goes on being used; copies and rescued stores keep what is used.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.store.database import protected_files
from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.rescue.rescue import rescue
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_protection import protect_store
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.core.workspace.test_own_questionnaires import WHERE, workbook
from tests.support.workspaces import Ticking, exported, merge

FAR = "9999999999"
WORDS = "olive harbour nine"
SHIPPED = catalogue.shipped("state").version


def opened_in(folder: Path, name: str) -> Workspace:
    workspace = Workspace.open(folder / f"{name}.iscmdb", clock=Ticking())
    workspace.set_person(name.capitalize(), "Ministry")
    workspace.rounds.start("2027", "Assessment 2027")
    return workspace


@pytest.fixture
def vera(tmp_path: Path) -> Iterator[Workspace]:
    with opened_in(tmp_path, "vera") as workspace:
        yield workspace


@pytest.fixture
def mallory(tmp_path: Path) -> Iterator[Workspace]:
    """Somebody with a questionnaire for States that calls itself newer than any."""
    with opened_in(tmp_path, "mallory") as workspace:
        workspace.questionnaires.add(workbook(tmp_path, FAR, form="state"))
        yield workspace


def answered(workspace: Workspace, form: str, respondent: str, target: Path) -> Path:
    response = workspace.responses.start(form, respondent)
    session = workspace.responses.open_session(response)
    session.answer("about/visits", "3")
    workspace.responses.save(response, session)
    return exported(workspace, response, target)


def version_of(workspace: Workspace, form: str, respondent: str, round_code: str = "2027") -> str:
    """That of a response which is started, or was."""
    response = workspace.responses.start(form, respondent, round=round_code)
    return workspace.responses.open_session(response).questionnaire.version


def invited_to(workspace: Workspace, round_code: str, target: Path) -> str:
    """The version that an invitation issued now carries."""
    workspace.rounds.follow(round_code)
    file = workspace.invitations.issue_open(round_code, ["state"], "en", target).path
    with zipfile.ZipFile(file) as archive:
        (part,) = json.loads(archive.read("invitation.json"))["questionnaires"]
    return str(part["version"])


def test_what_a_merged_file_brings_serves_its_answers_only(
    vera: Workspace, mallory: Workspace, tmp_path: Path
) -> None:
    """RQ-01"""
    file = answered(mallory, "state", "NOR", tmp_path / "nor.iscm")
    begun = vera.responses.start("state", "SWE")
    plan = vera.packages.plan([file])
    told = "It brings a questionnaire that is not in use here, “Visits”, version 9999999999"
    assert told in explain(plan.files[0])
    assert told in explain(vera.packages.apply(plan).files[0])
    vera.rounds.start("2028", "Assessment 2028")
    assert version_of(vera, "state", "NOR") == FAR
    assert version_of(vera, "state", "KEN") == version_of(vera, "state", "KEN", "2028") == SHIPPED
    assert invited_to(vera, "2027", tmp_path / "i") == SHIPPED
    assert not vera.versions.of(begun).is_newer_here
    assert all(row.path != "about/visits" for row in vera.coverage.questions("2027"))
    assert [row.version for row in vera.questionnaires.all("2027") if row.form_id == "state"] == [SHIPPED]
    (row,) = vera.received_questionnaires.all()
    assert (row.form_id, row.version, row.responses, row.sender) == ("state", FAR, 1, "Mallory")
    assert row.in_words() == (
        "It came with a file from Mallory, 1 March 2027. It is used only where it came, and not for new questionnaires."
    )


def test_what_is_in_use_is_not_remarked_upon(vera: Workspace, tmp_path: Path) -> None:
    """RQ-01"""
    with opened_in(tmp_path, "anna") as anna:
        for workspace in (vera, anna):
            workspace.questionnaires.add(workbook(tmp_path))
        plan = vera.packages.plan([answered(anna, "visits", "A ministry", tmp_path / "a.iscm")])
    assert "questionnaire" not in explain(plan.files[0])


def test_what_an_invitation_brings_is_used_in_its_round_only(
    vera: Workspace, mallory: Workspace, tmp_path: Path
) -> None:
    """RQ-02"""
    mallory.questionnaires.add(workbook(tmp_path, "1"))
    file = mallory.invitations.issue_open("2027", ["state", "visits"], "en", tmp_path / "open").path
    vera.rounds.start("2028", "Assessment 2028")
    vera.received_invitations.open_response(file, "state", "NOR", "en")
    assert version_of(vera, "state", "NOR") == version_of(vera, "state", "KEN") == FAR
    assert version_of(vera, "visits", "A ministry") == "1"
    assert version_of(vera, "state", "SWE", "2028") == invited_to(vera, "2028", tmp_path / "i") == SHIPPED
    assert "visits" in vera.invitations.form_ids("2027")
    assert "visits" not in vera.invitations.form_ids("2028")
    state, visits = vera.received_questionnaires.all()
    assert (state.rounds, state.sender, visits.rounds) == (("2027",), "Mallory", ("2027",))
    assert "of its own round only: 2027" in state.in_words()
    assert vera.received_questionnaires.set_aside("state", FAR).version == FAR
    assert version_of(vera, "state", "FIN") == SHIPPED
    assert version_of(vera, "state", "NOR") == FAR


def test_a_colleagues_questionnaire_is_used_once_that_was_said(vera: Workspace, tmp_path: Path) -> None:
    """RQ-03"""
    with opened_in(tmp_path, "carla") as carla:
        carla.questionnaires.add(workbook(tmp_path))
        file = answered(carla, "visits", "A ministry", tmp_path / "visits.iscm")
    assert merge(vera, file) == ["new"]
    assert version_of(vera, "visits", "A ministry") == "1"
    assert [row.answered for row in vera.coverage.questions("2027")] == [1]
    assert "visits" not in vera.invitations.form_ids()
    received = vera.received_questionnaires
    for act in (
        lambda: vera.responses.start("visits", "Others"),
        lambda: vera.invitations.issue_open("2027", ["visits"], "en", tmp_path / "i"),
    ):
        with pytest.raises(IscmError) as refused:
            act()
        assert refused.value.problem is QuestionnaireProblem.FORM_ONLY_RECEIVED
    received.take_over(received.find("visits"))
    assert version_of(vera, "visits", "Others") == "1"
    assert received.all() == ()
    with pytest.raises(IscmError) as refused:
        received.find("visits")
    assert refused.value.problem is QuestionnaireProblem.FORM_NOT_RECEIVED
    assert received.set_aside("visits").version == "1"
    assert [row.version for row in received.all()] == ["1"]
    assert version_of(vera, "visits", "Others") == "1"
    with pytest.raises(IscmError) as refused:
        received.set_aside("visits")
    assert refused.value.problem is QuestionnaireProblem.FORM_NOT_TAKEN


def test_a_colleagues_sections_open_with_their_own_questionnaire(vera: Workspace, tmp_path: Path) -> None:
    """RQ-03"""
    with opened_in(tmp_path, "carla") as carla:
        carla.questionnaires.add(workbook(tmp_path))
        response = carla.responses.start("visits", "A ministry")
        part = carla.delegations.hand_over(response, ["about"], to="Vera", target=tmp_path / "part.iscm").path
        assert merge(vera, part) == ["new"]
        session = vera.responses.open_session(response)
        session.answer("about/visits", "4")
        vera.responses.save(response, session)
        back = vera.exports.export(response, tmp_path / "back.iscm").path
        assert merge(carla, back) == ["newer"]
        assert carla.responses.open_session(response).view("about/visits").text == "4"


def test_a_version_is_named_where_there_are_several_and_an_older_one_refused(
    vera: Workspace, mallory: Workspace, tmp_path: Path
) -> None:
    """RQ-03"""
    merge(vera, answered(mallory, "state", "NOR", tmp_path / "nor.iscm"))
    for name, version, more in (("anna", FAR, WHERE), ("bela", "1", "")):
        with opened_in(tmp_path, name) as other:
            (tmp_path / name).mkdir()
            other.questionnaires.keep(
                catalogue.from_source(form_of(workbook(tmp_path / name, version, more, form="state"))), {}
            )
            if version == FAR:
                merge(vera, answered(other, "state", "SWE", tmp_path / f"{name}.iscm"))
    received = vera.received_questionnaires
    with pytest.raises(IscmError) as refused:
        received.find("state")
    assert refused.value.problem is QuestionnaireProblem.FORM_VERSIONS_SEVERAL
    names = [received.name_of(row) for row in received.all()]
    assert all(name in str(refused.value) for name in names)
    row = received.find(*names[0].split("@"))
    received.take_over(row)
    assert vera.questionnaires.newest("state").hash == row.hash  # type: ignore[union-attr]
    (other_row,) = received.all()
    assert not other_row.can_be_taken
    with pytest.raises(IscmError) as refused:
        received.take_over(other_row)
    assert refused.value.problem is QuestionnaireProblem.FORM_TAKE_OLDER
    assert received.set_aside("state").hash == row.hash
    assert version_of(vera, "state", "KEN") == SHIPPED


def form_of(file: Path) -> str:
    """The XForm of a questionnaire that is written as a table."""
    from iscm_desktop.questionnaire.reading.form_files import read_form_file

    form = read_form_file(file).questionnaire
    assert form is not None
    return form.source


def test_what_came_is_in_nobodys_way(vera: Workspace, mallory: Workspace, tmp_path: Path) -> None:
    """RQ-04"""
    for form in ("VISITS", "visits"):
        mallory.questionnaires.keep(
            catalogue.from_source(form_of(workbook(tmp_path, FAR, WHERE, form=form))), {}
        )
        merge(vera, answered(mallory, form, "A ministry", tmp_path / f"{form}-m.iscm"))
    added = vera.questionnaires.add(workbook(tmp_path, "2", form="visits"))
    assert (added.refusal, added.here, added.is_same) == ("", "", False)
    same = vera.questionnaires.examine(workbook(tmp_path, FAR, WHERE, form="visits"))
    assert same.can_be_added
    vera.questionnaires.add_found(same)
    assert [row.version for row in vera.questionnaires.all() if row.form_id == "visits"] == [FAR]


def made_older(store: Path) -> None:
    """The same store as a program wrote it that did not tell what is used from what came."""
    with closing(connect_file(store, "rw")) as raw, raw:
        raw.execute("DROP TABLE taken_questionnaire")
        raw.execute("DROP TABLE operation_refusal")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")


@pytest.fixture
def store(mallory: Workspace, tmp_path: Path) -> Path:
    """With a questionnaire of one's own, and what a file brought; closed."""
    with opened_in(tmp_path, "vera") as vera:
        vera.questionnaires.add(workbook(tmp_path))
        version_of(vera, "visits", "Us")
        merge(vera, answered(mallory, "state", "NOR", tmp_path / "nor.iscm"))
    return tmp_path / "vera.iscmdb"


def assert_as_before(workspace: Workspace) -> None:
    assert version_of(workspace, "visits", "Others") == "1"
    assert version_of(workspace, "state", "KEN") == FAR
    assert workspace.received_questionnaires.all() == ()
    workspace.received_questionnaires.set_aside("state")
    assert version_of(workspace, "state", "FIN") == SHIPPED
    assert workspace.verification.verify().findings == ()


@pytest.mark.parametrize("is_protected", [False, True])
def test_a_store_of_an_older_program_goes_on_as_before(store: Path, is_protected: bool) -> None:
    """RQ-05"""
    if is_protected:
        protect_store(store, WORDS)
    made_older(store)
    with Workspace.open(store) as workspace:
        assert_as_before(workspace)
    protected_files._given.clear()


def test_so_does_its_backup(store: Path, tmp_path: Path) -> None:
    """RQ-05"""
    made_older(store)
    restored = tmp_path / "other.iscmdb"
    opened_in(tmp_path, "other").close()
    restore_backup(store, restored, Ticking())
    with Workspace.open(restored) as workspace:
        assert_as_before(workspace)


@pytest.mark.parametrize("is_older", [False, True])
def test_a_rescued_store_keeps_what_is_used(store: Path, tmp_path: Path, is_older: bool) -> None:
    """RQ-05"""
    if is_older:
        made_older(store)
    target = tmp_path / "rescued.iscmdb"
    rescue(store, target, {}, datetime(2027, 6, 1, tzinfo=UTC))
    with Workspace.open(target) as rescued:
        assert version_of(rescued, "visits", "Others") == "1"
        assert version_of(rescued, "state", "NOR") == FAR
        assert version_of(rescued, "state", "KEN") == (FAR if is_older else SHIPPED)
