"""The export that people read and coordinators merge: one PDF with the package inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.workspace.documents.document_service import DocumentService
from iscm_desktop.workspace.packages.export_service import Dress, ExportService
from iscm_desktop.workspace.packages.public_export_service import PublicExportService


@dataclass(frozen=True, slots=True)
class ExportedPdf:
    """A PDF that was written with its package."""

    path: Path
    size: int  # bytes, the package included
    revisions: int
    pages: int
    missing: tuple[tuple[str, str], ...]  # characters that no font has, and where they stand


class PdfExportService:
    """Prints once all is sealed: pages and data say the same."""

    def __init__(
        self,
        package_export: ExportService,
        public_export: PublicExportService,
        document_service: DocumentService,
    ) -> None:
        self._packages = package_export
        self._public = public_export
        self._documents = document_service

    def export(self, response: SubjectId, target: Path, *, is_public: bool = False) -> ExportedPdf:
        """The completed questionnaire with its package inside; both whole, or both the public edition."""
        from iscm_desktop.exchange.package.pdf_carrier import (
            PdfTooLarge,
            PdfUnreadable,
            attached_packages,
            with_package,
        )
        from iscm_desktop.reports.typesetting.pdf_printer import RenderedPdf, render

        printed: list[RenderedPdf] = []

        def put_on(package: bytes) -> bytes:
            printed.append(render(self._documents.compose_questionnaire(response, is_public=is_public)))
            return with_package(printed[0].pdf, package)

        def take_off(pdf: bytes) -> bytes:
            try:
                (package,) = attached_packages(pdf)
            except (PdfUnreadable, PdfTooLarge) as error:
                raise ValueError("a PDF without its package") from error
            return package

        export = self._public.export if is_public else self._packages.export
        exported = export(response, target, dressed=Dress(put_on, take_off))
        missing = tuple((one.characters, one.where) for one in printed[0].missing)
        return ExportedPdf(target, exported.size, exported.revisions, printed[0].pages, missing)
