"""Answers in mails as mail programs, gateways and people leave them.

M-01  Whatever is attached is found: in mails that are attached in any encoding, any number of them, any depth.
M-02  A mailbox gives all its mails; Apple Mail's, those with a mark at the beginning, in UTF-16, with lines ended in
      either way are read.
M-03  What a signature or Outlook wraps is read; what only a mail program can open is told so.
M-04  Names are as they were sent.
M-05  What is attached and of no kind that answers come in is named, but for pictures in the text and signatures.
M-06  What nests without measure is stopped; what merely speaks of boundaries is not.
"""

from __future__ import annotations

import base64
import datetime
import re
import time
from email.message import EmailMessage

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.unpacking.extraction import FoundPackage, PackageExtractor, RefusedMember
from iscm_desktop.exchange.unpacking.file_kind import FileKind, kind_of
from tests.core.exchange.test_unpacker_process import OTHER, PACKAGE, unpacked, zipped
from tests.support.mail import SINCE, forwarded, mail
from tests.support.outlook import winmail
from tests.support.signed_mail import in_pieces, signed, signed_mail, signed_part

IGC = mail(("IGC.iscm", PACKAGE))
FOUND = [("m.eml", "IGC.iscm", "package")]
SEALED = b"age-encryption.org/v1\n-> X25519 " + b"a" * 43 + b"\n" + bytes(200)
ARMOURED = (
    b"-----BEGIN AGE ENCRYPTED FILE-----\n"
    + base64.encodebytes(SEALED)
    + b"-----END AGE ENCRYPTED FILE-----\n"
)


@pytest.mark.parametrize("encoding", ["base64", "BASE64", "base64 (as sent)", "quoted-printable", "7bit"])
@pytest.mark.parametrize("kind", ["message/rfc822", "Message/RFC822", "message/global"])
def test_a_mail_attached_in_any_encoding(encoding: str, kind: str) -> None:
    """M-01."""
    assert unpacked("m.eml", forwarded(IGC.as_bytes(), encoding, kind)) == FOUND


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_encoded_mails_within_encoded_mails(mark: bytes) -> None:
    """M-01."""
    data = mark + IGC.as_bytes()
    for _ in range(4):
        data = forwarded(data, "base64")
    assert unpacked("m.eml", data) == FOUND


@pytest.mark.parametrize("count", [12, 17, 60, 200])
def test_mails_forwarded_by_the_dozen(count: int) -> None:
    """M-01, M-06."""
    data = mail(*(mail((f"{at}.iscm", PACKAGE)) for at in range(count))).as_bytes()
    assert unpacked("m.eml", data) == [("m.eml", f"{at}.iscm", "package") for at in range(count)]


def test_a_mail_forwarded_a_dozen_times() -> None:
    """M-01."""
    message = IGC
    for _ in range(12):
        message = mail(message)
    assert unpacked("m.eml", message.as_bytes()) == FOUND


def test_several_packages_in_one_mail() -> None:
    """M-01."""
    data = mail(("a.iscm", PACKAGE), ("b.iscm", OTHER), ("all.zip", zipped(("c.iscm", PACKAGE)))).as_bytes()
    assert [one[-2:] for one in unpacked("m.eml", data)] == [
        ("a.iscm", "package"),
        ("b.iscm", "package"),
        ("c.iscm", "package"),
    ]


@pytest.mark.parametrize("name", ["Fwd answers", "Fwd.txt", "ATT00001", "Re: x.msg"])
def test_a_mail_attached_under_any_name(name: str) -> None:
    """M-01, M-05. A mail that holds nothing, and a text that begins like one, are files of another kind."""
    plain = name.replace(":", "_")
    data = mail((name, IGC.as_bytes()), ("b.iscm", OTHER), ("note.txt", b"From: us\r\nTo: you\r\n\r\nHello"))
    assert unpacked("m.eml", data.as_bytes()) == [
        ("m.eml", plain, "IGC.iscm", "package"),
        ("m.eml", "b.iscm", "package"),
        ("m.eml", "note.txt", "NOT_LOOKED_INTO"),
    ]
    assert unpacked("m.eml", mail(("n.txt", mail().as_bytes())).as_bytes()) == [("m.eml", "HOLDER_EMPTY")]


