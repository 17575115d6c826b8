"""One examination: what planning refuses, applying refuses for the same reason, and the other way round.

E-01  A check added to the chain acts in both.
E-02  A file that is spoiled after the plan is refused as the plan would have refused it, or as changed.
E-03  What a plan let pass by mistake is refused when it is applied.
E-04  A plan tells of each file what merging it then does, while nothing else changes the store.
E-05  Sentences are made when they are shown.
E-06  Lines are checked when they are first read, and only then.
E-07  Nothing is left out of a file that nobody was shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError, Problem, TrustProblem
from iscm_desktop.exchange.merging.examination import ExpectedFile
from iscm_desktop.exchange.merging.merge_plan import (
    MergePlan,
    MergeReport,
    MergeResult,
    RefusedFile,
)
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.merging.merger import Merger
from iscm_desktop.exchange.package.package_reader import OpenedPackage
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.verification import Judgement, PackageVerifier
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.i18n import use_language
from iscm_desktop.workspace import Workspace
from tests.core.exchange.test_package_fuzz import AS_PACKAGES
from tests.support.packages import unsigned
from tests.support.workspaces import Ticking, answer, exported, opened

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A package that is signed, of a response with two answers."""
    folder = tmp_path_factory.mktemp("sender")
    with opened(folder, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC", story="Prose.")
        return exported(workspace, response, folder / "igc.iscm").read_bytes()


@pytest.fixture
def file(answers: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "igc.iscm"
    path.write_bytes(answers)
    return path


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "coordinator") as workspace:
        yield workspace


def merger(workspace: Workspace, verifier: PackageVerifier | None = None) -> Merger:
    return Merger(workspace._database, Ticking(), "device", "Carla", verifier or PackageVerifier())


def planned(merger: Merger, *paths: Path) -> MergePlan:
    return merger.plan(find_sources(paths, lambda: pytest.fail("nothing has to be unpacked")))


def reasons(done: MergePlan | MergeReport) -> list[tuple[Problem, dict[str, object]]]:
    """Of the refused files."""
    return [(file.problem, dict(file.particulars)) for file in done.files if isinstance(file, RefusedFile)]


class Suspicious(PackageVerifier):
    """Has one check more: nobody in this round is called Anna."""

    def judge(self, opened: OpenedPackage) -> Judgement:
        if opened.manifest.sender.name == "Anna":
            raise IscmError(TrustProblem.PROOF_WRONG, file=opened.path.name)
        return super().judge(opened)


def test_a_check_added_once_acts_in_both(coordinator: Workspace, file: Path) -> None:
    """E-01."""
    careless, suspicious = merger(coordinator), merger(coordinator, Suspicious())
    refused = reasons(planned(suspicious, file))
    assert refused == [(TrustProblem.PROOF_WRONG, {"file": "igc.iscm"})]
    assert reasons(suspicious.apply(planned(careless, file))) == refused
    assert coordinator.response_list.all() == ()


def test_a_check_of_the_questionnaire_acts_in_both(
    coordinator: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E-01: also one that comes late in the chain."""
    let_pass = planned(merger(coordinator), file)

    def refuse(_db: object, _package: object) -> None:
        raise IscmError(AnswerProblem.QUESTIONNAIRE_UNKNOWN, form="small")

    monkeypatch.setattr("iscm_desktop.exchange.merging.examination.check_questionnaire", refuse)
    refused = reasons(planned(merger(coordinator), file))
    assert refused == [(AnswerProblem.QUESTIONNAIRE_UNKNOWN, {"form": "small"})]
    assert reasons(merger(coordinator).apply(let_pass)) == refused


def with_manifest(answers: Members, **changes: object) -> Members:
    return {**answers, "manifest.json": json.dumps(json.loads(answers["manifest.json"]) | changes).encode()}


def with_revisions(answers: Members, lines: bytes) -> Members:
    """Hashes put right."""
    manifest: dict[str, Any] = json.loads(answers["manifest.json"])
    about = {"sha256": hashlib.sha256(lines).hexdigest(), "size": len(lines)}
    changed = {**answers, "revisions.jsonl": lines}
    return with_manifest(changed, members=manifest["members"] | {"revisions.jsonl": about})


@dataclass(frozen=True)
class Spoiled:
    """What somebody did to a package whose signature was removed before, and what is said of it."""

    name: str
    make: Callable[[Members], bytes]
    problem: Problem
    is_opened: bool = False  # it is wrong only once its lines are read


TERMS = {"by": "Anna", "due_on": None, "message": "", "parents": [], "sections": ["about"], "to": "Bela"}
DELEGATION = {"handed": [{"id": "0" * 32, "terms": TERMS}], "is_return": True}

SPOILED = (
    Spoiled("cut short", lambda whole: zipped(whole)[:-5], FileProblem.PACKAGE_DAMAGED),
    Spoiled("a letter", lambda _whole: b"Dear coordinator,", FileProblem.PACKAGE_FOREIGN),
    Spoiled(
        "newer", lambda whole: zipped(with_manifest(whole, format_version="2.0")), FileProblem.PACKAGE_TOO_NEW
    ),
    Spoiled("a member more", lambda whole: zipped({**whole, "virus.exe": b"x"}), FileProblem.PACKAGE_ODD),
    Spoiled(
        "longer",
        lambda whole: zipped({**whole, "revisions.jsonl": whole["revisions.jsonl"] + b"\n"}),
        FileProblem.PACKAGE_DAMAGED,
    ),
    Spoiled(
        "signed by nobody",
        lambda whole: zipped({**whole, "manifest.json.minisig": b"?"}),
        TrustProblem.SIGNATURE_BROKEN,
    ),
    Spoiled("no time", lambda whole: zipped(with_manifest(whole, made_at="now")), FileProblem.PACKAGE_DAMAGED),
    Spoiled(
        "fewer lines than it says",
        lambda whole: zipped(
            with_revisions(whole, b"".join(whole["revisions.jsonl"].splitlines(keepends=True)[:-1]))
        ),
        FileProblem.PACKAGE_CONTRADICTS,
        is_opened=True,
    ),
    Spoiled(
        "no public edition",
        lambda whole: zipped(with_manifest(whole, public={"left_out": 1})),
        FileProblem.PACKAGE_CONTRADICTS,
        is_opened=True,
    ),
    Spoiled(
        "no queries",
        lambda whole: zipped(with_manifest(whole, queries=[])),
        FileProblem.PACKAGE_CONTRADICTS,
        is_opened=True,
    ),
    Spoiled(
        "a delegation of nobody",
        lambda whole: zipped(with_manifest(whole, delegation=DELEGATION)),
        FileProblem.PACKAGE_CONTRADICTS,
        is_opened=True,
    ),
    Spoiled(
        "another questionnaire",
        lambda whole: zipped(
            with_manifest(
                whole, questionnaire=json.loads(whole["manifest.json"])["questionnaire"] | {"version": "7"}
            )
        ),
        FileProblem.PACKAGE_CONTRADICTS,
        is_opened=True,
    ),
)  # fmt: skip

every_spoiled = pytest.mark.parametrize("spoiled", [pytest.param(one, id=one.name) for one in SPOILED])


@every_spoiled
def test_a_file_spoiled_after_the_plan(coordinator: Workspace, file: Path, spoiled: Spoiled) -> None:
    """E-02."""
    merging = merger(coordinator)
    whole = unsigned(file)
    file.write_bytes(zipped(whole))
    plan = planned(merging, file)
    assert [one.result for one in plan.files] == [MergeResult.NEW]
    file.write_bytes(spoiled.make(whole))
    assert [problem for problem, _ in reasons(planned(merging, file))] == [spoiled.problem]
    ((problem, particulars),) = reasons(merging.apply(plan))
    same_answers = spoiled.is_opened and spoiled.name != "fewer lines than it says"
    expected = spoiled.problem if same_answers or not spoiled.is_opened else FileProblem.PACKAGE_CHANGED
    assert (problem, particulars["file"]) == (expected, "igc.iscm")
    assert coordinator.response_list.all() == ()


@every_spoiled
def test_a_file_that_a_plan_let_pass(coordinator: Workspace, file: Path, spoiled: Spoiled) -> None:
    """E-03: as if the plan had seen these very bytes and found nothing."""
    merging = merger(coordinator)
    whole = unsigned(file)
    (sound,) = planned(merging, file).planned
    file.write_bytes(spoiled.make(whole))
    seen = replace(sound, digest=PackageVerifier().open_file(file).digest) if spoiled.is_opened else sound
    refused = reasons(planned(merging, file))
    assert [problem for problem, _ in refused] == [spoiled.problem]
    assert reasons(merging.apply(MergePlan((seen,)))) == refused
    assert coordinator.response_list.all() == ()


def test_a_pile_turns_out_as_planned(coordinator: Workspace, answers: bytes, tmp_path: Path) -> None:
    """E-04: sound files among spoiled and hostile ones, the same answers under two names, the same pile twice."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.iscm").write_bytes(answers)
    whole = unsigned(inbox / "a.iscm")
    hostile = [data for _name, data, _suffix in AS_PACKAGES]
    for number, data in enumerate([*(one.make(whole) for one in SPOILED), *hostile]):
        (inbox / f"b{number:03}.iscm").write_bytes(data)
    (inbox / "c.iscm").write_bytes(answers)
    merging = merger(coordinator)
    for _time in range(2):
        plan = planned(merging, inbox)
        report = merging.apply(plan)
        assert [(file.path, file.result) for file in report.files] == [
            (file.path, file.result) for file in plan.files
        ]
        assert reasons(report) == reasons(plan)
    assert {file.path.name for file in plan.planned} >= {"a.iscm", "c.iscm"}
    assert all(file.result is MergeResult.SAME for file in plan.planned)
    assert len(coordinator.response_list.all()) == 1


def test_sentences_are_made_when_they_are_shown(coordinator: Workspace, file: Path, tmp_path: Path) -> None:
    """A plan is shown in the language that its reader has chosen meanwhile."""
    letter = tmp_path / "letter.iscm"
    letter.write_bytes(b"Dear coordinator,")
    merger(coordinator).apply(planned(merger(coordinator), file))
    plan = planned(merger(coordinator), file, letter)
    english = [explain(one) for one in plan.files]
    assert english[0] == "Nothing new: this file was merged before."
    use_language("fr")
    try:
        french = [explain(one) for one in plan.files]
    finally:
        use_language("en")
    assert all(one and one != other for one, other in zip(french, english, strict=True))


def test_lines_are_checked_when_they_are_first_read(coordinator: Workspace, file: Path) -> None:
    """E-06: a line that is no canonical revision, with the hashes put right, is refused by the plan itself."""
    whole = unsigned(file)
    lines = whole["revisions.jsonl"]
    for spoiled in (
        lines.replace(b'{"author"', b'{ "author"', 1),
        lines.replace(b'"author"', b'"writer"', 1),
    ):
        assert spoiled != lines
        file.write_bytes(zipped(with_revisions(whole, spoiled)))
        ((problem, _particulars),) = reasons(planned(merger(coordinator), file))
        assert problem is FileProblem.PACKAGE_DAMAGED
    assert coordinator.response_list.all() == ()


def test_what_nobody_was_shown_is_not_left_out() -> None:
    """E-07: a plan that saw nothing outside of the delegation does not cover a file with something there."""
    nothing_shown, shown = (
        ExpectedFile(digest="", response_id="", has_outside=has_outside, takes_outside=False)
        for has_outside in (False, True)
    )
    with pytest.raises(IscmError) as refused:
        nothing_shown.check_outside(("other/question",), "igc.iscm")
    assert refused.value.problem is FileProblem.PACKAGE_CHANGED
    nothing_shown.check_outside((), "igc.iscm")
    shown.check_outside(("other/question",), "igc.iscm")
