"""The form saves by itself, and takes back what was typed."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database import save_number
from iscm_desktop.store.objects import responses
from iscm_desktop.workspace import Workspace
from tests.support.question_cards import card_at, line_at
from ui.app import Program
from ui.editing.response_editing import SAVE_AFTER_MS
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.form_page import FormPage
from ui.window.unsaved_dialog import UnsavedDialog

INSTITUTION, EVOLUTION = "ISC-A/ISC-A04", "ISC-B/ISC-B06"


def _asking(program: Program) -> UnsavedDialog:
    found = program.shell.findChildren(UnsavedDialog)
    assert len(found) == 1
    return found[0]


def test_what_is_typed_is_saved_without_being_asked(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    """The delay leaves room for the commit within half a second; how long that takes is a bench's question."""
    assert SAVE_AFTER_MS < 500
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC Secretariat")
    qtbot.waitUntil(lambda: stored(INSTITUTION) == "IGC Secretariat")


def test_long_typing_is_saved_on_the_way(form: FormPage, qtbot: QtBot, stored: Callable[[str], str]) -> None:
    """No pause between the keys, and yet no more than half a second is ever unsaved."""
    box = line_at(form, INSTITUTION).box

    def type_on() -> bool:
        qtbot.keyClick(box, "x")
        return bool(stored(INSTITUTION))

    qtbot.waitUntil(type_on, timeout=2000)


def test_leaving_a_question_saves_at_once(form: FormPage, qtbot: QtBot, stored: Callable[[str], str]) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    card_at(form, "ISC-A/ISC-A05").focus_editor()
    assert stored(INSTITUTION) == "IGC"


def test_save_by_key_takes_the_last_letter_along(
    program: Program, form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    box = line_at(form, INSTITUTION).box
    qtbot.keyClicks(box, "IGC")
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert stored(INSTITUTION) == "IGC"
    assert "All changes saved" in program.shell.status.saved_text


def test_closing_the_window_saves(
    program: Program, form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    program.shell.close()
    assert stored(INSTITUTION) == "IGC"


def test_closing_keeps_the_window_while_the_last_change_cannot_be_saved(
    program: Program,
    form: FormPage,
    qtbot: QtBot,
    stored: Callable[[str], str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Restoring, protecting and throwing away close it, too, and go on only where it was closed."""

    def full(*_args: object, **_named: object) -> None:
        raise IscmError(StoreProblem.STORE_NOT_WRITTEN, store="a stick", reason="it is full")

    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    for save in ("save", "save_later"):
        monkeypatch.setattr(workspace.responses, save, full)
    assert not program.shell.close()
    assert program.shell.isVisible()
    asking = _asking(program)
    assert any("it is full" in label.text() for label in asking.findChildren(QLabel))
    qtbot.keyClick(asking, Qt.Key.Key_Return)
    assert program.shell.isVisible()
    program.context.restore_wanted.emit(Path("a backup"))
    assert program.backup_to_restore is None
    monkeypatch.undo()
    assert program.shell.close()
    assert stored(INSTITUTION) == "IGC"


def test_closing_gives_the_last_change_up_where_somebody_says_so(
    program: Program, form: FormPage, qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("nobody foresaw it")

    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    for save in ("save", "save_later"):
        monkeypatch.setattr(workspace.responses, save, broken)
    assert not program.shell.close()
    qtbot.mouseClick(_asking(program).primary, Qt.MouseButton.LeftButton)
    assert not program.shell.isVisible()


def test_typing_does_not_wait_for_the_disk_and_leaving_does(
    form: FormPage,
    stored: Callable[[str], str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """A slow disk holds up neither the next key nor the promise: what is left is saved."""
    go_on, begun = Event(), Event()
    save_later = workspace.responses.save_later

    def on_a_slow_disk(response_id: str, session: FormSession) -> Callable[[], datetime] | None:
        keep = save_later(response_id, session)

        def slowly() -> datetime:
            begun.set()
            assert go_on.wait(10)
            assert keep is not None
            return keep()

        return slowly if keep is not None else None

    monkeypatch.setattr(workspace.responses, "save_later", on_a_slow_disk)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat")
    qtbot.waitUntil(begun.is_set, timeout=2_000)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")  # while the first is on its way
    assert stored("ISC-A/ISC-A03") == ""
    assert not form.editing.is_saved
    go_on.set()
    form.leave()
    assert stored("ISC-A/ISC-A03") == "Secretariat of the IGC"
    assert form.editing.is_saved


def test_what_could_not_be_written_is_written_the_next_time(
    form: FormPage,
    stored: Callable[[str], str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    save_changes = responses.save_changes
    failed = Event()

    def fail_once(*_parts: object, **_named: object) -> object:
        monkeypatch.setattr(responses, "save_changes", save_changes)
        failed.set()
        raise OSError("the disk is full")

    monkeypatch.setattr(responses, "save_changes", fail_once)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat")
    with qtbot.captureExceptions() as failures:
        qtbot.waitUntil(failed.is_set, timeout=2_000)
        qtbot.waitUntil(lambda: bool(failures), timeout=2_000)
    form.leave()
    assert stored("ISC-A/ISC-A03") == "Secretariat"


def test_a_merge_reaches_a_form_that_is_open(
    form: FormPage, program: Program, igc: str, workspace: Workspace, qtbot: QtBot
) -> None:
    """What is typed after a merge goes on from what came in, and not from what the form still showed."""
    form.show_section("ISC-A")
    other = workspace.responses.open_session(igc)
    other.answer("ISC-A/ISC-A03", "What came in")
    workspace.responses.save(igc, other)
    program.shell.show_page("merge")
    program.context.merged.emit()
    card = form.form.card("ISC-A/ISC-A03")
    assert card is not None
    assert card.view.text == "What came in"
    assert form.editing.is_saved
    assert form.undo_words == ""


def test_undo_in_a_text_box_is_the_undo_of_the_response(form: FormPage, qtbot: QtBot) -> None:
    first = line_at(form, INSTITUTION).box
    qtbot.keyClicks(first, "Geneva")
    second = line_at(form, "ISC-A/ISC-A05").box
    qtbot.keyClicks(second, "Anna")
    qtbot.keyClick(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert second.text() == ""
    qtbot.keyClick(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert first.text() == ""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(first, Qt.Key.Key_Z, both)
    assert first.text() == "Geneva"


def test_undo_shows_what_it_changed_even_in_another_section(form: FormPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    form.show_section("ISC-G")
    form.undo()
    assert form.form.path == "ISC-A"


def test_undo_of_prose(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, EVOLUTION).first.editor
    assert isinstance(editor, ProseAnswer)
    qtbot.keyClicks(editor.box, "Founded as a circle of States.")
    qtbot.keyClick(editor.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.box.toPlainText() == ""


def test_when_nobody_types_the_store_is_whole_in_its_one_file(
    form: FormPage, program: Program, qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    """Somebody who then copies the file in a file manager has everything."""
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    program.shell.save()

    def is_whole() -> bool:
        return save_number.in_file(workspace.store) > 0

    assert not is_whole()
    qtbot.waitUntil(is_whole, timeout=10_000)
    shutil.copyfile(workspace.store, tmp_path / "copy.iscmdb")
    with Workspace.open(tmp_path / "copy.iscmdb") as copy:
        (row,) = copy.response_list.all()
        assert copy.interrupted == ()
        assert copy.responses.open_session(row.id).view(AnswerPath(INSTITUTION)).text == "IGC"
