"""The page Proof: a store verified, a checkpoint signed, receipts written, a merge taken back."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.proof_view import TrustShade
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from ui.app import Program
from ui.look.theme import Mode
from ui.proof.proof_page import ProofPage
from ui.proof.trust_card import share_colour

LEFT = Qt.MouseButton.LeftButton
STORY = "ISC-B/ISC-B06"


@pytest.fixture
def merged(program: Program, workspace: Workspace, tmp_path: Path) -> Workspace:
    """A round with one file in it, from another computer."""
    with Workspace.open(tmp_path / "their.iscmdb") as theirs:
        theirs.set_person("Ben")
        response = theirs.responses.start("iscm", "igc")
        session = theirs.responses.open_session(response)
        session.answer(STORY, "It began in 1985.")
        theirs.responses.save(response, session)
        theirs.exports.export(response, tmp_path / "igc.iscm")
    workspace.packages.apply(workspace.packages.plan([tmp_path / "igc.iscm"]))
    workspace.rounds.follow(workspace.response_list.all()[0].round)
    return workspace


@pytest.fixture
def page(program: Program, merged: Workspace, qtbot: QtBot) -> ProofPage:
    """The page, once it has read the store."""
    program.shell.show_page("proof")
    found = program.shell.page
    assert isinstance(found, ProofPage)
    qtbot.waitUntil(lambda: "merged" in words(found))
    return found


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_store_is_verified_and_said_to_be_whole(page: ProofPage, qtbot: QtBot) -> None:
    assert "has not been verified yet" in words(page)
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "This store is whole" in words(page))
    qtbot.waitUntil(lambda: "1 of 1" in words(page))


def test_what_answers_rest_on_is_counted(page: ProofPage, qtbot: QtBot, workspace: Workspace) -> None:
    code = workspace.rounds.proposed().code
    counted = workspace.trust.answers_rest_on(code)
    assert set(counted) == {"new_device"}
    qtbot.waitUntil(lambda: {"new device", str(counted["new_device"])} <= set(words(page).splitlines()))


def test_a_changed_answer_is_named(page: ProofPage, qtbot: QtBot, workspace: Workspace) -> None:
    with sqlite3.connect(workspace.store) as forged:
        forged.execute("UPDATE revision SET value = 'It began in 1895.' WHERE value = 'It began in 1985.'")
    forged.close()
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "It began in 1895." in words(page))
    assert "igc.iscm" in words(page)


def test_a_part_of_the_file_that_is_lost_turns_the_card(
    page: ProofPage, qtbot: QtBot, workspace: Workspace
) -> None:
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "This store is whole" in words(page))
    workspace.complete_file()
    with sqlite3.connect(workspace.store) as db:
        ((root,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchall()
    db.close()
    with workspace.store.open("rb+") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(4096))
    connections = workspace._database._connections  # type: ignore[attr-defined] # of a store in a file
    for link in connections._idle:
        link.driver.execute("PRAGMA shrink_memory")  # it still has the pages that it read before
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "cannot be read from the store's file" in words(page))
    qtbot.waitUntil(lambda: page._job is None)
    assert "whole" not in page.standing.title.text()


def test_what_is_there_is_signed_on_demand(page: ProofPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page, "sign-checkpoint"), LEFT)
    qtbot.waitUntil(lambda: "#1" in words(page))
    assert (
        not page.findChildren(QPushButton, "sign-checkpoint")
        or not button(page, "sign-checkpoint").isVisible()
    )


def test_receipts_go_into_a_folder(
    page: ProofPage, qtbot: QtBot, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "receipts"
    dialogs.to_save.mkdir()
    qtbot.mouseClick(page.receipts, LEFT)
    qtbot.waitUntil(lambda: "1 made" in words(page))
    assert len(list(dialogs.to_save.iterdir())) == 1


def test_a_receipt_is_checked_against_what_is_here(
    page: ProofPage, qtbot: QtBot, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path / "receipts"
    dialogs.to_save.mkdir()
    qtbot.mouseClick(page.receipts, LEFT)
    qtbot.waitUntil(lambda: "1 made" in words(page))
    dialogs.to_open = list(dialogs.to_save.iterdir())
    qtbot.mouseClick(button(page, "check-receipt"), LEFT)
    qtbot.waitUntil(lambda: "in round" in words(page))


def test_a_merge_taken_back_outdates_the_receipt(
    page: ProofPage, qtbot: QtBot, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path
    qtbot.mouseClick(page.receipts, LEFT)
    qtbot.waitUntil(lambda: "1 made" in words(page))
    qtbot.mouseClick(button(page, "take-back"), LEFT)
    qtbot.waitUntil(lambda: "outdated" in words(page))


def button(page: ProofPage, name: str) -> QPushButton:
    found = page.findChildren(QPushButton, name)
    return found[-1]


def test_damage_found_in_idle_time_is_told_and_leads_to_the_page(
    program: Program, merged: Workspace, qtbot: QtBot
) -> None:
    with sqlite3.connect(merged.store) as forged:
        forged.execute("UPDATE revision SET value = 'It began in 1895.' WHERE value = 'It began in 1985.'")
    forged.close()
    program._verifier.begin()
    notices = program.shell.notices
    qtbot.waitUntil(
        lambda: any("not as it was" in one.text() for one in notices.findChildren(QLabel)), timeout=20000
    )
    assert merged.verification.last() is not None


def test_nobody_at_work_is_disturbed(program: Program, merged: Workspace, qtbot: QtBot) -> None:
    """It begins only when the work at hand has ended, and what is whole is not worth a word."""
    program._verifier.begin()
    qtbot.waitUntil(lambda: merged.verification.last() is not None, timeout=20000)
    assert not any("not as it was" in one.text() for one in program.shell.notices.findChildren(QLabel))


def test_what_received_files_hold_is_put_back_by_a_button(
    page: ProofPage, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    with sqlite3.connect(workspace.store) as forged:
        forged.execute("UPDATE revision SET value = 'It began in 1895.' WHERE value = 'It began in 1985.'")
    forged.close()
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "It began in 1895." in words(page))
    assert "iscm verify" not in words(page)
    dialogs.to_save = tmp_path / "received"
    dialogs.to_save.mkdir()
    (dialogs.to_save / "igc.iscm").write_bytes((tmp_path / "igc.iscm").read_bytes())
    qtbot.waitUntil(lambda: page.verify.isEnabled())
    qtbot.mouseClick(button(page, "repair"), LEFT)
    qtbot.waitUntil(lambda: "This store is whole" in words(page))


def test_what_follows_is_made_again_by_a_button(page: ProofPage, qtbot: QtBot, workspace: Workspace) -> None:
    with sqlite3.connect(workspace.store) as forged:
        forged.execute("UPDATE item SET value = 'It began in 1895.' WHERE value = 'It began in 1985.'")
    forged.close()
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "Make again what follows" in words(page))
    qtbot.waitUntil(lambda: page.verify.isEnabled())
    qtbot.mouseClick(button(page, "make-again"), LEFT)
    qtbot.waitUntil(lambda: "This store is whole" in words(page))


def test_operations_since_the_last_verification_are_counted(
    page: ProofPage, qtbot: QtBot, workspace: Workspace
) -> None:
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "This store is whole" in words(page) and "since" not in words(page))
    workspace.operations.take_back(workspace.operations.rows()[0].id)
    page.refresh()
    qtbot.waitUntil(lambda: "1 operation since" in words(page))


def test_backups_are_counted(page: ProofPage, qtbot: QtBot, workspace: Workspace) -> None:
    workspace.backups.make()
    qtbot.mouseClick(page.verify, LEFT)
    qtbot.waitUntil(lambda: "1, newest" in words(page))


def test_answers_of_new_devices_lead_to_their_responses(
    page: ProofPage, qtbot: QtBot, program: Program, workspace: Workspace
) -> None:
    qtbot.mouseClick(button(page, "show-responses"), LEFT)
    qtbot.waitUntil(lambda: bool(page.trust.findChildren(QMenu, "responses")))
    menu = page.trust.findChildren(QMenu, "responses")[-1]
    assert [action.text() for action in menu.actions()] == [
        f"{workspace.response_list.all()[0].respondent_name}: 1 answer"
    ]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: program.shell.page is not page)


def test_what_a_merge_did_is_told_in_answers(page: ProofPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "1 response, 1 answer" in words(page))


def test_outdated_receipts_are_made_anew_from_their_card(
    page: ProofPage, qtbot: QtBot, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    dialogs.to_save = tmp_path
    qtbot.mouseClick(page.receipts, LEFT)
    qtbot.waitUntil(lambda: "1 made" in words(page))
    qtbot.mouseClick(button(page, "take-back"), LEFT)
    qtbot.waitUntil(lambda: "outdated" in words(page))
    assert button(page, "make-anew").isVisible()


def test_every_kind_of_proof_has_its_own_colour(program: Program) -> None:
    for mode in (Mode.LIGHT, Mode.DARK):
        program.context.theme.show_mode(mode)
        colours = {share_colour(shade, program.context.theme).name() for shade in TrustShade}
        assert len(colours) == len(TrustShade)


def test_nothing_is_claimed_before_the_store_was_read(
    program: Program, merged: Workspace, qtbot: QtBot
) -> None:
    """While the worker is busy with something else the pages look, and say nothing of what there is."""
    import threading

    gate = threading.Event()
    program.runner.run(program.shell, lambda _job: gate.wait(20), lambda _done: None)
    for name in ("merge", "proof"):
        program.shell.show_page(name)
        said = "\n".join(one.text() for one in program.shell.page.findChildren(QLabel) if one.isVisible())
        assert "Looking…" in said
        for claim in ("No conflicts", "Nothing has been done", "No answers", "No receipt", "No checkpoint"):
            assert claim not in said
    gate.set()
    qtbot.waitUntil(lambda: "merged" in words(program.shell.page))
