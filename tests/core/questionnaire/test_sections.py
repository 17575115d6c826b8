"""What some sections need of the others, so that they look the same to whoever holds them alone.

R-01 A rule's reach: what it reads elsewhere, also by way of other rules, and nothing else.
R-02 Seen alone with what is in reach, sections look as they do in the whole response, whatever is answered.
R-03 A session of some sections neither shows nor changes the others.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.sections import reach, section_of
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.workspace.colleagues.delegation_service import context_for
from iscm_desktop.workspace.held_sections import parts_of, section_paths
from tests.support.editing import edit, luck, stored
from tests.support.entering import NOW, questionnaire

FORM = """
| survey |              |          |                   |               |                  |               |
|        | type         | name     | label             | relevant      | calculation      | constraint    |
|        | begin_group  | who      | Who               |               |                  |               |
|        | text         | name     | Name              |               |                  |               |
|        | text         | secret   | Secret            |               |                  |               |
|        | integer      | founded  | Founded           | ${name} != '' |                  |               |
|        | calculate    | age      |                   |               | 2027 - ${founded} |              |
|        | begin_repeat | member   | Member            |               |                  |               |
|        | text         | state    | State             |               |                  |               |
|        | end_repeat   |          |                   |               |                  |               |
|        | end_group    |          |                   |               |                  |               |
|        | begin_group  | money    | Money             |               |                  |               |
|        | integer      | fee      | Fee since ${age}  | ${age} > 5    |                  | . < 1000      |
|        | end_group    |          |                   |               |                  |               |
|        | begin_group  | people   | People            | count(${member}) > 1 |           |               |
|        | text         | chair    | Chair             |               |                  |               |
|        | end_group    |          |                   |               |                  |               |
|        | text         | remark   | Remark            |               |                  |               |
"""


def test_reach_follows_rules_and_stops_there() -> None:
    """R-01: the fee needs the age, which needs the founding year, which needs the name. Not the secret."""
    form = questionnaire(FORM)
    assert reach(form, ["money"]).questions == {"who/name", "who/founded", "who/age"}
    assert reach(form, ["money"]).repeats == frozenset()
    assert reach(form, ["people"]).repeats == {"who/member"}
    assert reach(form, ["people"]).questions == frozenset()
    assert reach(form, ["who"]).questions == frozenset()


def test_loose_questions_are_a_section_of_their_own() -> None:
    form = questionnaire(FORM)
    loose = form.sections[-1]
    assert loose.path.startswith("#")
    assert parts_of(loose) == ("remark",)
    assert section_paths(form, ["remark"]) == {loose.path}
    assert section_of(form, "remark") == loose.path
    session = FormSession(form, sections=[loose.path])
    session.answer("remark", "hello")
    assert [change.path for change in session.take_changes()] == ["remark"]


@pytest.mark.parametrize("key", ["iscm", "state", "organization"])
def test_shipped_sections_reach_for_little(key: str) -> None:
    """R-01: of our own questionnaires no section reads all, and most read very few questions elsewhere."""
    form = shipped(key)
    for section in form.sections:
        found = reach(form, [section.path])
        assert not found.everything
        assert len(found.questions) <= 6


FORMS = [questionnaire(FORM), shipped("state"), shipped("iscm")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FORMS), st.integers(0, 2**32), st.integers(0, 40))
def test_sections_look_the_same_alone(form, seed: int, steps: int) -> None:  # type: ignore[no-untyped-def]
    """R-02."""
    chance = luck(seed)
    whole = FormSession(form, clock=lambda: NOW)
    for _step in range(steps):
        edit(whole, chance)
    answers, entries = stored(whole)
    chosen = chance.sample(form.sections, chance.randint(1, len(form.sections)))
    paths = [section.path for section in chosen]
    parts = tuple(part for section in chosen for part in parts_of(section))
    context = context_for(form, parts, FilledAnswers(answers, entries))
    inside = {path: text for path, text in answers.items() if section_of(form, path) in paths}
    own_entries = {path: ids for path, ids in entries.items() if section_of(form, path) in paths}
    alone = FormSession(
        form, clock=lambda: NOW, is_new=False, sections=paths,
        answers={**context.answers, **inside}, entries={**context.entries, **own_entries},
    )  # fmt: skip
    seen = FormSession(form, clock=lambda: NOW, is_new=False, answers=answers, entries=entries)
    assert alone.sections() == tuple(each for each in seen.sections() if each.path in paths)
    for path in paths:
        if path in [section.path for section in alone.sections()]:
            assert alone.section(path) == seen.section(path)
    assert alone.findings() == tuple(each for each in seen.findings() if each.section in paths)


def test_the_others_are_neither_shown_nor_changed() -> None:
    """R-03."""
    form = questionnaire(FORM)
    answers = {"who/name": "IGC", "who/founded": "1985", "who/secret": "hidden"}
    session = FormSession(form, answers=answers, is_new=False, sections=["money"])
    assert [section.path for section in session.sections()] == ["money"]
    assert session.view("fee").label == "Fee since 42"
    for look in (session.view, session.section, session.repeat, session.add_entry):
        with pytest.raises(KeyError):
            look("who/secret")
    with pytest.raises(KeyError):
        session.answer("name", "changed")
    session.answer("fee", "10")
    assert [change.path for change in session.take_changes()] == ["money/fee"]
    assert [answer.path for answer in session.answers()] == ["money/fee"]
