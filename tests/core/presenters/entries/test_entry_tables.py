"""A repeat as a table.

T-01  A column for each question, groups flattened; a state for each entry; a complaint says in which cell.
T-02  Pasted rows go by titles where the first row has them, else by position; what was not taken is told.
T-03  A paste, a sort, a duplicate, a removal of several is one step.
T-04  Words of choices are taken for their values, where they can mean but one.
T-05  What is copied and pasted is the same answer, whatever its choices are called.
"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.presenters.entries import row_paste
from iscm_desktop.presenters.entries.clipboard_rows import read_rows, write_rows
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
    copied_text,
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


CONFUSING = """
| survey |
|  | type              | name | label::English (en) | label::Français (fr) | label::Español (es) | label::العربية (ar) | appearance |
|  | begin_repeat      | r    | R                   | R                    | R                   | R                   |            |
|  | text              | tx   | Text                | Texte                | Texto               | نص                  |            |
|  | text              | ml   | Lines               | Lignes               | Líneas              | سطور                | multiline  |
|  | integer           | it   | Number              | Nombre               | Número              | عدد                 |            |
|  | decimal           | dc   | Decimal             | Décimal              | Decimal             | كسر                 |            |
|  | date              | dt   | Day                 | Jour                 | Día                 | يوم                 |            |
|  | date              | yr   | Year                | Année                | Año                 | سنة                 | year       |
|  | dateTime          | at   | When                | Quand                | Cuándo              | متى                 |            |
|  | select_one c      | so   | One                 | Un                   | Uno                 | واحد                |            |
|  | select_one c      | alt  | Other               | Autre                | Otro                | آخر                 |            |
|  | select_multiple c | sm   | Some                | Certains             | Algunos             | بعض                 |            |
|  | rank c            | rk   | Rank                | Rang                 | Rango               | ترتيب               |            |
|  | end_repeat        |      |                     |                      |                     |                     |            |
| choices |
|  | list_name | name | label::English (en) | label::Français (fr) | label::Español (es) | label::العربية (ar) |
|  | c         | a    | b                   | Un                   | b                   | ب                   |
|  | c         | b    | a                   | Deux                 | a                   | أ                   |
|  | c         | 1    | 2                   | 2                    | 2                   | 2                   |
|  | c         | 2    | 1                   | 1                    | 1                   | 1                   |
|  | c         | q    | q; r                | q; r                 | q, r                | r                   |
|  | c         | r    | Rest                | Reste                | Resto               | q                   |
|  | c         | d    | Same                | Même                 | Mismo               | نفسه                |
|  | c         | e    | Same                | même                 | Mismo               | نفسه                |
|  | c         | x    | a b                 | a b                  | 1 2                 | b                   |
| settings |
|  | form_id   | default_language |
|  | confusing | English (en)     |
"""  # noqa: E501

_VALUES = ["a", "b", "1", "2", "q", "r", "d", "e", "x"]
_WRITTEN = st.text("ab \n\t\r\"'=;-1\u00a0\u2028\ufeff")
_LINES = _WRITTEN.map(lambda text: text.replace("\r", "\n"))
_ONE = st.sampled_from([*_VALUES, "", "Same", "none of them"])
_SOME = st.lists(st.sampled_from(_VALUES), unique=True).map(" ".join)
STORED_ROW = st.fixed_dictionaries(
    {
        "tx": _WRITTEN,
        "ml": _LINES,
        "it": st.integers(-9999999, 9999999).map(str) | st.just("about 1 000"),
        "dc": st.decimals(-100000, 100000, places=3).map(str),
        "dt": st.dates().map(str) | st.just("2004"),
        "yr": st.sampled_from(["2004-01-01", "2004", "2004-05-06"]),
        "at": st.datetimes().map(lambda when: when.isoformat(timespec="milliseconds")),
        "so": _ONE,
        "sm": _SOME,
        "rk": _SOME,
    }
)


def _two_entries(language: str) -> tuple[FormSession, EntryTable]:
    session = entering(CONFUSING, {}, {"r": ["e1", "e2"]})
    session.language = next(each for each in session.questionnaire.languages if f"({language})" in each)
    return session, EntryTable(session, AnswerPath("r"))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@settings(max_examples=60)
@given(row=STORED_ROW)
def test_a_row_that_is_copied_and_pasted_is_the_same_row(language: str, row: dict[str, str]) -> None:
    """T-05"""
    session, table = _two_entries(language)
    for name, text in row.items():
        session.answer(AnswerPath(f"r/e1/{name}"), text, is_stored=True)
    views = [session.view(AnswerPath(f"r/e1/{column.name}")) for column in table.columns]
    report = RowPaste(table).paste([[table.copied(view) for view in views]], 1, 0)
    assert report.is_all
    assert [session.view(AnswerPath(f"r/e2/{column.name}")).text for column in table.columns] == [
        view.text for view in views
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@settings(max_examples=60)
@given(row=STORED_ROW)
def test_words_alone_never_become_another_choice(language: str, row: dict[str, str]) -> None:
    """T-04"""
    session, table = _two_entries(language)
    for name in ("so", "sm", "rk"):
        path, below = AnswerPath(f"r/e1/{name}"), AnswerPath(f"r/e2/{name}")
        session.answer(path, row[name] if row[name] not in ("Same", "none of them") else "", is_stored=True)
        words = copied_text(session.view(path), table.language)
        at = next(i for i, column in enumerate(table.columns) if column.name == name)
        report = RowPaste(table).paste([[words]], 1, at)
        is_left = session.view(below).text == "" and report.unclear_words == [words]
        assert is_left or session.view(below).text == session.view(path).text


def test_a_word_that_may_mean_one_choice_or_another_is_named_and_left() -> None:
    """T-04"""
    session, table = _two_entries("en")
    at = next(i for i, column in enumerate(table.columns) if column.name == "so")
    session.answer(AnswerPath("r/e2/so"), "r")
    report = RowPaste(table).paste([["b"], ["Same"]], 0, at)
    assert [session.view(AnswerPath(f"r/e{number}/so")).text for number in (1, 2)] == ["", "r"]
    assert report.sentence == (
        "Nothing was pasted. Not taken: 2 cells whose words may mean one choice or another (“b” and “Same”). "
        "What was not taken is still in the clipboard."
    )


def test_who_types_what_a_choice_is_called_means_that_choice() -> None:
    """T-04"""
    session, table = _two_entries("en")
    view = session.view(AnswerPath("r/e1/so"))
    assert [table.typed_text(view, words) for words in ("b", "a", "Same", "r")] == ["a", "b", "Same", "r"]


def test_an_answer_is_pasted_into_another_question_with_the_same_choices() -> None:
    """T-05"""
    session, table = _two_entries("en")
    session.answer(AnswerPath("r/e1/so"), "e", is_stored=True)
    at = next(i for i, column in enumerate(table.columns) if column.name == "alt")
    RowPaste(table).fill(table.copied(session.view(AnswerPath("r/e1/so"))), [(0, at), (1, at)])
    assert [session.view(AnswerPath(f"r/e{number}/alt")).text for number in (1, 2)] == ["e", "e"]


@pytest.mark.parametrize("text", [" led by blanks", "\n\nled by lines\n", "\u00a0x"])
def test_blanks_and_line_ends_around_a_text_stay(text: str) -> None:
    """T-05"""
    session, table = _two_entries("en")
    RowPaste(table).paste(read_rows(write_rows([[text, text]])), 0, 0)
    assert [session.view(AnswerPath(f"r/e1/{name}")).text for name in ("tx", "ml")] == [text, text]


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
