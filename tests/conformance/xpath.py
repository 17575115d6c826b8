"""Runs the expressions of other engines' suites through ours, and prints who agrees.

`python -m tests.conformance.xpath [--all] [--data FILE]` prints the tables by function and by origin, then each case
that differs with its reason from `xpath_deviations.toml`; --all adds each of them in full, --data takes the cases of
another file.
"""

# ruff: noqa: T201 - a report for the terminal

from __future__ import annotations

import json
import lzma
import math
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from iscm_desktop.questionnaire.expression import (
    ExpressionError,
    Node,
    NodeKind,
    evaluate,
    parse,
    parse_document,
)

_HERE = Path(__file__).parent
_UNSCORABLE = {"custom-context", "dom-specific"}
_WANTED = {
    "boolean": "boolean", "number": "number", "number-rounded": "number", "string": "string",
    "string-regex": "string", "string-length": "string", "date": "string",
    "nodeset": "nodes", "nodeset-unordered": "nodes", "nodeset-ref": "nodes", "node": "nodes",
}  # fmt: skip
_ORIGINS = {"wf": "getodk/web-forms", "orx": "enketo", "jr": "JavaRosa"}


@dataclass(frozen=True)
class Outcome:
    """How one case went; `got` is what our evaluator said."""

    case: dict[str, Any]
    has_passed: bool
    got: object


@cache
def _suite() -> dict[str, Any]:
    if "--data" in sys.argv:
        return json.loads(Path(sys.argv[sys.argv.index("--data") + 1]).read_bytes())
    with lzma.open(_HERE / "data" / "xpath_cases.json.xz") as file:
        return json.load(file)


def cases() -> Iterator[dict[str, Any]]:
    """The cases that can be scored: without functions that only a test of their origin defines."""
    return (case for case in _suite()["cases"] if not _UNSCORABLE & set(case.get("flags", ())))


@cache
def deviations() -> dict[str, str]:
    """Case id to the reason why we differ."""
    with (_HERE / "xpath_deviations.toml").open("rb") as file:
        groups = tomllib.load(file)["deviation"]
    return {case: group["reason"] for group in groups for case in group["cases"]}


@cache
def _document(key: str | None) -> Node:
    return parse_document("<data/>" if key is None else _suite()["documents"][key])


def outcome(case: dict[str, Any]) -> Outcome:
    if case["type"] == "parse":
        can_be_read = _can_be_read(case["expr"])
        return Outcome(case, can_be_read is case["expected"], can_be_read)
    try:
        got = _value(case)
    except ExpressionError as error:
        return Outcome(case, case["type"] == "error", error)
    return Outcome(case, case["type"] != "error" and _agrees(case, got), got)


def _can_be_read(expression: str) -> bool:
    try:
        parse(expression)
    except ExpressionError:
        return False
    return True


def _zone(case: dict[str, Any]) -> ZoneInfo:
    return ZoneInfo(case.get("tz") or ("Etc/UTC" if case["id"].startswith("jr") else "America/Phoenix"))


def _value(case: dict[str, Any]) -> Any:
    tree, zone = _document(case["doc"]), _zone(case)
    now = datetime.fromtimestamp(case["now_ms"] / 1000, zone) if "now_ms" in case else None
    return evaluate(
        case["expr"],
        tree,
        context=_at(tree, case["context"]),
        root=_at(tree, case["root"]),
        namespaces=case["ns"],
        wanted=_WANTED.get(case["type"]),
        now=now,
        timezone=zone,
        language=case.get("lang") or case.get("locale") or "en",
        dialect=case["dialect"],
    )


def _at(tree: Node, way: str) -> Node:
    """The node at "/node()[2]/…/@name"."""
    node = tree
    for step in way.strip("/").split("/") if way != "/" else ():
        if step.startswith("@"):
            return next(found for found in node.attributes if found.qualified_name == step[1:])
        node = node.children[int(step[len("node()[") : -1]) - 1]
    return node


def _way(node: Node) -> str:
    steps: list[str] = []
    while node.parent is not None:
        if node.kind is NodeKind.ATTRIBUTE:
            steps.append(f"@{node.qualified_name}")
        elif node.kind is NodeKind.NAMESPACE:
            steps.append(f"namespace::{node.name}")
        else:
            place = next(place for place, child in enumerate(node.parent.children, 1) if child is node)
            steps.append(f"node()[{place}]")
        node = node.parent
    return "/" + "/".join(reversed(steps))


