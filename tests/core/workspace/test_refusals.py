"""What a merge did not take in: kept with it, written down, and answered.

F-01  What was refused, left out or not looked into is kept with the merge, and there after the program was closed.
F-02  The list says file, where it lay, why, and who sent it; formulas in it are texts.
F-03  Each sender gets one reply about all of their files, in the language that is known of them.
F-04  Whoever can do nothing about it gets no reply, and no file that is there is written over.
F-05  Headers of a reply are those of one mail, whatever the names say.
"""

from __future__ import annotations

import csv
import email
import email.policy
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.i18n import use_language
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.packages.reply_sentences import reply_sentence
from tests.support.mail import mail, written
from tests.support.packages import members
from tests.support.workspaces import answer, exported, opened


@pytest.fixture
def package(tmp_path: Path) -> Path:
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC")
        return exported(anna, response, tmp_path / "igc.iscm")


def mailed(folder: Path, name: str, address: str, *attached: tuple[str, bytes], **heads: str) -> Path:
    message = mail(*attached)
    del message["From"]
    message["From"] = address
    for head, text in heads.items():
        message[head.replace("_", "-")] = text
    return written(message, folder / name)


def apply(workspace: Workspace, *files: Path) -> str:
    return workspace.packages.apply(workspace.packages.plan(files)).operation


def test_what_was_refused_is_kept_with_its_merge(tmp_path: Path, package: Path) -> None:
    """F-01."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    mailed(inbox, "a.eml", "Ben <ben@example.org>", ("cut.iscm", package.read_bytes()[:200]))
    with opened(tmp_path, "desk") as desk:
        operation = apply(desk, package, inbox)
        assert desk.operations.row(operation).merged.refused == 1
    with opened(tmp_path, "desk") as desk:  # the next day
        found = desk.refusals.of_merge()
        assert found.operation == operation
        told = {line.file: line for line in desk.refusals.lines(found.rows)}
        assert {name: line.result for name, line in told.items()} == {
            "cut.iscm": "Refused", "photo.jpg": "Not looked into",
        }  # fmt: skip
        assert told["cut.iscm"].address == "ben@example.org"
        assert "a.eml › cut.iscm" in told["cut.iscm"].found_in
        assert "is damaged" in told["cut.iscm"].why


def test_a_merge_in_which_all_is_refused_is_kept_too(tmp_path: Path) -> None:
    """F-01."""
    (tmp_path / "broken.iscm").write_bytes(b"no package")
    with opened(tmp_path, "desk") as desk:
        operation = apply(desk, tmp_path / "broken.iscm")
        assert [row.file_name for row in desk.refusals.of_merge(operation).rows] == ["broken.iscm"]
        assert desk.verification.verify().findings == ()


def test_without_a_merge_nothing_is_refused(tmp_path: Path, package: Path) -> None:
    with opened(tmp_path, "desk") as desk:
        assert desk.refusals.of_merge().rows == ()
        apply(desk, package)
        assert desk.refusals.of_merge().rows == ()
        for unknown in ("99", "x"):
            with pytest.raises(IscmError) as refused:
                desk.refusals.of_merge(unknown)
            assert refused.value.problem is FileProblem.OPERATION_UNKNOWN


def test_what_was_left_out_is_listed(tmp_path: Path, package: Path) -> None:
    """F-01."""
    with opened(tmp_path, "desk") as desk:
        plan = desk.packages.choose(desk.packages.plan([package]), {package})
        report = desk.packages.apply(plan)
        assert [file.result.value for file in report.files] == ["left out"]
        assert desk.response_list.all() == ()
        assert desk.refusals.of_files(report)[0].respondent == "igc"


def test_the_list_is_written_as_table_workbook_and_text(tmp_path: Path) -> None:
    """F-02."""
    folder = tmp_path / "in"
    folder.mkdir()
    mailed(folder, "=cmd.eml", "=1+1 <ben@example.org>", ("=sum(a1).iscm", b"no package"))
    with opened(tmp_path, "desk") as desk:
        rows = desk.refusals.of_files(desk.packages.plan([folder]))
        assert [row.file_name for row in rows] == ["=sum(a1).iscm"]
        with (desk.refusals.write_list(rows, tmp_path / "list.csv")).open(
            encoding="utf-8-sig", newline=""
        ) as file:
            head, line = list(csv.reader(file))
        assert head[:2] == ["File", "Found in"]
        assert line[0] == "'=sum(a1).iscm"
        assert "'=1+1" in line
        sheet = load_workbook(desk.refusals.write_list(rows, tmp_path / "list.xlsx")).active
        assert sheet is not None
        assert sheet["A2"].value == "=sum(a1).iscm"
        assert sheet["A2"].data_type == "s"
        text = desk.refusals.write_list(rows, tmp_path / "list.txt").read_text(encoding="utf-8")
        assert "File: =sum(a1).iscm" in text
        assert "Address: ben@example.org" in text
        with pytest.raises(IscmError) as refused:
            desk.refusals.write_list((), tmp_path / "none.csv")
        assert refused.value.problem is AnswerProblem.NOTHING_REFUSED
        assert not (tmp_path / "none.csv").exists()


def test_each_sender_gets_one_reply_about_all_of_their_files(tmp_path: Path) -> None:
    """F-03."""
    folder = tmp_path / "in"
    folder.mkdir()
    mailed(folder, "1.eml", "Ben Ito <ben@example.org>", ("a.iscm", b"no"), Message_ID="<1@x>")
    mailed(folder, "2.eml", "Ben Ito <BEN@example.org>", ("b.iscm", b"no"), Message_ID="<2@x>")
    mailed(folder, "3.eml", "Awa <awa@example.sn>", ("c.iscm", b"no"), Content_Language="fr")
    (folder / "found.iscm").write_bytes(b"no")
    with opened(tmp_path, "desk") as desk:
        rows = desk.refusals.of_files(desk.packages.plan([folder]))
        files = desk.refusals.write_replies(rows, tmp_path / "out")
        assert [file.name for file in files] == [
            "reply-ben-example.org.eml", "reply-awa-example.sn.eml", "reply-found.iscm.txt",
        ]  # fmt: skip
        ben = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
        assert (ben["To"], ben["Subject"]) == ("Ben Ito <ben@example.org>", "Re: Our answers")
        assert (ben["In-Reply-To"], ben["References"]) == ("<2@x>", "<1@x> <2@x>")
        body = ben.get_content()
        assert "Dear Ben Ito," in body
        assert "a.iscm (1.eml)" in body
        assert "b.iscm (2.eml)" in body
        assert "could not be read, because it is no file that the program exported" in body
        assert body.splitlines()[-3:] == ["Desk", "Ministry", "Assessment 2027"]
        awa = email.message_from_bytes(files[1].read_bytes(), policy=email.policy.default)
        assert awa["Content-Language"] == "fr"
        assert "n’a pas pu être lu" in awa.get_content()


def test_the_language_that_the_round_knows_goes_before_all_others(tmp_path: Path) -> None:
    """F-03."""
    folder = tmp_path / "in"
    folder.mkdir()
    mailed(folder, "1.eml", "Ben <ben@example.org>", ("a.iscm", b"no"), Content_Language="fr")
    with opened(tmp_path, "desk") as desk:
        desk.respondents.ask("2027", "iscm", ["igc"], "ar", "ben@example.org")
        (reply,) = desk.refusals.replies(desk.refusals.of_files(desk.packages.plan([folder])))
        assert reply.language == "ar"
        assert reply.respondent.startswith("Inter-governmental")
        use_language("fr")
        try:
            assert (
                desk.refusals.replies(desk.refusals.of_files(desk.packages.plan([folder])))[0].text
                == reply.text
            )
        finally:
            use_language("en")


def test_the_language_of_a_response_that_was_refused_is_used(tmp_path: Path) -> None:
    """F-03."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc", language="fr")
        answer(anna, response, name="IGC")
        file = exported(anna, response, tmp_path / "igc.iscm")
    changed = members(file)
    manifest = json.loads(changed["manifest.json"])
    manifest["sender"]["name"] = "Somebody else"
    changed["manifest.json"] = json.dumps(manifest).encode()
    (tmp_path / "forged.iscm").write_bytes(zipped(changed))
    with opened(tmp_path, "desk") as desk:
        (reply,) = desk.refusals.replies(
            desk.refusals.of_files(desk.packages.plan([tmp_path / "forged.iscm"]))
        )
    assert (reply.language, reply.address) == ("fr", "")
    assert reply.respondent


