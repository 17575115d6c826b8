"""Plays a recorded scenario on a form session of ours: one outcome per step that can be scored.

Not scored are steps that only move a cursor through the form, which our session has not, and results that were
recorded as a mere "[object Object]".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire.expression import parse_document
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.session import submission_xml
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from tests.conformance.snapshots import (
    Difference,
    differences,
    is_same_text,
    is_same_value,
    nodes_of,
    plain,
)

Scenario = dict[str, Any]
_UNSCORED = frozenset({"next", "prev", "jumpToBeginningOfForm", "refAtIndex", "getValidationOutcome"})
_FORKING = frozenset({"restoreWebFormsInstanceState"})
"""Their argument, an instance, was not recorded: the instance that the fork begins with stands for it."""


@dataclass(frozen=True)
class Outcome:
    """How one step went: `step` counts from 0, and -1 is opening the form."""

    scenario: Scenario
    step: int
    operation: str
    differences: tuple[Difference, ...] = ()

    @property
    def has_passed(self) -> bool:
        return not self.differences

    @property
    def name(self) -> str:
        return f"{self.scenario['id']}/{'load' if self.step < 0 else self.step}"


@dataclass(frozen=True)
class Collection:
    """The scenarios with what they are played on: forms by key, files by folder."""

    scenarios: Mapping[str, Scenario]
    forms: Mapping[str, str]
    files: Mapping[str, Mapping[str, str]]

    def outcomes(self) -> Iterator[Outcome]:
        for scenario in self.scenarios.values():
            if not scenario.get("forked_from") and self._has_files(scenario):
                yield from _Player(self, scenario).played()

    def attachments(self, scenario: Scenario) -> dict[str, bytes]:
        folders = [each["fixture_dir"] for each in scenario.get("resources") or ()]
        return {name: text.encode() for each in folders for name, text in self.files.get(each, {}).items()}

    def _has_files(self, scenario: Scenario) -> bool:
        """Whether the files beside its form were recorded, too."""
        named = re.findall(r"src=\"jr://file(?:-csv)?/([^\"]+)\"", self.forms[scenario["form"]])
        return not scenario.get("resources") or set(named) <= set(self.attachments(scenario))


class _Player:
    def __init__(self, collection: Collection, scenario: Scenario) -> None:
        self._collection = collection
        self._scenario = scenario
        self._now = scenario.get("now_ms") or 0
        self._zone = ZoneInfo(scenario.get("tz") or "America/Phoenix")
        self._expected: dict[str, Any] = {}
        self._known: set[Difference] = set()
        self._announced: set[str] = set()

    def played(self, restored: str | None = None) -> Iterator[Outcome]:
        """All outcomes.

        Args:
            restored: The instance to begin with.
        """
        edited = (self._scenario.get("options") or {}).get("s", {}).get("editInstance")
        try:
            self._open(restored or edited)
        except IscmError as problem:
            refused = () if "load_error" in self._scenario else (("/", "load", "loads", str(problem)),)
            yield Outcome(self._scenario, -1, "load", refused)
            return
        if "load_error" in self._scenario:
            yield self._outcome(-1, "load", [("/", "load", self._scenario["load_error"], "loads")])
            return
        yield self._outcome(-1, "load", self._compared(self._scenario["initial"]))
        for number, step in enumerate(self._scenario["steps"]):
            yield from self._stepped(number, step)

    def _open(self, restored: str | None) -> None:
        collection, scenario = self._collection, self._scenario
        form = read_xform(collection.forms[scenario["form"]], collection.attachments(scenario))
        stored = (
            submission_xml.StoredAnswers()
            if restored is None
            else submission_xml.read_submission(form, restored)
        )
        self._session = FormSession(
            form,
            answers=stored.answers,
            entries=stored.entries,
            clock=lambda: datetime.fromtimestamp(self._now / 1000, self._zone),
            is_new=restored is None,
            brings_blank_entries=True,
        )
        self._session.on_changed.append(self._announced.update)

    def _outcome(self, step: int, operation: str, found: list[Difference]) -> Outcome:
        return Outcome(self._scenario, step, operation, tuple(found))

    def _compared(self, delta: Mapping[str, Any]) -> list[Difference]:
        """What differs newly anywhere, or in the nodes that the step changed.

        Looked at are the nodes that were recorded to change, and those that our session says changed.
        """
        changed = {plain(path): node for path, node in delta.items()}
        self._expected |= changed
        nodes = nodes_of(self._session)
        looked_at = {path for path, node in nodes.items() if node.path in self._announced}
        looked_at |= set(changed) | {path for path, *_rest in self._known}
        self._announced.clear()
        found = set(differences(self._session, nodes, self._expected, looked_at))
        new = sorted((each for each in found if each not in self._known or each[0] in changed), key=repr)
        self._known = found
        return new

    def _stepped(self, number: int, step: dict[str, Any]) -> Iterator[Outcome]:
        operation = step["op"]
        if isinstance(step.get("now"), int | float):
            self._now = step["now"]
        if step.get("forks_to"):
            yield from self._forked(step)
        elif operation not in _UNSCORED and not (operation in _FORKING and step.get("error")):
            try:
                found = _OPERATIONS[operation](self, step)
            except (KeyError, ValueError) as error:
                found = [] if step.get("error") else [("/", operation, repr(step.get("result")), repr(error))]
            yield self._outcome(number, operation, found + self._compared(step.get("delta") or {}))

    def _forked(self, step: dict[str, Any]) -> Iterator[Outcome]:
        fork = self._collection.scenarios[step["forks_to"]]
        begins = fork["initial_xml"] if step["op"] in _FORKING else self._session.instance_xml()
        yield from _Player(self._collection, fork).played(begins)

    # operations: each returns what differs beyond the state of the nodes

    def _find(self, reference: str) -> ResponseCell | RepeatSeries:
        return nodes_of(self._session)[plain(reference)]

    def _answer(self, step: dict[str, Any]) -> list[Difference]:
        cell = self._find(step["target"])
        values = step["args"][1:] if len(step["args"]) > 1 else step["args"]
        self._session.answer(cell.path, " ".join(map(_typed, values)))
        return []

    def _create(self, step: dict[str, Any]) -> list[Difference]:
        reference = plain(_reference(step))
        if not step.get("delta"):
            return []  # asked for where the form itself decides
        nodes = nodes_of(self._session)
        found = nodes.get(reference) or nodes[re.sub(r"\[\d+\]$", "", reference)]
        series = found.series if isinstance(found, ResponseCell) else found
        if series is None:
            raise KeyError(reference)
        after = found.entry_id if isinstance(found, ResponseCell) else "last"
        self._session.add_entry(series.path, after=after)
        return []

    def _remove(self, step: dict[str, Any]) -> list[Difference]:
        self._session.remove_entry(self._find(step["args"][0]).path)
        return []

    def _switch(self, step: dict[str, Any]) -> list[Difference]:
        self._session.language = step["args"][0]
        return []

    def _answer_of(self, step: dict[str, Any]) -> list[Difference]:
        cell = self._find(step["args"][0])
        found = cell.effective if isinstance(cell, ResponseCell) else ""
        fine = isinstance(cell, ResponseCell) and _is_chance(cell)
        return [] if fine or is_same_value(step["result"], found) else _told(step, found)

    def _attribute_of(self, step: dict[str, Any]) -> list[Difference]:
        found = self._find(step["args"][0]).node.attribute(step["args"][1]) or ""
        return [] if is_same_value(step["result"], found) else _told(step, found)

    def _count(self, step: dict[str, Any]) -> list[Difference]:
        series = self._find(step["args"][0])
        found = len(series.entries) if isinstance(series, RepeatSeries) else None
        return [] if found == step["result"] else _told(step, found)

    def _choices_of(self, step: dict[str, Any]) -> list[Difference]:
        found = len(self._session.view(self._find(_reference(step)).path).choices)
        return [] if found == step["result"]["n"] else _told(step, found)

    def _label(self, step: dict[str, Any]) -> list[Difference]:
        found = self._session.view(self._find(_reference(step)).path).label
        return [] if is_same_text(step["result"], found) else _told(step, found)

    def _option_labels(self, step: dict[str, Any]) -> list[Difference]:
        found = [each.label for each in self._session.view(self._find(_reference(step)).path).choices]
        return [] if found == step["result"] else _told(step, found)

    def _selected_labels(self, step: dict[str, Any]) -> list[Difference]:
        view = self._session.view(self._find(_reference(step)).path)
        found = [each.label for each in view.choices if each.value in view.text.split()]
        return [] if found == step["result"] else _told(step, found)

    def _exists(self, step: dict[str, Any]) -> list[Difference]:
        self._find(step["args"][0])
        return _told(step, "is there") if step.get("error") else []

    def _serialize(self, step: dict[str, Any]) -> list[Difference]:
        found = self._session.instance_xml()
        return [] if _leaves(found) == _leaves(step["result"]) else _told(step, found)


def _told(step: dict[str, Any], found: object) -> list[Difference]:
    return [(str(step["args"][:1]), step["op"], repr(step.get("result")), repr(found))]


def _is_chance(cell: ResponseCell) -> bool:
    return cell.template.calculate is not None and "random(" in cell.template.calculate.text


def _reference(step: dict[str, Any]) -> str:
    first = step["args"][0]
    return str(first["s"]["assertCurrentReference"] if isinstance(first, dict) else first)


def _typed(value: Any) -> str:
    """What a person would type for a recorded value."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case {"bigint": text} | {"file": text} | {"str": text}:
            return str(text)
        case {"s": {"latitude": latitude, "longitude": longitude, **rest}}:
            return f"{latitude} {longitude} {rest.get('altitude') or 0} {rest.get('accuracy') or 0}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _leaves(xml: str) -> list[tuple[str, str]]:
    """Path and text of each leaf in order, apart from ids of the file, which never repeat."""
    return [
        ("/".join(node.names()), node.string_value())
        for node in parse_document(xml).walk()
        if node.name and not any(map(node.element, ("meta", *_children(node)))) and _is_data(node.names())
    ]


def _children(node: Any) -> list[str]:
    return [child.name for child in node.children if child.name]


def _is_data(names: tuple[str, ...]) -> bool:
    return "meta" not in names


_OPERATIONS: dict[str, Callable[[_Player, dict[str, Any]], list[Difference]]] = {
    "answer": _Player._answer,
    "createNewRepeat": _Player._create,
    "proposed_addExplicitCreateNewRepeatCallHere": _Player._create,
    "removeRepeat": _Player._remove,
    "setLanguage": _Player._switch,
    "answerOf": _Player._answer_of,
    "attributeOf": _Player._attribute_of,
    "countRepeatInstancesOf": _Player._count,
    "choicesOf": _Player._choices_of,
    "getQuestionLabelText": _Player._label,
    "proposed_getAvailableOptionLabels": _Player._option_labels,
    "proposed_getSelectedOptionLabelsAsText": _Player._selected_labels,
    "getInstanceNode": _Player._exists,
    "proposed_serializeInstance": _Player._serialize,
}
