"""Texts on the screen. All are plain text unless said otherwise: answers and file names are never markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget


def text_label(text: str, role: str, parent: QWidget, *, wraps: bool = True) -> QLabel:
    """A label in one of the roles of the style sheet: title, heading, strong, muted, small, error…"""
    label = QLabel(text, parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if wraps:
        policy = label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        label.setMinimumWidth(1)
    return label


def button(text: str, parent: QWidget, role: str = "", *, name: str = "") -> QPushButton:
    """A button in a role of the style sheet ("", primary, link, nav, menu); tests find it by `name`."""
    made = QPushButton(text, parent)
    if role:
        made.setProperty("role", role)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if name:
        made.setObjectName(name)
    return made


def rule(parent: QWidget, *, vertical: bool = False) -> QFrame:
    """A hair line."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def frame(role: str, parent: QWidget) -> QFrame:
    """A ground in a role of the style sheet: pane, head, foot, nav, desk."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def empty_layout(layout: QLayout) -> None:
    """Takes all widgets out of a layout; they are gone with the next turn of the event loop."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
