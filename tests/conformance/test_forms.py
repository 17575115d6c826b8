"""Forms of the field: each that converts loads and can be filled in; each that does not is refused in words.

R-01  A workbook that pyxform converts becomes a questionnaire, also through its compiled form.
R-02  A workbook with faults is refused with a sentence each that names the sheet and the row.
R-03  Any form can be walked through: answers, entries, languages, saving, taking everything back.
R-04  XForms load with the lists beside them; those that no program could use are refused in words.

The forms of others lie beside the project, for not all may be shipped: in the folder that the variable
CONFORMANCE names, or in ../shared/conformance. Where there is none, the walk goes over the forms that ship with
the scenarios, and over our own.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.frozen_questionnaire import compiled, load_compiled
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.questionnaire.reading.xlsform import read_xlsform
from tests.conformance.scenarios import collection, deviations
from tests.support.walking import walk

_BESIDE = Path(os.environ.get("CONFORMANCE") or Path(__file__).parents[3] / "shared" / "conformance")
_WORKBOOKS = _BESIDE / "xlsforms"
_XFORMS = _BESIDE / "xforms"

_UNUSABLE_XFORMS = {
    "invalid-events.xml": "my-fake-event",
    "simple-dag-cycle.xml": "needs its own result",
}
"""XForms made to be refused, and what their sentence names."""


_CYCLES = {each["form"] for each in collection().scenarios.values() if f"{each['id']}/load" in deviations()}
"""Forms of which our session thinks otherwise than the engine that recorded them."""


def _rows() -> list[dict[str, str]]:
    index = _WORKBOOKS / "index.csv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(convert: str) -> list[str]:
    return [row["file"] for row in _rows() if row["pyxform_ok"] == convert]


def _xforms() -> list[str]:
    found = sorted(_XFORMS.rglob("*.xml")) if _XFORMS.is_dir() else []
    return [
        str(path.relative_to(_XFORMS)) for path in found if "<model" in path.read_text("utf-8", "replace")
    ]


def _own_forms() -> list[str]:
    """Our own, and one in five of those that ship with the scenarios and are not made to be refused."""
    refused = {each["form"] for each in collection().scenarios.values() if "load_error" in each}
    forms = sorted(set(collection().forms) - refused - _CYCLES)
    return [*catalogue.shipped_keys(), *forms[::5]]


@pytest.mark.parametrize("name", _names("yes"))
def test_a_workbook_of_the_field_is_filled_in(name: str) -> None:
    """R-01, R-03."""
    questionnaire = load_compiled(compiled(read_xlsform(_WORKBOOKS / name)))
    walk(questionnaire, Random(name))


@pytest.mark.parametrize("name", _names("no"))
def test_a_faulty_workbook_is_refused_in_words(name: str) -> None:
    """R-02."""
    with pytest.raises(IscmError) as refused:
        read_xlsform(_WORKBOOKS / name)
    told = str(refused.value).splitlines()[1:]
    assert told
    assert all(re.match(r"(Sheet '\w+'(, row \d+)?: )|(Two columns )", line) for line in told), told


@pytest.mark.parametrize("name", _xforms())
def test_an_xform_of_the_field_is_filled_in(name: str) -> None:
    """R-03, R-04."""
    path = _XFORMS / name
    beside = {
        each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file() and each != path
    }
    if path.name in _UNUSABLE_XFORMS:
        with pytest.raises(IscmError, match=_UNUSABLE_XFORMS[path.name]):
            read_xform(path.read_bytes(), beside)
        return
    walk(load_compiled(compiled(read_xform(path.read_bytes(), beside))), Random(name))


@pytest.mark.parametrize("key", _own_forms())
def test_a_form_that_ships_is_filled_in(key: str) -> None:
    """R-03."""
    if key in catalogue.shipped_keys():
        walk(catalogue.shipped(key), Random(key))
        return
    walk(read_xform(collection().forms[key]), Random(key))
