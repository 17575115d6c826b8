"""A repeat as a table.

T-01  A column for each question, groups flattened; a state for each entry; a complaint says in which cell.
T-02  Pasted rows go by titles where the first row has them, else by position; what was not taken is told.
T-03  A paste, a sort, a duplicate, a removal of several is one step.
T-04  Words of choices are taken for their values.
"""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.presenters.entries import row_paste
from iscm_desktop.presenters.entries.entry_actions import (
    duplicate_entry,
    move_entries,
    order_entries,
    remove_entries,
    sort_entries,
)
from iscm_desktop.presenters.entries.entry_table import (
    EntryState,
    EntryTable,
    cell_text,
    shown_text,
)
from iscm_desktop.presenters.entries.row_paste import RowPaste
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering

FORM = """
| survey |
|        | type                 | name     | label             | required | relevant         | read_only | bind::iscm:max_entries |
|        | begin_repeat         | meeting  | Meetings attended |          |                  |           | 4                      |
|        | text                 | place    | Place             | yes      |                  |           |                        |
|        | begin_group          | details  | Details           |          |                  |           |                        |
|        | date                 | when     | When              |          |                  |           |                        |
|        | integer              | people   | Delegation        |          |                  |           |                        |
|        | end_group            |          |                   |          |                  |           |                        |
|        | select_one level     | level    | Level             |          |                  |           |                        |
|        | text                 | why      | Why so low?       |          | ${level} = 'low' |           |                        |
|        | select_multiple them | themes   | Themes            |          |                  |           |                        |
|        | begin_repeat         | paper    | Papers            |          |                  |           |                        |
|        | text                 | title    | Title             | yes      |                  |           |                        |
|        | end_repeat           |          |                   |          |                  |           |                        |
|        | end_repeat           |          |                   |          |                  |           |                        |
| choices |
|         | list_name | name   | label             |
|         | level     | high   | Ministers         |
|         | level     | low    | Experts           |
|         | them      | border | Border management |
|         | them      | data   | Data, statistics  |
|         | them      | return | Return            |
| settings |
|          | namespaces |
|          | iscm="https://iscm-desktop.invalid/xforms" |
"""  # noqa: E501

MEETING = AnswerPath("meeting")


@pytest.fixture
def response() -> FormSession:
    """Two meetings; the date of the second cannot be read."""
    return entering(
        FORM,
        {
            "meeting/a/place": "Nairobi",
            "meeting/a/details/people": "6",
            "meeting/b/place": "Addis Ababa",
            "meeting/b/details/when": "31.13.2024",
        },
        {"meeting": ["a", "b"]},
    )


def _places(response: FormSession) -> list[str]:
    return [entry.title for entry in response.repeat(MEETING).entries]


def _text(response: FormSession, row: int, name: str) -> str:
    return response.view(AnswerPath(f"{response.repeat(MEETING).entries[row].path}/{name}")).text


def test_columns_and_rows(response: FormSession) -> None:
    """T-01"""
    table = EntryTable(response, MEETING)
    assert [(column.name, column.label) for column in table.columns] == [
        ("place", "Place"),
        ("details/when", "When"),
        ("details/people", "Delegation"),
        ("level", "Level"),
        ("why", "Why so low?"),
        ("themes", "Themes"),
    ]
    assert [row.state for row in table.rows()] == [EntryState.COMPLETE, EntryState.WRONG]
    assert table.rows()[1].state_words == "1 to mend"
    when = table.columns[1]
    complaint = table.complaint(table.rows()[1], when)
    assert complaint is not None
    assert (complaint.path, complaint.place) == ("meeting/b/details/when", "2 · Addis Ababa, When")
    assert table.complaint(table.rows()[0], when) is None


def test_an_entry_that_is_called_otherwise_now_is_found_by_its_new_name(response: FormSession) -> None:
    """T-01"""
    table = EntryTable(response, MEETING)
    row = table.rows()[1]
    response.answer(AnswerPath(f"{row.path}/place"), "Mombasa")
    complaint = table.complaint(table.refreshed(row, {"place"}), table.columns[1])
    assert complaint is not None
    assert complaint.place == "2 · Mombasa, When"


