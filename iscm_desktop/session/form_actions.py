"""Values that the form sets by itself: defaults, metadata, and actions at events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from iscm_desktop.questionnaire.expression import ExpressionError
from iscm_desktop.questionnaire.model import Action, Bind, InstanceElement
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine

FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready"})
EVERY_LOAD = frozenset({"odk-instance-load"})
NEW_ENTRY = frozenset({"odk-new-repeat"})
VALUE_CHANGED = frozenset({"xforms-value-changed"})


def static_defaults(cell: ResponseCell, shape: InstanceElement) -> Iterator[tuple[ResponseCell, str]]:
    """The leaves of a cell with the values that the form writes into them, entries of repeats left out."""
    for child in shape.children:
        below = cell.children.get(child.name)
        if not isinstance(below, ResponseCell):
            continue
        if not child.children and child.text and below.template.is_stored:
            yield below, child.text
        yield from static_defaults(below, child)


def preloaded(engine: RuleEngine, properties: Mapping[str, str]) -> Iterator[tuple[ResponseCell, str]]:
    """Metadata that a form asks the program for when a response begins.

    Args:
        properties: What the form may know of the computer and its person: "deviceid", "username", "email"…
    """
    now = engine.host.now()
    for cell in tuple(engine.by_path.values()):
        if isinstance(cell, ResponseCell) and cell.template.bind.preload:
            text = _preload(cell.template.bind, now, properties)
            if text:
                yield cell, text


def _preload(bind: Bind, now: datetime, properties: Mapping[str, str]) -> str:
    kind, _blank, parameter = bind.preload.partition(" ")
    match kind, parameter:
        case "timestamp", "start":
            return time_text(now)
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


def time_text(now: datetime) -> str:
    """A time as forms store it: ISO 8601 with milliseconds and the offset of its zone."""
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

    def at_load(self, *, is_first: bool) -> Iterator[tuple[ResponseCell, str]]:
        """Cells with the values that opening a response gives them; `is_first`: one that has just begun."""
        events = EVERY_LOAD | FIRST_LOAD if is_first else EVERY_LOAD
        for action in self._actions:
            if events & set(action.events):
                for cell in self._all(action):
                    yield cell, self._value(action, cell)

    def at_new_entry(self, entry: ResponseCell) -> Iterator[tuple[ResponseCell, str]]:
        """Cells inside a new entry with the values that its beginning gives them."""
        actions = [each for each in self._actions if NEW_ENTRY & set(each.events)]
        fitting = [each for each in actions if each.source in ("", entry.template.path) and not each.is_place]
        if not fitting:
            return
        inside: dict[str, list[ResponseCell]] = {}
        for cell in entry.below():
            if isinstance(cell, ResponseCell) and not cell.template.children:
                inside.setdefault(cell.template.path, []).append(cell)
        for action in fitting:
            for cell in inside.get(action.target, ()):
                yield cell, self._value(action, cell)

    def has_any(self, source: ResponseCell) -> bool:
        """Whether a change of this cell sets anything off."""
        return source.template.path in self._by_source

    def after_change(self, source: ResponseCell) -> Iterator[tuple[ResponseCell, str]]:
        """Cells with the values that a change of `source` gives them; places are never set."""
        for action in self._by_source.get(source.template.path, ()):
            if not action.is_place:
                for cell in self._beside(action, source):
                    yield cell, self._value(action, cell)

    def _all(self, action: Action) -> tuple[ResponseCell, ...]:
        template = self._engine.rules.by_path.get(action.target)
        if template is None or template.children or action.is_place:
            return ()
        found = self._engine.instances.get(template, {})
        return tuple(cell for cell in found if isinstance(cell, ResponseCell))

    def _beside(self, action: Action, source: ResponseCell) -> tuple[ResponseCell, ...]:
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

    def _picked(self, action: Action, source: ResponseCell) -> tuple[ResponseCell, ...]:
        """The nodes that the action's own path finds, from where the action stands."""
        host = self._engine.host
        try:
            nodes = host.expression(action.nodes).as_nodes(host.context(source.node))
        except ExpressionError:
            return ()
        return tuple(node.data for node in nodes if isinstance(node.data, ResponseCell))

    def _value(self, action: Action, cell: ResponseCell) -> str:
        if not action.value:
            return action.text
        host = self._engine.host
        try:
            return host.expression(action.value).as_string(host.context(cell.node))
        except ExpressionError:
            return ""


def series_below(cell: ResponseCell) -> Iterator[tuple[RepeatSeries, InstanceElement]]:
    """The repeats inside a cell, entries aside, each with the shape of the entries that the form brings."""
    for child in cell.template.shape.children:
        below = cell.children.get(child.name)
        if isinstance(below, RepeatSeries):
            yield below, child
        elif isinstance(below, ResponseCell):
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
