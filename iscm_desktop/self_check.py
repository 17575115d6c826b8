"""Proof that an installation works: opens every resource and does the whole job once, in a scratch folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.exchange.merging.merge_plan import MergeResult
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.trust.verification import Trust
from iscm_desktop.paths import RESOURCES
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.form_paths import outside_repeats
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One thing that was tried; `fault` is empty where it worked."""

    name: str
    fault: str


def check_everything() -> tuple[CheckStep, ...]:
    """Tries each step and goes on after a failure, so that one look tells all that is wrong."""
    with tempfile.TemporaryDirectory(prefix="iscm-self-check-") as folder:
        scratch = Path(folder)
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("open every resource", _open_resources),
            ("read the questionnaires", lambda: [catalogue.shipped(key) for key in catalogue.shipped_keys()]),
            ("read the registers", _read_registers),
            ("shape and order Arabic", _shape_arabic),
            ("migrate a fresh store, answer, export", lambda: _answer(scratch)),
            ("merge into another store", lambda: _merge(scratch)),
            ("print both documents", lambda: _print(scratch)),
            ("invite, encrypt, and know the answer again", lambda: _invite(scratch)),
            ("carry the data in a PDF, and read it back", lambda: _carry(scratch)),
            ("set a passphrase on a store, and open it with that", lambda: _protect(scratch)),
        )
        return tuple(CheckStep(name, _fault(attempt)) for name, attempt in steps)


def _fault(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    # The outermost layer of this command: whatever went wrong is what the report is for.
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _open_resources() -> None:
    files = [file for file in RESOURCES.rglob("*") if file.is_file()]
    if not files:
        raise FileNotFoundError(RESOURCES)
    for file in files:
        file.read_bytes()


def _read_registers() -> None:
    for register in (
        registers.mechanisms(),
        registers.themes(),
        registers.partners(),
        registers.territories("en"),
    ):
        if not register:
            raise ValueError("a register is empty")


def _shape_arabic() -> None:
    from iscm_desktop.reports.typesetting.text_shaping import check_shaping

    check_shaping()


def _answer(scratch: Path) -> None:
    with Workspace.open(scratch / "focal-point.iscmdb", keys_in_files=True) as workspace:
        response = workspace.responses.start("iscm", registers.mechanisms()[0].code)
        session = workspace.responses.open_session(response)
        question = next(
            question for question in session.questionnaire.questions() if question.kind is Kind.TEXT
        )
        session.answer(outside_repeats(question.path), "self-check")
        workspace.responses.save(response, session)
        workspace.exports.export(response, scratch / "answers.iscm")


def _merge(scratch: Path) -> None:
    with Workspace.open(scratch / "coordinator.iscmdb", keys_in_files=True) as workspace:
        workspace.packages.apply(workspace.packages.plan([scratch / "answers.iscm"]))
        if len(workspace.response_list.all()) != 1:
            raise ValueError("the merged response is not there")


def _print(scratch: Path) -> None:
    with Workspace.open(scratch / "coordinator.iscmdb", keys_in_files=True) as workspace:
        row = workspace.response_list.all()[0]
        workspace.documents.write_questionnaire(row.id, scratch / "questionnaire.pdf")
        workspace.summaries.write_pdf(row.respondent, scratch / "summary.pdf")


def _invite(scratch: Path) -> None:
    with Workspace.open(scratch / "inviting.iscmdb", keys_in_files=True) as workspace:
        workspace.invitations.issue_open(None, ["iscm"], "en", scratch / "open.iscminvite")
    with Workspace.open(scratch / "invited.iscmdb", keys_in_files=True) as workspace:
        code = registers.mechanisms()[0].code
        response = workspace.received_invitations.open_response(scratch / "open.iscminvite", "iscm", code, "")
        workspace.exports.export(response, scratch / "answers.iscm.age", encrypts=True)
    with Workspace.open(scratch / "inviting.iscmdb", keys_in_files=True) as workspace:
        (file,) = workspace.packages.plan([scratch / "answers.iscm.age"]).files
        if file.trust is not Trust.OPEN:
            raise ValueError(explain(file))


def _protect(scratch: Path) -> None:
    from iscm_desktop.workspace.store_protection import protect_store

    store = scratch / "focal-point.iscmdb"
    protect_store(store, "self-check self-check")
    with Workspace.open(store, keys_in_files=True) as workspace:
        if len(workspace.response_list.all()) != 1:
            raise ValueError("the protected response is not there")


def _carry(scratch: Path) -> None:
    with Workspace.open(scratch / "coordinator.iscmdb", keys_in_files=True) as workspace:
        workspace.pdf_exports.export(workspace.response_list.all()[0].id, scratch / "answers.pdf")
    with Workspace.open(scratch / "second.iscmdb", keys_in_files=True) as workspace:
        (file,) = workspace.packages.plan([scratch / "answers.pdf"]).files
        if file.result is not MergeResult.NEW:
            raise ValueError(explain(file))
