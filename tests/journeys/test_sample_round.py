"""The whole story: nine respondents fill in, export, a coordinator merges, settles, and prints.

J-01 The sample round leaves the packages, the summaries of three mechanisms and their questionnaires.
J-02 Packages merge to the same content in whatever order they come, and twice is as once.
J-03 Take an answer away and its sentence goes; add a partner and it appears under its type.
J-04 A folder with something else in it is left alone.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.demo import sample_round
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.summaries.summary import Summary
from iscm_desktop.workspace import Workspace
from tests.support.pdf_text import page_texts
from tests.support.summary_texts import all_shown, section_shown


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample round, played once for this module."""
    out = tmp_path_factory.mktemp("sample")
    sample_round(out)
    return out


@pytest.fixture
def coordinator(played: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A store of its own into which all packages of the round went."""
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        workspace.packages.apply(workspace.packages.plan(sorted((played / "packages").iterdir())))
        yield workspace


def response_of(workspace: Workspace, respondent: str) -> str:
    return next(row.id for row in workspace.response_list.all() if row.respondent == respondent)


def answer(workspace: Workspace, respondent: str, path: str, text: str) -> None:
    response = response_of(workspace, respondent)
    session = workspace.responses.open_session(response)
    session.answer(path, text)
    workspace.responses.save(response, session)


def written_in(summary: Summary, section: str) -> str:
    return next(section_shown(one) for one in summary.sections if one.key == section)


def test_the_round_leaves_what_it_promises(played: Path) -> None:
    """J-01."""
    packages = {file.stem for file in (played / "packages").glob("*.iscm")}
    assert {"igc", "pidc", "sacm", "iom", "CAN", "NLD", "NOR", "POL", "ESP"} <= packages
    documents = {file.name for file in (played / "documents").glob("*.pdf")}
    assert {"summary-igc.pdf", "summary-pidc.pdf", "summary-sacm.pdf", "questionnaire-igc.pdf"} <= documents
    with Workspace.open(played / "coordinator.iscmdb") as workspace:
        assert len(workspace.response_list.all()) == 9
        assert workspace.conflicts.unsettled() == ()


def test_the_round_is_proven(played: Path) -> None:
    """J-01: most came by an invitation to them; each respondent can check that their answers stand."""
    with Workspace.open(played / "coordinator.iscmdb", keys_in_files=True) as workspace:
        rest_on = workspace.trust.answers_rest_on("2027")
        assert rest_on["verified"] > rest_on["open_invitation"] > 0
        assert rest_on["new_device"] > 0
        assert workspace.verification.verify(with_signatures=True).is_whole
    receipts = {file.name for file in (played / "receipts").iterdir()}
    assert len(receipts) == 9
    with Workspace.open(played / "stores" / "NOR.iscmdb", keys_in_files=True) as norway:
        (own,) = (played / "receipts").glob("*nor*")
        assert norway.receipts.check(own).is_good


def test_the_printed_summary_counts_the_round_and_names_the_states(played: Path) -> None:
    """J-01."""
    text = " ".join(" ".join(page_texts((played / "documents" / "summary-igc.pdf").read_bytes())).split())
    assert "5 States, 3 ISCMs and 1 organization" in text
    assert "CHF" in text
    assert "120,000" in text
    for state in ("Canada", "the Netherlands", "Norway", "Poland", "Spain"):
        assert state in text
    assert "Security Council resolution 1244 (1999)" in text


def test_any_order_any_number_of_times(played: Path, tmp_path: Path) -> None:
    """J-02."""
    packages = sorted((played / "packages").iterdir())
    contents = []
    for seed in range(3):
        shuffled = [*packages, *packages]
        random.Random(seed).shuffle(shuffled)
        with Workspace.open(tmp_path / f"{seed}.iscmdb") as workspace:
            for package in shuffled:
                workspace.packages.apply(workspace.packages.plan([package]))
            contents.append(
                [all_shown(workspace.summaries.compose(row.mechanism)) for row in workspace.summaries.rows()]
            )
    assert contents[0] == contents[1] == contents[2]


def test_an_answer_taken_away_takes_its_sentence_along(coordinator: Workspace) -> None:
    """J-03."""
    assert "120,000" in written_in(coordinator.summaries.compose("igc"), "3")
    answer(coordinator, "igc", "ISC-E/ISC-E20", "")
    assert "120,000" not in all_shown(coordinator.summaries.compose("igc"))


def test_a_partner_appears_under_its_type(coordinator: Workspace) -> None:
    """J-03."""
    response = response_of(coordinator, "igc")
    session = coordinator.responses.open_session(response)
    entry = session.add_entry("ISC-F/ISC-F01")
    for name, text in {
        "ISC-F01.1": "University of Oslo",
        "ISC-F01.2": "academia",
        "ISC-F01.3": "regular",
    }.items():
        session.answer(f"{entry}/{name}", text)
    coordinator.responses.save(response, session)
    section = next(one for one in coordinator.summaries.compose("igc").sections if one.key == "4")
    academia = next(paragraph for paragraph in section.paragraphs if paragraph.lead.startswith("Academia"))
    assert "University of Oslo" in academia.text


def test_a_state_that_stays_anonymous_is_counted_and_never_named(coordinator: Workspace) -> None:
    answer(coordinator, "NOR", "STA-F/STA-F02", "anonymous")
    summary = coordinator.summaries.compose("igc")
    assert "Norway" not in all_shown(summary)
    assert "ll five States" in written_in(summary, "5")


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    """J-04."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(IscmError) as refused:
        sample_round(tmp_path)
    assert refused.value.problem is AnswerProblem.DEMO_FOLDER_TAKEN
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
