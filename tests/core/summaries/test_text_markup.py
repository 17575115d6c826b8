"""The little markup of summaries: bold, italic, footnote marks, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.summaries.text_markup import (
    MarkupRun,
    bold,
    escaped,
    italic,
    mark,
    plain,
    runs,
    without_marks,
)


def test_styles() -> None:
    assert list(runs("a **b** *c* d")) == [
        MarkupRun("a "), MarkupRun("b", bold=True), MarkupRun(" "), MarkupRun("c", italic=True), MarkupRun(" d"),
    ]  # fmt: skip


def test_an_asterisk_without_a_partner_is_printed() -> None:
    assert plain("5 * 3 = 15") == "5 * 3 = 15"
    assert list(runs("**open")) == [MarkupRun("**open")]


def test_footnote_mark() -> None:
    assert list(runs(f"Kosovo{mark(1)}.")) == [
        MarkupRun("Kosovo"),
        MarkupRun("1", is_mark=True),
        MarkupRun("."),
    ]
    assert without_marks(f"Kosovo{mark(2)}.") == "Kosovo."


@given(st.text())
def test_escaped_words_are_literal(text: str) -> None:
    """Only the characters that stand for footnotes are lost: nobody types them."""
    literal = "".join(character for character in text if not "\ue000" <= character <= "\uf8ff")
    assert plain(escaped(text)) == literal
    assert plain(bold(escaped(text)) + italic(escaped(text))).count("*") <= literal.count("*") * 2 + 6
    assert not any(run.is_mark for run in runs(escaped(text)))


@given(st.text(alphabet="a* \\"))
def test_runs_lose_no_words(text: str) -> None:
    assert "".join(run.text for run in runs(text)).count("a") == text.count("a")
