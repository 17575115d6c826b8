"""Workbooks that are made to take long, or much memory, to open.

W-06  What a workbook has too much of is found out before a library opens it, and told.
W-07  What a workbook claims of its size counts for nothing; what is blank, neither.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from iscm_desktop.questionnaire.reading import workbook_limits, xlsform
from iscm_desktop.questionnaire.reading.workbook_limits import excess_of
from iscm_desktop.questionnaire.reading.xlsform import check_xlsform, read_xlsform

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: str) -> str:
    cells = "".join(cell(f"{letter}{number}", text) for letter, text in zip("ABC", texts, strict=False))
    return f'<row r="{number}">{cells}</row>'


QUESTIONS = row(1, "type", "name", "label") + row(2, "text", "who", "Who?")
DIMENSION = '<dimension ref="A1:XFD1048576"/>'


def sheet(rows: str = QUESTIONS, dimension: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>'


def parts(survey: str, *, sheets: int = 1, strings: str = "") -> dict[str, str]:
    """The parts of the smallest .xlsx that can be read."""
    named = '<sheet name="survey" sheetId="1" r:id="rId1"/>' * sheets
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sheet.xml" ContentType="{KIND}.worksheet+xml"/>'
            + (f'<Override PartName="/xl/s.xml" ContentType="{KIND}.sharedStrings+xml"/>' if strings else "")
            + "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/worksheet" Target="sheet.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
        ),
        "xl/sheet.xml": survey,
        **({"xl/s.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
    }


def workbook(folder: Path, contents: dict[str, str], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "form.xlsx"
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


def told(path: Path) -> str:
    (fault,) = check_xlsform(path)
    return str(fault)


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are tried with numbers that small files pass; the real ones have a test of their own."""
    for name, limit in (
        ("MOST_SHEETS", 3), ("MOST_ROWS", 50), ("MOST_COLUMNS", 20), ("MOST_CELLS", 200), ("MOST_PARTS", 12),
        ("MOST_ELEMENTS", 2_000), ("MOST_CHARACTERS", 5_000), ("MOST_IN_FRAME", 400), ("LARGEST", 300_000),
        ("LARGEST_UNPACKED", 50_000), ("_SMALL", 100_000), ("MOST_COMMENTS", 100_000),
    ):  # fmt: skip
        monkeypatch.setattr(workbook_limits, name, limit)


def test_a_sound_workbook_may_be_opened(tmp_path: Path) -> None:
    """W-06"""
    path = workbook(tmp_path, parts(sheet()))
    assert check_xlsform(path) == ()
    assert [question.name for question in read_xlsform(path).questions()] == ["who"]


FULL = "".join(row(number, "a", "b", "c") for number in range(1, 50))
WIDE = '<row r="1">' + cell("A1", "a") * 21 + "</row>"
SHARED = '<row r="1">' + '<c t="s"><v>0</v></c>' * 20 + "</row>"


