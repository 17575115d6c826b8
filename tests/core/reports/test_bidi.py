"""Direction of text, against Unicode's own cases and against another implementation."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from bidi import get_display

from iscm_desktop.reports.typesetting.bidi import (
    Direction,
    base_direction,
    bidi_classes,
    has_right_to_left,
    is_all_against,
    levels,
    visual_order,
)

CASES = Path(__file__).with_name("BidiCharacterTest-sample.txt.gz")


def cases() -> Iterator[tuple[str, Direction, list[str], list[int]]]:
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            codes, wanted, base, expected, order = line.strip().split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            direction = base_direction(text) if wanted == "2" else ("rtl" if wanted == "1" else "ltr")
            assert direction == ("rtl" if base == "1" else "ltr")
            yield text, direction, expected.split(), [int(at) for at in order.split()]


def at_line_end(text: str, found: list[int], direction: Direction) -> list[int]:
    """Rule L1, which lines get by losing the white space at their end."""
    result, trailing = list(found), True
    for at, kind in reversed(list(enumerate(bidi_classes(text)))):
        if kind in ("S", "B"):
            trailing = True
        elif kind not in ("WS", "LRI", "RLI", "FSI", "PDI", "BN", "LRE", "RLE", "LRO", "RLO", "PDF"):
            trailing = False
        if trailing:
            result[at] = 1 if direction == "rtl" else 0
    return result


def test_unicode_s_own_cases_come_out_as_they_should():
    """Levels and visual order of some 2,900 texts: brackets, numbers, isolates, overrides, nesting."""
    count = 0
    for text, direction, expected, order in cases():
        found = at_line_end(text, levels(text, direction), direction)
        kept = [at for at, level in enumerate(expected) if level != "x"]
        assert [found[at] for at in kept] == [int(expected[at]) for at in kept], text
        assert [kept[at] for at in visual_order([found[at] for at in kept])] == order, text
        count += 1
    assert count > 2_500


@pytest.mark.parametrize(
    "sentence",
    [
        "سألت المنظمة الدولية للهجرة (IOM) 46 دولة",
        "عام 2027، بنسبة 12.5% — Bali Process",
        "IOM وحدها",
    ],
)
def test_another_implementation_agrees(sentence: str):
    """python-bidi reorders whole texts: enough to check, not enough to set lines with."""
    shown = "".join(sentence[at] for at in visual_order(levels(sentence, "rtl")))
    shapes = str.maketrans("()", "||")  # it mirrors brackets too, which is the font's part here
    assert shown.translate(shapes) == get_display(sentence, base_dir="R").translate(shapes)


def test_plain_english_needs_no_levels():
    assert not has_right_to_left("Fee: CHF 120,000 (2027) – très bien, Ελλάδα, 中文")
    assert has_right_to_left("Fee: رسوم")


@pytest.mark.parametrize(
    ("text", "direction", "is_against"),
    [
        ("What happened?", "rtl", True),
        ("What happened?", "ltr", False),
        ("باء-11a", "rtl", False),
        ("العمل مع IGC.", "ltr", False),
        ("ما الذي حدث؟", "ltr", True),
        ("12 (2027)", "rtl", False),
        ("", "rtl", False),
    ],
)
def test_a_text_in_the_other_direction_alone(text: str, direction: Direction, is_against: bool) -> None:
    assert is_all_against(text, direction) is is_against
