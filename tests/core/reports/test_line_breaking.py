"""Lines: nothing lost, nothing wider than its column, each line in its own visual order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.reports.typesetting.line_breaking import Ink, Line, TextRun, broken, measured

INK = Ink(9, "#000000")
WORDS = st.text(alphabet="abc defg-/ .,(éß)ابتث جح123国际移民，。 \u0301\u200b", min_size=1, max_size=120)


def lines_of(text: str, width: float, direction: str | None = None) -> tuple[Line, ...]:
    return broken((TextRun(text, INK),), width, direction)  # type: ignore[arg-type]


def shown(line: Line) -> str:
    """Left to right, as it stands on paper."""
    return "".join(glyph.text for atom in line.atoms for glyph in atom.shaped.glyphs)


@settings(deadline=None)
@given(WORDS, st.integers(12, 200))
def test_no_line_is_wider_than_its_column(text: str, width: int):
    widest_letter = 9.5
    for line in lines_of(text, width):
        assert line.width <= max(width, widest_letter * 2) + 0.1


@settings(deadline=None)
@given(WORDS, st.integers(12, 200))
def test_breaking_loses_no_letter(text: str, width: int):
    kept = "".join(atom.shaped.text for line in lines_of(text, width) for atom in line.atoms)
    blank = str.maketrans("", "", " \u200b")
    assert sorted(kept.translate(blank)) == sorted(text.translate(blank))


def test_words_break_at_spaces_and_hyphens_but_numbers_stay_whole():
    found = [shown(line) for line in lines_of("country-of-origin information 2004–2005", 70)]
    assert found == ["country-of-", "origin", "information", "2004–2005"]


def test_a_hard_space_keeps_amount_and_currency_together():
    assert [shown(line) for line in lines_of("costs CHF\u00a0120,000", 60)] == ["costs", "CHF\u00a0120,000"]


def test_a_word_wider_than_the_line_is_cut_where_it_fits():
    found = lines_of("x" * 10_000, 300)
    assert sum(len(shown(line)) for line in found) == 10_000
    assert max(line.width for line in found) <= 300
    assert len(found) < 180


def test_ideographs_break_anywhere_but_not_before_a_full_stop():
    found = [shown(line) for line in lines_of("国际移民组织。国际移民组织", 6 * 9.1)]
    assert not any(line.startswith("。") for line in found)
    assert "".join(found) == "国际移民组织。国际移民组织"


def test_a_line_feed_ends_a_line_and_a_blank_line_stays():
    assert [shown(line) for line in lines_of("one\n\ntwo", 300)] == ["one", "", "two"]


def test_arabic_is_broken_first_and_ordered_line_by_line():
    """The sentence begins at the right of the first line, not of the last."""
    first, *_, last = lines_of("ابدأ هنا ثم تابع القراءة حتى النهاية", 70, "rtl")
    assert shown(first).endswith("أدبا")
    assert shown(last).startswith("ةياهنلا")


def test_latin_and_numbers_inside_arabic_keep_their_own_direction():
    (line,) = lines_of("عام 2027 (IOM)", 300, "rtl")
    assert shown(line) == ")IOM( 2027 ماع"  # the brackets' shapes are mirrored, their characters are not


def test_text_takes_the_direction_of_its_first_letter():
    assert lines_of("النص أولا", 300)[0].direction == "rtl"
    assert lines_of("Text first النص", 300)[0].direction == "ltr"


def test_measures_name_the_widest_word_and_the_whole():
    word, whole = measured((TextRun("a long-winded tale", INK),))
    assert word < whole
    assert whole == lines_of("a long-winded tale", 1e6)[0].width
