"""Large text in a narrow window: what can be pressed is read whole."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.inviting import coordinator, invited
from ui.app import Program

PAGES = ("questionnaires", "rounds", "merge", "summaries", "proof", "settings")


def cut_buttons(program: Program) -> list[str]:
    """Words of the buttons in view that have less room than they need."""
    found: list[QAbstractButton] = []
    for kind in (QPushButton, QCheckBox, QRadioButton):
        found += [one for one in program.shell.page.findChildren(kind) if one.isVisible()]
    return [one.text() for one in found if not has_room(one)]


def has_room(button: QAbstractButton) -> bool:
    if button.hasHeightForWidth():
        return button.height() >= button.heightForWidth(button.width())
    hint = button.sizeHint()
    return button.width() >= hint.width() and button.height() >= hint.height()


@pytest.mark.parametrize("name", PAGES)
def test_no_button_is_cut_where_text_is_large(program: Program, qtbot: QtBot, igc: str, name: str) -> None:
    program.context.theme.show_scale(200)
    program.shell.resize(900, 800)
    program.shell.show_page(name)
    qtbot.waitUntil(lambda: not program.runner.is_busy)
    qtbot.waitUntil(lambda: not cut_buttons(program))


def test_a_choice_of_many_words_takes_the_lines_it_needs(program: Program, qtbot: QtBot) -> None:
    from ui.merge.merge_page import MergePage

    program.context.theme.show_scale(200)
    program.shell.resize(900, 800)
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    for each in (
        page.pane.agree,
        page.pane.outside,
        page.pane.discard,
        page.pane.apply,
        page.pane.name_device,
    ):
        each.show()
    qtbot.waitUntil(lambda: page.pane.agree.height() > page.pane.agree.fontMetrics().height() * 2)
    qtbot.waitUntil(lambda: not cut_buttons(program))


def test_a_dialog_with_more_than_fits_scrolls_and_cuts_nothing(
    program: Program, qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    from ui.rounds.invitation_dialog import InvitationDialog

    with coordinator(tmp_path) as carla:
        file = invited(carla, tmp_path / "invitations", "CAN", language="fr")[0].path
    program.context.theme.show_scale(200)
    dialog = InvitationDialog(
        file, workspace.received_invitations.look_at(file), program.context, program.shell
    )
    dialog.open()
    dialog.resize(700, 500)
    labels = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.wordWrap()]
    assert len(labels) > 4
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in labels))
    dialog.reject()
