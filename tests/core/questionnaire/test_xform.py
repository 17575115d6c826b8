"""Reading forms.

Q-01  Groups, repeats and questions come in form order, with labels, hints and guidance in all languages.
Q-02  The kind of a question follows from its type, its appearance and our own attributes.
Q-03  Bind attributes of our namespace reach questions and repeats.
Q-04  Loose questions lie in a section made for them; the form's own groups are the other sections.
Q-05  Choices carry their extra columns; filters are kept as written.
Q-06  A compiled questionnaire is the same questionnaire, and reading it needs neither pyxform nor XML.
Q-07  XML that declares entities, or is no XForm, is refused in words.
Q-08  Rules that run in circles are refused; one expression that cannot be read is not.
Q-09  Lists in CSV and GeoJSON files beside the form can be chosen from.
Q-10  Calculations stand where the form has them.
Q-11  Words of a fixed vocabulary that are not in it are told: events, kinds of files, ways of sending.
Q-12  Circles through entries of a repeat and what lies outside of it are circles.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.frozen_questionnaire import compiled, load_compiled
from iscm_desktop.questionnaire.model import Group, Kind, Output, Question, Repeat
from iscm_desktop.questionnaire.own_attributes import OwnAttributes
from iscm_desktop.questionnaire.reading.form_faults import form_faults
from iscm_desktop.questionnaire.reading.xform import assemble, read_xform
from iscm_desktop.questionnaire.reading.xlsform import from_markdown, read_xlsform
from iscm_desktop.session.views import Verdict
from tests.support.entering import entering, questionnaire

FORM = """
| survey |
|        | type            | name      | label::English (en) | label::French (fr) | hint::English (en) | guidance_hint::English (en) | appearance | bind::iscm:feeds | bind::iscm:format | bind::iscm:min_entries | calculation | choice_filter | repeat_count | parameters |
|        | text            | loose     | Loose ${ISC-A01}    | Libre ${ISC-A01}   |                    |                             |            |       |       |   |        |               |   |   |
|        | begin_group     | ISC-A     | Who answers         | Qui répond         |                    |                             |            |       |       |   |        |               |   |   |
|        | select_one yn   | ISC-A01   | Fee?                | Frais ?            | Yearly             | Ask the secretariat         |            | S0 S1 |       |   |        |               |   |   |
|        | calculate       | half      |                     |                    |                    |                             |            |       |       |   | 1 div 2 |              |   |   |
|        | select_one yn   | scale     | Scale               | Échelle            |                    |                             | likert     |       |       |   |        |               |   |   |
|        | select_one territories | where | Where              | Où                 |                    |                             | minimal    |       |       |   |        |               |   |   |
|        | text            | prose     | Prose               | Prose              |                    |                             | multiline  |       |       |   |        |               |   |   |
|        | text            | mail      | Mail                | Courriel           |                    |                             |            |       | email |   |        |               |   |   |
|        | text            | page      | Page                | Page               |                    |                             |            |       | url   |   |        |               |   |   |
|        | rank yn         | order     | Order               | Ordre              |                    |                             |            |       |       |   |        | kind = 'a'    |   |   |
|        | range           | share     | Share               | Part               |                    |                             |            |       |       |   |        |               |   | start=0 end=10 step=2 |
|        | barcode         | code      | Code                | Code               |                    |                             |            |       |       |   |        |               |   |   |
|        | end_group       |           |                     |                    |                    |                             |            |       |       |   |        |               |   |   |
|        | begin_repeat    | ISC-B05   | Turning points      | Tournants          |                    |                             |            | S1    |       | 1 |        |               |   |   |
|        | integer         | ISC-B05.1 | Year                | Année              |                    |                             |            |       |       |   |        |               |   |   |
|        | end_repeat      |           |                     |                    |                    |                             |            |       |       |   |        |               |   |   |
| choices |
|         | list_name   | name | label::English (en) | label::French (fr) | kind | phrase  |
|         | yn          | yes  | Yes                 | Oui                | a    | a fee   |
|         | yn          | no   | No                  | Non                | b    | no fee  |
|         | territories | CAN  | Canada              | Canada             |      |         |
| settings |
|          | form_id | form_title | version | default_language | namespaces |
|          | test    | A test     | 3       | English (en)     | iscm="https://iscm-desktop.invalid/xforms" |
"""  # noqa: E501


def question(path: str) -> Question:
    item = questionnaire(FORM).item(path)
    assert isinstance(item, Question)
    return item


def test_items_come_in_form_order() -> None:
    """Q-01, Q-10"""
    read = questionnaire(FORM)
    assert (read.form_id, read.title, read.version) == ("test", "A test", "3")
    assert read.languages == ("English (en)", "French (fr)")
    group = read.item("ISC-A")
    assert isinstance(group, Group)
    assert [item.path for item in group.items][:3] == ["ISC-A/ISC-A01", "ISC-A/half", "ISC-A/scale"]
    assert question("ISC-A/half").kind is Kind.CALCULATED
    assert group.label == {"English (en)": ("Who answers",), "French (fr)": ("Qui répond",)}
    fee = question("ISC-A/ISC-A01")
    assert fee.name == "ISC-A01"
    assert fee.hint == {"English (en)": ("Yearly",)}
    assert fee.guidance == {"English (en)": ("Ask the secretariat",)}


def test_labels_know_the_values_they_show() -> None:
    """Q-01"""
    (words, value) = question("loose").label["French (fr)"]
    assert words == "Libre "
    assert isinstance(value, Output)
    assert value.expression.endswith("/ISC-A/ISC-A01")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ISC-A01", Kind.SELECT_ONE), ("scale", Kind.SCALE), ("where", Kind.TERRITORY), ("prose", Kind.LONG_TEXT),
        ("mail", Kind.EMAIL), ("page", Kind.URL), ("order", Kind.RANKING), ("share", Kind.RANGE), ("code", Kind.OTHER),
    ],
)  # fmt: skip
def test_kinds(name: str, kind: Kind) -> None:
    """Q-02"""
    assert question(f"ISC-A/{name}").kind is kind


def test_our_attributes_reach_questions_and_repeats() -> None:
    """Q-03"""
    assert question("ISC-A/ISC-A01").own == OwnAttributes(feeds=("S0", "S1"))
    repeat = questionnaire(FORM).item("ISC-B05")
    assert isinstance(repeat, Repeat)
    assert repeat.own == OwnAttributes(feeds=("S1",), min_entries=1)
    assert [item.path for item in repeat.items] == ["ISC-B05/ISC-B05.1"]


def test_loose_questions_have_a_section_of_their_own() -> None:
    """Q-04"""
    first, group, last = questionnaire(FORM).sections
    assert [item.path for item in first.items] == ["loose"]
    assert first.label == {"English (en)": ("A test",)}
    assert group.path == "ISC-A"
    assert [item.path for item in last.items] == ["ISC-B05"]
    assert len({section.path for section in questionnaire(FORM).sections}) == 3


def test_choices_and_filters() -> None:
    """Q-05"""
    order = question("ISC-A/order")
    assert (order.choice_list, order.choice_filter) == ("yn", "kind = 'a'")
    choice = questionnaire(FORM).choice(order, "yes")
    assert choice is not None
    assert choice.columns == {"kind": "a", "phrase": "a fee"}
    assert choice.label["French (fr)"] == ("Oui",)
    assert questionnaire(FORM).choice(order, "perhaps") is None
    assert question("ISC-A/ISC-A01").itemset is None
    assert question("ISC-A/share").parameters == {"start": "0", "end": "10", "step": "2"}


def test_compiled_is_the_same() -> None:
    """Q-06"""
    read = from_markdown(FORM)
    assert load_compiled(compiled(read)) == read
    with pytest.raises(ValueError, match="not a compiled questionnaire"):
        load_compiled(b"something else")
    with pytest.raises(ValueError, match=r".+"):
        load_compiled(compiled(read)[:-9])


def test_loading_needs_no_pyxform(tmp_path: Path) -> None:
    """Q-06: in a process of its own, where nothing else has imported it."""
    (tmp_path / "form.bin").write_bytes(compiled(from_markdown(FORM)))
    script = (
        "import sys; from pathlib import Path\n"
        "from iscm_desktop.questionnaire.frozen_questionnaire import load_compiled\n"
        "from iscm_desktop.session.form_session import FormSession\n"
        f"session = FormSession(load_compiled(Path({str(tmp_path / 'form.bin')!r}).read_bytes()))\n"
        "session.answer('ISC-A01', 'yes')\n"
        "assert not {'pyxform', 'openpyxl', 'lxml', 'reportlab'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3])


@pytest.mark.parametrize(
    "xml",
    [
        "no XML at all",
        "<html/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><h:html xmlns:h='http://www.w3.org/1999/xhtml'>&b;</h:html>",
        "<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head/></h:html>",
    ],
)
def test_what_is_no_form_is_refused_in_words(xml: str) -> None:
    """Q-07"""
    with pytest.raises(IscmError) as refused:
        read_xform(xml)
    assert refused.value.problem is QuestionnaireProblem.FORM_UNREADABLE
    assert "Nothing was changed" in str(refused.value)


def test_other_encodings_are_read_or_refused() -> None:
    """Q-07"""
    declared = f'<?xml version="1.0" encoding="ISO-8859-1"?>{bound(a="1")}'.replace(">a<", ">é<")
    assert read_xform(declared.encode("latin-1")).item("a").label == {"default": ("é",)}
    with pytest.raises(IscmError) as refused:
        read_xform(bound(a="1").replace(">a<", ">é<").encode("latin-1"))
    assert refused.value.problem is QuestionnaireProblem.FORM_UNREADABLE


def bound(**rules: str) -> str:
    """An XForm of text questions a, b, c with the calculations given."""
    names = "abc"
    binds = "".join(
        f'<bind nodeset="/d/{name}" calculate="{rules[name]}"/>' for name in names if name in rules
    )
    controls = "".join(f'<input ref="/d/{name}"><label>{name}</label></input>' for name in names)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
        f'<h:title>T</h:title><model><instance><d id="t"><a/><b/><c/></d></instance>{binds}</model></h:head>'
        f"<h:body>{controls}</h:body></h:html>"
    )


@pytest.mark.parametrize(
    "rules",
    [{"a": "../a + 1"}, {"a": "../b", "b": "../a"}, {"a": "/d/b", "b": "/d/c", "c": "concat(/d/a, 'x')"}],
)
def test_rules_in_circles_are_refused(rules: dict[str, str]) -> None:
    """Q-08"""
    with pytest.raises(IscmError) as refused:
        read_xform(bound(**rules))
    assert refused.value.problem is QuestionnaireProblem.FORM_FAULTY
    assert "own result" in str(refused.value)


def test_a_value_that_keeps_itself_is_no_circle() -> None:
    """Q-08: once() reads its own node on purpose."""
    assert read_xform(bound(a="once(/d/b)")).form_id == "t"


def test_rules_that_never_settle_are_left_out_and_the_others_work() -> None:
    """Q-08"""
    response = entering(read_xform(bound(a="if(../a = '1', '0', '1')", b="1 + 1")))
    (found,) = response.findings()
    assert (found.path, found.verdict) == ("a", Verdict.TOO_MUCH)
    assert "never comes to rest" in found.message
    assert response.view("b").text == "2"


def test_unreadable_expression_silences_one_rule_only() -> None:
    """Q-08"""
    read = read_xform(bound(a="device-info()", b="1 + 1"))
    assert [fault.path for fault in form_faults(read)] == ["a"]
    response = entering(read)
    assert (response.view("a").text, response.view("b").text) == ("", "2")


FILES = """
| survey |
|        | type                              | name  | label | choice_filter     | parameters |
|        | select_one_from_file towns.csv    | town  | Town  | state = 'can'     |            |
|        | select_one_from_file area.geojson | area  | Area  |                   | value=id label=title |
|        | select_one_external ext           | other | Other | state = ${town}   |            |
| external_choices |
|        | list_name | name | label | state  |
|        | ext       | a    | A     | ottawa |
|        | ext       | b    | B     | madrid |
"""

TOWNS = "name,label,state\nottawa,Ottawa,can\nmadrid,Madrid,esp\n"
AREA = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "f1", "properties": {"title": "Lake"}, '
    '"geometry": {"type": "Point", "coordinates": [6.14, 46.2]}}]}'
)


def test_lists_in_files(tmp_path: Path) -> None:
    """Q-09"""
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "area.geojson").write_text(AREA, encoding="utf-8")
    (tmp_path / "form.md").write_text(FILES, encoding="utf-8")
    response = entering(load_compiled(compiled(read_xlsform(tmp_path / "form.md"))))
    assert [(choice.value, choice.label) for choice in response.view("town").choices] == [
        ("ottawa", "Ottawa")
    ]
    assert [(choice.value, choice.label) for choice in response.view("area").choices] == [("f1", "Lake")]
    assert response.view("other").choices == ()
    response.answer("town", "ottawa")
    assert [choice.value for choice in response.view("other").choices] == ["a"]


def test_missing_list_offers_nothing(tmp_path: Path) -> None:
    """Q-09"""
    (tmp_path / "form.md").write_text(FILES, encoding="utf-8")
    assert entering(read_xlsform(tmp_path / "form.md")).view("town").choices == ()


def test_damaged_list_is_refused_in_words(tmp_path: Path) -> None:
    """Q-07, Q-09"""
    (tmp_path / "area.geojson").write_text("{", encoding="utf-8")
    (tmp_path / "form.md").write_text(FILES, encoding="utf-8")
    with pytest.raises(IscmError, match=r"'area\.geojson' cannot be read"):
        read_xlsform(tmp_path / "form.md")


def test_source_alone_gives_the_lists_back(tmp_path: Path) -> None:
    """Q-09: packages and stores keep the form's XML only."""
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "form.md").write_text(FILES, encoding="utf-8")
    read = read_xlsform(tmp_path / "form.md")
    again = assemble(read.source)
    assert again == read
    assert [choice.value for choice in entering(again).view("town").choices] == ["ottawa"]


