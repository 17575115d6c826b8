"""A file as an answer, in the window: chosen, dropped, pasted, refused beside its question, taken out and back."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file
from iscm_desktop.workspace import Workspace
from tests.core.workspace.test_attachments import FORM, MINUTES, PHOTO
from tests.gui.conftest import Program, ScriptedDialogs
from tests.support.question_cards import card_at
from ui.form.answer_editors.attachment_answer import AttachmentAnswer, _Source
from ui.form.form_page import FormPage


@pytest.fixture
def page(program: Program, workspace: Workspace, tmp_path: Path) -> FormPage:
    form = tmp_path / "files.md"
    form.write_text(FORM, encoding="utf-8")
    workspace.responses.add_questionnaire(form)
    program.shell.open_response(workspace.responses.start("files", "igc"))
    found = program.shell.page
    assert isinstance(found, FormPage)
    return found


def _editor(page: FormPage, path: str) -> AttachmentAnswer:
    editor = card_at(page, path).first.editor
    assert isinstance(editor, AttachmentAnswer)
    return editor


def _name(page: FormPage, path: str) -> str:
    file = attached_file(page.editing.session.view(path).text)
    return file.name if file else ""


def _located() -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 0.0), 3: "E", 4: (6.0, 9.0, 0.0)})
    Image.new("RGB", (48, 32), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_chosen_file_is_the_answer_and_can_be_taken_out_and_back(
    page: FormPage, program: Program, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(b"minutes")
    dialogs.to_open = [file]
    editor = _editor(page, MINUTES)
    qtbot.mouseClick(editor.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _name(page, MINUTES) == "minutes.pdf")
    qtbot.waitUntil(lambda: editor.save.isVisibleTo(editor))
    assert page.editing.current == MINUTES
    assert "minutes.pdf" in editor._words.text()
    qtbot.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    assert _name(page, MINUTES) == ""
    page.undo()
    assert _name(page, MINUTES) == "minutes.pdf"
    dialogs.to_save = tmp_path / "out.pdf"
    qtbot.waitUntil(lambda: editor.save.isVisibleTo(editor))
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    assert (tmp_path / "out.pdf").read_bytes() == b"minutes"


def test_a_file_that_does_not_fit_is_refused_beside_its_question(
    page: FormPage, tmp_path: Path, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    (tmp_path / "large.pdf").write_bytes(b"x" * 200_000)
    dialogs.to_open = [tmp_path / "large.pdf"]
    editor = _editor(page, MINUTES)
    qtbot.mouseClick(editor.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: editor._problem.isVisibleTo(editor))
    assert "large.pdf" in editor._problem.text()
    assert _name(page, MINUTES) == ""


def test_a_dropped_picture_is_shown_and_cleaned_of_its_place(
    page: FormPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "room.jpg").write_bytes(_located())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "room.jpg"))])
    editor = _editor(page, PHOTO)
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    editor.dropEvent(drop)
    qtbot.waitUntil(lambda: editor.clean.isVisibleTo(editor))
    assert editor._picture.isVisibleTo(editor)
    before = page.editing.session.view(PHOTO).text
    qtbot.mouseClick(editor.clean, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.editing.session.view(PHOTO).text != before)
    qtbot.waitUntil(lambda: not editor.clean.isVisibleTo(editor))
    assert _name(page, PHOTO) == "room.jpg"
    assert page.editing.current == PHOTO, "the keyboard stays with the question"


def test_a_picture_that_is_cleaned_comes_back_over_nothing_else(
    page: FormPage, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "room.jpg").write_bytes(_located())
    editor, files = _editor(page, PHOTO), workspace.attachments
    editor._take(_Source(tmp_path / "room.jpg"))
    qtbot.waitUntil(lambda: editor.clean.isVisibleTo(editor))
    may_end, clean = Event(), files.without_location

    def slowly(response: str, file: AttachedFile) -> AttachedFile:
        may_end.wait(10)
        return clean(response, file)

    monkeypatch.setattr(type(files), "without_location", lambda _files, *told: slowly(*told))
    before = page.editing.session.view(PHOTO).text
    qtbot.mouseClick(editor.clean, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    assert page.editing.session.view(PHOTO).text == before, "one thing after the other"
    page.editing.answer(PHOTO, "")
    may_end.set()
    qtbot.waitUntil(lambda: not editor._is_busy and not page.editing.context.runner.is_busy)
    assert page.editing.session.view(PHOTO).text == ""


def test_a_pasted_picture_is_attached(page: FormPage, qtbot: QtBot) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    copied = QMimeData()
    copied.setImageData(image)
    QApplication.clipboard().setMimeData(copied)
    editor = _editor(page, PHOTO)
    editor.choose.setFocus()
    qtbot.keyClick(editor.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _name(page, PHOTO) == "pasted.png")


def test_a_name_without_content_is_kept(page: FormPage) -> None:
    page.editing.answer(MINUTES, "by-post.pdf")
    assert "by-post.pdf" in _editor(page, MINUTES)._words.text()
