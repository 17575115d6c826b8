"""Rounds, invitations, keys and devices without a screen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.cli.conftest import Say


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("four words are enough\n")
    return file


def test_a_round_with_its_respondents(say: Say) -> None:
    say("person", "--name", "Carla")
    assert say("round", "new", "2027", "--due", "2027-04-30").code == 0
    assert "Canada" in say("round", "ask", "can", "nld", "--questionnaire", "state").out
    say("round", "ask", "igc", "--questionnaire", "iscm", "--language", "fr", "--contact", "igc@example.org")
    rows = say("round", "respondents", "--json").data
    assert [(row["respondent"], row["language"], row["invited_at"]) for row in rows] == [
        ("igc", "fr", None), ("CAN", "en", None), ("NLD", "en", None),
    ]  # fmt: skip
    say("round", "remove", "NLD", "--questionnaire", "state")
    assert "Netherlands" not in say("round", "respondents").out
    assert say("round", "ask", "Atlantis", "--questionnaire", "state").code == 1
    say("round", "new", "2029")
    assert say("round", "respondents", "--json").data == []
    assert "2027" in say("round", "use", "2027").out
    assert [row["code"] for row in say("round", "list", "--json").data if row["is_current"]] == ["2027"]
    assert say("round", "use", "1812").code == 1


def test_a_region_or_a_mechanism_is_asked_at_once(say: Say) -> None:
    """Each in their own language; who is asked already stays as they are."""
    say("round", "new", "2027")
    say("round", "ask", "SEN", "--language", "en")
    asked = say("round", "ask", "--region", "Western Africa", "--json").data
    assert {"GHA", "CIV"} <= {row["respondent"] for row in asked}
    assert "SEN" not in {row["respondent"] for row in asked}
    languages = {row["respondent"]: row["language"] for row in say("round", "respondents", "--json").data}
    assert (languages["SEN"], languages["GHA"], languages["CIV"]) == ("en", "en", "fr")
    asked = say("round", "ask", "--members-of", "igc", "--json").data
    assert {("iscm", "igc"), ("state", "CAN")} <= {(row["form_id"], row["respondent"]) for row in asked}
    asked = say(
        "round", "ask", "--members-of", "rcm", "--questionnaire", "state", "--language", "es", "--json"
    )
    assert {(row["form_id"], row["language"]) for row in asked.data} == {("state", "es")}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "--region"),
        (("--region", "Atlantis"), "Atlantis"),
        (("--members-of", "nowhere"), "nowhere"),
        (("CAN", "Atlantis", "--questionnaire", "state"), "Atlantis"),
    ],
)
def test_nobody_is_asked_when_one_is_unknown(say: Say, arguments: tuple[str, ...], word: str) -> None:
    say("round", "new", "2027")
    said = say("round", "ask", *arguments)
    assert said.code == 1
    assert word in said.err
    assert say("round", "respondents", "--json").data == []


def test_coverage_says_who_is_missing(say: Say) -> None:
    say("round", "new", "2027", "--due", "2020-01-01")
    say("round", "ask", "CAN", "SEN", "--contact", "a@example.org")
    say("new", "--questionnaire", "state", "--respondent", "CAN")
    missing = say("coverage", "--missing").out
    assert "Senegal" in missing
    assert "a@example.org" in missing
    assert "Canada" not in missing
    assert "1 has not answered." in missing
    for by, word in (("questionnaire", "state"), ("region", "Western Africa")):
        assert word in say("coverage", "--by", by).out
    data = say("coverage", "--json").data
    assert (data["total"]["asked"], data["total"]["here"], data["total"]["late"]) == (2, 1, 2)
    questions = say("coverage", "--questions", "--json").data
    assert {row["responses"] for row in questions} == {1}


def test_from_the_plan_to_the_merge(say: Say, tmp_path: Path) -> None:
    """Issued, shown, opened, exported for the coordinator's eyes, merged, and the device named."""
    say("round", "new", "2027")
    say("round", "ask", "CAN", "NLD", "--questionnaire", "state")
    out = tmp_path / "invitations"
    assert "2 invitations issued." in say("invite", "issue", "--planned", "-o", out).out
    assert say("invite", "issue", "--planned", "-o", out, "--json").data == []
    assert len(say("invite", "list", "--json").data) == 2
    file = out / "2027-state-CAN.iscminvite"
    assert "Canada" in say("invite", "show", file, store="rita").out
    opened = say("invite", "open", file, "--language", "fr", "--json", store="rita").data
    assert opened["invitation"]["respondent"] == "CAN"
    sent = tmp_path / "can.iscm.age"
    assert say("export", "CAN", "-o", sent, store="rita").code == 0
    shown = say("merge", sent, "--json")
    assert (shown.code, shown.data["files"][0]["trust"]) == (0, "verified_invitation")
    assert "verified invitation" in say("merge", sent).out
    (device,) = say("devices", "list", "--json").data
    say("devices", "name", device["key"][:16], "Rita's laptop")
    assert "Rita's laptop" in say("devices", "list").out
    assert say("devices", "forget", "nothing like that").code == 1
    say("devices", "forget", device["key"])
    assert say("devices", "list", "--json").data == []
    assert say("merge", sent, store="rita").code == 1


