"""A record that somebody hid in an answer's text is nobody's word of this computer.

R-01  What is carved counts as made here only where the column for its file is blank as SQLite writes it, with a zero
      byte, which no text has.
"""

from __future__ import annotations

from typing import cast

import pytest

from iscm_desktop.store.objects.revision import ItemPath, Revision, revision_id
from iscm_desktop.store.rescue.file_pages import FilePages
from iscm_desktop.store.rescue.row_carver import UNKNOWN, carve


class _Text:
    """The pages of a file that hold nothing but this."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def stretches(self) -> list[bytes]:
        return [self._data]

    def local_size(self, payload: int) -> int:
        return payload

    local_size_in_table = local_size


def record(one: Revision, tail: bytes) -> bytes:
    """As SQLite lays a row of the table out; the first column behind its texts is said by `tail`."""
    id_ = revision_id(one)
    texts = (one.kind, one.path, one.value or "", "", one.author, one.device, one.made_at)
    sizes = bytes(13 + 2 * len(each) for each in texts)
    return b"\x10\xc2" + b"\x81\x0d" + sizes + tail + f"{one.subject}{id_}{''.join(texts)}".encode()


@pytest.mark.parametrize(("tail", "package"), [(b"", UNKNOWN), (b"\x19", UNKNOWN), (b"\x00\x00\x08", None)])
def test_what_is_hidden_in_a_text_is_not_made_here(tail: bytes, package: int | None) -> None:
    """R-01: of what lies in a text, the file is unknown."""
    one = Revision(
        author="Rita", device="d" * 32, kind="answer", made_at="2027-04-01T09:00:00.000000Z", parents=(),
        path=ItemPath("STA-A/STA-A02"), subject="0" * 32, value="forged",
    )  # fmt: skip
    data = record(one, tail)
    assert (b"\0" in data) is (package is None)
    found = carve(cast(FilePages, _Text(data)))
    assert found.revisions == {revision_id(one): one}
    assert found.packages == {revision_id(one): package}
