"""One question on its card: label, answer, hint, and what is wrong with the answer, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import Verdict
from ui.colleagues.query_flag import QueryFlag
from ui.editing.last_round_offer import answer_in_words
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, named_choice
from ui.form.answer_editors.editor_choice import editor_for
from ui.form.answer_editors.waiting_answer import WaitingAnswer
from ui.form.card_media import CardMedia
from ui.form.conflict_flag import ConflictFlag
from ui.form.label_media import LabelMediaBlock
from ui.form.readings_row import ReadingsRow
from ui.form.second_words import SecondLine, SecondWords
from ui.last_round.last_round_answer_line import LastRoundAnswerLine
from ui.look.colours import Tone
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import LateLabel, text_label
from ui.widgets.layouts import follow_width, show_if
from ui.widgets.spoken_roles import announce, name_spoken

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, QuestionView, Reading


class CardAnswer:
    """One answer inside a card with its complaint: most cards have one, an amount has its currency too."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, card: QuestionCard) -> None:
        self.view, self._editing, self._card = view, editing, card
        self.editor: AnswerEditor = (
            editor_for(editing, view, card)
            if view.is_asked or not card.waits
            else WaitingAnswer(editing, view, card)
        )
        self.complaints = QVBoxLayout()
        self.error = LateLabel("error", card, self.complaints.addWidget)
        self._readings: ReadingsRow | None = None
        self._has_focus = self._is_attended = False  # attended: somebody is there, or just left
        self._was_answered = bool(view.text)
        self._holds_back = False

    @property
    def is_wrong(self) -> bool:
        """Whether a complaint is on the screen."""
        return bool(self.error.text())

    def show_view(self, view: QuestionView) -> None:
        """Draws the answer anew, and what is wrong with it if that is due."""
        self.view = view
        self._was_answered = self._was_answered or bool(view.text)
        if view.verdict is Verdict.OK:
            self._holds_back = self._has_focus and self.editor.is_typed
        if view.is_asked and isinstance(self.editor, WaitingAnswer):
            self._wake(view)
        else:
            self.editor.show_view(view)
        self.complain()

    def _wake(self, view: QuestionView) -> None:
        """The question is asked for the first time: its editor is made now."""
        waiting, self.editor = self.editor, editor_for(self._editing, view, self._card)
        self._card.column.replaceWidget(waiting, self.editor)
        waiting.deleteLater()

    def show_focus(self, has_focus: bool) -> None:
        """While a good answer is being typed, half of it is not called wrong; it is once the box is left."""
        self._is_attended = self._has_focus or has_focus
        self._has_focus = has_focus
        self._holds_back = has_focus and self.editor.is_typed and not self.is_wrong
        if not has_focus:
            self.editor.left()
        self.complain()
        self._is_attended = has_focus

    def complain(self) -> None:
        """Shows what is wrong, or stops showing it."""
        view = self.view
        message = view.message if self._is_due(view) else ""
        if message and message != self.error.text() and self._is_attended:
            announce(self.editor, named_choice(with_number(view.number, view.label), message))
        self.error.show_text(message if view.is_asked else "")
        self.editor.show_wrong(bool(message))
        label = with_number(view.number, view.label)
        if view.is_required:
            label = _("{label}, required").format(label=label)
        about = " ".join(part for part in (message, view.hint, self.editor.told()) if part)
        if self.editor.is_group:
            name_spoken(self.editor, label, about)
        for control in self.editor.controls():
            name = control.accessibleName() if self.editor.names_itself(control) else label
            seen = str(control.property("picture") or "")
            name_spoken(control, name, " ".join(part for part in (about, seen) if part))
        self._show_readings(view.readings if message else (), label)

    def _show_readings(self, readings: Sequence[Reading], question: str) -> None:
        """What may be meant instead, under the sentence that says so; made when first needed."""
        if self._readings is None and readings:
            self._readings = ReadingsRow(self._editing, self.view.path, self._card)
            self.complaints.addWidget(self._readings)
        if self._readings is not None:
            self._readings.show_readings(readings, question)

    def _is_due(self, view: QuestionView) -> bool:
        if view.verdict is Verdict.OK or self._holds_back:
            return False
        if view.verdict is Verdict.MISSING:
            is_left = self._was_answered or self._editing.missing.is_due(view.path)
            return self._editing.missing.is_shown(view.path) or (is_left and not self._has_focus)
        return True


_NARROW = 240


