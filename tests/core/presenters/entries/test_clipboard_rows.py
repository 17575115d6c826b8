"""Rows of cells as spreadsheets lay them on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.presenters.entries.clipboard_rows import read_rows, write_rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Nairobi\t2019\r\nGeneva\t2020\r\n", [["Nairobi", "2019"], ["Geneva", "2020"]]),
        ('"two\nlines"\tx\n', [["two\nlines", "x"]]),
        ('"a ""quoted"" word\there"\tx', [['a "quoted" word\there', "x"]]),
        ('"Forum" of 2019\tx', [['"Forum" of 2019', "x"]]),
        ('"never closed\tx\ny', [['"never closed', "x"], ["y"]]),
        ("a\t\tb", [["a", "", "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("one", [["one"]]),
        ("", []),
        ("\t\n\n", []),
        ("'=1+1\t'tis", [["=1+1", "'tis"]]),
    ],
)
def test_cells_of_a_spreadsheet(text: str, rows: list[list[str]]) -> None:
    assert read_rows(text) == rows


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|x", "@SUM(A1)", "-A1"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(formula: str) -> None:
    assert write_rows([[formula]]) == f"'{formula}\n"
    assert read_rows(write_rows([[formula]])) == [[formula]]


@pytest.mark.parametrize("number", ["-5", "+1 250.50", "-3,5 %".replace(" ", "")])
def test_a_number_stays_one(number: str) -> None:
    assert write_rows([[number]]) == f"{number}\n"


@given(st.lists(st.lists(st.text("ab\"'=\t\n", min_size=1), min_size=1), min_size=1))
def test_what_is_copied_is_pasted(rows: list[list[str]]) -> None:
    rows = [[cell.strip("\n'") + "x" for cell in row] for row in rows]
    assert read_rows(write_rows(rows)) == rows