def test_a_mail_attached_without_a_name() -> None:
    """M-01. It is no text of the mail itself, which may quote another from its first header on."""
    carried = forwarded(IGC.as_bytes(), "base64", "application/octet-stream").replace(
        b'; name="msg0.eml"', b""
    )
    assert [one[-2:] for one in unpacked("m.eml", carried)] == [("IGC.iscm", "package")]
    quoting = forwarded(IGC.as_bytes(), "base64", "text/plain").replace(b'; name="msg0.eml"', b"")
    assert unpacked("m.eml", quoting) == [("m.eml", "HOLDER_EMPTY")]


@pytest.mark.parametrize("name", ["IGC.iscm", "IGC.iscm.txt", "ATT00001.bin"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\r\n"])
def test_an_attachment_saved_as_it_was_carried(name: str, mark: bytes) -> None:
    """M-01. A gateway lost the word that says how it is encoded."""
    for carried in (PACKAGE, SEALED, ARMOURED):
        (one,) = PackageExtractor().unpack(name, mark + base64.encodebytes(carried))
        assert isinstance(one, FoundPackage)
        assert (one.name, one.data) == (name, carried)
    lost = mail((name, PACKAGE)).as_bytes().replace(b"Content-Transfer-Encoding: base64", b"X-Gateway: seen")
    assert unpacked("m.eml", lost) == [("m.eml", name, "package")]


@pytest.mark.parametrize("number", [10, 5000])
def test_a_mail_that_speaks_of_boundaries(number: int) -> None:
    """M-06."""
    message = EmailMessage()
    message["Subject"] = "Boundary"
    message.set_content("We do not agree on the boundary.\n" * number)
    message.add_attachment(PACKAGE, maintype="application", subtype="octet-stream", filename="IGC.iscm")
    assert unpacked("m.eml", message.as_bytes()) == FOUND


def test_messages_within_messages_have_an_end() -> None:
    """M-06."""
    data = b"Content-Type: message/rfc822\r\n\r\n" * 3000 + IGC.as_bytes()
    begun = time.monotonic()
    assert unpacked("m.eml", data) == [("m.eml", "PACKAGE_TOO_LARGE")]
    assert time.monotonic() - begun < 2


def endings(data: bytes, ending: bytes) -> bytes:
    return re.sub(rb"\r?\n", ending, data)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n\n", b"\xef\xbb\xbf\r\n"])
@pytest.mark.parametrize("name", ["m.eml", "M.EML", "saved message", "answers.txt"])
def test_marks_and_blanks_before_a_mail(ending: bytes, mark: bytes, name: str) -> None:
    """M-02."""
    assert unpacked(name, mark + endings(IGC.as_bytes(), ending)) == [(name, "IGC.iscm", "package")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_mail_saved_as_unicode_text(encoding: str) -> None:
    """M-02. As an editor of Windows saves what was opened in it."""
    mark = "" if encoding == "utf-16" else "\ufeff"
    assert unpacked("m.eml", (mark + IGC.as_bytes().decode()).encode(encoding)) == FOUND


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("name", ["m.emlx", "1234.partial.emlx", "without"])
def test_a_mail_of_apple_mail(ending: bytes, name: str) -> None:
    """M-02."""
    message = endings(IGC.as_bytes(), ending)
    data = b"%d\n" % len(message) + message + b'<?xml version="1.0"?>\n<plist version="1.0"></plist>\n'
    assert unpacked(name, data) == [(name, "IGC.iscm", "package")]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "line",
    [SINCE, "From 177@xxx Mon Nov 23 10:00:00 +0000 2026\r\n", "From a@b.org Mon Nov 23 9:00 2026\r\n"],
)
@pytest.mark.parametrize("name", ["inbox.mbox", "Inbox", "mails.txt", "m.eml"])
def test_a_mailbox_gives_all_its_mails(ending: bytes, mark: bytes, line: str, name: str) -> None:
    """M-02. Mails that hold nothing are no news beside others."""
    mails = [IGC, mail(subject="No answers yet"), mail(("CAN.iscm", OTHER))]
    data = mark + endings(b"\r\n".join(line.encode() + one.as_bytes() for one in mails), ending)
    assert unpacked(name, data) == [
        (name, "1.eml", "IGC.iscm", "package"),
        (name, "3.eml", "CAN.iscm", "package"),
    ]


def test_a_mailbox_of_one_and_of_none() -> None:
    """M-02."""
    assert unpacked("m.eml", SINCE.encode() + b"X-Mozilla-Status: 0001\r\n" + IGC.as_bytes()) == FOUND
    empty = (SINCE.encode() + mail().as_bytes()) * 2
    assert unpacked("inbox.mbox", empty) == [("inbox.mbox", "HOLDER_EMPTY")]
    assert unpacked("m.mbox", IGC.as_bytes()) == [("m.mbox", "IGC.iscm", "package")]
    headless = IGC.as_bytes() + SINCE.encode() + mail(("CAN.iscm", OTHER)).as_bytes()
    assert [one[-2] for one in unpacked("m.mbox", headless)] == ["IGC.iscm", "CAN.iscm"]
    assert unpacked("inbox.mbox", b"") == [("inbox.mbox", "HOLDER_EMPTY")]


def test_a_mail_that_quotes_a_line_of_mailboxes() -> None:
    """M-02. Only what headers follow begins a message."""
    message = mail(("IGC.iscm", PACKAGE)).as_bytes()
    quoting = message.replace(b"Dear colleague,", b"From the ministry, at 10:30 today\r\nwe heard.")
    assert unpacked("in.mbox", SINCE.encode() + quoting) == [("in.mbox", "IGC.iscm", "package")]
    marked = message.replace(b"Dear colleague,", b">" + SINCE.encode() + b"Subject: an earlier one\r\n")
    assert unpacked("in.mbox", SINCE.encode() + marked) == [("in.mbox", "IGC.iscm", "package")]
    assert unpacked("m.eml", b">" + SINCE.encode() + message) == FOUND
    assert (
        unpacked("m.eml", message.replace(b"Dear colleague,", SINCE.encode() + b"Subject: quoted")) == FOUND
    )


def test_a_mail_that_cannot_be_read_keeps_no_other_back() -> None:
    """M-02."""
    bad = b"Content-Type: message/rfc822\r\n\r\n" * 200
    data = SINCE.encode() + bad + b"\r\n" + SINCE.encode() + IGC.as_bytes()
    assert unpacked("in.mbox", data) == [
        ("in.mbox", "1.eml", "PACKAGE_TOO_LARGE"),
        ("in.mbox", "2.eml", "IGC.iscm", "package"),
    ]


@pytest.mark.parametrize(
    ("start", "is_mail"),
    [
        (b"Authentication-Results: mx; dkim=pass\r\n header.d=a\r\nReceived: from x\r\n", True),
        (b"To: a\r\nSubject: b\r\n\r\n", True),
        (b"Thread-Topic: x\nFrom: y\n\n", True),
        (b"Date: 23 November\n\nWe met and agreed.\n", False),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Round\r\n", False),
        (b"From the ministry we heard at 10:00:\nnothing\n", False),
    ],
)
def test_a_text_is_no_mail_for_one_line(start: bytes, is_mail: bool) -> None:
    assert (kind_of("saved.txt", start) is FileKind.MAIL) is is_mail


# signed, encrypted, wrapped


ENTITY = signed_part(IGC.as_bytes())


@pytest.mark.parametrize("wrapped", [signed(ENTITY), in_pieces(ENTITY)], ids=["DER", "BER"])
def test_a_mail_signed_as_a_whole(wrapped: bytes) -> None:
    """M-03. Also where the signed part was saved from the mail, as bytes or as text."""
    assert unpacked("m.eml", signed_mail(wrapped)) == [("m.eml", "smime.p7m", "IGC.iscm", "package")]
    saved = [("smime.p7m", "IGC.iscm", "package")]
    text = base64.encodebytes(wrapped)
    assert unpacked("smime.p7m", wrapped) == saved
    assert unpacked("smime.p7m", text) == saved
    assert unpacked("smime.p7m", b"-----BEGIN PKCS7-----\n" + text + b"-----END PKCS7-----\n") == saved


def test_a_package_that_somebody_signed() -> None:
    """M-03. As administrations of some countries have to."""
    data = mail(("IGC.iscm.p7m", signed(PACKAGE, pkcs7.PKCS7Options.Binary))).as_bytes()
    assert unpacked("m.eml", data) == [("m.eml", "IGC.iscm.p7m", "IGC.iscm", "package")]


def test_a_signature_beside_its_content() -> None:
    """M-03, M-05."""
    beside = signed(b"x", pkcs7.PKCS7Options.DetachedSignature)
    assert unpacked("m.eml", mail(("IGC.iscm", PACKAGE), ("smime.p7s", beside)).as_bytes()) == FOUND
    assert unpacked("smime.p7m", beside) == [("smime.p7m", "HOLDER_EMPTY")]


def test_what_only_a_mail_program_opens() -> None:
    """M-03. The advice fits: open it there."""
    enveloped = pkcs7.PKCS7EnvelopeBuilder().set_data(b"secret").add_recipient(rsa_certificate())
    data = enveloped.encrypt(serialization.Encoding.DER, [])
    assert unpacked("m.eml", signed_mail(data)) == [("m.eml", "smime.p7m", "HOLDER_ENCRYPTED")]
    text = b"-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n"
    assert unpacked("m.eml", mail(("encrypted.asc", text)).as_bytes()) == [
        ("m.eml", "encrypted.asc", "HOLDER_ENCRYPTED")
    ]
    assert unpacked("m.eml", mail(("message.rpmsg", b"\x76\xe8\x04\x60")).as_bytes()) == [
        ("m.eml", "message.rpmsg", "HOLDER_ENCRYPTED")
    ]


def rsa_certificate() -> x509.Certificate:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Coordinator")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + datetime.timedelta(900))
    return builder.sign(key, hashes.SHA256())


@given(st.data())
def test_signed_messages_with_bytes_changed(data: st.DataObject) -> None:
    """M-03. Whatever byte is wrong: something is found or refused."""
    changed = bytearray(in_pieces(ENTITY))
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), max_size=4)):
        changed[at] = data.draw(st.integers(0, 255))
    for one in PackageExtractor().unpack("smime.p7m", bytes(changed)):
        assert isinstance(one, FoundPackage | RefusedMember)


