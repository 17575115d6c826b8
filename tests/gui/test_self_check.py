"""The window proves by itself that it works; the guide is found wherever the program lies."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from iscm_desktop.paths import RESOURCES, guide_folder, window_command
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.window_check import check_window

ROOT = RESOURCES.parent


def test_the_window_checks_itself(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_window() == 0
    said = capsys.readouterr().out
    assert "ok  page summaries" in said
    assert "ok  form" in said
    assert "FAILED" not in said


def test_a_page_that_fails_is_told(
    qapp: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_page: QuestionnairesPage) -> None:
        raise ZeroDivisionError("the page is broken")

    monkeypatch.setattr(QuestionnairesPage, "_read", fail)
    assert check_window() == 1
    assert "the page is broken" in capsys.readouterr().out


def test_the_guide_is_found_in_the_source_and_where_a_wheel_puts_it(tmp_path: Path) -> None:
    assert list(guide_folder().glob("*.md"))
    resources = tmp_path / "iscm_desktop" / "resources"
    assert guide_folder(resources) == tmp_path / "iscm_desktop" / "docs" / "guide"
    (resources / "guide").mkdir(parents=True)
    assert guide_folder(resources) == resources / "guide"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["docs/guide"] == "iscm_desktop/resources/guide"


def test_the_command_that_opens_the_window(tmp_path: Path) -> None:
    command = window_command(str(tmp_path / "store.iscmdb"))
    assert command[-2:] == ["--store", str(tmp_path / "store.iscmdb")]
    help_text = subprocess.run(
        [*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "--self-check" in help_text
    assert command[0] == sys.executable
