"""Lines of a label and a value, a hair line below each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from iscm_desktop.presenters.proof_view import ProofFigure
from ui.look.theme import WindowTheme
from ui.widgets.labels import hair_line, text_label


def figure_rows(figures: tuple[ProofFigure, ...], theme: WindowTheme, parent: QWidget) -> QGridLayout:
    """The lines as a grid whose labels take the larger part."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(5))
    grid.setColumnStretch(0, 5)
    grid.setColumnStretch(1, 4)
    for at, figure in enumerate(figures):
        label, value = text_label(figure.label, "", parent), text_label(figure.value, "", parent)
        value.setAccessibleName(f"{figure.label}: {figure.value}")
        grid.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, 2 * at, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(hair_line(parent), 2 * at + 1, 0, 1, 2)
    return grid
