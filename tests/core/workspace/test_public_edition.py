"""A public edition follows from what can be read in it, and from nothing else.

P-08 With everything known but one earlier or withheld answer, nothing in the file confirms a guess at it.
P-09 The same content of the same store is the same file, whatever went before; another store's cannot be linked.
P-10 An edition stands beside the response and beside other editions; the response is as if there were none.
P-11 What calls itself an edition and is something else is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from iscm_desktop.exchange.merging.merge_plan import RefusedFile
from iscm_desktop.exchange.package.manifest import REVISIONS
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.store.database.tables import RevisionRecord
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.revision import Revision, revision_id
from iscm_desktop.store.verification.frame_check import check_identities
from iscm_desktop.store.verification.store_reader import reading
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from tests.support.workspaces import (
    FEE,
    PARTNER,
    STORY,
    Ticking,
    answer,
    exported,
    merge,
    opened,
    text_at,
)

_SALT_KEY = "edition.secret"


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


def edition_of(workspace: Workspace, response: str, target: Path) -> Path:
    return workspace.public_exports.export(response, target).path


def hashes_in(package: Path) -> set[str]:
    with zipfile.ZipFile(package) as archive:
        text = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    return set(re.findall("[0-9a-f]{16,}", text))


def members_of(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def add_partner(workspace: Workspace, response: str, who: str) -> str:
    session = workspace.responses.open_session(response)
    entry = session.add_entry(PARTNER, after=None)
    session.answer(f"{entry}/who", who)
    workspace.responses.save(response, session)
    return entry


def remove(workspace: Workspace, response: str, entry: str) -> None:
    session = workspace.responses.open_session(response)
    session.remove_entry(entry)
    workspace.responses.save(response, session)


def straight(workspace: Workspace) -> str:
    """The name, and two partners."""
    response = workspace.responses.start("small", "igc")
    answer(workspace, response, name="IGC", fee="no")
    for who in ("IOM", "UNHCR"):
        add_partner(workspace, response, who)
    return response


def by_detours(workspace: Workspace, withheld: str) -> str:
    """The same to a reader, after other answers, entries that have gone, a note, a sign-off, and a withheld story."""
    response = workspace.responses.start("small", "igc")
    answer(workspace, response, fee="yes", chf="120000", name="Intergovernmental…", story=withheld)
    workspace.restrictions.restrict(response, STORY)
    entry = add_partner(workspace, response, "Secret donor")
    exported(workspace, response, workspace.store.with_name("draft.iscm"))
    remove(workspace, response, entry)
    add_partner(workspace, response, "IOM")
    gone = add_partner(workspace, response, "Another that went")
    workspace.notes.put(response, STORY, "Ask the director")
    answer(workspace, response, fee="no", name="IGC")
    exported(workspace, response, workspace.store.with_name("draft.iscm"))
    remove(workspace, response, gone)
    add_partner(workspace, response, "UNHCR")
    workspace.sign_offs.sign(response, "Ana Minister", "Minister")
    return response


def test_no_guess_is_confirmed(anna: Workspace, tmp_path: Path) -> None:
    """P-08: the attacker has all that the store has ever held, and tries both values of each answer."""
    response = by_detours(anna, "yes")
    found = hashes_in(edition_of(anna, response, tmp_path / "public.iscm"))
    with anna._database.read() as db:
        everything = revisions_of(db, response)
        heads = {head for state in items_of(db, response).values() for head in state.heads}
    assert heads
    guesses = {revision_id(one) for one in everything.values()} | heads
    for one in everything.values():
        for value in ("yes", "no", "120000", one.value):
            bare = Revision("", "", one.kind, one.made_at, (), one.path, one.subject, value)
            guesses |= {revision_id(bare), hashlib.sha256((value or "").encode()).hexdigest()}
    assert not found & guesses
    assert not found & {anna._context.device, anna.keys.device_key.public}
    assert response not in found


def test_the_same_content_is_the_same_file_again(anna: Workspace, tmp_path: Path) -> None:
    """P-09"""
    response = straight(anna)
    first = edition_of(anna, response, tmp_path / "first.iscm").read_bytes()
    assert edition_of(anna, response, tmp_path / "again.iscm").read_bytes() == first
    answer(anna, response, name="Another name")
    assert edition_of(anna, response, tmp_path / "other.iscm").read_bytes() != first
    answer(anna, response, name="IGC")
    assert edition_of(anna, response, tmp_path / "back.iscm").read_bytes() == first


@pytest.mark.parametrize("withheld", ["yes", "no", "A story of another length"])
def test_what_went_before_and_what_is_withheld_leave_no_trace(
    anna: Workspace, tmp_path: Path, withheld: str
) -> None:
    """P-09, and so P-08: another person, device, time, order and history, the same bytes."""
    plain = edition_of(anna, straight(anna), tmp_path / "plain.iscm").read_bytes()
    later = Ticking(datetime(2028, 1, 1, tzinfo=UTC))
    with opened(tmp_path, "bob", clock=later) as bob:
        bob._database.settings.put(_SALT_KEY, anna._database.settings.value(_SALT_KEY))
        response = by_detours(bob, withheld)
        assert edition_of(bob, response, tmp_path / "detours.iscm").read_bytes() == plain


def test_editions_of_two_stores_cannot_be_linked(anna: Workspace, tmp_path: Path) -> None:
    """P-09: the questionnaire's hash is all that they share."""
    one = edition_of(anna, straight(anna), tmp_path / "one.iscm")
    with opened(tmp_path, "bob") as bob:
        other = edition_of(bob, straight(bob), tmp_path / "other.iscm")
    form = json.loads(members_of(one)["manifest.json"])["questionnaire"]["hash"]
    assert hashes_in(one) & hashes_in(other) == {
        form,
        hashlib.sha256(members_of(one)["questionnaire.xml"]).hexdigest(),
    }


