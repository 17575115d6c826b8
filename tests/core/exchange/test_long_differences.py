"""Texts of a few words over and over, which have countless pairs of equal words."""

from iscm_desktop.exchange.merging.text_differences import TextChange, combined, differences


def test_long_texts_of_few_words_are_compared_all_the_same() -> None:
    before, after = "a b\n" * 6_000, "a b\n" * 2_000 + "c " * 4_000 + "b a\n" * 3_000
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not TextChange.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not TextChange.REMOVED) == after


def test_long_sides_of_the_same_sentences_are_combined_without_losing_any() -> None:
    text = combined(["x. " * 3_000, "x. y. " * 1_500])
    assert text.count("x.") >= 3_000
    assert text.count("y.") >= 1_500
