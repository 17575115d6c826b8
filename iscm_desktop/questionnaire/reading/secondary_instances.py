"""Lists and tables that a form brings along: internal instances, and CSV, XML and GeoJSON files beside it.

All of them become XML, which is what expressions walk through.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression import DocumentError, Node, NodeKind, parse_document, to_xml
from iscm_desktop.questionnaire.expression.document import LONGEST

Attachments = Mapping[str, bytes]
"""Contents of the files beside the form, by file name."""

EMPTY = "<root/>"
"""Stands for a file that is not there: the form loads, and its lists offer nothing."""

LAST_SAVED = "jr://instance/last-saved"
"""Stands for the response that the same person saved last; only a session can have it."""

EXTERNAL_LISTS = "itemsets.csv"
"""The file in which pyxform writes the choices of `select_one_external`, all lists in one."""

MOST_COLUMNS = 500
"""Of a table beside a form."""

_LONGEST_HEADING = 1_000
"""Characters; a heading is written twice for each cell below it."""

_TABLE_LARGE = N_("it is larger than {limit} characters as XML")
_TOGETHER = N_("with it, all lists of the form are larger than {limit} characters as XML")
_TABLE_WIDE = N_("it has more than {limit} columns, or a heading of more than {characters} characters")
_DEEP = N_("it is nested too deep")
_NOT_A_LIST = N_("Its list '{name}' cannot be read: {reason}.")
_QUERIED = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
_NOT_IN_NAMES = re.compile(r"[^\w.\-]")


def external_lists(text: str) -> Attachments:
    """The choices of `select_one_external`, one CSV file per list, under the names of their lists."""
    if not text:
        return {}
    head, rows = _table(text, ",")
    place = next((i for i, name in enumerate(head) if name.replace(" ", "_") == "list_name"), 0)
    lists: dict[str, list[list[str]]] = {}
    for row in (row for row in rows if place < len(row)):
        lists.setdefault(row[place], [head]).append(row)
        if len(lists) * sum(map(len, head)) > LONGEST:
            raise DocumentError(_(_TABLE_LARGE).format(limit=LONGEST))
    return {f"{name}.csv": _csv(table) for name, table in lists.items()}


def _csv(table: list[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(table)
    return written.getvalue().encode()


def embed(model: Node, body: Node, attachments: Attachments) -> bool:
    """Writes the files that a form names into the form, so that it travels whole; whether there were any."""
    if not attachments:
        return False
    if EXTERNAL_LISTS in attachments:
        with _naming(EXTERNAL_LISTS):
            text = attachments[EXTERNAL_LISTS].decode("utf-8-sig", "replace")
            attachments = {**external_lists(text), **attachments}
    missing = [instance for instance in model.elements("instance") if _inside(instance) is None]
    declared = {instance.attribute("id") for instance in model.elements("instance")}
    for name in _queried(body) - declared:
        made = Node(name="instance", namespace=model.namespace, prefix=model.prefix)
        made.set_attribute("id", name)
        made.set_attribute("src", f"jr://file-csv/{name}.csv")
        model.insert(len(model.children), made)
        missing.append(made)
    room = LONGEST
    for instance in missing:
        room -= _embedded(instance, attachments, room)
    return room < LONGEST


def _embedded(instance: Node, attachments: Attachments, room: int) -> int:
    """Writes the file that an instance names into it; its characters, 0 where it is not there."""
    name = (instance.attribute("src") or "").rpartition("/")[2]
    if name not in attachments:
        return 0
    with _naming(name):
        xml = as_xml(name, attachments[name])
        if len(xml) > room:
            raise DocumentError(_(_TOGETHER).format(limit=LONGEST))
        top = parse_document(xml).children[-1]
    top.parent = None
    instance.append(top)
    return len(xml)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Whatever is wrong with a file, told with its name."""
    try:
        yield
    except RecursionError:
        raise DocumentError(_(_NOT_A_LIST).format(name=name, reason=_(_DEEP))) from None
    except (ValueError, csv.Error) as error:
        raise DocumentError(_(_NOT_A_LIST).format(name=name, reason=error)) from error