def test_who_can_do_nothing_about_it_gets_no_reply(tmp_path: Path) -> None:
    """F-04."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    with opened(tmp_path, "desk") as desk:
        rows = desk.refusals.of_files(desk.packages.plan([tmp_path / "in"]))
        assert len(rows) == 1
        with pytest.raises(IscmError) as refused:
            desk.refusals.write_replies(rows, tmp_path / "out")
        assert refused.value.problem is AnswerProblem.NOBODY_TO_REPLY
    assert not (tmp_path / "out").exists()


def test_a_reply_never_takes_the_place_of_another(tmp_path: Path) -> None:
    """F-04."""
    (tmp_path / "broken.iscm").write_bytes(b"no")
    with opened(tmp_path, "desk") as desk:
        rows = desk.refusals.of_files(desk.packages.plan([tmp_path / "broken.iscm"]))
        first, second = (desk.refusals.write_replies(rows, tmp_path / "out")[0] for _ in range(2))
        assert first != second
        assert first.exists()
        assert second.exists()


@pytest.mark.parametrize(
    "sender",
    [
        "=?utf-8?q?Ben=0ABcc=3A_x=40example=2Eorg?= <ben@example.org>",
        '"Ben, \\"the\\" <b>" <ben@example.org>',
        "=?utf-8?b?2KfYqNmG?= <ben@example.org>",
        "<ben@example.org>",
    ],
)
def test_no_name_brings_a_header_of_its_own(tmp_path: Path, sender: str) -> None:
    """F-05."""
    raw = (
        f"From: {sender}\r\nSubject: =?utf-8?q?Hello=0D=0ABcc=3A_x=40example=2Eorg?=\r\n"
        'Content-Type: application/octet-stream; name="a.iscm"\r\n'
        'Content-Disposition: attachment; filename="a.iscm"\r\n\r\nnot a package\r\n'
    )
    (tmp_path / "1.eml").write_bytes(raw.encode())
    with opened(tmp_path, "desk") as desk:
        rows = desk.refusals.of_files(desk.packages.plan([tmp_path / "1.eml"]))
        (file,) = desk.refusals.write_replies(rows, tmp_path / "out")
    reply = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert reply["Bcc"] is None
    assert [one.addr_spec for one in reply["To"].addresses] == ["ben@example.org"]


def test_each_problem_of_a_file_has_words_for_its_sender() -> None:
    """F-03: none falls back to the general sentence but what no file brings."""
    about_files = [
        *(one for one in FileProblem if one.name.startswith(("HOLDER_", "PACKAGE_", "PDF_"))),
        *(one for one in TrustProblem if one.name.startswith(("AGE_", "PROOF_", "SEAL_", "SIGNATURE_"))),
    ]
    general = reply_sentence(None)
    assert {one for one in about_files if reply_sentence(one) == general} == set()
