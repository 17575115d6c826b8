"""All faults of an XLSForm workbook at once, in our words, with sheet and row.

pyxform stops at the first fault. Each row that it names is therefore made harmless (in memory) and the
workbook tried again, until it converts or nothing more can be learnt. Leaves expressions to `form_faults`.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iscm_desktop.i18n import N_, _

_MOST = 200
"""Faults that are told at most: beyond that the file is of another kind."""

_MOST_ROWS = 200_000
"""Rows that are converted anew for one fault after the other, all tries together: a longer workbook has fewer tries."""

Sheets = dict[str, Any]
"""As pyxform takes them: lists of rows by sheet name, each row a dictionary by column heading."""

_AT_ROW = N_("Sheet '{sheet}', row {row}: {message}")
_IN_SHEET = N_("Sheet '{sheet}': {message}")


@dataclass(frozen=True, slots=True)
class WorkbookFault:
    """One thing to mend in a workbook."""

    sheet: str  # "" where the whole file is meant
    row: int  # as the spreadsheet program numbers it, from 1; 0 where no row is to blame
    message: str

    def __str__(self) -> str:
        if not self.sheet:
            return self.message
        told = _(_AT_ROW) if self.row else _(_IN_SHEET)
        return told.format(sheet=self.sheet, row=self.row, message=self.message)


_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings|external_choices|entities|osm)'")

_OURS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (
            r"the '(?P<column>[^']+)' value is invalid.*Could not find the name '(?P<found>[^']+)'",
            N_("The column '{column}' refers to ${{{found}}}, and no question has that name."),
        ),
        (
            r"the 'name' value '(?P<found>[^']+)' is invalid.*must be unique within",
            N_("The name '{found}' is used twice in the same group. Give one of the two another name."),
        ),
        (
            r"the 'name' value '(?P<found>[^']+)' is invalid.*unique anywhere",
            N_("The name '{found}' is used by two repeats. Give one of the two another name."),
        ),
        (
            r"Choice names must be unique",
            N_("This choice's name is already used in its list. Give it another name."),
        ),
        (r"Choices must have a name", N_("This choice has no name. Write one into the column 'name'.")),
        (r"Choices should have a label", N_("This choice has no label. Write one into the column 'label'.")),
        (
            r"the '(?P<column>[^']+)' value is invalid.*Names must begin",
            N_(
                "The {column} must begin with a letter; letters, digits, hyphens, full stops and underscores "
                "may follow."
            ),
        ),
        (
            r"the '(?P<column>[^']+)' value is invalid.*must start with '\$\{'",
            N_(
                "A reference in the column '{column}' is not closed, or not written like ${{name}}. Mend it, or "
                "write the sign $ in another way."
            ),
        ),
        (
            r"Question or group with no name",
            N_("This question has no name. Write one into the column 'name'."),
        ),
        (r"Question with no type", N_("This question has no type. Write one into the column 'type'.")),
        (
            r"List name not in (?:external )?choices sheet: ?(?P<found>\S+)",
            N_("There is no choice list '{found}'. Add it to the sheet 'choices', or mend its name here."),
        ),
        (r"Missing calculation", N_("This calculation is blank. Write what is to be calculated.")),
        (r"Unmatched 'end_", N_("This row closes a group or repeat that was never opened. Take it out.")),
        (r"Unmatched 'begin_", N_("This group or repeat is never closed. Add its closing row.")),
    )
)
_UNKNOWN_TYPE = re.compile(r"Unknown question type '([^']*)'")
_NOT_A_TYPE = N_("'{found}' is not a question type.")
_NOT_A_TYPE_NEAR = N_("'{found}' is not a question type. Did you mean '{near}'?")
_NO_LABEL = re.compile(r"The survey element named '([^']+)' has no label or hint")
_WRITE_LABEL = N_("The question '{found}' has no label and no hint. Write one into the column 'label'.")
_SAME_HEADINGS = re.compile(r"different names for the same column were found: (.+?)\. Rename")
_SAME_COLUMN = N_("These columns are headed with names that mean the same: {found}. Take one of them out.")
_DUPLICATE_HEADING = re.compile(r"Duplicate column header: (.+)")
_TWO_COLUMNS = N_("Two columns are headed '{found}'. Take one of them out.")


def heading_fault(message: str, headings: Callable[[], Mapping[str, Sequence[str]]]) -> WorkbookFault:
    """What pyxform says when it cannot even read the sheets.

    Args:
        headings: Reads the first row of each sheet, as far as that can be done.
    """
    match = _DUPLICATE_HEADING.search(message)
    if match is None:
        return WorkbookFault("", 0, message)
    found = match[1].strip()
    sheet = next((name for name, row in headings().items() if list(row).count(found) > 1), "")
    return WorkbookFault(sheet, 1 if sheet else 0, _(_TWO_COLUMNS).format(found=found))


def converted_or_faults(
    sheets: Sheets, convert: Callable[[Sheets], str]
) -> tuple[str | None, tuple[WorkbookFault, ...]]:
    """The XForm, of what is left once faulty rows are made harmless, and all that was found on the way.

    Args:
        convert: Turns sheets into an XForm or raises PyXFormError; may change the sheets that it is given.
    """
    from pyxform.errors import PyXFormError

    sheets, found = copy.deepcopy(sheets), dict[WorkbookFault, None]()
    rows = sum(len(rows) for rows in sheets.values() if isinstance(rows, list))
    tries = max(2, _MOST_ROWS // max(1, rows))
    while len(found) < _MOST and tries:
        tries -= 1
        try:
            return convert(copy.deepcopy(sheets)), tuple(found)
        except PyXFormError as error:
            fresh = [fault for fault in _told(str(error), sheets) if fault not in found]
            found.update(dict.fromkeys(fresh))
            harmless = [_made_harmless(sheets, fault) for fault in fresh]
            if not fresh or not all(harmless):
                break
    return None, tuple(found)


def _told(message: str, sheets: Sheets) -> Iterator[WorkbookFault]:
    """The faults in one message of pyxform; it lists some kinds together."""
    unknown = _UNKNOWN_TYPE.search(message)
    if unknown:
        yield from _unknown_type(unknown[1], sheets)
        return
    starts = [match.start() for match in _ROW.finditer(message)]
    if not starts:
        yield _without_row(message, sheets)
        return
    for start, end in zip(starts, [*starts[1:], len(message)], strict=True):
        part = message[start:end]
        row, sheet = _ROW.match(part), _SHEET.search(part)
        if row is not None:
            yield WorkbookFault(sheet[1] if sheet else "survey", int(row[1]), _sentence(part))


def _without_row(message: str, sheets: Sheets) -> WorkbookFault:
    """A fault that pyxform names no row for, with its row where we can tell it."""
    found = _SHEET.search(message)
    sheet = found[1] if found else "survey"
    same = _SAME_HEADINGS.search(message)
    if same:
        return WorkbookFault(sheet, 1, _(_SAME_COLUMN).format(found=same[1]))
    unlabelled = _NO_LABEL.search(message)
    if unlabelled:
        names = [str(row.get(_column(row, "name"), "")) for row in sheets.get("survey") or ()]
        row = names.index(unlabelled[1]) + 2 if unlabelled[1] in names else 0
        return WorkbookFault("survey", row, _(_WRITE_LABEL).format(found=unlabelled[1]))
    return WorkbookFault(sheet, 0, message.strip())


def _sentence(part: str) -> str:
    for pattern, sentence in _OURS:
        match = pattern.search(part)
        if match:
            return _(sentence).format(**match.groupdict())
    return _ROW.sub("", part).strip()


def _unknown_type(found: str, sheets: Sheets) -> Iterator[WorkbookFault]:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    near = difflib.get_close_matches(found.lower(), list(QUESTION_TYPE_DICT), n=1)
    sentence = (
        _(_NOT_A_TYPE_NEAR).format(found=found, near=near[0]) if near else _(_NOT_A_TYPE).format(found=found)
    )
    for number, row in enumerate(sheets.get("survey") or (), 2):
        if str(row.get(_column(row, "type"), "")).strip() == found:
            yield WorkbookFault("survey", number, sentence)


def _column(row: dict[str, Any], name: str) -> str:
    return next((key for key in row if str(key).strip().lower() == name), name)


def _name_column(row: dict[str, Any]) -> str:
    """Older workbooks head the names of choices with "value"."""
    name, value = _column(row, "name"), _column(row, "value")
    return value if name not in row and value in row else name


def _made_harmless(sheets: Sheets, fault: WorkbookFault) -> bool:
    """Changes a faulty row so that it converts; False where that cannot be done, or was done before."""
    rows: list[_Row] = sheets.get(fault.sheet) or []
    make = _HARMLESS.get(fault.sheet)
    if make is None or not 2 <= fault.row <= len(rows) + 1:
        return False
    row = rows[fault.row - 2]
    names = [str(each.get(_name_column(each), "")) for each in rows]
    is_twice = names.count(names[fault.row - 2]) > 1
    changed = make(
        {**row, _name_column(row): ""} if is_twice else row, fault.row, _label_column(sheets, fault.sheet)
    )
    if changed is None or changed == row:
        return False
    rows[fault.row - 2] = changed
    return True


def _label_column(sheets: Sheets, sheet: str) -> str:
    headings: _Row = next(iter(sheets.get(f"{sheet}_header") or ()), {})
    return next((key for key in headings if str(key).partition(":")[0].strip().lower() == "label"), "")


_Row = dict[str, Any]


def _harmless_question(row: _Row, number: int, label: str) -> _Row | None:
    if str(row.get(_column(row, "type"), "")).strip().lower().startswith(("begin", "end")):
        return None
    name = str(row.get(_column(row, "name"), ""))
    safe = name if re.fullmatch(r"[A-Za-z_][\w.\-]*", name) else f"row_{number}"
    return {_column(row, "type"): "text", _column(row, "name"): safe, **({label: "-"} if label else {})}


def _harmless_choice(row: _Row, number: int, label: str) -> _Row:
    return {**row, _name_column(row): f"row_{number}", **({label: "-"} if label else {})}


_HARMLESS: dict[str, Callable[[_Row, int, str], _Row | None]] = {
    "survey": _harmless_question,
    "choices": _harmless_choice,
}


def rows_by_path(sheets: Sheets) -> dict[str, int]:
    """The row of each question, group and repeat by its path below the form's root."""
    rows: dict[str, int] = {}
    inside: list[str] = []
    for number, row in enumerate(sheets.get("survey") or (), 2):
        kind = str(row.get(_column(row, "type"), "")).strip().lower().replace("_", " ")
        name = str(row.get(_column(row, "name"), "")).strip()
        if kind.startswith("end ") and inside:
            inside.pop()
        elif name:
            rows["/".join([*inside, name])] = number
        if kind.startswith("begin "):
            inside.append(name)
    return rows
