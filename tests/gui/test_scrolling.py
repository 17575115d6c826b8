"""The wheel and the page keys scroll: what lies under the pointer or has the keyboard meanwhile is not changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QScrollBar, QWidget

from ui.app import Program
from ui.form.form_page import FormPage
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.widgets.tab_order import stops
from ui.window.shell import PAGES

WITH_BOXES = ("settings", "review")


def turn_wheel(widget: QWidget) -> bool:
    """One notch down over the middle of a widget; whether the widget kept it to itself."""
    middle = widget.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    widget.event(event)
    return event.isAccepted()


@pytest.mark.parametrize("page", [*PAGES, "review"])
def test_no_box_changes_while_a_page_is_scrolled(program: Program, igc: str, page: str) -> None:
    """Else a form is exported as somebody never chose, or a setting is another."""
    if page == "review":
        program.shell.open_review(igc)
    else:
        program.shell.show_page(page)
    QApplication.processEvents()
    boxes = program.shell.findChildren(QComboBox)
    sliders = [
        each for each in program.shell.findChildren(QAbstractSlider) if not isinstance(each, QScrollBar)
    ]
    assert boxes or page not in WITH_BOXES
    for box in boxes:
        with QSignalBlocker(box):
            box.setCurrentIndex(0)  # a notch down could choose the next one
        assert box.count() > 1
        assert not turn_wheel(box), box.accessibleName()
        assert box.currentIndex() == 0
    for slider in sliders:
        before = slider.value()
        assert not turn_wheel(slider), slider.accessibleName()
        assert slider.value() == before
    for each in (*boxes, *sliders):
        assert each.focusPolicy() is not Qt.FocusPolicy.WheelFocus


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_PageUp])
def test_page_keys_answer_nothing(form: FormPage, key: Qt.Key) -> None:
    """Else an answer is stored that nobody gave."""
    for section in form.presenter.view.sections:
        form.show_section(section.path)
        form.form.complete()
        for stop in [each for each in stops(form.window()) if form.form.isAncestorOf(each)]:
            stop.setFocus()
            QTest.keyClick(stop, key)
    assert not any(section.answered for section in form.presenter.view.sections)


@pytest.mark.parametrize("page", WITH_BOXES)
def test_page_keys_set_nothing(program: Program, igc: str, page: str) -> None:
    program.shell.open_review(igc) if page == "review" else program.shell.show_page(page)
    QApplication.processEvents()
    for each in program.shell.findChildren(QComboBox):
        before = each.currentIndex()
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QTest.keyClick(each, key)
            assert each.currentIndex() == before


def test_down_opens_the_list_of_a_box_that_finds_names(program: Program) -> None:
    """What comes next in a list that nobody sees is not chosen."""
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    dialog.show()
    dialog.show_kind("state")
    dialog.respondent.setFocus()
    QTest.keyClick(dialog.respondent.line, Qt.Key.Key_Down)
    assert dialog.respondent.names is not None
    assert dialog.respondent.names.list.isVisible()
    assert dialog.respondent.currentText() == ""
    dialog.respondent.names.list.hide()
    dialog.reject()


def test_lists_are_boxes_that_leave_the_wheel_to_the_page() -> None:
    sources = [*(Path(__file__).parents[2] / "ui").rglob("*.py")]
    makes = ("QComboBox(", "QSpinBox(", "QDoubleSpinBox(", "QDateEdit(", "QTimeEdit(", "QSlider(", "QDial(")
    said = [
        f"{path.name}: {word}"
        for path in sources
        for word in makes
        if f"= {word}" in path.read_text(encoding="utf-8")
    ]
    assert sources
    assert said == []
