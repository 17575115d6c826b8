"""Finds words of a window that nobody can read whole: cut, and neither wrapped, scrolled, nor said in a tip.

What is shortened with an ellipsis counts as whole where a tip says the rest. What lies outside of a place that scrolls
can be scrolled to.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

_SLACK = 2
"""Pixels by which letters may lean over their box."""

_WRAP = int(Qt.TextFlag.TextWordWrap)


def clipped_texts(window: QWidget) -> list[str]:
    """Each text that is cut, with what cuts it; texts that cannot be seen now are passed over."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and (why := _why_clipped(widget, window)):
            found.append(f"{type(widget).__name__} {_words(widget)!r}: {why}")
    return found


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", None) or getattr(widget, "currentText", None)
    return str(text())[:60] if callable(text) else widget.accessibleName()[:60]


def _why_clipped(widget: QWidget, window: QWidget) -> str:
    why = ""
    if isinstance(widget, QLabel):
        why = _label(widget)
    elif isinstance(widget, QCheckBox | QRadioButton):
        why = _too_small(
            widget,
            widget.heightForWidth(widget.width())
            if widget.hasHeightForWidth()
            else widget.sizeHint().height(),
        )
    elif isinstance(widget, QAbstractButton):
        why = _button(widget)
    elif isinstance(widget, QComboBox):
        why = _combo(widget)
    elif isinstance(widget, QHeaderView):
        return "; ".join(_header(widget))
    elif isinstance(widget, QTableView):
        return "; ".join(_cells(widget))
    else:
        return ""
    return why or (_cut_by_what_is_around(widget, window) if _words(widget) else "")


def _label(label: QLabel) -> str:
    room, text = label.contentsRect(), label.text()
    if not text or label.toolTip():
        return ""
    metrics = label.fontMetrics()
    if not label.wordWrap():
        lines = text.split("\n")
        need = max(metrics.horizontalAdvance(line.replace("&", "")) for line in lines)
        return f"{need} px in {room.width()}" if need > room.width() + _SLACK else ""
    need = metrics.boundingRect(QRect(0, 0, max(room.width(), 1), 10**6), _WRAP, text)
    if need.height() > room.height() + _SLACK:
        return f"{need.height()} px high in {room.height()}"
    return f"a word of {need.width()} px in {room.width()}" if need.width() > room.width() + _SLACK else ""


def _too_small(widget: QWidget, height: int) -> str:
    return f"{height} px high in {widget.height()}" if height > widget.height() + _SLACK else ""


def _button(button: QAbstractButton) -> str:
    if not button.text() or button.toolTip():
        return ""
    need = button.sizeHint()
    if need.width() > button.width() + _SLACK and not button.hasHeightForWidth():
        return f"{need.width()} px in {button.width()}"
    return "" if button.hasHeightForWidth() else _too_small(button, button.fontMetrics().height())


def _combo(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, combo)
    need = combo.fontMetrics().horizontalAdvance(combo.currentText())
    is_cut = need > room.width() + _SLACK and not combo.isEditable() and not combo.toolTip()
    return f"{need} px in {room.width()}" if is_cut else ""


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for at in range(header.count()):
        if header.isSectionHidden(at):
            continue
        text = model.headerData(at, header.orientation(), Qt.ItemDataRole.DisplayRole)
        tip = model.headerData(at, header.orientation(), Qt.ItemDataRole.ToolTipRole)
        need = header.sectionSizeFromContents(at).width()
        if text and not tip and need > header.sectionSize(at) + _SLACK:
            yield f"column {text!r}: {need} px in {header.sectionSize(at)}"


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for row in range(min(model.rowCount(QModelIndex()), 20)):
        for column in range(model.columnCount(QModelIndex())):
            index = model.index(row, column)
            text, tip = index.data(Qt.ItemDataRole.DisplayRole), index.data(Qt.ItemDataRole.ToolTipRole)
            room = table.visualRect(index)
            need = table.fontMetrics().horizontalAdvance(str(text or ""))
            wraps = (
                table.itemDelegate().sizeHint(_option(table), index).height()
                > 2 * table.fontMetrics().height()
            )
            if text and not tip and not wraps and room.isValid() and need > room.width() + _SLACK:
                yield f"cell {text!r}: {need} px in {room.width()}"


def _option(table: QTableView):  # type: ignore[no-untyped-def] # what Qt hands to delegates
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    option.initFrom(table)
    return option


def _cut_by_what_is_around(widget: QWidget, window: QWidget) -> str:
    """By a parent that does not scroll."""
    around = widget.parentWidget()
    while around is not None:
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            return ""
        place = QRect(widget.mapTo(around, QPoint()), widget.size())
        if not around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            return f"outside of {type(around).__name__} {around.objectName()}"
        if around is window:
            return ""
        around = around.parentWidget()
    return ""
