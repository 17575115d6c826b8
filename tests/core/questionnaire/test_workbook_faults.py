"""What is wrong with a workbook, told all at once with sheet and row.

W-01  Several faults are told together, each with its sheet, its row and what to do.
W-02  Faults of expressions have their row too.
W-03  A workbook without faults has none; its questionnaire can be read.
W-04  A file that is no workbook is refused in words.
W-05  Headings that come twice are told with their sheet; older headings are understood.
W-08  A pattern that is refused is told with its row; the questionnaire can be used.
"""

from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.reading.xlsform import WorkbookFault, check_xlsform, read_xlsform

FAULTY = """
| survey |
|        | type          | name  | label | relevant          | calculation | constraint |
|        | integre       | year  | Year  |                   |             |            |
|        | text          | 1st   | First |                   |             |            |
|        | select_one cc | chair | Chair |                   |             |            |
|        | text          | who   | Who   | ${chiar} = 'yes'  |             |            |
|        | text          | who   | Again |                   |             |            |
|        | text          | why   | Why   |                   |             | string-lenght(.) > 3 |
|        | calculate     | one   |       |                   | ${two} + 1  |            |
|        | calculate     | two   |       |                   | ${one} + 1  |            |
| choices |
|         | list_name | name | label |
|         | yn        | yes  | Yes   |
|         | yn        | yes  | Again |
"""

SOUND = """
| survey |
|        | type | name | label |
|        | text | who  | Who?  |
"""


def form(folder: Path, text: str) -> Path:
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_faults_at_once(tmp_path: Path) -> None:
    """W-01, W-02"""
    found = {(fault.sheet, fault.row): fault.message for fault in check_xlsform(form(tmp_path, FAULTY))}
    assert found["survey", 2] == "'integre' is not a question type. Did you mean 'integer'?"
    assert found["survey", 3].startswith("The name must begin with a letter")
    assert found["survey", 4].startswith("There is no choice list 'cc'.")
    assert found["survey", 5] == "The column 'relevant' refers to ${chiar}, and no question has that name."
    assert found["survey", 6].startswith("The name 'who' is used twice")
    assert "Did you mean 'string-length()'?" in found["survey", 7]
    assert "own result" in found["survey", 8]
    assert found["choices", 3].startswith("This choice's name is already used in its list.")
    assert len(found) == 8


def test_reading_it_tells_the_same(tmp_path: Path) -> None:
    """W-01"""
    with pytest.raises(IscmError) as refused:
        read_xlsform(form(tmp_path, FAULTY))
    assert refused.value.problem is QuestionnaireProblem.FORM_FAULTY
    assert "Sheet 'survey', row 2: 'integre'" in str(refused.value)


def test_a_sound_workbook_has_no_faults(tmp_path: Path) -> None:
    """W-03"""
    assert check_xlsform(form(tmp_path, SOUND)) == ()
    assert [question.name for question in read_xlsform(form(tmp_path, SOUND)).questions()] == ["who"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"no zip"), ("a.xls", b"\xd0\xcf"), ("a.csv", b""), ("a.md", b"#")]
)
def test_no_workbook_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    """W-04"""
    (tmp_path / name).write_bytes(content)
    (fault, *_more) = check_xlsform(tmp_path / name)
    assert fault.message
    with pytest.raises(IscmError):
        read_xlsform(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("notes.json", b"{}", "A workbook ends in .xlsx, .xls, .csv or .md."),
        ("empty.xls", b"", "It is no workbook"),
        ("other.xlsx", b'{"a": 1}', "It is no workbook"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1500), "It is no workbook"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(200), "It is no workbook"),
        ("latin.csv", "survey,,\n,type,é".encode("latin-1"), "Save it as CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_in_our_words(
    tmp_path: Path, name: str, content: bytes, advice: str
) -> None:
    """W-04"""
    (tmp_path / name).write_bytes(content)
    (fault,) = check_xlsform(tmp_path / name)
    assert advice in fault.message


def test_missing_file_is_told() -> None:
    with pytest.raises(IscmError) as refused:
        read_xlsform(Path("nowhere.xlsx"))
    assert refused.value.problem is QuestionnaireProblem.FORM_MISSING


def test_faults_read_like_sentences() -> None:
    assert str(WorkbookFault("survey", 4, "It is blank.")) == "Sheet 'survey', row 4: It is blank."
    assert str(WorkbookFault("choices", 0, "It is missing.")) == "Sheet 'choices': It is missing."
    assert str(WorkbookFault("", 0, "It is no workbook.")) == "It is no workbook."


def test_a_heading_that_comes_twice_is_told_with_its_sheet(tmp_path: Path) -> None:
    """W-05"""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label"])
    book.active.append(["text", "who", "Who?"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label", "label"])
    book.save(tmp_path / "form.xlsx")
    (fault,) = check_xlsform(tmp_path / "form.xlsx")
    assert (fault.sheet, fault.row) == ("choices", 1)
    assert fault.message == "Two columns are headed 'label'. Take one of them out."


def test_headings_that_mean_the_same_are_told(tmp_path: Path) -> None:
    """W-05"""
    text = "| survey |\n| | type | name | label | relevant | relevance |\n| | text | a | A | | |\n"
    (fault,) = check_xlsform(form(tmp_path, text))
    assert (fault.sheet, fault.row) == ("survey", 1)
    assert "mean the same" in fault.message


def test_choices_of_older_workbooks_have_values(tmp_path: Path) -> None:
    """W-05: the fault that is there is told, and none that mending it in memory would make."""
    text = (
        "| survey |\n| | type | name | label |\n| | select_one yn | a | A |\n| | integre | b | B |\n"
        "| choices |\n| | list_name | value | label |\n| | yn | yes | Yes |\n| | yn | yes | Again |\n"
    )
    found = {(fault.sheet, fault.row) for fault in check_xlsform(form(tmp_path, text))}
    assert found == {("choices", 3), ("survey", 3)}


def test_patterns_that_are_refused_are_told(tmp_path: Path) -> None:
    """W-08"""
    text = (
        "| survey |\n| | type | name | label | constraint |\n"
        r"| | text | a | A | regex(., '^(?:(?=a*b)a)*$') |" + "\n"
        r"| | text | b | B | string-length(.) > 3 and not(regex(., '[a')) |" + "\n"
        r"| | text | c | C | regex(., '^(\w+\s?){1,99}$') |" + "\n"
        r"| | text | d | D | regex(., ${c}) or regex(., '^[\p{Lu}]\p{L}*$') |" + "\n"
    )
    found = {(fault.sheet, fault.row): fault.message for fault in check_xlsform(form(tmp_path, text))}
    assert set(found) == {("survey", 2), ("survey", 3)}
    assert "'^(?:(?=a*b)a)*$' could take some answers hours" in found["survey", 2]
    assert "(constraint)" in found["survey", 2]
    assert "'[a' is not a regular expression" in found["survey", 3]
    assert [question.name for question in read_xlsform(form(tmp_path, text)).questions()] == list("abcd")
