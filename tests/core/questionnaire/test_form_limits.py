"""Forms that are made to take long to read.

Q-60  A form is read in a time that its size bounds, or refused in words.
"""

from __future__ import annotations

import contextlib

import pytest

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import ExpressionError, compile_expression
from iscm_desktop.questionnaire.reading import secondary_instances
from iscm_desktop.questionnaire.reading.xform import read_xform
from tests.support.entering import entering

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>F</h:title><model>'
)


def form(data: str, model: str = "", body: str = "") -> str:
    return (
        f'{HEAD}<instance><data id="f">{data}</data></instance>{model}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


def repeats(levels: int) -> str:
    opened = "".join(f'<repeat nodeset="/data{"/r" * level}">' for level in range(1, levels + 1))
    return form("<r>" * levels + "<x/>" + "</r>" * levels, body=opened + "</repeat>" * levels)


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        (repeats(40), "inside each other"),
        (form("<a>" * 300 + "</a>" * 300), "nested"),
        (form("<a " + " ".join(f'a{n}=""' for n in range(1_000)) + "/>"), "attributes"),
        (form("".join(f"<q{n}/>" for n in range(70_000))), "questions"),
        (form("<a/>", '<bind nodeset="/data/a" calculate="' + "1+" * 1_600_000 + '1"/>'), "rules"),
        (form("<a/>", " " * 25_000_000), "larger"),
    ],
    ids=["repeats", "deep", "attributes", "many", "rules", "large"],
)
def test_what_would_take_long_to_read_is_refused(xml: str, word: str) -> None:
    """Q-60"""
    with pytest.raises(IscmError) as refused:
        read_xform(xml)
    assert refused.value.problem is QuestionnaireProblem.FORM_UNREADABLE
    assert word in str(refused.value)


def test_repeats_inside_each_other_are_read_as_far_as_anybody_nests_them() -> None:
    """Q-60"""
    assert read_xform(repeats(5)).form_id == "f"


def test_rules_that_all_read_all_are_still_put_in_an_order() -> None:
    """Q-60: of more than can be kept it is not told what they read, so they run last, and whatever changes."""
    data = "".join(f"<q{n}/>" for n in range(1_500))
    binds = "".join(f'<bind nodeset="/data/q{n}" relevant="string(/data) = \'\'"/>' for n in range(1, 1_500))
    questionnaire = read_xform(form(data, binds, '<input ref="/data/q1"><label>Q</label></input>'))
    assert rules_of(questionnaire).readers_of_all
    assert entering(questionnaire).view("q1").is_asked


@pytest.mark.parametrize(
    "text",
    [
        "a[" * 99 + "1" + "]" * 99, "(" * 99 + "1" + ")" * 99, "0 or 1 and 1=1<1+1*(" * 99 + "1" + ")" * 99,
        "(" * 5_000, "-" * 50_000 + "1", "1" + "+1" * 20_000, "a/" * 20_000 + "a", "a|" * 20_000 + "a",
        "(" + "|".join(f"x{n}" for n in range(5_000)) + ")" + "/b" * 5_000, "a" + "[1]" * 10_000, "a" * 100_000,
        " " * 50_000 + "1",
    ],
    ids=range(12),
)  # fmt: skip
def test_an_expression_is_compiled_or_refused(text: str) -> None:
    """Q-60: whatever is nested or long, neither the stack nor anybody's patience runs out."""
    with contextlib.suppress(ExpressionError):
        compile_expression(text).references(("data", "a"))


LISTED = form(
    "<a/>", '<instance id="l" src="jr://file-csv/l.csv"/>' + '<instance id="g" src="jr://file/g.geojson"/>'
)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("l.csv", b"a" * 1_001 + b"\n" + b"1\n" * 3, "heading"),
        ("l.csv", b"a," * 501 + b"\n" + b"1\n", "columns"),
        ("l.csv", b"a" * 900 + b"\n" + b"1\n" * 14_000, "larger"),
        ("l.csv", b"a\n" + b"1" * 200_000, "field larger"),
        ("g.geojson", b'{"features":' + b"[" * 100_000, "nested"),
    ],
    ids=["heading", "columns", "large", "cell", "deep"],
)
def test_lists_beside_a_form_are_bounded_too(name: str, content: bytes, word: str) -> None:
    """Q-60: and the refusal says which list."""
    with pytest.raises(IscmError) as refused:
        read_xform(LISTED, {name: content})
    assert refused.value.problem is QuestionnaireProblem.FORM_UNREADABLE
    assert word in str(refused.value)
    assert name in str(refused.value)


def test_a_list_that_many_instances_name_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Q-60"""
    monkeypatch.setattr(secondary_instances, "LONGEST", 100_000)
    model = "".join(f'<instance id="l{n}" src="jr://file-csv/l.csv"/>' for n in range(40))
    with pytest.raises(IscmError) as refused:
        read_xform(form("<a/>", model), {"l.csv": b"a\n" + b"1" * 99 + b"\n" + (b"2" * 90 + b"\n") * 70})
    assert "all lists" in str(refused.value)
