"""Geographic functions of ODK XForms.

A point is "latitude longitude altitude accuracy", in degrees and metres. The earth is a sphere of its radius
at the equator, and altitude is left out (ODK XForms, area(), distance()).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from iscm_desktop.questionnaire.expression import budget, expression_error
from iscm_desktop.questionnaire.expression.context import Value
from iscm_desktop.questionnaire.expression.conversion import text_at, text_of
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.numbers import NAN, number_of_text
from iscm_desktop.questionnaire.expression.registry import Library, function

LIBRARY: Library = {}

_RADIUS_M = 6_378_100.0

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def _point(text: str) -> Point | None:
    """The point a text writes; None where it writes none, or one that is not on earth."""
    parts = [number_of_text(part) for part in text.split()]
    if len(parts) < 2 or any(math.isnan(part) for part in parts):
        return None
    latitude, longitude = parts[:2]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def _points(values: Sequence[Value]) -> list[Point] | None:
    """Points of nodes, or of texts with ";" between them; None as soon as one is no point."""
    texts: list[str] = []
    for value in values:
        for text in [text_at(node) for node in value] if isinstance(value, list) else [text_of(value)]:
            texts.extend(part for part in text.split(";") if part.strip())
    budget.take(sum(map(len, texts)) >> 3)
    points = [_point(text) for text in texts]
    known = [point for point in points if point is not None]
    return known if len(known) == len(points) else None


def _distance(start: Point, end: Point) -> float:
    """Metres between two points along the surface."""
    first, second = math.radians(start[0]), math.radians(end[0])
    across = math.radians(end[1] - start[1])
    chord = (
        math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    )
    return 2 * _RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


@function(LIBRARY, "distance", "value value*", "number")
def _distance_of(*values: Value) -> float:
    points = _points(values)
    if points is None:
        return NAN
    return round(sum(map(_distance, points, points[1:])), 2)


@function(LIBRARY, "area", "value value*", "number")
def _area(*values: Value) -> float:
    """Square metres inside the points taken as a ring, on the sphere."""
    points = _points(values)
    if points is None:
        return NAN
    if len(points) < 3:
        return 0.0
    total = 0.0
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        total += math.radians(end[1] - start[1]) * (
            2 + math.sin(math.radians(start[0])) + math.sin(math.radians(end[0]))
        )
    return round(abs(total * _RADIUS_M**2 / 2), 2)


function(LIBRARY, "enclosed-area", "value value*", "number")(_area)


@function(LIBRARY, "geofence", "string string", "boolean")
def _geofence(place: str, border: str) -> bool:
    """Whether a point lies inside an area. A point on the border may fall on either side."""
    point, ring = _point(place), _points([border])
    if point is None:
        raise ExpressionError(expression_error.NOT_A_POINT, found=place)
    if ring is None or len(ring) < 4 or ring[0] != ring[-1]:
        raise ExpressionError(expression_error.NOT_AN_AREA, found=border)
    return _is_inside(point, ring)


def _is_inside(point: Point, ring: Sequence[Point]) -> bool:
    """Counts how often a ray from the point crosses the ring: an odd number of times from inside."""
    y, x = point
    is_inside = False
    for (start_y, start_x), (end_y, end_x) in itertools.pairwise(ring):
        if (start_y > y) != (end_y > y) and x < (end_x - start_x) * (y - start_y) / (
            end_y - start_y
        ) + start_x:
            is_inside = not is_inside
    return is_inside


@function(LIBRARY, "intersects", "string", "boolean")
def _intersects(line: str) -> bool:
    """Whether a line crosses or touches itself elsewhere than where its pieces join."""
    points = _points([line]) or []
    pieces = list(itertools.pairwise(points))
    budget.take(len(pieces) ** 2 >> 1)
    is_ring = len(points) > 2 and points[0] == points[-1]
    for first in range(len(pieces)):
        for second in range(first + 2, len(pieces)):
            if is_ring and first == 0 and second == len(pieces) - 1:
                continue
            if _meet(*pieces[first], *pieces[second]):
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above 0 for a turn one way at b, below for the other, 0 for straight on."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _spans(a: Point, b: Point, c: Point) -> bool:
    """Whether c, known to be in line with a and b, lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if (turns[0] > 0) != (turns[1] > 0) and (turns[2] > 0) != (turns[3] > 0) and all(turns):
        return True
    lines = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _spans(*line) for turn, line in zip(turns, lines, strict=True))
