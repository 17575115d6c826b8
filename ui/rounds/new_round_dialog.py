"""A new round: its year or code, its title, and until when answers are due."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.widgets.day_box import OptionalDayBox
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.text_boxes import LineBox


class NewRoundDialog(FormDialog):
    """Proposes the year after the newest round."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("New round"), context.theme, parent)
        self._context = context
        years = [int(row.code) for row in context.workspace.rounds.all() if row.code.isdecimal()]
        year = max(years, default=date.today().year - 1) + 1  # noqa: DTZ011 - the year on the wall
        self.code = LineBox(str(year), self)
        self.code.limit(TypedText.ROUND_CODE)
        self.title = LineBox(_("Assessment {year}").format(year=year), self)
        self.title.limit(TypedText.ROUND_TITLE)
        self.due = OptionalDayBox(self)
        rows = form_rows((_("&Year or code"), self.code), (_("&Title"), self.title), (_("&Due on"), self.due))
        self.lay_out(_("New round"), rows, primary=_("&Start the round"), size=(460, 270), gap=10)
        for box in (self.code, self.title, self.due):
            box.textChanged.connect(self.check)

    def problem(self) -> str:
        is_known = any(row.code == self.code.text().strip() for row in self._context.workspace.rounds.all())
        known = _("There is a round with this year or code already.") if is_known else ""
        return self.due.problem() or known

    def is_complete(self) -> bool:
        return bool(self.code.text().strip() and self.title.text().strip())

    def confirm(self) -> None:
        self._context.workspace.rounds.start(
            self.code.text().strip(), self.title.text().strip(), self.due.day
        )
        self.accept()
        self._context.round_changed.emit()
