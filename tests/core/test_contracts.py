"""The contract of the window names every module of the core: a new one is forbidden or allowed on purpose."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "iscm_desktop"

ALLOWED = {
    "iscm_desktop.__main__", "iscm_desktop.errors", "iscm_desktop.failure_log",
    "iscm_desktop.file_names", "iscm_desktop.garbage_collection", "iscm_desktop.i18n",
    "iscm_desktop.machine_texts", "iscm_desktop.paths", "iscm_desktop.spelling", "iscm_desktop.text_limits",
    "iscm_desktop.presenters", "iscm_desktop.task_progress", "iscm_desktop.workspace",
    "iscm_desktop.questionnaire.answer_readings", "iscm_desktop.questionnaire.attached_files",
    "iscm_desktop.questionnaire.form_paths", "iscm_desktop.questionnaire.model",
    "iscm_desktop.questionnaire.name_search", "iscm_desktop.questionnaire.numbering",
    "iscm_desktop.questionnaire.other_answers", "iscm_desktop.questionnaire.range_steps",
    "iscm_desktop.session.form_session", "iscm_desktop.session.offers", "iscm_desktop.session.views",
}  # fmt: skip
SHARED = ("questionnaire", "session")
"""Rooms of which the window may use some modules."""


def inside(room: Path) -> set[str]:
    """The modules and sub-rooms directly in a room."""
    found = {path.stem for path in room.glob("*.py")} | {
        path.parent.name for path in room.glob("*/__init__.py")
    }
    return {".".join((*room.relative_to(ROOT).parts, name)) for name in found - {"__init__"}}


def test_each_module_is_forbidden_or_allowed_to_the_window() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (forbidden,) = (
        set(contract["forbidden_modules"])
        for contract in contracts["contracts"]
        if contract["name"].startswith("The window knows")
    )
    named = inside(CORE) - {f"iscm_desktop.{room}" for room in SHARED}
    for room in SHARED:
        named |= inside(CORE / room)
    assert forbidden | ALLOWED == named
    assert not forbidden & ALLOWED
