"""Functions of the form language, spoken as a form's author writes them.

F-01  if() looks at one side only.
F-02  A date is text, and days where a number is asked for; zones are kept.
F-03  Nothing selected is nothing.
F-04  once() keeps what is there.
F-05  A list filtered by a column gives what walking it gives.
F-06  Seeded order is the same on every device.
F-07  Labels, tables and texts come from the host.
F-08  A pattern never hangs the form.
F-09  An absolute path into a repeat means all of its entries, the first where one value is wanted (XPath).
F-10  How long a text may be does not depend on what it is made of.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import (
    Context,
    ExpressionError,
    Host,
    Node,
    Value,
    compile_expression,
    evaluate,
    parse_document,
)
from iscm_desktop.questionnaire.expression.budget import LONGEST_TEXT
from iscm_desktop.questionnaire.expression.expression_error import TooMuch

GENEVA = ZoneInfo("Europe/Zurich")
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=GENEVA)
CITIES = "<root>" + "".join(
    f"<item><name>{name}</name><country>{country}</country></item>"
    for name, country in [("geneva", "CHE"), ("oslo", "NOR"), ("bern", "CHE"), ("warsaw", "POL")]
) + "</root>"  # fmt: skip


def texts(value: Value) -> list[str]:
    assert isinstance(value, list)
    return [node.string_value() for node in value]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("if(true(), 'a', no-such())", "a"),
        ("today()", "2026-11-21"),
        ("now()", "2026-11-21T12:00:00.000+01:00"),
        ("date(today() + 10)", "2026-12-01"),
        ("date(today() - 150)", "2026-06-24"),
        ("date('2026-07-01' + 200)", "2027-01-17"),
        ("format-date('2026-07-01' + 200, '%d')", "17"),
        ("date('9999-12-31')", "9999-12-31"),
        ("format-date('0001-01-01T00:00:00+14:00', '%Y')", "0001"),
        ("format-date-time('2026-07-01T12:00:00+02:00', '%H:%M')", "12:00"),
        ("format-date('2026-03-09', '%e %b %Y, %a')", "9 Mar 2026, Mon"),
        ("format-date-time(now(), '%H:%M:%S.%3')", "12:00:00.000"),
        ("format-date('tomorrow', '%Y')", ""),
        ("date('2026-02-30')", ""),
        ("'2026-03-09' < today()", True),
        ("decimal-time('18:00:00')", 0.75),
        ("decimal-date-time('1970-01-02T00:00:00Z')", 1.0),
        ("selected('a b', 'b')", True),
        ("selected('ab b', 'a')", False),
        ("selected('', 'a')", False),
        ("selected('ab cd', 'b c')", False),
        ("selected(' a ', ' a ')", True),
        ("selected(' ', ' ')", True),
        (f"selected('{'ab ' * 300}a', 'a')", True),
        (f"selected('{'ab ' * 300}', 'a')", False),
        ("selected-at('a b', 5)", ""),
        ("count-selected(' a  b ')", 2.0),
        ("coalesce('', 'b')", "b"),
        ("join(', ', 'a', 'b')", "a, b"),
        ("substr('hello', -3)", "llo"),
        ("regex('12345', '[0-9]+$')", True),
        ("checklist(1, 2, 'a', '')", True),
        ("weighted-checklist(5, -1, 1 = 1, 3, 2 = 2, 2)", True),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("base64-decode('SGVsbG8=')", "Hello"),
        ("boolean-from-string('yes')", False),
        ("string-length(uuid())", 36.0),
        ("string-length(uuid(7))", 7.0),
        ("intersects('0 0;2 2;0 2;2 0')", True),
        ("intersects('0 0;0 2;2 2;2 0;0 0')", False),
        ("geofence('1 1', '0 0;0 2;2 2;2 0;0 0')", True),
        ("distance('0 0;0 1')", 111318.85),
    ],
)
def test_what_functions_say(expression: str, value: object) -> None:
    """F-01 to F-03."""
    assert evaluate(expression, now=NOON, timezone=GENEVA) == value


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - the zone is put on below
def test_a_moment_survives_being_a_number(moment: datetime) -> None:
    """F-02: to the millisecond."""
    text = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC).isoformat(
        timespec="milliseconds"
    )
    shown = evaluate(f"date-time(decimal-date-time('{text}'))", timezone=UTC)
    assert isinstance(shown, str)
    assert datetime.fromisoformat(shown).replace(tzinfo=UTC) == datetime.fromisoformat(text)


def test_the_zone_of_a_date_without_one_is_the_respondents() -> None:
    """F-02."""
    assert evaluate("number('1970-01-01')", timezone=ZoneInfo("America/Phoenix")) == pytest.approx(7 / 24)
    assert evaluate("number('1970-01-01')", timezone=GENEVA) == pytest.approx(-1 / 24)


def test_once_keeps_what_is_there() -> None:
    """F-04."""
    assert evaluate("once('new')", "<data>old</data>", context="/data") == "old"
    assert evaluate("once('new')", "<data/>", context="/data") == "new"


@pytest.mark.parametrize(
    ("predicate", "found"),
    [
        ("country = 'CHE'", ["geneva", "bern"]),
        ("'NOR' = country", ["oslo"]),
        ("country = /data/where", ["geneva", "bern"]),
        ("country = current()/../where", ["geneva", "bern"]),
        ("country = /data/where and name = 'bern'", ["bern"]),
        ("country = /data/where and position() = 2", []),
        ("country = 'XXX'", []),
        ("country = 1", []),
        ("country", ["geneva", "oslo", "bern", "warsaw"]),
        ("country = 'CHE'][2", ["bern"]),
    ],
)
def test_a_filtered_list(predicate: str, found: list[str]) -> None:
    """F-05: also where the filter is written so that no table can be used."""
    form = "<data><city/><where>CHE</where></data>"
    for written in (predicate, f"string-length(name) > 0][{predicate}"):
        value = evaluate(
            f"instance('cities')/root/item[{written}]/name",
            form,
            context="/data/city",
            secondary={"cities": CITIES},
        )
        assert texts(value) == found


@pytest.mark.parametrize("pieces", [2, 10, 17, 100])
@pytest.mark.parametrize("call", ["join('', /data/p)", "join(';', /data/p)", "concat(/data/p)"])
def test_a_text_is_too_long_in_few_pieces_as_in_many(call: str, pieces: int) -> None:
    """F-10."""
    longest = (LONGEST_TEXT - call.startswith("join(';'") * (pieces - 1)) // pieces
    form = "<data>{}</data>"
    fits = evaluate(f"string-length({call})", form.format(f"<p>{'a' * longest}</p>" * pieces))
    assert isinstance(fits, float)
    assert LONGEST_TEXT - pieces < fits <= LONGEST_TEXT
    with pytest.raises(TooMuch):
        evaluate(call, form.format(f"<p>{'a' * (longest + 1)}</p>" * pieces))


def test_pulldata_reads_a_cell() -> None:
    secondary = {"cities": CITIES}
    assert evaluate("pulldata('cities', 'country', 'name', 'oslo')", secondary=secondary) == "NOR"
    assert evaluate("pulldata('cities', 'country', 'name', 'rome')", secondary=secondary) == ""
    with pytest.raises(ExpressionError, match="towns"):
        evaluate("pulldata('towns', 'country', 'name', 'rome')", secondary=secondary)


def test_a_seeded_order_is_the_same_on_every_device() -> None:
    """F-06: six nodes and seed 42, the order that web-forms and Enketo give."""
    xml = "<r><a>A</a><a>B</a><a>C</a><a>D</a><a>E</a><a>F</a></r>"
    assert texts(evaluate("randomize(/r/a, 42)", xml)) == ["A", "F", "C", "B", "D", "E"]
    assert texts(evaluate("randomize(/r/a, 42)", xml)) == texts(evaluate("randomize(/r/a, '42')", xml))
    assert sorted(texts(evaluate("randomize(/r/a)", xml))) == ["A", "B", "C", "D", "E", "F"]


class Labels(Host):
    """A host that knows one question's choices."""

    def choice_label(self, template: tuple[str, ...], value: str, context: Node) -> str:
        return f"{'/'.join(template)}:{value}@{context.name}"

    def itext(self, name: str, near: Node | None = None) -> str:
        return f"text of {name}"


