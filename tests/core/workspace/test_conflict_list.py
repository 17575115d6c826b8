"""Conflicts as a list to work through.

L-01  The list names the same conflicts as the chooser, whatever kind they are of.
L-02  Weight is what hangs on an answer: questions that are decided by it, and parts of the summary that it feeds.
L-03  It is sorted and searched by respondent, question and weight.
L-04  A settlement can be taken back by itself, and put in again.
L-05  Several are asked about at once, or none where one cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.presenters.conflict_table import ConflictOrder, arrange_conflicts, weight_words
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.answer_weight import weight_at
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import (
    CHF,
    FEE,
    NAME,
    PARTNER,
    STORY,
    answer,
    exported,
    merge,
    opened,
    small_form,
)


def sent(folder: Path, who: str, respondent: str, start: Path | None, **answers: str) -> Path:
    with opened(folder, who) as theirs:
        if start is not None:
            merge(theirs, start)
        response = theirs.responses.start("small", respondent)
        answer(theirs, response, **answers)
        return exported(theirs, response, folder / f"{who}-{respondent}.iscm")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """Four conflicts: of the IGC about its name, whether there is a fee, and a partner; of the RCM about its story."""
    with opened(tmp_path, "start") as start:
        response = start.responses.start("small", "igc")
        session = start.responses.open_session(response)
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", "UNHCR")
        start.responses.save(response, session)
        first = exported(start, response, tmp_path / "start.iscm")
    files = []
    for who, name, fee in (("anna", "IGC", "yes"), ("ben", "The IGC", "no")):
        with opened(tmp_path, who) as theirs:
            merge(theirs, first)
            answer(theirs, response, name=name, fee=fee)
            session = theirs.responses.open_session(response)
            if who == "anna":
                session.remove_entry(entry)
            else:
                session.answer(f"{entry}/who", "IOM")
            theirs.responses.save(response, session)
            files.append(exported(theirs, response, tmp_path / f"{who}.iscm"))
    files += [sent(tmp_path, who, "rcm", None, story=f"As {who} tells it") for who in ("carl", "dora")]
    with opened(tmp_path, "desk") as workspace:
        merge(workspace, *files)
        yield workspace


def test_the_list_names_what_the_chooser_shows(desk: Workspace) -> None:
    """L-01."""
    rows, whole = desk.conflict_list.rows(), desk.conflicts.unsettled()
    assert {row.id for row in rows} == {row.id for row in whole}
    assert len(rows) == 4
    by_id = {row.id: row for row in whole}
    for row in rows:
        one = by_id[row.id]
        assert (row.label, row.number, row.respondent_name) == (one.label, one.number, one.respondent_name)
        assert desk.conflicts.one(row.response_id, row.id) == one
    names = next(row for row in rows if row.path == NAME)
    assert set(names.values) == {"IGC", "The IGC"}
    assert next(row for row in rows if row.path == FEE).values in (("Yes", "No"), ("No", "Yes"))


def test_weight_counts_what_hangs_on_an_answer() -> None:
    """L-02."""
    form = small_form()
    assert weight_at(form, TemplatePath(FEE)).questions == 1  # the amount is asked only where there is a fee
    assert weight_at(form, TemplatePath(CHF)).total == 0
    assert weight_at(form, TemplatePath(PARTNER)).questions == 2  # who, and since when
    assert weight_at(form, TemplatePath("nowhere")).total == 0


def test_what_feeds_the_summary_weighs_more() -> None:
    """L-02: and no question weighs by itself."""
    igc = catalogue.shipped("iscm")
    weights = {item.path: weight_at(igc, item.path) for item in igc.questions()}
    fee = next(path for path in weights if path.endswith("ISC-E20"))
    assert weights[fee].feeds == ("S3",)
    assert "feeds the summary (S3)" in weight_words(weights[fee])
    assert any(weight.total == 0 for weight in weights.values())
    assert max(weight.questions for weight in weights.values()) < len(weights)


def test_it_is_sorted_and_searched(desk: Workspace) -> None:
    """L-03."""
    rows = desk.conflict_list.rows()

    def shown(order: ConflictOrder, **wanted: str) -> list[str]:
        return [row.path.partition("/")[2] for row in arrange_conflicts(rows, order, **wanted)]

    weights = [row.weight.total for row in arrange_conflicts(rows, ConflictOrder.WEIGHT)]
    assert weights == sorted(weights, reverse=True)
    assert shown(ConflictOrder.RESPONDENT, respondent="rcm") == ["story"]
    assert shown(ConflictOrder.QUESTION, question="name") == ["name"]
    assert shown(ConflictOrder.RESPONDENT, search="DORA tells") == ["story"]
    assert shown(ConflictOrder.RESPONDENT, search="dora xyz") == []
    turned = arrange_conflicts(rows, ConflictOrder.WEIGHT, is_turned=True)
    assert [row.weight.total for row in turned] == sorted(weights)


def test_a_settlement_is_taken_back_by_itself(desk: Workspace) -> None:
    """L-04."""
    before = {row.id for row in desk.conflict_list.rows()}
    row = next(row for row in desk.conflict_list.rows() if row.path == STORY)
    operation = desk.conflicts.resolve(row.id, value="As both tell it", reason="Agreed")
    assert {one.id for one in desk.conflict_list.rows()} == before - {row.id}
    assert desk.conflicts.one(row.response_id, row.id) is None
    assert desk.operations.take_back(operation)
    assert {one.id for one in desk.conflict_list.rows()} == before
    assert desk.operations.put_back(operation)
    assert {one.id for one in desk.conflict_list.rows()} == before - {row.id}
    assert desk.responses.open_session(row.response_id).view(AnswerPath(STORY)).text == "As both tell it"
    assert desk.verification.verify().findings == ()


def test_several_are_asked_about_at_once(desk: Workspace) -> None:
    """L-05."""
    rows = [row for row in desk.conflict_list.rows() if row.may_be_asked]
    ids = desk.queries.ask_all([(row.response_id, row.path) for row in rows], "Which is right?")
    assert len(ids) == len(rows)
    assert {(row.response_id, row.path) for row in desk.queries.rows() if row.is_open} == {
        (row.response_id, row.path) for row in rows
    }
    with pytest.raises(IscmError) as refused:
        desk.queries.ask_all(
            [(rows[0].response_id, rows[0].path), (rows[0].response_id, AnswerPath("x/y"))], "?"
        )
    assert refused.value.problem is FileProblem.QUERY_WITHOUT_QUESTION
    assert len(desk.queries.rows()) == len(rows)
