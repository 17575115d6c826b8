"""What changed between two moments of a response.

C-01 Between two exports, what was changed in between; what was exported is what counts, not what was typed later.
C-02 What a file brought is known from when it was merged, whatever its times say.
C-03 From the start to now: all answers. A moment and itself: nothing. The order in which both are given plays no part.
C-04 Answers stand in form order, with number, entry and section; what is gone stands where it stood.
C-05 Texts are compared word by word, and so they are printed.
C-06 The moments are those that people remember: who wrote when, files that came and went, sign-offs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.text_differences import TextChange
from iscm_desktop.presenters.moment_choice import moment_named
from iscm_desktop.presenters.moment_wording import moment_words
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.reports.typesetting.blocks import LabelledBlock, TextMark
from iscm_desktop.session.views import Declaration
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.responses.comparison_service import (
    NOW,
    START,
    ChangedAnswer,
    Difference,
    Moment,
    MomentKind,
)
from tests.support.pdf_text import page_texts
from tests.support.workspaces import FEE, NAME, PARTNER, STORY, answer, exported, merge, opened


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def bela(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "bela") as workspace:
        yield workspace


@pytest.fixture
def response(anna: Workspace, tmp_path: Path) -> str:
    """Exported twice, with changes in between, and some after."""
    made = anna.responses.start("small", "igc")
    answer(anna, made, name="Old name", fee="yes", chf="120000")
    exported(anna, made, tmp_path / "first.iscm")
    answer(anna, made, name="New name", story="It meets twice a year.")
    exported(anna, made, tmp_path / "second.iscm")
    answer(anna, made, story="It meets every quarter.", chf="")
    return made


def seen(rows: tuple[ChangedAnswer, ...]) -> list[tuple[str, str, str, Difference]]:
    return [(row.path, row.before, row.now, row.kind) for row in rows]


def exports(anna: Workspace, response: str) -> list[Moment]:
    """The newest first."""
    return [one for one in anna.comparisons.moments(response) if one.kind is MomentKind.EXPORTED]


def test_between_two_exports(anna: Workspace, response: str) -> None:
    """C-01"""
    second, first = exports(anna, response)
    assert seen(anna.comparisons.changes(response, first, second)) == [
        (NAME, "Old name", "New name", Difference.CHANGED),
        (STORY, "", "It meets twice a year.", Difference.NEW),
    ]
    assert seen(anna.comparisons.changes(response, second, NOW)) == [
        ("about/chf", "120000", "", Difference.GONE),
        (STORY, "It meets twice a year.", "It meets every quarter.", Difference.CHANGED),
    ]


def test_the_order_of_the_moments_plays_no_part(anna: Workspace, response: str) -> None:
    """C-03"""
    second, first = exports(anna, response)
    changes = anna.comparisons.changes
    assert changes(response, first, second) == changes(response, second, first)
    assert changes(response, NOW, START) == changes(response)
    assert [row.path for row in changes(response)] == [NAME, FEE, STORY]
    for moment in (START, first, NOW):
        assert changes(response, moment, moment) == ()


def test_labels_stand_for_codes(anna: Workspace, response: str) -> None:
    (fee,) = [row for row in anna.comparisons.changes(response) if row.path == FEE]
    assert (fee.before, fee.now, fee.number, fee.section_name) == ("", "Yes", "1.2", "1 About")


def test_what_a_file_brought_is_known_from_when_it_was_merged(
    anna: Workspace, bela: Workspace, tmp_path: Path
) -> None:
    """C-02: although it was written before."""
    made = bela.responses.start("small", "igc")
    answer(bela, made, story="Written early")
    file = exported(bela, made, tmp_path / "early.iscm")
    assert anna.responses.start("small", "igc") == made
    answer(anna, made, name="IGC")
    exported(anna, made, tmp_path / "before.iscm")
    merge(anna, file)
    (before,) = exports(anna, made)
    assert [row.path for row in anna.comparisons.changes(made, before)] == [STORY]
    (merged,) = [one for one in anna.comparisons.moments(made) if one.kind is MomentKind.MERGED]
    assert merged.file == "early.iscm"
    assert anna.comparisons.changes(made, merged) == ()


def test_entries_that_came_and_went_are_named(anna: Workspace, response: str, tmp_path: Path) -> None:
    """C-04"""
    session = anna.responses.open_session(response)
    first, second = session.add_entry(PARTNER), session.add_entry(PARTNER)
    session.answer(f"{first}/who", "UNHCR")
    session.answer(f"{first}/since", "1999")
    session.answer(f"{second}/who", "ICMPD")
    anna.responses.save(response, session)
    exported(anna, response, tmp_path / "third.iscm")
    session.remove_entry(first)
    anna.responses.save(response, session)
    last = exports(anna, response)[0]
    rows = anna.comparisons.changes(response, last)
    assert [(row.number, row.entry, row.label, row.before, row.kind) for row in rows] == [
        ("2.1.1", "UNHCR", "Who?", "UNHCR", Difference.GONE),
        ("2.1.2", "UNHCR", "Since when?", "1999", Difference.GONE),
    ]


def test_words_that_went_and_came_are_marked(anna: Workspace, response: str, tmp_path: Path) -> None:
    """C-05"""
    second = exports(anna, response)[0]
    story = anna.comparisons.changes(response, second)[-1]
    assert [(piece.change, piece.text) for piece in story.pieces] == [
        (TextChange.SAME, "It meets "),
        (TextChange.REMOVED, "twice a year"),
        (TextChange.ADDED, "every quarter"),
        (TextChange.SAME, "."),
    ]
    document = anna.documents.compose_comparison(response, second, NOW)
    block = [one for one in document.blocks if isinstance(one, LabelledBlock)][-1]
    assert isinstance(block.content, tuple)
    assert [span.mark for span in block.content] == [
        TextMark.NONE, TextMark.STRUCK, TextMark.UNDERLINED, TextMark.NONE,
    ]  # fmt: skip
    anna.documents.write_comparison(response, second, NOW, tmp_path / "changed.pdf")
    text = " ".join("\n".join(page_texts((tmp_path / "changed.pdf").read_bytes())).split())
    assert "twice a year" in text
    assert "every quarter" in text


def test_nothing_to_report_is_an_answer_like_others(anna: Workspace, response: str, tmp_path: Path) -> None:
    exported(anna, response, tmp_path / "third.iscm")
    session = anna.responses.open_session(response)
    session.declare(Declaration.NOTHING_TO_REPORT, AnswerPath("partners"))
    anna.responses.save(response, session)
    (row,) = anna.comparisons.changes(response, exports(anna, response)[0])
    assert (row.label, row.before, row.now, row.kind) == (
        "Partners", "", "Nothing to report", Difference.NEW,
    )  # fmt: skip


def test_nothing_changed_is_said(anna: Workspace, response: str) -> None:
    document = anna.documents.compose_comparison(response, NOW, NOW)
    assert "Every answer was the same." in repr(document.blocks)


def test_the_moments_are_those_that_people_remember(anna: Workspace, response: str) -> None:
    """C-06"""
    anna.sign_offs.sign(response, "Head of unit", "Director")
    moments = anna.comparisons.moments(response)
    assert moments[0] is NOW
    assert moments[-1] is START
    kinds = [one.kind for one in moments]
    assert kinds.count(MomentKind.EXPORTED) == 2
    assert kinds.count(MomentKind.SIGNED_OFF) == 1
    assert kinds.count(MomentKind.WRITTEN) == 1  # a day's work of one person is one moment
    words = [moment_words(one) for one in moments]
    assert words[0] == "now"
    assert any("Head of unit signed off" in one for one in words)
    assert any("Anna exported second.iscm" in one for one in words)


def test_a_moment_is_named_by_a_word_a_day_or_a_time(anna: Workspace, response: str) -> None:
    moments = anna.comparisons.moments(response)
    assert moment_named("now", moments) is NOW
    assert moment_named("export", moments).file == "second.iscm"
    day = exports(anna, response)[0].at
    assert day is not None
    evening = moment_named(f"{day.astimezone():%Y-%m-%d}", moments)
    assert anna.comparisons.changes(response, evening) == ()
    eve = moment_named(f"{day.astimezone() - timedelta(days=1):%Y-%m-%d}", moments)
    assert len(anna.comparisons.changes(response, eve)) == 3
    for text, problem in (
        ("yesterday", AnswerProblem.MOMENT_UNKNOWN),
        ("9999-99-99", AnswerProblem.MOMENT_UNKNOWN),
        ("0001-01-01T00:00", AnswerProblem.MOMENT_UNKNOWN),
        ("merge", AnswerProblem.MOMENT_NEVER),
    ):
        with pytest.raises(IscmError) as refused:
            moment_named(text, moments)
        assert refused.value.problem is problem
