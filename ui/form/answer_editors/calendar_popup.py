"""A month at a time, to pick a day from; Escape closes it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.look.theme import WindowTheme

_WEEK = (
    Qt.DayOfWeek.Monday,
    Qt.DayOfWeek.Tuesday,
    Qt.DayOfWeek.Wednesday,
    Qt.DayOfWeek.Thursday,
    Qt.DayOfWeek.Friday,
    Qt.DayOfWeek.Saturday,
    Qt.DayOfWeek.Sunday,
)


class CalendarPopup(QFrame):
    """In the colours of the theme, and wide enough for the longest name of a month."""

    def __init__(self, shown: date, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.calendar = QCalendarWidget(self)
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.setGridVisible(False)
        self._colour(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
        self._turn_arrows()
        self._fit(theme)

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

    def _colour(self, theme: WindowTheme) -> None:
        """Qt paints weekends red, which here means that something is wrong."""
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(theme.tokens.text))
        head.setForeground(QColor(theme.tokens.muted))
        head.setBackground(QColor(theme.tokens.surface))
        for day in _WEEK:
            self.calendar.setWeekdayTextFormat(day, plain)
        self.calendar.setHeaderTextFormat(head)

    def _turn_arrows(self) -> None:
        """As letters: Qt's own pictures are black on any ground."""
        back, on = (
            "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
            "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        )
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            back, on = on, back
        for name, arrow in (("qt_calendar_prevmonth", back), ("qt_calendar_nextmonth", on)):
            found = self.calendar.findChild(QToolButton, name)
            if isinstance(found, QToolButton):
                found.setText(arrow)
                found.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)

    def _fit(self, theme: WindowTheme) -> None:
        """Between the two arrows the longest month and a year have to find room."""
        locale, metrics = self.calendar.locale(), self.calendar.fontMetrics()
        months = [locale.standaloneMonthName(month, QLocale.FormatType.LongFormat) for month in range(1, 13)]
        longest = max(map(metrics.horizontalAdvance, months))
        days = [locale.dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
        cells = 7 * (max(map(metrics.horizontalAdvance, ["00", *days])) + theme.px(14))
        self.calendar.setMinimumWidth(
            max(cells, longest + metrics.horizontalAdvance("00000") + theme.px(150))
        )
