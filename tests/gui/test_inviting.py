"""Rounds and invitations in the window: who is asked, what is issued, what is opened, who is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QListWidgetItem, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.i18n import use_language
from iscm_desktop.presenters.export_choice import Audience, ExportChoice, FileForm
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.inviting import answered, coordinator, invited
from ui.app import Program
from ui.form.form_page import FormPage
from ui.merge.merge_page import MergePage
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.review.review_page import ReviewPage
from ui.rounds.add_respondents_dialog import AddRespondentsDialog
from ui.rounds.device_name_dialog import DeviceNameDialog
from ui.rounds.invitation_dialog import InvitationDialog
from ui.rounds.keys_dialog import KeysDialog
from ui.rounds.rounds_page import RoundsPage

T = TypeVar("T", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "four words are enough"  # noqa: S105


@pytest.fixture
def rounds(program: Program) -> RoundsPage:
    program.shell.show_page("rounds")
    page = program.shell.page
    assert isinstance(page, RoundsPage)
    return page


@pytest.fixture
def invitation(tmp_path: Path) -> Path:
    """To Canada, from somebody else's computer."""
    with coordinator(tmp_path) as carla:
        return invited(carla, tmp_path / "invitations", "CAN", language="fr")[0].path


def dialog(parent: QWidget, kind: type[T]) -> T:
    found = [one for one in parent.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words(item: QListWidgetItem) -> str:
    """What a row says, without the signs that keep its parts apart where they run the other way."""
    return item.text().translate({0x2068: None, 0x2069: None})


def welcome(program: Program, qtbot: QtBot) -> InvitationDialog:
    """What a file that was opened shows, once the worker has looked at it."""
    qtbot.waitUntil(lambda: bool(program.shell.findChildren(InvitationDialog)), timeout=20_000)
    return dialog(program.shell, InvitationDialog)


def issued(rounds: RoundsPage, dialogs: ScriptedDialogs, folder: Path, qtbot: QtBot) -> list[Path]:
    dialogs.to_save = folder
    qtbot.mouseClick(rounds.issue, LEFT)
    qtbot.waitUntil(lambda: not rounds.waiting(), timeout=20_000)
    return sorted(folder.glob("*.iscminvite"))


def test_respondents_are_ticked_and_invited(
    program: Program, rounds: RoundsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(rounds.add, LEFT)
    add = dialog(rounds, AddRespondentsDialog)
    assert not add.primary.isEnabled()
    qtbot.keyClicks(add.search, "canad")
    assert [words(item) for item in add.shown()] == ["Canada · State · English"]
    add.shown()[0].setCheckState(Qt.CheckState.Checked)
    add.kind.setCurrentIndex(add.kind.findData("iscm"))
    add.search.clear()
    add.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert "2" in add.primary.text()
    qtbot.mouseClick(add.primary, LEFT)
    qtbot.waitUntil(lambda: rounds.model.rowCount() == 2)
    assert "2 invitations" in rounds.issue.text()
    files = issued(rounds, dialogs, tmp_path / "out", qtbot)
    assert len(files) == 2
    assert (tmp_path / "out" / "invitations.csv").is_file()
    qtbot.waitUntil(lambda: "2 invitations written" in program.shell.notices.text)
    assert not rounds.issue.isEnabled()
    assert "Invited on" in str(rounds.model.index(0, 2).data())


def test_a_mechanism_and_its_members_are_ticked_at_once_each_with_a_language(
    program: Program, rounds: RoundsPage, qtbot: QtBot
) -> None:
    """Ticks stay while others are looked for; a language is chosen for those selected, or for all that are ticked."""
    qtbot.mouseClick(rounds.add, LEFT)
    add = dialog(rounds, AddRespondentsDialog)
    add.mechanism.setCurrentIndex(add.mechanism.findData("rabat-process"))
    add.region.setCurrentIndex(add.region.findData("011"))
    count = len(add.shown())
    assert 3 < count < 40
    qtbot.mouseClick(add.tick_all, LEFT)
    assert str(count) in add.primary.text()
    add.mechanism.setCurrentIndex(0)
    add.region.setCurrentIndex(0)
    qtbot.keyClicks(add.search, "senegal")
    assert words(add.shown()[0]) == "Senegal · State · Français"
    add.shown()[0].setSelected(True)
    qtbot.keyClicks(add.language, "English")
    add.language.activated.emit(add.language.currentIndex())
    assert words(add.shown()[0]) == "Senegal · State · English"
    assert str(count) in add.primary.text()
    qtbot.mouseClick(add.primary, LEFT)
    qtbot.waitUntil(lambda: rounds.model.rowCount() == count)
    languages = {row.respondent: row.language for row in rounds.model.rows}
    assert (languages["SEN"], languages["CIV"], languages["GHA"]) == ("en", "fr", "en")
    assert ("iscm", "rabat-process") in {(row.form_id, row.respondent) for row in rounds.model.rows}


def test_who_answers_unasked_stands_in_the_round(program: Program, rounds: RoundsPage, qtbot: QtBot) -> None:
    """And cannot be taken out of a plan in which they are not; Add respondents offers them."""
    program.context.workspace.responses.start("state", "KEN")
    rounds.refresh()
    assert "Answered without being asked" in str(rounds.model.index(0, 0).data())
    assert not rounds.waiting()
    rounds.table.selectRow(0)
    assert not rounds.remove.isVisible()
    qtbot.mouseClick(rounds.add, LEFT)
    add = dialog(rounds, AddRespondentsDialog)
    qtbot.keyClicks(add.search, "kenya")
    assert [words(item) for item in add.shown()] == ["Kenya · State · English"]


def test_respondents_come_from_a_list_and_go_again(
    rounds: RoundsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("questionnaire,respondent,contact\nstate,CAN,a@b.org\nstate,NLD,\n")
    dialogs.to_open = [tmp_path / "list.csv"]
    qtbot.mouseClick(rounds.take_list, LEFT)
    assert "2 respondents" in rounds.words
    assert "a@b.org" in str(rounds.model.index(0, 0).data())
    assert not rounds.remove.isVisible()
    rounds.table.selectRow(0)
    qtbot.mouseClick(rounds.remove, LEFT)
    assert [row.respondent for row in rounds.model.rows] == ["NLD"]


def test_an_invitation_for_anybody(
    program: Program, rounds: RoundsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "open.iscminvite"
    qtbot.mouseClick(rounds.anybody, LEFT)
    assert program.context.workspace.received_invitations.look_at(tmp_path / "open.iscminvite").is_open


def test_an_invitation_is_opened(
    program: Program, dialogs: ScriptedDialogs, invitation: Path, qtbot: QtBot
) -> None:
    first = program.shell.page
    assert isinstance(first, QuestionnairesPage)
    dialogs.to_open = [invitation]
    qtbot.mouseClick(first.invitation, LEFT)
    shown = welcome(program, qtbot)
    assert program.context.workspace.response_list.all() == ()
    qtbot.mouseClick(shown.primary, LEFT)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage), timeout=20_000)
    (row,) = program.context.workspace.response_list.all()
    assert (row.respondent, row.language) == ("CAN", "fr")
    assert program.context.workspace.rounds.current().title == "Assessment 2027"


def test_a_second_key_waits_for_a_deliberate_yes(
    program: Program, dialogs: ScriptedDialogs, invitation: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    """Both keys are named in words; Start cannot be pressed before somebody says that they have asked."""
    ours = program.context.workspace.received_invitations
    response = ours.open_response(invitation, "", "", "")
    with coordinator(tmp_path, "eve") as eve:
        eve.set_person("Carla", "IOM")
        forged = invited(eve, tmp_path / "forged", "CAN")[0].path
    first = program.shell.page
    assert isinstance(first, QuestionnairesPage)
    dialogs.to_open = [forged]
    qtbot.mouseClick(first.invitation, LEFT)
    shown = welcome(program, qtbot)
    said = "\n".join(label.text() for label in shown.findChildren(QLabel))
    assert ours.look_at(invitation).words in said
    assert ours.look_at(forged).words in said
    assert not shown.primary.isEnabled()
    shown.trusts.setChecked(True)
    qtbot.mouseClick(shown.primary, LEFT)
    issuer = ours.issuer_of(program.context.workspace.response_list.row(response))
    assert issuer is not None
    assert issuer.words == ours.look_at(forged).words


def test_an_open_invitation_asks_for_whom(
    program: Program, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    with coordinator(tmp_path) as carla:
        dialogs.to_open = [carla.invitations.issue_open(None, ["state"], "en", tmp_path / "open").path]
    first = program.shell.page
    assert isinstance(first, QuestionnairesPage)
    qtbot.mouseClick(first.open, LEFT)  # "Open file" knows invitations, too
    shown = welcome(program, qtbot)
    assert not shown.primary.isEnabled()
    shown.respondent.setEditText("Norway")
    qtbot.mouseClick(shown.primary, LEFT)
    qtbot.waitUntil(lambda: len(program.context.workspace.response_list.all()) == 1, timeout=20_000)


def test_a_double_click_on_the_file_opens_it(program: Program, invitation: Path, qtbot: QtBot) -> None:
    """The same as `iscm-desktop FILE`."""
    program.opener.open([invitation])
    assert welcome(program, qtbot)._file == invitation


def test_a_spoiled_invitation_is_said_when_the_program_starts(
    program: Program, invitation: Path, qtbot: QtBot
) -> None:
    invitation.write_bytes(invitation.read_bytes()[:-40])
    program.opener.open([invitation])
    qtbot.waitUntil(lambda: "damaged" in program.shell.notices.text, timeout=20_000)
    assert program.context.workspace.response_list.all() == ()


def test_the_export_is_encrypted_for_whoever_invited(
    program: Program, dialogs: ScriptedDialogs, invitation: Path, igc: str, qtbot: QtBot, tmp_path: Path
) -> None:
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert Audience.COORDINATOR not in page.export.choices  # nobody invited this one
    response = program.context.workspace.received_invitations.open_response(invitation, "", "", "")
    program.shell.open_review(response)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    assert page.export.choice == ExportChoice(Audience.COORDINATOR, FileForm.DATA)
    assert page.export.opens_for.text().startswith("Opens for: Carla")
    assert page.export.name.text() == "Canada_2027_draft.iscm.age"
    dialogs.to_save = tmp_path / "can.iscm.age"
    qtbot.mouseClick(page.export.export, LEFT)
    qtbot.waitUntil(lambda: str(tmp_path / "can.iscm.age") in program.shell.notices.text, timeout=20_000)
    assert (tmp_path / "can.iscm.age").read_bytes().startswith(b"age-encryption.org/v1")
    assert program.context.preferences.export_folder == tmp_path
    page.export.choose(ExportChoice(Audience.COORDINATOR, FileForm.PDF))
    dialogs.to_save = tmp_path / "can.pdf.age"
    qtbot.mouseClick(page.export.export, LEFT)
    qtbot.waitUntil(lambda: str(tmp_path / "can.pdf.age") in program.shell.notices.text, timeout=20_000)
    assert dialogs.proposed == tmp_path / "Canada_2027_draft.pdf.age"  # where the last one went
    assert (tmp_path / "can.pdf.age").read_bytes().startswith(b"age-encryption.org/v1")


def test_a_name_that_was_typed_stays_when_another_audience_is_chosen(
    program: Program, igc: str, qtbot: QtBot
) -> None:
    program.shell.open_review(igc)
    page = program.shell.page
    assert isinstance(page, ReviewPage)
    page.export.name.selectAll()
    qtbot.keyClicks(page.export.name, "for Carla.pdf")
    page.export.choices[Audience.PUBLIC].setChecked(True)
    page.export.choose(ExportChoice(Audience.PUBLIC, FileForm.DATA))
    assert page.export.name.text() == "for Carla.iscm"


def test_the_merge_shows_where_files_come_from(
    program: Program, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    ours = program.context.workspace
    ours.rounds.start("2027", "Assessment 2027")
    (made,) = invited(ours, tmp_path / "invitations", "CAN")
    proven = answered(tmp_path, "rita", made.path)
    with Workspace.open(tmp_path / "sven.iscmdb") as theirs:
        theirs.set_person("Sven")
        theirs.rounds.start("2027", "Assessment 2027")
        signed = theirs.exports.export(theirs.responses.start("state", "NOR"), tmp_path / "nor.iscm").path
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    dialogs.to_open = [proven, signed]
    qtbot.mouseClick(page.add, LEFT)
    qtbot.waitUntil(page.pane.apply.isVisible, timeout=20_000)
    shown = [str(page.pane.model.index(row, 1).data()) for row in range(2)]
    assert shown == ["Canada\nverified invitation · Rita", "Norway\nnew device · Sven"]
    page.pane.table.selectRow(1)
    qtbot.mouseClick(page.pane.name_device, LEFT)
    naming = dialog(page, DeviceNameDialog)
    assert naming.name.text() == "Sven"
    naming.name.setText("Sven in Oslo")
    qtbot.mouseClick(naming.primary, LEFT)
    assert [one.name for one in ours.devices.all()] == ["Sven in Oslo"]


def test_keys_are_backed_up_and_colleagues_added(
    program: Program, rounds: RoundsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    trust = program.context.workspace.keys
    _identity, own = trust.own_identity()
    qtbot.mouseClick(rounds.keys, LEFT)
    shown = dialog(rounds, KeysDialog)
    dialogs.to_save = tmp_path / "keys.age"
    qtbot.mouseClick(shown.backup, LEFT)
    qtbot.waitUntil(lambda: "too short" in shown.said.text(), timeout=20_000)
    qtbot.keyClicks(shown.passphrase, PASSPHRASE)
    qtbot.mouseClick(shown.backup, LEFT)
    qtbot.waitUntil(lambda: "keys.age" in shown.said.text(), timeout=60_000)
    assert shown.passphrase.text() == ""
    with coordinator(tmp_path, "dora") as dora:
        assert dora.keys.restore(tmp_path / "keys.age", PASSPHRASE) == 1
        dora.keys._new_identity()
        theirs = next(row.recipient for row in dora.keys.coordinator_keys() if row.recipient != own)
    qtbot.keyClicks(shown.name, "Dora")
    qtbot.keyClicks(shown.recipient, theirs)
    qtbot.mouseClick(shown.add, LEFT)
    assert [row.name for row in trust.coordinator_keys()] == ["Anna Berg", "Dora"]
    qtbot.mouseClick(shown._lists.ground.findChild(QPushButton, "remove-key"), LEFT)
    assert [row.recipient for row in trust.coordinator_keys()] == [own]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_page_in_other_languages(language: str, program: Program, rounds: RoundsPage) -> None:
    """Nothing raises, whatever the texts are."""
    use_language(language)
    page = RoundsPage(program.context, rounds)
    page.arrive()
    assert page.heading
