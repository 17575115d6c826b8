"""What a file says of itself, name by name, in the welcomes of files."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from ui.widgets.form_dialog import form_rows
from ui.widgets.labels import align_leading, text_label


def fact_rows(facts: Iterable[tuple[str, str]], parent: QWidget) -> QFormLayout:
    """A row for each fact that is known; its words can be copied."""
    rows = form_rows()
    for name, words in facts:
        if words:
            shown = text_label(words, "strong", parent)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            align_leading(shown)
            rows.addRow(text_label(name, "muted", parent, wraps=False), shown)
    return rows
