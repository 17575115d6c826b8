"""Saved mails and whole mailboxes, as text (RFC 5322, RFC 4155): what is attached to them, at any depth of forwarding.

Hostile until checked: what nests without measure is stopped while it is read.
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import email.parser
import email.policy
import re
import urllib.parse
from collections.abc import Iterator
from contextlib import suppress

from iscm_desktop.exchange.unpacking.containers import Damaged, Member, TooLarge, Wanted, passed_over
from iscm_desktop.exchange.unpacking.mail_sender import MailSender, read_sender
from iscm_desktop.exchange.unpacking.sent_names import MAIL, read_name

MAX_PARTS = 5_000
MAX_NESTING = 50
"""Messages and lists of parts inside each other: each has a boundary, which is compared with every line inside."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_APPLE = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]+:)")
"""Apple Mail (`.emlx`) puts the number of bytes before a message, and a list of marks behind it."""
_FROM = rb"From [^\r\n]*\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)"
_FROM_LINE = re.compile(rb"^" + _FROM, re.MULTILINE)
"""What stands before each message of a mailbox: who, and when. In a text, ">" stands before such a line."""
_FIRST_LINE = re.compile(rb">?" + _FROM)
_PERCENT = re.compile("%[89A-Fa-f][0-9A-Fa-f]")
"""Of a letter that is not ASCII, as web mail writes it."""
_NAMELESS = "attached"
"""What an attachment is called until its content tells; the text of a mail has no name either, and is none."""
_ENCODED = ("base64", "quoted-printable")
_MOST_HEADER = 4_000


def readable_text(data: bytes) -> bytes:
    """Without marks and blanks before it, and in an encoding of which ASCII is part."""
    if data.startswith(_UTF16_MARKS):
        data = data.decode("utf-16", "replace").encode()
    return data.removeprefix(_UTF8_MARK).lstrip()


def is_mailbox(start: bytes) -> bool:
    """Whether a file that begins so holds messages one after the other; a single one may begin so, too."""
    return _FIRST_LINE.match(readable_text(start)) is not None


def without_count(text: bytes) -> bytes:
    """Apple Mail's message, without what it puts around it; any other as it is."""
    counted = _APPLE.match(text)
    return text if counted is None else text[counted.end() :][: int(counted[1])]


def mailbox_messages(data: bytes) -> Iterator[bytes]:
    """Each message of a mailbox; what stands before the first line between messages is one, too."""
    text = readable_text(data).removeprefix(b">")
    begin = 0
    for line in _FROM_LINE.finditer(text):
        if line.start() > begin:
            yield text[begin : line.start()]
        begin = line.end()
    yield text[begin:]


def mail_members(data: bytes, is_wanted: Wanted) -> Iterator[Member]:
    """What is attached to a message, at any depth of forwarding; without content what is not wanted, but for pictures.

    Raises:
        Damaged, TooLarge: it cannot be read as a message, or nests without measure.
    """
    try:
        parts = _parts(_parsed(_plain(data)))
        for number, (part, sender) in enumerate(parts, start=1):
            if number > MAX_PARTS:
                raise TooLarge
            content, name = _payload(part), _attached_name(part)
            is_text = part.get_content_maintype() == "text"
            if wanted := is_wanted(name or ("" if is_text else _NAMELESS), content[:1024]):
                yield Member(name, content, sender)
            elif name and part.get_content_maintype() != "image":
                yield from passed_over(name, is_wanted=wanted, sender=sender)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged from error


def mail_sender(data: bytes) -> MailSender | None:
    """Who sent a message, by its headers alone; None where they name nobody."""
    try:
        return _read_sender(email.parser.BytesHeaderParser(policy=_AsSent()).parsebytes(_plain(data)))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _plain(data: bytes) -> bytes:
    """From its first header on."""
    text = without_count(readable_text(data))
    first = _FIRST_LINE.match(text)
    return text if first is None else text[first.end() :]


