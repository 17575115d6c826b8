"""Task sheets: what one ministry is asked to answer, on paper.

T-01 The questions that are chosen, with number, choices or the answer so far, below their sections and entries.
T-02 To whom the sections were handed, since when, until when, and what came back.
T-03 Somebody who has sections in hand gets those; nothing chosen is no sheet.
T-04 Advice for the screen stays there; what helps to answer stands between label and answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.presenters.task_choice import TaskScope, task_rows
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.reports.documents.task_sheet import Task, task_sheet
from iscm_desktop.reports.typesetting.blocks import (
    CardHeading,
    Document,
    Heading,
    LabelledBlock,
    Listing,
    Paragraph,
    ParagraphRole,
    Table,
    plain,
)
from iscm_desktop.workspace import Workspace
from tests.support.entering import entering

B01 = AnswerPath("STA-B/STA-B01")
E01 = AnswerPath("STA-E/STA-E01")
MAIL = AnswerPath("STA-A/STA-A05")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "store.iscmdb", keys_in_files=True) as opened:
        opened.set_person("Anna Berg", "Foreign Affairs")
        yield opened


@pytest.fixture
def kenya(workspace: Workspace) -> str:
    response = workspace.responses.start("state", "ken")
    session = workspace.responses.open_session(response)
    session.answer(MAIL, "nowhere")
    session.answer(B01, "no_arrangement")
    workspace.responses.save(response, session)
    return response


def blocks(document: Document, kind: type) -> list:
    return [block for block in document.blocks if isinstance(block, kind)]


def test_the_questions_that_are_chosen(workspace: Workspace, kenya: str) -> None:
    """T-01."""
    sheet = workspace.tasks.compose(kenya, [MAIL, B01, E01], of="Interior")
    labelled = {block.code: block for block in blocks(sheet, LabelledBlock)}
    assert list(labelled) == ["A05", "B01", "E01"]
    assert plain(labelled["A05"].content) == "nowhere"
    assert plain(labelled["A05"].remark)
    assert plain(labelled["B01"].content) == "There is no arrangement"
    assert isinstance(labelled["E01"].content, Listing), "what can be marked"
    assert [(block.number, plain(block.text)) for block in blocks(sheet, Heading)] == [
        ("A", "Who is answering"),
        ("B", "National setting"),
        ("E", "Global Compact for Migration"),
    ]
    assert sheet.footer == "Kenya · Interior"


FORM = """
| survey |
|  | type              | name   | label  | hint         | appearance | choice_filter       |
|  | select_one region | region | Region |              |            |                     |
|  | select_one city   | city   | City   |              |            | region = ${region}  |
|  | image             | sign   | Sign   | In blue ink. | signature  |                     |
|  | date              | day    | Day    |              |            |                     |
| choices |
|  | list_name | name    | label   | region |
|  | region    | africa  | Africa  |        |
|  | city      | nairobi | Nairobi | africa |
"""


def test_paper_says_nothing_that_is_meant_for_the_screen() -> None:
    """T-04: how to choose stands before the choices; a list that depends on an answer says on which."""
    session = entering(FORM)
    session.answer("day", "soon")
    paths = frozenset(AnswerPath(name) for name in ("region", "city", "sign", "day"))
    now = datetime(2027, 3, 1, tzinfo=UTC)
    task = Task("Labour", "Kenya", "Towns", "Round", paths, (), "", now)
    sheet = task_sheet(session, task, "en")
    said = {plain(block.label): block for block in blocks(sheet, LabelledBlock)}
    assert {name: plain(block.note) for name, block in said.items()} == {
        "Region": "Mark one.", "City": "", "Sign": "In blue ink.", "Day": "",
    }  # fmt: skip
    assert said["City"].placeholder == "Please answer. What can be chosen depends on: 1.1 Region."
    assert plain(said["Day"].remark) == "Write a date, such as 21 November 2026 or 2026-11-21."
    quiet = [one for one in blocks(sheet, Paragraph) if one.role is ParagraphRole.QUIET]
    assert not quiet, "all that belongs to a question stands with it"


def test_questions_of_entries_stand_below_their_entry(workspace: Workspace, kenya: str) -> None:
    """T-01."""
    session = workspace.responses.open_session(kenya)
    entry = session.add_entry(AnswerPath("STA-C/STA-C00"))
    workspace.responses.save(kenya, session)
    place = session.repeat(AnswerPath("STA-C/STA-C00")).entries
    number = next(each.number for each in place if each.path == entry)
    sheet = workspace.tasks.compose(kenya, [AnswerPath(f"{entry}/STA-C03")])
    assert [block.number for block in blocks(sheet, CardHeading)] == [number]
    assert [block.code for block in blocks(sheet, LabelledBlock)] == [f"{number}.3"]


def test_in_whose_hands_the_sections_are(workspace: Workspace, kenya: str, tmp_path: Path) -> None:
    """T-02: of the sections on the sheet only."""
    hand = workspace.delegations.hand_over
    hand(kenya, ["STA-E"], to="Interior", target=tmp_path / "e.iscm", due_on=date(2027, 3, 1))
    hand(kenya, ["STA-D"], to="Labour", target=tmp_path / "d.iscm")
    (table,) = blocks(workspace.tasks.compose(kenya, [E01], of="Interior"), Table)
    (row,) = table.rows
    assert [plain(cell) for cell in row][:2] == ["Interior", "Global Compact for Migration"]
    assert plain(row[3]) == "1 March 2027"
    assert workspace.tasks.people(kenya) == ("Labour", "Interior")
    assert workspace.tasks.sections_of(kenya, "Labour") == {"STA-D"}
    assert workspace.tasks.sections_of(kenya, "Justice") == frozenset()


def test_open_questions_and_all_questions(workspace: Workspace, kenya: str) -> None:
    """T-03: what is answered and in order is not open; what is to be mended is."""
    rows = {row.path: row for row in task_rows(workspace.responses.open_session(kenya))}
    assert not rows[B01].is_in(TaskScope.OPEN)
    assert rows[B01].is_in(TaskScope.ALL)
    assert rows[MAIL].is_in(TaskScope.REQUIRED)
    assert rows[E01].name == "E01 Do you use mechanisms to carry out or to review the Global Compact?"


def test_nothing_chosen_is_no_sheet(workspace: Workspace, kenya: str, tmp_path: Path) -> None:
    """T-03."""
    with pytest.raises(IscmError, match="No question is chosen"):
        workspace.tasks.write(kenya, tmp_path / "tasks.pdf", [])
    assert not (tmp_path / "tasks.pdf").exists()
