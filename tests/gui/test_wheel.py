"""The wheel scrolls pages and lists: what comes to lie under the pointer meanwhile is not changed by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QScrollBar, QWidget

from ui.app import Program
from ui.window.shell import PAGES


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
    found: list[QWidget] = [*program.shell.findChildren(QComboBox)]
    found += [
        each for each in program.shell.findChildren(QAbstractSlider) if not isinstance(each, QScrollBar)
    ]
    for each in found:
        before = each.currentIndex() if isinstance(each, QComboBox) else 0
        assert not turn_wheel(each), each.accessibleName()
        assert not isinstance(each, QComboBox) or each.currentIndex() == before
        assert each.focusPolicy() is not Qt.FocusPolicy.WheelFocus


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
