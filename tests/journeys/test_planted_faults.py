"""Every planted fault is found by the tests: what they promise of merging, sealing and heads, they would notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.planted_faults import FAULTS, PlantedFault

ROOT = Path(__file__).parents[2]
PARTS = ("iscm_desktop", "resources", "tests", "docs", "pyproject.toml")
BY_NIGHT = pytest.mark.skipif(
    not os.environ.get("ISCM_PLANTED_FAULTS"), reason="plants by night: ./dev test --nightly"
)


def name_of(fault: PlantedFault) -> str:
    return fault.name.replace(" ", "-")


@pytest.mark.parametrize("fault", FAULTS, ids=name_of)
def test_each_fault_still_has_its_place(fault: PlantedFault) -> None:
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    assert all((ROOT / test).exists() for test in fault.tests)


def test_there_are_twenty() -> None:
    assert len({fault.name for fault in FAULTS}) >= 20


@BY_NIGHT
@pytest.mark.parametrize("fault", FAULTS, ids=name_of)
def test_each_fault_is_found(fault: PlantedFault, tmp_path: Path) -> None:
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    planted = tmp_path / fault.file
    planted.write_text(planted.read_text(encoding="utf-8").replace(fault.old, fault.new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-n0", *fault.tests]
    usual = {name: value for name, value in os.environ.items() if not name.startswith("ISCM_")}
    found = subprocess.run(
        command,
        cwd=tmp_path,
        env=usual | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1, found.stdout[-2000:]
    assert "failed" in found.stdout, found.stdout[-2000:]
