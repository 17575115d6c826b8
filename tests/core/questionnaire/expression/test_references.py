"""What an expression reads: a session evaluates it again when, and only when, something of that changes."""

from __future__ import annotations

import pytest

from iscm_desktop.questionnaire.expression import References, compile_expression

PLACE = ("data", "member", "age")


def reads(expression: str) -> References:
    return compile_expression(expression, namespaces={"orx": "urn:x"}).references(PLACE)


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("1 + 2", set()),
        (". > 3", {"data/member/age"}),
        ("../name = 'Ana'", {"data/member/name"}),
        ("/data/fee", {"data/fee"}),
        ("if(/data/fee = 'yes', ../name, /data/other)", {"data/fee", "data/member/name", "data/other"}),
        ("/data/member[name = /data/chosen]/age", {"data/member/name", "data/chosen", "data/member/age"}),
        ("/data/member[position() = /data/which]/age", {"data/which", "data/member/age"}),
        ("instance('cities')/root/item[country = current()/../where]/name", {"data/member/where"}),
        ("instance('cities')/root/item[country = /data/where]/name", {"data/where"}),
        ("(/data/a | /data/b)[. = 'x']", {"data/a", "data/b"}),
        ("sum(/data/member/age)", {"data/member/age"}),
        ("once(/data/fee)", {"data/member/age", "data/fee"}),
        ("string-length()", {"data/member/age"}),
        ("/data/*/age", {"data"}),
        ("jr:choice-name(../fee, '/data/fee')", {"data/member/fee"}),
        ("/data/orx:meta/orx:instanceID", {"data/meta/instanceID"}),
    ],
)
def test_paths(expression: str, paths: set[str]) -> None:
    found = reads(expression)
    assert {"/".join(path) for path in found.paths} == paths
    assert not found.everything
    assert not found.volatile


@pytest.mark.parametrize(
    ("expression", "positions"),
    [
        ("count(/data/member)", {"data/member"}),
        ("position(..)", {"data/member"}),
        ("/data/member[2]/age", {"data/member"}),
        ("/data/member[position() = 2]/age", {"data/member"}),
        ("indexed-repeat(/data/member/age, /data/member, 1)", {"data/member"}),
        ("../name", set()),
    ],
)
def test_positions(expression: str, positions: set[str]) -> None:
    assert {"/".join(path) for path in reads(expression).positions} == positions


@pytest.mark.parametrize("expression", ["now()", "concat('a', today())", "once(random())", "uuid()"])
def test_what_changes_by_itself(expression: str) -> None:
    assert reads(expression).volatile


@pytest.mark.parametrize("expression", ["//age", "preceding::age", "id('a')", "/*"])
def test_what_cannot_be_told_depends_on_all(expression: str) -> None:
    assert reads(expression).everything
