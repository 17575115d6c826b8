"""Differences by words, and both texts in one.

D-01  Without what was added it reads as before, without what was removed as after; nothing is lost.
D-02  Words are whole in every script, however they are encoded.
D-03  Combined prose holds every sentence of every side, shared ones once, the others with their authors.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.merging.text_differences import (
    TextChange,
    TextSide,
    combined,
    differences,
    same_but_for_spaces,
    words,
)

SENTENCES = st.lists(
    st.sampled_from(
        [
            "It began in 1985.",
            "Two States take part.",
            "بدأت الآلية في عام 1985.",
            "委员会每年开会两次。",
            "Почему?",
        ]
    ),
    max_size=6,
)


def marked(before: str, after: str) -> str:
    marks = {TextChange.SAME: "{}", TextChange.REMOVED: "[-{}-]", TextChange.ADDED: "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The fee is 120 CHF.", "The yearly fee is 125 CHF.", "The[+ yearly+] fee is [-120-][+125+] CHF."),
        ("two old words here", "two new terms here", "two [-old words-][+new terms+] here"),
        ("تأسست عام 1985 في جنيف.", "تأسست عام 1986 في جنيف.", "تأسست عام [-1985-][+1986+] في جنيف."),
        ("كتبَ الوزيرُ", "كتبَ الوزير", "كتبَ [-الوزيرُ-][+الوزير+]"),
        ("委员会每年开会两次。", "委员会每年开会三次。", "委员会每年开会[-两-][+三+]次。"),
        ("l'accord d'Alger", "l'accord de Rabat", "l'accord [-d'Alger-][+de Rabat+]"),
        ("", "new", "[+new+]"),
        ("gone", "", "[-gone-]"),
        ("same\n", "same\n", "same\n"),
    ],
)
def test_changed_words(before: str, after: str, expected: str) -> None:
    """D-02."""
    assert marked(before, after) == expected


def test_marks_belong_to_their_letter() -> None:
    """D-02. The same word with its accent composed or not is one word."""
    assert words("cafe\u0301 x") == ["cafe\u0301", " ", "x"]
    assert words("مُعَلِّم") == ["مُعَلِّم"]
    assert words("می\u200cخواهم") == ["می\u200cخواهم"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_is_lost(before: str, after: str) -> None:
    """D-01."""
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not TextChange.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not TextChange.REMOVED) == after
    assert "".join(words(before)) == before


def test_long_texts_do_not_keep_anybody_waiting() -> None:
    begun = time.monotonic()
    differences(" ".join(f"word{at}" for at in range(20_000)), " ".join(f"term{at}" for at in range(20_000)))
    assert time.monotonic() - begun < 2


def test_both_in_one() -> None:
    """D-03."""
    anna = "It began in 1985. Sixteen States take part. It meets twice a year."
    ben = "It began in 1985. Seventeen States take part. It meets twice a year. The fee is CHF 120."
    assert combined([TextSide("Anna", anna), TextSide("Ben", ben)]) == (
        "It began in 1985.\n\n[Anna] Sixteen States take part.\n\n[Ben] Seventeen States take part.\n\n"
        "It meets twice a year.\n\n[Ben] The fee is CHF 120."
    )


def test_two_of_three_agree() -> None:
    """D-03."""
    text = combined(
        [TextSide("Anna", "One. Two."), TextSide("Ben", "One. Three."), TextSide("Cem", "One. Two.")]
    )
    assert text == "One.\n\n[Anna, Cem] Two.\n\n[Ben] Three."


@given(SENTENCES, SENTENCES, SENTENCES)
def test_every_sentence_is_there(first: list[str], second: list[str], third: list[str]) -> None:
    """D-03."""
    sides = [TextSide(who, " ".join(said)) for who, said in (("A", first), ("B", second), ("C", third))]
    text = combined(sides)
    for sentence in {*first, *second, *third}:
        assert sentence in text


@given(SENTENCES)
def test_who_agree_keep_their_text(said: list[str]) -> None:
    text = "\n".join(said)
    assert combined([TextSide("A", text), TextSide("B", text)]) == text


def test_same_but_for_spaces() -> None:
    assert same_but_for_spaces("Suva,  Fiji \n", "Suva, Fiji")
    assert same_but_for_spaces("cafe\u0301", "café")
    assert not same_but_for_spaces("12 000", "12000")