def test_labels_and_texts_come_from_the_host() -> None:
    """F-07."""
    form = "<data><group><fee>yes</fee><shown/></group></data>"
    label = "jr:choice-name(../fee, ' /data/group/fee ')"
    assert evaluate(label, form, context="//shown", host=Labels()) == "data/group/fee:yes@shown"
    assert evaluate("jr:itext('greeting')", host=Labels()) == "text of greeting"


ROSTER = (
    "<data><size>2</size><member><name>Ana</name><age>40</age></member>"
    "<member><name>Igor</name></member></data>"
)


def test_an_absolute_path_into_a_repeat_means_its_entries() -> None:
    """F-09."""
    tree = parse_document(ROSTER)
    igor = tree.children[0].elements("member")[1].element("name")
    assert igor is not None
    where = Context(igor, tree)
    assert compile_expression("/data/member/name").as_string(where) == "Ana"
    assert compile_expression("../name").as_string(where) == "Igor"
    assert compile_expression("count(/data/member)").evaluate(where) == 2.0
    assert compile_expression("indexed-repeat(/data/member/name, /data/member, 2)").evaluate(where) == "Igor"
    assert compile_expression("position(..)").evaluate(where) == 2.0


@pytest.mark.parametrize("expression", ["^(a+)+$", "(a|aa)+$", r"^(\w+\s?)*$", "(a*)*b", "a*a*a*a*a*a*b"])
def test_a_pattern_never_hangs_the_form(expression: str) -> None:
    """F-08."""
    began = time.perf_counter()
    assert evaluate(f"regex('{'a' * 40}!', '{expression}')") is False
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "expression",
    [
        "regex('a', '(')",
        "digest('a', 'CRC')",
        "digest('a', 'MD5', 'octal')",
        "uuid(-1)",
        "instance('none')/root",
    ],
)
def test_what_a_function_cannot_do_it_says(expression: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(expression)
