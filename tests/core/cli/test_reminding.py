"""Reminders without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.conftest import Say


@pytest.fixture
def asked(say: Say) -> Say:
    say("person", "--name", "Carla")
    say("round", "new", "2027", "--due", "2020-04-30")
    say("round", "ask", "CAN", "--contact", "can@example.org")
    say("round", "ask", "SEN", "IGC")
    return say


def test_who_may_be_reminded_is_listed_and_nothing_is_kept(asked: Say) -> None:
    listed = asked("reminders")
    assert listed.code == 0
    assert "3 to be reminded." in listed.out
    assert "Nothing received · late" in listed.out
    rows = asked("reminders", "--questionnaire", "state", "--json").data
    assert [(row["respondent"], row["standing"], row["is_late"]) for row in rows] == [
        ("CAN", "nothing_received", True), ("SEN", "nothing_received", True),
    ]  # fmt: skip
    assert asked("reminders", "--only", "queried").out.startswith("Nobody is to be reminded.")
    assert "remind" not in asked("log").out


def test_letters_are_written_recorded_and_taken_back(asked: Say, tmp_path: Path) -> None:
    done = asked("reminders", "can", "Senegal", "-o", tmp_path / "out")
    assert done.code == 0
    assert "2 reminders written" in done.out
    assert "Nothing was sent" in done.out
    assert "No mail address is known, so fill it in yourself: Senegal." in done.out
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "texts", "mails", "reminders.csv", "reminders.xlsx", "mail-merge.csv",
    }  # fmt: skip
    assert "reminded" in asked("log").out
    (first, _second) = asked("reminders", "--history", "--json").data
    assert (first["respondent"], first["reminded"]["person"]) == ("CAN", "Carla")
    rest = asked("reminders", "--after", "3", "--json").data
    assert [row["respondent"] for row in rest] == ["igc"]
    assert asked("merge", "--undo", first["reminded"]["operation"]).code == 0
    assert asked("reminders", "--history").out == "Nobody has been reminded yet.\n"


def test_what_cannot_be_is_said_and_nothing_is_written(asked: Say, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    refused = asked("reminders", "-o", tmp_path / "full")
    assert refused.code == 1
    assert "nobody counts as reminded" in refused.err
    unknown = asked("reminders", "NLD", "-o", tmp_path / "out")
    assert unknown.code == 1
    assert "'NLD' is nobody of the round" in unknown.err
    assert not (tmp_path / "out").exists()
    assert asked("reminders", "-o", tmp_path / "out", "--only", "queried").code == 1
    assert asked("reminders", "--round", "1812").code == 1


def test_who_has_signed_off_is_left_out_and_named(asked: Say, tmp_path: Path) -> None:
    response = asked("new", "--questionnaire", "state", "--respondent", "CAN", "--json").data["response"]
    asked(
        "sign-off",
        response,
        "--name",
        "Anna Berg",
        "--function",
        "Director",
        "--incomplete",
        "as far as known",
    )
    listed = asked("reminders")
    assert "2 to be reminded." in listed.out
    assert "Signed off, and so left out: Canada." in listed.out
    assert asked("reminders", "CAN", "-o", tmp_path / "out").code == 1
    told = asked("reminders", "CAN", "--signed-off", "-o", tmp_path / "out", "--json").data
    assert [one["row"]["respondent"] for one in told["written"]["reminders"]] == ["CAN"]


def test_without_a_round(say: Say) -> None:
    say("person", "--name", "Carla")
    assert "There is no round yet" in say("reminders").out
