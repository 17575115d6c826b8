"""PDF files that carry the data: written for the archive, read back whatever was done to them on the way.

P-01  What went in comes out, byte for byte, however the file was rewritten.
P-02  The file keeps what PDF/A-3b asks for, as far as can be told here.
P-03  A PDF without data says so; one that cannot be opened says why. None takes long or swells.
"""

from __future__ import annotations

import io
import lzma
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from iscm_desktop.exchange.package import pdf_carrier
from iscm_desktop.exchange.unpacking.extraction import FoundPackage, PackageExtractor, RefusedMember
from iscm_desktop.workspace import Workspace
from tests.support.archival import faults

HOSTILE = Path(__file__).parents[2] / "data" / "hostile" / "pdf.tar.xz"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A completed questionnaire that carries its package, and the package."""
    folder = tmp_path_factory.mktemp("carrier")
    with Workspace.open(folder / "igc.iscmdb") as workspace:
        workspace.set_person("Anna Berg", "IGC & friends <office>")
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        session.answer("ISC-B/ISC-B06", "It began as a circle of States. – Это начало. – بدأت الآلية.")
        workspace.responses.save(response, session)
        workspace.pdf_exports.export(response, folder / "igc.pdf")
    data = (folder / "igc.pdf").read_bytes()
    (package,) = pdf_carrier.attached_packages(data)
    return data, package


def rewritten(
    data: bytes, change: Callable[[pikepdf.Pdf], None] = lambda _: None, **options: object
) -> bytes:
    """As a gateway or another program saves it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(written, **options)
    return written.getvalue()


def appended(data: bytes) -> bytes:
    """A later revision of the file behind the first, as programs for comments and signatures save."""
    start = data.rindex(b"startxref")
    previous = int(data[start:].split()[1])
    with pikepdf.open(io.BytesIO(data)) as document:
        number, root = int(document.trailer.Size), document.Root.objgen[0]
    added = b"%d 0 obj\n<< /Note (seen) >>\nendobj\n" % number
    table = len(data) + len(added)
    tail = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    )
    return data + added + tail % (number, len(data), number + 1, root, previous, table)


def renamed(document: pikepdf.Pdf) -> None:
    specification = document.Root.AF[0]
    specification.F = specification.UF = pikepdf.String("ATT00001.bin")
    document.Root.Names.EmbeddedFiles.Names[0] = pikepdf.String("ATT00001.bin")


def without_names(document: pikepdf.Pdf) -> None:
    del document.Root.Names


def without_association(document: pikepdf.Pdf) -> None:
    del document.Root.AF


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "linearized": lambda data: rewritten(data, linearize=True),
    "recompressed": lambda data: rewritten(data, recompress_flate=True),
    "unpacked": lambda data: rewritten(
        data, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False
    ),
    "without object streams": lambda data: rewritten(
        data, object_stream_mode=pikepdf.ObjectStreamMode.disable
    ),
    "attachment renamed": lambda data: rewritten(data, renamed),
    "no longer among the attachments": lambda data: rewritten(data, without_names),
    "no longer associated": lambda data: rewritten(data, without_association),
    "saved incrementally": appended,
    "a banner before it": lambda data: b"X-Gateway: checked\r\n" + data,
    "line ends after it": lambda data: data + b"\r\n" * 300,
    "locked against changes": lambda data: rewritten(data, encryption=pikepdf.Encryption(owner="k", user="")),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_package_comes_out_of_a_rewritten_file(pair: tuple[bytes, bytes], way: str) -> None:
    """P-01."""
    data, package = pair
    assert list(pdf_carrier.attached_packages(WAYS[way](data))) == [package]


def test_the_same_content_gives_the_same_bytes(pair: tuple[bytes, bytes]) -> None:
    data, package = pair
    bare = rewritten(data, printed)
    assert pdf_carrier.with_package(bare, package) == pdf_carrier.with_package(bare, package)


def test_what_can_be_told_of_pdf_a(pair: tuple[bytes, bytes]) -> None:
    """P-02. A name with signs that mean something in XML is among what is described."""
    assert faults(pair[0]) == []


def test_the_checks_of_pdf_a_find_something(pair: tuple[bytes, bytes]) -> None:
    def spoilt(document: pikepdf.Pdf) -> None:
        del document.Root.AF
        document.docinfo["/Title"] = "Another"

    assert (
        len(faults(rewritten(pair[0], lambda document: setattr(document.Root, "AF", pikepdf.Array([]))))) == 1
    )
    with pytest.raises(AttributeError):
        faults(rewritten(pair[0], spoilt))


