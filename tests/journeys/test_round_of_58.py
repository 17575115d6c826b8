"""A round of 58 respondents: some 300 files come back in whatever mail, archives and people wrap them in.

Each who answers does so on a computer of their own, by an invitation, and sends a draft, a later one, and what they
signed off, as a package, encrypted, or as the PDF that carries it; colleagues send what differs.

J-71 Each file is told of once: with its result, and where nothing of it was merged, with a sentence that says why.
J-72 A merge that was stopped goes on; in whatever order files come, the store holds the same, and all answers sent.
J-73 Taken back, nothing is left of them; put back, all is as before.
J-74 Conflicts, coverage, who is to be reminded, replies to senders: as many as the story has.
J-75 The data hold every answer that may be published, and no other.
J-76 The command line counts the same.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import random
import shutil
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from iscm_desktop.cli import main
from iscm_desktop.exchange.merging.merge_plan import MergeResult
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.coverage.round_coverage import Stage
from iscm_desktop.workspace.reminders.reminder_rows import ReminderStanding
from tests.support.mail import apple_mail, forwarded, mail, mailbox
from tests.support.outlook import outlook_message, winmail
from tests.support.signed_mail import in_pieces, signed_mail, signed_part
from tests.support.workspaces import content

STATES, MECHANISMS, ORGANIZATIONS = 43, 12, 3
ANSWERING, SIGNING, DIFFERING, WITHHOLDING = 52, 40, 8, 5
WORDS = {"state": "STA-A/STA-A02", "iscm": "ISC-B/ISC-B06", "organization": "IGO-A/IGO-A03"}
"""A question in words, by questionnaire."""
_SMALL = 4096
"""Bytes of a stream."""
LONG_NAMES = ("अंतर्राज्यीय परामर्श तंत्र " * 9, "关于移徙问题的国家间协商机制" * 12, "تقرير آلية التشاور " * 10)


@dataclass
class Story:
    """What was sent, and what has to be here in the end."""

    inbox: Path
    desk: Path  # the coordinator's folder as after the invitations
    files: int = 0  # with answers that can be read
    broken: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # of other kinds
    sent: dict[str, str] = field(default_factory=dict)  # by respondent, the last text in words
    differing: set[str] = field(default_factory=set)  # respondents of whom two texts came
    signed: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)


def respondents() -> Iterator[tuple[str, str, str]]:
    """Questionnaire, respondent and language of all 58."""
    languages = ("en", "fr", "ar", "es", "ru", "zh")
    states = [one.code for one in registers.territories() if registers.memberships_of(one.code)]
    mechanisms = [one.code for one in registers.mechanisms()]
    codes = [("state", code) for code in states[:STATES]]
    codes += [("iscm", code) for code in mechanisms[:MECHANISMS]]
    codes += [("organization", code) for code in ("iom", "unhcr", "ilo")]
    for number, (form, code) in enumerate(codes):
        yield form, code, languages[number % len(languages)]


def opened(folder: Path, name: str, person: str) -> Workspace:
    workspace = Workspace.open(folder / f"{name}.iscmdb", keys_in_files=True)
    workspace.set_person(person, "Ministry")
    return workspace


def tell(workspace: Workspace, response: str, path: str, text: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer(path, text)
    workspace.responses.save(response, session)


def answers_of(
    folder: Path, invitation: Path, number: int, form: str, code: str, story: Story
) -> Iterator[Path]:
    """What one respondent sends in the course of the round, and a colleague of theirs."""
    path, words = WORDS[form], f"Told by {code} – {number}, last."
    story.sent[code] = words
    with opened(folder, code, f"Person {number}") as theirs:
        response = theirs.received_invitations.open_response(invitation, "", "", "")
        tell(theirs, response, path, f"Told by {code}, a draft.")
        yield theirs.exports.export(response, folder / f"{code} draft.iscm").path
        tell(theirs, response, path, words)
        if number % 10 == 3:
            theirs.restrictions.restrict(response, AnswerPath(path))
            story.withheld.add(code)
        yield theirs.exports.export(response, folder / f"{code} answers.iscm").path
        if number < SIGNING:
            theirs.sign_offs.sign(response, f"Person {number}", "Director", reason="as far as known")
            story.signed.add(code)
        yield theirs.exports.export(response, folder / f"{code} final.iscm").path
        yield Path(shutil.copy(folder / f"{code} final.iscm", folder / f"{code} sent again.iscm"))
        yield theirs.exports.export(response, folder / f"{code}.iscm.age", encrypts=True).path
        if number % 2 == 0:
            yield theirs.pdf_exports.export(response, folder / f"{code}.pdf").path
    if number < SIGNING or len(story.differing) >= DIFFERING:
        return
    story.differing.add(code)
    with opened(folder, f"{code} colleague", f"Colleague {number}") as another:
        another.packages.apply(another.packages.plan([folder / f"{code} draft.iscm"]))
        response = another.response_list.all()[0].id
        tell(another, response, path, f"Told by {code}, otherwise.")
        yield another.exports.export(response, folder / f"{code} colleague.iscm").path


# wrappings: each writes what it makes of one file into a folder


Wrapping = Callable[[Path, str, bytes], None]


def as_it_is(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)


def in_a_mail(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.eml").write_bytes(mail((name, data), ("logo.png", b"\x89PNG")).as_bytes())


def in_a_mail_forwarded_in_base64(folder: Path, name: str, data: bytes) -> None:
    (folder / f"Fwd {name}.eml").write_bytes(forwarded(mail((name, data)).as_bytes(), "base64"))


def in_a_mail_with_a_mark(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name} saved.txt").write_bytes(b"\xef\xbb\xbf" + mail((name, data)).as_bytes())


def in_apple_mail(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.emlx").write_bytes(apple_mail(mail((name, data))))


def in_an_outlook_message(folder: Path, name: str, data: bytes) -> None:
    if len(data) < _SMALL:  # a stream of that size lies elsewhere in such a file
        in_a_mail(folder, name, data)
    else:
        (folder / f"{name}.msg").write_bytes(outlook_message((name, data)))


def in_winmail(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name} winmail.dat").write_bytes(winmail((b"ANSWER~1.ISC", data, name)))


def in_a_signed_mail(folder: Path, name: str, data: bytes) -> None:
    part = signed_part(mail((name, data)).as_bytes())
    (folder / f"{name} signed.eml").write_bytes(signed_mail(in_pieces(part)))


def in_a_zip_of_a_mac(folder: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        archive.writestr(name, data)
        archive.writestr(f"__MACOSX/._{name}", b"\0\5\x16\7")
    (folder / f"._{name}.zip").write_bytes(b"\0\5\x16\7")


def renamed_by_a_gateway(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.txt").write_bytes(data)


def saved_as_it_was_carried(folder: Path, name: str, data: bytes) -> None:
    (folder / f"{name}.bin").write_bytes(base64.encodebytes(data))


def in_a_zip_with_a_long_name(folder: Path, name: str, data: bytes) -> None:
    suffix = ".".join(name.split(".")[1:])
    with zipfile.ZipFile(folder / f"{name} long.zip", "w") as archive:
        archive.writestr(f"{LONG_NAMES[len(name) % 3]}.{suffix}", data)


WRAPPINGS: tuple[Wrapping, ...] = (
    as_it_is, in_a_mail, in_a_mail_forwarded_in_base64, in_a_mail_with_a_mark, in_apple_mail, in_winmail,
    in_an_outlook_message, in_a_signed_mail, in_a_zip_of_a_mac, renamed_by_a_gateway, saved_as_it_was_carried,
    in_a_zip_with_a_long_name,
)  # fmt: skip


def lay_down(story: Story, made: list[Path]) -> None:
    """All files into the inbox, each in a wrapping; the last dozens in a mailbox and in one mail."""
    chance = random.Random(58)
    chance.shuffle(made)
    single, forwarded_ones, boxed = made[:-60], made[-60:-30], made[-30:]
    for number, file in enumerate(single):
        folder = story.inbox / f"week {number % 5}"
        folder.mkdir(parents=True, exist_ok=True)
        WRAPPINGS[number % len(WRAPPINGS)](folder, file.name, file.read_bytes())

    def one_mail(file: Path) -> EmailMessage:
        return mail((file.name, file.read_bytes()))

    (story.inbox / "Inbox.mbox").write_bytes(mailbox(*map(one_mail, boxed)))
    (story.inbox / "Fwd all of them.eml").write_bytes(mail(*map(one_mail, forwarded_ones)).as_bytes())
    story.files = len(made)
    spoil(story, made)


def spoil(story: Story, made: list[Path]) -> None:
    """What no one can read, and what is something else."""
    data = next(file for file in made if file.suffix == ".iscm").read_bytes()
    broken = mail(("cut off.iscm", data[:400]))
    del broken["From"]
    broken["From"] = "Ben <ben@example.org>"
    (story.inbox / "cut off.eml").write_bytes(broken.as_bytes())
    (story.inbox / "spoiled.iscm").write_bytes(data[:600] + b"\0\0\0\0" + data[604:])
    (story.inbox / "answers.7z").write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(64))
    (story.inbox / "answers.rar").write_bytes(b"Rar!\x1a\7\1\0" + bytes(64))
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(made[0], "answers.iscm")
    (story.inbox / "answers.tar.gz").write_bytes(packed.getvalue())
    (story.inbox / "no answers yet.eml").write_bytes(mail(subject="We shall send them later").as_bytes())
    story.broken = [
        "cut off.iscm", "spoiled.iscm", "answers.7z", "answers.rar", "answers.tar.gz", "no answers yet.eml",
    ]  # fmt: skip
    (story.inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
    (story.inbox / "letter.docx").write_bytes(b"a letter")
    story.others = ["photo.jpg", "letter.docx"]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("round of 58")
    told = Story(folder / "inbox", folder / "desk")
    told.inbox.mkdir()
    told.desk.mkdir()
    with opened(told.desk, "coordinator", "Carla") as carla:
        carla.rounds.start("2027", "Assessment 2027", date(2099, 4, 30))
        rows = [
            row
            for form, code, language in respondents()
            for row in carla.respondents.ask("2027", form, [code], language, f"{code}@example.org".lower())
        ]
        random.Random(2027).shuffle(rows)
        issued = carla.invitations.issue(rows, folder / "invitations")
    made: list[Path] = []
    for number, one in enumerate(issued[:ANSWERING]):
        computer = folder / f"computer {number}"
        computer.mkdir()
        made += answers_of(computer, one.path, number, one.row.form_id, one.row.respondent, told)
    lay_down(told, made)
    return told


@pytest.fixture
def desk(story: Story, tmp_path: Path) -> Iterator[Workspace]:
    """The coordinator as after the invitations."""
    shutil.copytree(story.desk, tmp_path / "desk")
    with opened(tmp_path / "desk", "coordinator", "Carla") as carla:
        yield carla


def texts_here(workspace: Workspace) -> dict[str, str]:
    """By respondent, the answer in words as it stands."""
    return {
        row.respondent: workspace.responses.open_session(row.id).view(WORDS[row.form_id]).text
        for row in workspace.response_list.all()
    }


def contents(workspace: Workspace, folder: Path) -> dict[str, dict[str, object]]:
    """All that is held of each response, by respondent."""
    folder.mkdir()
    return {
        row.respondent: content(workspace.exports.export(row.id, folder / f"{row.respondent}.iscm").path)
        for row in workspace.response_list.all()
    }


def test_every_file_is_told_of_once(story: Story, desk: Workspace) -> None:
    """J-71."""
    assert story.files > 290
    plan = desk.packages.plan([story.inbox])
    refused = [file for file in plan.refused if not file.source.is_passed_over]
    assert len(plan.planned) == story.files
    assert sorted(file.path.name for file in refused) == sorted(story.broken)
    passed_over = [file.path.name for file in plan.unplanned if file.result is MergeResult.PASSED_OVER]
    assert sorted(passed_over) == sorted(story.others)
    sentences = {file.path.name: explain(file) for file in plan.unplanned}
    assert all("unpack" in sentences[name].lower() for name in story.broken if name.startswith("answers."))
    assert "damaged" in sentences["cut off.iscm"]
    told = Counter((file.source.origin, file.path.name) for file in plan.files)
    assert set(told.values()) == {1}
    assert desk.response_list.all() == ()


def test_a_stopped_merge_goes_on_and_any_order_does(story: Story, desk: Workspace, tmp_path: Path) -> None:
    """J-72, J-73."""
    plan = desk.packages.plan([story.inbox])
    looks = itertools.count()
    begun = desk.packages.apply(plan, TaskProgress(should_stop=lambda: next(looks) >= 120))
    assert begun.is_stopped
    assert 0 < len(desk.response_list.all()) < ANSWERING
    first = [begun.operation, desk.packages.apply(desk.packages.plan([story.inbox])).operation]
    here = texts_here(desk)
    assert here.keys() == story.sent.keys()
    agreed = {code: text for code, text in here.items() if code not in story.differing}
    assert agreed == {code: story.sent[code] for code in agreed}
    before = contents(desk, tmp_path / "first")

    shutil.copytree(story.desk, tmp_path / "other")
    with opened(tmp_path / "other", "coordinator", "Carla") as other:
        lots = sorted(path for path in story.inbox.iterdir())
        random.Random(72).shuffle(lots)
        for lot in [*lots, *lots[:3]]:
            other.packages.apply(other.packages.plan([lot]))
        assert contents(other, tmp_path / "second") == before

    for operation in reversed(first):
        desk.operations.take_back(operation)
    assert desk.response_list.all() == ()
    for operation in first:
        desk.operations.put_back(operation)
    assert contents(desk, tmp_path / "third") == before
    assert desk.verification.verify().is_whole


def test_the_desk_counts_what_the_story_has(story: Story, desk: Workspace, tmp_path: Path) -> None:
    """J-74."""
    desk.packages.apply(desk.packages.plan([story.inbox]))
    found = desk.coverage.of("2027")
    assert found is not None
    total = found.total
    assert (total.asked, total.unasked, total.received) == (58, 0, ANSWERING)
    assert (
        (total.signed, total.in_conflict) == (len(story.signed), len(story.differing)) == (SIGNING, DIFFERING)
    )
    assert sum(one.asked for one in found.by_form) == 58
    stages = {row.respondent: row.stage for row in found.respondents}
    assert {
        code for code, stage in stages.items() if stage is Stage.INVITED
    } == stages.keys() - story.sent.keys()
    assert {row.respondent for row in desk.conflict_list.rows()} == story.differing
    waiting = {
        row.respondent
        for row in desk.reminders.rows("2027")
        if row.standing is not ReminderStanding.SIGNED_OFF
    }
    assert waiting == stages.keys() - story.signed
    for conflict in desk.conflicts.unsettled():
        kept = next(one for one in conflict.candidates if "last" in one.text)
        desk.conflicts.resolve(conflict.id, keep=kept.revision_id, reason="the ministry's own")
    assert texts_here(desk) == story.sent
    replies = desk.refusals.write_replies(desk.refusals.of_merge().rows, tmp_path / "replies")
    assert any(
        "ben@example.org" in file.read_text(encoding="utf-8") for file in replies if file.suffix == ".eml"
    )


def test_the_data_hold_all_that_may_be_published(story: Story, desk: Workspace, tmp_path: Path) -> None:
    """J-75."""
    desk.packages.apply(desk.packages.plan([story.inbox]))
    report = desk.data.export(tmp_path / "data.xlsx")
    assert (report.responses, report.left_out) == (ANSWERING, len(story.withheld))
    book = load_workbook(tmp_path / "data.xlsx", read_only=True)
    written = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    sure = {text for code, text in story.sent.items() if code not in story.differing | story.withheld}
    assert sure <= written
    assert not {story.sent[code] for code in story.withheld} & written


def test_the_command_line_counts_the_same(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """J-76."""
    shutil.copytree(story.desk, tmp_path / "desk")

    def iscm(*words: str) -> tuple[int, Any]:
        code = main(["--store", str(tmp_path / "desk" / "coordinator.iscmdb"), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    code, merged = iscm("merge", str(story.inbox))
    assert code == 1
    assert len(merged["files"]) == story.files + len(story.broken) + len(story.others)
    code, conflicts = iscm("conflicts")
    assert (code, len(conflicts)) == (1, DIFFERING)
    code, coverage = iscm("coverage")
    assert (code, coverage["total"]["received"], coverage["total"]["signed"]) == (0, ANSWERING, SIGNING)
