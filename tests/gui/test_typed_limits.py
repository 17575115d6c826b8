"""Boxes take no more than files can hold, or say so beside them; names in all scripts can be chosen."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from iscm_desktop.text_limits import TextLimit
from ui.app import Program
from ui.colleagues.ask_dialog import AskDialog
from ui.colleagues.share_dialog import ShareDialog
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.rounds.new_round_dialog import NewRoundDialog


def test_lines_take_what_files_can_hold(program: Program, qtbot: QtBot) -> None:
    dialog = NewRoundDialog(program.context, program.shell)
    qtbot.addWidget(dialog)
    dialog.code.clear()
    dialog.code.insert("2" * 300)
    dialog.title.clear()
    dialog.title.insert("t" * 3000)
    assert len(dialog.code.text()) == TextLimit.CODE.most
    assert len(dialog.title.text()) == TextLimit.NAME.most


def test_a_message_that_is_too_long_is_told_beside_its_box(program: Program, igc: str, qtbot: QtBot) -> None:
    share = ShareDialog(igc, program.context, lambda: date(2027, 5, 1), program.shell)
    ask = AskDialog("Why?", program.context, program.shell)
    for dialog, box in ((share, share.message), (ask, ask.text)):
        qtbot.addWidget(dialog)
        assert dialog.problem() == ""
        box.setPlainText("m" * (TextLimit.MESSAGE.most + 1))
        assert "20001" in dialog.problem()
        assert not dialog.primary.isEnabled()


@pytest.mark.parametrize("name", ["МОМ 2", "国际组织 2", "منظمة", "Офис IOM"])
def test_an_organization_named_in_any_script_can_start(program: Program, name: str, qtbot: QtBot) -> None:
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    qtbot.addWidget(dialog)
    dialog.show_kind("organization")
    dialog.respondent.setEditText(name)
    assert dialog.primary.isEnabled()
    with qtbot.waitSignal(dialog.made) as made:
        dialog.confirm()
    assert program.context.workspace.response_list.row(made.args[0]).respondent_name == name
