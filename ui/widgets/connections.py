"""Connections that end with whoever they were made for.

PySide drops a connection to a bound method as soon as the method's QObject is deleted, and does not keep that object
alive. A connection to a lambda, a `partial` or an inner function has no receiver: it lasts as long as the sender, and
then calls into what is gone. Where a press stands for something (this row, one step back), it is carried by an object
that belongs to the sender.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid


class Carrier(QObject):
    """Calls `slot`, a bound method of a QObject, with `value`, for as long as that QObject and `sender` are there."""

    _carried = Signal(object)

    def __init__(self, sender: QObject | None, slot: Callable[[Any], object], value: object) -> None:
        if not isinstance(getattr(slot, "__self__", None), QObject):
            raise TypeError("a connection needs a method of a QObject, with which it ends")
        super().__init__(sender)
        self._value = value
        self._carried.connect(slot)

    def carry(self) -> None:
        """Somebody pressed the sender."""
        self._carried.emit(self._value)


def on_press(
    sender: QAbstractButton | QAction | QShortcut, slot: Callable[[Any], object], value: object
) -> None:
    """Pressing `sender` calls `slot`, a bound method of a QObject, with `value`: what the press stands for."""
    carrier = Carrier(sender, slot, value)
    if isinstance(sender, QAbstractButton):
        sender.clicked.connect(carrier.carry)
    elif isinstance(sender, QAction):
        sender.triggered.connect(carrier.carry)
    else:
        sender.activated.connect(carrier.carry)


def soon(slot: Callable[[Any], object], value: object) -> None:
    """Calls `slot`, a bound method of a QObject, with `value` once the events at hand are done; not if it is gone."""
    carrier = Carrier(getattr(slot, "__self__", None), slot, value)
    QTimer.singleShot(
        0, carrier, carrier.carry
    )  # without it in the middle, it is called even when it is gone
    QTimer.singleShot(0, carrier, carrier.deleteLater)


def is_gone(then: Callable[..., object]) -> bool:
    """Whether `then` is a method of a QObject that was deleted."""
    receiver = getattr(then, "__self__", None)
    return isinstance(receiver, QObject) and not isValid(receiver)