def test_what_outlook_wraps_for_other_outlooks() -> None:
    """M-03."""
    wrapped = winmail((b"REPONS~1.ISC", PACKAGE, "Réponse – Ответ.iscm"), (b"CAN.iscm", OTHER, ""))
    inside = [("winmail.dat", "Réponse – Ответ.iscm", "package"), ("winmail.dat", "CAN.iscm", "package")]
    assert unpacked("winmail.dat", wrapped) == inside
    for name in ("winmail.dat", "ATT00001.dat"):
        found = unpacked("m.eml", mail((name, wrapped)).as_bytes())
        assert [one[2:] for one in found] == [one[1:] for one in inside]
    assert unpacked("winmail.dat", winmail((b"a.txt", b"hello", ""))) == [("winmail.dat", "HOLDER_EMPTY")]
    assert unpacked("winmail.dat", winmail()) == [("winmail.dat", "HOLDER_EMPTY")]


def test_a_wrapped_file_cut_off() -> None:
    """M-03. What is whole is found, and the rest is told."""
    wrapped = winmail((b"a.iscm", PACKAGE, ""), (b"b.iscm", OTHER, ""))
    assert unpacked("winmail.dat", wrapped[:-50]) == [
        ("winmail.dat", "a.iscm", "package"),
        ("winmail.dat", "PACKAGE_DAMAGED"),
    ]


