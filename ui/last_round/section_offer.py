"""Over the questions of a section: how many earlier answers wait, and all of them at one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from ui.editing.response_editing import ResponseEditing
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.page.timers import single_shot
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_COUNTED_AFTER_MS = 200


class SectionOffer(Card):
    """Hidden while nothing waits."""

    def __init__(self, section: AnswerPath, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(editing.context.theme, parent, is_soft=True)
        self._section, self._editing = section, editing
        self.text = text_label("", "", self)
        self.use = button(_("Use all of them"), self, name="use-section")
        self.column.addWidget(self.text)
        self.column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_tone(Tone.ACCENT)
        self._timer = single_shot(self, _COUNTED_AFTER_MS, self.refresh)
        self.use.clicked.connect(self._on_use_clicked)
        editing.changed.connect(self._on_changed)
        editing.last_round.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Counts anew what waits in the section."""
        last = self._editing.last_round.last
        count = (
            last.pending_in(self._editing.session, self._section) if last is not None and last.round else 0
        )
        self.setVisible(count > 0)
        if last is not None and count:
            words = ngettext(
                "{count} answer of {round} waits in this section. It counts once you confirm it.",
                "{count} answers of {round} wait in this section. They count once you confirm them.",
                count,
            )
            self.text.setText(words.format(count=count, round=last.round))

    def _on_changed(self, _paths: object) -> None:
        if self._editing.last_round.round:
            self._timer.start()

    def _on_use_clicked(self) -> None:
        last, session = self._editing.last_round.last, self._editing.session
        if last is None:
            return
        done: list[int] = []
        self._editing.then_save(lambda: done.append(last.confirm_section(session, self._section)))
        words = ngettext("{count} answer taken over.", "{count} answers taken over.", done[0])
        self._editing.context.noticed.emit(Notice(words.format(count=done[0]), Tone.GOOD))
        self.refresh()
