"""Who sent a file, as the mail says in which it came.

S-01  The sender of a file is that of the mail it is attached to; of a forwarded mail that names one, its own.
S-02  A mail in which nothing is found is told with its sender as well.
S-03  What headers say is hostile: cut, freed of what is no letter, and no address that does not look like one.
S-04  Where the text's language is named, a reply can be in it.
"""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.unpacking.extraction import PackageExtractor
from iscm_desktop.exchange.unpacking.mail_sender import MailSender, read_sender
from tests.core.exchange.test_unpacker_process import PACKAGE
from tests.support.mail import mail


def senders(name: str, data: bytes) -> list[MailSender | None]:
    return [one.sender for one in PackageExtractor().unpack(name, data)]


def sent_by(
    name: str, address: str, *attached: tuple[str, bytes] | EmailMessage, **heads: str
) -> EmailMessage:
    message = mail(*attached)
    del message["From"]
    message["From"] = f"{name} <{address}>"
    for head, text in heads.items():
        message[head.replace("_", "-")] = text
    return message


def test_the_sender_of_a_mail_comes_with_what_is_attached() -> None:
    """S-01, S-04."""
    message = sent_by("Awa Diop", "awa@example.sn", ("igc.iscm", PACKAGE), Message_ID="<7@example.sn>",
                      Content_Language="fr-SN")  # fmt: skip
    assert senders("m.eml", message.as_bytes()) == [
        MailSender("Awa Diop", "awa@example.sn", "Our answers", "<7@example.sn>", "fr")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_names_in_other_scripts_are_decoded(encoding: str) -> None:
    """S-01."""
    message = sent_by("=?{}?q?Andr={}?=".format(encoding, "C3=A9" if encoding == "utf-8" else "E9"), "a@example.org",
                      ("a.iscm", PACKAGE))  # fmt: skip
    (found,) = senders("m.eml", message.as_bytes())
    assert found is not None
    assert found.name == "André"


def test_of_a_forwarded_mail_its_own_sender_counts() -> None:
    """S-01."""
    inner = sent_by("Ben", "ben@example.org", ("inner.iscm", PACKAGE))
    outer = sent_by("Desk", "desk@example.int", ("outer.iscm", PACKAGE), inner)
    found = [one.address if one else "" for one in senders("m.eml", outer.as_bytes())]
    assert sorted(found) == ["ben@example.org", "desk@example.int"]


def test_a_reply_goes_where_the_sender_wants_it() -> None:
    """S-01."""
    message = sent_by("Ben", "ben@example.org", ("a.iscm", PACKAGE), Reply_To="office@example.org")
    (found,) = senders("m.eml", message.as_bytes())
    assert found is not None
    assert (found.name, found.address) == ("Ben", "office@example.org")


def test_a_mail_without_attachment_is_told_with_its_sender() -> None:
    """S-02."""
    message = sent_by("Ben", "ben@example.org")
    (found,) = senders("m.eml", message.as_bytes())
    assert found is not None
    assert found.address == "ben@example.org"


def test_each_mail_of_a_mailbox_has_its_own() -> None:
    """S-01."""
    mails = [sent_by("A", f"{who}@example.org", (f"{who}.iscm", PACKAGE)).as_bytes() for who in ("a", "b")]
    box = b"".join(b"From x Mon Nov 23 10:00:00 2026\n" + one + b"\n" for one in mails)
    assert [one.address for one in senders("all.mbox", box) if one] == ["a@example.org", "b@example.org"]


def test_what_lies_in_the_open_has_none() -> None:
    assert senders("igc.iscm", PACKAGE) == [None]


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a b@example.org", "a@b@c", "a@example.org\nBcc: x@example.org", "a@" + "x" * 300],
)
def test_what_is_no_address_is_none(address: str) -> None:
    """S-03."""
    found = read_sender(lambda head: f"Ben <{address}>" if head == "from" else "", str)
    assert found is None or found.address == "" or "\n" not in found.address
    assert found is None or "@b@" not in found.address


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_headers_hold_nothing_but_letters_comes_of_it(sender: str, subject: str) -> None:
    """S-03."""
    heads = {"from": sender, "subject": subject, "message-id": subject}
    found = read_sender(lambda head: heads.get(head, ""), str)
    if found is not None:
        assert all(text.isprintable() and len(text) <= 402 for text in found.as_parts().values())
        assert MailSender.from_parts(found.as_parts()) == found