def test_size_of_the_file(pair: tuple[bytes, bytes]) -> None:
    assert len(pair[0]) < 150_000


def test_several_packages_in_one_file(pair: tuple[bytes, bytes]) -> None:
    """Somebody bound the files of two respondents into one."""
    data, package = pair
    other = package[:-1] + b"\1"

    def bound(document: pikepdf.Pdf) -> None:
        document.attachments["second.iscm"] = pikepdf.AttachedFileSpec(document, other)

    assert set(pdf_carrier.attached_packages(rewritten(data, bound))) == {package, other}


def test_a_file_pinned_to_a_page(pair: tuple[bytes, bytes]) -> None:
    data, package = pair

    def pinned(document: pikepdf.Pdf) -> None:
        specification = document.Root.AF[0]
        without_names(document)
        without_association(document)
        pin = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=specification
        )
        document.pages[0].Annots = pikepdf.Array([pin])

    assert list(pdf_carrier.attached_packages(rewritten(data, pinned))) == [package]


def outcome(data: bytes) -> list[str]:
    found = list(PackageExtractor().unpack("file.pdf", data))
    assert not any(isinstance(one, FoundPackage) for one in found)
    return [one.problem for one in found if isinstance(one, RefusedMember)]


def printed(document: pikepdf.Pdf) -> None:
    """Printing keeps what is seen and nothing else."""
    without_names(document)
    without_association(document)


def test_printed_to_another_pdf(pair: tuple[bytes, bytes]) -> None:
    """P-03."""
    assert outcome(rewritten(pair[0], printed)) == ["PDF_WITHOUT_DATA"]


def test_a_password(pair: tuple[bytes, bytes]) -> None:
    """P-03."""
    locked = rewritten(pair[0], encryption=pikepdf.Encryption(owner="k", user="u"))
    assert outcome(locked) == ["HOLDER_PROTECTED"]


def swelling(mebibytes: int) -> bytes:
    """Deflated, little; unpacked, so many mebibytes that begin like a package."""
    packer = zlib.compressobj(9)
    start = packer.compress(b"PK\x03\x04") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands by itself
    return start + block * mebibytes + packer.flush()


def bomb(data: bytes, packed: bytes, rounds: int = 1) -> bytes:
    """The file with another attachment in the place of the package."""

    def loaded(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"")
        stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * rounds))
        document.Root.AF[0].EF.F = document.Root.AF[0].EF.UF = stream

    return rewritten(data, loaded, compress_streams=False)


def test_an_attachment_that_swells(pair: tuple[bytes, bytes]) -> None:
    """P-03."""
    assert outcome(bomb(pair[0], swelling(200))) == ["PACKAGE_TOO_LARGE"]


def looped(document: pikepdf.Pdf) -> None:
    """A tree of names that leads back to itself."""
    tree = document.make_indirect(pikepdf.Dictionary())
    tree.Kids = pikepdf.Array([tree, tree])
    tree.Limits = pikepdf.Array([pikepdf.String("a"), pikepdf.String("z")])
    document.Root.Names.EmbeddedFiles = tree
    without_association(document)


def test_names_that_lead_in_a_circle(pair: tuple[bytes, bytes]) -> None:
    """P-03."""
    assert outcome(rewritten(pair[0], looped)) == ["PDF_WITHOUT_DATA"]


def hostile() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(HOSTILE.read_bytes()))) as archive:
        for member in archive:
            held = archive.extractfile(member)
            assert held is not None
            yield member.name, held.read()


@pytest.mark.parametrize(("name", "data"), [pytest.param(*one, id=one[0]) for one in hostile()])
def test_hostile_files_are_refused(name: str, data: bytes) -> None:
    """P-03."""
    begun = time.monotonic()
    assert set(outcome(data)) <= {
        "PDF_WITHOUT_DATA",
        "PDF_DAMAGED",
        "HOLDER_PROTECTED",
        "HOLDER_EMPTY",
        "PACKAGE_FOREIGN",
    }
    assert time.monotonic() - begun < 5


def test_truncated_anywhere(pair: tuple[bytes, bytes]) -> None:
    """What comes out of half a file is a sound package or a refusal, never an exception of the library's."""
    data, package = pair
    for length in range(0, len(data), 997):
        for one in PackageExtractor().unpack("half.pdf", data[:length]):
            assert isinstance(one, RefusedMember) or one.data == package
