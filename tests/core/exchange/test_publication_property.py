"""Public editions of whatever is filled in and whatever is withheld: nothing of the latter is inside.

P-06 No text below a withheld path, nor the id of any revision, nor a person or an entry's id, is in the package.
P-07 Merged before or after the whole, it leaves the whole as it is.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.package.public_edition import is_withheld
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import CHF, FEE, NAME, PARTNER, STORY, exported, merge, opened

_WHERE = ["about", FEE, CHF, NAME, STORY, "partners", PARTNER, "0", "1", "0/who", "1/since"]
"""Sections, questions, the repeat, and its entries with what is in them."""


def filled_in(workspace: Workspace, rounds: int) -> tuple[str, list[str]]:
    """A response that was edited and exported a few times; every answer has its own word. Gives the entries, too."""
    response = workspace.responses.start("small", "igc")
    entries: list[str] = []
    for number in range(rounds + 1):
        session = workspace.responses.open_session(response)
        while len(entries) < 2:
            entries.append(session.add_entry(PARTNER))
        session.answer(FEE, "yes")
        for path in (NAME, STORY, *(f"{entry}/{name}" for entry in entries for name in ("who", "since"))):
            session.answer(path, f"word{crc32(f'{path} {number}'.encode())}")
        session.answer(CHF, str(770_000 + number))
        workspace.responses.save(response, session)
        exported(workspace, response, workspace.store.with_name("draft.iscm"))
    return response, entries


def answers(workspace: Workspace, response: str) -> dict[str, str]:
    return {answer.path: answer.text for answer in workspace.responses.open_session(response).answers()}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(where=st.sets(st.sampled_from(_WHERE), max_size=4), rounds=st.integers(0, 2), is_removed=st.booleans())
def test_nothing_withheld_is_inside(where: set[str], rounds: int, is_removed: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with opened(folder, "anna") as anna:
            response, entries = filled_in(anna, rounds)
            paths = {f"{entries[int(one[0])]}{one[1:]}" if one[0] in "01" else one for one in where}
            for path in paths:
                anna.restrictions.restrict(response, path)
            if is_removed:
                session = anna.responses.open_session(response)
                session.remove_entry(entries[1])
                anna.responses.save(response, session)
            whole = exported(anna, response, folder / "whole.iscm")
            if not anna.public_exports.public_session(response)[0].answers():
                with pytest.raises(IscmError):
                    anna.public_exports.export(response, folder / "public.iscm")
                return
            public = anna.public_exports.export(response, folder / "public.iscm").path
            with anna._database.read() as db:
                revisions = revisions_of(db, response)
        _check_inside(public, revisions, paths)
        _check_merging(folder, whole, public, response)


def _check_inside(public: Path, revisions: dict[str, object], paths: set[str]) -> None:
    """P-06"""
    with zipfile.ZipFile(public) as archive:
        inside = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    assert not [word for word in ("Anna", "Ministry") if word in inside]
    for id_, one in revisions.items():
        assert id_ not in inside
        path, value = str(getattr(one, "path", "")), getattr(one, "value", None)
        if is_withheld(path, paths):
            assert not (value and value.startswith(("word", "77")) and value in inside)


def _check_merging(folder: Path, whole: Path, public: Path, response: str) -> None:
    """P-07"""
    with opened(folder, "first") as first, opened(folder, "last") as last:
        merge(first, whole)
        before = answers(first, response)
        merge(first, public)
        assert answers(first, response) == before
        merge(last, public)
        (edition,) = last.response_list.all()
        assert edition.is_public
        read = answers(last, edition.id)
        merge(last, whole)
        assert answers(last, response) == before
        assert answers(last, edition.id) == read
        assert set(read.values()) <= set(before.values())
        assert not last.response_list.row(response).is_public
        back = [exported(one, response, folder / f"{at}.iscm") for at, one in enumerate((first, last))]
    with zipfile.ZipFile(back[0]) as one, zipfile.ZipFile(back[1]) as other:
        assert one.read("revisions.jsonl") == other.read("revisions.jsonl")
