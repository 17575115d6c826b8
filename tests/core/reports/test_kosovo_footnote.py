"""The note on Kosovo in the six languages."""

import pytest

from iscm_desktop.reports.documents.kosovo_footnote import KEY, with_mark
from iscm_desktop.reports.typesetting.blocks import Span, inline


@pytest.mark.parametrize(
    "sentence", ["in Kosovo, too", "au Kosovo", "в Косово", "в Косове", "في كوسوفو", "在科索沃", "KOSOVO"]
)
def test_the_name_is_found_in_every_language(sentence: str):
    marked = with_mark(inline(sentence))
    assert marked[0].footnote == KEY
    assert "".join(span.text for span in marked) == sentence


def test_other_words_get_no_mark():
    content = (Span("Kosovska Mitrovica"), Span("cosovo"))
    assert with_mark(content) == content


def test_style_is_kept_on_both_sides():
    assert with_mark((Span("in Kosovo now", bold=True),)) == (
        Span("in Kosovo", bold=True, footnote=KEY),
        Span(" now", bold=True),
    )
