"""Places as people write and copy them: "46.2, 6.14", degrees with minutes and seconds, links of maps."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_PAIR = r"([+-]?\d{1,3}(?:\.\d+)?)(?:%2C|,|~|\s|%20|\+|/)+([+-]?\d{1,3}(?:\.\d+)?)"
_LINKS = (
    re.compile(r"!3d([+-]?\d+(?:\.\d+)?)!4d([+-]?\d+(?:\.\d+)?)"),
    re.compile(r"[?&]mlat=([+-]?\d+(?:\.\d+)?)&mlon=([+-]?\d+(?:\.\d+)?)"),
    re.compile(rf"[?&](?:q|query|ll|center|destination|daddr|cp|sll)=(?:loc:)?{_PAIR}", re.IGNORECASE),
    re.compile(rf"@{_PAIR}"),
    re.compile(rf"#map=\d+(?:\.\d+)?/{_PAIR}"),
    re.compile(rf"^geo:{_PAIR}", re.IGNORECASE),
)
_TURNED = re.compile(
    r"[?&](?:ll|pt)=([+-]?\d{1,3}(?:\.\d+)?)(?:%2C|,)([+-]?\d{1,3}(?:\.\d+)?)", re.IGNORECASE
)
"""Yandex writes the longitude first."""

_FIGURES = (
    r"(?P<degrees>[+-]?\d{1,3}(?:\.\d+)?)\s*[°º]?\s*(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*['’′]\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:[\"”″]|''|’’|′′)\s*)?"
)
_LETTER_FIRST = re.compile(rf"\s*(?P<axis>[NSEWO])\s*{_FIGURES}[,;]?", re.IGNORECASE)
_LETTER_LAST = re.compile(rf"\s*{_FIGURES}(?P<axis>[NSEWO])?\s*[,;]?", re.IGNORECASE)
_ANY_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LATITUDE = re.compile(rf"(?<!\w)lat\w*\W{{1,3}}?([+-]?{_ANY_NUMBER.pattern})", re.IGNORECASE)
_LONGITUDE = re.compile(rf"(?<!\w)(?:lon|lng)\w*\W{{1,3}}?([+-]?{_ANY_NUMBER.pattern})", re.IGNORECASE)
LONGEST = 2_000
"""Characters; what is longer is no place."""


def place_of(text: str) -> str:
    """A place in stored form, "latitude longitude", with altitude and accuracy where they were written.

    "" where the text (with Latin digits) is none. Figures keep the digits that they were written with.
    """
    text = text.strip().replace("\u066b", ".").replace("\u060c", ",")
    if len(text) > LONGEST:
        return ""
    parts = text.split()
    if 2 <= len(parts) <= 4 and all(_PLAIN.fullmatch(part) for part in parts):
        return text if _is_on_earth(parts[0], parts[1]) else ""
    if re.match(r"(https?|geo):", text, re.IGNORECASE):
        return _linked(text)
    return _pair(text) or _with_degrees(text) or _named(text)


def _linked(link: str) -> str:
    if "yandex." in link:
        match = _TURNED.search(link)
        return _checked(match[2], match[1]) if match else ""
    for pattern in _LINKS:
        match = pattern.search(link)
        if match:
            return _checked(match[1], match[2])
    return ""


def _named(text: str) -> str:
    """ "Lat: 46.2, Lon: 6.14", in either order."""
    latitude, longitude = _LATITUDE.search(text), _LONGITUDE.search(text)
    if (
        latitude is None
        or longitude is None
        or _ANY_NUMBER.sub("", text, count=2) != _ANY_NUMBER.sub("", text)
    ):
        return ""
    return _checked(*(match[1].replace(",", ".") for match in (latitude, longitude)))


def _pair(text: str) -> str:
    """Two numbers with a comma or semicolon between them, or with decimal commas."""
    match = re.fullmatch(r"\(?\s*([+-]?\d+(?:\.\d+)?)\s*[,;]\s*([+-]?\d+(?:\.\d+)?)\s*\)?", text)
    if match is None:
        match = re.fullmatch(r"\(?\s*([+-]?\d+,\d+)\s*(?:[;,]\s|\s|;)\s*([+-]?\d+,\d+)\s*\)?", text)
    return _checked(match[1].replace(",", "."), match[2].replace(",", ".")) if match else ""


def _with_degrees(text: str) -> str:
    """Two angles, each with its letter: 46°12'16"N 6°8'35"E, or N 46.2 E 6.1; O is the west of France and Spain."""
    shape = _LETTER_FIRST if _LETTER_FIRST.match(text) else _LETTER_LAST
    first = shape.match(text)
    second = shape.fullmatch(text, first.end()) if first else None
    if first is None or second is None:
        return ""
    angles = [_angle(first), _angle(second)]
    by_axis = {axis: value for axis, value in angles if axis}
    if len(by_axis) == 2:
        return _checked(by_axis["NS"], by_axis["EW"])
    is_marked = "°" in text or "º" in text
    return _checked(angles[0][1], angles[1][1]) if is_marked and not by_axis else ""


def _angle(match: re.Match[str]) -> tuple[str, str]:
    """The axis that its letter names ("NS", "EW", or ""), and degrees as a decimal."""
    letter = (match["axis"] or "").upper()
    degrees = Decimal(match["degrees"])
    rest = Decimal(match["minutes"] or 0) / 60 + Decimal(match["seconds"] or 0) / 3600
    value = degrees - rest if match["degrees"].startswith("-") else degrees + rest
    value = -value if letter in ("S", "W", "O") else value
    shown = format(value.quantize(Decimal("0.000001")).normalize(), "f") if rest else format(value, "f")
    return "" if not letter else "NS" if letter in "NS" else "EW", shown


def _checked(latitude: str, longitude: str) -> str:
    return f"{latitude} {longitude}" if _is_on_earth(latitude, longitude) else ""


def _is_on_earth(latitude: str, longitude: str) -> bool:
    try:
        return abs(Decimal(latitude)) <= 90 and abs(Decimal(longitude)) <= 180
    except InvalidOperation:
        return False