def whole(body: str, model: str = "", data: str = "<a/><g><x/></g>") -> str:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
        f'<h:title>T</h:title><model><instance><d id="t">{data}</d></instance>{model}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (whole('<input ref="/d/a"><setvalue event="odk-lode" ref="/d/a">x</setvalue></input>'), "'odk-lode'"),
        (whole('<upload ref="/d/a" mediatype=".jpg"/>', '<bind nodeset="/d/a" type="binary"/>'), "'.jpg'"),
        (whole('<input ref="/d/a"/>', '<submission method="poast"/>'), "'poast'"),
    ],
)
def test_words_outside_their_vocabulary_are_told(form: str, told: str) -> None:
    """Q-11"""
    with pytest.raises(IscmError, match=told) as refused:
        read_xform(form)
    assert refused.value.problem is QuestionnaireProblem.FORM_FAULTY


@pytest.mark.parametrize("method", ["post", "form-data-post"])
def test_words_of_the_vocabulary_are_fine(method: str) -> None:
    """Q-11"""
    action = '<setvalue event="odk-instance-first-load odk-new-repeat" ref="/d/g/x">x</setvalue>'
    body = f'<repeat nodeset="/d/g">{action}<upload ref="/d/g/x" mediatype="image/*"/></repeat>'
    model = f'<bind nodeset="/d/g/x" type="binary"/><submission method="{method}"/>'
    assert read_xform(whole(body, model)).submission_method == method


REPEAT = '<input ref="/d/a"/><repeat nodeset="/d/g"><input ref="/d/g/x"/></repeat>'


def test_a_circle_through_entries_and_outside_is_refused() -> None:
    """Q-12"""
    model = (
        '<bind nodeset="/d/a" calculate="/d/g[position() = 1]/x + 1"/>'
        '<bind nodeset="/d/g/x" calculate="/d/a + 1"/>'
    )
    with pytest.raises(IscmError, match="own result"):
        read_xform(whole(REPEAT, model))


def test_from_entry_to_entry_is_no_circle() -> None:
    """Q-12"""
    running = "coalesce(/d/g[position() = position(current()/..) - 1]/x, 0) + 1"
    model = f'<bind nodeset="/d/g/x" calculate="{running}"/>'
    response = entering(read_xform(whole(REPEAT, model)))
    paths = [response.add_entry("g") for _ in range(3)]
    assert [response.view(f"{path}/x").text for path in paths] == ["1", "2", "3"]
    response.remove_entry(paths[0])
    assert [response.view(f"{path}/x").text for path in paths[1:]] == ["1", "2"]
