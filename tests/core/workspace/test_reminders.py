"""Reminders.

R-01 A letter is in the respondent's language, and names what is open by number and words, never an answer.
R-02 The invitation goes along as it was issued: the same id and secret; one that cannot be made is said.
R-03 Who was reminded when and by whom is in the log; taken back, they were not.
R-04 All of it is written, or nothing; nothing that lay there before is touched.
R-05 Whatever comes from outside is text: no heading of a mail, no formula, no mark that steers a screen.
R-06 Nobody who has signed off is proposed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.errors import FileProblem, IscmError, RoundProblem
from iscm_desktop.exchange.reminders.mail_file import MailFile, addresses_in, mail_bytes, mail_read_back
from iscm_desktop.exchange.trust.invitation_file import read_invitation
from iscm_desktop.i18n import LANGUAGES
from iscm_desktop.presenters.reminder_choice import ReminderFilter, is_proposed, is_rested, remarks_on
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.operation_wording import operation_in_words
from iscm_desktop.workspace.reminders.letter_language import LetterLanguage, letter_languages
from iscm_desktop.workspace.reminders.reminder_letter import Sentence, one_line
from iscm_desktop.workspace.reminders.reminder_rows import (
    InvitationBeside,
    ReminderRow,
    ReminderStanding,
    WrittenReminders,
)
from tests.support.inviting import answered, coordinator, invited, merged
from tests.support.workspaces import Ticking, start_own

OPEN = """
| survey |             |       |                      |          |             |
|        | type        | name  | label                | required | constraint  |
|        | begin_group | about | About                |          |             |
|        | text        | who   | Who?                 |          |             |
|        | integer     | fee   | Fee of ${who}        | yes      | . < 100     |
|        | text        | story | Story                | yes      |             |
|        | end_group   |       |                      |          |             |
|        | begin_group | more  | More                 |          |             |
|        | begin_repeat | one  | Partner              |          |             |
|        | text        | name  | Its name             |          |             |
|        | text        | since | Since when?          | yes      |             |
|        | end_repeat  |       |                      |          |             |
|        | end_group   |       |                      |          |             |
| settings |           |       |                      |          |             |
|        | form_title  | form_id | version            |          |             |
|        | Small form  | small2  | 1                  |          |             |
"""


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def desk(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    """Asked and invited: Canada in English, whose answers are here, Senegal in French; Egypt is asked alone."""
    with Workspace.open(tmp_path / "carla.iscmdb", clock=clock) as workspace:
        workspace.set_person("Carla", "IOM")
        workspace.rounds.start("2027", "Assessment 2027", date(2027, 2, 20))
        workspace.respondents.ask(
            "2027", "state", ["SEN"], "fr", "Awa <awa@example.org>, tel. 12; b.c@un.int"
        )
        workspace.respondents.ask("2027", "state", ["CAN"], "en", "")
        workspace.invitations.issue(workspace.respondents.of("2027"), tmp_path / "issued")
        workspace.respondents.ask("2027", "state", ["EGY"], "ar", "egypt@example.org")
        merged(workspace, answered(tmp_path, "can", tmp_path / "issued" / "2027-state-CAN.iscminvite"))
        yield workspace


def row(workspace: Workspace, code: str) -> ReminderRow:
    return next(one for one in workspace.reminders.rows() if one.respondent == code)


def written(workspace: Workspace, folder: Path, *codes: str) -> WrittenReminders:
    wanted = [one for one in workspace.reminders.rows() if not codes or one.respondent in codes]
    done = workspace.reminders.write(wanted, folder)
    assert done is not None
    return done


def mail(file: Path) -> EmailMessage:
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def table(file: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))]


def test_what_is_open_is_named_in_the_language_of_each(desk: Workspace, tmp_path: Path) -> None:
    """R-01"""
    can = next(one for one in desk.response_list.all() if one.respondent == "CAN")
    desk.queries.ask(can.id, "STA-A/STA-A02", "Is the secret figure 4711 right?")
    done = written(desk, tmp_path / "out")
    assert [one.row.respondent for one in done.reminders] == ["CAN", "EGY", "SEN"]
    text = (tmp_path / "out/texts/2027-state-CAN.txt").read_text("utf-8")
    assert "    - B03 Overall, how far have ISCMs shaped national policy, law or practice?" in text
    assert "  B National setting\n    - B01" in text
    assert "They were due on 20 February 2027." in text
    assert "    - A02 Ministry or agency that answers (asked on" in text
    assert "Ministry\n" not in text.replace("With thanks,\nCarla\nIOM\n", "")
    assert "4711" not in text
    french = (tmp_path / "out/texts/2027-state-SEN.txt").read_text("utf-8")
    assert "Sénégal" in french
    assert "20 février 2027" in french
    assert "ne nous sont pas encore parvenues" in french
    assert "تذكير" in (tmp_path / "out/texts/2027-state-EGY.txt").read_text("utf-8")


def test_a_letter_holds_no_answer(tmp_path: Path, clock: Ticking) -> None:
    """R-01: neither in a label that shows one, nor as the name of an entry, nor what is to be mended."""
    with Workspace.open(tmp_path / "desk.iscmdb", clock=clock) as workspace:
        workspace.rounds.start("2027", "Assessment 2027")
        response = start_own(workspace, OPEN, "Somebody")
        session = workspace.responses.open_session(response)
        session.answer("about/who", "Hidden Name")
        session.answer("about/fee", "4711")
        entry = session.add_entry("more/one")
        session.answer(f"{entry}/name", "Hidden Partner")
        workspace.responses.save(response, session)
        letter = workspace.reminders.letter(row(workspace, "somebody"))
        assert [(one.called, one.is_to_mend) for one in letter.open_questions] == [
            ("1.2 Fee of ", True), ("1.3 Story", False), ("2.1.2 Since when?", False),
        ]  # fmt: skip
        for hidden in ("Hidden", "4711"):
            assert hidden not in letter.body
        assert "They" not in letter.body, "no day, no sentence about it"


def test_the_invitation_is_the_one_that_was_issued(desk: Workspace, tmp_path: Path) -> None:
    """R-02: byte for byte where the round still says the same; with the new day where it was put off."""
    desk.rounds.start("2027", "Assessment 2027", date(2027, 5, 1))
    done = written(desk, tmp_path / "out", "SEN", "EGY")
    sent = mail(tmp_path / "out/mails/2027-state-SEN.eml")
    (attached,) = sent.iter_attachments()
    assert attached.get_content() == (tmp_path / "out/invitations/2027-state-SEN.iscminvite").read_bytes()
    first = read_invitation(tmp_path / "issued/2027-state-SEN.iscminvite").invitation
    again = read_invitation(tmp_path / "out/invitations/2027-state-SEN.iscminvite").invitation
    assert (again.id, again.secret, again.issued_at, again.issuer) == (
        first.id, first.secret, first.issued_at, first.issuer,
    )  # fmt: skip
    assert (first.round.due_on, again.round.due_on) == ("2027-02-20", "2027-05-01")
    assert len(desk.invitations.issued()) == 2, "no other one was issued"
    desk.rounds.start("2027", "Assessment 2027", date(2027, 2, 20))
    written(desk, tmp_path / "same", "SEN")
    assert (tmp_path / "same/invitations/2027-state-SEN.iscminvite").read_bytes() == (
        tmp_path / "issued/2027-state-SEN.iscminvite"
    ).read_bytes()
    (never,) = (one for one in done.reminders if one.row.respondent == "EGY")
    assert (never.invitation, never.invitation_state) == ("", InvitationBeside.NEVER_ISSUED)
    assert any("مصر" in said or "Egypt" in said for said in remarks_on(done))


def test_both_copies_of_an_invitation_lead_to_one_response_and_prove_alike(
    desk: Workspace, tmp_path: Path
) -> None:
    written(desk, tmp_path / "out", "SEN")
    with Workspace.open(tmp_path / "awa.iscmdb") as theirs:
        begun = theirs.received_invitations.open_response(
            tmp_path / "issued/2027-state-SEN.iscminvite", "", "", ""
        )
        again = theirs.received_invitations.open_response(
            tmp_path / "out/invitations/2027-state-SEN.iscminvite", "", "", ""
        )
        assert begun == again
    back = answered(tmp_path, "other", tmp_path / "out/invitations/2027-state-SEN.iscminvite")
    (report,) = merged(desk, back)
    assert report.judgement.trust.value == "verified_invitation"  # type: ignore[union-attr]


def test_an_invitation_that_cannot_be_made_again_is_said(tmp_path: Path) -> None:
    """R-02: another key would look like a stranger's; without the coordinator's key there is no secret."""
    with coordinator(tmp_path) as carla:
        invited(carla, tmp_path / "issued", "SEN", language="fr")
        keys = [file for file in carla.keys.files() if file.exists()]
    kept = {file: file.read_bytes() for file in keys}
    assert len(kept) == 2, "tests run without the system's key store"
    for beginning, state in (
        ("coordinator", InvitationBeside.KEY_NOT_HERE),
        ("device", InvitationBeside.SIGNED_ELSEWHERE),
    ):
        for file, data in kept.items():
            file.write_bytes(data)
        next(file for file in keys if file.name.startswith(beginning)).unlink()
        with Workspace.open(tmp_path / "carla.iscmdb") as again:
            done = written(again, tmp_path / beginning, "SEN")
            assert done.reminders[0].invitation_state is state
            assert not (tmp_path / beginning / "invitations").exists()
            assert "2027-state-SEN.iscminvite" not in done.reminders[0].letter.body
            assert any("Senegal" in said for said in remarks_on(done))


def test_who_was_reminded_is_in_the_log_and_can_be_taken_back(
    desk: Workspace, tmp_path: Path, clock: Ticking
) -> None:
    """R-03"""
    written(desk, tmp_path / "first", "SEN", "CAN")
    clock.now += timedelta(days=8)
    desk.set_person("Ben", "")
    second = written(desk, tmp_path / "second", "SEN")
    assert [(one.person, one.operation) for one in row(desk, "SEN").reminded] == [
        ("Ben", second.operation), ("Carla", str(int(second.operation) - 1)),
    ]  # fmt: skip
    assert operation_in_words(desk.operations.row(second.operation)) == "reminded: 1 respondent (Senegal)"
    (listed,) = table(tmp_path / "second/reminders.csv")
    assert (listed["reminded_before"], listed["last_reminded_by"]) == ("1", "Carla")
    now = desk.now()
    assert [is_rested(row(desk, code), now, 7) for code in ("SEN", "CAN", "EGY")] == [False, True, True]
    assert desk.operations.take_back(second.operation)
    assert [one.person for one in row(desk, "SEN").reminded] == ["Carla"]
    assert desk.operations.put_back(second.operation)
    assert len(row(desk, "SEN").reminded) == 2
    assert desk.verification.verify().is_whole


def test_nothing_is_left_of_what_was_stopped_or_failed(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-04"""
    before = len(desk.operations.rows())
    there = set(tmp_path.iterdir())
    rows = desk.reminders.rows()
    asked: list[int] = []

    def stop_after_two() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert desk.reminders.write(rows, tmp_path / "out", TaskProgress(should_stop=stop_after_two)) is None
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(IscmError) as refused:
        desk.reminders.write(rows, tmp_path / "full")
    assert refused.value.problem is RoundProblem.REMINDER_FOLDER_TAKEN
    with pytest.raises(IscmError) as nobody:
        desk.reminders.write([], tmp_path / "out")
    assert nobody.value.problem is RoundProblem.REMINDER_NOBODY
    with monkeypatch.context() as patch:
        patch.setattr(desk._context.database, "write", _broken)
        with pytest.raises(IscmError):
            desk.reminders.write(rows, tmp_path / "out")
    assert set(tmp_path.iterdir()) - there == {tmp_path / "full"} | (
        {tmp_path / "out"} & set(tmp_path.iterdir())
    )
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["notes.txt"]
    assert len(desk.operations.rows()) == before
    assert not any(one.reminded for one in desk.reminders.rows())


