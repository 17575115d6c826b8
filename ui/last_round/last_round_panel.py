"""In the panel beside a question: its answer in the earlier round, and taking an earlier round's answers in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from ui.editing.response_editing import ResponseEditing
from ui.widgets.connections import on_press
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, empty_layout
from ui.widgets.painted_text import beginning

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath

_LONGEST = 300


class LastRoundPanel(QWidget):
    """Follows the question."""

    def __init__(self, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._editing = editing
        self._path = WHOLE_RESPONSE
        px = editing.context.theme.px
        self._body = QVBoxLayout()
        self._body.setSpacing(px(4))
        column = bare_column(self, px(6))
        column.addWidget(text_label(_("Last round"), "subheading", self))
        column.addLayout(self._body)
        editing.last_round.changed.connect(self._draw)
        editing.changed.connect(self._on_changed)
        self.hide()

    def show_path(self, path: AnswerPath) -> None:
        """Shows the earlier answer to another question, or nothing."""
        self._path = path
        self._draw()

    def _draw(self) -> None:
        if not self._path:
            return
        empty_layout(self._body)
        if self._editing.last_round.round:
            self._draw_answer()
            forget = button(
                _("No longer offer {round}").format(round=self._editing.last_round.round),
                self,
                "link",
                name="forget-earlier",
            )
            forget.clicked.connect(self._editing.last_round.forget)
            self._body.addWidget(forget)
        else:
            self._draw_sources()

    def _draw_answer(self) -> None:
        offers, view = self._editing.last_round, self._editing.session.view(self._path)
        text = offers.earlier(view)
        if not text:
            words = _("Not answered in {round}.").format(round=offers.round)
            self._body.addWidget(text_label(words, "small", self))
            return
        shown = beginning(text, _LONGEST)
        self._body.addWidget(
            text_label(_("{answer} ({round})").format(answer=shown, round=offers.round), "", self)
        )
        if offers.pending(view):
            use = button(_("Use this answer"), self, "link", name="use-earlier-here")
            use.clicked.connect(self._on_use_clicked)
            self._body.addWidget(use)

    def _draw_sources(self) -> None:
        words = _("See what was answered then, and confirm it or answer anew.")
        self._body.addWidget(text_label(words, "small", self))
        for row in self._editing.last_round.others:
            take = button(
                _("Take the answers of {round}").format(round=row.round), self, "link", name="take-response"
            )
            on_press(take, self._on_take_clicked, row.id)
            self._body.addWidget(take)
        choose = button(_("Take answers from a file…"), self, "link", name="take-file")
        choose.clicked.connect(self._on_choose_clicked)
        self._body.addWidget(choose)

    def _on_changed(self, paths: frozenset[AnswerPath]) -> None:
        if self._path in paths and self._editing.last_round.round:
            self._editing.context.runner.when_idle(self._draw)

    def _on_use_clicked(self) -> None:
        last, session, path = self._editing.last_round.last, self._editing.session, self._path
        if last is not None:
            self._editing.then_save(lambda: last.confirm(session, path))

    def _on_take_clicked(self, response_id: str) -> None:
        self._editing.last_round.take_answers(response_id, self._say)

    def _on_choose_clicked(self) -> None:
        files = self._editing.context.files.open_files(
            self,
            _("Answers of an earlier round"),
            _("Exported answers (*.iscm *.age *.pdf *.zip *.eml *.msg)"),
        )
        if files:
            self._editing.last_round.take_answers(files[0], self._say)

    def _say(self, count: int) -> None:
        words = ngettext(
            "{count} answer of {round} is offered now. It counts once you confirm it.",
            "{count} answers of {round} are offered now. They count once you confirm them.",
            count,
        )
        self._editing.context.say(words.format(count=count, round=self._editing.last_round.round))