def test_invitations_from_a_list(say: Say, tmp_path: Path) -> None:
    say("round", "new", "2027")
    wanted = tmp_path / "wanted.csv"
    wanted.write_text("questionnaire;respondent;language;contact\nstate;CAN;fr;a@b.org\norganization;iom;;\n")
    made = say("invite", "issue", "--list", wanted, "-o", tmp_path / "out", "--json").data
    assert [one["row"]["respondent"] for one in made] == ["CAN", "iom"]
    with (tmp_path / "out" / "invitations.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["contact"] for row in csv.DictReader(stream)] == ["a@b.org", ""]
    assert [row["respondent"] for row in say("round", "respondents", "--json").data] == ["iom", "CAN"]
    wanted.write_text("questionnaire,respondent\nstate,nowhere\n")
    refused = say("invite", "issue", "--list", wanted, "-o", tmp_path / "none")
    assert (refused.code, "row 2" in refused.err) == (1, True)
    assert not (tmp_path / "none").exists()


def test_one_invitation_and_an_open_one(say: Say, tmp_path: Path) -> None:
    say("round", "new", "2027")
    one = say("invite", "issue", "--respondent", "igc", "-o", tmp_path / "igc", "--json").data
    assert one[0]["row"]["form_id"] == "iscm"
    anybody = ("invite", "issue", "--anybody", "--questionnaire", "state", "-o", tmp_path / "open")
    assert say(*anybody).code == 0
    file = tmp_path / "open.iscminvite"
    assert say("invite", "open", file, store="nina").code == 1
    assert say("invite", "open", file, "--respondent", "NOR", store="nina").code == 0


def test_keys_are_listed_backed_up_and_restored(say: Say, passphrase: Path, tmp_path: Path) -> None:
    backup = tmp_path / "keys.age"
    arguments = ("keys", "backup", "-o", backup, "--passphrase-file", passphrase)
    assert say(*arguments).code == 1  # there is none yet
    say("round", "new", "2027")
    say("invite", "issue", "--respondent", "CAN", "-o", tmp_path / "can")
    (ours,) = say("keys", "list", "--json").data
    assert (ours["is_ours"], ours["is_here"]) == (True, True)
    assert say(*arguments, "--json").data["keys"] == 1
    say("invite", "open", tmp_path / "can.iscminvite", store="rita")
    say("export", "CAN", "-o", tmp_path / "can.iscm.age", store="rita")
    assert say("merge", tmp_path / "can.iscm.age", store="dora").code == 1
    assert say("keys", "restore", backup, "--passphrase-file", passphrase, store="dora").code == 0
    assert say("merge", tmp_path / "can.iscm.age", store="dora").code == 0
    assert say("keys", "add", "age1nothing", "--name", "Nobody").code == 1
    say("keys", "add", ours["recipient"], "--name", "Carla", store="eve")
    assert say("keys", "list", "--json", store="eve").data[0]["name"] == "Carla"
    say("keys", "remove", ours["recipient"], store="eve")
    assert say("keys", "list", "--json", store="eve").data == []


def test_export_for_a_key_that_is_named(say: Say, tmp_path: Path) -> None:
    say("round", "new", "2027")
    say("invite", "issue", "--respondent", "CAN", "-o", tmp_path / "can")
    (ours,) = say("keys", "list", "--json").data
    say("new", "--questionnaire", "state", "--respondent", "NOR", store="nina")
    sent = tmp_path / "nor.iscm.age"
    assert say("export", "NOR", "-o", sent, store="nina").code == 1
    assert say("export", "NOR", "-o", sent, "--to", ours["recipient"], store="nina").code == 0
    assert "new device" in say("merge", sent).out


def test_whoever_was_invited_exports_for_the_coordinator_only(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also as a PDF inside the encrypted file; a file for everyone is written when somebody says so."""
    say("round", "new", "2027")
    say("invite", "issue", "--respondent", "CAN", "-o", tmp_path / "can")
    say("invite", "open", tmp_path / "can.iscminvite", store="rita")
    for name in ("can.iscm", "can.pdf"):
        refused = say("export", "CAN", "-o", tmp_path / name, store="rita")
        assert (refused.code, f"{name}.age" in refused.err) == (1, True)
        assert not (tmp_path / name).exists()
    monkeypatch.chdir(tmp_path)
    said = say("export", "CAN", store="rita")
    assert said.code == 0
    assert "Canada_2027_draft.iscm.age" in said.out
    assert (tmp_path / "Canada_2027_draft.iscm.age").read_bytes().startswith(b"age-encryption.org")
    assert say("export", "CAN", "-o", tmp_path / "can.pdf.age", store="rita").code == 0
    assert (tmp_path / "can.pdf.age").read_bytes().startswith(b"age-encryption.org")
    assert say("merge", tmp_path / "can.pdf.age", store="rita").code == 1  # who cannot open it
    shown = say("merge", tmp_path / "can.pdf.age", "--json")
    assert (shown.code, shown.data["files"][0]["trust"]) == (0, "verified_invitation")
    assert say("export", "CAN", "--open", "-o", tmp_path / "can.iscm", store="rita").code == 0
    assert say("export", "CAN", "--public", "-o", tmp_path / "can.pdf.age", store="rita").code == 1
