"""Messages as Outlook saves them (.msg): only what is attached is read.

The file is a compound file, read by `olefile`; the names of its streams are laid down in Microsoft's
specification [MS-OXMSG]. Attached messages are storages of the same shape, one level deeper.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from iscm_desktop.exchange.unpacking.containers import Damaged, Member, TooLarge, Wanted, passed_over
from iscm_desktop.exchange.unpacking.mail_sender import MailSender, sender_of
from iscm_desktop.exchange.unpacking.sent_names import MAIL, read_name

MAX_ATTACHED = 2_000
_ATTACHMENT = "__attach_version1.0_"
_CONTENT = "__substg1.0_37010102"
_LONG_NAME, _SHORT_NAME = "__substg1.0_3707", "__substg1.0_3704"
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = (
    "__substg1.0_0C1A", "__substg1.0_5D01", "__substg1.0_0C1F",
)  # fmt: skip
_SUBJECT, _MESSAGE_ID = "__substg1.0_0037", "__substg1.0_1035"
_UNICODE, _EIGHT_BIT = "001F", "001E"
_MOST_TEXT = 64 * 1024


def outlook_members(data: bytes, most: int, is_wanted: Wanted) -> Iterator[Member]:
    """What is attached to a message, at any depth of forwarding; without content what is not wanted.

    Raises:
        Damaged, TooLarge: it cannot be read, or holds more than any message.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            attached = [path for path in file.listdir() if _is_content(path)]
            if len(attached) > MAX_ATTACHED:
                raise TooLarge
            for path in attached:
                name = _name(file, path[:-1])
                sender = _sender(file, path[:-2])
                if file.get_size(path) > most:
                    yield Member(name, TooLarge(), sender)
                    continue
                content = file.openstream(path).read()
                if wanted := is_wanted(name, content[:1024]):
                    yield Member(name, content, sender)
                else:
                    yield from passed_over(name, is_wanted=wanted, sender=sender)
    except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError) as error:
        raise Damaged from error


def outlook_sender(data: bytes) -> MailSender | None:
    """Who sent a message; None where it names nobody, or cannot be read."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _sender(file, [])
    except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError):
        return None


def _is_content(path: list[str]) -> bool:
    return len(path) > 1 and path[-1].upper() == _CONTENT.upper() and path[-2].startswith(_ATTACHMENT)


def _name(file: Any, storage: list[str]) -> str:
    return _text(file, storage, _LONG_NAME) or _text(file, storage, _SHORT_NAME)


def _sender(file: Any, message: list[str]) -> MailSender | None:
    """Of the message that lies in a storage; of a forwarded one that names nobody, of the one around it."""
    found = sender_of(
        _text(file, message, _SENDER_NAME),
        (_text(file, message, _SENDER_SMTP), _text(file, message, _SENDER_ADDRESS)),
        _text(file, message, _SUBJECT),
        _text(file, message, _MESSAGE_ID),
        (),
    )
    return found or (_sender(file, message[:-2]) if message else None)


def _text(file: Any, storage: list[str], property_: str) -> str:
    """ "" where there is none, or more than any name or subject has."""
    for kind in (_UNICODE, _EIGHT_BIT):
        path = [*storage, property_ + kind]
        if file.exists(path) and file.get_size(path) <= _MOST_TEXT:
            read = file.openstream(path).read()
            return str(read.decode("utf-16-le", "replace")) if kind == _UNICODE else read_name(read, MAIL)
    return ""
