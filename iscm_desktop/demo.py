"""A sample round end to end, made of public facts: filled in separate stores, exported, merged, printed.

Each respondent answers in a store of its own, as on a computer of its own, so the round takes the road that
files take in real life: most by an invitation to them, one by an open invitation, one without any. One answer is
changed in two places and settled by the coordinator, who verifies the store in the end and writes receipts.
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
_BY_OPEN_INVITATION, _BY_NONE = frozenset({"ESP"}), frozenset({"iom"})
_MARK = "SAMPLE ROUND.txt"

Sample = dict[str, Any]
"""One respondent's file in resources/demo: form, respondent, author, answers by question name."""


def sample_round(out: Path) -> tuple[Path, ...]:
    """Plays the whole round into `out` and returns the packages, documents and receipts written, in that order.

    Args:
        out: A new or empty folder, or one that holds an earlier sample round, which is replaced.

    Raises:
        IscmError: DEMO_FOLDER_TAKEN when `out` holds something else.
    """
    _prepare(out)
    samples = [_read(file) for file in sorted(resource("demo", "answers").glob("*.json"))]
    invitations = _invite(out, samples)
    packages = [_answer(out, sample, invitations.get(sample["respondent"])) for sample in samples]
    packages += _disagree(out, invitations)
    documents = _coordinate(out, packages)
    return (*packages, *documents)


def _prepare(out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise IscmError(AnswerProblem.DEMO_FOLDER_TAKEN, folder=out)
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("invitations", "stores", "packages", "documents", "receipts"):
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


@contextmanager
def _coordinator(out: Path) -> Iterator[Workspace]:
    with Workspace.open(out / "coordinator.iscmdb", keys_in_files=True) as workspace:
        workspace.set_person(_("Coordinator"), "IOM")
        workspace.rounds.start(ROUND, _("Assessment {code}").format(code=ROUND))
        yield workspace


def _invite(out: Path, samples: list[Sample]) -> dict[str, Path]:
    """The coordinator issues invitations; gives them by the respondents who will have them."""
    folder = out / "invitations"
    with _coordinator(out) as workspace:
        rows = [
            row
            for sample in samples
            for row in workspace.respondents.ask(ROUND, sample["form"], [sample["respondent"]], "en", "")
        ]
        apart = _BY_OPEN_INVITATION | _BY_NONE
        issued = workspace.invitations.issue([row for row in rows if row.respondent not in apart], folder)
        anybody = workspace.invitations.issue_open(ROUND, (), "en", folder / "anybody.iscminvite")
    return {one.row.respondent: one.path for one in issued} | dict.fromkeys(_BY_OPEN_INVITATION, anybody.path)


def _start(workspace: Workspace, form: str, respondent: str, invitation: Path | None) -> str:
    """The response of a respondent, by the invitation where there is one."""
    if invitation is None:
        return workspace.responses.start(form, respondent, round=ROUND)
    return workspace.received_invitations.open_response(invitation, form, respondent, "")


def _answer(out: Path, sample: Sample, invitation: Path | None) -> Path:
    """One respondent fills the questionnaire, signs off and exports; returns the package."""
    with _computer(out, sample["respondent"], sample["author"], sample["organization"]) as workspace:
        response = _start(workspace, sample["form"], sample["respondent"], invitation)
        session = workspace.responses.open_session(response)
        fill_session(session, sample["answers"])
        workspace.responses.save(response, session)
        workspace.sign_offs.sign(response, sample["signed_by"], sample["signed_function"])
        return workspace.exports.export(response, out / "packages" / f"{sample['respondent']}.iscm").path


def _disagree(out: Path, invitations: dict[str, Path]) -> list[Path]:
    """A colleague opens the exported package and changes an answer; the first author changes it otherwise."""
    story = _read(resource("demo", "conflict.json"))
    respondent, path = story["respondent"], story["path"]
    package = out / "packages" / f"{respondent}.iscm"
    written = []
    for side in story["sides"]:
        with _computer(out, side["store"], side["author"], side["organization"]) as workspace:
            workspace.packages.apply(workspace.packages.plan([package]))
            response = _start(workspace, story["form"], respondent, invitations.get(respondent))
            session = workspace.responses.open_session(response)
            fill_session(session, {path: side["value"]})
            workspace.responses.save(response, session)
            target = out / "packages" / f"{respondent}-{side['store']}.iscm"
            written.append(workspace.exports.export(response, target).path)
    return written


def _coordinate(out: Path, packages: list[Path]) -> list[Path]:
    """The coordinator merges all, settles what differs, prints, verifies and writes receipts."""
    story = _read(resource("demo", "conflict.json"))
    with _coordinator(out) as workspace:
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
        workspace.verification.verify(with_signatures=True)
        written += [one.file for one in workspace.receipts.make_all(ROUND, out / "receipts")]
        return written
