"""Who sent the mail that a file was attached to, and what a reply to it names: read to be shown and written to.

Whatever stands in these headers was written by somebody else. It is cut, and freed of what is no letter, before it is
handed on; an address that does not look like one is none.
"""

from __future__ import annotations

import email.utils
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from iscm_desktop.i18n import LANGUAGES

_MOST_NAME, _MOST_SUBJECT, _MOST_ADDRESS = 200, 300, 254
_ADDRESS = re.compile(r"[^\s<>@\"(),:;\\\[\]]{1,64}@[^\s<>@\"(),:;\\\[\]]{1,189}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,400}>")


@dataclass(frozen=True, slots=True)
class MailSender:
    """What a mail says of itself; whatever it does not say is ""."""

    name: str = ""
    address: str = ""
    subject: str = ""
    message_id: str = ""  # with its angle brackets
    language: str = ""  # of its text, or one that its sender reads: one of LANGUAGES

    def as_parts(self) -> dict[str, str]:
        """For another process, by name."""
        return asdict(self)

    @staticmethod
    def from_parts(parts: Mapping[str, str]) -> MailSender:
        """What `as_parts` gave."""
        return MailSender(**parts)


def read_sender(header: Callable[[str], str], decoded: Callable[[str], str]) -> MailSender | None:
    """What the headers of a message say; None where they name nobody.

    Args:
        header: Gives a header's text as it came; "" where there is none.
        decoded: Reads the encoded words in such a text. A name is read only once the address behind it is known:
            what is encoded in it is no address.
    """
    name, address = email.utils.parseaddr(" ".join(header("from").split()))
    _name, wanted = email.utils.parseaddr(" ".join(header("reply-to").split()))
    return sender_of(
        decoded(name), (wanted, address), decoded(header("subject")), header("message-id"),
        (header("content-language"), header("accept-language")),
    )  # fmt: skip


def sender_of(
    name: str, addresses: tuple[str, ...], subject: str, message_id: str, languages: tuple[str, ...]
) -> MailSender | None:
    """Of texts from elsewhere; the first address and language that are any count."""
    found = next((one.strip() for one in addresses if is_address(one.strip())), "")
    shown = _letters(name, _MOST_NAME)
    if not found and not shown:
        return None
    return MailSender(
        "" if shown == found else shown,
        found,
        _letters(subject, _MOST_SUBJECT),
        message_id.strip() if _MESSAGE_ID.fullmatch(message_id.strip()) else "",
        next(filter(None, map(_language, languages)), ""),
    )


def is_address(text: str) -> bool:
    """Whether a text is one address of a mailbox, and nothing else."""
    return len(text) <= _MOST_ADDRESS and _ADDRESS.fullmatch(text) is not None and text.isprintable()


def _language(header: str) -> str:
    first = re.split("[,;]", header)[0].strip().partition("-")[0].lower()
    return first if first in LANGUAGES else ""


def _letters(text: str, most: int) -> str:
    plain = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in text)
    return " ".join(plain.split())[:most]