def _number(expected: float | str) -> float:
    return float(expected)  # Python reads "NaN", "Infinity" and "-0" as well


def _agrees(case: dict[str, Any], got: Any) -> bool:
    expected = case["expected"]
    match case["type"]:
        case "boolean" | "string":
            return got == expected and type(got) is type(expected)
        case "number":
            return _is_same_number(got, expected)
        case "number-rounded":
            return math.floor(got * case["factor"] + 0.5) / case["factor"] == _number(expected)
        case "string-regex":
            return re.search(expected, got) is not None
        case "string-length":
            return len(got) == expected
        case "date":
            return _milliseconds(got) == expected
        case "nodeset-ref":
            return [_numbered(node) for node in got] == expected
        case _:
            return _are_same_nodes(case, got)


def _is_same_number(got: float, expected: float | str) -> bool:
    wanted = _number(expected)
    if math.isnan(wanted):
        return math.isnan(got)
    if str(expected) in ("-0", "-0.0") and math.copysign(1, got) > 0:
        return False
    return got == wanted or math.isclose(got, wanted, rel_tol=1e-11)


def _milliseconds(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Etc/UTC"))).timestamp() * 1000


def _numbered(node: Node) -> str:
    """A node as JavaRosa writes it: "/data/path[3]", the topmost element without a number."""
    if node.parent is None or node.parent.kind is NodeKind.ROOT:
        return f"/{node.name}"
    return f"{_numbered(node.parent)}/{node.name}[{node.parent.elements(node.name).index(node) + 1}]"


def _are_same_nodes(case: dict[str, Any], got: list[Node]) -> bool:
    found = [(_way(node), _node_value(node)) for node in got]
    expected = case["expected"]
    if case["type"] == "node":
        return found[:1] == ([] if expected is None else [(expected["path"], expected["value"])])
    wanted = [(item["path"], item["value"]) for item in expected]
    if case["type"] == "nodeset-unordered":
        return sorted(found) == sorted(wanted)
    return found == wanted


def _node_value(node: Node) -> str:
    """The text of a node; "" for a document, as the suites recorded it."""
    return "" if node.kind is NodeKind.ROOT else node.string_value()


_CALLED = re.compile(r"([A-Za-z_][\w.:-]*)\s*\(")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NO_FUNCTION = "(operators and paths)"


def _functions(case: dict[str, Any]) -> set[str]:
    called = {name.rpartition("::")[2] for name in _CALLED.findall(_QUOTED.sub("''", case["expr"]))}
    return called - {"node", "text", "comment", "processing-instruction", "and", "or"} or {_NO_FUNCTION}


def table(outcomes: Iterable[Outcome], heading: str, keys: dict[str, set[str]]) -> str:
    """Passed and failed cases for each key; a case counts under each of its keys."""
    passed, failed = Counter[str](), Counter[str]()
    for one in outcomes:
        (passed if one.has_passed else failed).update(keys[one.case["id"]])
    rows = [f"{heading:28}{'passed':>8}{'failed':>8}"]
    rows += [f"{key:28}{passed[key]:8}{failed[key]:8}" for key in sorted(passed | failed)]
    return "\n".join(rows)


def share(outcomes: Iterable[Outcome]) -> float:
    results = [one.has_passed for one in outcomes]
    return sum(results) / len(results)


def main() -> int:
    outcomes = [outcome(case) for case in cases()]
    consensus = [one for one in outcomes if one.case["consensus"]]
    print(table(outcomes, "function", {one.case["id"]: _functions(one.case) for one in outcomes}))
    origins = {one.case["id"]: {_ORIGINS[one.case["id"].partition("-")[0]]} for one in outcomes}
    print("\n" + table(outcomes, "origin", origins))
    print(f"\nconsensus: {share(consensus):.2%} of {len(consensus):,}")
    print(f"all that can be scored: {share(outcomes):.2%} of {len(outcomes):,}\n")
    for one in outcomes:
        if not one.has_passed:
            reason = deviations().get(one.case["id"], "NOT EXPLAINED")
            print(f"{one.case['id']}: {one.case['expr']}\n    {reason}")
            if "--all" in sys.argv:
                print(f"    expected {one.case['expected']!r}, got {one.got!r}; {one.case['engines']}")
    return 0 if {one.case["id"] for one in outcomes if not one.has_passed} == set(deviations()) else 1


if __name__ == "__main__":
    sys.exit(main())
