"""Pictures that are attached: whether they say more than they show, and how large they are.

They come from outside, so they are decoded under limits, and only in formats that the program shows.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_MOST_PIXELS = 60_000_000
"""More than any camera's; unpacked, that is 240 MB."""
_GLANCE = 64
"""Pixels along an edge that are enough to see whether a photo can be decoded."""
_JPEG_QUALITY = 92

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
"""Pillow's names for greys of more than 256 steps."""

_DRAWING_INFO = frozenset(
    {
        "aspect", "background", "chromaticity", "compression", "dpi", "duration", "gamma", "icc_profile", "interlace",
        "loop", "srgb", "timestamp", "transparency", "version",
    }
)  # fmt: skip
"""What Pillow tells of a picture that only says how its pixels are drawn."""
_DRAWING_SEGMENTS = ((b"APP0", b"JF"), (b"APP2", b"ICC_PROFILE"), (b"APP14", b"Adobe"))
_DRAWING_TAGS = frozenset(
    {
        254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292,
        293, 296, 297, 301, 317, 318, 319, 320, 322, 323, 324, 325, 332, 338, 339, 347, 529, 530, 531, 532, 34675,
    }
)  # fmt: skip
"""Of TIFF: size, samples, strips and tiles, resolution, colours, compression; no tag of words, places or times."""


class NoPictureError(Exception):
    """The content is no picture that can be shown, or written anew."""


class TooManyPixelsError(NoPictureError):
    """More pixels than any that is shown has."""


def check_picture(content: bytes) -> None:
    """Whether it can be shown: decoded to its end, a photo in small.

    Raises:
        TooManyPixelsError: it has more pixels than the program unpacks.
        NoPictureError: it is no picture of a known format, or broken.
    """
    with _opened(content) as picture:
        picture.draft("RGB", (_GLANCE, _GLANCE))
        picture.load()


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        NoPictureError: it is no picture of a known format, or larger than any is.
    """
    with _opened(content) as picture:
        return picture.size


def has_metadata(content: bytes) -> bool:
    """Whether a picture holds anything besides its pixels and how they are drawn: a place, a time, a camera, words,
    another picture. False of what is no picture.
    """
    try:
        with _opened(content) as picture:
            return _MORE_IN.get(picture.format or "", _tells_more)(picture, content)
    except NoPictureError:
        return False


def without_metadata(content: bytes) -> bytes:
    """The same picture without anything that is not picture: no place, no time, no camera; upright as it was shown.

    Raises:
        NoPictureError: it is none; or it has several pages, or moves, of which only the first would be left.
    """
    with _opened(content) as picture:
        if _has_more(picture):
            raise NoPictureError
        return _written(picture, None)


def fitted(content: bytes, edge: int) -> bytes:
    """The picture with its longer edge at most `edge` pixels; as it is where it is not larger, or has several pages.

    Raises:
        NoPictureError: it is none.
    """
    with _opened(content) as picture:
        return content if max(picture.size) <= edge or _has_more(picture) else _written(picture, edge)


def printable(content: bytes, edge: int) -> bytes:
    """As a PNG or JPEG without transparency or metadata, its longer edge at most `edge` pixels: for a document.

    Raises:
        NoPictureError: it is none.
    """
    with _opened(content) as picture:
        return _written(picture, edge, is_opaque=True)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of odd files there is nothing to say but whether they are pictures
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise TooManyPixelsError
                yield picture
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooManyPixelsError from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
        struct.error,
        ZeroDivisionError,
    ) as error:  # fmt: skip - what Pillow's decoders raise of broken files
        raise NoPictureError from error


def _tells_more(picture: Image.Image, _content: bytes) -> bool:
    return not _DRAWING_INFO.issuperset(picture.info)


def _more_in_jpeg(picture: Image.Image, content: bytes) -> bool:
    segments = getattr(picture, "applist", [])
    plain = all(
        any(name.encode() == kind and bytes(told).startswith(head) for kind, head in _DRAWING_SEGMENTS)
        for name, told in segments
    )
    return not plain or content.find(b"\xff\xd8\xff", 2) > 0  # another one inside, or behind


def _more_in_png(picture: Image.Image, content: bytes) -> bool:
    picture.load()  # words may stand behind the pixels
    behind = content[content.rfind(b"IEND") + 8 :]
    return (
        _tells_more(picture, content)
        or bool(getattr(picture, "private_chunks", ()))
        or b"tIME" in content
        or bool(behind)
    )


def _more_in_tiff(picture: Image.Image, _content: bytes) -> bool:
    return not _DRAWING_TAGS.issuperset(getattr(picture, "tag_v2", ()))


_MORE_IN = {
    "JPEG": _more_in_jpeg,
    "MPO": lambda _picture, _content: True,
    "PNG": _more_in_png,
    "TIFF": _more_in_tiff,
}


def _written(picture: Image.Image, edge: int | None, *, is_opaque: bool = False) -> bytes:
    """Pixels alone, upright; in the picture's own format so that its name stays right, or opaque for a document."""
    own = "JPEG" if picture.format == "MPO" else picture.format or "PNG"
    shown = _upright(picture)
    keeps_clear = _is_transparent(shown) and own != "JPEG"
    keeps_depth = shown.mode in _DEEP and edge is None and not is_opaque and own in ("PNG", "TIFF")
    if not keeps_depth:
        shown = _of_eight_bits(shown).convert("RGBA" if keeps_clear else "RGB")
    if edge is not None and max(shown.size) > edge:
        shown.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    if is_opaque:
        own = "PNG" if keeps_clear or own not in ("JPEG", "WEBP", "TIFF") else "JPEG"
        ground = Image.new("RGBA", shown.size, "white")
        ground.alpha_composite(shown.convert("RGBA"))
        shown = ground.convert("RGB")
    bare = Image.new(shown.mode, shown.size)
    bare.paste(shown)
    out = io.BytesIO()
    bare.save(out, own, **({"quality": _JPEG_QUALITY} if own == "JPEG" else {}))
    return out.getvalue()


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """Greys of 16 and 32 bits in the 256 that a screen shows; Pillow would make all but the darkest white."""
    if picture.mode not in _DEEP:
        return picture
    greys = picture.convert("F")
    least, most = 0.0, 65535.0
    if not picture.mode.startswith("I;16"):
        least, most = (float(str(end)) for end in greys.getextrema())
    step = 255.0 / ((most - least) or 1.0)
    return greys.point(lambda grey: grey * step - least * step).convert("L")


def _upright(picture: Image.Image) -> Image.Image:
    """By the number that a camera wrote: Pillow's own way writes all that stands around it anew, and fails of it."""
    picture.load()
    turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
    return picture if turn is None else picture.transpose(turn)


def _has_more(picture: Image.Image) -> bool:
    """Whether a picture goes on behind the first: pages of a scan, or one that moves. What cameras add to theirs as
    MPO, for depth or a look in advance, is no other picture."""
    if picture.format == "MPO":
        return False
    try:
        picture.seek(1)
    except EOFError:
        return False
    picture.seek(0)
    return True


def _is_transparent(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
