"""Below a section: answers to questions that this version of the questionnaire no longer asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.card import Card
from ui.widgets.labels import align_leading, button, text_label
from ui.widgets.layouts import add_gap, bare_column
from ui.widgets.spoken_roles import Part, speak_as

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.version_service import WithdrawnRow


class WithdrawnFold(Card):
    """Folded at first. The texts can be read and copied; nobody is asked for them."""

    def __init__(self, rows: Sequence[WithdrawnRow], theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(theme, parent, is_flat=True)
        self.fold = button("", self, "link", name="withdrawn")
        self.fold.setCheckable(True)
        speak_as(self.fold, Part.FOLD)
        self._body = QWidget(self)
        column = bare_column(self._body, theme.px(4))
        explained = _("They stay in the file and in the history. Nothing has to be done about them.")
        column.addWidget(text_label(explained, "small", self._body))
        for row in rows:
            add_gap(column, theme.px(6))
            column.addWidget(text_label(row.label, "muted", self._body))
            text = text_label(row.text, "", self._body)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            align_leading(text)
            column.addWidget(text)
        self.column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self._body)
        self.fold.toggled.connect(self._on_toggled)
        self._on_toggled(is_open=False)

    def _on_toggled(self, is_open: bool) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        arrow = "▾" if is_open else "◂" if mirrored else "▸"
        self.fold.setText(f"{arrow}  " + _("Answers to questions that are no longer asked"))
        self.fold.setAccessibleName(_("Answers to questions that are no longer asked"))
        self._body.setVisible(is_open)
