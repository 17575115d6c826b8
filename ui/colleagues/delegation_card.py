"""Over a form of some sections: who handed them over, until when, and with what message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _, shown_date
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


def received_delegations(context: PageContext, response_id: str) -> tuple[DelegationRow, ...]:
    """The delegations by which sections of a response came here; none where all of it is here."""
    return tuple(row for row in context.workspace.delegations.rows(response_id) if row.is_received)


def delegation_request(row: DelegationRow) -> str:
    """ "Anna asks you to fill in these sections by 12 May 2027."."""
    name = row.by or _("A colleague")
    if row.due_on is None:
        return _("{name} asks you to fill in these sections.").format(name=name)
    words = _("{name} asks you to fill in these sections by {day}.")
    return words.format(name=name, day=shown_date(row.due_on))


class DelegationCard(Card):
    """One line that stays, and the rest, which makes room where there is little."""

    def __init__(self, rows: tuple[DelegationRow, ...], context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, is_soft=True)
        self.show_tone(Tone.ACCENT)
        requests = "\n".join(dict.fromkeys(delegation_request(row) for row in rows))
        messages = [_("“{message}”").format(message=row.message) for row in rows if row.message]
        after = _("You see these sections only. Export sends them back; everybody's names are kept.")
        self.details = text_label("\n".join([*dict.fromkeys(messages), after]), "", self)
        self.more = button("", self, "link", name="handed-more")
        head = QHBoxLayout()
        head.addWidget(text_label(requests, "strong", self), 1)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.details)
        self.text = requests
        self.more.clicked.connect(self._on_more_clicked)
        self.unfold(True)

    def _on_more_clicked(self) -> None:
        self.unfold(self.details.isHidden())

    def unfold(self, shows_all: bool) -> None:
        """Shows message and explanation, or the request alone."""
        self.details.setVisible(shows_all)
        self.more.setText(_("Less") if shows_all else _("Message"))
