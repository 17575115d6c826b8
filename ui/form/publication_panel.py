"""In the panel beside a question: whether its answer, the entry around it, or the section may be published.

What somebody claimed of that who may not promise it is said below, and can be made one's own word.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.claimed_marks import claim_words
from iscm_desktop.presenters.question_head import section_around
from iscm_desktop.presenters.section_rows import section_name
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from ui.editing.response_editing import ResponseEditing
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.painted_text import isolated
from ui.widgets.wrapping_buttons import WrappingCheck


class PublicationPanel(QWidget):
    """Follows the question. A tick that a larger one covers stays ticked, and cannot be taken away by itself."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing, self._marks = editing, editing.marks
        self._path = WHOLE_RESPONSE
        self._results: dict[WrappingCheck, AnswerPath] = {}
        self.answer = WrappingCheck(_("This answer is not for publication"), self)
        self.entry = WrappingCheck("", self)
        self.section = WrappingCheck("", self)
        explained = _("Left out of summaries and of public editions; your coordinator still receives it.")
        column = bare_column(self, editing.context.theme.px(6))
        column.addWidget(text_label(_("Publication"), "subheading", self))
        column.addWidget(text_label(explained, "small", self))
        for box in (self.answer, self.entry, self.section):
            column.addWidget(box)
            on_press(box, self._on_clicked, box)
        self.claims = RenewedColumn(self)
        column.addLayout(self.claims)
        self._marks.changed.connect(self._show)

    def show_path(self, path: AnswerPath) -> None:
        """Shows the ticks for a question, and for the entry and the section around it, by name; none for none."""
        session = self._editing.session
        self._path, self._results = path, {self.answer: path} if path else {}
        entry = session.entry_of(path) if path else None
        if entry is not None:
            self._results[self.entry] = entry.path
            self._name(self.entry, _("The whole entry “{entry}” is not for publication"), entry=entry.title)
        section = section_around(session, path) if path else None
        if section is not None:
            self._results[self.section] = section.path
            words = _("The whole section “{section}” is not for publication")
            self._name(self.section, words, section=section_name(section))
        for box in (self.answer, self.entry, self.section):
            box.setVisible(box in self._results)
        self._show()

    def name_question(self, words: str) -> None:
        """For those who hear and do not see what stands at the head of the panel."""
        self.answer.setAccessibleDescription(words)

    def _name(self, box: WrappingCheck, words: str, **names: str) -> None:
        box.setText(words.format(**{key: isolated(name) for key, name in names.items()}).replace("&", "&&"))

    def _show(self) -> None:
        for box, path in self._results.items():
            box.setChecked(self._marks.covers(path))
            box.setEnabled(self._marks.is_marked(path) or not self._marks.covers(path))

        self._show_claims()

    def _show_claims(self) -> None:
        ground, column = self.claims.renew()
        column.setSpacing(self._editing.context.theme.px(4))
        claims = self._marks.claims_at(self._path)
        ground.setVisible(bool(claims))
        for claim in claims:
            label = _("this answer") if claim.path == self._path else ""
            words = text_label(claim_words(claim, label), "error", ground)
            words.setObjectName("claimed-mark")
            confirm = button(_("Let it count, in my name"), ground, "link", name="confirm-mark")
            confirm.setAccessibleDescription(words.text())
            on_press(confirm, self._marks.confirm, claim)
            column.addWidget(words)
            column.addWidget(confirm, 0, Qt.AlignmentFlag.AlignLeading)

    def _on_clicked(self, box: WrappingCheck) -> None:
        if box in self._results:
            self._marks.mark(self._results[box], is_marked=box.isChecked())
