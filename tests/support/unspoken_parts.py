"""Finds parts of a window of which assistive technology can say nothing, or something else than they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QWidget

_ROLES = QAccessible.Role
_ACTED_UPON = {
    _ROLES.Button, _ROLES.ButtonMenu, _ROLES.ButtonDropDown, _ROLES.PageTab, _ROLES.CheckBox, _ROLES.RadioButton,
    _ROLES.ComboBox, _ROLES.EditableText, _ROLES.Slider, _ROLES.SpinBox, _ROLES.List, _ROLES.Table, _ROLES.Tree,
    _ROLES.Link,
}  # fmt: skip


def unspoken_parts(window: QWidget) -> list[str]:
    """Each part in view that takes the keyboard or a press and has no name, or is called a box to tick and is none."""
    parts = [window, *(one for one in window.findChildren(QWidget) if one.isVisible())]
    return [f"{where_it_is(widget)}: {why}" for widget in parts if (why := _why_unspoken(widget))]


def where_it_is(widget: QWidget) -> str:
    """The classes from the window down to the widget, without Qt's own grounds."""
    around, names = widget, []
    while around is not None and not around.isWindow():
        names.append(around.objectName() or type(around).__name__)
        around = around.parentWidget()
    return " in ".join(names[:5])


def _why_unspoken(widget: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is None:
        return "no interface"
    is_button = isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox)
    if is_button and spoken.role() is _ROLES.CheckBox:
        return f"a button that is called a box to tick ({_name(spoken)})"
    if isinstance(widget, QLabel):
        is_pressed = widget.cursor().shape() is Qt.CursorShape.PointingHandCursor or "<a " in widget.text()
        return (
            "a text that can be pressed, and is no button" if is_pressed and not _takes_keys(widget) else ""
        )
    is_used = spoken.role() in _ACTED_UPON or _takes_keys(widget)
    return f"no name ({spoken.role().name})" if is_used and not _name(spoken).strip() else ""


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _name(spoken: QAccessibleInterface) -> str:
    """Its own; of a list to choose from the label's, since Qt says on Linux what is chosen in it."""
    if not isinstance(spoken.object(), QComboBox):
        return spoken.text(QAccessible.Text.Name)
    labels = spoken.relations(QAccessible.RelationFlag.Label)
    return " ".join(label.text(QAccessible.Text.Name) for label, _relation in labels)
