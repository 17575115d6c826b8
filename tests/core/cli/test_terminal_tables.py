"""Tables fit the terminal, whatever it is, and lose nothing but what is said to be shortened."""

from __future__ import annotations

import pytest

from iscm_desktop.cli.terminal_tables import columns_of, shortened, table
from tests.core.cli.conftest import Say

HEAD = ("ID", "RESPONDENT", "STATE")
ROWS = [
    ("543d8d16849f", "Inter-governmental Consultations on Migration, Asylum and Refugees", "draft"),
    ("ebc55e19c2f1", "太平洋移民发展共同体与美洲移民问题会议秘书处联合答复", "signed off"),
    ("1ed98b067717", "منتدى أبوظبي للحوار بين الدول الآسيوية المرسِلة والمستقبِلة للعمالة", "draft"),
]


@pytest.mark.parametrize("width", [120, 80, 60, 40, 24])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = table(HEAD, ROWS, within=width)
    assert max(map(columns_of, lines)) <= width
    said = "".join("".join(lines).split())
    assert all(sign in said for row in ROWS for cell in row for sign in "".join(cell.split()))


def test_names_give_before_ids_do_and_no_word_is_broken_that_has_room() -> None:
    lines = table(HEAD, ROWS[:1], within=50)
    assert lines[1].startswith("543d8d16849f  Inter-governmental")
    assert lines[1].endswith("draft")
    assert lines[2].strip() == "Consultations on Migration,"


def test_a_wide_letter_takes_two_columns_and_a_mark_none() -> None:
    assert [columns_of(text) for text in ("IGC", "移民", "e\u0301", "\u2068x\u2069")] == [3, 4, 1, 1]
    aligned = table(("A", "B"), [("移民", "x"), ("abcd", "x")])
    assert aligned[1:] == ["移民  x", "abcd  x"]


def test_a_shortened_text_fits_in_its_columns() -> None:
    assert shortened("One answer\nof two lines", 12) == "One answer…"
    assert columns_of(shortened("移" * 40, 21)) <= 21
    assert shortened("short", 5) == "short"


def test_where_nobody_looks_at_a_terminal_each_row_is_one_line() -> None:
    assert len(table(HEAD, [("1", "two\nlines " + "x" * 300, "")])) == 2


def test_commands_obey_columns(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("new", "--questionnaire", "iscm", "--respondent", "igc")
    monkeypatch.setenv("COLUMNS", "64")
    lines = say("responses").out.splitlines()
    assert max(map(columns_of, lines)) <= 64
    assert len(lines) > 2
