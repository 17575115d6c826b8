"""Whatever people type: it is refused in words where they type it, or every file with it merges elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError, Problem, TextProblem
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.text_limits import TextLimit
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, STORY, answer, opened

CHARACTERS = st.characters() | st.sampled_from("\0\ud800\udfff\u202e\u2066\u0301\u200b\n\x1b\x7f😀<&\"'")
TEXTS = st.text(CHARACTERS, max_size=30)
LENGTHS = st.sampled_from([99, 100, 101, 999, 1000, 1001, 1999, 2001, 19_999, 20_000, 20_001, 70_000])
TYPED = TEXTS | st.tuples(st.text(CHARACTERS, min_size=1, max_size=3), LENGTHS).map(
    lambda drawn: (drawn[0] * drawn[1])[: drawn[1]]
)

Type = Callable[[Workspace, str, str], object]


def _person(workspace: Workspace, _response: str, text: str) -> None:
    workspace.set_person(text, "Ministry")


def _settled(workspace: Workspace, response: str, text: str) -> None:
    workspace.sign_offs.sign(response, text or "-", "Director")


FIELDS: dict[str, Type] = {
    "person": _person,
    "organization": lambda workspace, _response, text: workspace.set_person("Anna", text),
    "round title": lambda workspace, _response, text: workspace.rounds.start("2027", text),
    "answer": lambda workspace, response, text: answer(workspace, response, story=text),
    "note": lambda workspace, response, text: workspace.notes.put(response, NAME, text),
    "query": lambda workspace, response, text: workspace.queries.ask(response, STORY, f"? {text}"),
    "signatory": _settled,
    "function": lambda workspace, response, text: workspace.sign_offs.sign(response, "Anna", text),
    "coordinator": lambda workspace, _response, text: workspace.keys.add_coordinator(
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", text
    ),
}
"""What is typed into a store, after which every kind of file is written from it."""
UNNAMED = (AnswerProblem.SIGN_OFF_UNNAMED,)
"""What is said of blanks where a name is needed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed")


def refusal(action: Callable[[], object]) -> Problem | None:
    """The problem that somebody is told of who does this; None where it is done."""
    try:
        action()
    except IscmError as refused:
        return refused.problem
    return None


def _everything(workspace: Workspace, response: str, folder: Path, text: str) -> list[Path]:
    """A package, a PDF, a delegation and queries, all with a text of whoever hands over."""
    section = workspace.delegations.sections_to_share(response)[0][0]
    files = [
        workspace.exports.export(response, folder / "package.iscm").path,
        workspace.queries.export(response, folder / "queries.iscm").path,
    ]
    for to, message in ((text, ""), ("Bela", text)):
        target = folder / f"delegation {bool(message)}.iscm"
        wanted = {"to": to if to.strip() else "Bela", "message": message}
        if problem := refusal(
            partial(workspace.delegations.hand_over, response, [section], target=target, **wanted)
        ):
            assert problem in {*TextProblem, FileProblem.DELEGATION_WITHOUT_NAME}
            assert not target.exists()
        else:
            files.append(target)
    return files


@pytest.mark.parametrize("field", FIELDS)
@given(text=TYPED)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_is_refused_in_words_or_every_file_with_it_merges(field: str, folder: Path, text: str) -> None:
    for file in folder.iterdir():
        if file.is_file():
            file.unlink()
    with opened(folder, "there") as there:
        response = there.responses.start("small", "igc")
        answer(there, response, name="Anna")
        there.queries.ask(response, NAME, "Why?")
        assert refusal(partial(FIELDS[field], there, response, text)) in {None, *TextProblem, *UNNAMED}
        files = _everything(there, response, folder, text)
        row = RespondentRow("2027", "small", "igc", "IGC", "en", "")
        invitation = there.invitations.issue_one(row, folder / "i.iscminvite").path
    with opened(folder, "here") as here:
        plan = here.packages.plan(files[:1])
        assert not plan.refused, plan.refused
        here.packages.apply(plan)
        for file in files[1:]:
            plan = here.packages.plan([file])
            assert not plan.refused, plan.refused
            here.packages.apply(plan)
        assert here.received_invitations.look_at(invitation).round_code == "2027"


@given(code=TYPED)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_round_has_a_code_that_files_can_hold_or_is_not_started(folder: Path, code: str) -> None:
    with opened(folder, "rounds") as workspace:
        try:
            started = workspace.rounds.start(code, "A title")
        except IscmError:
            assert code not in {row.code for row in workspace.rounds.all()} or not code
            return
        assert 0 < len(started.code) <= TextLimit.CODE.most
        response = workspace.responses.start("small", "igc", round=code)
        file = workspace.exports.export(response, folder / "round.iscm").path
        assert not workspace.packages.plan([file]).refused
