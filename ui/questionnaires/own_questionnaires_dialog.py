"""Questionnaires that can be filled in here: those of the program, and one's own, which are added and removed here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, current_language, joined, ngettext
from ui.page.page_context import PageContext
from ui.phrases.form_languages import language_name
from ui.widgets.card import Card
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.flow_layout import flow_row
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.painted_text import isolated
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.workspace.questionnaire_service import ExaminedQuestionnaire, Form, QuestionnaireRow
    from iscm_desktop.workspace.received_questionnaire_service import ReceivedQuestionnaire


class OwnQuestionnairesDialog(KeyedDialog):
    """Every change takes effect at once."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Questionnaires of your own"))
        self._context = context
        self.add = button(_("&Add a questionnaire…"), self, "primary", name="add-questionnaire")
        self._rows = RenewedColumn(self)
        self._lay_out()
        self.add.clicked.connect(self._on_add_clicked)
        self.refresh()

    def refresh(self, *_form_id: str) -> None:
        """Shows what is there now."""
        ground, column = self._rows.renew()
        column.setSpacing(self._context.theme.px(10))
        rows = self._context.workspace.questionnaires.all()
        received = self._context.workspace.received_questionnaires.all()
        own = [row for row in rows if row.is_own]
        if not own:
            column.addWidget(self._empty(ground))
        for row in own:
            column.addWidget(self._row(row, ground))
        if received:
            column.addWidget(text_label(_("Not for new questionnaires"), "subheading", ground))
        for each in received:
            column.addWidget(self._received(each, ground))
        column.addWidget(text_label(_("These came with the program"), "subheading", ground))
        for row in rows:
            if row.is_shipped and not row.is_own:
                column.addWidget(self._row(row, ground))

    def show_found(self, found: ExaminedQuestionnaire) -> None:
        """What a file holds, before it is added."""
        from ui.questionnaires.found_questionnaire_dialog import FoundQuestionnaireDialog

        dialog = FoundQuestionnaireDialog(found, self._context, self)
        dialog.added.connect(self.refresh)
        dialog.added.connect(self._on_added)
        dialog.open()

    def examine(self, file: Path) -> None:
        """Reads a workbook on the worker: a large one takes seconds."""
        questionnaires = self._context.workspace.questionnaires
        self._context.run_from(self.add, lambda _job: questionnaires.examine(file), self.show_found, self)

    def _on_add_clicked(self) -> None:
        filters = _("Questionnaires") + " (*.xlsx *.xlsm *.xls *.csv *.md *.xml);;" + _("All files") + " (*)"
        for file in self._context.files.open_files(self, _("Add a questionnaire"), filters)[:1]:
            self.examine(file)

    def _on_added(self, _form_id: str) -> None:
        self._context.responses_changed.emit()

    def _on_remove_wanted(self, form_id: str) -> None:
        self._context.workspace.questionnaires.remove(form_id)
        self.refresh()

    def _on_look_wanted(self, form_id: str) -> None:
        form = self._context.workspace.questionnaires.newest(form_id)
        if form is not None:
            self._look_at(form)

    def _on_look_at_received(self, row: ReceivedQuestionnaire) -> None:
        self._look_at(self._context.workspace.received_questionnaires.form(row))

    def _look_at(self, form: Form) -> None:
        from ui.questionnaires.questionnaire_preview import QuestionnairePreview

        media = self._context.workspace.questionnaires.all_media(form)
        QuestionnairePreview(form, current_language(), self._context, self, media).open()

    def _on_take_wanted(self, row: ReceivedQuestionnaire) -> None:
        from ui.questionnaires.take_questionnaire_dialog import TakeQuestionnaireDialog

        dialog = TakeQuestionnaireDialog(row, self._context, self)
        dialog.taken.connect(self.refresh)
        dialog.taken.connect(self._on_added)
        dialog.open()

    def _on_set_aside_wanted(self, row: QuestionnaireRow | ReceivedQuestionnaire) -> None:
        self._context.workspace.received_questionnaires.set_aside(row.form_id, row.hash)
        self.refresh()
        self._on_added(row.form_id)

    def _empty(self, parent: QWidget) -> QWidget:
        card = Card(self._context.theme, parent)
        words = _(
            "No questionnaire of your own yet. Write one in Excel as an XLSForm, as for KoboToolbox or ODK, and add "
            "the workbook; or save one of the program's, change it, raise its version and add it again."
        )
        card.column.addWidget(text_label(words, "", card))
        return card

    def _received(self, row: ReceivedQuestionnaire, parent: QWidget) -> QWidget:
        card = Card(self._context.theme, parent)
        card.column.addWidget(text_label(row.title, "strong", card))
        about = (row.form_id, _version(row), _answered(row))
        card.column.addWidget(text_label(" · ".join(map(isolated, about)), "muted", card))
        card.column.addWidget(text_label(row.in_words(), "", card))
        look = button(_("Preview"), card, "link", name="look-at-received")
        look.setAccessibleName(_("Preview: {title}").format(title=row.title))
        on_press(look, self._on_look_at_received, row)
        acts = [look]
        if row.can_be_taken:
            take = button(_("Use it for new questionnaires…"), card, "link", name="take-questionnaire")
            take.setAccessibleName(_("Use it for new questionnaires: {title}").format(title=row.title))
            on_press(take, self._on_take_wanted, row)
            acts.append(take)
        if row.rounds:
            acts.append(self._aside_button(row, card))
        card.column.addLayout(flow_row(self._context.theme.px(12), *acts, STRETCH))
        return card

    def _aside_button(self, row: QuestionnaireRow | ReceivedQuestionnaire, card: QWidget) -> QPushButton:
        aside = button(_("No longer for new questionnaires"), card, "link", name="set-questionnaire-aside")
        aside.setAccessibleName(_("No longer for new questionnaires: {title}").format(title=row.title))
        on_press(aside, self._on_set_aside_wanted, row)
        return aside

    def _row(self, row: QuestionnaireRow, parent: QWidget) -> QWidget:
        card = Card(self._context.theme, parent)
        card.column.addWidget(text_label(row.title, "strong", card))
        asked = ngettext("{count} question", "{count} questions", row.questions).format(count=row.questions)
        named = [isolated(language_name(one)) for one in row.languages if one != "default"]
        languages = joined(named) if named else ""
        about = " · ".join(
            isolated(part) for part in (row.form_id, _version(row), asked, languages, _answered(row)) if part
        )
        card.column.addWidget(text_label(about, "muted", card))
        look = button(_("Preview"), card, "link", name="look-at")
        look.setAccessibleName(_("Preview: {title}").format(title=row.title))
        on_press(look, self._on_look_wanted, row.form_id)
        acts = [look]
        if row.is_own and not row.is_shipped and not row.responses:
            remove = button(_("Remove"), card, "link", name="remove-questionnaire")
            remove.setAccessibleName(_("Remove: {title}").format(title=row.title))
            on_press(remove, self._on_remove_wanted, row.form_id)
            acts.append(remove)
        elif row.is_own:
            acts.append(self._aside_button(row, card))
        card.column.addLayout(flow_row(self._context.theme.px(12), *acts, STRETCH))
        return card

    def _lay_out(self) -> None:
        px = self._context.theme.px
        ground = QWidget(self)
        ground.setProperty("role", "canvas")
        column = padded_column(ground, px, (22, 18, 22, 6), gap=12)
        head = flow_row(
            px(12),
            text_label(_("Questionnaires of your own"), "heading", self, wraps=False),
            STRETCH,
            self.add,
        )
        fill(column, head, self._rows, STRETCH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        around = QVBoxLayout(self)
        around.addWidget(ScrollPane(self, ground), 1)
        around.addWidget(buttons)
        self.resize(px(680), px(560))


def _version(row: QuestionnaireRow | ReceivedQuestionnaire) -> str:
    return _("version {version}").format(version=row.version or "–")


def _answered(row: QuestionnaireRow | ReceivedQuestionnaire) -> str:
    return ngettext("{count} response", "{count} responses", row.responses).format(count=row.responses)
