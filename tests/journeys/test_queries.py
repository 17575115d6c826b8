"""A coordinator asks about answers; the respondent sees it, answers or explains; the reply closes it.

Q-01 The file carries question, text and asker, and no answers.
Q-02 The respondent sees the query at its question; the reply closes it at the coordinator's, with the new answer.
Q-03 Nothing is lost when both go on working meanwhile: neither answers, nor a second query, nor a second reply.
Q-04 A file of queries meets the response that it asks about, or is refused in words.
Q-05 A query in sections that were handed over reaches the colleague, and the reply comes back.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.merging.merge_wording import explain
from tests.support.workspaces import FEE, NAME, STORY, Ticking, answer, exported, merge, opened, text_at


class Round:
    """A respondent who has answered, and a coordinator who has the answers."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, clock = folder, Ticking()
        self.anna, self.cora, self.bela = (
            stack.enter_context(opened(folder, name, clock=clock)) for name in ("anna", "cora", "bela")
        )
        self.response = self.anna.responses.start("small", "igc")
        answer(self.anna, self.response, name="IGC", story="As it began")
        merge(self.cora, exported(self.anna, self.response, folder / "first.iscm"))

    def asked(self, name: str = "queries") -> Path:
        """The coordinator's open queries, as a file."""
        return self.cora.queries.export(self.response, self.folder / f"{name}.iscm").path


@pytest.fixture
def survey(tmp_path: Path) -> Iterator[Round]:
    with ExitStack() as stack:
        yield Round(tmp_path, stack)


def test_the_file_carries_question_text_and_asker_alone(survey: Round) -> None:
    """Q-01."""
    survey.cora.queries.ask(survey.response, STORY, "Could you say which States began it?")
    file = survey.asked()
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = [json.loads(line) for line in archive.read("revisions.jsonl").splitlines()]
    (query,) = manifest["queries"]
    assert (query["path"], query["label"], query["asker"]) == (STORY, "Story", "Cora")
    assert query["text"] == "Could you say which States began it?"
    assert [line["kind"] for line in lines] == ["query"]


def test_asked_answered_and_closed(survey: Round) -> None:
    """Q-02."""
    asked = survey.cora.queries.ask(survey.response, STORY, "Which States?")
    assert merge(survey.anna, survey.asked()) == ["newer"]
    (query,) = survey.anna.queries.rows(survey.response)
    assert (query.path, query.asker, query.text, query.answer) == (
        STORY,
        "Cora",
        "Which States?",
        "As it began",
    )
    assert query.is_open
    assert not query.is_ours
    answer(survey.anna, survey.response, story="It began with six States")
    survey.anna.queries.reply(asked, "Added the number.")
    assert not survey.anna.queries.rows()[0].is_open
    merge(survey.cora, exported(survey.anna, survey.response, survey.folder / "second.iscm"))
    (closed,) = survey.cora.queries.rows()
    assert not closed.is_open
    assert [(reply.by, reply.text) for reply in closed.replies] == [("Anna", "Added the number.")]
    assert text_at(survey.cora, survey.response, STORY) == "It began with six States"
    with pytest.raises(IscmError) as refused:
        survey.asked("none")
    assert refused.value.problem is FileProblem.QUERIES_NONE_OPEN


def test_both_go_on_working_meanwhile(survey: Round) -> None:
    """Q-03."""
    first = survey.cora.queries.ask(survey.response, STORY, "Which States?")
    file = survey.asked()
    answer(survey.anna, survey.response, fee="yes")
    second = survey.cora.queries.ask(survey.response, NAME, "In full, please?")
    answer(survey.cora, survey.response, name="IGC (corrected by telephone)")
    merge(survey.anna, file)
    survey.anna.queries.reply(first, "Six of them.")
    answer(survey.anna, survey.response, story="Six States")
    merge(survey.cora, exported(survey.anna, survey.response, survey.folder / "second.iscm"))
    merge(survey.anna, exported(survey.cora, survey.response, survey.folder / "third.iscm"))
    for store in (survey.anna, survey.cora):
        assert text_at(store, survey.response, NAME) == "IGC (corrected by telephone)"
        assert text_at(store, survey.response, STORY) == "Six States"
        assert text_at(store, survey.response, FEE) == "yes"
        assert {row.id: row.is_open for row in store.queries.rows()} == {first: False, second: True}
        assert not store.conflicts.unsettled()


