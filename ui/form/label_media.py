"""What the form shows beside the words of a question or note: pressing its picture shows that larger."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.editing.response_editing import ResponseEditing
from ui.form.media_block import LabelledMedia, MediaBlock
from ui.form.media_dialog import MediaDialog


class LabelMediaBlock(MediaBlock):
    """Beneath the words on their card."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(editing, parent)
        self.picture.clicked.connect(self._on_picture_clicked)

    def _on_picture_clicked(self) -> None:
        MediaDialog(self.editing, [LabelledMedia(self.about, self.media)], self).open()
