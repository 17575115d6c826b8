"""What is written is read again, as whoever gets it reads it, before anybody is told that it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.package import package_writer
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, STORY, answer, merge, opened, text_at

Write = Callable[[Workspace, str, Path], object]


def _encrypted(workspace: Workspace, response: str, target: Path) -> object:
    _identity, recipient = workspace.keys.own_identity()
    return workspace.exports.export(response, target, encrypts=True, recipients=[recipient])


def _query(workspace: Workspace, response: str, target: Path) -> object:
    workspace.queries.ask(response, NAME, "Why?")
    return workspace.queries.export(response, target)


def _keys(workspace: Workspace, _response: str, target: Path) -> object:
    workspace.keys.own_identity()
    return workspace.keys.back_up(target, "a long passphrase")


KINDS: dict[str, Write] = {
    "package": lambda workspace, response, target: workspace.exports.export(response, target),
    "public edition": lambda workspace, response, target: workspace.public_exports.export(response, target),
    "PDF": lambda workspace, response, target: workspace.pdf_exports.export(response, target),
    "encrypted": _encrypted,
    "delegation": lambda workspace, response, target: workspace.delegations.hand_over(
        response, [workspace.delegations.sections_to_share(response)[0][0]], to="Bela", target=target
    ),
    "query": _query,
    "invitation": lambda workspace, _response, target: workspace.invitations.issue_one(
        RespondentRow("2027", "small", "igc", "IGC", "en", ""), target
    ),
    "keys": _keys,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return opened(tmp_path, "store")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_written_wrongly_is_not_left_behind(
    kind: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that gives back something else than was written to it."""
    target = tmp_path / "files" / "file.iscminvite"
    target.parent.mkdir()
    target.write_bytes(b"what was there before")
    with workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="an answer")
        real = Path.read_bytes

        def turned(path: Path) -> bytes:
            found = real(path)
            return found[:-1] + bytes([found[-1] ^ 1]) if path.suffix == ".part" else found

        monkeypatch.setattr(Path, "read_bytes", turned)
        with pytest.raises(IscmError) as refused:
            KINDS[kind](workspace, response, target)
        assert refused.value.problem is FileProblem.FILE_NOT_READ_BACK
        assert workspace.response_list.row(response).exported_at is None
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.read_bytes() == b"what was there before"


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"invitation", "keys"}))
def test_a_package_that_no_reader_takes_is_not_written(
    kind: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the writer: lines that are not canonical, under hashes that are right."""
    target = tmp_path / "file.iscm"
    with workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="an answer")
        real = package_writer._lines
        monkeypatch.setattr(package_writer, "_lines", lambda *what: real(*what).replace(b'":', b'": '))
        with pytest.raises(IscmError) as refused:
            KINDS[kind](workspace, response, target)
        assert refused.value.problem is FileProblem.FILE_NOT_READ_BACK
        assert "PACKAGE_DAMAGED" in str(refused.value)
    assert not list(tmp_path.glob("*file.iscm*"))


def test_an_encrypted_file_has_a_way_in_for_each_recipient(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iscm_desktop.exchange.trust import age_encryption

    with workspace:
        response = workspace.responses.start("small", "igc")
        real, others = age_encryption.encrypted, [age_encryption.new_identity() for _each in range(2)]
        recipients = [age_encryption.recipient_of(one) or "" for one in others]
        monkeypatch.setattr(age_encryption, "encrypted", lambda data, keys: real(data, keys[:1]))
        with pytest.raises(IscmError) as refused:
            workspace.exports.export(response, tmp_path / "f.iscm.age", encrypts=True, recipients=recipients)
        assert refused.value.problem is FileProblem.FILE_NOT_READ_BACK


def test_one_letter_a_million_times_is_written_and_merged(tmp_path: Path) -> None:
    """It packs as well as a trap does, and a reader cannot tell them apart."""
    with opened(tmp_path, "there") as there:
        response = there.responses.start("small", "igc")
        answer(there, response, story="a" * 3_000_000)
        file = there.exports.export(response, tmp_path / "long.iscm").path
    with opened(tmp_path, "here") as here:
        assert merge(here, file)
        assert text_at(here, response, STORY) == "a" * 3_000_000


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    with opened(tmp_path, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        target = tmp_path / ("n" * 250 + ".iscm")
        assert workspace.exports.export(response, target).path.is_file()
        for too_much in ("n" * 252 + ".iscm", "x\0.iscm"):
            with pytest.raises(IscmError) as refused:
                workspace.exports.export(response, tmp_path / too_much)
            assert refused.value.problem is FileProblem.FILE_NOT_WRITTEN
