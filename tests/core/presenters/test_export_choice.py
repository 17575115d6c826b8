"""For whom a file is, and what it is called, before anybody chooses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.presenters.export_choice import (
    Audience,
    ExportChoice,
    FileForm,
    audiences,
    first_choice,
    opens_for_words,
    proposed_name,
    public_words,
    without_suffix,
    write_export,
)
from iscm_desktop.workspace import Workspace
from tests.support.inviting import coordinator, invited
from tests.support.workspaces import answer, opened


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


def test_without_an_invitation_the_first_choice_is_a_pdf(anna: Workspace) -> None:
    row = anna.response_list.row(anna.responses.start("small", "igc"))
    assert audiences(anna, row) == (Audience.EVERYONE, Audience.PUBLIC)
    assert first_choice(anna, row) == ExportChoice(Audience.EVERYONE, FileForm.PDF)
    assert opens_for_words(anna, row) == ""


def test_with_an_invitation_it_is_for_the_coordinator_only(tmp_path: Path) -> None:
    with coordinator(tmp_path) as carla:
        (issued,) = invited(carla, tmp_path / "invitations", "KEN")
    with Workspace.open(tmp_path / "rita.iscmdb") as rita:
        response = rita.received_invitations.open_response(issued.path, "", "", "")
        row = rita.response_list.row(response)
        choice = first_choice(rita, row)
        assert choice == ExportChoice(Audience.COORDINATOR, FileForm.DATA)
        assert proposed_name(row, choice, is_draft=True) == "Kenya_2027_draft.iscm.age"
        said = opens_for_words(rita, row)
        assert said.startswith("Opens for: Carla")
        both = ExportChoice(Audience.COORDINATOR, FileForm.BOTH)
        done = write_export(rita, response, both, tmp_path / "kenya.iscm.age")
        assert [file.name for file in done.files] == ["kenya.pdf.age", "kenya.iscm.age"]
        assert all(file.read_bytes().startswith(b"age-encryption.org") for file in done.files)


def test_a_name_says_whether_it_is_a_draft(anna: Workspace) -> None:
    row = anna.response_list.row(anna.responses.start("small", "igc"))
    everyone = ExportChoice(Audience.EVERYONE, FileForm.PDF)
    public = ExportChoice(Audience.PUBLIC, FileForm.DATA)
    assert proposed_name(row, everyone, is_draft=True) == "igc_2027_draft.pdf"
    assert proposed_name(row, everyone, is_draft=False) == "igc_2027.pdf"
    assert proposed_name(row, public, is_draft=True) == "igc_2027_public.iscm"


def test_both_files_lie_beside_each_other(anna: Workspace, tmp_path: Path) -> None:
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    for audience in (Audience.EVERYONE, Audience.PUBLIC):
        done = write_export(anna, response, ExportChoice(audience, FileForm.BOTH), tmp_path / "igc.v2.pdf")
        assert [file.name for file in done.files] == ["igc.v2.pdf", "igc.v2.iscm"]
        assert done.files[0].read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "left"), [("a.pdf.age", "a"), ("a.iscm.age", "a"), ("a.PDF", "a"), ("a.b", "a.b"), ("a", "a")]
)
def test_endings_are_ours(name: str, left: str) -> None:
    assert without_suffix(Path(name)).name == left


def test_the_public_edition_says_what_it_leaves_out() -> None:
    assert public_words(0) == "Public edition; nothing is withheld"
    assert public_words(1) == "Public edition, without 1 withheld answer"
    assert public_words(2) == "Public edition, without 2 withheld answers"
