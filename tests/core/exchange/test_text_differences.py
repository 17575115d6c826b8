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
    assert combined([anna, ben]) == (
        "It began in 1985. Sixteen States take part. Seventeen States take part. "
        "It meets twice a year. The fee is CHF 120."
    )


def test_paragraphs_and_lists_stay_as_they_were_written() -> None:
    anna = "It began in 1985. Sixteen States take part.\n\nIts organs are:\n\n- the chair\n- the secretariat"
    ben = "It began in 1985.\n\nIts organs are, above all:\n\n- the chair\n- the secretariat\n  - in Geneva"
    assert combined([anna, ben]) == (
        "It began in 1985. Sixteen States take part.\n\nIts organs are:\n\nIts organs are, above all:\n\n"
        "- the chair\n- the secretariat\n  - in Geneva"
    )


def test_what_differs_stands_together_paragraph_by_paragraph() -> None:
    anna = "It began in 1985, in Bern.\n\nIt has a chair."
    ben = "It began in 1985, in Geneva.\n\nIt has a chair. It has a secretariat."
    assert combined([anna, ben]) == (
        "It began in 1985, in Bern. It began in 1985, in Geneva.\n\nIt has a chair. It has a secretariat."
    )
    assert combined(["One text.\n\nOf two parts.", "Another."]) == "One text.\n\nOf two parts.\n\nAnother."


def test_scripts_without_blanks_get_none() -> None:
    assert (
        combined(["它始于1985年。三国参加。", "它始于1985年。四国参加。"])
        == "它始于1985年。三国参加。四国参加。"
    )


def test_two_of_three_agree() -> None:
    """D-03."""
    assert combined(["One. Two.", "One. Three.", "One. Two."]) == "One. Two. Three."


@given(SENTENCES, SENTENCES, SENTENCES)
def test_every_sentence_is_there_and_nothing_else(
    first: list[str], second: list[str], third: list[str]
) -> None:
    """D-03."""
    text = combined([" ".join(first), "\n\n".join(second), " ".join(third)])
    left = text
    for sentence in sorted({*first, *second, *third}, key=len, reverse=True):
        assert sentence in text
        left = left.replace(sentence, "")
    assert not left.strip()


@given(SENTENCES)
def test_who_agree_keep_their_text(said: list[str]) -> None:
    text = "\n".join(said)
    assert combined([text, text]) == text


def test_same_but_for_spaces() -> None:
    assert same_but_for_spaces("Suva,  Fiji \n", "Suva, Fiji")
    assert same_but_for_spaces("cafe\u0301", "café")
    assert not same_but_for_spaces("12 000", "12000")
