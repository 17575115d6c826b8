"""Long texts: their length in words and characters, what is pasted, what is found."""

import pytest

from iscm_desktop.presenters.written_text import (
    count_words,
    length_words,
    places_of,
    plain_prose,
    prose_of,
    replaced,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  — …  ", 0),
        ("The co-operation of 1,250 States’ officials.", 6),
        ("l'État n’est pas", 3),
        ("بدأت العملية منتدى", 3),
        ("移民 dialogue", 3),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "limit", "advised", "sentence", "is_over"),
    [
        ("one", None, None, "1 word", False),
        ("one two", 1500, None, "2 words · 7 of 1,500 characters", False),
        ("one two", None, 200, "2 words of 200", False),
        ("one two three", None, 2, "3 words of 2: longer than advised. Nothing is cut.", True),
        (
            "one two",
            5,
            None,
            "2 words · 7 of 5 characters: 2 too many. Nothing is cut; please shorten the text.",
            True,
        ),
    ],
)
def test_length_beside_what_is_advised(
    text: str, limit: int | None, advised: int | None, sentence: str, is_over: bool
) -> None:
    assert length_words(text, limit, advised) == (sentence, is_over)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("“smart” ‘quotes’ – and… dashes", "“smart” ‘quotes’ – and… dashes"),
        ("\uf0b7\tfirst\r\n\uf0b7\tsecond\r", "• first\n• second\n"),
        ("·\u00a0 first\no\tsecond", "• first\n• second"),
        ("o sea, también", "o sea, también"),
        ("- first\n– second", "- first\n– second"),
        ("a\x0bb\x07c\x1ed\x1fe\u00adf\ufffc", "a\nb\tc\u2011def"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("1.\tfirst", "1.\tfirst"),
    ],
)
def test_plain_text_of_another_program(pasted: str, kept: str) -> None:
    assert plain_prose(pasted) == kept


def test_lists_and_tables_of_markup_become_text() -> None:
    html = """<html><head><style>p {color: red}</style></head><body><p>Aims:</p>
      <ul><li>to <b>meet</b></li><li>to talk<ol><li>openly</li><li>often</li></ol></li></ul>
      <table><tr><th>Place</th><th>Year</th></tr><tr><td><p>Geneva</p><p>city</p></td><td>2019</td></tr></table>
      <p>End</p></body></html>"""
    assert prose_of(html, "Aims: to meet to talk") == (
        "Aims:\n• to meet\n• to talk\n  1. openly\n  2. often\nPlace\tYear\nGeneva city\t2019\nEnd"
    )


def test_plain_text_is_taken_where_markup_adds_nothing() -> None:
    assert prose_of("<p><b>Aims</b> and more</p>", "Aims and more") == "Aims and more"
    assert prose_of("<p><b>Aims</b> and<br>more</p>", "") == "Aims and\nmore"


def test_a_script_in_markup_is_no_text() -> None:
    assert prose_of("<script>alert(1)</script><li>x</li>", "") == "• x"


def test_finding_and_replacing() -> None:
    text = "State and state. Éta état"
    assert places_of("state", text, is_exact=False) == [0, 10]
    assert places_of("state", text, is_exact=True) == [10]
    assert places_of("", text, is_exact=False) == []
    assert replaced("STATE", text, "country", is_exact=False) == ("country and country. Éta état", 2)
    assert replaced("a.c", "a.c abc", r"\1", is_exact=True) == (r"\1 abc", 1)


def test_of_a_huge_piece_the_plain_text_is_taken() -> None:
    assert prose_of("<li>" * 2_000_000, "plain") == "plain"
