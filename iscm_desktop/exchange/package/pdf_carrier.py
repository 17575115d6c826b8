"""PDF files that carry a package: for people to read, and for the coordinator to merge.

The package is an associated file of the document (`/AF`, relationship Data), which PDF/A-3 is made for, and
listed among its attachments, where every reader shows it. `docs/formats/pdf.md` describes both for others.

Reading takes whatever attachment is a package, whatever it is called, for gateways and tools rename and
reorder. It runs in a process of its own (`exchange.unpacking.unpacker_process`): strangers' PDFs can hang or
swell any reader.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from iscm_desktop.exchange.package import xmp
from iscm_desktop.paths import resource

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

ATTACHED_NAME = "answers.iscm"
MAX_PACKAGE = 64 * 1024 * 1024
MAX_ATTACHMENTS = 200
_PRINT = 4  # annotation flag: printed as it is shown


class PdfUnreadable(Exception):
    """A PDF that cannot be opened; `needs_password` tells the one cure that its reader has."""

    def __init__(self, *, needs_password: bool) -> None:
        super().__init__()
        self.needs_password = needs_password


class PdfTooLarge(Exception):
    """An attachment that would swell beyond what a package can be."""


def with_package(pdf: bytes, package: bytes) -> bytes:
    """The document with the package inside, as PDF/A-3b asks; the same bytes for the same two.

    Args:
        pdf: As `reports.typesetting.pdf_printer` renders it: fonts embedded, colours RGB, title and dates in its
            information.
        package: A whole package.
    """
    import pikepdf  # late: only who exports needs it
    from pikepdf import Array, Dictionary, Name, String

    with pikepdf.open(io.BytesIO(pdf)) as document:
        facts = _facts(document)
        specification = _specification(document, package)
        root = document.Root
        root.AF = Array([specification])
        root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(ATTACHED_NAME), specification])))
        root.Metadata = document.make_stream(xmp.packet(facts), Type=Name.Metadata, Subtype=Name.XML)
        root.OutputIntents = Array([_output_intent(document)])
        _tidy(document)
        return _saved(document)


def _specification(document: Pdf, package: bytes) -> Object:
    """The package as a file of the document, with what readers show of it."""
    from pikepdf import Dictionary, Name, String

    embedded = document.make_stream(
        package,
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/zip"),
        Params=Dictionary(
            Size=len(package),
            ModDate=document.docinfo[Name.ModDate],
            CheckSum=String(hashlib.md5(package, usedforsecurity=False).digest()),
        ),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String(ATTACHED_NAME), UF=String(ATTACHED_NAME),
            AFRelationship=Name.Data, Desc=String("The answers as data, for merging"),
            EF=Dictionary(F=embedded, UF=embedded),
        )
    )  # fmt: skip


def attached_packages(pdf: bytes) -> Iterator[bytes]:
    """Every package that a PDF carries, each content once; none where it carries no data.

    Raises:
        PdfUnreadable: it is no PDF that can be opened, or asks for a password.
        PdfTooLarge: an attachment is larger than any package.
    """
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise PdfUnreadable(needs_password=True) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise PdfUnreadable(needs_password=False) from error
    seen: set[bytes] = set()
    with document:
        for stream in _embedded(document):
            try:
                data = _content(stream)
            except (pikepdf.PdfError, zlib.error, ValueError, TypeError, RuntimeError):
                continue  # an attachment that cannot be read is none; the package proves itself by its hashes
            if data.startswith(b"PK\x03\x04") and data not in seen:
                seen.add(data)
                yield data


def _embedded(document: Pdf) -> Iterator[Object]:
    """The streams of attached files: by name, associated with the document, or pinned to a page."""
    import pikepdf

    found = 0
    for specification in _specifications(document):
        try:
            files = specification.get("/EF")
            stream = None if files is None else files.get("/UF", files.get("/F"))
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            continue
        if isinstance(stream, pikepdf.Stream):
            found += 1
            if found > MAX_ATTACHMENTS:
                raise PdfTooLarge
            yield stream


def _specifications(document: Pdf) -> Iterator[Any]:
    import pikepdf

    def safely(pick: Any) -> list[Any]:
        try:
            return list(pick())
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError, KeyError):
            return []

    root = document.Root
    yield from safely(lambda: pikepdf.NameTree(root.Names.EmbeddedFiles).values())
    yield from safely(lambda: root.AF)
    for page in safely(lambda: document.pages):
        yield from safely(
            lambda page=page: [each.FS for each in page.Annots if each.Subtype == "/FileAttachment"]
        )


def _content(stream: Any) -> bytes:
    """Unpacked by ourselves where it is deflated, as nearly all are: no further than a package may grow."""
    raw: bytes = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    names = (
        [] if filters is None else [str(filters)] if not _is_list(filters) else [str(one) for one in filters]
    )
    if names == ["/FlateDecode"] and stream.get("/DecodeParms") is None:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(raw, MAX_PACKAGE + 1)
    else:
        data = raw if not names else stream.read_bytes()
    if len(data) > MAX_PACKAGE:
        raise PdfTooLarge
    return data


def _is_list(value: object) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _facts(document: Pdf) -> xmp.PdfDescription:
    info = document.docinfo

    def text(key: str) -> str:
        return str(info.get(key, ""))

    return xmp.PdfDescription(
        text("/Title"), text("/Author"), text("/Subject"), text("/Creator"), text("/Producer"),
        _moment(text("/CreationDate")), _moment(text("/ModDate")), str(document.Root.get("/Lang", "x-default")),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    """ "D:20270301090000+00'00'" as a time."""
    return datetime.strptime(text.replace("'", ""), "D:%Y%m%d%H%M%S%z")


def _output_intent(document: Pdf) -> Object:
    """What the colours mean: the sRGB profile, made with LittleCMS, free of rights."""
    from pikepdf import Dictionary, Name, String

    profile = document.make_stream(resource("colour", "sRGB.icc").read_bytes(), N=3)
    return document.make_indirect(
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"), DestOutputProfile=profile,
        )
    )  # fmt: skip


def _tidy(document: Pdf) -> None:
    """What PDF/A wants otherwise than ReportLab writes it."""
    for key in ("/Keywords", "/Trapped"):
        if key in document.docinfo:
            del document.docinfo[key]
    for page in document.pages:
        if "/Trans" in page:
            del page["/Trans"]
        for annotation in page.get("/Annots", ()):
            annotation["/F"] = _PRINT


def _saved(document: Pdf) -> bytes:
    import pikepdf

    written = io.BytesIO()
    document.save(
        written,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=False,
    )
    return written.getvalue()
