"""Pictures, sounds and films of a form in the window: beside labels and choices, larger on a press, never run."""

from __future__ import annotations

import io
import tempfile
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.exchange import attached_pictures
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from tests.support.question_cards import card_at
from ui.app import Program
from ui.form.answer_editors.ranking_answer import RankingAnswer
from ui.form.answer_editors.scale_answer import ScaleAnswer, ScalePoint
from ui.form.choice_table import ChoiceTable
from ui.form.form_page import FormPage
from ui.form.label_media import LabelMediaBlock
from ui.form.media_dialog import MediaDialog
from ui.form.question_card import NoteCard, QuestionCard
from ui.questionnaires.questionnaire_preview import QuestionnairePreview
from ui.widgets.chip import Chip
from ui.widgets.wrapping_buttons import WrappingCheck, WrappingRadio

FORM = """
| survey |
|  | type                 | name  | label::English (en) | label::Français (fr) | media::image::English (en) | media::image::Français (fr) | media::big-image::English (en) | media::audio::English (en) | appearance |
|  | begin_group          | first | Emblems             | Emblèmes             |                            |                             |                                |                            |            |
|  | select_one hue       | one   | Which colour?       | Quelle couleur ?     | emblem.png                 | embleme.png                 | large.png                      | anthem.mp3                 |            |
|  | select_multiple hue  | many  | Which colours?      | Quelles couleurs ?   |                            |                             |                                |                            |            |
|  | select_multiple hue  | chips | Which tiles?        | Quels carreaux ?     |                            |                             |                                |                            | minimal    |
|  | select_one hue       | place | Press the place     | Où ?                 | body.svg                   |                             |                                |                            | image-map  |
|  | text                 | plain | Anything else?      | Autre chose ?        |                            |                             |                                |                            |            |
|  | note                 | seen  | This is the region. | Voici la région.     | region.png                 |                             |                                |                            |            |
|  | end_group            |       |                     |                      |                            |                             |                                |                            |            |
| choices |
|  | list_name | name | label::English (en) | label::Français (fr) | media::image::English (en) |
|  | hue       | red  | Red                 | Rouge                | red.png                    |
|  | hue       | blue | Blue                | Bleu                 | blue.png                   |
|  | hue       | none | None                | Aucune               | nowhere.png                |
| settings |
|  | form_id | form_title | version | default_language |
|  | emblems | Emblems    | 1       | English (en)     |
"""  # noqa: E501
MORE = """
| survey |
|  | type           | name  | label        | appearance |
|  | begin_group    | first | Emblems      |            |
|  | select_one hue | scale | How red?     | likert     |
|  | rank hue       | rank  | Which first? |            |
|  | begin_group    | table | Of what?     | table-list |
|  | select_one hue | wall  | Walls        |            |
|  | select_one hue | door  | Doors        |            |
|  | end_group      |       |              |            |
|  | end_group      |       |              |            |
| choices |
|  | list_name | name | label | media::image |
|  | hue       | red  | Red   | red.png      |
|  | hue       | blue | Blue  | blue.png     |
| settings |
|  | form_id | form_title | version |
|  | more    | More       | 1       |
"""
PICTURES = {
    "emblem.png": (300, 200), "embleme.png": (200, 300), "large.png": (1600, 900), "red.png": (200, 150),
    "blue.png": (150, 200), "region.png": (80, 40),
}  # fmt: skip
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "emblems"
    made.mkdir()
    (made / "emblems.md").write_text(FORM, encoding="utf-8")
    for name, size in PICTURES.items():
        out = io.BytesIO()
        Image.new("RGB", size, name.split(".", 1)[0] if name in ("red.png", "blue.png") else "teal").save(
            out, "PNG"
        )
        (made / name).write_bytes(out.getvalue())
    (made / "anthem.mp3").write_bytes(b"ID3 anthem")
    (made / "body.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    return made


@pytest.fixture
def page(program: Program, workspace: Workspace, folder: Path, qtbot: QtBot) -> FormPage:
    workspace.questionnaires.add(folder / "emblems.md")
    program.shell.open_response(workspace.responses.start("emblems", "A ministry"))
    found = program.shell.page
    assert isinstance(found, FormPage)
    block = media_of(question(found, "one"))
    qtbot.waitUntil(lambda: not block.picture.isHidden())
    return found


def question(page: FormPage, name: str) -> QuestionCard:
    card = card_at(page, f"first/{name}")
    assert isinstance(card, QuestionCard)
    return card


def media_of(card: QuestionCard | NoteCard) -> LabelMediaBlock:
    block = card.media if isinstance(card, NoteCard) else card.media.block
    assert block is not None
    return block


def said(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def drawn(card: QuestionCard, value: str) -> bool:
    """Whether the choice has a picture beside its words."""
    button = next(each for each in card.first.editor.controls() if each.property("value") == value)
    assert isinstance(button, WrappingRadio | WrappingCheck | Chip)
    return not button.icon().isNull() if isinstance(button, Chip) else not button._picture.isNull()


def test_a_picture_stands_under_the_words_and_larger_on_a_press(page: FormPage, qtbot: QtBot) -> None:
    block = media_of(question(page, "one"))
    assert block.picture.accessibleName() == "Picture: emblem.png: 1.1 Which colour?"
    assert block.picture.heightForWidth(1000) < 170  # its longer edge is 240 at 100 %
    block.picture.setFocus()
    qtbot.keyClick(block.picture, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(MediaDialog)
    qtbot.waitUntil(lambda: not dialog.blocks[0].picture.isHidden())
    assert dialog.blocks[0].picture.accessibleName().startswith("Picture: large.png")
    assert dialog.blocks[0].picture.heightForWidth(2000) > 400
    roles = [
        QAccessible.queryAccessibleInterface(each).role()
        for each in (block.picture, dialog.blocks[0].picture)
    ]
    assert roles == [QAccessible.Role.Button, QAccessible.Role.Graphic]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.findChildren(MediaDialog))
    qtbot.mouseClick(block.picture, LEFT, pos=QPoint(30, 30))
    assert len(page.findChildren(MediaDialog)) == 1


def test_choices_have_their_pictures_and_stay_one_press_each(page: FormPage, qtbot: QtBot) -> None:
    page.editing.session.answer("first/chips", "red none")
    for name in ("one", "many", "chips"):
        card = question(page, name)
        qtbot.waitUntil(lambda card=card: drawn(card, "red"))
        assert not drawn(card, "none")
        missing = "The file “nowhere.png” did not come with the questionnaire."
        qtbot.waitUntil(lambda card=card, missing=missing: missing in said(card))
    card = question(page, "one")
    button = card.first.editor.controls()[1]
    qtbot.waitUntil(lambda: "Picture: blue.png" in button.accessibleDescription())
    assert button.accessibleName() == "Blue: 1.1 Which colour?"
    qtbot.mouseClick(button, LEFT)
    assert page.editing.session.view("first/one").text == "blue"
    assert drawn(card, "blue")


def test_all_pictures_of_the_choices_are_seen_larger_by_one_link(page: FormPage, qtbot: QtBot) -> None:
    card = question(page, "many")
    qtbot.waitUntil(lambda: drawn(card, "red"))
    assert card.media.pictures is not None
    assert card.media.pictures.larger is not None
    assert card.media.pictures.larger.accessibleName() == "Larger pictures…: Which colours?"
    card.media.pictures.larger.click()
    (dialog,) = page.findChildren(MediaDialog)
    qtbot.waitUntil(lambda: not dialog.blocks[1].picture.isHidden())
    qtbot.waitUntil(lambda: "nowhere.png" in said(dialog))
    assert {"Red", "Blue", "None"} <= set(said(dialog).split("\n"))


def test_sounds_are_named_and_saved(page: FormPage, dialogs: ScriptedDialogs, tmp_path: Path) -> None:
    block = media_of(question(page, "one"))
    assert "anthem.mp3" in said(block)
    (save,) = block.findChildren(QPushButton, "save-label-file")
    dialogs.to_save = tmp_path / "out.mp3"
    save.click()
    assert dialogs.proposed is not None
    assert dialogs.proposed.name == "anthem.mp3"
    assert (tmp_path / "out.mp3").read_bytes() == b"ID3 anthem"


def test_a_drawing_is_not_drawn_and_an_image_map_is_a_list(page: FormPage, qtbot: QtBot) -> None:
    card = question(page, "place")
    block = media_of(card)
    qtbot.waitUntil(lambda: "The picture “body.svg” cannot be shown." in said(block))
    assert block.picture.isHidden()
    assert block.findChildren(QPushButton, "save-label-file")
    assert "The picture cannot be pressed here: choose from the list." in said(card)
    assert len(card.first.editor.controls()) == 3


def test_another_language_of_the_form_has_its_own_picture(page: FormPage, qtbot: QtBot) -> None:
    block = media_of(question(page, "one"))
    before = block.picture.heightForWidth(1000)
    page.editing.session.language = "fr"
    card = question(page, "one")
    card.show_view(page.editing.session.view("first/one"))
    assert block.picture.accessibleName().startswith("Picture: embleme.png")
    qtbot.waitUntil(lambda: block.picture.heightForWidth(1000) > before)
    qtbot.waitUntil(lambda: drawn(card, "red"))


def test_a_note_has_its_picture_and_what_has_none_has_nothing(page: FormPage, qtbot: QtBot) -> None:
    note = page.findChildren(NoteCard)[0]
    qtbot.waitUntil(lambda: not media_of(note).picture.isHidden())
    assert question(page, "plain").media.block is None
    assert question(page, "plain").media.pictures is None


def test_pictures_follow_the_size_of_text(page: FormPage, program: Program, qtbot: QtBot) -> None:
    block = media_of(question(page, "one"))
    before = block.picture.heightForWidth(10_000)
    program.context.theme.show_scale(200)
    assert block.picture.heightForWidth(10_000) > 1.9 * before
    card = question(page, "one")
    qtbot.waitUntil(lambda: drawn(card, "red"))
    program.context.theme.show_scale(100)
    assert block.picture.heightForWidth(10_000) == before


def test_nothing_is_decoded_on_the_thread_of_the_window(
    program: Program, workspace: Workspace, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    printable = attached_pictures.printable

    def watched(content: bytes, edge: int) -> bytes:
        threads.append(threading.current_thread())
        return printable(content, edge)

    monkeypatch.setattr(attached_pictures, "printable", watched)
    workspace.questionnaires.add(folder / "emblems.md")
    program.shell.open_response(workspace.responses.start("emblems", "A ministry"))
    found = program.shell.page
    assert isinstance(found, FormPage)
    qtbot.waitUntil(lambda: not media_of(question(found, "one")).picture.isHidden())
    qtbot.waitUntil(lambda: drawn(question(found, "one"), "red"))
    assert threads
    assert threading.main_thread() not in threads


def test_tables_scales_and_rankings_have_them_too(
    program: Program, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    file = folder / "more.md"
    file.write_text(MORE, encoding="utf-8")
    workspace.questionnaires.add(file)
    program.shell.open_response(workspace.responses.start("more", "A ministry"))
    found = program.shell.page
    assert isinstance(found, FormPage)
    scale, ranking = question(found, "scale").first.editor, question(found, "rank").first.editor
    assert isinstance(scale, ScaleAnswer)
    assert isinstance(ranking, RankingAnswer)
    points = [each for each in scale.controls() if isinstance(each, ScalePoint)]
    words_alone = points[0].fontMetrics().height() * 2
    qtbot.waitUntil(lambda: points[0].sizeHint().height() > words_alone)
    qtbot.waitUntil(lambda: points[1].accessibleDescription() == "Picture: blue.png")
    qtbot.waitUntil(lambda: not ranking._adders["red"].icon().isNull())
    found.editing.session.answer("first/rank", "blue")
    qtbot.waitUntil(lambda: ranking.list.count() == 1 and not ranking.list.item(0).icon().isNull())
    (table,) = found.findChildren(ChoiceTable)
    qtbot.waitUntil(lambda: table._drawings["red"].accessibleName() == "Picture: red.png")
    assert len(table.findChildren(QPushButton, "larger-pictures")) == 1


def test_a_preview_shows_what_comes_along(
    program: Program, workspace: Workspace, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    found = workspace.questionnaires.examine(folder / "emblems.md")
    assert found.form is not None
    preview = QuestionnairePreview(found.form, "en", program.context, program.shell, found.media.contents)
    preview.open()
    qtbot.waitUntil(lambda: not media_of(question(preview.page, "one")).picture.isHidden())
    assert list(folder.glob("iscm-*/preview.iscmdb"))
    preview.close()
    qtbot.waitUntil(lambda: not list(folder.glob("iscm-*")))  # with the work for it, nothing of it is left
