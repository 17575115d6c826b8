"""Plays the form scenarios of ODK Web Forms on our form session, and prints who agrees.

`python -m tests.conformance.scenarios [--all] [--only TEXT] [--data FOLDER]` prints the tables by file of origin
and by operation, then each step that differs with its reason from `scenario_deviations.toml`. --all adds what
differs; --only plays those scenarios whose id, file or title holds TEXT; --data takes `scenarios.jsonl` and
`forms.json` from another folder.
"""

# ruff: noqa: T201 - a report for the terminal

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tests.conformance.playing import Collection, Outcome

_HERE = Path(__file__).parent
_DATA = _HERE / "data"


@cache
def collection(folder: Path | None = None) -> Collection:
    """The scenarios that ship, or those of a folder."""
    files = json.loads(_shipped("scenario_files.json"))
    if folder is None:
        lines, forms = _shipped("scenarios.jsonl"), _shipped("scenario_forms.json")
    else:
        lines = (folder / "scenarios.jsonl").read_text(encoding="utf-8")
        forms = (folder / "forms.json").read_text(encoding="utf-8")
    scenarios = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return Collection({each["id"]: each for each in scenarios}, json.loads(forms), files)


def _shipped(name: str) -> str:
    with lzma.open(_DATA / f"{name}.xz", "rt", encoding="utf-8") as file:
        return str(file.read())


@cache
def deviations() -> dict[str, str]:
    """Scenario and step ("sc-0107/1") to the reason why we differ."""
    with (_HERE / "scenario_deviations.toml").open("rb") as file:
        groups: list[dict[str, Any]] = tomllib.load(file)["deviation"]
    return {step: group["reason"] for group in groups for step in group["steps"]}


def table(outcomes: Iterable[Outcome], heading: str) -> str:
    """Passed and failed steps by "origin" or by "operation"."""
    passed, failed = Counter[str](), Counter[str]()
    for one in outcomes:
        (passed if one.has_passed else failed)[_key(one, heading)] += 1
    rows = [f"{heading:56}{'passed':>8}{'failed':>8}"]
    rows += [f"{key:56}{passed[key]:8}{failed[key]:8}" for key in sorted(passed | failed)]
    return "\n".join(rows)


def _key(one: Outcome, heading: str) -> str:
    if heading == "operation":
        return one.operation
    return str(one.scenario["file"]).removeprefix("packages/scenario/test/")


def share(outcomes: Iterable[Outcome]) -> float:
    results = [one.has_passed for one in outcomes]
    return sum(results) / len(results)


def _told(one: Outcome) -> str:
    lines = [f"{one.name}: {one.scenario['test']}", f"    {deviations().get(one.name, 'NOT EXPLAINED')}"]
    if "--all" in sys.argv:
        lines += [f"    {'  '.join(map(str, each))[:400]}" for each in one.differences[:10]]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.scenarios")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--data", type=Path)
    chosen = parser.parse_args()
    outcomes = [
        one
        for one in collection(chosen.data).outcomes()
        if chosen.only in f"{one.scenario['id']} {one.scenario['file']} {one.scenario['test']}"
    ]
    differing = {one.name for one in outcomes if not one.has_passed}
    print(table(outcomes, "origin"))
    print("\n" + table(outcomes, "operation"))
    played = len({one.scenario["id"] for one in outcomes})
    whole = played - len({name.partition("/")[0] for name in differing})
    print(
        f"\nsteps: {share(outcomes):.2%} of {len(outcomes):,}; scenarios without any difference: {whole} of {played}\n"
    )
    for one in outcomes:
        if not one.has_passed:
            print(_told(one))
    return 0 if differing <= set(deviations()) else 1


if __name__ == "__main__":
    sys.exit(main())