class QuestionCard(Card):
    """A card with one field, or with two where an amount is followed by its currency."""

    can_wait = True
    """Whether the editor of a question that is not asked may be made later."""
    heads_choices = True
    """Whether the words of its choices, and so their pictures, stand here."""

    def __init__(
        self,
        editing: ResponseEditing,
        view: QuestionView,
        parent: QWidget,
        companion: QuestionView | None = None,
        *,
        is_flat: bool = False,
    ) -> None:
        super().__init__(editing.context.theme, parent, is_flat=is_flat)
        self.editing = editing
        self.waits = self.can_wait and companion is None
        self.fields = {
            each.path: CardAnswer(editing, each, self) for each in (view, companion) if each is not None
        }
        self.path = view.path
        follow_width(self)
        self.label = text_label(with_number(view.number, view.label), "strong", self)
        self.required = LateLabel("required", self, self._place_required, wraps=False)
        self.hint = LateLabel("muted", self, self._place_hint)
        self._hints = QVBoxLayout()
        self.mark: Badge | None = None
        self.offers: dict[AnswerPath, LastRoundAnswerLine] = {}
        self._lay_out(view)
        self.media = CardMedia(
            editing, self.column, self._head, self._hints, self, self._show_pictures, heads_choices=self.heads_choices
        )  # fmt: skip
        self._second = SecondWords(editing, self.column, self._hints, self)
        for field in self.fields.values():  # its editor was made drawn
            field.complain()
            self._show_around(field)
        self.flag: QueryFlag | None = None
        self.conflict: ConflictFlag | None = None
        self._show_flag()
        self._show_conflict()
        self._show_mark()
        editing.checked.connect(self._on_checked)
        editing.queries.changed.connect(self._show_flag)
        editing.conflicts.changed.connect(self._show_conflict)
        editing.marks.changed.connect(self._show_mark)
        editing.last_round.changed.connect(self._show_offers)
        editing.second.changed.connect(self._show_second)

    @property
    def first(self) -> CardAnswer:
        """The field of the question itself; an amount has that of its currency, too."""
        return self.fields[self.path]

    @property
    def view(self) -> QuestionView:
        """What is drawn now."""
        return self.first.view

    def show_view(self, view: QuestionView) -> None:
        """Draws the view of one of the fields anew."""
        field = self.fields[view.path]
        field.show_view(view)
        self._show_around(field)

    def _show_around(self, field: CardAnswer) -> None:
        """Whatever stands beside one of its answers, and its own frame."""
        view = field.view
        if view.path == self.path:
            self._show_head(view)
            self.media.show_view(view)
            self._show_second()
        else:
            show_if(field.editor, view.is_asked)
        self._show_offer(view)
        self._show_tone()

    def show_focus(self, focused: QWidget | None) -> None:
        """Tells the field that has the keyboard, and those that lost it."""
        for field in self.fields.values():
            field.show_focus(focused is not None and field.editor.isAncestorOf(focused))
        self._show_tone()

    def path_at(self, widget: QWidget) -> AnswerPath:
        """Which of its questions a widget in it belongs to."""
        fields = self.fields.items()
        return next((path for path, field in fields if field.editor.isAncestorOf(widget)), self.path)

    def focus_editor(self) -> None:
        """Puts the keyboard where the answer is typed."""
        self.first.editor.focus()

    def _show_head(self, view: QuestionView) -> None:
        show_if(self, view.is_asked)
        label = with_number(view.number, view.label)
        if self.label.text() != label:
            self.label.setText(label)
        self.hint.show_text(view.hint)
        self.required.show_text(_("required") if view.is_required else "")

    def _show_pictures(self, pictures: Mapping[str, QPixmap], called: Mapping[str, str]) -> None:
        self.first.editor.show_pictures(pictures)
        self.first.editor.name_pictures(called)
        self.first.complain()

    def _show_second(self) -> None:
        """The second language, where one is chosen, for the question and its choices."""
        editor = self.first.editor
        self._second.show(
            self.view, editor.controls(), editor if len(self.fields) == 1 else None, self.hint.label
        )

    def _show_tone(self) -> None:
        is_wrong = any(field.is_wrong for field in self.fields.values())
        is_focused = self.editing.current in self.fields
        self.show_ring(has_ring=is_focused)
        self.show_tone(Tone.BAD if is_wrong else Tone.ACCENT if is_focused else Tone.PLAIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow card says below its words that it is required."""
        super().resizeEvent(event)
        is_narrow, direction = self.width() < self.theme.px(_NARROW), QBoxLayout.Direction
        self._head.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _lay_out(self, view: QuestionView) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.theme.px(8))
        self._head = head
        head.addWidget(self.label, 1)
        self.column.addLayout(head)
        editors = [field.editor for field in self.fields.values()]
        if len(editors) == 1:
            self.column.addWidget(editors[0])
        else:
            row = FlowLayout(None, self.theme.px(8))
            for editor in editors:
                row.addWidget(editor)
            self.column.addLayout(row)
        self.column.addLayout(self._hints)
        for field in self.fields.values():
            self.column.addLayout(field.complaints)

    def _place_required(self, label: QLabel) -> None:
        self._head.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)

    def _place_hint(self, label: QLabel) -> None:
        self._hints.insertWidget(0, label)

    def _show_flag(self) -> None:
        """What somebody asked about the answer, until it is replied to; made when first needed."""
        rows = [row for path in self.fields for row in self.editing.queries.at(path) if row.is_open]
        if self.flag is None and rows:
            self.flag = QueryFlag(self.editing, self)
            self.column.insertWidget(0, self.flag)
        if self.flag is not None:
            self.flag.show_rows(rows)

    def _show_conflict(self) -> None:
        """That another answer stands against this one, until somebody chooses; made when first needed."""
        is_disputed = any(self.editing.conflicts.covers(path) for path in self.fields)
        if self.conflict is None and is_disputed:
            self.conflict = ConflictFlag(self.editing.context, self)
            self.column.insertWidget(0, self.conflict)
        if self.conflict is not None:
            self.conflict.setVisible(is_disputed)

    def _show_offers(self) -> None:
        for field in self.fields.values():
            self._show_offer(field.view)

    def _show_offer(self, view: QuestionView) -> None:
        """What was answered in an earlier round, until it is confirmed; made when first needed."""
        offers, path = self.editing.last_round, view.path
        text = offers.pending(view) if view.is_asked else ""
        if text and path not in self.offers:
            line = LastRoundAnswerLine(_("Use this answer"), self.theme, self)
            on_press(line.use, self._use_offer, path)
            self.offers[path] = line
            self.column.addWidget(line)
        if path in self.offers:
            self.offers[path].setVisible(bool(text))
            if text:
                self.offers[path].show_offer(offers.round, answer_in_words(view, text))

    def _use_offer(self, path: AnswerPath) -> None:
        last, session = self.editing.last_round.last, self.editing.session
        if last is not None:
            self.editing.then_save(lambda: last.confirm(session, path))
            self.fields[path].editor.focus()

    def _show_mark(self) -> None:
        """Whether the answer may be published; made when first needed."""
        is_withheld = any(self.editing.marks.covers(path) for path in self.fields)
        if self.mark is None and is_withheld:
            self.mark = Badge(_("Not for publication"), Tone.WARN, self.theme, self)
            self.column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeading)
        if self.mark is not None:
            self.mark.setVisible(is_withheld)

    def _on_checked(self, _section: str) -> None:
        for field in self.fields.values():
            field.complain()
        self._show_tone()


class NoteCard(Card):
    """Something to read: a note, or a warning that an answer looks odd."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing.context.theme, parent, is_soft=view.is_warning)
        self.path = view.path
        self.label: QLabel = text_label(view.label, "warning" if view.is_warning else "muted", self)
        self.column.addWidget(self.label)
        self.media: LabelMediaBlock | None = None
        self._editing, self._second = editing, SecondLine(self.column, self)
        editing.second.changed.connect(self._show_second)
        follow_width(self)
        self.show_tone(Tone.WARN if view.is_warning else Tone.PLAIN)
        self.show_view(view)

    def show_view(self, view: QuestionView) -> None:
        show_if(self, view.is_asked)
        self.label.setText(view.label)
        self.setAccessibleName(view.label)
        if self.media is None and view.media:
            self.media = LabelMediaBlock(self._editing, self)
            self.column.addWidget(self.media)
        if self.media is not None:
            self.media.show_media(view.media, view.label)
        self._show_second()

    def _show_second(self) -> None:
        self._second.show(self._editing.second.label(self.path, self.label.text()), 0)


def is_amount_with_currency(view: QuestionView, after: QuestionView) -> bool:
    """Whether `after` is the currency of the amount before it, and belongs beside it."""
    return view.kind is Kind.DECIMAL and after.question.choice_list.startswith("currenc")
