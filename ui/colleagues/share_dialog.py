"""Which sections go to whom, until when, and with what message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _
from iscm_desktop.presenters.export_audience import delegation_words
from iscm_desktop.text_limits import TypedText, problem_with
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.widgets.day_box import OptionalDayBox
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.layouts import padded_column
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.text_boxes import LineBox, ProseBox


class ShareDialog(FormDialog):
    """Asks for sections, a name, a day, a message.

    Args:
        around: A path whose section is ticked already; "" ticks none.

    Signals:
        written(Exported): the file for the colleague is there.
    """

    written = Signal(object)

    def __init__(
        self,
        response_id: str,
        context: PageContext,
        today: Callable[[], date],
        parent: QWidget,
        around: str = "",
    ) -> None:
        super().__init__(_("Share sections"), context.theme, parent)
        self._response_id, self._context, self._today = response_id, context, today
        self.sections = {
            path: QCheckBox(label.replace("&", "&&"), self)
            for path, label in context.workspace.delegations.sections_to_share(response_id)
        }
        for path, box in self.sections.items():
            box.setChecked(bool(around) and (around == path or around.startswith(f"{path}/")))
        self.to = LineBox(self)
        self.to.limit(TypedText.COLLEAGUE)
        self.due = OptionalDayBox(self)
        self.message = ProseBox(self, least=2, most=6)
        self.message.setAccessibleName(_("Message"))
        hint = _("Your colleague sees these sections only, with their notes and their history.")
        row = context.workspace.response_list.row(response_id)
        issuer = context.workspace.received_invitations.issuer_of(row)
        audience = delegation_words(_("your colleague"), issuer)
        sections = self._list()
        self.lay_out(
            _("Which sections?"),
            text_label(f"{hint} {audience}", "muted", self),
            sections,
            form_rows((_("&For"), self.to), (_("&Due on"), self.due), (_("&Message"), self.message)),
            primary=_("&Save file…"),
            size=(520, 540),
            growing=sections,
        )
        for box in self.sections.values():
            box.toggled.connect(self.check)
        for line in (self.to, self.due):
            line.textChanged.connect(self.check)
        self.message.textChanged.connect(self.check)

    def chosen(self) -> list[str]:
        """Paths of the sections that are ticked, in form order."""
        return [path for path, box in self.sections.items() if box.isChecked()]

    def problem(self) -> str:
        is_over = self.due.day is not None and self.due.day < self._today()
        message = problem_with(TypedText.MESSAGE, self.message.toPlainText())
        return message or self.due.problem() or (_("This day is over already.") if is_over else "")

    def is_complete(self) -> bool:
        return bool(self.chosen() and self.to.text().strip())

    def confirm(self) -> None:
        """Asks where the file goes and has the worker write it; the dialog closes once it is there."""
        target = self._context.files.save_document(self, _("Share sections"), self._proposed(), ".iscm")
        if target is None:
            return
        workspace, response_id, chosen = self._context.workspace, self._response_id, self.chosen()
        to, message = self.to.text().strip(), self.message.toPlainText()
        due_on = self.due.day
        self.primary.setEnabled(False)
        job = self._context.runner.run(
            self,
            lambda _job: workspace.delegations.hand_over(
                response_id, chosen, to=to, target=target, due_on=due_on, message=message
            ),
            self._on_exported,
        )
        job.ended.connect(self.check)

    def _on_exported(self, exported: object) -> None:
        self.written.emit(exported)
        self.accept()

    def _proposed(self) -> str:
        """ "IGC_for_Bela_2026-11-21.iscm"."""
        respondent = short_respondent(
            self._context.workspace.response_list.row(self._response_id).respondent_name
        )
        to = self.to.text().strip()
        return file_stem(respondent, "for", to, self._today().isoformat(), between="_") + ".iscm"

    def _list(self) -> ScrollPane:
        px = self.theme.px
        ground = QWidget(self)
        column = padded_column(ground, px, (2, 2, 2, 2), gap=6)
        for box in self.sections.values():
            column.addWidget(box)
        column.addStretch(1)
        return ScrollPane(self, ground)
