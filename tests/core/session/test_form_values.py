"""What a form works out, sets and fills in by itself, and how expressions see answers.

S-80  A calculation that goes by its own value keeps it, also when the response is opened again; it can be typed over.
S-82  An action that picks an entry sets that entry; one that cannot tell which sets none.
S-83  The response saved last fills in what the form takes from it; without one those stay blank.
S-85  Metadata: start, end, today, device, person; what is not known is blank.
S-87  Integers are seen as whole numbers, dates as days; what is no value is blank to expressions.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, Verdict
from tests.support.entering import NOW, entering, questionnaire, xform

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
