"""Lists of respondents as CSV: read to issue invitations by the hundred, written for a mail merge.

Comma or semicolon, UTF-8 with or without its mark, as spreadsheets write them. Cells that a spreadsheet would
take for formulas are written with an apostrophe before them, and read without it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.i18n import LANGUAGES, _
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.text_limits import TypedText, checked

MAIL_MERGE = "invitations.csv"
COLUMNS = ("file", "questionnaire", "respondent", "name", "language", "contact", "round", "due_on")
_MAX_LIST = 8 * 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_list(file: Path, forms: Sequence[str]) -> tuple[RespondentRow, ...]:
    """The respondents of a list; the round is for the caller to put in.

    Args:
        forms: Questionnaires that invitations can be issued for.

    Raises:
        IscmError: with all faults of the list, by row.
    """
    rows = _rows(file)
    faults: list[str] = []
    found: dict[tuple[str, str], RespondentRow] = {}
    for number, cells in enumerate(rows, start=2):
        row, fault = _respondent(cells, forms)
        key = (row.form_id, registers.respondent_code(row.form_id, row.respondent))
        if not fault and key in found:
            fault = _("'{respondent}' is listed twice").format(respondent=row.respondent)
        if fault:
            faults.append(_("row {row}: {fault}").format(row=number, fault=fault))
        found[key] = row
    if faults or not found:
        raise _faulty(file, faults or [_("it names no respondent")])
    return tuple(found.values())


def write_list(target: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """For Excel and mail programs: with the mark that says UTF-8."""
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, COLUMNS)
    writer.writeheader()
    writer.writerows({key: _harmless(row[key]) for key in COLUMNS} for row in rows)
    replace_file(target, made.getvalue().encode("utf-8-sig"))


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        if file.stat().st_size > _MAX_LIST:
            raise _faulty(file, [_("it is larger than any list of respondents")])
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from error
    except UnicodeDecodeError as error:
        raise _faulty(file, [_("it is not in UTF-8; save it as CSV UTF-8")]) from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _faulty(file, [str(error)]) from error
    if not rows or not {"questionnaire", "respondent"} <= {str(key).strip().lower() for key in rows[0]}:
        raise _faulty(file, [_("the first row must name the columns questionnaire and respondent")])
    return [_cells(row) for row in rows if any(row.values())]


def _cells(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    return {
        key.strip().lower(): value.strip().removeprefix("'")
        for key, value in row.items()
        if isinstance(key, str) and isinstance(value, str)
    }


def _respondent(cells: Mapping[str, str], forms: Sequence[str]) -> tuple[RespondentRow, str]:
    """One row, and what is wrong with it; "" where nothing is."""
    form_id, respondent = cells.get("questionnaire", ""), cells.get("respondent", "")
    language = cells.get("language", "") or "en"
    row = RespondentRow("", form_id, respondent, "", language, cells.get("contact", ""))
    for what, text in (
        (TypedText.RESPONDENT, respondent), (TypedText.LANGUAGE, language), (TypedText.CONTACT, row.contact),
    ):  # fmt: skip
        try:
            checked(what, text)
        except IscmError as error:
            return row, str(error)
    if form_id not in forms:
        return row, _("'{form}' is no questionnaire; use one of {forms}").format(
            form=form_id, forms=", ".join(forms)
        )
    if not respondent:
        return row, _("it names no respondent")
    if form_id == "state" and registers.territory(respondent.upper()) is None:
        return row, _("'{respondent}' is not the code of a State (ISO 3166, such as CAN)").format(
            respondent=respondent
        )
    if language not in LANGUAGES and form_id in catalogue.shipped_keys():
        return row, _("'{language}' is no language of the program; use one of {languages}").format(
            language=language, languages=", ".join(LANGUAGES)
        )
    return row, ""


def _faulty(file: Path, faults: Sequence[str]) -> IscmError:
    return IscmError(TrustProblem.INVITATION_LIST_FAULTY, file=file.name, faults="\n".join(faults))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
