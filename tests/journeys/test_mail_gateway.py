"""Files on their way through the world: a ministry's gateway, a forwarded mail, an archive, a printer.

A secretariat exports the PDF that carries its data. It is changed on the way as such files are; the coordinator
merges whatever comes in, from the window's door and from the command line's.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pytest

from iscm_desktop.cli import main
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.support.mail import mail, written

TOLD = "It began as a circle of States. – Это начало. – بدأت الآلية."


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF that the secretariat sends."""
    folder = tmp_path_factory.mktemp("secretariat")
    with Workspace.open(folder / "igc.iscmdb") as workspace:
        workspace.set_person("Anna Berg", "IGC secretariat")
        workspace.rounds.start("2027", "Assessment 2027")
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        session.answer("ISC-B/ISC-B06", TOLD)
        workspace.responses.save(response, session)
        workspace.pdf_exports.export(response, folder / "IGC_ISCM_2027.pdf")
        workspace.exports.export(response, folder / "IGC_ISCM_2027.iscm")
    return folder / "IGC_ISCM_2027.pdf"


def through_gateway(data: bytes) -> bytes:
    """Linearized, packed anew, the attachment renamed: what scanners of attachments do."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        specification = document.Root.AF[0]
        specification.F = specification.UF = pikepdf.String("attachment.bin")
        document.save(out, linearize=True, recompress_flate=True)
    return out.getvalue()


def printed_again(data: bytes) -> bytes:
    """Pages only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document, pikepdf.new() as paper:
        paper.pages.extend(document.pages)
        paper.save(out)
    return out.getvalue()


def test_the_answers_arrive_however_they_travelled(carried: Path, tmp_path: Path) -> None:
    data = carried.read_bytes()
    inbox = tmp_path / "inbox"
    (inbox / "week 1").mkdir(parents=True)
    (inbox / "week 1" / "IGC scanned by gateway.pdf").write_bytes(through_gateway(data))
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    first = mail(("ATT00001.pdf", through_gateway(data)), ("logo.png", b"\x89PNG"))
    written(mail(first, subject="Fwd: our answers"), inbox / "Fwd our answers.eml")
    with zipfile.ZipFile(inbox / "courier.zip", "w") as archive:
        archive.write(carried, "stick/IGC.pdf")
        archive.write(carried.with_suffix(".iscm"), "stick/IGC.iscm")
    (inbox / "printed.pdf").write_bytes(printed_again(data))
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        plan = workspace.packages.plan([inbox])
        assert workspace.response_list.all() == ()
        by_name = {(file.source.within, file.path.name): file.result.value for file in plan.files}
        assert by_name == {
            ("courier.zip", "IGC.pdf"): "same",
            ("courier.zip", "IGC.iscm"): "same",
            ("Fwd our answers.eml", "ATT00001.pdf"): "new",
            ("", "IGC scanned by gateway.pdf"): "same",
            ("", "photo.jpg"): "not looked into",
            ("", "printed.pdf"): "refused",
        }
        printed = next(file for file in plan.files if file.path.name == "printed.pdf")
        assert "no data inside; ask for the original file" in explain(printed)
        report = workspace.packages.apply(plan)
        assert [file.result for file in report.files] == [file.result for file in plan.files]
        assert all(file.source.origin.startswith(str(inbox)) for file in report.files)
        (row,) = workspace.response_list.all()
        assert workspace.responses.open_session(row.id).view("ISC-B/ISC-B06").text == TOLD
        assert workspace.conflicts.history(row.id, "ISC-B/ISC-B06")[0].source == "ATT00001.pdf"
        workspace.operations.take_back(report.operation)
        assert workspace.response_list.all() == ()
        workspace.operations.put_back(report.operation)
        assert len(workspace.response_list.all()) == 1
    again = sorted(path.name for path in inbox.rglob("*") if path.is_file())
    assert again == [
        "Fwd our answers.eml",
        "IGC scanned by gateway.pdf",
        "courier.zip",
        "photo.jpg",
        "printed.pdf",
    ]


def test_a_stop_leaves_a_whole_state(carried: Path, tmp_path: Path) -> None:
    mails = [
        written(mail(("a.pdf", carried.read_bytes())), tmp_path / f"{number}.eml") for number in range(3)
    ]
    with Workspace.open(tmp_path / "coordinator.iscmdb") as workspace:
        looked: list[int] = []

        def after_the_first(done: int, total: int) -> None:
            looked.append(done)

        plan = workspace.packages.plan(mails, TaskProgress(after_the_first, lambda: 1 in looked))
        assert len(plan.files) < 3
        report = workspace.packages.apply(
            workspace.packages.plan(mails), TaskProgress(should_stop=lambda: True)
        )
        assert report.is_stopped
        assert workspace.response_list.all() == ()


def test_on_the_command_line(carried: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = written(mail(("IGC.pdf", carried.read_bytes())), tmp_path / "m.eml")
    store = str(tmp_path / "c.iscmdb")
    assert main(["--store", store, "merge", "--dry-run", str(message)]) == 0
    assert "1 file: 1 new, 0 the same, 0 newer, 0 in conflict, 0 refused" in capsys.readouterr().out
    assert main(["--store", store, "--json", "merge", str(message)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["files"][0]["within"] == "m.eml"
    out = tmp_path / "again.pdf"
    assert main(["--store", store, "export", "igc", "-o", str(out)]) == 0
    assert len(out.read_bytes()) < 150_000
    with Workspace.open(tmp_path / "third.iscmdb") as workspace:
        assert [file.result.value for file in workspace.packages.plan([out]).files] == ["new"]