def _broken() -> None:
    raise IscmError(FileProblem.FILE_NOT_WRITTEN, file="x", reason="full")


def test_whatever_comes_from_outside_is_text(tmp_path: Path, clock: Ticking) -> None:
    """R-05"""
    with Workspace.open(tmp_path / "desk.iscmdb", clock=clock) as workspace:
        workspace.rounds.start("2027", "=HYPERLINK(1)\r\nBcc: all@example.org\u202e")
        workspace.respondents.ask(
            "2027", "organization", ["=cmd|' /C calc'!A0"], "xx", "a@b.org\r\nBcc: c@d.org"
        )
        (one,) = written(workspace, tmp_path / "out").reminders
        sent = mail(tmp_path / "out" / one.mail)
        assert set(sent.keys()) == {
            "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        }  # fmt: skip
        assert sent["Subject"] == f"Reminder: =HYPERLINK(1) Bcc: all@example.org – {one.row.name}"
        assert one.row.addresses == ("a@b.org", "c@d.org"), "what looks like an address is one, in its place"
        assert "\u202e" not in one.letter.body
        assert one.letter.language == "en"
        for listed in ("reminders.csv", "mail-merge.csv"):
            for cells in table(tmp_path / "out" / listed):
                assert not [cell for cell in cells.values() if cell.startswith(("=", "+", "-", "@"))]
                assert not [cell for cell in cells.values() if "\n" in cell or "\r" in cell]


def test_who_is_proposed(desk: Workspace, tmp_path: Path) -> None:
    """R-06"""
    assert [is_proposed(one) for one in desk.reminders.rows()] == [True] * 3
    with Workspace.open(tmp_path / "can.iscmdb") as theirs:
        (theirs_row,) = theirs.response_list.all()
        theirs.sign_offs.sign(theirs_row.id, "Anna Berg", "Director", reason="as far as known")
        theirs.exports.export(theirs_row.id, tmp_path / "signed.iscm")
    merged(desk, tmp_path / "signed.iscm")
    rows = {one.respondent: one for one in desk.reminders.rows()}
    assert rows["CAN"].standing is ReminderStanding.SIGNED_OFF
    assert {code: is_proposed(one) for code, one in rows.items()} == {"CAN": False, "EGY": True, "SEN": True}
    fitting = {each: {code for code, one in rows.items() if each.fits(one)} for each in ReminderFilter}
    assert fitting[ReminderFilter.NOT_SIGNED_OFF] == fitting[ReminderFilter.LATE] == {"EGY", "SEN"}
    assert fitting[ReminderFilter.NOTHING_RECEIVED] == {"EGY", "SEN"}
    assert fitting[ReminderFilter.QUERIED] == set()
    letter = desk.reminders.letter(rows["CAN"])
    assert "signed off. Thank you." in letter.body
    assert "due" not in letter.body


def test_letters_are_whole_in_each_language() -> None:
    """R-01: each sentence, with all its places."""
    assert letter_languages() == LANGUAGES
    places = ("questionnaire", "respondent", "round", "date", "question", "file")
    for code in LANGUAGES[1:]:
        language = LetterLanguage(code)
        for sentence in Sentence:
            filled = {name: f"<{name}>" for name in places if f"{{{name}}}" in sentence.value}
            said = language.say(sentence.value, **filled)
            assert said != sentence.value.format(**filled), (code, sentence)
            assert all(mark in said for mark in filled.values()), (code, sentence)
            assert "{" not in said


@given(
    subject=st.text(max_size=300).map(one_line),
    body=st.text(max_size=300).map(one_line),
    attached=st.binary(max_size=200),
    is_attached=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_mail_is_read_again_as_it_was_meant(
    subject: str, body: str, attached: bytes, is_attached: bool
) -> None:
    """R-04: and the same content gives the same bytes."""
    one = MailFile(
        ("a@example.org",), subject, body + "\n", "été-1.iscminvite" if is_attached else "",
        attached if is_attached else b"",
    )  # fmt: skip
    made = mail_bytes(one)
    assert made == mail_bytes(one)
    mail_read_back(one, Path("x.eml"))(made)
    with pytest.raises(IscmError):
        mail_read_back(one, Path("x.eml"))(mail_bytes(MailFile((), subject + "x", body, "", b"")))


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("Awa <awa@example.org>, tel. 12; b.c@un.int", ("awa@example.org", "b.c@un.int")),
        ("mailto:x@y.org", ("x@y.org",)),
        ("x@y.org x@y.org", ("x@y.org",)),
        ("+41 22 717 91 11", ()),
        ("no@where", ()),
        ("a@b@c.org", ()),
        ("@b.org", ()),
        ("", ()),
    ],
)
def test_addresses_are_found_in_a_contact(contact: str, found: tuple[str, ...]) -> None:
    assert addresses_in(contact) == found


def test_what_the_log_says_travels_as_json(desk: Workspace, tmp_path: Path) -> None:
    done = written(desk, tmp_path / "out", "SEN")
    parameters = desk.operations.row(done.operation).parameters
    assert json.loads(parameters["reminded"]) == [["state", "SEN", "Senegal"]]
    assert parameters["round"] == "2027"
