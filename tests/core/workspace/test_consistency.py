"""Consistency across respondents.

N-01  A rule compares an answer with another respondent's, with the register's, with last round's, or judges it alone.
N-02  Each finding tells its sources: whose answer, which question, what it says, who said it and when.
N-03  What is not asked, unreadable, offered or of a public edition's other self is no answer; what is withheld, in
      conflict or being typed is told as such.
N-04  What is accepted, with a reason, comes back only when one of its answers changes; it travels, merges, and is taken
      back. What the respondent's own key says of it counts for nothing.
N-05  Rules that fail or are endless are stopped and told; the others go on.
N-06  The number of statements does not grow with the responses.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from iscm_desktop.errors import IscmError
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.consistency.findings import ConsistencyReport, Finding, SideSource
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.support.workspaces import Ticking, exported, merge, opened

BODY = """
| survey      |                |          |                 |                 |
|             | type           | name     | label           | relevant        |
|             | begin_group    | core     | Core            |                 |
|             | integer        | began    | When did it begin? |              |
|             | select_one yn  | paid     | Is there a fee? |                 |
|             | integer        | fee      | Fee             | ${paid} = 'yes' |
|             | integer        | members  | Members         |                 |
|             | end_group      |          |                 |                 |
| choices     |                |          |                 |                 |
|             | list_name      | name     | label           | begun           |
|             | yn             | yes      | Yes             |                 |
|             | yn             | no       | No              |                 |
|             | known          | alpha    | Alpha           | 1990            |
|             | known          | beta     | Beta            | 2001            |
| settings    |                |          |                 |                 |
|             | form_title     | form_id  | version         |                 |
|             | Bodies         | body     | 1               |                 |
| consistency |                |          |                 |                 |
{rules}
"""
LAND = """
| survey      |                |          |                 |          |
|             | type           | name     | label           |          |
|             | begin_repeat   | seat     | Seats           |          |
|             | text           | which    | Which body?     |          |
|             | integer        | since    | Since when?     |          |
|             | integer        | pays     | What do you pay? |         |
|             | end_repeat     |          |                 |          |
|             | select_one known | home   | Which is yours? |          |
| choices     |                |          |                 |          |
|             | list_name      | name     | label           | begun    |
|             | known          | alpha    | Alpha           | 1990     |
|             | known          | beta     | Beta            | 2001     |
| settings    |                |          |                 |          |
|             | form_title     | form_id  | version         |          |
|             | Lands          | land     | 1               |          |
| consistency |                |          |                 |          |
{rules}
"""
BODY_COLUMNS = (
    "| | name | question | against | whose | other | other_relevant | compare | constraint | label |"
)
LAND_COLUMNS = BODY_COLUMNS.replace("| against", "| relevant | against")
SINCE = (
    "| | too_early | since | | body | ${which} | began | | | . >= ${other} | A seat is older than its body |"
)
FEE = "| | other_fee | pays | | body | ${which} | fee | | | . = ${other} | The fees differ |"


class Desk:
    """A coordinator with two questionnaires, and answers of several respondents in one store."""

    def __init__(self, workspace: Workspace, body: str = "", land: str = "") -> None:
        self.workspace = workspace
        self.clock = workspace._context.clock
        with workspace._database.write() as db:
            bodies = BODY.replace("{rules}", f"{BODY_COLUMNS}\n{body.strip()}")
            lands = LAND.replace("{rules}", f"{LAND_COLUMNS}\n{land.strip()}")
            for text in (bodies, lands):
                add_known(db, from_source(from_markdown(text.strip()).source))

    def body(self, respondent: str, round_code: str | None = None, **answers: str) -> str:
        response = self.workspace.responses.start("body", respondent, round=round_code)
        session = self.workspace.responses.open_session(response)
        for name, text in answers.items():
            session.answer(f"core/{name}", text)
        self.workspace.responses.save(response, session)
        return response

    def land(self, respondent: str, *seats: dict[str, str], home: str = "") -> str:
        response = self.workspace.responses.start("land", respondent)
        session = self.workspace.responses.open_session(response)
        for seat in seats:
            entry = session.add_entry("seat")
            for name, text in seat.items():
                session.answer(f"{entry}/{name}", text)
        if home:
            session.answer("home", home)
        self.workspace.responses.save(response, session)
        return response

    def report(self) -> ConsistencyReport:
        found = self.workspace.consistency.report()
        assert found is not None
        return found

    def findings(self) -> tuple[Finding, ...]:
        return self.report().findings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "desk") as workspace:
        yield workspace


def test_two_respondents_contradict_each_other(store: Workspace) -> None:
    """N-01, N-02"""
    desk = Desk(store, land=SINCE)
    desk.body("Alpha", began="1995")
    desk.body("Beta", began="1970")
    desk.land("xa", {"which": "alpha", "since": "1990"}, {"which": "beta", "since": "1990"})
    desk.land("xb", {"which": "Alpha", "since": "1995"})
    (found,) = desk.findings()
    (other,) = found.others
    assert (found.rule, found.title) == ("too_early", "A seat is older than its body")
    assert (found.side.respondent, found.side.label, found.side.value) == ("xa", "Since when?", "1990")
    assert found.side.entry == "alpha"
    assert (other.respondent, other.label, other.value) == ("alpha", "When did it begin?", "1995")
    assert other.source is SideSource.ANSWER
    assert (found.side.number, other.number) == ("1.1.1.2", "1.1")
    assert found.side.by == other.by == "Desk"
    assert found.side.at is not None
    assert found.side.is_being_typed


def test_sealed_answers_tell_who_wrote_them(store: Workspace, tmp_path: Path) -> None:
    """N-02"""
    desk = Desk(store, land=SINCE)
    for response in (desk.body("alpha", began="1995"), desk.land("xa", {"which": "alpha", "since": "1990"})):
        exported(store, response, tmp_path / f"{response}.iscm")
    (found,) = desk.findings()
    assert found.side.by == "Desk"
    assert found.side.at is not None
    assert not found.side.is_being_typed


def test_what_is_not_asked_is_no_answer(store: Workspace) -> None:
    """N-03"""
    desk = Desk(store, land=FEE)
    desk.body("alpha", paid="yes", fee="100")
    land = desk.land("xa", {"which": "alpha", "pays": "120"})
    assert [one.rule for one in desk.findings()] == ["other_fee"]
    desk.body("alpha", paid="no")
    assert desk.findings() == ()
    desk.body("alpha", paid="yes")
    session = store.responses.open_session(land)
    (entry,) = session.repeat("seat").entries
    session.answer(f"{entry.path}/pays", "a hundred or so")
    store.responses.save(land, session)
    assert desk.findings() == ()


def test_the_register_and_last_round(store: Workspace) -> None:
    """N-01"""
    begun = "instance('known')/root/item[name = ${home}]/begun"
    register = (
        f"| | by_register | home | | register | | {begun} | | | ${{other}} > 2000 | The register differs |"
    )
    desk = Desk(
        store,
        body="| | as_before | members | last_round | | | | | abs(. - ${other}) < 5 | Very different |",
        land=register,
    )
    desk.land("xa", home="alpha")
    desk.land("xb", home="beta")
    (found,) = desk.findings()
    assert found.side.respondent == "xa"
    assert found.others[0].source is SideSource.REGISTER
    assert found.others[0].value == "1990"
    store.rounds.start("2025", "Earlier")
    desk.body("alpha", "2025", members="20")
    desk.body("beta", "2025", members="20")
    store.rounds.start("2026", "Earlier, too")
    desk.body("alpha", "2026", members="30")
    store.rounds.follow("2027")
    desk.body("alpha", members="20")
    desk.body("beta", members="20")
    found = next(one for one in desk.findings() if one.rule == "as_before")
    assert (found.side.respondent, found.others[0].value, found.others[0].round) == ("alpha", "30", "2026")
    assert found.others[0].source is SideSource.LAST_ROUND
    assert len(desk.findings()) == 2


def test_compared_with_all_of_them_together(store: Workspace) -> None:
    """N-01: who is not here contradicts nobody; who is here and says nothing does."""
    counted = "| | few | members | land | | which | . = ${who} | together | count(${other}) <= . | Too few |"
    desk = Desk(store, body=counted.replace("${who}", "'alpha'"))
    desk.body("alpha", members="1")
    assert desk.findings() == ()
    desk.land("xa", {"which": "alpha"})
    assert desk.findings() == ()
    desk.land("xb", {"which": "alpha"}, {"which": "beta"})
    (found,) = desk.findings()
    assert [(side.respondent, side.value) for side in found.others] == [("xa", "alpha"), ("xb", "alpha")]


def test_nobody_says_it(store: Workspace) -> None:
    named = "| | unnamed | home | | body | . | members | | together | count(${other}) > 0 | Not named |"
    desk = Desk(store, land=named)
    desk.land("xa", home="alpha")
    assert desk.findings() == ()
    desk.body("alpha", began="1990")
    (found,) = desk.findings()
    (other,) = found.others
    assert (other.source, other.respondent, other.label) == (SideSource.NO_ANSWER, "alpha", "Members")


def test_withheld_answers_are_marked(store: Workspace) -> None:
    """N-03"""
    desk = Desk(store, land=SINCE)
    body = desk.body("alpha", began="1995")
    desk.land("xa", {"which": "alpha", "since": "1990"})
    store.restrictions.restrict(body, "core")
    (found,) = desk.findings()
    assert not found.side.is_withheld
    assert found.others[0].is_withheld


def test_answers_in_conflict_are_told_as_such(tmp_path: Path) -> None:
    """N-03"""
    with (
        opened(tmp_path, "anna") as anna,
        opened(tmp_path, "boris") as boris,
        opened(tmp_path, "desk") as store,
    ):
        files = []
        for year, workspace in (("1995", anna), ("1999", boris)):
            response = Desk(workspace, land=SINCE).body("alpha", began=year)
            files.append(exported(workspace, response, tmp_path / f"{year}.iscm"))
        desk = Desk(store, land=SINCE)
        desk.land("xa", {"which": "alpha", "since": "1990"})
        merge(store, *files)
        (found,) = desk.findings()
        (other,) = found.others
        assert other.is_in_conflict
        assert {other.value, *other.other_values} == {"1995", "1999"}


def test_an_accepted_finding_comes_back_when_an_answer_changes(store: Workspace) -> None:
    """N-04"""
    desk = Desk(store, land=SINCE)
    desk.body("alpha", began="1995")
    desk.land("xa", {"which": "alpha", "since": "1990"})
    (found,) = desk.findings()
    with pytest.raises(IscmError):
        store.consistency.accept(found, "  ")
    store.consistency.accept(found, "It had another name then.")
    report = desk.report()
    assert report.open == ()
    (accepted,) = report.findings
    assert accepted.acceptance is not None
    assert (accepted.acceptance.reason, accepted.acceptance.by) == ("It had another name then.", "Desk")
    desk.body("alpha", began="1994")
    (back,) = desk.report().open
    assert back.id == found.id
    assert back.acceptance is not None
    assert not back.acceptance.is_current
    desk.body("alpha", began="1995")
    assert desk.report().open == ()
    store.consistency.withdraw(found)
    assert [one.acceptance for one in desk.report().open] == [None]
    store.consistency.withdraw(found)


def test_an_acceptance_travels_and_the_respondents_own_does_not_count(tmp_path: Path) -> None:
    """N-04: two coordinators meet; whoever answers cannot silence a rule."""
    with (
        opened(tmp_path, "can") as theirs,
        opened(tmp_path, "desk") as store,
        opened(tmp_path, "other") as other,
    ):
        respondent = Desk(theirs, land=SINCE)
        begun = (
            respondent.body("alpha", began="1995"),
            respondent.land("xa", {"which": "alpha", "since": "1990"}),
        )
        files = [exported(theirs, response, tmp_path / f"{response}.iscm") for response in begun]
        desks = [Desk(each, land=SINCE) for each in (store, other)]
        merge(store, *files)
        merge(other, *files)
        (found,) = desks[0].findings()
        land = found.side.response
        assert land is not None
        store.consistency.accept(found, "Known")
        merge(other, exported(store, land, tmp_path / "land.iscm"))
        assert desks[1].report().open == ()
        (accepted,) = desks[1].findings()
        assert accepted.acceptance is not None
        assert accepted.acceptance.by == "Desk"


def test_who_answers_cannot_accept(tmp_path: Path) -> None:
    """N-04"""
    odd = "| | odd | members | | | | | | . < 100 | Implausible |"
    with opened(tmp_path, "can") as theirs, opened(tmp_path, "desk") as store:
        respondent = Desk(theirs, body=odd)
        body = respondent.body("alpha", members="5000")
        (found,) = respondent.findings()
        theirs.consistency.accept(found, "Nothing to see here")
        assert respondent.report().open == ()
        desk = Desk(store, body=odd)
        merge(store, exported(theirs, body, tmp_path / "answers.iscm"))
        (there,) = desk.report().open
        assert there.id == found.id
        assert there.others == ()


def test_rules_that_fail_are_told_and_the_others_go_on(store: Workspace) -> None:
    """N-05"""
    desk = Desk(
        store,
        body="\n".join(
            [
                "| | odd | members | | | | | | . < 100 | Implausible |",
                "| | nowhere | members | | | | | | . < instance('nowhere')/root/x | No list |",
                "| | unknown | members | nobody | | x | | | . = ${other} | No form |",
            ]
        ),
    )
    for number in range(3):
        desk.body(f"b{number}", members="500", began="1990", paid="no")
    report = desk.report()
    told = {rule.name: rule.trouble for rule in report.rules}
    assert {one.rule for one in report.findings} == {"odd"}
    assert told["odd"] == ""
    assert "nowhere" in told["nowhere"]
    assert "nobody" in told["unknown"]


def test_an_endless_rule_is_stopped(store: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """N-05"""
    up = "ancestor::*//*"
    heavy = f"count(//*[count({up}[count({up}[count({up}) > 0]) > 0]) > 0]) < 0"
    rules = (f"| | heavy | members | | | | | | {heavy} | E |", "| | odd | began | | | | | | . > 0 | O |")
    desk = Desk(store, body="\n".join(rules))
    for number in range(12):
        desk.body(f"b{number}", members="500", began="1990", paid="no")
    monkeypatch.setattr("iscm_desktop.questionnaire.expression.budget.STEPS", 1_000)
    told = {rule.name: rule.trouble for rule in desk.report().rules}
    assert told["heavy"]
    assert not told["odd"]


def test_it_can_be_stopped(store: Workspace) -> None:
    desk = Desk(store, body="| | odd | members | | | | | | . < 100 | O |")
    desk.body("alpha", members="500")
    report = store.consistency.report(None, TaskProgress(should_stop=lambda: True))
    assert report is not None
    assert report.is_stopped
    assert report.findings == ()


def test_statements_do_not_grow_with_the_responses(store: Workspace) -> None:
    """N-06"""
    desk = Desk(store, land=SINCE)
    desk.body("alpha", began="1995")

    def statements() -> int:
        count = 0

        def on_execute(*_args: object) -> None:
            nonlocal count
            count += 1

        event.listen(Engine, "before_cursor_execute", on_execute)
        desk.report()
        event.remove(Engine, "before_cursor_execute", on_execute)
        return count

    desk.land("x0", {"which": "alpha", "since": "1990"})
    desk.report()
    few = statements()
    for number in range(1, 9):
        desk.land(f"x{number}", {"which": "alpha", "since": "1990"})
    assert len(desk.findings()) == 9
    assert statements() == few


def test_without_a_round_there_is_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "new.iscmdb", clock=Ticking()) as workspace:
        assert workspace.consistency.report() is None
