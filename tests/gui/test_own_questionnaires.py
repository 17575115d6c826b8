"""Questionnaires of one's own in the window: added with their faults shown, tried out, offered, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.core.workspace.test_own_questionnaires import WHERE, workbook
from tests.core.workspace.test_received_questionnaires import FAR, answered, opened_in
from tests.gui.conftest import ScriptedDialogs
from tests.gui.test_opened_files import said, shown
from tests.support.workspaces import merge
from ui.app import Program
from ui.questionnaires.found_questionnaire_dialog import FoundQuestionnaireDialog
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.questionnaires.own_questionnaires_dialog import OwnQuestionnairesDialog
from ui.questionnaires.questionnaire_preview import QuestionnairePreview
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.questionnaires.take_questionnaire_dialog import TakeQuestionnaireDialog
from ui.widgets.scroll_pane import ScrollPane

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def own(program: Program, qtbot: QtBot) -> OwnQuestionnairesDialog:
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    qtbot.mouseClick(page.own, LEFT)
    return shown(program, qtbot, OwnQuestionnairesDialog)


def pressed(qtbot: QtBot, within: QWidget, name: str) -> None:
    qtbot.mouseClick(within.findChildren(QPushButton, name)[0], LEFT)


def test_one_is_added_and_offered_wherever_one_is_chosen(
    program: Program, own: OwnQuestionnairesDialog, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    assert "No questionnaire of your own yet" in said(own)
    dialogs.to_open = [workbook(tmp_path)]
    qtbot.mouseClick(own.add, LEFT)
    found = shown(program, qtbot, FoundQuestionnaireDialog)
    assert "1 question" in said(found)
    qtbot.mouseClick(found.primary, LEFT)
    assert "version 1" in said(own)
    own.close()
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    dialog.open()
    dialog.show_kind("visits")
    dialog.respondent.setEditText("A ministry")
    assert dialog.form.isVisible()
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [row.form_id for row in program.context.workspace.response_list.all()] == ["visits"]


def test_faults_are_shown_with_their_rows_and_nothing_can_be_added(
    program: Program, own: OwnQuestionnairesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    own.examine(workbook(tmp_path, more="|          | integer      | visits | Again            |\n"))
    found = shown(program, qtbot, FoundQuestionnaireDialog)
    assert "Sheet 'survey', row 4" in said(found)
    assert not found.primary.isEnabled()
    assert not found.look.isVisible()


def test_a_new_version_says_what_changes(
    program: Program, own: OwnQuestionnairesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    program.context.workspace.questionnaires.add(workbook(tmp_path))
    own.examine(workbook(tmp_path, "2", WHERE))
    assert "Against version 1: 1 question added." in said(shown(program, qtbot, FoundQuestionnaireDialog))


def test_a_preview_is_a_whole_form_of_which_nothing_is_kept(
    program: Program, own: OwnQuestionnairesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    own.examine(workbook(tmp_path))
    found = shown(program, qtbot, FoundQuestionnaireDialog)
    qtbot.mouseClick(found.look, LEFT)
    preview = shown(program, qtbot, QuestionnairePreview)
    preview.page.editing.session.answer("about/visits", "3")
    qtbot.mouseClick(preview.close_button, LEFT)
    assert program.context.workspace.response_list.all() == ()
    assert [row.form_id for row in program.context.workspace.questionnaires.all()] == [
        "iscm",
        "state",
        "organization",
    ]


def test_a_workbook_that_is_opened_is_a_questionnaire_and_one_without_responses_goes(
    program: Program, own: OwnQuestionnairesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    own.close()
    qtbot.waitUntil(lambda: not program.shell.findChildren(OwnQuestionnairesDialog))
    program.opener.open([_csv(tmp_path)])
    found = shown(program, qtbot, FoundQuestionnaireDialog)
    qtbot.mouseClick(found.primary, LEFT)
    listed = shown(program, qtbot, OwnQuestionnairesDialog)
    pressed(qtbot, listed, "remove-questionnaire")
    assert len(program.context.workspace.questionnaires.all()) == 3


def _csv(folder: Path) -> Path:
    file = folder / "visits.csv"
    file.write_text(
        "survey,,,\n,type,name,label\n,integer,visits,How many?\nsettings,,,\n"
        ",form_title,form_id,version\n,Visits,visits,1\n",
        encoding="utf-8",
    )
    return file


def test_parts_of_a_line_about_a_questionnaire_keep_their_places(own: OwnQuestionnairesDialog) -> None:
    (about,) = [
        line for line in said(own).split("\n") if line.startswith("\N{FIRST STRONG ISOLATE}state\u2069")
    ]
    assert all(part.startswith("\N{FIRST STRONG ISOLATE}") for part in about.split(" · "))
    assert all(part.endswith("\N{POP DIRECTIONAL ISOLATE}") for part in about.split(" · "))


def test_a_dialog_grows_for_what_comes_into_view(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.context.workspace.questionnaires.add(workbook(tmp_path))
    program.context.theme.show_scale(125)
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.isVisible())
    dialog.resize(dialog.width(), dialog.height() // 2)
    dialog.show_kind("visits")
    most = dialog.screen().availableGeometry().height() - 80
    bar = dialog.findChild(ScrollPane).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0 or dialog.height() >= most)


def test_choosing_another_of_ones_own_offers_its_respondents_and_languages(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    questionnaires = program.context.workspace.questionnaires
    questionnaires.add(workbook(tmp_path))
    french = workbook(tmp_path, "2", form="visites")
    text = french.read_text(encoding="utf-8").replace("| label ", "| label::French (fr) ")
    french.write_text(text, encoding="utf-8")
    questionnaires.add(french)
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    dialog.open()
    dialog.show_kind("visits")
    dialog.form.setCurrentIndex(dialog.form.findData("visits"))
    assert dialog.language.currentData() == "en"
    dialog.form.setFocus()
    qtbot.keyClick(dialog.form, Qt.Key.Key_Down if dialog.form.currentIndex() == 0 else Qt.Key.Key_Up)
    assert dialog.form_id == "visites"
    assert dialog.language.currentData() == "fr"
    dialog.reject()


def test_what_came_with_a_file_is_used_for_new_ones_once_that_was_said(
    program: Program, own: OwnQuestionnairesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    """And set aside again, also where it calls itself newer than what came with the program."""
    workspace = program.context.workspace
    shipped = workspace.questionnaires.newest("state")
    assert shipped is not None
    with opened_in(tmp_path, "mallory") as mallory:
        mallory.questionnaires.add(workbook(tmp_path, FAR, form="state"))
        merge(workspace, answered(mallory, "state", "NOR", tmp_path / "nor.iscm"))
    own.refresh()
    assert "It came with a file from Mallory" in said(own)
    pressed(qtbot, own, "take-questionnaire")
    dialog = shown(program, qtbot, TakeQuestionnaireDialog)
    assert f"uses version {FAR}" in said(dialog)
    assert f"Against version {shipped.version}" in said(dialog)
    dialog.reject()
    assert workspace.questionnaires.newest("state") is shipped
    pressed(qtbot, own, "take-questionnaire")
    qtbot.mouseClick(shown(program, qtbot, TakeQuestionnaireDialog).primary, LEFT)
    assert workspace.questionnaires.newest("state") is not shipped
    qtbot.waitUntil(lambda: not own.findChildren(QPushButton, "take-questionnaire"))
    pressed(qtbot, own, "set-questionnaire-aside")
    qtbot.waitUntil(lambda: len(own.findChildren(QPushButton, "take-questionnaire")) == 1)
    assert workspace.questionnaires.newest("state") is shipped
