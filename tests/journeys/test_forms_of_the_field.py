"""Forms in every kind of file, evaluated on the command line with what lies beside them.

J-20  Workbooks (.xlsx, .xls, .csv, .md) and XForms (.xml) of one questionnaire say the same.
J-21  Lists in files beside the form are found: CSV, GeoJSON, XML, and the external choices of `itemsets.csv`.
J-22  A submission that another program stored is evaluated like typed answers.
J-23  A faulty form prints all its faults with sheet and row, and ends with 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.cli import main

SURVEY = (
    ("type", "name", "label", "relevant", "required", "constraint", "calculation", "choice_filter"),
    ("select_one yn", "fee", "Is there a fee?", "", "yes", "", "", ""),
    ("integer", "chf", "Yearly fee, CHF", "${fee} = 'yes'", "yes", ". > 0", "", ""),
    ("select_one_from_file places.csv", "seat", "Seat", "", "", "", "", "region = 'europe'"),
    ("begin_repeat", "body", "Bodies", "", "", "", "", ""),
    ("text", "name", "Name", "", "", "", "", ""),
    ("end_repeat", "", "", "", "", "", "", ""),
    ("calculate", "bodies", "", "", "", "", "count(${body})", ""),
)
CHOICES = (("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No"))
PLACES = "name,label,region\ngva,Geneva,europe\nott,Ottawa,americas\nvie,Vienna,europe\n"
ANSWERS = {"fee": "yes", "chf": 120, "seat": "vie", "body": [{"name": "Steering group"}, {"name": "Troika"}]}


def write_xlsx(file: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"
    choices = book.create_sheet("choices")
    for sheet, rows in ((book.active, SURVEY), (choices, CHOICES)):
        for row in rows:
            sheet.append(row)
    book.save(file)


def write_md(file: Path) -> None:
    def table(name: str, rows: tuple[tuple[str, ...], ...]) -> str:
        return f"| {name} |\n" + "".join(f"| | {' | '.join(row)} |\n" for row in rows)

    file.write_text(table("survey", SURVEY) + table("choices", CHOICES), encoding="utf-8")


def write_csv(file: Path) -> None:
    def lines(name: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
        quoted = (",".join(f'"{cell}"' for cell in ("", *row)) for row in rows)
        return [f'"{name}"' + "," * len(rows[0]), *quoted]

    text = "\n".join([*lines("survey", SURVEY), *lines("choices", CHOICES)])
    file.write_text(text + "\n", encoding="utf-8")


def write_xml(file: Path) -> None:
    from pyxform.xls2xform import convert

    workbook = file.with_suffix(".md")
    write_md(workbook)
    file.write_text(convert(workbook).xform, encoding="utf-8")


WRITERS = {".xlsx": write_xlsx, ".md": write_md, ".csv": write_csv, ".xml": write_xml}


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("ending", WRITERS)
def test_every_kind_of_file_says_the_same(
    ending: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """J-20, J-21."""
    form = folder / f"fees{ending}"
    WRITERS[ending](form)
    code, data = said(capsys, "evaluate", form, "--answers", folder / "answers.json")
    assert [(row["path"], row["value"], row["verdict"]) for row in data["questions"]] == [
        ("fee", "yes", "ok"),
        ("chf", 120, "ok"),
        ("seat", "vie", "ok"),
        ("body/1/name", "Steering group", "ok"),
        ("body/2/name", "Troika", "ok"),
        ("bodies", "2", "ok"),
    ]
    assert (code, data["findings"]) == (0, [])


def test_what_the_file_beside_does_not_offer_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """J-21."""
    write_md(folder / "fees.md")
    (folder / "answers.json").write_text(json.dumps({"fee": "no", "seat": "ott"}), encoding="utf-8")
    code, data = said(capsys, "evaluate", folder / "fees.md", "--answers", folder / "answers.json")
    assert code == 1
    assert {row["path"]: (row["asked"], row["verdict"]) for row in data["questions"]} == {
        "fee": (True, "ok"),
        "chf": (False, "ok"),
        "seat": (True, "unreadable"),
        "bodies": (True, "ok"),
    }


LISTS = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>Lists</h:title><model><instance><data id="lists"><city/><office/><seat/></data></instance>
<instance id="cities" src="jr://file/cities.geojson"/><instance id="offices" src="jr://file/offices.xml"/>
</model></h:head><h:body>
<select1 ref="/data/city"><itemset nodeset="instance('cities')/root/item"><value ref="id"/><label ref="name"/></itemset></select1>
<select1 ref="/data/office"><itemset nodeset="instance('offices')/offices/office"><value ref="code"/><label ref="at"/></itemset></select1>
<input query="instance('seats')/root/item[city=/data/city]" ref="/data/seat"/>
</h:body></h:html>"""  # noqa: E501


def test_lists_of_every_kind_lie_beside_an_xform(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """J-21."""
    city = {"type": "Feature", "id": "gva", "properties": {"name": "Geneva"}}
    city["geometry"] = {"type": "Point", "coordinates": [6.1, 46.2]}
    (folder / "cities.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [city]}))
    (folder / "offices.xml").write_text(
        "<offices><office><code>hq</code><at>Le Grand-Saconnex</at></office></offices>"
    )
    (folder / "itemsets.csv").write_text(
        "list_name,name,label,city\nseats,a,Hall A,gva\nother,b,Hall B,gva\n"
    )
    (folder / "lists.xml").write_text(LISTS, encoding="utf-8")
    for seat, verdict in (("a", "ok"), ("b", "unreadable")):
        given = {"city": "gva", "office": "hq", "seat": seat}
        (folder / "answers.json").write_text(json.dumps(given), encoding="utf-8")
        _code, data = said(capsys, "evaluate", folder / "lists.xml", "--answers", folder / "answers.json")
        assert [row["verdict"] for row in data["questions"]] == ["ok", "ok", verdict]


def test_a_submission_is_evaluated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """J-22."""
    write_md(folder / "fees.md")
    (folder / "stored.xml").write_text(
        "<data id='fees'><fee>yes</fee><chf>-5</chf><body><name>Troika</name></body><body><name/></body></data>",
        encoding="utf-8",
    )
    code, data = said(capsys, "evaluate", folder / "fees.md", "--answers", folder / "stored.xml")
    assert code == 1
    assert [(row["path"], row["value"], row["verdict"]) for row in data["questions"]] == [
        ("fee", "yes", "ok"),
        ("chf", -5, "out_of_range"),
        ("seat", None, "ok"),
        ("body/1/name", "Troika", "ok"),
        ("body/2/name", None, "ok"),
        ("bodies", "2", "ok"),
    ]


def test_all_faults_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """J-23."""
    (folder / "faulty.md").write_text(
        "| survey |\n| | type | name | label | relevant |\n| | integre | a | A | |\n| | text | b | B | ${c} = 1 |\n",
        encoding="utf-8",
    )
    assert main(["evaluate", str(folder / "faulty.md")]) == 1
    told = capsys.readouterr().err
    assert "Sheet 'survey', row 2: 'integre' is not a question type. Did you mean 'integer'?" in told
    assert "Sheet 'survey', row 3: The column 'relevant' refers to ${c}" in told
