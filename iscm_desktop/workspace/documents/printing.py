"""Documents as PDF files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.reports.typesetting.blocks import Document


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document that was written."""

    path: Path
    pages: int
    missing: tuple[tuple[str, str], ...]  # characters that no font has, and where they stand


def write_pdf(document: Document, target: Path) -> PrintedDocument:
    """Prints a document to a file, which is read again before it takes its place.

    Raises:
        IscmError: the file cannot be written; what was there is as it was.
    """
    from iscm_desktop.reports.typesetting.pdf_printer import render

    rendered = render(document)
    replace_file(target, rendered.pdf)
    return PrintedDocument(
        target, rendered.pages, tuple((one.characters, one.where) for one in rendered.missing)
    )
