"""Pictures from outside: what is beside their pixels is found and taken out, and broken ones are no pictures."""

import io
import random
import struct
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from PIL import Image, PngImagePlugin

from iscm_desktop.exchange.attached_pictures import (
    NoPictureError,
    check_picture,
    fitted,
    has_metadata,
    printable,
    without_metadata,
)

_ORIENTATION, _GPS = 0x0112, 0x8825
_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="1,2N"/></rdf:RDF></x:xmpmeta>'
)
_XMP_HEAD, _MORE_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_CITY = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 12) + b"\x1c\x02\x5a\x00\x07Nairobi"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[_GPS] = {1: "N", 2: (1.0, 2.0, 3.0), 3: "E", 4: (4.0, 5.0, 6.0)}
    return exif


def _read_exif() -> Image.Exif:
    """As a TIFF takes it."""
    exif = Image.Exif()
    exif.load(_exif().tobytes())
    return exif


def _saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    _scene().save(out, kind, **options)
    return out.getvalue()


def _scene() -> Image.Image:
    return Image.radial_gradient("L").resize((40, 30)).convert("RGB")


def _jpeg(*segments: tuple[int, bytes]) -> bytes:
    plain = _saved("JPEG")
    put = b"".join(struct.pack(">BBH", 0xFF, marker, len(told) + 2) + told for marker, told in segments)
    return plain[:2] + put + plain[2:]


