"""Where a file is that was written: its whole path, as one piece in any sentence."""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.file_names import shown_file
from iscm_desktop.machine_texts import machine_text


def whole_path(path: Path) -> str:
    """For the word after an export: people look for the file in the folder that is named."""
    return machine_text(shown_file(path.absolute()))
