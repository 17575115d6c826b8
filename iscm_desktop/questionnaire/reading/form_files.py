"""Questionnaires out of files of either kind, workbook or XForm, with all that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.consistency_sheet import SHEET
from iscm_desktop.questionnaire.reading.form_faults import form_faults
from iscm_desktop.questionnaire.reading.workbook_faults import WorkbookFault
from iscm_desktop.questionnaire.reading.xform import assemble
from iscm_desktop.questionnaire.reading.xlsform import beginning_of, examine_xlsform, files_beside
from iscm_desktop.questionnaire.rule_expressions import rule_faults

_SHEETS = {"survey": 0, "choices": 1, SHEET: 2}


@dataclass(frozen=True, slots=True)
class FormFile:
    """What a file holds."""

    questionnaire: Questionnaire | None  # None where nothing can be made of it
    faults: tuple[WorkbookFault, ...]  # all that is wrong, in sheet and row order
    is_usable: bool  # no fault keeps it from being filled in


def read_form_file(path: Path, beside: Sequence[Path] = ()) -> FormFile:
    """The questionnaire in a file, and its faults.

    Args:
        beside: Lists and tables to be taken as if they lay in the same folder, where they do not.

    Raises:
        IscmError: FORM_MISSING where there is no such file.
    """
    if path.suffix.lower() == ".xml":
        return _xform(path, beside)
    found, fatal, slips = examine_xlsform(path, beside)
    return FormFile(found, _ordered((*fatal, *slips)), found is not None and not fatal)


def _xform(path: Path, beside: Sequence[Path]) -> FormFile:
    if not path.is_file():
        raise IscmError(QuestionnaireProblem.FORM_MISSING, file=path)
    xml = beginning_of(path)
    try:
        found = assemble(xml, files_beside(path, xml.decode("utf-8", "replace"), beside))
    except IscmError as error:
        return FormFile(None, (WorkbookFault("", 0, str(error)),), is_usable=False)
    faults = form_faults(found)
    told = tuple(WorkbookFault("", 0, f"{one.path}: {one.message}") for one in faults)
    told += tuple(
        WorkbookFault(SHEET, 0, f"{found.consistency[one.place].name}: {one.message}")
        for one in rule_faults(found)
    )
    return FormFile(found, told, not any(one.is_fatal for one in faults))


def _ordered(faults: Sequence[WorkbookFault]) -> tuple[WorkbookFault, ...]:
    return tuple(sorted(faults, key=lambda one: (_SHEETS.get(one.sheet, -1), one.row)))
