"""What the form shows beside a label: a picture that can be looked at larger, sounds and films to be saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.attached_files import shown_name
from iscm_desktop.session.views import LabelMedia
from ui.editing.form_media import ShownPicture
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import named_choice
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, discard, follow_width
from ui.widgets.painted_text import isolated
from ui.widgets.picture_button import PictureButton
from ui.widgets.plain_text import set_tip

if TYPE_CHECKING:
    from ui.page.job_runner import Job

_SMALL, _LARGE = 240, 900
"""Longer edge of a picture at 100 %."""
_SHARPNESS = 2
"""Pixels of the picture for each at 100 %."""


class MediaBlock(QWidget):
    """Made where a label has files; `is_large` shows the larger picture, which no press makes larger still."""

    def __init__(self, editing: ResponseEditing, parent: QWidget, *, is_large: bool = False) -> None:
        super().__init__(parent)
        self.editing, self._is_large = editing, is_large
        self.media, self.about = LabelMedia(), ""
        self._rows: list[QWidget] = []
        self._edge = _LARGE if is_large else _SMALL
        self.picture = PictureButton(self._edge, editing.context.theme, self, can_be_pressed=not is_large)
        self.picture.hide()
        self.problem = text_label("", "muted", self)
        self.problem.hide()
        self._column = bare_column(self, 4)
        self._column.addWidget(self.picture)
        self._column.addWidget(self.problem)
        follow_width(self)

    def show_media(self, media: LabelMedia, about: str) -> None:
        """Shows the files of a label, whose words are `about`; what is known already is not looked for again."""
        if (media, about) == (self.media, self.about):
            return
        has_other_picture = self._picture_name(media) != self._picture_name(self.media)
        self.media, self.about = media, about
        self.setVisible(bool(media))
        self._name_picture()
        if has_other_picture:
            self.picture.hide()
            self.problem.hide()
            if self._picture_name(media):
                self.editing.context.runner.run(self, self._look, self._show_picture)
        self._show_files()

    def _picture_name(self, media: LabelMedia) -> str:
        return (media.big_image or media.image) if self._is_large else (media.image or media.big_image)

    def _look(self, _job: Job) -> ShownPicture:
        """On the worker's thread."""
        return self.editing.media.picture(self._picture_name(self.media), self._edge * _SHARPNESS)

    def _show_picture(self, shown: ShownPicture) -> None:
        if shown.name != self._picture_name(self.media):
            return  # another language by now
        self.problem.setText(shown.problem)
        self.problem.setVisible(bool(shown.problem))
        self.picture.setVisible(not shown.image.isNull())
        if not shown.image.isNull():
            largest = max(shown.image.width(), shown.image.height())
            scale = _SHARPNESS if largest > self._edge else 1
            self.picture.show_image(shown.image, scale)
        elif shown.is_here:
            self._add_file(_("File: {name}"), shown.name)

    def _name_picture(self) -> None:
        """Its file's name, and whose picture it is: the form says nothing else of what is on it."""
        name = _("Picture: {name}").format(name=shown_name(self._picture_name(self.media)))
        self.picture.setAccessibleName(named_choice(name, self.about))
        if not self._is_large:
            set_tip(self.picture, _("Show it larger"))

    def _show_files(self) -> None:
        for row in self._rows:
            discard(row, self._column)
        self._rows = []
        for words, name in ((_("Sound: {name}"), self.media.audio), (_("Film: {name}"), self.media.video)):
            if name:
                self._add_file(words, name)

    def _add_file(self, words: str, name: str) -> None:
        """Names a file, with a way to have it; one that nobody sent is named only."""
        row = QWidget(self)
        flow = FlowLayout(row, self.editing.context.theme.px(8), is_centred=True)
        said = words.format(name=isolated(shown_name(name)))
        follow_width(row)
        self._rows.append(row)
        self._column.addWidget(row)
        if not self.editing.media.is_here(name):
            from iscm_desktop.workspace.label_pictures import missing_words

            flow.addWidget(text_label(missing_words(name), "muted", row))
            row.show()
            return
        label: QLabel = text_label(said, "muted", row, wraps=False)
        flow.addWidget(label)
        save = button(_("Save as…"), row, "link", name="save-label-file")
        save.setAccessibleName(named_choice(_("Save as…"), said))
        flow.addWidget(save)
        on_press(save, self._save, name)
        row.show()

    def _save(self, name: str) -> None:
        from iscm_desktop.workspace.label_pictures import save_media

        context, own = self.editing.context, shown_name(name)
        target = context.files.save_document(self, _("Save the file"), own, Path(own).suffix)
        if target is not None:
            form = self.editing.session.questionnaire
            save_media(context.workspace.questionnaires, form, name, target)
            context.say(_("Saved: {file}").format(file=target))


@dataclass(frozen=True, slots=True)
class LabelledMedia:
    """A label's words with its files."""

    words: str
    media: LabelMedia