def test_what_is_missing_inside_an_entry_counts(response: FormSession) -> None:
    """T-01"""
    response.add_entry(AnswerPath("meeting/a/paper"))
    response.add_entry(MEETING)
    rows = EntryTable(response, MEETING).rows()
    assert [(row.state, row.state_words) for row in rows] == [
        (EntryState.MISSING, "1 missing"),
        (EntryState.WRONG, "1 to mend"),
        (EntryState.MISSING, "1 missing"),
    ]


def test_rows_with_titles_go_where_the_titles_say(response: FormSession) -> None:
    """T-02"""
    rows = [["delegation ", "Remarks", "PLACE"], ["4", "fine", "Geneva"], ["2", "", "Vienna"]]
    report = RowPaste(EntryTable(response, MEETING)).paste(rows, 2, 0)
    assert _places(response) == ["Nairobi", "Addis Ababa", "Geneva", "Vienna"]
    assert _text(response, 2, "details/people") == "4"
    assert (report.cells, report.rows, report.added) == (4, 2, 2)
    assert report.sentence == (
        "Pasted: 4 cells in 2 rows. 2 entries are new. Not taken: 1 column that this table does not have "
        "(“Remarks”). What was not taken is still in the clipboard."
    )


def test_rows_without_titles_go_by_position(response: FormSession) -> None:
    """T-02"""
    report = RowPaste(EntryTable(response, MEETING)).paste([["2024-12-31", "7"], ["1 May 2020"]], 1, 1)
    assert (_text(response, 1, "details/when"), _text(response, 1, "details/people")) == ("2024-12-31", "7")
    assert _text(response, 2, "details/when") == "2020-05-01"
    assert report.is_all
    assert report.sentence == "Pasted: 3 cells in 2 rows. 1 entry is new."


def test_what_finds_no_place_is_told(response: FormSession) -> None:
    """T-02: too many rows, a cell beyond the table, one whose question is not asked."""
    rows = [[place, "", "", "Ministers", "since", "Return", "beyond"] for place in ("A", "B", "C", "D")]
    report = RowPaste(EntryTable(response, MEETING)).paste(rows, 1, 0)
    assert _places(response) == ["Nairobi", "A", "B", "C"]
    assert (report.rows_beyond, report.cells_beyond, report.cells_closed) == (1, 4, 3)
    assert "since there can be 4 at most" in report.sentence
    assert _text(response, 1, "why") == ""


