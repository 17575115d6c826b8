"""What is being typed belongs to the device where it is typed.

Two computers of one person, or of two, have one store open: neither writes over what the other types, nor seals it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from iscm_desktop.store.objects.drafts import all_drafts_of
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.revision import ANSWER, item_key
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.services import WorkspaceServices
from iscm_desktop.workspace.store_transfer import copy_store
from iscm_desktop.workspace.workspace_context import WorkspaceContext
from tests.support.postgres import Server
from tests.support.workspaces import NAME, opened, text_at

KEY = item_key(ANSWER, NAME)


@contextmanager
def two_devices(tmp_path: Path) -> Iterator[tuple[Workspace, WorkspaceServices]]:
    """One store, of which two computers have the same person at the keyboard."""
    with opened(tmp_path, "one store") as one:
        one.set_person("Chen", "IOM")
        context = WorkspaceContext(one._context.database, one._context.clock, "another device")
        yield one, WorkspaceServices(context, keys_in_files=True)


def typed(workspace: WorkspaceServices, response: str, text: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer(NAME, text)
    write = workspace.responses.save_later(response, session)
    assert write is not None
    write()


def sealed(workspace: Workspace, response: str) -> set[tuple[str, str | None]]:
    with workspace._database.read() as db:
        return {(one.device, one.value) for one in revisions_of(db, response, key=KEY).values()}


def test_neither_writes_over_the_other_and_each_reads_its_own(tmp_path: Path) -> None:
    with two_devices(tmp_path) as (one, other):
        response = one.responses.start("small", "igc")
        one.exports.export(response, tmp_path / "start.iscm")
        typed(one, response, "typed at one")
        typed(other, response, "typed at the other")
        assert text_at(one, response, NAME) == "typed at one"
        assert other.responses.open_session(response).view(NAME).text == "typed at the other"
        shown = {(row.text, row.device_is_ours) for row in one.conflicts.history(response, NAME)}
        assert shown == {("typed at one", True), ("typed at the other", False)}


@pytest.mark.parametrize(
    "seals",
    [
        lambda one, response, folder: one.exports.export(response, folder / "out.iscm"),
        lambda one, response, _folder: one.sign_offs.sign(response, "Chen", "Director"),
        lambda one, response, folder: one.packages.apply(one.packages.plan([folder / "start.iscm"])),
        lambda one, response, _folder: one.queries.ask(response, NAME, "Why?"),
    ],
)
def test_each_seals_its_own(tmp_path: Path, seals: Callable[[Workspace, str, Path], object]) -> None:
    with two_devices(tmp_path) as (one, other):
        response = one.responses.start("small", "igc")
        one.exports.export(response, tmp_path / "start.iscm")
        typed(one, response, "typed at one")
        typed(other, response, "typed at the other")
        seals(one, response, tmp_path)
        assert ("another device", "typed at the other") not in sealed(one, response)
        with one._database.read() as db:
            waiting = [
                (draft.device, draft.value) for key, draft in all_drafts_of(db, response) if key == KEY
            ]
        assert ("another device", "typed at the other") in waiting


def test_when_both_seal_it_is_an_ordinary_conflict(tmp_path: Path) -> None:
    with two_devices(tmp_path) as (one, other):
        response = one.responses.start("small", "igc")
        one.exports.export(response, tmp_path / "start.iscm")
        typed(one, response, "typed at one")
        typed(other, response, "typed at the other")
        other.exports.export(response, tmp_path / "other.iscm")
        one.exports.export(response, tmp_path / "one.iscm")
        assert sealed(one, response) == {
            (one.device, "typed at one"),
            ("another device", "typed at the other"),
        }
        with one._database.read() as db:
            assert items_of(db, response)[KEY].is_conflict
            assert not all_drafts_of(db, response)
        (conflict,) = one.conflicts.unsettled(response)
        assert len(conflict.candidates) == 2


def test_what_another_device_withholds_is_not_published(tmp_path: Path) -> None:
    with two_devices(tmp_path) as (one, other):
        response = one.responses.start("small", "igc")
        typed(one, response, "a secret")
        one.exports.export(response, tmp_path / "start.iscm")
        other.restrictions.restrict(response, NAME)
        public, withheld = one.public_exports.public_session(response)
        assert NAME in withheld
        assert public.view(NAME).text == ""


def test_what_was_typed_goes_along_when_a_store_is_copied(tmp_path: Path) -> None:
    with opened(tmp_path, "start") as start:
        response = start.responses.start("small", "igc")
        typed(start, response, "being typed")
    copy_store(str(tmp_path / "start.iscmdb"), str(tmp_path / "copy.iscmdb"))
    with Workspace.open(tmp_path / "copy.iscmdb") as copy:
        assert text_at(copy, response, NAME) == "being typed"


def test_on_a_server_others_see_what_was_saved_when_somebody_pauses(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new_database()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "one computer"))
    with opened(tmp_path, "", address=address) as one:
        one.set_person("Chen", "IOM")
        response = one.responses.start("small", "igc")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another computer"))
        with opened(tmp_path, "", address=address) as other, nullcontext():
            other.set_person("Chen", "IOM")
            assert one.device != other.device
            typed(one, response, "typed at one")
            typed(other, response, "typed at the other")
            assert text_at(one, response, NAME) == "typed at one"
            for workspace in (one, other):
                workspace.responses.save(response, workspace.responses.open_session(response))
            assert sealed(one, response) == {
                (one.device, "typed at one"),
                (other.device, "typed at the other"),
            }
            assert len(one.conflicts.unsettled(response)) == 1
            assert text_at(one, response, NAME) == text_at(other, response, NAME)


def test_what_was_typed_in_a_file_is_of_whoever_goes_on_at_the_server(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    address = postgres.new_database()
    with opened(tmp_path, "start") as start:
        response = start.responses.start("small", "igc")
        typed(start, response, "being typed")
    copy_store(str(tmp_path / "start.iscmdb"), address)
    with opened(tmp_path, "", address=address) as shared:
        assert text_at(shared, response, NAME) == "being typed"
        typed(shared, response, "typed on")
        assert text_at(shared, response, NAME) == "typed on"
        shared.exports.export(response, tmp_path / "shared.iscm")
        assert sealed(shared, response) == {(shared.device, "typed on")}
