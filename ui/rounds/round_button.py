"""The current round as a button: its menu changes to another one, or starts a new one."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from iscm_desktop.i18n import _, shown_date
from iscm_desktop.workspace import RoundRow
from ui.page.page_context import PageContext
from ui.widgets.connections import on_press
from ui.widgets.plain_text import one_line, set_tip


def round_words(row: RoundRow) -> str:
    """ "Assessment 2027 · due 30 April 2027"."""
    if row.due_on is None:
        return row.title
    return _("{round} · due {date}").format(round=row.title, date=shown_date(row.due_on))


class RoundButton(QPushButton):
    """All pages hear of a change through `context.round_changed`."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "round")
        self.setObjectName("round")
        self.setText(_("Looking…"))
        set_tip(self, _("Change the round"))
        self.clicked.connect(self._on_clicked)
        context.round_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the round in which one works, or would: looking starts none."""
        words = round_words(self._context.workspace.rounds.proposed())
        self.setText(one_line(words).replace("&", "&&") + "  ▾")
        self.setAccessibleName(_("Round: {round}").format(round=words))

    def menu_for(self) -> QMenu:
        """Every round, the current one ticked, and a way to start one."""
        workspace = self._context.workspace
        menu = QMenu(self)
        current = workspace.rounds.proposed()
        for row in workspace.rounds.all():
            action = menu.addAction(one_line(round_words(row)).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row.code == current.code)
            on_press(action, self.choose, row)
        menu.addSeparator()
        menu.addAction(_("&New round…")).triggered.connect(self._on_new_wanted)
        return menu

    def choose(self, row: RoundRow) -> None:
        """Works in this round from now on."""
        self._context.workspace.rounds.follow(row.code)
        self._context.round_changed.emit()

    def _on_clicked(self) -> None:
        menu = self.menu_for()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_new_wanted(self) -> None:
        from ui.rounds.new_round_dialog import NewRoundDialog

        NewRoundDialog(self._context, self.window()).open()
