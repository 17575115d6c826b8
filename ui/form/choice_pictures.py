"""Pictures of a question's choices beside their words, and a way to see them larger and to have their sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from iscm_desktop.i18n import _, joined, ngettext, quoted
from iscm_desktop.questionnaire.attached_files import shown_name
from ui.editing.form_media import THUMBNAIL, ShownPicture
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import named_choice
from ui.form.media_block import LabelledMedia
from ui.form.media_dialog import MediaDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from iscm_desktop.session.views import ChoiceView, QuestionView

_NAMED = 8


class ChoicePictures(QObject):
    """Of one question, or of a table whose rows share their choices.

    Args:
        show: Takes the pictures by value of their choice, and what each is called; whenever there are others.
        owner: On whom the line below the choices is made, when there is first something to say.
    """

    def __init__(
        self,
        editing: ResponseEditing,
        show: Callable[[dict[str, QPixmap], dict[str, str]], None],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._editing, self._show, self._owner = editing, show, owner
        self._choices: tuple[ChoiceView, ...] = ()
        self._question = ""
        self._has_media = False
        self.line: QWidget | None = None
        self.larger: QPushButton | None = None

    def show_view(self, view: QuestionView) -> bool:
        """Draws the pictures of a view that was just drawn; False, at no cost, where its choices have none."""
        if view.choices is not self._choices:
            self._choices = view.choices
            self._has_media = any(choice.media for choice in view.choices)
            if self._has_media and self.line is None:
                self._make_line()
        self._question = view.label
        if self.line is not None:
            self._show_all()
        return self._has_media

    def _make_line(self) -> None:
        """Under the choices, made when the first of them has a file; from then on it hears of pictures."""
        self.line = QWidget(self._owner)
        column = bare_column(self.line, 2)
        self.problem = text_label("", "muted", self.line)
        self.larger = button("", self.line, "link", name="larger-pictures")
        column.addWidget(self.problem)
        column.addWidget(self.larger, 0, Qt.AlignmentFlag.AlignLeading)
        self.larger.clicked.connect(self._on_larger_clicked)
        self._editing.media.found.connect(self._show_all)
        self._editing.context.theme.changed.connect(self._show_all)

    def _show_all(self) -> None:
        if self.line is None or self.larger is None:
            return
        asked = {each.value: each.media.image or each.media.big_image for each in self._choices}
        found = {value: self._editing.media.thumbnail(name) for value, name in asked.items() if name}
        known = {value: each for value, each in found.items() if each is not None}
        seen = {value: each for value, each in known.items() if not each.image.isNull()}
        called = {
            value: _("Picture: {name}").format(name=shown_name(each.name)) for value, each in seen.items()
        }
        self._show({value: self._drawn(each) for value, each in seen.items()}, called)
        failed = [each for each in known.values() if each.problem]
        self.problem.setText(_problem(failed))
        self.problem.setVisible(bool(failed))
        sounds = any(each.media.audio or each.media.video for each in self._choices)
        can_be_seen = any(not each.image.isNull() or each.is_here for each in known.values())
        self.larger.setText(_("Pictures and sounds of the choices…") if sounds else _("Larger pictures…"))
        self.larger.setAccessibleName(named_choice(self.larger.text(), self._question))
        self.larger.setVisible(sounds or can_be_seen)
        self.line.setVisible(not self.problem.isHidden() or not self.larger.isHidden())

    def _drawn(self, shown: ShownPicture) -> QPixmap:
        ratio = self._owner.devicePixelRatioF()
        edge = round(self._editing.context.theme.px(THUMBNAIL) * ratio)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        drawn = QPixmap.fromImage(shown.image.scaled(edge, edge, keep, smooth))
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def _on_larger_clicked(self) -> None:
        shown = [LabelledMedia(each.label, each.media) for each in self._choices if each.media]
        MediaDialog(self._editing, shown, self._owner).open()


def _problem(failed: list[ShownPicture]) -> str:
    """One sentence, however many there are; a single one says what is wrong with it."""
    if len(failed) <= 1:
        return failed[0].problem if failed else ""
    names = [quoted(shown_name(each.name)) for each in failed[:_NAMED]]
    more = [_("and {count} more").format(count=len(failed) - _NAMED)] if len(failed) > _NAMED else []
    words = ngettext(
        "{count} picture of a choice is not shown: {names}.",
        "{count} pictures of choices are not shown: {names}.",
        len(failed),
    )
    told = " ".join([joined(names), *more])
    return words.format(count=len(failed), names=told)
