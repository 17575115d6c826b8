"""A task sheet from the form: for whom, which questions, and the PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.task_choice import TaskScope
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.pdf_text import page_texts
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.task_dialog import TaskDialog


@pytest.fixture
def dialog(form: FormPage, qtbot: QtBot) -> Callable[[], TaskDialog]:
    def opened() -> TaskDialog:
        form.side.tasks.click()
        found = form.findChildren(TaskDialog)[-1]
        qtbot.waitExposed(found)
        return found

    return opened


def test_what_is_open_is_ticked(form: FormPage, dialog: Callable[[], TaskDialog]) -> None:
    form.editing.answer("ISC-A/ISC-A04", "IGC")
    chosen = dialog().questions.chosen()
    assert "ISC-A/ISC-A05" in chosen
    assert "ISC-A/ISC-A04" not in chosen


def test_ticking_a_section_ticks_what_is_in_it(dialog: Callable[[], TaskDialog], qtbot: QtBot) -> None:
    """By the keyboard: the list is one stop."""
    made = dialog()
    made.questions.choose(TaskScope.ALL, ())
    assert not made.primary.isEnabled(), "a sheet without questions is none"
    made.questions.setFocus()
    made.questions.setCurrentRow(0)
    qtbot.keyClick(made.questions, Qt.Key.Key_Space)
    chosen = made.questions.chosen()
    assert chosen
    assert all(path.startswith("ISC-A/") for path in chosen)
    qtbot.keyClick(made.questions, Qt.Key.Key_Down)
    qtbot.keyClick(made.questions, Qt.Key.Key_Space)
    assert made.questions.chosen() == chosen[1:]
    assert made.questions.item(0).checkState() is Qt.CheckState.PartiallyChecked


def test_somebody_who_has_sections_in_hand_gets_those(
    workspace: Workspace, igc: str, dialog: Callable[[], TaskDialog], tmp_path: Path
) -> None:
    workspace.delegations.hand_over(igc, ["ISC-E"], to="Finance unit", target=tmp_path / "e.iscm")
    made = dialog()
    made.of.setText("Finance unit")
    assert {path.partition("/")[0] for path in made.questions.chosen()} == {"ISC-E"}


def test_the_sheet_is_written(
    program: Program,
    dialog: Callable[[], TaskDialog],
    dialogs: ScriptedDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialogs.to_save = tmp_path / "tasks.pdf"
    made = dialog()
    made.of.setText("Finance unit")
    with qtbot.waitSignal(made.written):
        made.primary.click()
    assert dialogs.proposed is not None
    assert dialogs.proposed.name == "IGC_tasks_Finance-unit.pdf"
    assert "Task sheet" in " ".join(page_texts(dialogs.to_save.read_bytes()))
