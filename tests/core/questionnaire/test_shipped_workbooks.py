"""Questionnaires as workbooks.

W-01 The form in git holds what people write; lists of registers are put in when the workbook is composed.
W-02 What a coordinator opens in Excel is the same questionnaire, and every cell is text.
"""

import openpyxl
import pytest
from pyxform.xls2xform import convert

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.reading.shipped_workbooks import (
    ShippedWorkbook,
    compose,
    source_of,
    write_xlsx,
)
from iscm_desktop.questionnaire.shipped_keys import SHIPPED_KEYS

REGISTER_LISTS = {"mechanisms", "themes", "territories", "currencies"}


def column(rows, name):
    place = rows[0].index(name)
    return [row[place] for row in rows[1:]]


def choices_of(workbook, list_name):
    head, *body = workbook.sheets["choices"]
    found = [dict(zip(head, row, strict=True)) for row in body]
    return {row["name"]: row for row in found if row["list_name"] == list_name}


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_the_form_in_git_spells_out_no_register(key):
    """W-01."""
    lines = source_of(key).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith(tuple(f",{name}," for name in REGISTER_LISTS))]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_each_row_of_the_form_is_one_line(key):
    """W-01: a change of one question is one line of a diff."""
    lines = source_of(key).read_text(encoding="utf-8").splitlines()
    sheets = compose(key).sheets
    register_rows = sum(len(choices_of(compose(key), name)) for name in REGISTER_LISTS)
    assert len(lines) == len(sheets) + sum(len(rows) for rows in sheets.values()) - register_rows


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_sheets_are_rectangular_and_only_lists_asked_for_come_in(key):
    workbook = compose(key)
    for rows in workbook.sheets.values():
        assert {len(row) for row in rows} == {len(rows[0])}
    used = {type_.partition(" ")[2] for type_ in column(workbook.sheets["survey"], "type")} - {""}
    assert used == set(column(workbook.sheets["choices"], "list_name"))


def test_mechanisms_bring_the_facts_that_conditions_need():
    mechanisms = choices_of(compose("iscm"), "mechanisms")
    assert len(mechanisms) == 47
    igc = mechanisms["igc"]
    assert igc["founded_year"] == "1985"
    assert igc["member_count"] == "19"
    assert "CAN" in igc["members"].split()
    assert igc["former"].split() == ["FRA", "ITA"]
    assert igc["label::English (en)"].endswith("(IGC)")
    assert mechanisms["euromed-migration"]["founded_year"] == ""
    assert mechanisms["other"]["label::English (en)"] == "Other"


def test_names_of_registers_come_in_each_language_of_the_form(tmp_path, monkeypatch):
    form = tmp_path / "questionnaires" / "organization.csv"
    form.parent.mkdir()
    head = ",list_name,name,label::English (en),label::French (fr),phrase"
    form.write_text(
        "survey\n,type,name,label::English (en),label::French (fr)\n"
        ",select_one territories,where,Where?,Où ?\n,select_one mechanisms,which,Which?,Lequel ?\n"
        f"choices\n{head}\n,yesno,yes,Yes,Oui,yes\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("iscm_desktop.questionnaire.reading.shipped_workbooks.source_of", lambda key: form)
    workbook = compose("organization")
    assert choices_of(workbook, "territories")["NLD"]["label::French (fr)"] == "Pays-Bas"
    assert choices_of(workbook, "mechanisms")["sacm"]["label::French (fr)"].startswith("Conférence")
    assert choices_of(workbook, "mechanisms")["other"]["label::French (fr)"] == "Autre"


def test_a_list_that_the_form_spells_out_itself_stays(tmp_path, monkeypatch):
    form = tmp_path / "own.csv"
    form.write_text(
        "survey\n,type,name,label\n,select_one themes,theme,Theme\n"
        "choices\n,list_name,name,label\n,themes,only_this,Only this\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("iscm_desktop.questionnaire.reading.shipped_workbooks.source_of", lambda key: form)
    assert list(choices_of(compose("own"), "themes")) == ["only_this"]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_the_spreadsheet_is_the_same_questionnaire(key, tmp_path):
    """W-02."""
    workbook = compose(key)
    write_xlsx(workbook, tmp_path / f"{key}.xlsx")
    warnings = []
    from_spreadsheet = convert(tmp_path / f"{key}.xlsx", warnings=warnings)
    assert warnings == []
    assert from_spreadsheet.xform == convert(workbook.definition()).xform


def test_text_stays_text(tmp_path):
    """W-02: nothing that looks like a formula or a number becomes one."""
    rows = (("list_name", "name", "label"), ("list", "1", "=1+1"), ("list", "007", "@SUM(A1)"))
    write_xlsx(ShippedWorkbook("own", {"choices": rows}), tmp_path / "own.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "own.xlsx")["choices"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells] == [text for row in rows for text in row]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_spreadsheet_is_pleasant_to_open(tmp_path):
    write_xlsx(compose("organization"), tmp_path / "organization.xlsx")
    book = openpyxl.load_workbook(tmp_path / "organization.xlsx")
    assert book.sheetnames == ["survey", "choices", "settings", "consistency"]
    survey = book["survey"]
    assert survey.freeze_panes == "C2"
    assert survey.column_dimensions["C"].width > 40
    assert survey["A1"].font.bold


def test_writing_replaces_a_file_whole(tmp_path):
    target = tmp_path / "organization.xlsx"
    target.write_text("something older", encoding="utf-8")
    write_xlsx(compose("organization"), target)
    assert [path.name for path in tmp_path.iterdir()] == ["organization.xlsx"]
    assert openpyxl.load_workbook(target).sheetnames[0] == "survey"


def test_every_register_list_is_the_register():
    iscm = compose("iscm")
    assert len(choices_of(iscm, "themes")) == len(registers.themes())
    assert len(choices_of(iscm, "territories")) == len(registers.territories())
    assert choices_of(iscm, "currencies")["CHF"]["label::English (en)"] == "CHF – Swiss Franc"
