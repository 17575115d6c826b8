"""Forms of any size, the same at every run: XLSForms as CSV, as people would have written them.

`everyday` grows in length only: a question's rule looks at a few questions near it, so an answer in a form of
5,000 questions concerns no more of them than in one of 250. `interview` is built like the WHO verbal-autopsy
questionnaire, where most rules hang on how old somebody was. `cascade` has one long list, filtered twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_COLUMNS = ("type", "name", "label", "relevant", "constraint", "constraint_message", "required", "calculation",
            "choice_filter")  # fmt: skip
_KINDS = ("select_one yn", "integer", "text", "select_multiple letters", "date", "decimal")
_WEIGHTS = (40, 20, 15, 10, 10, 5)
_SECTION = 25
_LETTERS = "abcdefgh"

Row = dict[str, str]


@dataclass
class _Form:
    """The sheets while they are written."""

    title: str
    chance: Random
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    conditions: int = 0

    def add(self, kind: str, name: str, label: str = "", **more: str) -> None:
        self.conditions += "relevant" in more
        self.survey.append({"type": kind, "name": name, "label": label, **more})

    def written(self) -> str:
        file = io.StringIO()
        writer = csv.writer(file)
        extra = tuple(dict.fromkeys(key for row in self.choices for key in row))
        settings = {"form_title": self.title, "form_id": self.title.replace(" ", "_"), "version": "1"}
        for sheet, columns, rows in (
            ("survey", _COLUMNS, self.survey),
            ("choices", extra, self.choices),
            ("settings", tuple(settings), [settings]),
        ):
            writer.writerow([sheet])
            writer.writerow(["", *columns])
            writer.writerows(["", *(row.get(column, "") for column in columns)] for row in rows)
        return file.getvalue()


def _start(title: str, seed: int) -> _Form:
    form = _Form(title, Random(seed))
    form.choices = [{"list_name": "yn", "name": name, "label": name.title()} for name in ("yes", "no")]
    form.choices += [
        {"list_name": "letters", "name": letter, "label": f"Letter {letter.upper()}"} for letter in _LETTERS
    ]
    return form


def everyday(questions: int) -> str:
    """Sections of 25 questions, every fourth with a repeat; two of three questions have a condition."""
    form = _start(f"everyday {questions}", questions)
    before: list[Row] = []
    for number, start in enumerate(range(0, questions, _SECTION)):
        size = min(_SECTION, questions - start)
        form.add("begin_group", f"s{number}", f"Section {number}")
        repeated = 6 if number % 4 == 3 else 0
        own = list(_questions(form, f"s{number}q", size - repeated, before[-2 * _SECTION :]))
        before += own
        if repeated:
            form.add("begin_repeat", f"s{number}r", f"Turn of {number}")
            inside = list(_questions(form, f"s{number}r", repeated, []))
            form.add("end_repeat", "")
            numbers = [row["name"] for row in inside if row["type"] in {"integer", "decimal"}]
            if numbers:
                form.add("calculate", f"s{number}all", calculation=f"sum(${{{numbers[0]}}})")
        numbers = [row["name"] for row in own if row["type"] == "integer"]
        total = " + ".join(f"coalesce(${{{name}}}, 0)" for name in numbers) or "0"
        form.add("calculate", f"s{number}total", calculation=total)
        form.add("end_group", "")
    return form.written()


def _questions(form: _Form, prefix: str, count: int, before: list[Row]) -> Iterator[Row]:
    near: list[Row] = []
    for number in range(count):
        kind = form.chance.choices(_KINDS, _WEIGHTS)[0]
        more: Row = {}
        if near and form.chance.random() < 0.65:
            far = before and form.chance.random() < 0.3
            more["relevant"] = _condition(form, form.chance.choice(before if far else near), near)
        if kind == "integer":
            more |= {"constraint": ". >= 0 and . < 1000", "constraint_message": "Between 0 and 999, please."}
        if form.chance.random() < 0.2:
            more["required"] = "yes"
        name = f"{prefix}{number}"
        form.add(kind, name, f"What do you say about {name}?", **more)
        near.append(form.survey[-1])
        yield form.survey[-1]


def _condition(form: _Form, first: Row, near: list[Row]) -> str:
    parts = [_test(form, first)]
    if form.chance.random() < 0.4:
        parts.append(_test(form, form.chance.choice(near)))
    return form.chance.choice((" and ", " or ")).join(parts)


def _test(form: _Form, row: Row) -> str:
    it = f"${{{row['name']}}}"
    match row["type"].partition(" ")[0]:
        case "select_one":
            return f"{it} {form.chance.choice(('=', '!='))} '{form.chance.choice(('yes', 'no'))}'"
        case "select_multiple":
            return f"not(selected({it}, '{form.chance.choice(_LETTERS)}'))"
        case "integer" | "decimal":
            return f"({it} = '' or {it} < {form.chance.randint(3, 20)})"
        case "date":
            return f"({it} = '' or {it} > '{form.chance.randint(1990, 2020)}-06-01')"
        case _:
            return f"string-length({it}) < {form.chance.randint(5, 60)}"


def interview(questions: int = 530, conditions: int = 420) -> str:
    """A long interview: three age groups, worked out from two dates, decide over most of the rest."""
    form = _start(f"interview {questions}", 530)
    form.add("begin_group", "person", "The person")
    form.add("date", "born", "Date of birth")
    form.add(
        "date", "died", "Date of death", constraint=". >= ${born}", constraint_message="Not before birth."
    )
    form.add("select_one yn", "known", "Are both dates known?")
    form.add("integer", "years", "Age in years, as told", relevant="${known} = 'no'")
    form.add("calculate", "days", calculation="int(decimal-date-time(${died}) - decimal-date-time(${born}))")
    form.add(
        "calculate", "age",
        calculation="if(${known} = 'no', coalesce(${years}, 0), if(${days} >= 0, int(${days} div 365.25), 0))",
    )  # fmt: skip
    form.add("calculate", "is_infant", calculation="if(${age} < 1, 1, 0)")
    form.add("calculate", "is_child", calculation="if(${age} >= 1 and ${age} < 12, 1, 0)")
    form.add("calculate", "is_adult", calculation="if(${age} >= 12, 1, 0)")
    form.add("end_group", "")
    left = questions - 4
    for number, start in enumerate(range(0, left, 18)):
        form.add("begin_group", f"t{number}", f"Topic {number}")
        group = ("is_infant", "is_child", "is_adult")[number % 3]
        near: list[Row] = []
        for at in range(start, min(start + 18, left)):
            is_ruled = form.conditions * (left - at) < conditions * left and form.conditions < conditions
            _symptom(form, f"t{number}q{at}", group if is_ruled else "", near, has_more=at % 5 != 0)
        form.add("end_group", "")
    return form.written()


def _symptom(form: _Form, name: str, group: str, near: list[Row], *, has_more: bool) -> None:
    kind = form.chance.choices(
        ("select_one yn", "integer", "text", "select_multiple letters"), (70, 15, 5, 10)
    )[0]
    more: Row = {}
    if group:
        more["relevant"] = f"${{{group}}} = 1"
        if near and has_more:
            more["relevant"] += f" and {_test(form, form.chance.choice(near[-6:]))}"
    if kind == "integer":
        more |= {"constraint": ". >= 0 and . <= 365", "constraint_message": "Days of one year."}
    form.add(kind, name, f"During the illness, what about {name}?", required="yes", **more)
    near.append(form.survey[-1])


def cascade(choices: int = 5900) -> str:
    """Region, district, municipality: each list filtered by the answer before it."""
    form = _start(f"cascade {choices}", choices)
    regions, districts = 12, 150
    form.choices += [
        {"list_name": "regions", "name": f"r{i}", "label": f"Region {i}"} for i in range(regions)
    ]
    form.choices += [
        {"list_name": "districts", "name": f"d{i}", "label": f"District {i}", "region": f"r{i % regions}"}
        for i in range(districts)
    ]
    form.choices += [
        {"list_name": "places", "name": f"p{i}", "label": f"Place {i}", "district": f"d{i % districts}"}
        for i in range(choices - regions - districts)
    ]
    form.add("select_one regions", "region", "Which region?")
    form.add("select_one districts", "district", "Which district?", choice_filter="region = ${region}")
    form.add("select_one places", "place", "Which place?", choice_filter="district = ${district}")
    return form.written()


def repeating() -> str:
    """One section with one repeat: people, each with a name, an age and a few more questions."""
    form = _start("repeating", 200)
    form.add("begin_group", "list", "The people")
    form.add("begin_repeat", "people", "Person")
    form.add("text", "name", "What is the name?")
    form.add("integer", "years", "How old?", constraint=". >= 0 and . < 120")
    form.add("select_one yn", "works", "In work?", relevant="${years} > 15")
    form.add("select_multiple letters", "told", "What was told?")
    form.add("date", "asked", "When was it?")
    form.add("end_repeat", "")
    form.add("calculate", "total", calculation="sum(${years})")
    form.add("end_group", "")
    return form.written()


def kept(text: str, folder: Path, name: str) -> Path:
    """The form as a file."""
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return path
