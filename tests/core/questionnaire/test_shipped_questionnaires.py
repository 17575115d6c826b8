"""The three questionnaires against their design: code by code, list by list.

`tests/data/questionnaire_design.csv` and `option_lists.csv` hold the design as rows.

Q-01 Every question and sub-field of the design is asked, in its section, as the kind designed; nothing is
     added but the texts of "Other", warnings and helping calculations.
Q-02 What is required is required, and says so in words.
Q-03 Every option of every list is offered, in order.
Q-04 Every question feeds the parts of the summary that the design names, and has a role of its own.
Q-05 Lengths and numbers of entries are those of the design.
Q-06 The forms convert without a warning.
"""

import csv
import re
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.model import Group, Kind, Question, Repeat
from iscm_desktop.questionnaire.reading.shipped_workbooks import compose
from iscm_desktop.questionnaire.shipped_keys import SHIPPED_KEYS

DATA = Path(__file__).parents[2] / "data"
FORMS = {"ISC": "iscm", "STA": "state", "IGO": "organization"}
ENGLISH = "English (en)"
KINDS = {
    "text": Kind.TEXT,
    "long_text": Kind.LONG_TEXT,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "email": Kind.EMAIL,
    "url": Kind.URL,
    "select_one": Kind.SELECT_ONE,
    "select_many": Kind.SELECT_MANY,
    "scale": Kind.SCALE,
    "ranking": Kind.RANKING,
    "territory": Kind.TERRITORY,
}


