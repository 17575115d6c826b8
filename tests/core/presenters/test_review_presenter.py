"""All answers on one page, and those that ask for attention.

A-01  Everything that is asked is read in form order, below its section, with its number; what is not asked is not.
A-02  Each mark has a chip with its count, and shows its answers below their headings and nothing else.
A-03  What changed since the last round is shown with what went and what came.
A-04  A repeat is a table where it will be printed as one, and entry by entry where something in it has a mark.
A-05  What is withheld with its section, entry or repeat is withheld, too.
A-06  Nothing to report is read with whoever said so.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.presenters.review_presenter import ReviewPresenter, badge_words
from iscm_desktop.presenters.review_view import ReadItem, ReadKind, ReadMark, TextChange
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import AnswerFate
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow
from tests.support.entering import entering
from tests.support.workspaces import NAME, PARTNER, answer, opened

FORM = """
| survey  |              |      |                  |               |          |            |               |
|         | type         | name | label            | relevant      | required | constraint | appearance    |
|         | begin_group  | A    | Setting          |               |          |            |               |
|         | text         | A01  | Ministry?        |               | yes      |            |               |
|         | select_multiple yn | A02 | Both?       |               |          |            |               |
|         | integer      | A03  | How many?        |               |          | . < 10     |               |
|         | text         | A04  | Why so many?     | ${A03} > 100  |          |            |               |
|         | text         | A05  | How?             |               |          |            | multiline     |
|         | end_group    |      |                  |               |          |            |               |
|         | begin_group  | B    | Meetings         |               |          |            |               |
|         | begin_repeat | B01  | Meeting          |               |          |            |               |
|         | text         | B02  | Where?           |               |          |            |               |
|         | end_repeat   |      |                  |               |          |            |               |
|         | end_group    |      |                  |               |          |            |               |
| choices |              |      |                  |               |          |            |               |
|         | list_name    | name | label            |               |          |            |               |
|         | yn           | yes  | Yes              |               |          |            |               |
|         | yn           | no   | No               |               |          |            |               |
"""


@pytest.fixture
def session() -> FormSession:
    made = entering(FORM)
    made.answer("A02", "yes no")
    made.answer("A03", "12")
    made.answer("A05", "A committee meets every quarter; it has a secretariat.")
    entry = made.add_entry("B01")
    made.answer(f"{entry}/B02", "Nairobi")
    return made


def read(presenter: ReviewPresenter, mark: ReadMark | None = None) -> list[tuple[ReadKind, str]]:
    return [(item.kind, item.label) for item in presenter.shown(mark)]


def item_of(presenter: ReviewPresenter, label: str) -> ReadItem:
    return next(item for item in presenter.items if item.label == label)


def test_everything_that_is_asked_is_read(session: FormSession) -> None:
    """A-01, A-04."""
    presenter = ReviewPresenter(session)
    assert read(presenter) == [
        (ReadKind.SECTION, "Setting"),
        (ReadKind.ANSWER, "Ministry?"),
        (ReadKind.ANSWER, "Both?"),
        (ReadKind.ANSWER, "How many?"),
        (ReadKind.ANSWER, "How?"),
        (ReadKind.SECTION, "Meetings"),
        (ReadKind.TABLE, "Meeting"),
    ]
    assert [line[0].text for line in item_of(presenter, "Both?").lines] == ["Yes", "No"]
    assert item_of(presenter, "Meeting").rows == (("Nairobi",),)
    assert item_of(presenter, "Ministry?").number == "A01"
    assert item_of(presenter, "Ministry?").blank == "Not answered"
    assert item_of(presenter, "How many?").remark
    assert presenter.left == 2
    assert not presenter.is_right_to_left


def test_a_chip_shows_its_answers_below_their_headings(session: FormSession) -> None:
    """A-02."""
    notes = {item_of(ReviewPresenter(session), "How?").path: "ask"}
    presenter = ReviewPresenter(session, notes=notes)
    assert [count.words for count in presenter.counts()] == [
        "All 5",
        "Missing 1",
        "To mend 1",
        "Notes 1",
    ]
    assert read(presenter, ReadMark.MISSING) == [
        (ReadKind.SECTION, "Setting"),
        (ReadKind.ANSWER, "Ministry?"),
    ]
    assert read(presenter, ReadMark.NOTE) == [(ReadKind.SECTION, "Setting"), (ReadKind.ANSWER, "How?")]
    assert read(presenter, ReadMark.WITHHELD) == []


def test_what_changed_is_shown_with_what_went_and_what_came(session: FormSession) -> None:
    """A-03."""
    paths = {item.label: item.path for item in ReviewPresenter(session).items}
    changes = [
        AnswerFateRow(
            paths["How?"], "How?", "A committee meets twice; it has a secretariat.", "x", AnswerFate.CHANGED
        ),
        AnswerFateRow(paths["Both?"], "Both?", "Yes; Maybe", "Yes; No", AnswerFate.CHANGED),
        AnswerFateRow(paths["How many?"], "How many?", "3", "12", AnswerFate.CHANGED),
        AnswerFateRow(paths["Ministry?"], "Ministry?", "Interior", "", AnswerFate.GONE),
    ]
    presenter = ReviewPresenter(session, changes=changes, last_round="2019")
    assert _told(item_of(presenter, "How?")) == [("twice", "-"), ("every quarter", "+")]
    assert _told(item_of(presenter, "Both?")) == [("No", "+"), ("Maybe", "-")]
    assert _told(item_of(presenter, "How many?")) == [("3", "-"), ("12", "+")]
    assert _told(item_of(presenter, "Ministry?")) == [("Interior", "-")]
    assert badge_words(item_of(presenter, "How?"), ReadMark.CHANGED) == "changed since 2019"
    assert "Changed since 2019: 4" in [count.words for count in presenter.counts()]


def test_the_last_round_has_a_chip_before_it_is_known_what_changed(session: FormSession) -> None:
    """A-03: finding that out takes a while."""
    presenter = ReviewPresenter(session, last_round="2019")
    assert "Changed since 2019" in [count.words for count in presenter.counts()]
    path = item_of(presenter, "How?").path
    presenter.add_changes([AnswerFateRow(path, "How?", "", "x", AnswerFate.NEW)])
    assert "Changed since 2019: 1" in [count.words for count in presenter.counts()]
    assert item_of(presenter, "How?").since == "new since 2019"
    presenter.add_changes([])
    assert "Changed since 2019: 0" in [count.words for count in presenter.counts()]


def _told(item: ReadItem) -> list[tuple[str, str]]:
    signs = {TextChange.ADDED: "+", TextChange.REMOVED: "-"}
    return [
        (piece.text, signs[piece.change]) for line in item.lines for piece in line if piece.change in signs
    ]


def test_what_lies_in_something_withheld_is_withheld(session: FormSession) -> None:
    """A-04, A-05."""
    whole = ReviewPresenter(session, withheld=["B"])
    withheld = [item.label for item in whole.items if ReadMark.WITHHELD in item.marks]
    assert {"Meetings", "Meeting", "Where?"} <= set(withheld)
    assert read(whole, ReadMark.WITHHELD)[0] == (ReadKind.SECTION, "Meetings")
    entry = next(item.path for item in whole.items if item.kind is ReadKind.ENTRY)
    one = ReviewPresenter(session, withheld=[entry])
    assert ReadMark.WITHHELD in item_of(one, "Where?").marks
    assert item_of(one, "Meeting").kind is ReadKind.HEADING


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


def test_what_is_stored_is_read(anna: Workspace) -> None:
    """A-02, A-06."""
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    anna.restrictions.restrict(response, NAME)
    anna.notes.put(response, NAME, "ask the archive")
    anna.nothing.say(response, PARTNER)
    presenter = ReviewPresenter.of(anna, response)
    name = next(item for item in presenter.items if item.path == NAME)
    assert (name.text, name.note) == ("IGC", "ask the archive")
    assert {ReadMark.WITHHELD, ReadMark.NOTE} <= name.marks
    partners = next(item for item in presenter.items if item.path == PARTNER)
    assert partners.blank.startswith("Nothing to report. Said by Anna")
