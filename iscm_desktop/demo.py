"""A sample round end to end, made of public facts: filled in separate stores, exported, merged, printed.

Each respondent answers in a store of its own, as on a computer of its own, so the round takes the road that
files take in real life. One answer is changed in two places and settled by the coordinator.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import _
from iscm_desktop.paths import resource
from iscm_desktop.private_files import make_private_folder
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.workspace import Workspace

ROUND = "2027"
_MARK = "SAMPLE ROUND.txt"

Sample = dict[str, Any]
"""One respondent's file in resources/demo: form, respondent, author, answers by question name."""


def sample_round(out: Path) -> tuple[Path, ...]:
    """Plays the whole round into `out` and returns the packages and documents written, in that order.

    Args:
        out: A new or empty folder, or one that holds an earlier sample round, which is replaced.

    Raises:
        IscmError: DEMO_FOLDER_TAKEN when `out` holds something else.
    """
    _prepare(out)
    samples = [_read(file) for file in sorted(resource("demo", "answers").glob("*.json"))]
    packages = [_answer(out, sample) for sample in samples]
    packages += _disagree(out)
    documents = _coordinate(out, packages)
    return (*packages, *documents)


def _prepare(out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise IscmError(AnswerProblem.DEMO_FOLDER_TAKEN, folder=out)
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("stores", "packages", "documents"):
        make_private_folder(out / folder)
    (out / _MARK).write_text(resource("demo", "README.md").read_text(encoding="utf-8"), encoding="utf-8")


def _read(file: Path) -> Sample:
    sample: Sample = json.loads(file.read_text(encoding="utf-8"))
    return sample


@contextmanager
def _computer(out: Path, owner: str, name: str, organization: str) -> Iterator[Workspace]:
    """The workspace of one person in this story."""
    with Workspace.open(out / "stores" / f"{owner}.iscmdb", keys_in_files=True) as workspace:
        workspace.set_person(name, organization)
        workspace.rounds.start(ROUND, _("Assessment {code}").format(code=ROUND))
        yield workspace


def _answer(out: Path, sample: Sample) -> Path:
    """One respondent fills the questionnaire, signs off and exports; returns the package."""
    with _computer(out, sample["respondent"], sample["author"], sample["organization"]) as workspace:
        response = workspace.responses.start(sample["form"], sample["respondent"], round=ROUND)
        session = workspace.responses.open_session(response)
        fill_session(session, sample["answers"])
        workspace.responses.save(response, session)
        workspace.sign_offs.sign(response, sample["signed_by"], sample["signed_function"])
        return workspace.exports.export(response, out / "packages" / f"{sample['respondent']}.iscm").path


def _disagree(out: Path) -> list[Path]:
    """A colleague opens the exported package and changes an answer; the first author changes it otherwise."""
    story = _read(resource("demo", "conflict.json"))
    respondent, path = story["respondent"], story["path"]
    package = out / "packages" / f"{respondent}.iscm"
    written = []
    for side in story["sides"]:
        with _computer(out, side["store"], side["author"], side["organization"]) as workspace:
            workspace.packages.apply(workspace.packages.plan([package]))
            response = workspace.responses.start(story["form"], respondent, round=ROUND)
            session = workspace.responses.open_session(response)
            fill_session(session, {path: side["value"]})
            workspace.responses.save(response, session)
            target = out / "packages" / f"{respondent}-{side['store']}.iscm"
            written.append(workspace.exports.export(response, target).path)
    return written


def _coordinate(out: Path, packages: list[Path]) -> list[Path]:
    """The coordinator merges all, settles what differs, and prints."""
    story = _read(resource("demo", "conflict.json"))
    with Workspace.open(out / "coordinator.iscmdb", keys_in_files=True) as workspace:
        workspace.set_person(_("Coordinator"), "IOM")
        workspace.rounds.start(ROUND, _("Assessment {code}").format(code=ROUND))
        workspace.packages.apply(workspace.packages.plan(packages))
        for conflict in workspace.conflicts.unsettled():
            kept = next(one for one in conflict.candidates if one.text == story["settled"]["value"])
            workspace.conflicts.resolve(conflict.id, keep=kept.revision_id, reason=story["settled"]["reason"])
        documents = out / "documents"
        written = list(workspace.summaries.write_pdfs(documents))
        for row in workspace.response_list.all():
            if row.form_id == "iscm":
                target = documents / f"questionnaire-{row.respondent}.pdf"
                workspace.documents.write_questionnaire(row.id, target)
                written.append(target)
        return written
