"""The export that people read and coordinators merge: one PDF with the package inside."""

from __future__ import annotations

from collections.abc import Sequence
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
    without: tuple[str, ...] = ()  # names of attached files whose content is not here


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

    def export(
        self,
        response: SubjectId,
        target: Path,
        *,
        is_public: bool = False,
        encrypts: bool = False,
        recipients: Sequence[str] = (),
    ) -> ExportedPdf:
        """The completed questionnaire with its package inside; both whole, or both the public edition.

        Args:
            encrypts: The whole PDF, for `recipients` or, without any, for the coordinators whom the invitation names;
                never a public edition.
        """
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

        dressed = Dress(put_on, take_off)
        if is_public:
            exported = self._public.export(response, target, dressed=dressed)
        else:
            exported = self._packages.export(
                response, target, encrypts=encrypts, recipients=recipients, dressed=dressed
            )
        missing = tuple((one.characters, one.where) for one in printed[0].missing)
        return ExportedPdf(
            target, exported.size, exported.revisions, printed[0].pages, missing, exported.without
        )
