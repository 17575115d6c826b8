"""The export that people read and coordinators merge: one PDF with the package inside."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.exchange.package import replace_file
from iscm_desktop.store.revision import SubjectId
from iscm_desktop.workspace.publishing import Publishing
from iscm_desktop.workspace.travelling import Travelling
from iscm_desktop.workspace.withholding import Withholding


@dataclass(frozen=True, slots=True)
class ExportedPdf:
    """A PDF that was written with its package."""

    path: Path
    size: int  # bytes, the package included
    revisions: int
    pages: int
    missing: tuple[tuple[str, str], ...]  # characters that no font has, and where they stand


class Carrying:
    """Exports first, which seals, and prints then: pages and data say the same."""

    def __init__(self, travelling: Travelling, withholding: Withholding, publishing: Publishing) -> None:
        self._travelling = travelling
        self._withholding = withholding
        self._publishing = publishing

    def export(self, response: SubjectId, target: Path, *, is_public: bool = False) -> ExportedPdf:
        """The completed questionnaire with its package inside; both whole, or both the public edition."""
        from iscm_desktop.exchange.carrier import carrying
        from iscm_desktop.reports.pdf import render

        with tempfile.TemporaryDirectory(prefix="iscm-") as folder:
            export = self._withholding.export if is_public else self._travelling.export
            exported = export(response, Path(folder) / "answers.iscm")
            package = exported.path.read_bytes()
        printed = render(self._publishing.questionnaire(response, is_public=is_public))
        data = carrying(printed.pdf, package)
        replace_file(target, data)
        missing = tuple((one.characters, one.where) for one in printed.missing)
        return ExportedPdf(target, len(data), exported.revisions, printed.pages, missing)
