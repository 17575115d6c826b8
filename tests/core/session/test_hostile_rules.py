"""Rules drawn to ask for much: each gets its verdict, the same each time, and the other questions work (S-47)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.session import expression_host
from tests.core.questionnaire.test_form_limits import form
from tests.support.entering import entering


@pytest.fixture(autouse=True, scope="module")
def small_budgets() -> Iterator[None]:
    """Rules are drawn in numbers; what the real budgets take is tried once, elsewhere."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(budget, "TURN_STEPS", 60_000)
        patched.setattr(budget, "STEPS", 20_000)
        patched.setattr(expression_host, "STEPS", 20_000)
        yield


_LEAF = st.sampled_from(
    [
        "/data/a", ".", "//*", "'(a+)+$'", "'x'", "1", "1 div 0", "now()", "today() + 1e15", "/data/r/i",
        "pow(10, 400)", "position(..)", "/data/nowhere", "'-'", "count(//*)", "string(/data)",
    ]
)  # fmt: skip
_RULE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"concat({two[0]}, {two[1]}, {two[0]})"),
        st.tuples(inner, inner).map(lambda two: f"regex({two[0]}, {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"join({two[0]}, //*, {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"count(//*[{two[0]} = {two[1]}])"),
        st.tuples(inner, inner).map(lambda two: f"selected-at({two[0]}, {two[1]})"),
        inner.map(lambda one: f"format-date({one}, '%Y%Y%Y')"),
        inner.map(lambda one: f"substr({one}, 0 - 1, 1000000)"),
    ),
    max_leaves=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    _RULE,
    st.sampled_from(["3", "400", "1e400", "-1", "9" * 400]),
    st.sampled_from(["aaaa!", "a " * 900, "9" * 5_000]),
)
def test_whatever_a_rule_asks_for_it_gets_a_verdict(rule: str, count: str, text: str) -> None:
    quoted = rule.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    model = (
        f'<bind nodeset="/data/b" calculate="{quoted}"/><bind nodeset="/data/a" constraint="{quoted}"/>'
        f'<bind nodeset="/data/r/k" relevant="{quoted}"/>'
    )
    body = (
        '<input ref="/data/a"><label>A</label></input><input ref="/data/c"><label>C</label></input>'
        f'<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}"><input ref="/data/r/k"/></repeat></group>'
    )
    try:
        questionnaire = read_xform(form("<a/><b/><c/><r><i/><k/></r>", model, body))
    except IscmError as refused:  # it needs its own result, and that is told
        if refused.problem is not QuestionnaireProblem.FORM_FAULTY:
            raise
        return
    first, second = (entering(questionnaire, {"a": text}) for _time in range(2))
    assert [one.verdict for one in first.findings()] == [one.verdict for one in second.findings()]
    first.answer("c", "still taken")
    assert first.view("c").text == "still taken"
    assert first.view("a").text == text.strip() or first.view("a").text == text
