"""Texts of one direction in a window of the other, and texts that do not fit."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.presenters.fill_state import progress_share, progress_words
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs, shown_program
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.repeat_card import RepeatCard
from ui.widgets.labels import text_label
from ui.widgets.painted_text import broken, paint_words, runs_right_to_left, shortened
from ui.widgets.search_box import NameLine
from ui.widgets.wrapping_buttons import WrappingCheck, WrappingRadio

RIGHT, LEFT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.fixture
def arabic(
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs
) -> Iterator[Program]:
    """The program in Arabic; its questionnaires are English."""
    with shown_program(qapp, qtbot, workspace, dialogs, "ar") as made:
        yield made


def inked(text: str, direction: Qt.LayoutDirection, width: int = 300) -> tuple[int, int]:
    """Leftmost and rightmost column that `text` colours in a box of `width`."""
    image = QImage(width, 200, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    font = QFont("Noto Sans")
    font.setPixelSize(14)
    painter.setFont(font)
    paint_words(painter, QRect(0, 0, width, 200), text, direction)
    painter.end()
    dark = [x for x in range(width) if any(image.pixelColor(x, y).lightness() < 128 for y in range(200))]
    return dark[0], dark[-1]


@pytest.mark.parametrize(
    ("text", "is_right_to_left"),
    [
        ("Fee", False),
        ("رسوم", True),
        ("12 رسوم", True),
        ("\N{FIRST STRONG ISOLATE}IGC\N{POP DIRECTIONAL ISOLATE} رسوم", True),
        ("2027", None),
        ("", None),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, is_right_to_left: bool | None) -> None:
    assert runs_right_to_left(text) is is_right_to_left


def test_an_english_label_stands_at_the_right_of_an_arabic_window(qapp: QApplication) -> None:
    assert inked("Structures", RIGHT)[1] >= 295
    assert inked("Structures", LEFT)[0] <= 5


def test_wrapped_lines_end_at_the_edge(qapp: QApplication) -> None:
    """The blank at which a line breaks takes no room: every line reaches the edge."""
    text = "Contribution of the mechanism to the governance of migration since it was founded"
    font = QFont("Noto Sans")
    font.setPixelSize(14)
    lines = broken(text, font, 200).split("\n")
    assert len(lines) > 2
    assert all(line == line.strip() for line in lines)
    assert " ".join(lines) == text
    assert inked(text, RIGHT, 200)[1] >= 195


def test_cut_texts_keep_their_ellipsis_at_their_end() -> None:
    assert shortened("Fee", 10) == "Fee"
    assert (
        shortened("Evolution of themes", 10)
        == "\N{FIRST STRONG ISOLATE}Evolution…\N{POP DIRECTIONAL ISOLATE}"
    )


def test_boxes_and_words_are_together_where_the_response_runs_the_other_way(
    arabic: Program, igc: str, workspace: Workspace
) -> None:
    arabic.shell.open_response(igc)
    page = arabic.shell.page
    assert isinstance(page, FormPage)
    assert arabic.shell.layoutDirection() is RIGHT
    page.show_section("ISC-B")
    page.form.complete()
    checks = [check for check in page.form.findChildren(WrappingCheck) if check.isVisible()]
    assert checks
    assert all(check.layoutDirection() is LEFT for check in checks)
    page.head.find_box.setFocus()
    popup = page.head.find_box.completer().popup()
    assert popup is not None
    assert popup.layoutDirection() is LEFT


def test_the_button_that_folds_an_entry_turns_with_the_response(arabic: Program, igc: str) -> None:
    arabic.shell.open_response(igc)
    page = arabic.shell.page
    assert isinstance(page, FormPage)
    page.show_section("ISC-B")
    page.form.complete()
    repeat = page.form.findChildren(RepeatCard)[0]
    repeat.add.click()
    entry = next(iter(repeat.entries.values()))
    assert entry.fold.property("turned") is True
    assert entry.fold.text().startswith("\N{LEFT-TO-RIGHT ISOLATE}▾")


def test_the_path_of_the_store_stands_at_the_leading_edge(arabic: Program, workspace: Workspace) -> None:
    arabic.shell.show_page("settings")
    path = str(workspace.store)
    label = next(each for each in arabic.shell.findChildren(QLabel) if each.text() == path)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_long_labels_of_radio_buttons_wrap(program: Program) -> None:
    label = "Memorandum of understanding between all participating States and the secretariat"
    radio = WrappingRadio(label, program.shell)
    assert radio.heightForWidth(160) >= 3 * radio.fontMetrics().height()
    assert radio.heightForWidth(5000) < 2 * radio.fontMetrics().height()


def test_a_name_that_is_too_long_ends_in_an_ellipsis(program: Program) -> None:
    box = NameLine(program.shell)
    box.resize(120, 30)
    box.setText("Short")
    whole = box.grab().toImage()
    box.setText("Short but then it goes on and on")
    assert box.grab().toImage() != whole
    box.setText("Short but then it goes on for ever")
    cut = box.grab().toImage()
    box.setText("Short but then it goes on for a while")
    assert box.grab().toImage() == cut  # both end at the same ellipsis


def test_progress_says_of_how_many_and_bars_show_the_same() -> None:
    assert progress_words(218, 230, 0) == "218 of 230 answered · nothing missing"
    assert progress_words(100, 230, 12) == "100 of 230 answered · 12 to finish"
    assert progress_words(0, 0, 0) == "0 of 0 answered"
    assert progress_words(99, 230, 0, 1) == "99 of 230 answered · 1 to mend"
    assert progress_words(99, 230, 12, 1) == "99 of 230 answered · 12 to finish · 1 to mend"
    assert progress_share(100, 230) == (100, 230)


def test_saved_state_and_page_state_are_parted(form: FormPage, program: Program, qtbot: QtBot) -> None:
    status = program.shell.status
    status.show_page("2 answers need attention")
    assert not status._between.isVisible()
    status.show_unsaved()
    assert status._between.isVisible()


def test_a_key_that_goes_over_the_end_of_a_line_keeps_its_direction(qapp: QApplication) -> None:
    font = QFont("Noto Sans")
    font.setPixelSize(14)
    key = "\u2066expect crunch pluck miss fragile hard hair short\u2069"
    lines = broken(f"المفتاح: {key} (تمّت المقارنة)", font, 160).split("\n")
    assert len(lines) > 2
    for line in lines:
        assert line.count("\u2066") == line.count("\u2069")
    assert all(line.startswith("\u2066") for line in lines if line.strip("\u2066\u2069").startswith("pluck"))


@pytest.mark.parametrize("direction", [LEFT, RIGHT])
def test_a_word_that_no_line_can_take_ends_with_an_ellipsis(
    qapp: QApplication, direction: Qt.LayoutDirection
) -> None:
    def drawn(text: str) -> QImage:
        image = QImage(120, 60, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        paint_words(painter, QRect(0, 0, 120, 60), text, direction)
        painter.end()
        return image

    name = "Ministerialkonferenzvorbereitungsausschuss"
    assert drawn(name) == drawn(name + "mitglieder")  # both cut at the same place, with the same sign
    assert drawn(f"IGC {name}") != drawn("IGC")
    assert inked(name, direction, 120)[1] < 120


def test_only_one_frame_is_drawn_around_a_choice_with_the_keyboard(qapp: QApplication, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    box = WrappingCheck(
        "This key takes the place of theirs: I have asked on a number that I know. " * 2, host
    )
    host.setStyleSheet(
        "QCheckBox { border: 3px solid #ffffff; } QCheckBox:focus { border: 3px solid #ff0000; }"
    )
    box.resize(200, box.heightForWidth(200))
    host.resize(220, 400)
    host.show()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    image = box.grab().toImage()
    colours = [image.pixelColor(100, y) for y in range(image.height())]
    assert not any(one.red() > 200 and one.green() < 60 for one in colours)


@pytest.mark.parametrize("role", ["subheading", "muted", "heading"])
def test_marks_above_and_below_arabic_letters_are_drawn_whole(
    arabic: Program, qtbot: QtBot, role: str
) -> None:
    host = QWidget(arabic.shell)
    column = QVBoxLayout(host)
    label = text_label("حول هذا السؤال أو الإجابة", role, host)
    column.addWidget(label)
    host.resize(400, 300)
    host.show()

    def inked_rows(height: int) -> int:
        label.setFixedHeight(height)
        qtbot.waitUntil(lambda: label.height() == height)
        image = label.grab().toImage()
        ground = image.pixelColor(2, 2)
        return sum(
            any(image.pixelColor(x, y) != ground for x in range(image.width())) for y in range(image.height())
        )

    usual = label.heightForWidth(380)
    assert inked_rows(usual) == inked_rows(usual * 3)
