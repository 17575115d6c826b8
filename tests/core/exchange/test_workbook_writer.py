"""Workbooks say what they were given, whatever it looks like.

W-01  A text is a text: formulas, links, numbers in text, control characters come back as they were; headings, too.
W-02  What is longer than a cell holds is split with a marker, listed, and put together again nothing is lost.
W-03  Sheets have names that Excel accepts, all different.
W-04  When writing fails, what was there before stays, and nothing lies beside it.
W-05  Texts of CSV files are neutralised and come back as they were.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.data.formula_texts import as_it_was, is_formula, neutralised
from iscm_desktop.exchange.data.sheet_names import sheet_name
from iscm_desktop.exchange.data.split_cells import is_too_long, marker, parts
from iscm_desktop.exchange.data.workbook_writer import LONG_TEXTS, workbook

HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "+41 22 717 91 11", "-2+3", "@SUM(A1)", "\t=1", "'=1", "https://example.org",
    "007", "1e5", "true", "  two blanks ", "a\nb", "a\rb", "_x0041_", "\x07", "<b>&amp;</b>", "عربي", "\U0001f600",
]  # fmt: skip
LONG_NUMBER = Decimal("0.1234567890123456789")


def cells(file: Path, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(file)
    found = [[plain(cell.value) for cell in row] for row in book[sheet].iter_rows()]
    kinds = {cell.data_type for row in book[sheet].iter_rows() for cell in row}
    assert "f" not in kinds
    book.close()
    return found


def test_texts_are_texts(tmp_path: Path) -> None:
    """W-01"""
    file = tmp_path / "book.xlsx"
    with workbook(file) as book:
        sheet = book.sheet("answers", HOSTILE)
        sheet.add(HOSTILE)
    heads, row = cells(file, "answers")
    assert heads == row == HOSTILE


def test_other_values_keep_their_kind(tmp_path: Path) -> None:
    """W-01"""
    file = tmp_path / "book.xlsx"
    with workbook(file) as book:
        book.sheet("a", tuple("abcdefgh")).add(
            (5, 2.5, Decimal("1250.50"), date(2027, 3, 1), date(1850, 1, 1), None, 10**20, LONG_NUMBER)
        )  # fmt: skip
    row = cells(file, "a")[1]
    assert row[:3] == [5, 2.5, 1250.5]
    assert row[3].date() == date(2027, 3, 1)  # type: ignore[attr-defined]
    assert row[4:] == ["1850-01-01", None, str(10**20), str(LONG_NUMBER)]


@pytest.mark.parametrize("letter", ["a", "\U0001f600", "ع"])
def test_long_texts_are_split(tmp_path: Path, letter: str) -> None:
    """W-02"""
    text, file = "=" + letter * 70_000, tmp_path / "book.xlsx"
    with workbook(file) as book:
        sheet = book.sheet("answers", ("short", "story"))
        sheet.add(("x", "y"))
        sheet.add(("x", text))
        book.sheet("more", ("z",)).add((letter * 40_000,))
    first, second = book.split_cells
    assert (first.number, first.sheet, first.row, first.column, first.length) == (
        1,
        "answers",
        3,
        "story",
        70_001,
    )
    assert first.parts == len(parts(text))
    begun = str(cells(file, "answers")[2][1])
    assert len(begun.encode("utf-16-le")) // 2 <= 32_767
    assert begun.endswith(marker(1))
    rest = [row for row in cells(file, LONG_TEXTS)[1:] if row[0] == 1]
    assert [row[1:5] for row in rest] == [["answers", 3, 2, at] for at in range(2, first.parts + 1)]
    assert begun.removesuffix(marker(1)) + "".join(str(row[5]) for row in rest) == text
    assert second.sheet == "more"


def plain(value: object) -> object:
    """As Excel shows it: characters that XML does not hold are spelled out in the file."""
    return (
        re.sub("_x([0-9A-F]{4})_", lambda one: chr(int(one[1], 16)), value)
        if isinstance(value, str)
        else value
    )


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(1, 700))
@settings(max_examples=20, deadline=None)
def test_parts_are_the_text(piece: str, times: int) -> None:
    """W-02"""
    text = piece * times
    assert "".join(parts(text)) == text
    assert not any(is_too_long(one + marker(9_999_999)) for one in parts(text))


@given(st.lists(st.text(), max_size=12))
def test_sheet_names_are_accepted_and_differ(wanted: list[str]) -> None:
    """W-03"""
    names: list[str] = []
    for one in wanted:
        names.append(sheet_name(one, names))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_sheets_of_like_names_stand_beside_each_other(tmp_path: Path) -> None:
    """W-03"""
    file = tmp_path / "book.xlsx"
    with workbook(file) as book:
        for name in ("a" * 40, "A" * 40, "History", "x/y", LONG_TEXTS, "''", ""):
            book.sheet(name, ("one",))
    names = openpyxl.load_workbook(file).sheetnames
    assert len(names) == 7
    assert LONG_TEXTS not in names


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    """W-04"""
    file = tmp_path / "book.xlsx"
    file.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), workbook(file) as book:  # noqa: PT012 - it fails half-way
        book.sheet("a", ("b",)).add(("c",))
        raise ZeroDivisionError
    assert [one.name for one in tmp_path.iterdir()] == ["book.xlsx"]
    assert file.read_bytes() == b"before"


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    """W-04"""
    with pytest.raises(IscmError, match="Choose CSV"), workbook(tmp_path / "book.xlsx") as book:
        book.sheet("a", [str(one) for one in range(16_385)])
    assert not list(tmp_path.iterdir())


def test_a_workbook_is_its_owners(tmp_path: Path) -> None:
    """W-04"""
    file = tmp_path / "book.xlsx"
    with workbook(file) as book:
        book.sheet("a", ("b",))
        assert not [one for one in tmp_path.iterdir() if one.stat().st_mode & 0o077]
    assert file.stat().st_mode & 0o077 == 0
    assert zipfile.ZipFile(file).testzip() is None


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r1.,a b\uff1d\n")))
def test_neutralised_texts_come_back(text: str) -> None:
    """W-05"""
    assert as_it_was(neutralised(text)) == text
    assert not is_formula(neutralised(text)) or neutralised(text).startswith("'")


@pytest.mark.parametrize("number", ["-5", "+5", "-1250.50", "-2,5"])
def test_plain_numbers_are_left_alone(number: str) -> None:
    """W-05"""
    assert neutralised(number) == number
