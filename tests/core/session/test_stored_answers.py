"""Answers in stored form, which mean the same in every language, stay what they are on every way into a response.

S-104  A stored answer of any kind is taken to the letter wherever the program takes it from elsewhere.
S-105  In a file of answers a number means the same in every language; a text is read as if it were typed.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.presenters.entries.entry_actions import duplicate_entry
from iscm_desktop.presenters.entries.entry_table import EntryTable, copied_text
from iscm_desktop.presenters.entries.row_paste import RowPaste
from iscm_desktop.questionnaire.form_paths import AnswerPath, outside_repeats
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import OfferOrigin, Offers, ResponseOffers
from tests.support.entering import entering

FORM = """
| survey |
|  | type         | name  | label::English (en) | label::French (fr) | label::Spanish (es) | label::Russian (ru) | label::Arabic (ar) |
|  | decimal      | share | Share               | Part               | Parte               | Доля                | نسبة               |
|  | begin_repeat | part  | Parts               | Parties            | Partes              | Части               | أجزاء              |
|  | decimal      | share | Share               | Part               | Parte               | Доля                | نسبة               |
|  | date         | day   | Day                 | Jour               | Día                 | День                | يوم                |
|  | time         | at    | At                  | À                  | A las               | В                   | في                 |
|  | end_repeat   |       |                     |                    |                     |                     |                    |
"""  # noqa: E501
EVERY_KIND = """
| survey |
|  | type               | name  | label::English (en) | label::French (fr) | label::Spanish (es) | label::Russian (ru) | label::Arabic (ar) | bind::iscm:format | appearance |
|  | text               | word  | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | text               | prose | Q                   | Q                  | P                   | В                   | س                  |                   | multiline  |
|  | text               | mail  | Q                   | Q                  | P                   | В                   | س                  | email             |            |
|  | text               | link  | Q                   | Q                  | P                   | В                   | س                  | url               |            |
|  | text               | spell | Q                   | Q                  | P                   | В                   | س                  | period            |            |
|  | integer            | whole | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | decimal            | share | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | range              | much  | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | date               | day   | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | date               | year  | Q                   | Q                  | P                   | В                   | س                  |                   | year       |
|  | time               | at    | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | datetime           | when  | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | geopoint           | place | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | geotrace           | line  | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | geoshape           | area  | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | select_one some    | one   | Q                   | Q                  | P                   | В                   | س                  |                   |            |
|  | select_multiple some | many | Q                  | Q                  | P                   | В                   | س                  |                   |            |
|  | rank some          | order | Q                   | Q                  | P                   | В                   | س                  |                   |            |
| choices |
|  | list_name | name | label::English (en) |
|  | some      | a    | A                   |
|  | some      | ٣    | Three               |
"""  # noqa: E501
PART = AnswerPath("part")
NAMES = ("share", "day", "at")

languages = st.sampled_from(("en", "fr", "es", "ru", "ar"))
texts = st.tuples(
    st.from_regex(r"-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,4})?", fullmatch=True)
    | st.from_regex(r"[1-9][0-9]{0,2}\.[0-9]{3}", fullmatch=True),
    st.dates().map(str),
    st.times().map(lambda at: at.isoformat("milliseconds")),
)


def answers(session: FormSession, entry: str) -> tuple[str, ...]:
    return tuple(session.view(AnswerPath(f"part/{entry}/{name}")).text for name in NAMES)


def offered(stored: tuple[str, ...]) -> Offers:
    inside = {AnswerPath(f"part/a/{name}"): text for name, text in zip(NAMES, stored, strict=True)}
    top = {AnswerPath("share"): stored[0]}
    return Offers("2025", {**top, **inside}, {PART: ("a",)})


@settings(deadline=None)  # the first makes the form
@given(stored=texts, language=languages)
def test_what_is_offered_is_taken_over_to_the_letter(stored: tuple[str, ...], language: str) -> None:
    """S-104"""
    session = entering(FORM, language=language)
    last = offered(stored)
    assert last.confirm(session, AnswerPath("share"))
    assert last.confirm_entries(session, PART) == 1
    assert session.view(AnswerPath("share")).text == stored[0]
    assert answers(session, "a") == stored
    session.undo()
    session.redo()
    assert answers(session, "a") == stored
    session = entering(FORM, language=language)
    register = Offers(answers=last.answers, entries=last.entries, origin=OfferOrigin.REGISTER)
    ResponseOffers(register=register).take_over(session, PART)
    assert answers(session, "a") == stored


@settings(deadline=None)  # the first makes the form
@given(
    data=st.data(),
    language=languages,
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    | texts.flatmap(st.sampled_from)
    | st.sampled_from(("2004-05", "1.250 2.125 3.375", "1.250 2.125;3.375 4.500", "a ٣", "+1.125", "12.125")),
)
def test_what_is_stored_at_any_kind_is_taken_over_to_the_letter(
    data: st.DataObject, language: str, text: str
) -> None:
    """S-104"""
    session = entering(EVERY_KIND, language=language)
    path = data.draw(
        st.sampled_from([outside_repeats(each.path) for each in session.questionnaire.questions()])
    )
    assert Offers("2025", {path: text}).confirm(session, path)
    assert session.view(path).text == text


@settings(deadline=None)  # the first makes the form
@given(language=languages)
def test_the_name_of_a_choice_is_no_number(language: str) -> None:
    """S-104: what is picked comes the way of what is typed."""
    session = entering(EVERY_KIND, language=language)
    for path, value in (("one", "٣"), ("many", "a ٣"), ("order", "٣ a")):
        session.answer(AnswerPath(path), value)
        assert session.view(AnswerPath(path)).text == value


@settings(deadline=None)  # the first makes the form
@given(stored=texts, language=languages)
def test_entries_and_cells_are_copied_to_the_letter(stored: tuple[str, ...], language: str) -> None:
    """S-104"""
    session = entering(FORM, language=language)
    offered(stored).confirm_entries(session, PART)
    copy = duplicate_entry(session, AnswerPath("part/a")).rpartition("/")[2]
    assert answers(session, copy) == stored
    below = session.add_entry(PART).rpartition("/")[2]
    table = EntryTable(session, PART)
    for column, text in enumerate(stored):
        RowPaste(table).repeat_stored(text, [(2, column)])
    assert answers(session, below) == stored
    pasted = session.add_entry(PART).rpartition("/")[2]
    views = [session.view(AnswerPath(f"part/a/{name}")) for name in NAMES]
    RowPaste(table).paste([[copied_text(view, language) for view in views]], 3, 0)
    assert answers(session, pasted) == stored


@settings(deadline=None)  # the first makes the form
@given(number=st.decimals(-(10**9), 10**9, places=3).map(float), language=languages)
def test_numbers_of_a_file_mean_the_same_in_every_language(number: float, language: str) -> None:
    """S-105"""
    session = entering(FORM, language=language)
    fill_session(session, {"share": number, "part": [{"share": number}]})
    assert float(session.view(AnswerPath("share")).text) == number
    session.take_changes()
    before = session.repeat(PART).entries[0].entry_id
    fill_session(session, {"part": [{"share": number}]})
    assert [entry.entry_id for entry in session.repeat(PART).entries] == [before]


@pytest.mark.parametrize(("language", "expected"), [("es", "2125"), ("fr", "2.125")])
def test_texts_of_a_file_are_read_as_if_typed(language: str, expected: str) -> None:
    """S-105"""
    session = entering(FORM, language=language)
    for _time in range(2):
        fill_session(session, {"share": "2.125", "part": [{"share": "2.125"}]})
        assert session.view(AnswerPath("share")).text == expected
        assert [answers(session, entry.entry_id)[0] for entry in session.repeat(PART).entries] == [expected]
        assert [entry.entry_id for entry in session.repeat(PART).entries] == ["e1"]
