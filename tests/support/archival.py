"""What of PDF/A-3b can be told without a validator: each fault in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from defusedxml import ElementTree

_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_FORBIDDEN = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/Movie",
    "/Sound",
    "/ImportData",
    "/ResetForm",
    "/3D",
    "/RichMedia",
)


def faults(data: bytes) -> list[str]:
    """None where everything that is looked at holds."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [
            *_file(data, document),
            *_description(document),
            *_colours(document),
            *_fonts(document),
            *_annotations(document),
            *_attachments(document),
            *_actions(document),
        ]


def _file(data: bytes, document: pikepdf.Pdf) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.7\r?\n%[\x80-\xff]{4}", data):
        yield "the head is not that of a binary PDF 1.7"
    if "/ID" not in document.trailer:
        yield "no document id"
    if document.is_encrypted:
        yield "encrypted"


def _description(document: pikepdf.Pdf) -> Iterator[str]:
    stream = document.Root.Metadata
    if "/Filter" in stream:
        yield "the XMP packet is compressed"
    tree = ElementTree.fromstring(stream.read_bytes().partition(b"?>")[2].rpartition(b"<?xpacket")[0])
    described = {one.tag: "".join(one.itertext()).strip() for one in tree[0][0]}
    if (described.get(f"{_PDFAID}part"), described.get(f"{_PDFAID}conformance")) != ("3", "B"):
        yield "does not say that it is PDF/A-3b"
    info = document.docinfo
    pairs = {
        "/Title": "{http://purl.org/dc/elements/1.1/}title",
        "/Author": "{http://purl.org/dc/elements/1.1/}creator",
        "/Subject": "{http://purl.org/dc/elements/1.1/}description",
        "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
        "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
    for key, tag in pairs.items():
        if str(info.get(key, "")) != described.get(tag, ""):
            yield f"{key} is one thing in the information and another in the XMP packet"
    for key in ("Create", "Modify"):
        said = re.sub(r"\D", "", str(info["/CreationDate" if key == "Create" else "/ModDate"]))
        if said != re.sub(r"\D", "", described[f"{{http://ns.adobe.com/xap/1.0/}}{key}Date"]):
            yield f"{key}Date differs"


def _colours(document: pikepdf.Pdf) -> Iterator[str]:
    intents = list(document.Root.OutputIntents)
    if [str(one.S) for one in intents] != ["/GTS_PDFA1"]:
        yield "no output intent for PDF/A"
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if profile.N != 3 or data[36:40] != b"acsp" or data[16:20] != b"RGB ":
        yield "the output intent has no RGB profile"
    for page in document.pages:
        used = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
        if used & {"k", "K", "cs", "CS", "sh", "gs"}:
            yield "colours other than RGB and grey, or a graphics state"
        if "/Group" in page:
            yield "transparency"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font" and one.Subtype != "/Type0":
            described: Any = one.get("/FontDescriptor")
            if described is None or not {"/FontFile2", "/FontFile3"} & set(described.keys()):
                yield f"the font {one.BaseFont} is not embedded"
            if one.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in one:
                yield f"the font {one.BaseFont} does not say which glyphs its codes mean"


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for one in page.get("/Annots", ()):
            if int(one.get("/F", 0)) & 0b100111 != 0b100:
                yield "an annotation is hidden or not printed"


def _attachments(document: pikepdf.Pdf) -> Iterator[str]:
    named = list(document.Root.Names.EmbeddedFiles.Names)[1::2]
    for one in named:
        if one.AFRelationship != "/Data" or not {"/F", "/UF", "/Desc", "/EF"} <= set(one.keys()):
            yield "an attachment is not described as associated data"
        stream = one.EF.F
        if "/Subtype" not in stream or not {"/ModDate", "/Size"} <= set(stream.Params.keys()):
            yield "an attachment does not say its kind, size and date"
    if [one.objgen for one in document.Root.AF] != [one.objgen for one in named]:
        yield "attachments that are not associated with the document"


def _actions(document: pikepdf.Pdf) -> Iterator[str]:
    text = b"".join(one.unparse() for one in document.objects if isinstance(one, pikepdf.Dictionary))
    yield from (f"an action {name}" for name in _FORBIDDEN if name.encode() + b" " in text)