@pytest.mark.parametrize(
    ("contents", "word"),
    [
        (parts(sheet(), sheets=4), "sheets"),
        (parts(sheet(FULL + row(50, "a") + row(51, "a"))), "50 rows"),
        (parts(sheet(WIDE)), "20 cells"),
        ({**parts(sheet(FULL)), "xl/other.xml": sheet(FULL)}, "200 cells"),
        (parts(sheet("<row/>" * 2_001)), "elements"),
        (parts(sheet(row(1, "a" * 5_001))), "characters"),
        (parts(sheet(SHARED), strings=f"<si><t>{'a' * 300}</t></si>"), "characters"),
        (parts(f"<!DOCTYPE worksheet [<!ENTITY a 'b'>]>{sheet()}"), "entities"),
        ({**parts(sheet()), **{f"xl/media/{n}.png": "" for n in range(12)}}, "parts"),
        ({**parts(sheet()), "xl/media/a.bin": "\0" * 200_000}, "150 times"),
    ],
    ids=[
        "sheets", "rows", "columns", "cells", "elements", "text", "shared text", "entities", "parts",
        "ratio",
    ],
)  # fmt: skip
def test_what_a_workbook_has_too_much_of_is_told(
    tmp_path: Path, contents: dict[str, str], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W-06: and no library sees it."""
    monkeypatch.setattr(xlsform, "_sheets", lambda *_given: pytest.fail("it was opened"))
    message = told(workbook(tmp_path, contents))
    assert word in message
    assert "It was not opened." in message


def test_parts_that_are_much_together_are_told(tmp_path: Path) -> None:
    """W-06"""
    noise = {f"xl/media/{number}.bin": "\0" * 90_000 for number in range(4)}
    assert "unpacked" in told(workbook(tmp_path, {**parts(sheet()), **noise}, zipfile.ZIP_DEFLATED))
    assert "larger" in told(workbook(tmp_path, {**parts(sheet()), **noise}, zipfile.ZIP_STORED))


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_spreadsheet_program_packs_is_not_opened(tmp_path: Path, kind: int) -> None:
    """W-06: such packers cannot be stopped half-way."""
    assert "packed as no" in told(workbook(tmp_path, parts(sheet()), kind))


@pytest.mark.parametrize("claimed", [10, 10_000_000])
def test_a_forged_size_does_not_help(tmp_path: Path, claimed: int) -> None:
    """W-07: with a checksum that fits what the header says, too; readers would unpack everything at once."""
    text = sheet("<row/>" * 1_000)
    path = workbook(tmp_path, parts(text))
    whole, seen = text.encode(), text.encode()[:claimed]
    real = struct.pack("<L", zlib.crc32(whole)), struct.pack("<L", len(whole))
    false = struct.pack("<L", zlib.crc32(seen)), struct.pack("<L", claimed)
    forged = path.read_bytes().replace(real[0], false[0]).replace(real[1], false[1])
    path.write_bytes(forged)
    assert "does not hold what the file says" in told(path)


def test_what_a_sheet_claims_costs_nothing(tmp_path: Path) -> None:
    """W-07: a dimension of all rows and columns, a last row at the very end, cells and rows that hold nothing."""
    blank = '<row r="3"><c r="A3" s="1"/><c r="XFD3"/></row>' * 60 + '<row r="1048576"/>'
    path = workbook(tmp_path, parts(sheet(QUESTIONS + blank, DIMENSION)))
    assert excess_of(path) == ""
    assert [question.name for question in read_xlsform(path).questions()] == ["who"]


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("form.csv", "survey,,\n" + ",text,a\n" * 60, "rows"),
        ("form.csv", "survey," + ",".join("a" * 30) + "\n", "cells"),
        ("form.csv", "survey,,\n,text," + "a" * 200_000, "larger"),
        ("form.md", "| a | b |\n" * 60, "rows"),
        ("form.md", "#" * 400 + "|", "#"),
    ],
)
def test_tables_are_bounded_alike(tmp_path: Path, name: str, text: str, word: str) -> None:
    """W-06"""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert word in told(tmp_path / name)


def test_a_cell_that_no_reader_of_tables_takes_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W-06"""
    monkeypatch.setattr(workbook_limits, "LARGEST_UNPACKED", 1_000_000)
    (tmp_path / "form.csv").write_text("survey,,\n,text," + "a" * 200_000, encoding="utf-8")
    assert "One of its cells" in told(tmp_path / "form.csv")


def old_workbook(*cells: tuple[int, int]) -> bytes:
    """An .xls of Excel 4, which is one sheet without any archive: a number in each of these cells."""
    made = io.BytesIO()
    made.write(struct.pack("<HHHH", 0x0409, 4, 0, 0x10))
    for at, across in cells:
        made.write(struct.pack("<HHHHHd", 0x0203, 14, at, across, 0, 1.0))
    made.write(struct.pack("<HH", 0x000A, 0))
    return made.getvalue()


def test_old_workbooks_are_bounded_alike(tmp_path: Path) -> None:
    """W-06: two cells far from each other take as much memory there as all that are between them."""
    path = tmp_path / "form.xls"
    path.write_bytes(old_workbook((0, 0), (1, 1)))
    assert excess_of(path) == ""
    path.write_bytes(old_workbook((0, 0), (100, 200)))
    assert "blank ones included" in told(path)
    path.write_bytes(old_workbook(*((0, across) for across in range(30))))
    assert "20 cells" in told(path)


def test_a_workbook_with_a_thousand_faults_is_not_converted_a_thousand_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W-01, W-06: each try takes as long as the workbook."""
    tried = []
    converted = xlsform.converted
    monkeypatch.setattr(xlsform, "converted", lambda given: tried.append(1) or converted(given))
    monkeypatch.setattr("iscm_desktop.questionnaire.reading.workbook_faults._MOST_ROWS", 100)
    text = "| survey |\n| | type | name | label |\n" + "".join(
        f"| | odd{n} | q{n} | Q |\n" for n in range(20)
    )
    (tmp_path / "form.md").write_text(text, encoding="utf-8")
    assert check_xlsform(tmp_path / "form.md")
    assert len(tried) < 10
