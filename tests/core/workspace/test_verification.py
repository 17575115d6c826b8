"""A store verified and put right, as a person does it.

W-01  What verification came to is remembered on this computer.
W-02  Each finding is a sentence that names whose it is, what it means and who has it.
W-03  A repair against a folder heals from the files that were merged before, and takes in no others.
W-04  What follows from the truth is made again without any file.
W-05  On the command line: exit code 0 whole, 1 with findings.
W-06  An answer that is not what was sealed is exported and published by nobody.
W-07  What is printed of a damaged response says so before all else.
W-09  Lost or changed content makes no backup; what only follows from it is remarked on.
W-08  Seals are checked where that is asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_transfer import restore_backup
from iscm_desktop.workspace.verification_wording import advise, describe
from tests.support.workspaces import CHF, Ticking, answer, exported, merge, opened, text_at


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes", chf="120000")
        exported(ministry, response, folder / "igc.iscm")
        other = ministry.responses.start("small", "rcm")
        answer(ministry, other, name="The RCM")
        exported(ministry, other, tmp_path / "rcm.iscm")
    return folder


@pytest.fixture
def coordinator(tmp_path: Path, mail: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, mail)
        yield workspace


def damage(store: Path, *statements: str) -> None:
    with closing(sqlite3.connect(store)) as db, db:
        for statement in statements:
            assert db.execute(statement).rowcount >= 1


def test_what_it_came_to_is_remembered(coordinator: Workspace) -> None:  # W-01
    assert coordinator.verification.last() is None
    report = coordinator.verification.verify()
    last = coordinator.verification.last()
    assert last is not None
    assert (last.revisions, last.packages_good, last.findings) == (report.revisions, 1, 0)
    assert last.made_at < coordinator._context.now()


def test_in_idle_time_it_is_verified_once_a_day(coordinator: Workspace) -> None:  # W-01
    assert coordinator.verification.verify_if_due() is not None
    assert coordinator.verification.verify_if_due() is None
    clock = coordinator._context.clock
    assert isinstance(clock, Ticking)
    clock.now += timedelta(days=1)
    assert coordinator.verification.verify_if_due() is not None
    clock.now -= timedelta(days=9)  # a clock that was ahead puts nothing off
    assert coordinator.verification.verify_if_due() is not None


def test_a_finding_names_who_has_it(coordinator: Workspace) -> None:  # W-02
    damage(coordinator.store, "UPDATE revision SET value = '999' WHERE value = '120000'")
    report = coordinator.verification.verify()
    sentences = [describe(one) for one in report.findings]
    assert any(CHF in one and "Ministry" in one and "999" in one and "igc.iscm" in one for one in sentences)
    assert "--against" in advise(report)


def test_a_repair_heals_from_what_was_merged_before(
    coordinator: Workspace, mail: Path, tmp_path: Path
) -> None:  # W-03
    response = coordinator.response_list.all()[0].id
    damage(
        coordinator.store,
        "DELETE FROM revision WHERE value = '120000'",
        "UPDATE item SET value = '7' WHERE path = 'about/name'",
    )
    (mail / "rcm.iscm").write_bytes((tmp_path / "rcm.iscm").read_bytes())
    done = coordinator.verification.repair([mail])
    assert (done.healed, done.after.findings) == (1, ())
    assert text_at(coordinator, response, CHF) == "120000"
    assert len(coordinator.response_list.all()) == 1


def test_what_follows_is_made_again(coordinator: Workspace) -> None:  # W-04
    damage(
        coordinator.store,
        "UPDATE item SET value = '7', heads = 'x'",
        "UPDATE response SET conflicts = 3, content = ''",
        "UPDATE revision SET is_hidden = 1 WHERE value = '120000'",
    )
    done = coordinator.verification.repair()
    assert (done.rebuilt, done.after.findings) == (1, ())


def test_on_the_command_line(tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]) -> None:  # W-05
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, mail)
        store = workspace.store
    assert main(["verify", "--store", str(store)]) == 0
    assert "whole" in capsys.readouterr().out
    damage(store, "UPDATE revision SET value = '999' WHERE value = '120000'")
    assert main(["verify", "--json", "--store", str(store)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["is_whole"]
    assert main(["verify", "--repair", "--against", str(mail), "--store", str(store)]) == 0
    assert "1 revision was put back" in capsys.readouterr().out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET value = 'Mallory' WHERE value = '120000'",
        "DELETE FROM revision WHERE value = '120000'",
        "UPDATE response SET respondent = 'rcm'",
        "UPDATE questionnaire SET source = source || ' ' WHERE form_id = 'small'",
    ],
)
def test_lost_or_changed_content_makes_no_backup_and_is_not_restored(
    tmp_path: Path, mail: Path, coordinator: Workspace, statement: str
) -> None:  # W-09
    good = coordinator.backups.make(tmp_path / "good.iscmdb")
    damage(coordinator.store, statement)
    with pytest.raises(IscmError) as raised:
        coordinator.backups.make(tmp_path / "second.iscmdb")
    assert raised.value.problem is StoreProblem.BACKUP_NOT_GOOD
    damage(good, statement)
    with pytest.raises(IscmError) as raised:
        restore_backup(good, tmp_path / "restored.iscmdb")
    assert raised.value.problem is StoreProblem.BACKUP_NOT_RESTORED


def test_a_backup_that_shows_what_nobody_answered_is_remarked_on(
    tmp_path: Path, coordinator: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:  # W-09
    coordinator.backups.make(tmp_path / "good.iscmdb")
    assert coordinator.backups.remark == ""
    damage(coordinator.store, "UPDATE item SET value = 'Mallory' WHERE value = '120000'")
    stale = coordinator.backups.make(tmp_path / "stale.iscmdb")
    assert "verify --repair" in coordinator.backups.remark
    restored = tmp_path / "restored.iscmdb"
    assert main(["restore", str(stale), "--store", str(restored)]) == 1
    assert "verify --repair" in capsys.readouterr().out
    assert main(["verify", "--repair", "--store", str(restored)]) == 0


@pytest.mark.parametrize(
    "command", [["verify"], ["show", "igc"], ["check", "igc"], ["history", "igc"], ["log"]]
)
def test_a_look_makes_no_store(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:  # W-05
    store = tmp_path / "nowhere.iscmdb"
    assert main([*command, "--store", str(store)]) == 1
    assert "nowhere.iscmdb" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_changed_answer_is_said_where_its_response_is_looked_at(
    tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # W-05
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, mail)
        store = workspace.store
    damage(store, "UPDATE revision SET value = '999' WHERE value = '120000'")
    for command in (["check", "igc"], ["history", "igc", CHF]):
        assert main([*command, "--store", str(store)]) == 1
        assert "was changed in the store" in capsys.readouterr().out


def test_received_files_are_looked_for_where_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # W-03
    with opened(tmp_path, "coordinator") as workspace:
        store, gone = str(workspace.store), str(tmp_path / "gone")
    assert main(["verify", "--repair", "--against", gone, "--store", store]) == 1
    assert gone in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["verify", "--against", str(tmp_path), "--store", store])


def test_saves_that_may_be_missing_are_remembered_until_somebody_has_seen_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # W-05
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        ministry.complete_file()
        answer(ministry, response, name="The IGC")
        copy = tmp_path / "copy" / "ministry.iscmdb"
        copy.parent.mkdir()
        copy.write_bytes(ministry.store.read_bytes())
    for _time in range(2):
        assert main(["verify", "--store", str(copy)]) == 1
        said = capsys.readouterr().out
        assert "did not come along" in said
        assert "The store is whole" not in said
    assert main(["verify", "--accept", "--store", str(copy)]) == 0
    assert main(["verify", "--store", str(copy)]) == 0
    assert "The store is whole" in capsys.readouterr().out


def test_a_store_that_cannot_be_opened_is_verified_from_its_file(
    tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # W-05
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, mail)
        store = workspace.store
    with closing(sqlite3.connect(store)) as db:
        ((root,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'setting'").fetchall()
    data = bytearray(store.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    store.write_bytes(data)
    assert main(["show", "--store", str(store), "igc"]) == 1
    assert "is damaged" in capsys.readouterr().err
    assert main(["verify", "--store", str(store)]) == 1
    said = capsys.readouterr().out
    assert "1 of 1 received files are here whole" in said
    assert "too broken to be opened" in said


def test_a_damaged_answer_is_not_sent_in_its_authors_name(tmp_path: Path) -> None:  # W-06
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes", chf="120000")
        exported(ministry, response, tmp_path / "first.iscm")
        damage(ministry.store, "UPDATE revision SET value = '999' WHERE value = '120000'")
        for write in (ministry.exports.export, ministry.public_exports.export, ministry.pdf_exports.export):
            with pytest.raises(IscmError) as raised:
                write(response, tmp_path / "second.iscm")
            assert raised.value.problem is StoreProblem.RESPONSE_DAMAGED
            assert CHF in str(raised.value)
            assert not (tmp_path / "second.iscm").exists()


def test_whichever_revision_is_gone_nothing_is_sent_or_vouched_for(tmp_path: Path) -> None:  # W-06
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes", chf="120000")
        exported(ministry, response, tmp_path / "first.iscm")
        answer(ministry, response, chf="121000", story="Told")
        exported(ministry, response, tmp_path / "second.iscm")
        ministry.receipts.make(response, tmp_path / "receipt.txt")
        whole = ministry.backups.make(tmp_path / "whole.iscmdb")
    with closing(sqlite3.connect(whole)) as db:
        ids = [id_ for (id_,) in db.execute("SELECT id FROM revision")]
    assert len(ids) >= 6
    for id_ in ids:
        broken = tmp_path / f"{id_[:12]}.iscmdb"
        broken.write_bytes(whole.read_bytes())
        damage(broken, f"DELETE FROM revision WHERE id = '{id_}'")  # noqa: S608 - an id of ours
        with Workspace.open(broken, clock=Ticking()) as workspace:
            for write in (
                workspace.exports.export,
                workspace.public_exports.export,
                workspace.pdf_exports.export,
                workspace.receipts.make,
                workspace.receipts.print,
            ):
                with pytest.raises(IscmError) as raised:
                    write(response, tmp_path / "third")
                assert raised.value.problem is StoreProblem.RESPONSE_DAMAGED, (id_, write)
                assert not (tmp_path / "third").exists()


def test_what_is_written_from_a_store_that_failed_says_so(
    tmp_path: Path, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # W-07
    with opened(tmp_path, "coordinator") as workspace:
        merge(workspace, mail, tmp_path / "rcm.iscm")
        sound = next(row.id for row in workspace.response_list.all() if row.respondent == "rcm")
        assert workspace.known_damage == ""
        assert "damaged" not in str(workspace.documents.compose_questionnaire(sound).blocks[0])
        damage(workspace.store, "UPDATE revision SET value = '999' WHERE value = '120000'")
        workspace.verification.verify()
        assert "is damaged" in str(workspace.documents.compose_questionnaire(sound).blocks[0])
        store = workspace.store
    for command in (
        ["export", "rcm", "-o", str(tmp_path / "out.iscm")],
        ["export", "rcm", "--public", "-o", str(tmp_path / "public.iscm")],
        ["receipt", "rcm", "-o", str(tmp_path / "receipt.txt")],
        ["checkpoint", "-o", str(tmp_path / "checkpoint.txt")],
    ):
        assert main([*command, "--store", str(store)]) == 0
        said = capsys.readouterr()
        assert "Written" in said.out
        assert "The store from which this comes is damaged" in said.err


def test_what_is_shown_and_nobody_answered_is_not_vouched_for(coordinator: Workspace, tmp_path: Path) -> None:
    response = coordinator.response_list.all()[0].id
    damage(coordinator.store, "UPDATE item SET value = 'Mallory' WHERE value = '120000'")
    for make in (
        lambda: coordinator.receipts.make(response, tmp_path / "receipt"),
        lambda: coordinator.receipts.make_all("2027", tmp_path / "receipts"),
    ):
        with pytest.raises(IscmError) as raised:
            make()
        assert raised.value.problem is StoreProblem.RESPONSE_DAMAGED
        assert CHF in str(raised.value)
    assert not (tmp_path / "receipt").exists()


def test_what_is_printed_of_a_damaged_response_says_so(tmp_path: Path) -> None:  # W-07
    with opened(tmp_path, "ministry") as ministry:
        response = ministry.responses.start("small", "igc")
        answer(ministry, response, name="The IGC", fee="yes", chf="120000")
        exported(ministry, response, tmp_path / "first.iscm")
        assert "damaged" not in str(ministry.documents.compose_questionnaire(response).blocks[0])
        damage(ministry.store, "UPDATE item SET value = '999' WHERE value = '120000'")
        assert "is damaged" in str(ministry.documents.compose_questionnaire(response).blocks[0])


def test_a_forged_seal_is_named(coordinator: Workspace) -> None:  # W-08
    whole = coordinator.verification.verify(with_signatures=True)
    assert whole.seals == whole.seals_good == 1
    assert whole.findings == ()
    damage(coordinator.store, "UPDATE seal SET device = 'another'")
    report = coordinator.verification.verify(with_signatures=True)
    assert (report.seals, report.seals_good) == (1, 0)
    assert any("igc.iscm" in describe(one) for one in report.findings)