def test_more_rows_than_are_added_at_once_wait(
    response: FormSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-02"""
    monkeypatch.setattr(row_paste, "MOST_AT_ONCE", 1)
    report = RowPaste(EntryTable(response, MEETING)).paste([["A"], ["B"], ["C"]], 1, 0)
    assert _places(response) == ["Nairobi", "A", "B"]
    assert (
        "Not taken: 1 row, since 1 at most are added at once; paste the others afterwards." in report.sentence
    )


def test_a_question_that_a_pasted_answer_brings_up_is_answered(response: FormSession) -> None:
    """T-02"""
    RowPaste(EntryTable(response, MEETING)).paste([["experts", "No time"]], 0, 3)
    assert (_text(response, 0, "level"), _text(response, 0, "why")) == ("low", "No time")


def test_a_paste_is_one_step(response: FormSession) -> None:
    """T-03"""
    RowPaste(EntryTable(response, MEETING)).paste([["A", "2020"], ["B"], ["C"]], 1, 0)
    response.undo()
    assert _places(response) == ["Nairobi", "Addis Ababa"]
    assert not response.can_undo


def test_blank_rows_make_no_entries(response: FormSession) -> None:
    """T-02"""
    RowPaste(EntryTable(response, MEETING)).paste([[""], [""], ["C"]], 2, 0)
    assert _places(response) == ["Nairobi", "Addis Ababa", "C"]


def test_several_cells_take_the_same_text(response: FormSession) -> None:
    """T-03"""
    RowPaste(EntryTable(response, MEETING)).fill("Experts", [(0, 3), (1, 3)])
    assert [_text(response, row, "level") for row in (0, 1)] == ["low", "low"]
    response.undo()
    assert _text(response, 1, "level") == ""


def test_a_duplicate_has_all_that_the_entry_has(response: FormSession) -> None:
    """T-03"""
    paper = response.add_entry(AnswerPath("meeting/a/paper"))
    response.answer(AnswerPath(f"{paper}/title"), "Minutes")
    copy = duplicate_entry(response, AnswerPath("meeting/a"))
    assert _places(response) == ["Nairobi", "Nairobi", "Addis Ababa"]
    inner = response.repeat(AnswerPath(f"{copy}/paper")).entries
    assert [entry.title for entry in inner] == ["Minutes"]
    assert _text(response, 1, "details/people") == "6"
    response.undo()
    assert _places(response) == ["Nairobi", "Addis Ababa"]


def test_entries_are_sorted_by_a_column(response: FormSession) -> None:
    """T-03"""
    table = EntryTable(response, MEETING)
    RowPaste(table).paste([["Éire", "", "10"], ["Zagreb", "", "9"]], 2, 0)
    place, _when, people, *_rest = table.columns
    sort_entries(table, place)
    assert _places(response) == ["Addis Ababa", "Éire", "Nairobi", "Zagreb"]
    sort_entries(table, people, is_descending=True)
    assert _places(response) == ["Éire", "Zagreb", "Nairobi", "Addis Ababa"]
    response.undo()
    assert _places(response) == ["Addis Ababa", "Éire", "Nairobi", "Zagreb"]


def test_several_entries_move_and_go_together(response: FormSession) -> None:
    """T-03"""
    RowPaste(EntryTable(response, MEETING)).paste([["C"], ["D"]], 2, 0)
    ids = [entry.entry_id for entry in response.repeat(MEETING).entries]
    assert move_entries(response, MEETING, ids[2:], -1)
    assert _places(response) == ["Nairobi", "C", "D", "Addis Ababa"]
    assert not move_entries(response, MEETING, ids[1:2], 1)
    remove_entries(response, [AnswerPath(f"meeting/{id_}") for id_ in ids[2:]])
    response.undo()
    assert _places(response) == ["Nairobi", "C", "D", "Addis Ababa"]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("border management; RETURN", "border return"),
        ("Return\nData, statistics", "return data"),
        ("Return, Border management", "return border"),
        ("return data", "return data"),
        ("Return; Health", "Return; Health"),
        ("", ""),
    ],
)
def test_words_of_choices_are_taken_for_their_values(
    response: FormSession, written: str, stored: str
) -> None:
    """T-04"""
    view = response.view(AnswerPath("meeting/a/themes"))
    assert EntryTable(response, MEETING).typed_text(view, written) == stored


def test_what_is_copied_from_a_cell_can_be_pasted(response: FormSession) -> None:
    """T-04"""
    path = AnswerPath("meeting/a/themes")
    response.answer(path, "border data")
    words = shown_text(response.view(path))
    assert words == "Border management; Data, statistics"
    assert EntryTable(response, MEETING).typed_text(response.view(path), words) == "border data"


def test_a_file_is_neither_typed_nor_pasted() -> None:
    """T-02"""
    form = """
    | survey |
    |        | type         | name  | label |
    |        | begin_repeat | paper | Paper |
    |        | text         | title | Title |
    |        | file         | file  | File  |
    |        | end_repeat   |       |       |
    """
    response = entering(form)
    report = RowPaste(EntryTable(response, AnswerPath("paper"))).paste([["Minutes", "minutes.pdf"]], 0, 0)
    (entry,) = response.repeat(AnswerPath("paper")).entries
    assert response.view(AnswerPath(f"{entry.path}/file")).text == ""
    assert (report.cells, report.cells_closed) == (1, 1)


def test_a_cell_is_written_in_the_language_and_copied_as_every_spreadsheet_reads_it(
    response: FormSession,
) -> None:
    """T-04"""
    path = AnswerPath("meeting/a/details/when")
    response.answer(path, "1 March 2025")
    view = response.view(path)
    assert (cell_text(view, "en"), cell_text(view, "fr")) == ("1 March 2025", "1 mars 2025")
    assert shown_text(view) == "2025-03-01"


@given(st.permutations(range(7)))
def test_entries_come_into_any_order_with_as_few_moves_as_possible(order: list[int]) -> None:
    """T-03"""
    ids = [f"e{number}" for number in range(7)]
    response = entering(FORM, {f"meeting/{id_}/place": id_ for id_ in ids}, {"meeting": ids})
    wanted = [AnswerPath(f"meeting/e{number}") for number in order]
    moved = order_entries(response, wanted)
    assert [entry.path for entry in response.repeat(MEETING).entries] == wanted
    rising = max(
        len(row) for size in range(8) for row in combinations(order, size) if list(row) == sorted(row)
    )
    assert moved == 7 - rising
