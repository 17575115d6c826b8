"""Columns such as `bind::iscm:format` are understood whether or not a workbook's settings declare their prefix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iscm_desktop.questionnaire.reading.binds import OUR_NAMESPACE

_PREFIX = "iscm"
_SHEETS = ("survey", "choices", "settings")


def with_own_prefix(sheets: Mapping[str, Any]) -> dict[str, Any]:
    """The sheets of a workbook, with our prefix declared where a heading has it and the author did not.

    Without, the form that is made of them is no XML, and its fault has neither sheet nor row.
    """
    found = dict(sheets)
    rows = [dict(row) for row in found.get("settings") or ()]
    declared = str(rows[0].get("namespaces") or "") if rows else ""
    names = {each.partition("=")[0] for each in declared.split()}
    if _PREFIX in names or not _is_used(found):
        return found
    first = rows[0] if rows else {}
    first["namespaces"] = f'{declared} {_PREFIX}="{OUR_NAMESPACE}"'.strip()
    head = (found.get("settings_header") or [{}])[0]
    found["settings"] = [first, *rows[1:]]
    found["settings_header"] = [{**head, "namespaces": None}]
    return found


def _is_used(sheets: Mapping[str, Any]) -> bool:
    headings = {heading for name in _SHEETS for row in sheets.get(name) or () for heading in row}
    return any(f"{_PREFIX}:" in str(heading) for heading in headings)
