"""Fields, messages and layouts that forms made for phones ask for, on a desktop.

S-84  What a desktop cannot do is a plain field with a sentence.
S-88  Messages of constraints and of required questions follow the language, and may show answers.
S-89  A table of rows, a field list and other layouts are groups of plain questions.
S-94  An attachment's answer is the name of its file.
"""

from __future__ import annotations

import pytest

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import GroupView, Verdict
from tests.support.entering import entering, xform

FIELD = """
| survey |
|  | type     | name  | label  | hint          | parameters | appearance |
|  | geopoint | place | Place  |               |            |            |
|  | geotrace | way   | Way    |               |            |            |
|  | geoshape | area  | Area   |               |            |            |
|  | barcode  | code  | Code   |               |            |            |
|  | image    | photo | Photo  | Of the door.  |            |            |
|  | audio    | sound | Sound  |               |            |            |
|  | video    | film  | Film   |               |            |            |
|  | file     | paper | Paper  |               |            |            |
|  | image    | sign  | Sign   |               |            | signature  |
|  | text     | other | Other  |               |            | ex:org.example.app |
"""


def test_what_a_desktop_cannot_do_is_a_field_with_a_sentence() -> None:
    """S-84."""
    response = entering(FIELD)
    views = {view.path.rpartition("/")[2]: view for view in _questions(response)}
    assert len(views) == 10
    assert {name for name, view in views.items() if not view.hint} == {"paper"}, "any file is chosen as it is"
    assert all(view.hint.endswith((".", ";")) for view in views.values() if view.hint)
    assert views["photo"].hint.startswith("Of the door. A picture cannot be taken here")
    assert "bar code" in views["code"].hint
    for name, text in (("code", "4006381333931"), ("other", "done"), ("photo", "door.jpg")):
        response.answer(name, text)
        assert response.view(name).verdict is Verdict.OK


def _questions(response: FormSession) -> list:  # type: ignore[type-arg] # of views
    return [item for each in response.sections() for item in response.section(each.path).items]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("place", "46.2 6.1", Verdict.OK),
        ("place", "46.2 6.1 400 5", Verdict.OK),
        ("place", "96.2 6.1", Verdict.UNREADABLE),
        ("way", "46.2 6.1; 46.3 6.2", Verdict.OK),
        ("way", "46.2 6.1", Verdict.UNREADABLE),
        ("area", "46 6; 46 7; 47 7; 46 6", Verdict.OK),
        ("area", "46 6; 46 7; 47 7", Verdict.UNREADABLE),
    ],
)
def test_places_are_read(name: str, text: str, expected: Verdict) -> None:
    """S-84."""
    response = entering(FIELD)
    response.answer(name, text)
    assert response.view(name).verdict is expected
    assert response.view(name).text == text


def test_an_attachment_is_the_name_of_its_file() -> None:
    """S-94."""
    response = entering(FIELD)
    assert response.view("paper").kind is Kind.ATTACHMENT
    response.answer("paper", "Terms of reference (final).pdf")
    assert response.answers()[0].value == "Terms of reference (final).pdf"
    assert "Terms of reference (final).pdf</paper>" in response.instance_xml()


MESSAGES = """
| survey |
|  | type    | name | label::English (en) | label::French (fr) | required | constraint | constraint_message::English (en) | constraint_message::French (fr) | required_message::English (en) | required_message::French (fr) |
|  | integer | low  | Least  | Minimum | | | | | | |
|  | integer | n    | Number | Nombre  | yes | . > ${low} | More than ${low}, please. | Plus que ${low}, svp. | How many? | Combien ? |
"""  # noqa: E501


def test_messages_follow_the_language_and_the_answers() -> None:
    """S-88."""
    response = entering(MESSAGES, {"low": "5"})
    assert response.view("n").message == "How many?"
    response.answer("n", "4")
    assert response.view("n").message == "More than 5, please."
    response.language = "fr"
    assert response.view("n").message == "Plus que 5, svp."
    response.answer("low", "7")
    assert response.view("n").message == "Plus que 7, svp."
    response.answer("n", "")
    assert response.view("n").message == "Combien ?"


def test_a_message_may_be_looked_up_by_an_expression() -> None:
    """S-88."""
    itext = (
        '<itext><translation lang="en"><text id="m1"><value>Hey, <output value="/data/who"/>!</value></text>'
        "</translation></itext>"
    )
    model = (
        '<bind nodeset="/data/n" constraint=". = 1" '
        "jr:constraintMsg=\"jr:itext(concat('m', '1'))\" type=\"int\"/>"
    )
    body = '<input ref="/data/who"/><input ref="/data/n"/>'
    response = xform(model, body, "<who>Ana</who><n/>", itext)
    response.answer("n", "2")
    assert response.view("n").message == "Hey, Ana!"


LAYOUT = """
| survey |
|  | type          | name  | label  | appearance |
|  | begin_group   | table | Table  | table-list |
|  | select_one yn | one   | First  |            |
|  | select_one yn | two   | Second |            |
|  | end_group     |       |        |            |
|  | begin_group   | page  | Page   | field-list |
|  | text          | a     | A      | w1 multiline |
|  | end_group     |       |        |            |
| choices |
|  | list_name | name | label |
|  | yn | yes | Yes |
|  | yn | no  | No  |
"""


def test_layouts_are_groups_of_questions() -> None:
    """S-89."""
    response = entering(LAYOUT)
    table, page = (response.section(each.path) for each in response.sections())
    assert isinstance(table, GroupView)
    rows = [item for item in table.items if item.kind is Kind.SELECT_ONE]  # type: ignore[union-attr]
    assert [item.path.rpartition("/")[2] for item in rows][-2:] == ["one", "two"]
    response.answer("one", "yes")
    assert response.view("one").text == "yes"
    assert page.items[0].kind is Kind.LONG_TEXT  # type: ignore[union-attr]


def test_what_is_no_character_is_shown_as_lost() -> None:
    """NUL, and half of a character as a box of the window may hand it over: neither a store nor a file keeps them."""
    session = entering(
        """
        | survey |      |      |       |
        |        | type | name | label |
        |        | text | said | Said  |
        """
    )
    session.answer("said", "a\0b\ud800c 😀")
    assert session.view("said").text == "a\ufffdb\ufffdc 😀"
