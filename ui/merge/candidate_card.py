"""One of the answers to choose between: what it says, what it changed, who gave it and in which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QRadioButton, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.conflict_sides import shown_value, side_changes
from iscm_desktop.workspace.conflicts.text_combination import author_of
from iscm_desktop.workspace.trust_wording import standing_words
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import shown_moment
from ui.widgets.card import Card
from ui.widgets.changes_label import ChangesLabel, plain_value
from ui.widgets.labels import text_label
from ui.widgets.layouts import STRETCH, fill
from ui.widgets.painted_text import isolated

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import ConflictRow, HistoryRow


def candidate_origin(row: HistoryRow) -> str:
    """ "Finance unit, 20 Nov 09:40, from IGC_finance.iscm"."""
    who, when = isolated(author_of(row)), isolated(shown_moment(row.made_at))
    words = _("{who}, {when}").format(who=who, when=when)
    if not row.source:
        return words
    return _("{who_when}, from {file}").format(who_when=words, file=isolated(row.source))


class CandidateCard(Card):
    """A click on its button chooses it."""

    def __init__(
        self, conflict: ConflictRow, at: int, context: PageContext, parent: QWidget, *, shows_changes: bool
    ) -> None:
        super().__init__(context.theme, parent, is_soft=False)
        row = conflict.candidates[at]
        self.revision_id = row.revision_id
        self.keep = QRadioButton(_("Keep this"), self)
        self.keep.setAccessibleName(_("Keep this: {value}").format(value=shown_value(row)))
        standing = standing_words(conflict, row)
        self.keep.setAccessibleDescription("\n".join((candidate_origin(row), *standing)))
        if shows_changes:
            self.column.addWidget(ChangesLabel(side_changes(conflict, at), context.theme, self))
        else:
            self.column.addWidget(plain_value(shown_value(row), self))
        said = [text_label(words, "muted", self) for words in (candidate_origin(row), *standing)]
        fill(self.column, *said, STRETCH, self.keep)
        self.keep.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_on: bool) -> None:
        self.show_tone(Tone.ACCENT if is_on else Tone.PLAIN)
