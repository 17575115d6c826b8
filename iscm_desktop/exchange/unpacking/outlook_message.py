"""Messages as Outlook saves them (.msg): only what is attached is read.

The file is a compound file, read by `olefile`; the names of its streams are laid down in Microsoft's
specification [MS-OXMSG]. Attached messages are storages of the same shape, one level deeper.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from iscm_desktop.exchange.unpacking.containers import Damaged, Member, TooLarge, Wanted, passed_over
from iscm_desktop.exchange.unpacking.sent_names import MAIL, read_name

MAX_ATTACHED = 2_000
_ATTACHMENT = "__attach_version1.0_"
_CONTENT = "__substg1.0_37010102"
_LONG_NAME, _SHORT_NAME = "__substg1.0_3707", "__substg1.0_3704"
_UNICODE, _EIGHT_BIT = "001F", "001E"


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
                if file.get_size(path) > most:
                    yield name, TooLarge()
                    continue
                content = file.openstream(path).read()
                if wanted := is_wanted(name, content[:1024]):
                    yield name, content
                else:
                    yield from passed_over(name, is_wanted=wanted)
    except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError) as error:
        raise Damaged from error


def _is_content(path: list[str]) -> bool:
    return len(path) > 1 and path[-1].upper() == _CONTENT.upper() and path[-2].startswith(_ATTACHMENT)


def _name(file: Any, storage: list[str]) -> str:
    for property_ in (_LONG_NAME, _SHORT_NAME):
        if file.exists([*storage, property_ + _UNICODE]):
            return str(
                file.openstream([*storage, property_ + _UNICODE]).read().decode("utf-16-le", "replace")
            )
        if file.exists([*storage, property_ + _EIGHT_BIT]):
            return read_name(file.openstream([*storage, property_ + _EIGHT_BIT]).read(), MAIL)
    return ""
