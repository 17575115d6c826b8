"""Over the questions of a section: how many earlier answers wait, and all of them at one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from ui.desk import Notice
from ui.form.filling import Filling
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_COUNTED_AFTER_MS = 200


class SectionOffer(Card):
    """Hidden while nothing waits."""

    def __init__(self, section: AnswerPath, filling: Filling, parent: QWidget) -> None:
        super().__init__(filling.desk.theme, parent, is_soft=True)
        self._section, self._filling = section, filling
        self.text = text_label("", "", self)
        self.use = button(_("Use all of them"), self, name="use-section")
        self.column.addWidget(self.text)
        self.column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_tone(Tone.ACCENT)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNTED_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        self.use.clicked.connect(self._on_use_clicked)
        filling.changed.connect(self._on_changed)
        filling.offers.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        last = self._filling.offers.last
        count = (
            last.pending_in(self._filling.session, self._section) if last is not None and last.round else 0
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
        if self._filling.offers.round:
            self._timer.start()

    def _on_use_clicked(self) -> None:
        last, session = self._filling.offers.last, self._filling.session
        if last is None:
            return
        done: list[int] = []
        self._filling.then_save(lambda: done.append(last.confirm_section(session, self._section)))
        words = ngettext("{count} answer taken over.", "{count} answers taken over.", done[0])
        self._filling.desk.noticed.emit(Notice(words.format(count=done[0]), Tone.GOOD))
        self.refresh()
