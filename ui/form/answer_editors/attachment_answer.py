"""A file as an answer: dropped, pasted or chosen; shown, opened, saved, and cleaned of where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from iscm_desktop.errors import IscmError
from iscm_desktop.file_names import stem_and_ending
from iscm_desktop.i18n import _, shown_size
from iscm_desktop.questionnaire.attached_files import (
    AttachedFile,
    accepted_endings,
    attached_file,
    largest_size,
)
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.page.job_runner import Job
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, follow_width, padded_row
from ui.widgets.painted_text import isolated

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

_THUMBNAIL = 160
_PASTED = "pasted.png"


@dataclass(frozen=True, slots=True)
class _Source:
    """What was dropped, pasted or chosen."""

    file: Path | None = None
    content: bytes = b""  # of a picture that is no file, pasted


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is known of the attached file once it was looked at."""

    file: AttachedFile
    size: int | None  # bytes; None: not on this computer
    picture: bytes  # small, b"" where it is none
    has_metadata: bool


class AttachmentAnswer(AnswerEditor):
    """A dashed frame to drop a file on; once there is one, its picture or name, and what can be done with it."""

    is_group = True
    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self._file: AttachedFile | None = None
        self._is_over = self._is_busy = False
        self.setAcceptDrops(True)
        self._picture = QLabel(self)
        self._picture.hide()
        self._words = text_label("", "muted", self)
        self._problem = text_label("", "error", self)
        self._problem.hide()
        self.choose = button("", self, name="attachment-choose")
        self.open = button(_("Open"), self, "link", name="attachment-open")
        self.save = button(_("Save as…"), self, "link", name="attachment-save")
        self.clean = button(_("Take out place, time and camera"), self, "link", name="attachment-clean")
        self.remove = button(_("Remove"), self, "link", name="attachment-remove")
        self._lay_out()
        self.choose.clicked.connect(self._on_choose_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.clean.clicked.connect(self._on_clean_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        editing.context.theme.changed.connect(self.update)

    def controls(self) -> list[QWidget]:
        return [self.choose, *self._links()]

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        file = attached_file(view.text)
        is_empty, may_change = not view.text, not view.is_read_only
        self.choose.setText(_("Choose a file…") if is_empty else _("Choose another…"))
        self.choose.setEnabled(may_change)
        question = with_number(view.number, view.label)
        for each in (self.choose, *self._links()):
            each.setAccessibleName(named_choice(each.text(), question))
            each.setProperty(
                "value", each.text()
            )  # its name stays: the card names other controls after the question
        if file is None or file != self._file:
            self._hide_links((self.open, self.save, self.clean))
        if is_empty or not may_change:
            self._hide_links((self.remove,))
        else:
            self.remove.show()
        if file is None:
            self._file = None
            self._picture.hide()
            self._words.setText(self._invitation() if is_empty else self._named_only(view.text))
        elif file != self._file:
            self._file = file
            self._picture.hide()
            self._words.setText(file.name)
            self.editing.context.runner.run(self, self._look, self._show_file)
        else:
            self._look_again()

    def show_wrong(self, is_wrong: bool) -> None:
        """The frame is painted here; the boxes of other editors are styled."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._view.is_read_only and _source(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        event.acceptProposedAction()
        self._take(_source(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self._view.is_read_only:
            self._take(_source(QApplication.clipboard().mimeData()))
        elif event.key() == Qt.Key.Key_Delete and self._view.text and not self._view.is_read_only:
            self._on_remove_clicked()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.editing.context.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self._view.text else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(tokens.accent if self._is_over else tokens.line_strong), 1, style))
        painter.setBrush(QColor(tokens.accent_soft if self._is_over else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _links(self) -> tuple[QPushButton, ...]:
        return (self.open, self.save, self.clean, self.remove)

    def _hide_links(self, links: tuple[QPushButton, ...]) -> None:
        """The keyboard stays with the question when the button that has it goes."""
        for each in links:
            if each.hasFocus():
                self.choose.setFocus()
            each.hide()

    def _invitation(self) -> str:
        most, endings = shown_size(largest_size(self._view.question)), accepted_endings(self._view.question)
        if endings:
            words = _("Drop a file here or paste it. At most {size}: {endings}")
            return words.format(size=most, endings=", ".join(sorted(endings)))
        return _("Drop a file here or paste it. At most {size}.").format(size=most)

    def _named_only(self, text: str) -> str:
        return _("{name}: only the name is here; the file itself travels separately.").format(name=text)

    def _take(self, source: _Source | None) -> None:
        if self._is_busy:
            return
        if source is None:
            self._say(_("There is no file and no picture to paste."))
            return
        self._say("")
        taking = _Taking(self.editing, self._view, source)
        self._is_busy = True  # the button stays as it is: one that cannot be pressed gives the keyboard away
        self.editing.context.runner.run(self, taking.work, self._on_taken, self._on_refused)

    def _on_taken(self, file: AttachedFile) -> None:
        self._is_busy = False
        self.forward(file.text)
        self.editing.session.commit_step()
        self.editing.save_if_needed()

    def _on_refused(self, failure: BaseException) -> None:
        self._is_busy = False
        if not isinstance(failure, IscmError):
            raise failure
        self._say(str(failure))

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _look(self, _job: Job) -> _Shown | None:
        """On the worker's thread."""
        file, files = self._file, self.editing.context.workspace.attachments
        if file is None:
            return None
        size = files.size(file)
        if size is None:
            return _Shown(file, None, b"", has_metadata=False)
        return _Shown(file, size, files.thumbnail(file, 2 * _THUMBNAIL), files.has_metadata(file))

    def _show_file(self, shown: _Shown | None) -> None:
        if shown is None or shown.file != self._file:
            return  # another one by now
        file, may_change = shown.file, not self._view.is_read_only
        picture = QPixmap()
        if shown.picture and picture.loadFromData(shown.picture):
            self._show_picture(picture)
        here = shown.size is not None
        size = shown_size(shown.size or 0) if here else _("its content is not on this computer")
        self._words.setText(_("{name} · {size}").format(name=isolated(file.name), size=size))
        self.open.setVisible(here and file.can_be_opened)
        self.save.setVisible(here)
        if shown.has_metadata and may_change:
            self.clean.show()
        else:
            self._hide_links((self.clean,))
        self.updateGeometry()

    def _show_picture(self, picture: QPixmap) -> None:
        ratio = self.devicePixelRatioF()
        edge = round(self.editing.context.theme.px(_THUMBNAIL) * ratio)
        small = picture.scaled(
            edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(ratio)
        self._picture.setPixmap(small)
        self._picture.setAccessibleName(
            _("Picture: {name}").format(name=self._file.name if self._file else "")
        )
        self._picture.show()

    def _look_again(self) -> None:
        if self._file is not None:
            self.editing.context.runner.run(self, self._look, self._show_file)

    def _on_choose_clicked(self) -> None:
        endings = accepted_endings(self._view.question)
        filters = _("Files ({patterns})").format(patterns=" ".join(f"*.{each}" for each in sorted(endings)))
        found = self.editing.context.files.open_files(self, _("Choose a file"), filters if endings else "")
        if found:
            self._take(_Source(found[0]))

    def _on_open_clicked(self) -> None:
        if self._file is not None:
            copy = self.editing.context.workspace.attachments.to_open(self._file)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _on_save_clicked(self) -> None:
        file, context = self._file, self.editing.context
        if file is None:
            return
        stem, ending = stem_and_ending(file.name)
        target = context.files.save_document(self, _("Save the file"), f"{stem}{ending}", ending)
        if target is not None:
            context.workspace.attachments.save_as(file, target)
            context.say(_("Saved: {file}").format(file=target))

    def _on_clean_clicked(self) -> None:
        if self._file is not None and not self._is_busy:
            cleaning = _Cleaning(self.editing, self._file)
            self._is_busy = True
            self.editing.context.runner.run(self, cleaning.work, self._on_cleaned, self._on_refused)

    def _on_cleaned(self, done: _Cleaned) -> None:
        if done.before == self._file:
            self._on_taken(done.file)
        else:
            self._is_busy = False  # another one by now, or none: a step was taken back

    def _on_remove_clicked(self) -> None:
        if self._is_busy:
            return
        self._say("")
        self.forward("")
        self.editing.session.commit_step()
        self.editing.save_if_needed()
        self.choose.setFocus()

    def _light(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _lay_out(self) -> None:
        px = self.editing.context.theme.px
        row = padded_row(self, px, (12, 10, 12, 10), gap=12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        column = bare_column(None, px(4))
        column.addWidget(self._words)
        column.addWidget(self._problem)
        below = FlowLayout(None, px(8), is_centred=True)
        for each in (self.choose, *self._links()):
            below.addWidget(each)
        column.addLayout(below)
        column.addStretch(1)
        row.addLayout(column, 1)
        follow_width(self)


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes a file in, on the worker's thread."""

    editing: ResponseEditing
    view: QuestionView
    source: _Source

    def work(self, _job: Job) -> AttachedFile:
        files, response = self.editing.context.workspace.attachments, self.editing.response_id
        if self.source.file is not None:
            return files.take_in(response, self.view.question, self.source.file)
        return files.take_in_content(response, self.view.question, self.source.content, _PASTED)


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A picture before and after."""

    before: AttachedFile
    file: AttachedFile


@dataclass(frozen=True, slots=True)
class _Cleaning:
    """Takes out of a picture where it was taken, on the worker's thread."""

    editing: ResponseEditing
    file: AttachedFile

    def work(self, _job: Job) -> _Cleaned:
        files = self.editing.context.workspace.attachments
        return _Cleaned(self.file, files.without_location(self.editing.response_id, self.file))


def _source(data: QMimeData | None) -> _Source | None:
    """The first file of this computer, or a picture that is none yet."""
    if data is None:
        return None
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return _Source(files[0])
    if data.hasImage():
        image, buffer = data.imageData(), QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if isinstance(image, QImage) and QImageWriter(buffer, QByteArray(b"png")).write(image):
            return _Source(content=bytes(buffer.data().data()))
    return None
