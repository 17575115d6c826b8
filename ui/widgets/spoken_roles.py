"""What assistive technology calls a part of the window, where Qt by itself would call it something else.

Qt says "check box" of every button that can be down, and "filler" of every widget that holds others. Interfaces of our
own are made for the widgets that `speak_as` marked, by the one way that PySide has for it: a factory.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QPushButton, QWidget

_MARK = "spoken_part"


class Part(Enum):
    """What a widget is to somebody who hears the window."""

    TAB = auto()
    """A button that leads to one of several pages; the page in view is the selected one."""
    WAY = auto()
    """One of several ways to look at the same thing."""
    FOLD = auto()
    """A button that opens and folds what is below or beside it."""
    GROUP = auto()
    """What belongs together: the choices of a question under its words, the questions of an entry under its title."""
    PICTURE = auto()
    """What is only looked at, and has a name."""


def speak_as(widget: QWidget, part: Part) -> None:
    """Says what a widget is, when it is made."""
    widget.setProperty(_MARK, part)
    if QAccessible.isActive():  # Qt may have told of its words already, as of a widget of its own
        early = QAccessible.queryAccessibleInterface(widget)
        if early is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(early))


def name_spoken(widget: QWidget, name: str, about: str) -> None:
    """What a widget is called, and what is told about it; whoever listens hears of changes only."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
    if widget.accessibleDescription() != about:
        widget.setAccessibleDescription(about)


def tell_selected(tab: QAbstractButton) -> None:
    """Another page is in view: whoever listens hears which."""
    if QAccessible.isActive():
        state = QAccessible.State()
        state.selected = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(tab, state))


def announce(widget: QWidget, words: str) -> None:
    """Has a sentence spoken that has just appeared at a widget, once what is being spoken has ended."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def use_spoken_roles() -> None:
    """From now on marked widgets are what they were marked as. Calling it again changes nothing."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(True)


_installed: list[bool] = []


class _SpokenGroup(QAccessibleWidget):
    """Its name and description are those of the widget."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Grouping


class _SpokenPicture(QAccessibleWidget):
    """Named as the widget is."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Graphic


class _SpokenButton(QAccessibleWidget):
    """A button that can be down. PySide hands a Python object over to Qt for good: it must hold nothing."""

    def role(self) -> QAccessible.Role:
        part = self._button().property(_MARK)
        roles = QAccessible.Role
        return {Part.TAB: roles.PageTab, Part.WAY: roles.RadioButton}.get(part, roles.Button)

    def state(self) -> QAccessible.State:
        state, button = super().state(), self._button()
        part, is_down = button.property(_MARK), button.isChecked()
        if part is Part.TAB:
            state.selectable, state.selected = True, is_down
        elif part is Part.FOLD:
            state.expandable, state.expanded, state.collapsed = True, is_down, not is_down
        else:
            state.checkable, state.checked = True, is_down
        return state

    def text(self, kind: QAccessible.Text) -> str:
        button = self._button()
        if kind is QAccessible.Text.Accelerator:
            return button.shortcut().toString()
        if kind is QAccessible.Text.Name:
            return button.accessibleName() or button.text().replace("&&", "\0").replace("&", "").replace(
                "\0", "&"
            )
        return super().text(kind)

    def actionNames(self) -> list[str]:
        names = super().actionNames()
        return [self.pressAction(), *names] if self._button().isEnabled() else names

    def doAction(self, name: str) -> None:
        if name == self.pressAction():
            self._button().click()
        else:
            super().doAction(name)

    def _button(self) -> QAbstractButton:
        button = self.object()
        return button if isinstance(button, QAbstractButton) else QPushButton()


def _interface(_name: str, made_for: QObject) -> QAccessibleWidget | None:
    """Qt asks once for each class of an object, the object's own first."""
    part = made_for.property(_MARK)
    if not isinstance(part, Part) or not isinstance(made_for, QWidget):
        return None
    made: dict[Part, type[QAccessibleWidget]] = {Part.GROUP: _SpokenGroup, Part.PICTURE: _SpokenPicture}
    return made.get(part, _SpokenButton)(made_for)
