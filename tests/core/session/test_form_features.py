"""What XLSForm and ODK XForms ask for beyond our own questionnaires, one form for each.

S-80  A calculation that goes by its own value keeps it, also when the response is opened again; it can be typed over.
S-81  Answers that a filter took away come back when they are offered again.
S-82  An action that picks an entry sets that entry; one that cannot tell which sets none.
S-83  The response saved last fills in what the form takes from it; without one those stay blank.
S-84  What a desktop cannot do is a plain field with a sentence.
S-85  Metadata: start, end, today, device, person; what is not known is blank.
S-86  Entries that the form fixes are there whatever was stored.
S-87  Integers are seen as whole numbers, dates as days; what is no value is blank to expressions.
S-88  Messages of constraints and of required questions follow the language, and may show answers.
S-89  A table of rows, a field list and other layouts are groups of plain questions.
S-90  Lists from files and external lists are offered, filtered by answers in the same entry.
S-91  A response can be written as an instance and read back.
S-92  Counts and conditions go through nested repeats.
S-93  Declarations of entities are tolerated.
S-94  An attachment's answer is the name of its file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.questionnaire.reading.xlsform import read_xlsform
from iscm_desktop.session import submission_xml
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, GroupView, Verdict
from tests.support.entering import NOW, entering, questionnaire

KEPT = """
| survey |
|  | type      | name  | label      | calculation                      | read_only |
|  | text      | name  | Name       |                                  |           |
|  | calculate | draw  |            | once(random())                   |           |
|  | text      | title | Short name | if(. = '', ${name}, .)           |           |
|  | text      | shown | In capitals | concat(${name}, '!')            |           |
"""


def changes(response: FormSession) -> dict[str, str]:
    return {each.path: each.text for each in response.take_changes() if isinstance(each, AnswerChanged)}


def test_a_calculation_that_goes_by_its_value_keeps_it() -> None:
    """S-80."""
    response = entering(KEPT)
    drawn = changes(response)["draw"]
    assert 0 <= float(drawn) < 1
    response.answer("name", "Intergovernmental Consultations")
    assert response.view("title").text == "Intergovernmental Consultations"
    assert not response.view("title").is_read_only
    response.answer("title", "IGC")
    response.answer("name", "Consultations")
    assert response.view("title").text == "IGC"
    stored = {"draw": drawn, **changes(response)}
    assert stored == {"draw": drawn, "name": "Consultations", "title": "IGC"}
    again = entering(KEPT, stored)
    assert again.view("title").text == "IGC"
    assert again.take_changes() == ()
    assert f"<draw>{drawn}</draw>" in again.instance_xml()


def test_other_calculations_are_not_typed_over() -> None:
    """S-80."""
    response = entering(KEPT, {"name": "IGC"})
    assert response.view("shown").is_read_only
    assert response.answer("shown", "something else") == frozenset()
    assert response.view("shown").text == "IGC!"


def test_undoing_takes_a_kept_calculation_back() -> None:
    """S-80."""
    response = entering(KEPT)
    response.answer("name", "IGC")
    response.undo()
    assert response.view("title").text == ""
    response.redo()
    assert response.view("title").text == "IGC"


CITIES = """
| survey |
|  | type              | name   | label  | choice_filter    | required |
|  | select_one s      | state  | State  |                  |          |
|  | select_multiple c | cities | Cities | state = ${state} | yes      |
| choices |
|  | list_name | name   | label  | state |
|  | s         | can    | Canada |       |
|  | s         | esp    | Spain  |       |
|  | c         | ottawa | Ottawa | can   |
|  | c         | madrid | Madrid | esp   |
|  | c         | toledo | Toledo | esp   |
"""


def test_what_a_filter_took_away_comes_back() -> None:
    """S-81."""
    response = entering(CITIES)
    response.answer("state", "esp")
    response.answer("cities", "toledo madrid")
    response.answer("state", "can")
    assert response.view("cities").text == ""
    assert response.view("cities").verdict is Verdict.MISSING
    response.answer("state", "esp")
    assert response.view("cities").text == "toledo madrid"


def test_a_new_answer_ends_what_could_come_back() -> None:
    """S-81."""
    response = entering(CITIES)
    response.answer("state", "esp")
    response.answer("cities", "toledo")
    response.answer("state", "can")
    response.answer("cities", "ottawa")
    response.answer("state", "esp")
    assert response.view("cities").text == ""
    response.answer("state", "can")
    assert response.view("cities").text == "ottawa"


def xform(model: str, body: str, data: str, extra: str = "") -> FormSession:
    """A session over an XForm, as programs other than pyxform write it."""
    form = read_xform(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Form</h:title><model>'
        f'<instance><data id="form">{data}</data></instance>{extra}{model}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )
    return FormSession(form, clock=lambda: NOW)


REPEAT = '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/data/r[position() = 2]/x", ["", "new", ""]),
        ("/data/r/x", ["", "", ""]),
        ("/data/r[9]/x", ["", "", ""]),
    ],
)
def test_an_action_picks_an_entry_or_sets_none(target: str, expected: list[str]) -> None:
    """S-82."""
    action = f'<setvalue event="xforms-value-changed" ref="{target}" value="/data/s"/>'
    response = xform("", f'<input ref="/data/s">{action}</input>{REPEAT}', "<s/><r><x/></r>")
    for _ in range(3):
        response.add_entry("r")
    response.answer("s", "new")
    paths = [entry.path for entry in response.repeat("r").entries]
    assert [response.view(f"{path}/x").text for path in paths] == expected


LAST = """
| survey |
|  | type | name | label | default              |
|  | text | by   | By    | ${last-saved#by}     |
|  | date | on   | On    | today()              |
"""


def test_the_response_saved_last_fills_in() -> None:
    """S-83."""
    first = entering(LAST)
    assert first.view("by").text == ""
    first.answer("by", "IOM, Geneva")
    second = FormSession(questionnaire(LAST), clock=lambda: NOW, last_saved=first.instance_xml())
    assert second.view("by").text == "IOM, Geneva"


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
    assert all(view.hint.endswith((".", ";")) for view in views.values())
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


META = """
| survey |
|  | type        | name     | label |
|  | start       | start    |       |
|  | end         | end      |       |
|  | today       | today    |       |
|  | deviceid    | device   |       |
|  | username    | person   |       |
|  | phonenumber | phone    |       |
|  | audit       | audit    |       |
|  | text        | name     | Name  |
"""


def test_metadata() -> None:
    """S-85."""
    now = [NOW]
    form = questionnaire(META)
    response = FormSession(
        form, clock=lambda: now[0], properties={"deviceid": "iscm:1f2e", "username": "A. Focal"}
    )
    told = changes(response)
    assert told["start"].startswith("2026-11-21T09:30:00")
    assert (told["today"], told["device"], told["person"]) == ("2026-11-21", "iscm:1f2e", "A. Focal")
    assert "phone" not in told
    assert "<end/>" in response.instance_xml()
    now[0] = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)
    response.answer("name", "IGC")
    assert "<end>2026-11-21T10:15:00" in response.instance_xml()
    assert changes(response) == {"name": "IGC"}


def test_entries_that_the_form_fixes() -> None:
    """S-86."""
    body = '<repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/x"/></repeat>'
    fixed = xform("", body, "<r><x>a</x></r><r><x/></r>")
    assert [entry.entry_id for entry in fixed.repeat("r").entries] == ["1", "2"]
    assert not fixed.repeat("r").can_add
    again = FormSession(
        fixed.questionnaire, answers={"r/1/x": "b", "r/3/x": "c"}, entries={"r": ["1", "3"]}, is_new=False
    )
    assert [entry.entry_id for entry in again.repeat("r").entries] == ["1", "2"]
    assert again.view("r/1/x").text == "b"


SEEN = """
| survey |
|  | type      | name  | label | calculation             | constraint |
|  | integer   | n     | N     |                         |            |
|  | date      | d     | D     |                         |            |
|  | calculate | twice |       | ${n} * 2                |            |
|  | calculate | next  |       | format-date(${d}, '%d') |            |
"""


@pytest.mark.parametrize(
    ("typed", "verdict", "twice"),
    [
        ("12", Verdict.OK, "24"),
        ("10.7", Verdict.UNREADABLE, "20"),
        ("2147483647", Verdict.OK, "4294967294"),
        ("2147483648", Verdict.UNREADABLE, ""),
        ("many", Verdict.UNREADABLE, ""),
    ],
)
def test_integers_as_expressions_see_them(typed: str, verdict: Verdict, twice: str) -> None:
    """S-87."""
    response = entering(SEEN)
    response.answer("n", typed)
    assert response.view("n").text == typed
    assert response.view("n").verdict is verdict
    assert f"<twice>{twice}</twice>" in response.instance_xml() or (
        not twice and "<twice/>" in response.instance_xml()
    )


def test_a_moment_in_a_date_keeps_its_day() -> None:
    """S-87."""
    response = entering(SEEN)
    response.answer("d", "2026-11-21T14:30:00")
    assert response.view("d").text == "2026-11-21"
    response.answer("d", "2026-11-21T14:30:00+invalid")
    assert response.view("d").verdict is Verdict.UNREADABLE
    model = (
        '<bind nodeset="/data/d" type="date"/>'
        '<setvalue ref="/data/d" event="odk-instance-first-load" value="now()"/>'
    )
    assert xform(model, '<input ref="/data/d"/>', "<d/>").view("d").text == "2026-11-21"


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


FROM_FILE = """
| survey |
|  | type                            | name | label | choice_filter |
|  | begin_repeat                    | visit | Visit |              |
|  | select_one_from_file regions.csv | region | Region |            |
|  | select_one_from_file towns.csv   | town | Town | region = ${region} |
|  | end_repeat                      |      |       |               |
"""


def test_lists_from_files_are_filtered_in_their_entry(tmp_path: Path) -> None:
    """S-90."""
    (tmp_path / "form.md").write_text(FROM_FILE, encoding="utf-8")
    (tmp_path / "regions.csv").write_text("name,label\nn,North\ns,South\n", encoding="utf-8")
    (tmp_path / "towns.csv").write_text("name,label,region\na,Aa,n\nb,Bee,s\nc,Cee,s\n", encoding="utf-8")
    response = FormSession(read_xlsform(tmp_path / "form.md"))
    first, second = response.add_entry("visit"), response.add_entry("visit")
    response.answer(f"{first}/region", "n")
    response.answer(f"{second}/region", "s")
    assert [each.label for each in response.view(f"{first}/town").choices] == ["Aa"]
    assert [each.label for each in response.view(f"{second}/town").choices] == ["Bee", "Cee"]


EXTERNAL = """
| survey |
|  | type                | name   | label  | choice_filter          |
|  | select_one states   | state  | State  |                        |
|  | select_one_external cities | city | City | state=${state}     |
| choices |
|  | list_name | name | label |
|  | states | a | Aa |
|  | states | b | Bee |
| external_choices |
|  | list_name | name | label | state |
|  | cities | x | Ex | a |
|  | cities | y | Why | b |
"""


def test_external_lists_are_offered() -> None:
    """S-90."""
    response = entering(EXTERNAL)
    response.answer("state", "b")
    assert [each.value for each in response.view("city").choices] == ["y"]
    response.answer("city", "y")
    assert response.view("city").verdict is Verdict.OK


NESTED = """
| survey |
|  | type         | name   | label  | repeat_count | relevant      | calculation |
|  | begin_repeat | house  | House  |              |               |             |
|  | integer      | people | People |              |               |             |
|  | begin_repeat | person | Person | ${people}    |               |             |
|  | text         | name   | Name   |              |               |             |
|  | calculate    | place  |        |              |               | position(..) |
|  | end_repeat   |        |        |              |               |             |
|  | text         | why    | Why so many? |        | ${people} > 2 |             |
|  | calculate    | named  |        |              |               | count-non-empty(${name}) |
|  | end_repeat   |        |        |              |               |             |
|  | calculate    | all    |        |              |               | sum(${people}) |
"""


def test_counts_and_conditions_go_through_nested_repeats() -> None:
    """S-92."""
    response = entering(NESTED)
    first, second = response.add_entry("house"), response.add_entry("house")
    response.answer(f"{first}/people", "3")
    response.answer(f"{second}/people", "1")
    assert len(response.repeat(f"{first}/person").entries) == 3
    assert len(response.repeat(f"{second}/person").entries) == 1
    assert response.view(f"{first}/why").is_asked
    assert not response.view(f"{second}/why").is_asked
    response.answer(f"{first}/person/2/name", "Ana")
    xml = response.instance_xml()
    assert "<named>1</named>" in xml
    assert "<named>0</named>" in xml
    assert "<place>3</place>" in xml
    assert "<all>4</all>" in xml
    response.remove_entry(first)
    assert "<all>1</all>" in response.instance_xml()
    response.undo()
    assert response.view(f"{first}/person/2/name").text == "Ana"


def test_a_response_goes_through_an_instance() -> None:
    """S-91."""
    response = entering(NESTED)
    first = response.add_entry("house")
    response.answer(f"{first}/people", "2")
    response.answer(f"{first}/person/1/name", "Ana & <Igor>")
    response.answer(f"{first}/why", "hidden, so it stays here")
    read = submission_xml.read_submission(response.questionnaire, response.instance_xml())
    answers = {path: text for path, text in read.answers.items() if not path.startswith("meta/")}
    assert answers == {"house/1/people": "2", "house/1/person/1/name": "Ana & <Igor>"}
    again = FormSession(response.questionnaire, answers=read.answers, entries=read.entries, is_new=False)
    assert again.instance_xml() == response.instance_xml()


@pytest.mark.parametrize("xml", ["no XML", "<other><house/></other>"])
def test_other_instances_are_refused_in_words(xml: str) -> None:
    """S-91."""
    with pytest.raises(IscmError, match="answers cannot be read"):
        submission_xml.read_submission(questionnaire(NESTED), xml)


ENTITIES = """
| survey |
|  | type | name | label | save_to |
|  | text | tree | Tree  | species |
| entities |
|  | list_name | label   |
|  | trees     | ${tree} |
"""


def test_entities_are_tolerated() -> None:
    """S-93."""
    response = entering(ENTITIES)
    response.answer("tree", "Ginkgo")
    assert [answer.text for answer in response.answers()] == ["Ginkgo"]


def test_an_attachment_is_the_name_of_its_file() -> None:
    """S-94."""
    response = entering(FIELD)
    assert response.view("paper").kind is Kind.ATTACHMENT
    response.answer("paper", "Terms of reference (final).pdf")
    assert response.answers()[0].value == "Terms of reference (final).pdf"
    assert "Terms of reference (final).pdf</paper>" in response.instance_xml()
