"""What an encrypted file turned out to hold: a package, or a PDF that carries one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.unpacking.file_kind import is_pdf
from iscm_desktop.exchange.unpacking.unpacker_process import ExtractedFile, NotExtracted, Unpacker
from iscm_desktop.private_files import write_private


def carried_package(path: Path, data: bytes) -> bytes:
    """The package: in a PDF it is looked for in a process of its own, as in any other PDF of strangers.

    Args:
        path: The encrypted file, for sentences.

    Raises:
        IscmError: the PDF holds none, several, or cannot be read.
    """
    if not is_pdf(data):
        return data
    with tempfile.TemporaryDirectory(prefix="iscm-") as folder:
        inside = Path(folder) / "decrypted.pdf"
        write_private(inside, data)
        with Unpacker(Path(folder)) as unpacker:
            found = list(unpacker.unpack(inside, 0, lambda: False))
        packages = [one.path.read_bytes() for one in found if isinstance(one, ExtractedFile)]
    if len(packages) == 1:
        return packages[0]
    refused = next((one.problem for one in found if isinstance(one, NotExtracted)), None)
    raise IscmError(refused or FileProblem.PDF_WITHOUT_DATA, file=path.name)
