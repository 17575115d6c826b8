"""Values that the form sets by itself: defaults, metadata, and actions at events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from iscm_desktop.questionnaire.expression import ExpressionError
from iscm_desktop.questionnaire.model import Action, Bind, InstanceElement
from iscm_desktop.session.response_tree import Cell, RepeatCells
from iscm_desktop.session.rule_engine import RuleEngine

FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready"})
EVERY_LOAD = frozenset({"odk-instance-load"})
NEW_ENTRY = frozenset({"odk-new-repeat"})
VALUE_CHANGED = frozenset({"xforms-value-changed"})


def static_defaults(cell: Cell, shape: InstanceElement) -> Iterator[tuple[Cell, str]]:
    """The leaves of a cell with the values that the form writes into them, entries of repeats left out."""
    for child in shape.children:
        below = cell.children.get(child.name)
        if not isinstance(below, Cell):
            continue
        if not child.children and child.text and below.template.is_stored:
            yield below, child.text
        yield from static_defaults(below, child)


def preloaded(engine: RuleEngine, properties: Mapping[str, str]) -> Iterator[tuple[Cell, str]]:
    """Metadata that a form asks the program for when a response begins.

    Args:
        properties: What the form may know of the computer and its person: "deviceid", "username", "email"…
    """
    now = engine.surroundings.now()
    for cell in tuple(engine.by_path.values()):
        if isinstance(cell, Cell) and cell.template.bind.preload:
            text = _preload(cell.template.bind, now, properties)
            if text:
                yield cell, text


def _preload(bind: Bind, now: datetime, properties: Mapping[str, str]) -> str:
    kind, _blank, parameter = bind.preload.partition(" ")
    match kind, parameter:
        case "timestamp", "start":
            return moment(now)
        case "date", "today":
            return now.date().isoformat()
        case "uid", _:
            import uuid  # only here: it takes 10 ms of every start

            return f"uuid:{uuid.uuid4()}"
        case "property", name if name in properties:
            return properties[name]
        case "property", "username":
            return _username()
        case _:
            return ""


def moment(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds")


def _username() -> str:
    """The name of the account; blank on computers that have none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class FormActions:
    """The actions of a form, found by what sets them off."""

    def __init__(self, engine: RuleEngine) -> None:
        self._engine = engine
        self._actions = engine.questionnaire.actions
        self._by_source: dict[str, list[Action]] = {}
        for action in self._actions:
            if VALUE_CHANGED & set(action.events):
                self._by_source.setdefault(action.source, []).append(action)

    def at_load(self, *, is_first: bool) -> Iterator[tuple[Cell, str]]:
        events = EVERY_LOAD | FIRST_LOAD if is_first else EVERY_LOAD
        for action in self._actions:
            if events & set(action.events):
                for cell in self._all(action):
                    yield cell, self._value(action, cell)

    def at_new_entry(self, entry: Cell) -> Iterator[tuple[Cell, str]]:
        for action in self._actions:
            if NEW_ENTRY & set(action.events) and action.source in ("", entry.template.path):
                for cell in self._all(action):
                    if cell.entry_of(entry.template) is entry:
                        yield cell, self._value(action, cell)

    def has_any(self, source: Cell) -> bool:
        """Whether a change of this cell sets anything off."""
        return source.template.path in self._by_source

    def after_change(self, source: Cell) -> Iterator[tuple[Cell, str]]:
        for action in self._by_source.get(source.template.path, ()):
            if not action.is_place:
                for cell in self._beside(action, source):
                    yield cell, self._value(action, cell)

    def _all(self, action: Action) -> tuple[Cell, ...]:
        template = self._engine.rules.by_path.get(action.target)
        if template is None or template.children or action.is_place:
            return ()
        found = self._engine.instances.get(template, {})
        return tuple(cell for cell in found if isinstance(cell, Cell))

    def _beside(self, action: Action, source: Cell) -> tuple[Cell, ...]:
        """The target in the innermost entry that source and target share.

        Where they share none, the action has to say which entry it means: one that means several sets nothing.
        """
        found = self._picked(action, source) if action.nodes else self._all(action)
        template = self._engine.rules.by_path.get(action.target)
        for around in template.around() if template is not None else ():
            entry = source.entry_of(around) if around.is_repeat else None
            if entry is not None:
                found = tuple(cell for cell in found if cell.entry_of(around) is entry)
        return found if len(found) == 1 else ()

    def _picked(self, action: Action, source: Cell) -> tuple[Cell, ...]:
        """The nodes that the action's own path finds, from where the action stands."""
        surroundings = self._engine.surroundings
        try:
            nodes = surroundings.expression(action.nodes).as_nodes(surroundings.context(source.node))
        except ExpressionError:
            return ()
        return tuple(node.data for node in nodes if isinstance(node.data, Cell))

    def _value(self, action: Action, cell: Cell) -> str:
        if not action.value:
            return action.text
        surroundings = self._engine.surroundings
        try:
            return surroundings.expression(action.value).as_string(surroundings.context(cell.node))
        except ExpressionError:
            return ""


def series_below(cell: Cell) -> Iterator[tuple[RepeatCells, InstanceElement]]:
    """The repeats inside a cell, entries aside, each with the shape of the entries that the form brings."""
    for child in cell.template.shape.children:
        below = cell.children.get(child.name)
        if isinstance(below, RepeatCells):
            yield below, child
        elif isinstance(below, Cell):
            yield from series_below(below)


def differs(entry: InstanceElement, shape: InstanceElement) -> bool:
    """Whether an entry that the form brings says anything that a blank one does not."""
    return [child.text for child in _leaves(entry)] != [child.text for child in _leaves(shape)]


def _leaves(shape: InstanceElement) -> Iterator[InstanceElement]:
    for child in shape.children:
        if child.children:
            yield from _leaves(child)
        else:
            yield child