def test_a_backup_keeps_what_editions_are_salted_with(anna: Workspace, tmp_path: Path) -> None:
    """P-09"""
    response = straight(anna)
    before = edition_of(anna, response, tmp_path / "before.iscm").read_bytes()
    restore_backup(anna.backups.make(), tmp_path / "restored.iscmdb")
    with Workspace.open(tmp_path / "restored.iscmdb") as restored:
        assert edition_of(restored, response, tmp_path / "after.iscm").read_bytes() == before


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 1, 0)])
def test_the_response_is_as_if_there_were_no_edition(
    anna: Workspace, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """P-10"""
    response = by_detours(anna, "yes")
    earlier = edition_of(anna, response, tmp_path / "earlier.iscm")
    answer(anna, response, name="A name of today")
    later = edition_of(anna, response, tmp_path / "later.iscm")
    files = [exported(anna, response, tmp_path / "whole.iscm"), earlier, later]
    with opened(tmp_path, "alone") as alone, opened(tmp_path, "reader") as reader:
        merge(alone, files[0])
        assert merge(reader, *(files[at] for at in order)) == ["new", "new", "new"]
        with alone._database.read() as one, reader._database.read() as other:
            assert items_of(other, response) == items_of(one, response)
        assert [row.is_public for row in reader.response_list.all()].count(True) == 2
        assert [row.id for row in reader.response_list.counted("2027")] == [response]
        assert reader.conflicts.unsettled() == ()


def test_a_store_with_an_edition_proves_itself(anna: Workspace, tmp_path: Path) -> None:
    """Verifying recomputes what an edition is called, from its content."""
    public = edition_of(anna, straight(anna), tmp_path / "public.iscm")
    with opened(tmp_path, "reader") as reader:
        merge(reader, public)
        (row,) = reader.response_list.all()
        answer(reader, row.id, name="Typed over it here")
        with reader._database.read() as db:
            assert list(check_identities(reading(db))) == []
        with reader._database.write() as db:
            db.sql.execute(update(RevisionRecord).where(RevisionRecord.value == "no").values(value="yes"))
        with reader._database.read() as db:
            assert [one.subject for one in check_identities(reading(db))] == [row.id]


def test_where_the_response_is_not_here_one_edition_counts(anna: Workspace, tmp_path: Path) -> None:
    """P-10: the one with the most answers, whichever came first."""
    response = straight(anna)
    fewer = edition_of(anna, response, tmp_path / "fewer.iscm")
    answer(anna, response, story="Told now")
    more = edition_of(anna, response, tmp_path / "more.iscm")
    for name, files in (("one", (fewer, more)), ("other", (more, fewer))):
        with opened(tmp_path, name) as reader:
            merge(reader, *files)
            for each in reader.response_list.all():
                reader.responses.count_progress(each.id)  # a stranger's form is counted after the merge
            (row,) = reader.response_list.counted("2027")
            assert text_at(reader, row.id, STORY) == "Told now"


def test_an_edition_is_put_in_the_order_of_its_entries(anna: Workspace, tmp_path: Path) -> None:
    response = anna.responses.start("small", "igc")
    for number in range(12):
        add_partner(anna, response, f"Partner {number}")
    public = edition_of(anna, response, tmp_path / "public.iscm")
    with opened(tmp_path, "reader") as reader:
        merge(reader, public)
        (row,) = reader.response_list.all()
        session = reader.responses.open_session(row.id)
        entries = session.repeat(PARTNER).entries
        said = [session.view(f"{entry.path}/who").text for entry in entries]
        assert said == [f"Partner {number}" for number in reversed(range(12))]


def _other_value(lines: list[dict[str, Any]]) -> None:
    next(line for line in lines if line["path"] == FEE)["value"] = "yes"


def _a_parent(lines: list[dict[str, Any]]) -> None:
    lines[0]["parents"] = ["0" * 64]


def _an_author(lines: list[dict[str, Any]]) -> None:
    lines[0]["author"] = "Anna"


def _a_restriction(lines: list[dict[str, Any]]) -> None:
    lines.append({**lines[0], "kind": "restriction", "value": "not for publication"})


def _two_values(lines: list[dict[str, Any]]) -> None:
    lines.append({**lines[0], "value": "another"})


@pytest.mark.parametrize("change", [_other_value, _a_parent, _an_author, _a_restriction, _two_values])
def test_what_is_no_edition_is_refused(
    anna: Workspace, tmp_path: Path, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    """P-11"""
    members = members_of(edition_of(anna, straight(anna), tmp_path / "public.iscm"))
    lines = [json.loads(line) for line in members[REVISIONS].splitlines()]
    change(lines)
    text = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n" for line in lines
    )
    members[REVISIONS] = text.encode()
    manifest = json.loads(members["manifest.json"])
    manifest["members"][REVISIONS] = {
        "sha256": hashlib.sha256(members[REVISIONS]).hexdigest(), "size": len(members[REVISIONS])
    }  # fmt: skip
    manifest["counts"]["revisions"] = len(lines)
    members["manifest.json"] = json.dumps(manifest).encode()
    forged = tmp_path / "forged.iscm"
    forged.write_bytes(zipped(members))
    with opened(tmp_path, "reader") as reader:
        (file,) = reader.packages.plan([forged]).files
        assert isinstance(file, RefusedFile)