def secondary_instances(model: Node, body: Node, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The XML of each secondary instance by its id; an empty one where a file is not there.

    Args:
        prefixes: Namespaces that the form declares around its instances.
    """
    found = dict.fromkeys(sorted(_queried(body)), EMPTY)
    for instance in model.elements("instance")[1:]:
        identifier = instance.attribute("id")
        inside = _inside(instance)
        if identifier and instance.attribute("src") == LAST_SAVED:
            found[identifier] = LAST_SAVED
        elif identifier and inside is not None:
            found[identifier] = _standing_alone(inside, prefixes)
        elif identifier:
            found.setdefault(identifier, EMPTY)
    return found


def _queried(body: Node) -> set[str]:
    """The lists that `select_one_external` questions search; the form itself does not declare them."""
    queries = (node.attribute("query") for node in body.walk())
    return {match[1] for query in queries if query and (match := _QUERIED.search(query))}


def _inside(instance: Node) -> Node | None:
    return next((child for child in instance.children if child.kind is NodeKind.ELEMENT), None)


def _standing_alone(top: Node, prefixes: Mapping[str, str]) -> str:
    """The XML of an element with the prefixes declared that it uses."""
    xml = to_xml(top)
    used = {prefix: uri for prefix, uri in prefixes.items() if f"{prefix}:" in xml}
    if used:
        top.declared = {**used, **(top.declared or {})}
        xml = to_xml(top)
    return xml


def as_xml(name: str, data: bytes) -> str:
    """A file as XML of the shape that ODK gives it: `root/item/column`.

    Raises:
        ValueError: the file is not what its name says.
    """
    text = data.decode("utf-8-sig")
    match name.rpartition(".")[2].lower():
        case "csv":
            return _from_csv(text)
        case "geojson" | "json":
            return _from_geojson(text)
        case _:
            parse_document(data)
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _from_csv(text: str) -> str:
    first = text.partition("\n")[0]
    head, rows = _table(text, ";" if first.count(";") > first.count(",") else ",")
    return _root(_item(zip(head, row, strict=False)) for row in rows if any(cell.strip() for cell in row))


def _table(text: str, delimiter: str) -> tuple[list[str], Iterator[list[str]]]:
    """The headings of a table and its rows."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    head = next(rows, [])
    if len(head) > MOST_COLUMNS or max(map(len, head), default=0) > _LONGEST_HEADING:
        raise DocumentError(_(_TABLE_WIDE).format(limit=MOST_COLUMNS, characters=_LONGEST_HEADING))
    return head, rows


def _from_geojson(text: str) -> str:
    """Features as items: their properties, their id and their geometry in ODK's notation."""
    data = json.loads(text)
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise DocumentError("A GeoJSON file holds a FeatureCollection; this one does not.")
    return _root(_item(_columns(feature)) for feature in features)


def _columns(feature: Mapping[str, object]) -> dict[str, str]:
    properties = feature.get("properties")
    columns = {str(k): _plain(v) for k, v in properties.items()} if isinstance(properties, dict) else {}
    if "id" in feature:
        columns["id"] = _plain(feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict):
        columns["geometry"] = _geometry(geometry)
    return columns


def _geometry(geometry: Mapping[str, object]) -> str:
    """ "latitude longitude 0 0" for each point, joined by semicolons."""
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return ""
    points = {"Point": [coordinates], "LineString": coordinates, "Polygon": (coordinates or [[]])[0]}
    chosen = points.get(str(geometry.get("type")), [])
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in chosen if len(point) >= 2)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _root(items: Iterable[str]) -> str:
    made, length = list[str](), 0
    for item in items:
        made.append(item)
        length += len(item)
        if length > LONGEST:
            raise DocumentError(_(_TABLE_LARGE).format(limit=LONGEST))
    return f"<root>{''.join(made)}</root>"


def _item(columns: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    pairs = columns.items() if isinstance(columns, Mapping) else columns
    cells = ((_element_name(column), _safe(value)) for column, value in pairs)
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in cells if name) + "</item>"


def _element_name(column: str) -> str:
    """A column's heading as an XML name; "" where nothing is left of it."""
    name = _NOT_IN_NAMES.sub("_", column.strip())
    return f"_{name}" if name and not (name[0].isalpha() or name[0] == "_") else name


def _safe(value: str) -> str:
    """Text without the control characters that XML cannot hold."""
    text = "".join(each for each in value if each >= " " or each in "\t\n\r")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
