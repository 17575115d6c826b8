"""A questionnaire that was found in a file: what it asks, what is wrong with it, and what adding it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, current_language, ngettext
from ui.page.page_context import PageContext
from ui.phrases.form_languages import language_name
from ui.widgets.file_facts import fact_rows
from ui.widgets.flow_layout import flow_row
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import align_leading, button, text_label
from ui.widgets.layouts import STRETCH

if TYPE_CHECKING:
    from iscm_desktop.workspace.questionnaire_service import ExaminedQuestionnaire

_TOLD = 60
"""Faults that the dialog names: whoever mends these will be told of the others."""


class FoundQuestionnaireDialog(FormDialog):
    """Signals:
    added(form id): it can be chosen from now on.
    """

    added = Signal(str)

    def __init__(self, found: ExaminedQuestionnaire, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Questionnaire"), context.theme, parent)
        self._found, self._context = found, context
        self.look = button(_("&Preview as respondents see it"), self, name="preview-questionnaire")
        self.look.setVisible(found.is_usable)
        self.look.setAutoDefault(False)
        faults = text_label(self._faults(), "", self)
        faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        faults.setVisible(bool(found.faults))
        align_leading(faults)
        self.lay_out(
            found.form.title if found.form is not None else found.file.name,
            fact_rows(self._facts(), self),
            text_label(self._standing(), "strong", self),
            faults,
            flow_row(0, self.look, STRETCH),
            primary=_("&Add this version") if found.here else _("&Add it"),
            secondary=_("&Close"),
            size=(620, 460),
            gap=10,
        )
        self.look.clicked.connect(self._on_look_clicked)

    def is_complete(self) -> bool:
        return self._found.can_be_added

    def confirm(self) -> None:
        """Adds it as it was looked at."""
        if self._found.form is not None:
            self._context.workspace.questionnaires.add_found(self._found)
            self.accept()
            self.added.emit(self._found.form.form_id)

    def _facts(self) -> list[tuple[str, str]]:
        form = self._found.form
        facts = [(_("File"), self._found.file.name)]
        if form is None:
            return facts
        count = self._found.questions
        asked = ngettext("{count} question", "{count} questions", count).format(count=count)
        return [
            *facts,
            (_("Id"), form.form_id),
            (_("Version"), form.version or "–"),
            (_("Questions"), asked),
            (_("Pictures and sounds"), self._media()),
            (_("Languages"), ", ".join(language_name(one) for one in form.languages if one != "default")),
        ]

    def _media(self) -> str:
        """How many files that its labels show come along, and which are not there."""
        media = self._found.media
        if not (media.contents or media.missing):
            return ""
        count = len(media.contents)
        words = ngettext("{count} file comes along", "{count} files come along", count).format(count=count)
        if not media.missing:
            return words
        missing = _("not found beside it: {names}").format(names=", ".join(media.missing))
        return _("{first} · {second}").format(first=words, second=missing)

    def _standing(self) -> str:
        found = self._found
        if not found.is_usable:
            return _("It cannot be used yet. Mend what follows in the workbook, then open it again.")
        if found.is_same:
            return _("This very questionnaire is here already.")
        if found.refusal:
            return found.refusal
        words = found.changes or _(
            "It is new here: once added, it can be chosen for responses and invitations."
        )
        return " ".join((words, _("Some of its rules cannot be read:"))) if found.faults else words

    def _faults(self) -> str:
        told = [str(fault) for fault in self._found.faults[:_TOLD]]
        more = len(self._found.faults) - _TOLD
        if more > 0:
            told.append(_("and {count} more").format(count=more))
        return "\n".join(f"• {line}" for line in told)

    def _on_look_clicked(self) -> None:
        from ui.questionnaires.questionnaire_preview import QuestionnairePreview

        form = self._found.form
        if form is not None:
            media = self._found.media.contents
            QuestionnairePreview(form, current_language(), self._context, self, media).open()