@given(st.data())
def test_wrapped_files_with_bytes_changed(data: st.DataObject) -> None:
    """M-03."""
    changed = bytearray(winmail((b"a.iscm", b"PK\x05\x06", "a.iscm")))
    for at in data.draw(st.lists(st.integers(4, len(changed) - 1), max_size=4)):
        changed[at] = data.draw(st.integers(0, 255))
    for one in PackageExtractor().unpack("winmail.dat", bytes(changed)):
        assert isinstance(one, FoundPackage | RefusedMember)


# names


def with_header(disposition: bytes) -> bytes:
    return (
        b"From: a@example.org\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; " + disposition + b"\r\n\r\n" + base64.encodebytes(PACKAGE)
    )


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('filename="Réponse é.iscm"'.encode(), "Réponse é.iscm"),
        ('filename="Réponse é.iscm"'.encode("latin-1"), "Réponse é.iscm"),
        ('filename="Ответ.iscm"'.encode("cp1251"), "Ответ.iscm"),
        ('filename="Ответ.iscm"'.encode("koi8-r"), "Ответ.iscm"),
        ('filename="问卷答复.iscm"'.encode("gbk"), "问卷答复.iscm"),
        (b"filename*=UTF-8''R%C3%A9ponse.iscm", "Réponse.iscm"),
        (b"filename*0*=UTF-8''R%C3%A9po;\r\n filename*1=nse.iscm", "Réponse.iscm"),
        (b'filename="=?utf-8?B?UsOpcG9uc2UuaXNjbQ==?="', "Réponse.iscm"),
        (b'filename="=?iso-8859-1?Q?R=E9ponse.iscm?="', "Réponse.iscm"),
        (b'filename="=?utf-8?B?UsOpcG8=?=\r\n =?utf-8?B?bnNlLmlzY20=?="', "Réponse.iscm"),
        (b'filename="=?unknown?B?UsOpcG9uc2UuaXNjbQ==?="', "Réponse.iscm"),
        (b'filename="=?us-ascii?B?UsOpcG9uc2UuaXNjbQ==?="', "Réponse.iscm"),
        (b'filename="=?iso-2022-jp?B?GyRCMnNFehsoQi5pc2Nt?="', "回答.iscm"),
        (b'filename="\x1b$B2sEz\x1b(B.iscm"', "回答.iscm"),
        (b"filename*=windows-1251''%CE%F2%E2%E5%F2.iscm", "Ответ.iscm"),
        (b"filename*=unknown''R%C3%A9ponse.iscm", "Réponse.iscm"),
        (b"filename*=utf-8''%CE%F2%E2%E5%F2.iscm", "Ответ.iscm"),
        (b'filename="R%C3%A9ponse.iscm"', "Réponse.iscm"),
        (b'filename="100%.iscm"', "100%.iscm"),
        (b"filename=R\xc3\xa9ponse.iscm", "Réponse.iscm"),
        (b'filename=""; name="x"', "1"),
        (b'filename="../../a\x01b.iscm"', "ab.iscm"),
        (b'filename="C:\\\\x\\\\a.iscm"', "a.iscm"),
    ],
)
def test_names_as_they_were_sent(disposition: bytes, name: str) -> None:
    """M-04."""
    assert unpacked("m.eml", with_header(disposition)) == [("m.eml", name, "package")]


