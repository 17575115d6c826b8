"""Proof that an installation works: opens every resource and does the whole job once, in a scratch folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.paths import RESOURCES
from iscm_desktop.questionnaire import library, registers
from iscm_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried; `fault` is empty where it worked."""

    name: str
    fault: str


def check_everything() -> tuple[Step, ...]:
    """Tries each step and goes on after a failure, so that one look tells all that is wrong."""
    with tempfile.TemporaryDirectory(prefix="iscm-self-check-") as folder:
        scratch = Path(folder)
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("open every resource", _open_resources),
            ("read the questionnaires", lambda: [library.shipped(key) for key in library.shipped_keys()]),
            ("read the registers", _read_registers),
            ("shape and order Arabic", _shape_arabic),
            ("migrate a fresh store, answer, export", lambda: _answer(scratch)),
            ("merge into another store", lambda: _merge(scratch)),
            ("print both documents", lambda: _print(scratch)),
        )
        return tuple(Step(name, _fault(attempt)) for name, attempt in steps)


def _fault(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the report
        return f"{type(error).__name__}: {error}"
    return ""


def _open_resources() -> None:
    files = [file for file in RESOURCES.rglob("*") if file.is_file()]
    if not files:
        raise FileNotFoundError(RESOURCES)
    for file in files:
        file.read_bytes()


def _read_registers() -> None:
    if not (registers.mechanisms() and registers.themes() and registers.partners() and registers.territories("en")):
        raise ValueError("a register is empty")


def _shape_arabic() -> None:
    from iscm_desktop.reports.text import check_shaping

    check_shaping()


def _answer(scratch: Path) -> None:
    with Workspace.open(scratch / "focal-point.iscmdb") as workspace:
        response = workspace.new_response("iscm", registers.mechanisms()[0].code)
        session = workspace.session(response)
        first = next(view for view in _text_questions(session))
        session.answer(first, "self-check")
        workspace.save(response, session)
        workspace.export_package(response, scratch / "answers.iscm")


def _text_questions(session: object) -> list[str]:
    from iscm_desktop.questionnaire.model import Kind
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.views import QuestionView

    assert isinstance(session, FormSession)
    first = session.section(session.sections()[0].path)
    return [item.path for item in first.items if isinstance(item, QuestionView) and item.kind is Kind.TEXT and item.is_asked]


def _merge(scratch: Path) -> None:
    with Workspace.open(scratch / "coordinator.iscmdb") as workspace:
        workspace.apply_merge(workspace.plan_merge([scratch / "answers.iscm"]))
        if len(workspace.responses()) != 1:
            raise ValueError("the merged response is not there")


def _print(scratch: Path) -> None:
    with Workspace.open(scratch / "coordinator.iscmdb") as workspace:
        row = workspace.responses()[0]
        workspace.write_questionnaire_pdf(row.id, scratch / "questionnaire.pdf")
        workspace.write_summary_pdf(row.respondent, scratch / "summary.pdf")
