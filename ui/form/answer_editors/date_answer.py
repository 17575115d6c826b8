"""A day: typed, or picked from a calendar. What cannot be read as a day stays as it was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, shown_date
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.widgets.day_box import read_day
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_row
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class DateAnswer(AnswerEditor):
    """A box, a button for the calendar, and the day in words beside them."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._text = ""
        self.box = LineBox(self)
        self.box.setPlaceholderText(_("year-month-day"))
        self.pick = button(_("Calendar"), self)
        self._words = text_label("", "muted", self, wraps=False)
        self._words.setMinimumWidth(1)  # what the box holds counts; the words may be cut in a narrow window
        row = bare_row(self)
        row.addWidget(self.box)
        row.addWidget(self.pick)
        row.addWidget(self._words, 1)
        self.box.textEdited.connect(self._on_text_edited)
        self.pick.clicked.connect(self._on_pick_clicked)
        editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def controls(self) -> list[QWidget]:
        return [self.box]

    def show_view(self, view: QuestionView) -> None:
        self._text = view.text
        self.box.setReadOnly(view.is_read_only)
        self.pick.setEnabled(not view.is_read_only)
        self.pick.setAccessibleName(_("Calendar: {label}").format(label=view.label))
        day = read_day(view.text)
        self._words.setText(shown_date(day) if day else "")
        if not self.is_forwarding and self.box.text() != view.text:
            self.box.setText(view.text)

    def left(self) -> None:
        if self.box.text() != self._text:  # a day typed another way is shown as it is kept
            self.box.setText(self._text)

    def _on_text_edited(self, text: str) -> None:
        self.forward(text)

    def _on_pick_clicked(self) -> None:
        popup = CalendarPopup(read_day(self._text) or date.today(), self)  # noqa: DTZ011 - the day on the wall
        popup.calendar.activated.connect(self._on_calendar_activated)
        popup.calendar.clicked.connect(self._on_calendar_activated)
        popup.calendar.activated.connect(popup.close)
        popup.calendar.clicked.connect(popup.close)
        popup.open_below(self.box)

    def _on_calendar_activated(self, day: QDate) -> None:
        self.editing.answer(self.path, day.toString(Qt.DateFormat.ISODate))
        self.box.setFocus()

    def _on_theme_changed(self) -> None:
        self.box.setFixedWidth(self.editing.context.theme.px(160))


class CalendarPopup(QFrame):
    """A month at a time; Escape closes it."""

    def __init__(self, shown: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget(self)
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)

    def open_below(self, box: QWidget) -> None:
        """Opens under a box, or over it where the screen ends."""
        self.adjustSize()
        at = box.mapToGlobal(QPoint(0, box.height()))
        screen = box.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        if at.y() + self.height() > screen.bottom():
            at.setY(box.mapToGlobal(QPoint(0, 0)).y() - self.height())
        self.move(at)
        self.show()
        self.calendar.setFocus()
