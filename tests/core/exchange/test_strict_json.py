"""JSON from strangers."""

import pytest

from iscm_desktop.exchange.package.strict_json import MAX_DEPTH, loads


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"[NaN]", b"[Infinity]", b"[-Infinity]", b"[1,]",
        b"{a:1}", b"'a'", b"[01]", b"/* */ {}", b"", b"{} {}", b"1" * 5000, "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}", b'"\xff"', b'"\\ud800"', b'{"\\udfff":1}', b'"\x01"',
        b"[" * 100_000, b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2),
    ],
)  # fmt: skip
def test_refused(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        loads(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"{}", {}),
        (b' {"a": [1, -2.5e3, null, true]} ', {"a": [1, -2500.0, None, True]}),
        (b'"\\ud83d\\ude00"', "😀"),
    ],
)
def test_read(text: bytes, value: object) -> None:
    assert loads(text) == value
