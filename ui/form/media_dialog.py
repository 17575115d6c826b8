"""Pictures of a question or its choices, as large as there is room for, each below its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.editing.response_editing import ResponseEditing
from ui.form.media_block import MediaBlock
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, bare_row, fill, padded_column
from ui.widgets.scroll_pane import Canvas, ScrollPane

if TYPE_CHECKING:
    from ui.form.media_block import LabelledMedia

_MOST = 60
"""Of a list with more, the form's pages show the rest small."""


class MediaDialog(KeyedDialog):
    """Closes by Esc, or its button."""

    def __init__(self, editing: ResponseEditing, shown: Sequence[LabelledMedia], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Pictures"))
        px = editing.context.theme.px
        pane = ScrollPane(self, takes_focus=True, goes_sideways=False)
        pane.setAccessibleName(_("Pictures"))
        ground = Canvas(pane)
        column = padded_column(ground, px, (22, 18, 22, 18), gap=8)
        self.blocks = []
        for each in shown[:_MOST]:
            block = MediaBlock(editing, ground, is_large=True)
            block.show_media(each.media, each.words)
            fill(column, text_label(each.words, "strong", ground), block)
            self.blocks.append(block)
        column.addStretch(1)
        pane.setWidget(ground)
        self.close_button = button(_("&Close"), self, "primary", name="close-pictures")
        self.close_button.clicked.connect(self.close)
        foot = bare_row(None)
        foot.setContentsMargins(px(22), px(8), px(22), px(14))
        fill(foot, STRETCH, self.close_button)
        around = padded_column(self, px, (0, 0, 0, 0), gap=0)
        around.addWidget(pane, 1)
        around.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(px(760), room.width() - 40), min(px(640), room.height() - 80))
