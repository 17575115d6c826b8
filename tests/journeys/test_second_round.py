"""A second round in the terminal: last round's answers, a secret, a public edition, and what others make of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.cli import main
from tests.support.pdf_text import page_texts

ANSWERS = Path(__file__).parents[2] / "resources" / "demo" / "answers" / "igc.json"
FEE = "ISC-E/ISC-E20"


class Person:
    """Somebody with a store of their own."""

    def __init__(self, name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._store, self._capsys = folder / f"{name}.iscmdb", capsys

    def says(self, *words: object, code: int = 0) -> str:
        self._capsys.readouterr()
        assert main(["--store", str(self._store), *map(str, words)]) == code
        captured = self._capsys.readouterr()
        return captured.out + captured.err

    def data(self, *words: object) -> Any:
        return json.loads(self.says(*words, "--json"))


def printed(file: Path) -> str:
    return " ".join(" ".join(page_texts(file.read_bytes())).split())


def test_the_igc_answers_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    then, now, coordinator, reader = (
        Person(name, tmp_path, capsys) for name in ("then", "now", "coordinator", "reader")
    )
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps(json.loads(ANSWERS.read_text(encoding="utf-8"))["answers"]), encoding="utf-8"
    )

    # 2019, on a computer that has been replaced since
    then.says("round", "new", "2019", "--title", "Assessment 2019")
    then.says("new", "--questionnaire", "iscm", "--respondent", "igc")
    then.says("answer", "igc", "--from", answers)
    old = tmp_path / "igc-2019.pdf"
    then.says("export", "igc", "-o", old)

    # 2027: the fee has changed, the rest is confirmed section by section
    now.says("round", "new", "2027", "--title", "Assessment 2027")
    now.says("new", "--questionnaire", "iscm", "--respondent", "igc")
    assert "of 2019, not confirmed" in now.says("last-round", "igc", "--from", old)
    assert now.data("responses")[0]["answered"] == 0, (
        "what was answered then is offered, and who answers is given"
    )
    sections = [section["path"] for section in now.data("show", "igc")["sections"]]
    now.says("last-round", "igc", "--confirm", *sections)
    now.says("answer", "igc", "ISC-E20", "125000")
    since = {row["path"]: row["since"] for row in now.data("last-round", "igc")}
    assert since[FEE] == "changed"
    assert "not_confirmed" not in since.values()
    now.says("last-round", "igc", "-o", tmp_path / "changes.pdf")
    assert "125 000" in printed(tmp_path / "changes.pdf")

    # the fee is for the coordinator alone
    now.says("restrict", "igc", "ISC-E20")
    whole, public = tmp_path / "igc.iscm", tmp_path / "igc-public.pdf"
    now.says("export", "igc", "-o", whole)
    now.says("export", "igc", "--public", "-o", public)
    assert "Not published" in printed(public)
    assert not [amount for amount in ("125000", "125,000", "CHF") if amount in printed(public)]

    # the coordinator has the fee, and the summary has not
    coordinator.says("merge", whole)
    assert "125000" in coordinator.says("show", "igc")
    coordinator.says("pdf", "summary", "igc", "--round", "2027", "-o", tmp_path / "summary.pdf")
    assert "CHF" not in printed(tmp_path / "summary.pdf")

    # a stranger has the public edition, and knows that it is one
    assert "public edition" in reader.says("merge", public)
    assert "public edition" in reader.says("responses")
    assert "125000" not in reader.says("show", "igc")
    assert "Only the public edition" in reader.says("export", "igc", "-o", tmp_path / "x.iscm", code=1)

    # should it ever come back to the coordinator, nothing is lost
    coordinator.says("merge", public)
    assert "125000" in coordinator.says("show", "igc")
    assert coordinator.data("conflicts") == []
