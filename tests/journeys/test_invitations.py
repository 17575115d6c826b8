"""A coordinator invites three States by a list; three computers answer; the answers come back encrypted.

J-21 Who was invited, whose answers are here, and how far each file is proven, is shown all along.
J-22 Nobody on the way can read what was sent, and nobody can change it unnoticed.
J-23 300 invitations are issued in moments, each of a few kilobytes; Stop leaves whole ones.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.trust.invitation_file import read_invitation
from iscm_desktop.exchange.trust.respondent_list import read_list
from iscm_desktop.exchange.trust.verification import Trust
from iscm_desktop.questionnaire import registers
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.support.inviting import answered, coordinator, merged, planned

LIST = """questionnaire,respondent,language,contact
state,CAN,fr,canada@example.org
state,NLD,en,"Ministry of Justice, Den Haag"
state,NOR,en,
"""


def issued_from_list(carla: Workspace, folder: Path) -> list[Path]:
    (folder / "wanted.csv").write_text(LIST, encoding="utf-8")
    rows = carla.respondents.read_listed(None, read_list(folder / "wanted.csv", carla.invitations.form_ids()))
    done: list[tuple[int, int]] = []
    made = carla.invitations.issue(rows, folder / "out", TaskProgress(lambda *at: done.append(at)))
    assert done == [(1, 3), (2, 3), (3, 3)]
    return [one.path for one in made]


def test_three_invitations_by_list_and_back(tmp_path: Path) -> None:
    """J-21, J-22."""
    with coordinator(tmp_path) as carla:
        files = issued_from_list(carla, tmp_path)
        with (tmp_path / "out" / "invitations.csv").open(encoding="utf-8-sig", newline="") as stream:
            letters = list(csv.DictReader(stream))
        assert [(row["file"], row["name"], row["language"]) for row in letters] == [
            (files[0].name, "Canada", "fr"), (files[1].name, "Netherlands", "en"), (files[2].name, "Norway", "en"),
        ]  # fmt: skip
        sent = [
            answered(tmp_path, name, file, ".iscm.age", f"Ministry of {name}")
            for name, file in zip(("rita", "nel", "nina"), files, strict=True)
        ]
        assert all(b"Ministry of" not in file.read_bytes() for file in sent)
        assert {plan.trust for plan in planned(carla, *sent)} == {Trust.VERIFIED}
        spoiled = bytearray(sent[2].read_bytes())
        spoiled[-30] ^= 1
        sent[2].write_bytes(spoiled)
        results = merged(carla, *sent)
        assert [plan.result.value for plan in results] == ["new", "new", "refused"]
        assert "damaged" in explain(results[2])
        rows = carla.respondents.of(None)
        assert [(row.name, row.response is not None) for row in rows] == [
            ("Canada", True), ("Netherlands", True), ("Norway", False),
        ]  # fmt: skip
        assert {row.language for row in carla.response_list.all()} == {"fr", "en"}
        assert [one.name for one in carla.devices.all()] == ["Nel", "Rita"]
        (mended,) = merged(carla, answered(tmp_path, "nina", files[2], ".iscm.age", "Ministry of nina"))
        assert (mended.result.value, mended.trust) == ("new", Trust.VERIFIED)


def test_three_hundred_in_moments(tmp_path: Path) -> None:
    """J-23: every State and territory, and the mechanisms."""
    with coordinator(tmp_path) as carla:
        rows = carla.respondents.ask(
            None, "state", [one.code for one in registers.territories()], "en", "x@y.org"
        )
        rows += carla.respondents.ask(None, "iscm", [one.code for one in registers.mechanisms()], "fr", "")
        rows = rows[:300]
        began = time.monotonic()
        made = carla.invitations.issue(rows, tmp_path / "out")
        assert time.monotonic() - began < 20  # about one second where nothing else runs
        assert len({one.path for one in made}) == len(rows) > 250
        assert max(one.size for one in made) < 4096
        secrets = {read_invitation(one.path).invitation.secret for one in made[:40]}
        assert len(secrets) == 40
        assert sum(row.invited_at is not None for row in carla.respondents.of(None)) == len(rows)


@pytest.mark.parametrize("after", [0, 1, 30])
def test_stop_leaves_whole_invitations(after: int, tmp_path: Path) -> None:
    """J-23: files, list, and what the store knows agree."""
    done: list[int] = []
    with coordinator(tmp_path) as carla:
        codes = [one.code for one in registers.territories()][:60]
        rows = carla.respondents.ask(None, "state", codes, "en", "")
        made = carla.invitations.issue(
            rows, tmp_path / "out", TaskProgress(lambda at, _of: done.append(at), lambda: len(done) >= after)
        )
        assert len(made) == after == len(carla.invitations.issued(None))
        assert len(list((tmp_path / "out").glob("*.iscminvite"))) == after
        assert all(read_invitation(one.path) for one in made)