def rows(file):
    with (DATA / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def designed(key=None):
    return [row for row in rows("questionnaire_design.csv") if key is None or FORMS[row["code"][:3]] == key]


def walk(items):
    for item in items:
        yield item
        if not isinstance(item, Question):
            yield from walk(item.items)


def by_name(key):
    found = {}
    for item in walk(shipped(key).sections):
        name = item.path.rpartition("/")[2]
        assert name not in found, f"{name} twice"
        found[name] = item
    return found


def questions(key):
    return [item for item in walk(shipped(key).sections) if isinstance(item, Question)]


def answered_by_people(key):
    return [question for question in questions(key) if question.kind not in (Kind.NOTE, Kind.CALCULATED)]


def said(text):
    return "".join(piece for piece in text.get(ENGLISH, ()) if isinstance(piece, str))


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_the_forms_convert_without_a_warning(key):
    """Q-06."""
    warnings = []
    convert(compose(key).definition(), warnings=warnings)
    assert warnings == []


def test_the_design_has_all_its_codes():
    codes = [row["code"] for row in designed()]
    of = lambda prefix, dotted: sum(c.startswith(prefix) and ("." in c) is dotted for c in codes)  # noqa: E731
    assert [of("ISC", False), of("ISC", True)] == [80, 53]
    assert [of("STA", False), of("STA", True)] == [41, 0]
    assert [of("IGO", False), of("IGO", True)] == [29, 9]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_every_code_is_asked_as_designed(key):
    """Q-01."""
    items = by_name(key)
    for row in designed(key):
        item = items[row["code"]]
        assert item.path.startswith(row["code"][:5] + "/"), row["code"]
        if row["type"] == "repeat":
            assert isinstance(item, Repeat), row["code"]
        else:
            assert isinstance(item, Question), row["code"]
            assert item.kind is KINDS[row["type"]], row["code"]
            assert item.choice_list == row["choices"], row["code"]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_sub_fields_stand_in_their_repeat(key):
    """Q-01."""
    items = by_name(key)
    for row in designed(key):
        repeat = row["code"].partition(".")[0] if "." in row["code"] else ""
        if row["code"].startswith("STA-C") and row["code"] != "STA-C00":
            repeat = "STA-C00"
        if repeat:
            assert items[row["code"]].path == f"{items[repeat].path}/{row['code']}"


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_questions_stand_in_the_order_of_the_design(key):
    """Q-01."""
    wanted = [row["code"] for row in designed(key)]
    assert [name for name in by_name(key) if name in set(wanted)] == wanted


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_nothing_is_added_but_other_texts(key):
    """Q-01."""
    codes = {row["code"] for row in designed(key)}
    for question in answered_by_people(key):
        base = question.name.removesuffix("_other")
        assert base in codes, question.name
        if question.name != base:
            assert question.kind is Kind.TEXT
            assert "other" in question.bind.relevant


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_every_list_with_other_opens_a_required_text(key):
    """Q-01: "Other" opens a short text."""
    form, items = shipped(key), by_name(key)
    for question in answered_by_people(key):
        values = {choice.value for choice in form.choice_lists.get(question.choice_list, ())}
        takes_other = {"other", "other_organization"} & values
        is_derived = question.kind is Kind.RANKING and question.name != "STA-B02"
        if takes_other and question.name not in ("ISC-A01", "STA-E02") and not is_derived:
            text = items[f"{question.name}_other"]
            assert text.bind.required == "true()"
            assert text.own.role == question.own.role + "_other"
    if key == "iscm":
        assert items["ISC-A02"].bind.relevant.strip().endswith("= 'other'")


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_what_is_required(key):
    """Q-02."""
    items = by_name(key)
    for row in designed(key):
        item, needed = items[row["code"]], row["required"]
        if isinstance(item, Repeat):
            assert item.own.min_entries == (0 if needed == "no" else 1), row["code"]
            assert bool(item.relevant) or needed != "cond", row["code"]
        elif row["code"] == "ISC-E20":
            assert "ISC-E23" in item.bind.required  # fees that differ are explained there instead
        else:
            assert item.bind.required == ("" if needed == "no" else "true()"), row["code"]
            assert bool(item.bind.relevant) or needed != "cond", row["code"]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_everything_is_said_in_words(key):
    """Q-02."""
    for question in questions(key):
        if question.kind is Kind.CALCULATED:
            continue
        assert said(question.label)[:1].isupper() or said(question.label)[:1] == "“", question.name
        if question.bind.required:
            assert said(question.bind.required_message).startswith("Please"), question.name
        if question.bind.constraint:
            assert said(question.bind.constraint_message), question.name
    for section in shipped(key).sections:
        assert isinstance(section, Group)
        assert said(section.label)
        assert said(section.hint).endswith(".")


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_every_option_is_offered(key):
    """Q-03."""
    wanted = {}
    for row in rows("option_lists.csv"):
        wanted.setdefault(row["list"], []).append(row["value"])
    form = shipped(key)
    used = {question.choice_list for question in questions(key) if question.choice_list}
    for name in used - {"mechanisms", "themes", "territories", "currencies"}:
        assert [choice.value for choice in form.choice_lists[name]] == wanted[name], name


def test_every_list_of_the_design_is_used():
    """Q-03."""
    used = {question.choice_list for key in SHIPPED_KEYS for question in questions(key)}
    assert {row["list"] for row in rows("option_lists.csv")} <= used


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_choices_have_a_label_and_a_phrase(key):
    """Q-03."""
    for choices in shipped(key).choice_lists.values():
        for choice in choices:
            label = said(choice.label)
            assert label[:1].isupper() or label[:1].isdigit(), choice
            assert choice.columns["phrase"], choice


def test_the_objectives_of_the_global_compact():
    """Q-03."""
    objectives = shipped("iscm").choice_lists["gcmobj"]
    assert [choice.value for choice in objectives] == [*map(str, range(1, 24)), "none"]
    assert said(objectives[22].label).startswith("23. Strengthen international cooperation")


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_what_feeds_what(key):
    """Q-04."""
    items = by_name(key)
    for row in designed(key):
        assert items[row["code"]].own.feeds == tuple(row["feeds"].split()), row["code"]
    for question in answered_by_people(key):
        parts = set(question.own.feeds)
        assert parts <= {"S0", "S1", "S2-nat", "S2-reg", "S2-glob", "S3", "S4", "S5", "S5b", "OV", "ADM"}


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_roles_are_unique(key):
    """Q-04."""
    roles = [question.own.role for question in answered_by_people(key)]
    roles += [item.own.role for item in walk(shipped(key).sections) if isinstance(item, Repeat)]
    assert len(set(roles)) == len(roles)
    assert all(re.fullmatch("[a-z_0-9]+", role) for role in roles)


@pytest.mark.parametrize(
    ("key", "code", "role"),
    [
        ("iscm", "ISC-B01", "founded_year"),
        ("iscm", "ISC-F01.2", "partner_type"),
        ("iscm", "ISC-E20", "fee"),
        ("iscm", "ISC-F06", "cooperation_private_sector"),
        ("state", "STA-C10", "block_valued"),
        ("state", "STA-F02", "naming"),
        ("organization", "IGO-B01.6", "engagement_value"),
    ],
)
def test_roles_by_which_the_summaries_ask(key, code, role):
    """Q-04."""
    assert by_name(key)[code].own.role == role


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_lengths_and_numbers_of_entries(key):
    """Q-05."""
    items = by_name(key)
    for row in designed(key):
        item = items[row["code"]]
        if row["entries"]:
            least, most = row["entries"].split("-")
            assert (item.own.min_entries, item.own.max_entries) == (int(least), int(most)), row["code"]
        if row["characters"]:
            least, _, most = row["characters"].rpartition("-")
            assert item.own.max_length == int(most), row["code"]
            assert f"<= {most}" in item.bind.constraint
            assert not least or f">= {least}" in item.bind.constraint


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_every_text_has_a_limit_that_its_rule_agrees_with(key):
    """Q-05."""
    for question in answered_by_people(key):
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.URL):
            assert f"string-length(.) <= {question.own.max_length}" in question.bind.constraint


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_long_texts_that_are_reported_advise_a_length_well_within_their_limit(key):
    """Q-05: with seven letters to a word, as in the longer languages."""
    for question in answered_by_people(key):
        advised, limit = question.own.advised_words, question.own.max_length
        is_reported = question.kind is Kind.LONG_TEXT and question.own.feeds != ("ADM",)
        assert (advised is not None) is is_reported, question.name
        if advised is not None and limit is not None:
            assert 50 <= advised <= limit / 8, question.name


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_one_question_names_the_respondent(key):
    naming = [question.name for question in questions(key) if question.own.names_respondent]
    assert naming == [{"iscm": "ISC-A01", "state": "STA-A01", "organization": "IGO-A01"}[key]]


@pytest.mark.parametrize("key", SHIPPED_KEYS)
def test_repeats_name_one_of_their_entries(key):
    for item in walk(shipped(key).sections):
        if isinstance(item, Repeat):
            assert item.own.entry_title
            assert said(item.label)
            assert said(item.hint)
