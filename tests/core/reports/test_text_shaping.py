"""Glyphs: Arabic joined, every script of the six languages covered, what is missing said."""

from __future__ import annotations

import pytest

from iscm_desktop.errors import DocumentProblem, IscmError
from iscm_desktop.reports.typesetting import bidi, text_shaping
from iscm_desktop.reports.typesetting.text_shaping import check_shaping, cleaned, shaped
from iscm_desktop.reports.typesetting.typefaces import face_for


def glyphs(letters: str, *, is_rtl: bool = True) -> list[int]:
    return [glyph.id for part in shaped(letters, False, False, is_rtl) for glyph in part.glyphs]


def test_arabic_letters_take_the_form_that_their_place_asks_for():
    initial, medial, final = reversed(glyphs("ببب"))
    assert len({initial, medial, final, *glyphs("ب")}) == 4


def test_glyphs_of_arabic_run_from_left_to_right():
    """The last letter is the leftmost glyph."""
    (part,) = shaped("مرحبا", False, False, True)
    assert [glyph.text for glyph in part.glyphs] == list(reversed("مرحبا"))


def test_marks_come_after_their_letter_so_that_they_can_be_copied():
    (part,) = shaped("عَلَم", False, False, True)
    assert "".join(glyph.text for glyph in part.glyphs) == "ملَعَ"


def test_each_part_is_set_in_a_face_that_has_it():
    faces = [part.face.name for part in shaped("IOM国际移民→", False, False, False)]
    assert faces == ["NotoSans-Regular", "DroidSansFallbackFull", "NotoSansMath-Signs"]


@pytest.mark.parametrize("bold", [False, True])
def test_the_six_languages_are_covered(bold: bool):
    samples = "Ærøskøbing Łódź ğışçö ñ¿¡ Ђђёїўґ Ελλάδα Tiếng Việt السّلام عليكم پچگھ ٠١٢۳۴ «» “” – … € ₽ № ✓ ≥"
    assert [c for c in samples if not c.isspace() and not face_for(c, bold, False)] == []


def test_all_of_gb_2312_is_covered():
    characters = [
        sign
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
        if (sign := bytes([row, cell]).decode("gb2312", errors="ignore"))
    ]
    assert len(characters) > 7_400
    assert [sign for sign in characters if not face_for(sign, False, False)] == []


def test_what_no_font_has_is_named_and_printed_as_a_box():
    (part,) = shaped("emoji😀", False, False, False)
    assert part.missing == "😀"
    assert part.glyphs[-1].id == 0
    assert part.glyphs[-1].advance > 300


def test_characters_that_print_nothing_do_not_count_as_missing():
    assert cleaned("a\x00\u00adb\tc\r\nd\u2028e\ufeff") == "ab    c\nd\ne"


def test_this_computer_prints_arabic():
    check_shaping()


def test_arabic_in_the_wrong_order_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bidi, "levels", lambda sentence, _direction: [0] * len(sentence))
    with pytest.raises(IscmError) as caught:
        check_shaping()
    assert caught.value.problem is DocumentProblem.SHAPING_FAILS


def test_arabic_letters_that_do_not_join_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        text_shaping, "shaped", lambda letters, *_: shaped("ب", False, False, True) * len(letters)
    )
    with pytest.raises(IscmError):
        check_shaping()
