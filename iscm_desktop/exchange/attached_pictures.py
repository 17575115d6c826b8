"""Pictures that are attached: what they say of where they were taken, and how large they are.

They come from outside, so they are decoded under limits, and only in formats that the program shows.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
_MOST_PIXELS = 60_000_000
"""More than any camera's; unpacked, that is 240 MB."""
_GLANCE = 64
"""Pixels along an edge that are enough to see whether a photo can be decoded."""
_GPS = 0x8825
_JPEG_QUALITY = 92


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


def tells_location(content: bytes) -> bool:
    """Whether a picture says where it was taken; False of what is no picture."""
    try:
        with _opened(content) as picture:
            return bool(picture.getexif().get_ifd(_GPS)) or b"GPSLatitude" in _xmp(picture)
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
        ZeroDivisionError,
    ) as error:  # fmt: skip - what Pillow's decoders raise of broken files
        raise NoPictureError from error


def _xmp(picture: Image.Image) -> bytes:
    found = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return found.encode("utf-8", "replace") if isinstance(found, str) else bytes(found)


def _written(picture: Image.Image, edge: int | None, *, is_opaque: bool = False) -> bytes:
    """Pixels alone, upright; in the picture's own format so that its name stays right, or opaque for a document."""
    from PIL import ImageOps

    own = "JPEG" if picture.format == "MPO" else picture.format or "PNG"
    shown = ImageOps.exif_transpose(picture)
    keeps_clear = _is_transparent(shown) and own != "JPEG"
    shown = shown.convert("RGBA" if keeps_clear else "RGB")
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
