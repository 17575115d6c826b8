"""The system's dialogs for files and folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget


def documents_folder() -> Path:
    """Where the person's documents are on this computer."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


class FileDialogs:
    """The system's file dialogs; tests put a scripted one in their place. Imported when first opened."""

    def open_files(self, parent: QWidget, title: str, filters: str) -> list[Path]:
        """Files to read, sought among the person's documents first; none where somebody cancels.

        Args:
            filters: As Qt writes them: "Tables (*.csv)".
        """
        from PySide6.QtWidgets import QFileDialog

        names, _chosen = QFileDialog.getOpenFileNames(parent, title, str(documents_folder()), filters)
        return [Path(name) for name in names]

    def save_file(self, parent: QWidget, title: str, proposed: Path, filters: str) -> Path | None:
        """Where to write; None where somebody cancels."""
        from PySide6.QtWidgets import QFileDialog

        name, _chosen = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
        return Path(name) if name else None

    def save_document(self, parent: QWidget, title: str, name: str, suffix: str) -> Path | None:
        """A file to write, proposed among the person's documents; whatever was typed, it ends in `suffix`."""
        target = self.save_file(parent, title, documents_folder() / name, f"*{suffix}")
        if target is None or target.suffix == suffix:
            return target
        return target.with_name(target.name + suffix)

    def folder(self, parent: QWidget, title: str, proposed: Path) -> Path | None:
        """A folder; None where somebody cancels."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(parent, title, str(proposed))
        return Path(name) if name else None
