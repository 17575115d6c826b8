"""What a session shows of each node, compared with what another engine recorded of it.

Nodes are named as the recordings name them: "/data/repeat[2]/a", prefixes left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.views import Verdict

Nodes = dict[str, ResponseCell | RepeatSeries]
Difference = tuple[str, str, str, str]  # the node, what differs, recorded, ours

_SPACES = re.compile(r"[\s\u00a0]+")
_UUID = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_OUR_SECONDS = 60
"""How far two readings of the clock may lie apart."""

_ABOUT_THE_FILE = re.compile(r"/meta(/instanceID|/deprecatedID)?$")
"""Added by the recording engine where the form lacks it, and different each time."""

_VIOLATIONS = {Verdict.MISSING: "required", Verdict.OUT_OF_RANGE: "constraint"}
_MOST_CHOICES = 400


def plain(path: str) -> str:
    """A path without prefixes."""
    return re.sub(r"/[\w.-]+:", "/", path)


def nodes_of(session: FormSession) -> Nodes:
    """All nodes that a session has now, entries numbered from 1."""
    root = session._engine.root
    return dict(_below(root, f"/{root.template.name}"))


def _below(cell: ResponseCell, path: str) -> Iterator[tuple[str, ResponseCell | RepeatSeries]]:
    for name, child in cell.children.items():
        own = path_below(path, name)
        yield own, child
        if isinstance(child, ResponseCell):
            yield from _below(child, own)
            continue
        for number, entry in enumerate(child.entries, 1):
            yield f"{own}[{number}]", entry
            yield from _below(entry, f"{own}[{number}]")


def differences(
    session: FormSession, nodes: Nodes, expected: dict[str, Any], looked_at: Collection[str]
) -> Iterator[Difference]:
    """Everything in which the nodes named in `expected` differ, and entries that should not be there.

    Args:
        looked_at: The nodes that are compared in more than being there.
    """
    for path, wanted in expected.items():
        if _ABOUT_THE_FILE.search(path):
            continue
        node = nodes.get(path)
        if wanted is None or node is None:
            if (wanted is None) is not (node is None):
                yield path, "presence", repr(wanted is not None), repr(node is not None)
        elif (
            path in looked_at
            and isinstance(node, ResponseCell)
            and not wanted["t"].startswith("repeat-range")
        ):
            yield from _of_node(session, path, node, wanted)
    known = {path for path, wanted in expected.items() if wanted is not None}
    for path, node in nodes.items():
        if isinstance(node, ResponseCell) and node.series is not None and path not in known:
            yield path, "presence", "False", "True"


def _of_node(
    session: FormSession, path: str, node: ResponseCell, wanted: dict[str, Any]
) -> Iterator[Difference]:
    ours = _shown(session, node)
    for aspect, found in ours.items():
        recorded = wanted.get(aspect)
        if aspect in wanted and not _AGREE.get(aspect, _is_same)(recorded, found):
            if aspect == "v" and _cannot_repeat(node):
                continue
            yield path, aspect, repr(recorded), repr(found)


def _cannot_repeat(node: ResponseCell) -> bool:
    return node.template.calculate is not None and "random(" in node.template.calculate.text


def _shown(session: FormSession, cell: ResponseCell) -> dict[str, Any]:
    """The aspects in which our node can be compared; a calculated node is read-only by W3C XForms 1.0, 6.1.2."""
    session._viewer._judge.judge(cell)
    question, worded = cell.template.question, session._host.worded
    shown: dict[str, Any] = {"rel": cell.is_asked}
    if not cell.template.children:
        shown["v"] = cell.effective
    if question is None or not question.kind.is_shown:
        return shown
    shown |= {
        "req": cell.is_required,
        "label": worded(question.label, cell.node),
        "hint": worded(question.hint, cell.node),
        "viol": (_VIOLATIONS.get(cell.verdict), cell.message),
    }
    if cell.template.calculate is None:
        shown["ro"] = cell.is_read_only
    choices = session._viewer.choices(cell)
    return shown | {"choices": [(each.value, each.label) for each in choices[:_MOST_CHOICES]]}


def _is_same(recorded: object, found: object) -> bool:
    return recorded == found


def is_same_text(recorded: object, found: object) -> bool:
    """White space aside: what a label shows is laid out by whoever shows it."""
    return _SPACES.sub(" ", str(recorded or "")).strip() == _SPACES.sub(" ", str(found or "")).strip()


def is_same_value(recorded: object, found: str) -> bool:
    """Numbers and places by what they say; made-up ids and the clock by their form."""
    text = "" if recorded is None else str(recorded)
    if text == found or (_UUID.fullmatch(text) and _UUID.fullmatch(found)):
        return True
    if _MOMENT.fullmatch(text) and _MOMENT.fullmatch(found):
        apart = datetime.fromisoformat(text) - datetime.fromisoformat(found)
        return abs(apart.total_seconds()) < _OUR_SECONDS
    ours, theirs = _numbers(found), _numbers(text)
    return ours is not None and theirs is not None and _are_close(ours, theirs)


def _numbers(text: str) -> list[list[float]] | None:
    """A number, or the points of a place, shape or line; None where it is anything else."""
    points = [point.split() for point in text.strip().rstrip(";").split(";")]
    try:
        return [[float(each) for each in point] for point in points] if any(points) else None
    except ValueError:
        return None


def _are_close(ours: list[list[float]], theirs: list[list[float]]) -> bool:
    """Altitude and accuracy that are left out are 0."""

    def filled(points: list[list[float]]) -> list[float]:
        return [n for point in points for n in ([*point, 0.0, 0.0][:4] if len(point) > 1 else point)]

    first, second = filled(ours), filled(theirs)
    return len(first) == len(second) and all(map(math.isclose, first, second))


def _are_same_choices(recorded: Any, found: list[tuple[str, str]]) -> bool:
    values = [value for value, _label in found]
    return values == [value for value, _label in recorded] and all(
        is_same_text(theirs[1], ours[1]) for theirs, ours in zip(recorded, found, strict=True)
    )


def _is_same_violation(recorded: Any, found: tuple[str | None, str]) -> bool:
    """The message counts where the form has its own; otherwise it is the program's."""
    condition, message = recorded or (None, None)
    return bool(condition == found[0] and (message is None or is_same_text(message, found[1])))


_AGREE: dict[str, Any] = {
    "v": is_same_value,
    "label": is_same_text,
    "hint": is_same_text,
    "choices": _are_same_choices,
    "viol": _is_same_violation,
}
