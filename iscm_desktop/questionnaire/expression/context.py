"""What an expression may ask of the outside: where it stands, the clock, chance, lists and labels."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, tzinfo

from iscm_desktop.questionnaire.expression.tree import Node

Value = float | str | bool | list[Node]
"""XPath's four types. Numbers are always floats; a list of nodes is in document order."""


class Host:
    """What an evaluation may ask of its host. Every answer here is a harmless default, to be overridden."""

    language = "en"
    """Language tag for the names of months and days, such as "fr"."""

    version = ""
    """The form's version, as version() tells it."""

    def now(self) -> datetime:
        """The time now, with the time zone that the respondent's dates are meant in."""
        return datetime.now().astimezone()

    def timezone(self) -> tzinfo | None:
        """Zone of dates that name none; None for the zone of this computer."""
        return None

    def random(self) -> float:
        """A number from 0 up to, not including, 1."""
        return random.random()  # noqa: S311 - order of choices and samples, nothing secret

    def instance(self, name: str) -> Node | None:
        """The secondary instance of that id: the node whose child is its topmost element; None if unknown."""
        return None

    def choice_label(self, template: tuple[str, ...], value: str, context: Node) -> str:
        """Label, in the language of the response, of the choice `value` of the question at `template`."""
        return value

    def itext(self, name: str, near: Node | None = None) -> str:
        """The text of that id in the language of the response, its values taken from around the node `near`."""
        return name


class Context:
    """Where an expression is evaluated.

    Attributes:
        node: The context node.
        position, size: What position() and last() say, from 1.
        root: The node that "/" means: the parent of the primary instance's topmost element.
        current: What current() means: the node that the whole expression belongs to.
    """

    __slots__ = ("current", "host", "node", "position", "root", "size")

    def __init__(
        self,
        node: Node,
        root: Node | None = None,
        host: Host | None = None,
        *,
        position: int = 1,
        size: int = 1,
        current: Node | None = None,
    ) -> None:
        self.node = node
        self.root = node.root() if root is None else root
        self.host = _PLAIN_HOST if host is None else host
        self.position = position
        self.size = size
        self.current = node if current is None else current


Run = Callable[[Context], Value]

_PLAIN_HOST = Host()