def test_two_replies_that_did_not_know_of_each_other_both_stay(survey: Round) -> None:
    """Q-03: two ministries reply; the coordinator reads both."""
    asked = survey.cora.queries.ask(survey.response, STORY, "Which States?")
    file = survey.asked()
    merge(survey.bela, exported(survey.anna, survey.response, survey.folder / "copy.iscm"), file)
    merge(survey.anna, file)
    survey.anna.queries.reply(asked, "Six.")
    survey.bela.queries.reply(asked, "Seven.")
    merge(
        survey.cora,
        exported(survey.anna, survey.response, survey.folder / "a.iscm"),
        exported(survey.bela, survey.response, survey.folder / "b.iscm"),
    )
    assert {reply.text for reply in survey.cora.queries.rows()[0].replies} == {"Six.", "Seven."}
    assert not survey.cora.conflicts.unsettled()


def test_a_reply_is_corrected_and_a_query_withdrawn(survey: Round) -> None:
    asked = survey.cora.queries.ask(survey.response, STORY, "Which States?")
    survey.cora.queries.reply(asked, "Six.")
    survey.cora.queries.reply(asked[:6], "Seven.")
    assert [reply.text for reply in survey.cora.queries.rows()[0].replies] == ["Seven."]
    other = survey.cora.queries.ask(survey.response, NAME, "In full?")
    survey.cora.queries.withdraw(other)
    assert not any(row.is_open for row in survey.cora.queries.rows())


def test_a_response_that_is_elsewhere(survey: Round) -> None:
    """Q-04."""
    survey.cora.queries.ask(survey.response, STORY, "Which States?")
    (file,) = survey.bela.packages.plan([survey.asked()]).files
    assert file.result.value == "refused"
    assert "not on this computer" in explain(file)
    assert not survey.bela.response_list.all()


def test_asking_about_nothing(survey: Round) -> None:
    with pytest.raises(IscmError) as refused:
        survey.cora.queries.ask(survey.response, "about/nowhere", "What?")
    assert refused.value.problem is FileProblem.QUERY_WITHOUT_QUESTION
    with pytest.raises(IscmError) as refused:
        survey.cora.queries.ask(survey.response, STORY, "  ")
    assert refused.value.problem is FileProblem.QUERY_BLANK


def test_through_a_colleague(survey: Round) -> None:
    """Q-05."""
    asked = survey.cora.queries.ask(survey.response, STORY, "Which States?")
    merge(survey.anna, survey.asked())
    handed = survey.anna.delegations.hand_over(
        survey.response, ["about"], to="Bela", target=survey.folder / "for-bela.iscm"
    )
    merge(survey.bela, handed.path)
    assert [row.id for row in survey.bela.queries.rows()] == [asked]
    survey.bela.queries.reply(asked, "Six.")
    merge(survey.anna, exported(survey.bela, survey.response, survey.folder / "back.iscm"))
    merge(survey.cora, exported(survey.anna, survey.response, survey.folder / "all.iscm"))
    assert survey.cora.queries.rows()[0].replies[0].by == "Bela"


def test_one_file_per_respondent(survey: Round) -> None:
    other = survey.anna.responses.start("small", "pidc")
    merge(survey.cora, exported(survey.anna, other, survey.folder / "pidc.iscm"))
    survey.cora.queries.ask(survey.response, STORY, "Which States?")
    survey.cora.queries.ask(other, NAME, "In full?")
    files = survey.cora.queries.export_all(survey.folder / "out")
    assert sorted(file.path.name for file in files) == ["questions-igc-2027.iscm", "questions-pidc-2027.iscm"]