# what is passed over, and what has a sentence of its own


def test_what_else_is_attached_is_named() -> None:
    """M-05."""
    data = mail(
        ("a.iscm", PACKAGE), ("annex.docx", b"PK\x03\x04"), ("logo.png", b"\x89PNG"), ("note.txt", b"x")
    )
    assert unpacked("m.eml", data.as_bytes()) == [
        ("m.eml", "a.iscm", "package"),
        ("m.eml", "annex.docx", "NOT_LOOKED_INTO"),
        ("m.eml", "note.txt", "NOT_LOOKED_INTO"),
    ]


@pytest.mark.parametrize("disposition", ["attachment", "inline", ""])
def test_it_is_named_however_it_is_attached(disposition: str) -> None:
    """M-05. Apple Mail shows everything in line; pictures are known by their kind as well."""
    message = mail(("a.iscm", PACKAGE), ("annex.docx", b"PK\x03\x04"))
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="image001")
    for part in message.iter_attachments():
        name = part.get_filename()
        del part["Content-Disposition"]
        part.set_param("name", name or "")
        if disposition:
            part["Content-Disposition"] = f'{disposition}; filename="{name}"'
    assert unpacked("m.eml", message.as_bytes()) == [
        ("m.eml", "a.iscm", "package"),
        ("m.eml", "annex.docx", "NOT_LOOKED_INTO"),
    ]


def test_an_attachment_of_which_nothing_is_left() -> None:
    """M-05. A gateway took the content; the reader of packages says so."""
    assert unpacked("m.eml", mail(("a.iscm", b"")).as_bytes()) == [("m.eml", "a.iscm", "package")]
    assert unpacked("m.eml", mail().as_bytes()) == [("m.eml", "HOLDER_EMPTY")]
    assert unpacked("m.eml", b"") == [("m.eml", "HOLDER_EMPTY")]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("A.RAR", b"Rar!\x1a\x07\x00"),
        ("a.tar.gz", b"\x1f\x8b\x08"),
        ("a.tgz", b"\x1f\x8b\x08"),
        ("a.tar", b"a.iscm".ljust(257, b"\0") + b"ustar"),
        ("a.tar.bz2", b"BZh9"),
        ("a.tar.xz", b"\xfd7zXZ\0"),
        ("a.zip.001", b"PK\x03\x04"),
        ("a.z01", b"PK\x03\x04"),
        ("renamed", b"7z\xbc\xaf\x27\x1c"),
        ("renamed.zip", b"Rar!\x1a\x07\x01\0"),
        ("damaged.rar", b"?"),
    ],
)
def test_other_archives_are_to_be_unpacked_first(name: str, start: bytes) -> None:
    """M-03. Alone, attached, and within an archive beside packages."""
    data = start + bytes(300)
    assert unpacked(name, data) == [(name, "HOLDER_PACKED")]
    assert unpacked("m.eml", mail((name, data)).as_bytes()) == [("m.eml", name, "HOLDER_PACKED")]
    assert unpacked("z.zip", zipped((name, data), ("a.iscm", PACKAGE))) == [
        ("z.zip", name, "HOLDER_PACKED"),
        ("z.zip", "a.iscm", "package"),
    ]
