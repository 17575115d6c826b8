"""Lists of respondents as spreadsheets write them, and the list for a mail merge.

L-01  Comma or semicolon, with or without the mark of UTF-8, capitals and blanks in the head.
L-02  All faults are told at once, by row; nothing is issued.
L-03  What is written is read again, and no cell is a formula.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.trust.respondent_list import read_list
from tests.support.inviting import coordinator

FORMS = ("iscm", "state", "organization")


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "list.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("questionnaire,respondent,language,contact\nstate,CAN,fr,a@b.org\niscm,igc,,\n", "utf-8"),
        (
            "Questionnaire;Respondent;Language;Contact\r\nstate;CAN;fr;a@b.org\r\niscm; igc ;;\r\n",
            "utf-8-sig",
        ),
    ],
    ids=["comma", "semicolon"],
)
def test_a_list_is_read(text: str, encoding: str, tmp_path: Path) -> None:
    """L-01."""
    rows = read_list(listed(tmp_path, text, encoding), FORMS)
    assert [(row.form_id, row.respondent, row.language, row.contact) for row in rows] == [
        ("state", "CAN", "fr", "a@b.org"),
        ("iscm", "igc", "en", ""),
    ]


def test_all_faults_are_told(tmp_path: Path) -> None:
    """L-02."""
    rows = ("stat,CAN,en", "state,,en", "state,XXX,en", "state,CAN,tlh", "state,NOR,en", "state,nor,en")
    text = "\n".join(("questionnaire,respondent,language", *rows))
    with pytest.raises(IscmError) as caught:
        read_list(listed(tmp_path, text), FORMS)
    assert caught.value.problem is TrustProblem.INVITATION_LIST_FAULTY
    said = str(caught.value)
    assert [number for number in range(2, 8) if f"row {number}:" in said] == [2, 3, 4, 5, 7]


@pytest.mark.parametrize(
    "text", ["", "name,mail\nAnna,a@b.org\n", "questionnaire,respondent\n"], ids=["empty", "other", "nobody"]
)
def test_what_is_no_list_is_said(text: str, tmp_path: Path) -> None:
    with pytest.raises(IscmError) as caught:
        read_list(listed(tmp_path, text), FORMS)
    assert caught.value.problem is TrustProblem.INVITATION_LIST_FAULTY


def test_a_list_in_another_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(IscmError, match="UTF-8"):
        read_list(listed(tmp_path, "questionnaire,respondent\nstate,CAN,é\n", "latin-1"), FORMS)


def test_the_mail_merge_list_has_no_formulas_and_can_be_read(tmp_path: Path) -> None:
    """L-03."""
    with coordinator(tmp_path) as workspace:
        rows = workspace.respondents.ask(None, "state", ["CAN"], "en", "+41 22 717 91 11")
        rows += workspace.respondents.ask(None, "iscm", ["igc"], "fr", '=HYPERLINK("x")')
        workspace.invitations.issue(rows, tmp_path / "out")
    file = tmp_path / "out" / "invitations.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        cells = list(csv.DictReader(stream))
    assert [row["contact"] for row in cells] == ["'+41 22 717 91 11", '\'=HYPERLINK("x")']
    assert all((tmp_path / "out" / row["file"]).is_file() for row in cells)
    assert cells[0]["due_on"] == "2027-04-30"
    again = read_list(file, FORMS)
    assert [row.contact for row in again] == ["+41 22 717 91 11", '=HYPERLINK("x")']