def _png(key: str, text: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(key, text)
    return _saved("PNG", pnginfo=info)


def _png_with_words_last() -> bytes:
    told = _png("Comment", "Nairobi")
    start = told.index(b"iTXt") - 4
    end = start + struct.unpack(">I", told[start : start + 4])[0] + 12
    rest = told[:start] + told[end:]
    return rest[:-12] + told[start:end] + rest[-12:]


def _gif_with_xmp() -> bytes:
    plain = _saved("GIF")
    head = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    return (
        plain[:head]
        + b"\x21\xff\x0bXMP DataXMP"
        + _XMP
        + b"\x01"
        + bytes(range(255, -1, -1))
        + b"\0\0"
        + plain[head:]
    )


_TELLING: dict[str, Callable[[], bytes]] = {
    "EXIF": lambda: _saved("JPEG", exif=_exif()),
    "XMP": lambda: _saved("JPEG", xmp=_XMP),
    "XMP in UTF-16": lambda: _jpeg((0xE1, _XMP_HEAD + _XMP.decode().encode("utf-16"))),
    "a second part of XMP": lambda: _jpeg((0xE1, _MORE_XMP_HEAD + b"A" * 32 + struct.pack(">II", len(_XMP), 0) + _XMP)),
    "a second EXIF": lambda: _jpeg((0xE1, _XMP_HEAD + b"<x/>"), (0xE1, _exif().tobytes())),
    "a city in IPTC": lambda: _jpeg((0xED, _CITY)),
    "a remark": lambda: _jpeg((0xFE, b"GPSLatitude=1.0")),
    "a segment nobody knows": lambda: _jpeg((0xE7, b"somewhere")),
    "a picture behind": lambda: _saved("JPEG") + _saved("JPEG", exif=_exif()),
    "several in one": lambda: _saved("MPO", exif=_exif()),
    "EXIF of a PNG": lambda: _saved("PNG", exif=_exif()),
    "XMP of a PNG": lambda: _png("XML:com.adobe.xmp", _XMP.decode()),
    "a profile as text": lambda: _png("Raw profile type APP1", _exif().tobytes().hex()),
    "words behind the pixels": _png_with_words_last,
    "bytes behind a PNG": lambda: _saved("PNG") + b"36.8 E",
    "XMP of a GIF": _gif_with_xmp,
    "a remark of a GIF": lambda: _saved("GIF", comment=b"Nairobi"),
    "XMP of a WebP": lambda: _saved("WEBP", xmp=_XMP),
    "EXIF of a WebP": lambda: _saved("WEBP", exif=_exif().tobytes()),
    "EXIF of a TIFF": lambda: _saved("TIFF", exif=_read_exif()),
    "XMP of a TIFF": lambda: _saved("TIFF", tiffinfo={700: _XMP}),
    "a map's corner": lambda: _saved("TIFF", tiffinfo={33922: (0.0, 0.0, 0.0, 36.8, -1.28, 0.0)}),
    "words of a TIFF": lambda: _saved("TIFF", tiffinfo={270: "Nairobi"}),
}  # fmt: skip

_PLAIN: dict[str, Callable[[], bytes]] = {
    **{kind: partial(_saved, kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")},
    "resolution": lambda: _saved("JPEG", dpi=(300, 300)),
    "progressive": lambda: _saved("JPEG", progressive=True),
    "packed TIFF": lambda: _saved("TIFF", compression="tiff_lzw", dpi=(300, 300)),
    "resolution of a PNG": lambda: _saved("PNG", dpi=(300, 300)),
}


@pytest.mark.parametrize("kind", _TELLING)
def test_whatever_a_picture_says_beside_its_pixels_is_found_and_taken_out(kind: str) -> None:
    content = _TELLING[kind]()
    check_picture(content)
    assert has_metadata(content)
    cleaned = without_metadata(content)
    assert not has_metadata(cleaned)
    for word in (b"GPSLat", b"Nairobi", b"36.8 E", b"somewhere"):
        assert word not in cleaned


@pytest.mark.parametrize("kind", _PLAIN)
def test_of_a_picture_that_is_only_a_picture_nothing_is_to_be_taken_out(kind: str) -> None:
    assert not has_metadata(_PLAIN[kind]())


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_stands_upright_when_it_is_written_anew(kind: str, turn: int) -> None:
    from PIL import ImageOps

    exif = Image.Exif()
    exif[_ORIENTATION] = turn
    content = _saved(kind, exif=exif)
    with (
        Image.open(io.BytesIO(content)) as shown,
        Image.open(io.BytesIO(without_metadata(content))) as written,
    ):
        expected = ImageOps.exif_transpose(shown).convert("RGB")
        assert written.size == expected.size
        corner, seen = expected.getpixel((0, 0)), written.convert("RGB").getpixel((0, 0))
        assert isinstance(corner, tuple)
        assert isinstance(seen, tuple)
        assert max(abs(one - other) for one, other in zip(corner, seen, strict=True)) < 12


def test_a_tag_of_a_wrong_kind_keeps_no_picture_from_the_page() -> None:
    exif = _exif()
    exif[0x0100] = 40  # the width, a number, says the standard
    told = exif.tobytes()
    at = next(at for order in "<>" if (at := told.find(struct.pack(order + "HH", 0x0100, 4))) > 0)
    words = told[: at + 2] + told[at + 2 : at + 4].replace(b"\x04", b"\x02") + told[at + 4 :]
    content = _jpeg((0xE1, words))
    assert has_metadata(content)
    assert printable(content, 20)
    assert not has_metadata(without_metadata(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_broken_picture_is_none_or_can_be_printed(kind: str) -> None:
    chance = random.Random(7)
    sound = _saved(kind, **({} if kind in {"GIF", "BMP"} else {"exif": _read_exif()}))
    for _ in range(150):
        broken = bytearray(sound)
        for _ in range(chance.choice((1, 3, 20))):
            broken[chance.randrange(min(len(broken), 400))] = chance.randrange(256)
        content = bytes(broken)
        has_metadata(content)
        for use in (check_picture, without_metadata, partial(fitted, edge=10), partial(printable, edge=10)):
            with suppress(NoPictureError):
                use(content)


def _deep(kind: str, mode: str) -> bytes:
    """Greys of 16 bits or more, from black at the left to the lightest at the right."""
    out = io.BytesIO()
    ramp = Image.new("I", (256, 4))
    ramp.putdata([column * 257 for _row in range(4) for column in range(256)])
    ramp.convert(mode).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "I;16"), ("TIFF", "I;16"), ("TIFF", "I"), ("TIFF", "F")])
def test_greys_of_many_bits_stay_greys(kind: str, mode: str) -> None:
    content = _deep(kind, mode)
    for made in (printable(content, 2000), fitted(content, 128)):
        with Image.open(io.BytesIO(made)) as shown:
            greys = shown.convert("L")
            left, middle, right = (greys.getpixel((at * (greys.width - 1) // 2, 1)) for at in range(3))
        for grey, least, most in ((left, 0, 4), (middle, 118, 138), (right, 251, 255)):
            assert isinstance(grey, int)
            assert least <= grey <= most
    with (
        Image.open(io.BytesIO(content)) as before,
        Image.open(io.BytesIO(without_metadata(content))) as after,
    ):
        assert after.mode == before.mode
        assert after.convert("F").tobytes() == before.convert("F").tobytes()
