"""A box for a day that may be left blank."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.widgets.text_boxes import LineBox


def read_day(text: str) -> date | None:
    """The day that was typed as year-month-day; None where it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class OptionalDayBox(LineBox):
    """Says how a day is written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("year-month-day; may be left blank"))

    @property
    def day(self) -> date | None:
        """What was typed; None while blank or unreadable."""
        return read_day(self.text().strip())

    def problem(self) -> str:
        """What is wrong with what was typed, for people; "" where nothing is."""
        is_unreadable = bool(self.text().strip()) and self.day is None
        return _("Write the day as year-month-day, for example 2027-04-30.") if is_unreadable else ""