class _Message(email.message.Message):
    """Knows while it is read how deep it lies, and that it is one whose text is encoded once more."""

    depth = 1

    @property
    def is_encoded_message(self) -> bool:
        """The standard forbids it, and gateways do it."""
        return super().get_content_maintype() == "message" and _encoding(self) in _ENCODED

    def get_content_maintype(self) -> str:
        """So that whoever reads it does not take encoded text for a message."""
        return "application" if self.is_encoded_message else super().get_content_maintype()

    def attach(self, payload: email.message.Message) -> None:  # type: ignore[override]  # what the parser gives
        if isinstance(payload, _Message):
            payload.depth = self.depth + 1
            if payload.depth > MAX_NESTING:
                raise TooLarge
        super().attach(payload)


class _AsSent(email.policy.Compat32):
    """Headers as they came: bytes that are no ASCII are kept, remarks behind the name of an encoding are not."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        if name.lower() == "content-transfer-encoding":
            return re.split("[(;]", value)[0].strip(" \t\r\n\"'")
        return value


def _parsed(data: bytes, depth: int = 1) -> email.message.Message:
    def at_depth(policy: email.policy.Policy) -> _Message:
        message = _Message(policy)
        message.depth = depth
        return message

    return email.message_from_bytes(data, _class=at_depth, policy=_AsSent())  # type: ignore[arg-type]


def _parts(
    message: email.message.Message, sender: MailSender | None = None
) -> Iterator[tuple[email.message.Message, MailSender | None]]:
    """The parts that are no containers themselves; a forwarded message counts by its own parts, and its own sender."""
    sender = _read_sender(message) or sender
    if isinstance(message, _Message) and message.is_encoded_message:
        if message.depth >= MAX_NESTING:
            raise TooLarge
        yield from _parts(_parsed(readable_text(_payload(message)), message.depth + 1), sender)
    elif message.is_multipart():
        for each in message.get_payload():
            yield from _parts(each, sender)  # type: ignore[arg-type]  # of a container
    else:
        yield message, sender


def _read_sender(message: email.message.Message) -> MailSender | None:
    return read_sender(lambda name: str(message.get(name, ""))[:_MOST_HEADER], _decoded)


def _decoded(text: str) -> str:
    """A header's text with its encoded words read as far as they can be."""
    try:
        return "".join(_word(word, encoding) for word, encoding in email.header.decode_header(text))
    except (ValueError, LookupError, TypeError, email.errors.MessageError):
        return ""


def _encoding(part: email.message.Message) -> str:
    return str(part.get("content-transfer-encoding", "")).lower()


def _payload(part: email.message.Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return found if isinstance(found, bytes) else b""


def _attached_name(part: email.message.Message) -> str:
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            name = _parameter(part, parameter, header)
            if name.strip():
                return "".join(
                    _word(word, encoding) for word, encoding in email.header.decode_header(name)
                ).strip()
        except (ValueError, LookupError, TypeError, email.errors.MessageError):
            continue
    return ""


def _parameter(part: email.message.Message, parameter: str, header: str) -> str:
    """As it was sent, in one of the two ways to write what is not ASCII, or in a third that is none."""
    found = part.get_param(parameter, "", header)
    if isinstance(found, tuple):
        encoding, _language, text = found
        return _word(text.encode("latin-1", "replace"), encoding)
    name = str(found)
    if _PERCENT.search(name):
        with suppress(UnicodeDecodeError):
            return urllib.parse.unquote_to_bytes(name.encode("utf-8", "surrogateescape")).decode()
    return name


def _word(word: bytes | str, encoding: str | None) -> str:
    if isinstance(word, str):
        return read_name(word.encode("utf-8", "surrogateescape"), MAIL)
    try:
        return word.decode(encoding or "ascii")
    except (LookupError, UnicodeDecodeError):  # no encoding of this name, or another one than it says
        return read_name(word, MAIL)
