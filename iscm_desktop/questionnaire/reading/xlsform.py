"""XLSForm workbooks, through pyxform: read into a `Questionnaire`, their faults told with sheet and row."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression.document import LONGEST
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.consistency_elements import with_rules
from iscm_desktop.questionnaire.reading.consistency_sheet import (
    SHEET,
    ConsistencySheet,
    read_sheet,
    rows_in_csv,
    rows_in_markdown,
    rows_of,
)
from iscm_desktop.questionnaire.reading.form_faults import FormFault, form_faults
from iscm_desktop.questionnaire.reading.own_prefix import with_own_prefix
from iscm_desktop.questionnaire.reading.secondary_instances import EXTERNAL_LISTS, Attachments, external_lists
from iscm_desktop.questionnaire.reading.sheet_headings import headings_of
from iscm_desktop.questionnaire.reading.workbook_faults import (
    Sheets,
    WorkbookFault,
    converted_or_faults,
    heading_fault,
    rows_by_path,
)
from iscm_desktop.questionnaire.reading.workbook_limits import BROKEN, excess_of
from iscm_desktop.questionnaire.reading.xform import assemble

__all__ = ["ENDINGS", "WorkbookFault", "check_xlsform", "converted", "from_markdown", "read_xlsform"]

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md"})
"""Of the files that are read as workbooks."""

_OTHER_ENDING = N_("A workbook ends in .xlsx, .xls, .csv or .md. Save it as one of these.")
_NO_WORKBOOK = N_(
    "It is no workbook: the file is empty or damaged, or of another kind than its name says. "
    "Save it from the spreadsheet program again."
)

_NOT_UTF_8 = N_("Its text is not in UTF-8. Save it as CSV UTF-8, or as .xlsx.")

_NOT_RECOGNIZED = "was not recognized as a supported type"
"""What pyxform says of a file that it cannot open."""

_ATTACHED = frozenset({".csv", ".xml", ".geojson"})


def read_xlsform(path: Path) -> Questionnaire:
    """The questionnaire of a workbook (.xlsx, .xls, .csv, .md), with the lists in files beside it.

    An expression that cannot be read does not keep the rest from being used; `check_xlsform` tells of it.

    Raises:
        IscmError: FORM_FAULTY with all faults found, FORM_MISSING where there is no such file.
    """
    questionnaire, faults, slips = _examined(path)
    if questionnaire is None or faults:
        raise IscmError(
            QuestionnaireProblem.FORM_FAULTY, name=path.name, faults="\n".join(map(str, (*faults, *slips)))
        )
    return questionnaire


def check_xlsform(path: Path) -> tuple[WorkbookFault, ...]:
    """All that is wrong with a workbook, in sheet and row order; empty where nothing is."""
    _questionnaire, faults, slips = _examined(path)
    order = ("survey", "choices", SHEET)
    sheets = {name: place for place, name in enumerate(order)}
    return tuple(sorted((*faults, *slips), key=lambda fault: (sheets.get(fault.sheet, -1), fault.row)))


def examine_xlsform(
    path: Path, beside: Sequence[Path] = ()
) -> tuple[Questionnaire | None, tuple[WorkbookFault, ...], tuple[WorkbookFault, ...]]:
    """The questionnaire of a workbook; what keeps it from being used; and what only silences one expression.

    Args:
        beside: Files to be taken as if they lay beside the workbook.

    Raises:
        IscmError: FORM_MISSING where there is no such file.
    """
    return _examined(path, beside)


def from_markdown(text: str) -> Questionnaire:
    """The questionnaire of an XLSForm written as Markdown tables.

    Raises:
        IscmError: FORM_FAULTY with all faults found.
    """
    sheet = read_sheet(rows_in_markdown(text))
    questionnaire, faults, slips = _examined_sheets(_sheets(text, ".md"), None, sheet)
    if questionnaire is None or faults or slips:
        raise IscmError(
            QuestionnaireProblem.FORM_FAULTY, name="Markdown", faults="\n".join(map(str, (*faults, *slips)))
        )
    return questionnaire


def converted(sheets: Sheets) -> tuple[str, Attachments]:
    """The XForm of a workbook's sheets, and the lists that pyxform keeps in files of their own.

    Raises:
        pyxform.errors.PyXFormError: what pyxform found wrong.
    """
    from pyxform.xls2xform import convert  # slow to import, and not needed to fill anything in

    result = convert(sheets)
    return result.xform, external_lists(result.itemsets or "")


_Examined = tuple[Questionnaire | None, tuple[WorkbookFault, ...], tuple[WorkbookFault, ...]]
"""The questionnaire; the faults that keep it from being used; those that only silence one expression."""


def _examined(path: Path, beside: Sequence[Path] = ()) -> _Examined:
    if not path.is_file():
        raise IscmError(QuestionnaireProblem.FORM_MISSING, file=path)
    opened = _opened(path)
    if isinstance(opened, WorkbookFault):
        return None, (opened,), ()
    return _examined_sheets(opened[0], path, opened[1], beside)


def _opened(path: Path) -> tuple[Sheets, ConsistencySheet] | WorkbookFault:
    """The sheets of a workbook that pyxform reads, and the one that it does not; or why there are none."""
    from pyxform.errors import PyXFormError
    from xlrd import XLRDError  # type: ignore[import-untyped] # it has no types
    from xlrd.compdoc import CompDocError  # type: ignore[import-untyped] # as above

    if path.suffix.lower() not in ENDINGS:
        return WorkbookFault("", 0, _(_OTHER_ENDING))
    excess = excess_of(path)
    if excess:
        return WorkbookFault("", 0, excess)
    try:
        return _sheets(_readable(path), path.suffix.lower()), read_sheet(rows_of(path))
    except PyXFormError as error:
        if _NOT_RECOGNIZED in str(error):
            return WorkbookFault("", 0, _(_NO_WORKBOOK))
        return heading_fault(str(error), partial(headings_of, path))
    except UnicodeDecodeError:
        return WorkbookFault("", 0, _(_NOT_UTF_8))
    except (*BROKEN, XLRDError, CompDocError):
        return WorkbookFault("", 0, _(_NO_WORKBOOK))


def _readable(path: Path) -> str | bytes:
    """What pyxform is given: of a workbook in one CSV, the sheets that it knows, for it refuses the others."""
    if path.suffix.lower() != ".csv":
        return str(path)
    content = path.read_bytes()
    ours, rest = rows_in_csv(content.decode("utf-8"))
    return rest.encode() if ours else str(path)


def _sheets(source: str | bytes, kind: str | None = None) -> Sheets:
    from pyxform.xls2json_backends import get_xlsform

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl on styles, headers and footers that nobody reads here
        return with_own_prefix(asdict(get_xlsform(source, file_type=kind)))


def _examined_sheets(
    sheets: Sheets, path: Path | None, consistency: ConsistencySheet, beside: Sequence[Path] = ()
) -> _Examined:
    lists: dict[str, bytes] = {}

    def convert(given: Sheets) -> str:
        xml, external = converted(given)
        lists.update(external)
        return xml

    xml, faults = converted_or_faults(sheets, convert)
    if xml is None:
        return None, faults, ()
    xml = with_rules(xml, consistency.rules)
    questionnaire = assemble(xml, {**files_beside(path, xml, beside), **lists})
    rows = rows_by_path(sheets)
    found = form_faults(questionnaire)
    fatal = tuple(_placed(fault, rows) for fault in found if fault.is_fatal)
    slips = tuple(_placed(fault, rows) for fault in found if not fault.is_fatal)
    return questionnaire, (*faults, *fatal), (*slips, *consistency.all_faults(questionnaire))


def _placed(fault: FormFault, rows: dict[str, int]) -> WorkbookFault:
    row = rows.get(fault.path, 0)
    return WorkbookFault("survey", row, fault.message if row else f"{fault.path}: {fault.message}")


def files_beside(path: Path | None, xml: str, beside: Sequence[Path] = ()) -> dict[str, bytes]:
    """Files in the folder of a form, or taken as such, that it names as its lists."""
    if path is None:
        return {}
    found = (*path.parent.iterdir(), *beside)
    others = (each for each in found if each.suffix.lower() in _ATTACHED and each != path)
    named = (each for each in others if each.is_file() and _is_named(each.name, xml))
    return {each.name: beginning_of(each) for each in named}


def beginning_of(file: Path) -> bytes:
    """The contents of a form or list in XML or CSV; of one that is too large so much that its reader refuses it."""
    with file.open("rb") as stream:
        return stream.read(LONGEST + 1)


def _is_named(name: str, xml: str) -> bool:
    """Whether a form uses a file; the lists of `select_one_external` lie in one that it need not name."""
    return f"/{name}" in xml or (name == EXTERNAL_LISTS and "query=" in xml)
