"""The history of an answer in short lines: when, what, who; and what was answered earlier can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.earlier_answers import returnable
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.workspace.trust_wording import trust_words
from ui.editing.response_editing import ResponseEditing
from ui.page.timers import single_shot
from ui.phrases.shown_moments import shown_moment
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.painted_text import beginning, isolated

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath
    from iscm_desktop.workspace.row_types import HistoryRow

_LONGEST = 90
_MOST = 200
"""More lines than anybody reads here, and few enough to be drawn at once."""
_AFTER_MS = 120
_AFTER_SAVING_MS = 900


class AnswerHistory(QWidget):
    """Follows the current question; read a moment after it is there, for people pass through many."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._path = WHOLE_RESPONSE
        px = editing.context.theme.px
        column = bare_column(self, px(6))
        column.addWidget(text_label(_("History"), "subheading", self))
        self._rows = RenewedColumn(self)
        column.addLayout(self._rows)
        self._timer = single_shot(self, _AFTER_MS, self._read_soon)
        editing.context.saved.connect(self._on_saved)
        editing.changed.connect(self._on_changed)
        editing.marks.changed.connect(self._on_marks_changed)

    def show_path(self, path: AnswerPath) -> None:
        """Shows the history of another answer; nothing for none."""
        self._path = path
        self._timer.start(_AFTER_MS)

    def _on_marks_changed(self) -> None:
        self._timer.start(_AFTER_MS)

    def _on_saved(self) -> None:
        """While somebody goes on typing there are many saves; the history waits for a pause."""
        self._timer.start(_AFTER_SAVING_MS)

    def _on_changed(self, paths: frozenset[AnswerPath]) -> None:
        if self._path in paths and self._timer.isActive():
            self._timer.start(_AFTER_SAVING_MS)

    def _read_soon(self) -> None:
        if self._path and self.isVisible():
            self._editing.context.runner.when_idle(self._draw)

    def _draw(self) -> None:
        if not self._path:
            return
        editing = self._editing
        rows = editing.context.workspace.conflicts.history(editing.response_id, self._path)
        earlier = returnable(rows, editing.session.view(self._path))
        ground, column = self._rows.renew()
        column.setSpacing(editing.context.theme.px(4))
        shown = newest(rows)
        for row in shown:
            column.addWidget(text_label(history_line(row), "small", ground))
            if row in earlier:
                back = button(_("Bring back"), ground, "link", name="bring-back")
                back.setAccessibleName(_("Bring back “{answer}”").format(answer=isolated(shown_answer(row))))
                on_press(back, self._on_bring_back_clicked, row)
                column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        for words in left_words(len(rows) - len(shown), has_any=bool(rows)):
            column.addWidget(text_label(words, "small", ground))

    def _on_bring_back_clicked(self, row: HistoryRow) -> None:
        self._editing.bring_back(self._path, row.value or "")


def shown_answer(row: HistoryRow) -> str:
    """The answer in words, long texts by their beginning."""
    text = " ".join((row.text or row.value or _("cleared")).split())
    return beginning(text, _LONGEST)


def newest(rows: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Newest first; of very many those that are shown."""
    return sorted(rows, key=_made_at, reverse=True)[:_MOST]


def history_line(row: HistoryRow) -> str:
    """One state in one line."""
    words = _("{when} – {answer} – {who}")
    return words.format(when=shown_moment(row.made_at), answer=shown_answer(row), who=_who(row))


def history_lines(rows: Sequence[HistoryRow]) -> list[str]:
    """Newest first, one line each; of very many the newest."""
    shown = newest(rows)
    return [*map(history_line, shown), *left_words(len(rows) - len(shown), has_any=bool(rows))]


def left_words(left: int, *, has_any: bool) -> list[str]:
    """How many states are not shown, or that there is none at all."""
    if left > 0:
        more = ngettext("{count} earlier state is not shown.", "{count} earlier states are not shown.", left)
        return [more.format(count=left)]
    return (
        []
        if has_any
        else [
            _(
                "No earlier answer is kept. An answer has a history from the first export, sign-off or merge on."
            )
        ]
    )


def _made_at(row: HistoryRow) -> float:
    return row.made_at.timestamp()


def _who(row: HistoryRow) -> str:
    name = row.author or _("somebody")
    if row.source:
        name = _("{name}, from {file}").format(name=name, file=row.source)
    elif row.device_is_ours:
        name = _("{name}, this computer").format(name=name) if row.author else _("this computer")
    trust = trust_words(row)
    return _("{name} ({trust})").format(name=name, trust=trust) if trust else name
