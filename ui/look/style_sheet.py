"""The style sheet of the program, written from the named colours and the text size.

Selectors are a class, or a class and its `role`: cheap to match, for every widget is held against all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from iscm_desktop.paths import resource

if TYPE_CHECKING:
    from ui.look.colours import Tokens


def style_sheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """All rules, in the order: texts, buttons, boxes for typing, choices, lists, frames, bars."""
    parts = (_texts, _buttons, _boxes, _choices, _lists, _frames, _bars)
    return "\n".join(part(tokens, px) for part in parts)


def _icon(name: str) -> str:
    return resource("icons", name).as_posix()


def _texts(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px(20)}px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {px(17)}px; font-weight: 700; }}
QLabel[role="subheading"] {{ font-size: {px(15)}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="whole"] {{ font-size: {px(15)}px; font-weight: 700; color: {t.good}; }}
QLabel[role="damaged"] {{ font-size: {px(15)}px; font-weight: 700; color: {t.bad}; }}
QLabel[role="muted"] {{ color: {t.muted}; font-size: {px(13)}px; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {px(12)}px; }}
QLabel[role="error"] {{ color: {t.bad}; font-size: {px(13)}px; }}
QLabel[role="warning"] {{ color: {t.warn}; }}
QLabel[role="good"] {{ color: {t.good}; font-size: {px(12.5)}px; }}
QLabel[role="required"] {{ color: {t.bad}; font-size: {px(12.5)}px; }}
QToolTip {{
  color: {t.text}; background: {t.surface}; border: 1px solid {t.line_strong}; padding: {px(4)}px; }}
"""


def _buttons(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QPushButton, QToolButton {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; border-radius: {px(6)}px;
  padding: {px(6)}px {px(13)}px; min-height: {px(21)}px; }}
QToolButton {{ padding: {px(4)}px {px(8)}px; }}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.plain_soft}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; border-color: {t.line}; }}
QPushButton:focus, QToolButton:focus {{
  border: 2px solid {t.accent}; padding: {px(6) - 1}px {px(13) - 1}px; }}
QToolButton:focus {{ padding: {px(4) - 1}px {px(8) - 1}px; }}
QPushButton[role="primary"] {{
  background: {t.accent_fill}; color: #ffffff; border: 1px solid {t.accent_fill}; font-weight: 700; }}
QPushButton[role="primary"]:hover {{ background: {t.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[role="primary"]:disabled {{ background: {t.track}; color: {t.muted}; border-color: {t.track}; }}
QPushButton[role="link"], QToolButton[role="link"] {{
  background: transparent; color: {t.accent}; border: 2px solid transparent;
  padding: {px(2)}px {px(4)}px; min-height: 0; text-align: left; }}
QPushButton[role="quiet"] {{
  background: transparent; color: {t.accent}; border: 1px solid transparent; border-radius: {px(4)}px;
  padding: 0 {px(4)}px; min-height: 0; font-size: {px(12)}px; }}
QPushButton[role="quiet"]:hover {{ text-decoration: underline; }}
QPushButton[role="quiet"]:focus {{ border-color: {t.accent}; }}
QPushButton[role="progress"], QPushButton[role="progress-urgent"] {{
  background: transparent; color: {t.muted}; border: 1px solid transparent; border-radius: {px(4)}px;
  padding: 0 {px(2)}px; min-height: 0; font-size: {px(12)}px; }}
QPushButton[role="progress-urgent"] {{ color: {t.bad}; font-weight: 700; }}
QPushButton[role="progress"]:hover, QPushButton[role="progress-urgent"]:hover {{ text-decoration: underline; }}
QPushButton[role="progress"]:focus, QPushButton[role="progress-urgent"]:focus {{ border-color: {t.accent}; }}
QPushButton[role="link"][turned="true"] {{ text-align: right; }}
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[role="link"]:disabled {{ color: {t.muted}; }}
QToolButton[role="chip"], QToolButton[role="chip-changed"] {{
  background: {t.plain_soft}; color: {t.muted}; border: 1px solid transparent; border-radius: {px(9)}px;
  padding: {px(1)}px {px(8)}px; min-height: 0; font-size: {px(12)}px; }}
QToolButton[role="chip-changed"] {{ background: {t.warn_soft}; color: {t.warn}; }}
QToolButton[role="chip"]:hover, QToolButton[role="chip-changed"]:hover {{ border-color: {t.line_strong}; }}
QToolButton[role="chip"]:focus, QToolButton[role="chip-changed"]:focus {{ border: 2px solid {t.accent}; }}
QToolButton[role="mode"] {{
  background: {t.plain_soft}; color: {t.text}; border: 2px solid transparent; border-radius: {px(8)}px;
  padding: {px(1)}px {px(10)}px; min-height: 0; font-size: {px(12)}px; }}
QToolButton[role="mode"]:checked {{ background: {t.accent_soft}; color: {t.accent}; }}
QToolButton[role="mode"]:hover {{ border-color: {t.line_strong}; }}
QToolButton[role="mode"]:focus {{ border: 2px solid {t.accent}; padding: {px(1)}px {px(10)}px; }}
QToolButton[role="flat"] {{ background: transparent; border: 2px solid transparent; padding: {px(3)}px; }}
QToolButton[role="flat"]::menu-indicator {{ image: none; }}
QToolButton[role="flat"]:hover {{ background: {t.hover}; }}
QToolButton[role="flat"]:focus {{ border: 2px solid {t.accent}; }}
QToolButton[role="flat"]:disabled {{ color: {t.line_strong}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{
  image: url("{_icon("chevron-down.svg")}"); subcontrol-origin: padding; subcontrol-position: center right;
  width: {px(12)}px; height: {px(12)}px; right: {px(8)}px; }}
QPushButton[role="round"] {{
  background: {t.accent_soft}; color: {t.accent}; border: 2px solid transparent; border-radius: {px(9)}px;
  padding: {px(1)}px {px(9)}px; min-height: 0; font-size: {px(12)}px; }}
QPushButton[role="round"]:hover {{ border-color: {t.accent_soft}; text-decoration: underline; }}
QPushButton[role="round"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[role="menu"] {{ padding-right: {px(28)}px; }}
"""


def _boxes(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; border-radius: {px(5)}px;
  selection-background-color: {t.accent_fill}; selection-color: #ffffff; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ padding: {px(5)}px {px(9)}px; min-height: {px(22)}px; }}
QPlainTextEdit {{ padding: {px(4)}px {px(6)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border: 2px solid {t.accent}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ padding: {px(5) - 1}px {px(9) - 1}px; }}
QPlainTextEdit:focus {{ padding: {px(4) - 1}px {px(6) - 1}px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {t.bad}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {t.muted}; background: {t.page}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {t.page}; }}
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus {{
  border: none; padding: {px(3)}px 0; min-height: {px(20)}px; background: transparent; }}
QFrame[role="chips"] {{
  background: {t.surface}; border: 1px solid {t.line_strong}; border-radius: {px(5)}px; }}
QFrame[role="chips"][focused="true"] {{ border: 2px solid {t.accent}; }}
QFrame[role="chips"][wrong="true"] {{ border-color: {t.bad}; }}
QPushButton[role="chip"] {{
  background: {t.accent_soft}; color: {t.accent}; border: 1px solid transparent; border-radius: {px(9)}px;
  padding: {px(2)}px {px(9)}px; min-height: 0; font-weight: 400; }}
QPushButton[role="chip"]:hover {{ border-color: {t.accent}; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {t.accent}; padding: {px(2) - 1}px {px(9) - 1}px; }}
QPushButton[role="chip"]:disabled {{ color: {t.muted}; background: {t.page}; }}
QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QComboBox {{ padding-right: {px(28)}px; combobox-popup: 0; }}
QComboBox::drop-down {{
  subcontrol-origin: border; subcontrol-position: center right; width: {px(26)}px; border: none; }}
QComboBox::down-arrow {{ image: url("{_icon("chevron-down.svg")}"); width: {px(13)}px; height: {px(13)}px; }}
QComboBox QAbstractItemView, QAbstractItemView[role="popup"] {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; outline: none;
  selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
QComboBox QAbstractItemView::item, QAbstractItemView[role="popup"]::item {{ padding: {px(4)}px {px(8)}px; }}
QComboBox QAbstractItemView::item:selected, QAbstractItemView[role="popup"]::item:selected {{
  background: {t.accent_soft}; color: {t.text}; }}
"""


def _choices(t: Tokens, px: Callable[[float], int]) -> str:
    size, width = px(16), max(1, px(1.5))
    return f"""
QCheckBox, QRadioButton {{
  spacing: {px(7)}px; padding: {px(2)}px; border: 2px solid transparent; border-radius: {px(4)}px;
  background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {{
  width: {size - 2 * width}px; height: {size - 2 * width}px; border: {width}px solid {t.muted};
  background: {t.surface}; }}
QCheckBox::indicator, QListView::indicator {{ border-radius: {px(3)}px; }}
QRadioButton::indicator {{ border-radius: {size // 2}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{
  background: {t.accent_fill}; border-color: {t.accent_fill}; image: url("{_icon("check.svg")}"); }}
QRadioButton::indicator:checked {{
  background: {t.accent_fill}; border-color: {t.accent_fill}; image: url("{_icon("dot.svg")}"); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.line_strong}; }}
QRadioButton[role^="filter"] {{
  border: 2px solid transparent; border-radius: {px(9)}px; padding: {px(1)}px {px(9)}px; spacing: 0;
  font-size: {px(12)}px; }}
QRadioButton[role^="filter"]::indicator {{ width: 0; height: 0; border: none; image: none; }}
QRadioButton[role="filter-all"] {{ background: {t.accent_soft}; color: {t.accent}; }}
QRadioButton[role="filter-bad"] {{ background: {t.bad_soft}; color: {t.bad}; }}
QRadioButton[role="filter-warn"] {{ background: {t.warn_soft}; color: {t.warn}; }}
QRadioButton[role="filter-plain"] {{ background: {t.plain_soft}; color: {t.muted}; }}
QRadioButton[role^="filter"]:hover {{ border-color: {t.line_strong}; }}
QRadioButton[role^="filter"]:checked {{ border-color: {t.muted}; }}
QRadioButton[role^="filter"]:focus {{ border-color: {t.accent}; }}
"""


def _lists(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QAbstractItemView {{ background: {t.surface}; outline: none; }}
QTableView, QListView {{ border: 1px solid {t.line}; border-radius: {px(6)}px; gridline-color: {t.line}; }}
QTableView:focus, QListView:focus {{ border-color: {t.accent}; }}
QListView[role="bare"] {{ border: none; background: transparent; }}
QListView[role="rank"]::item {{ padding: {px(5)}px {px(6)}px; }}
QListView[role="rank"]::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QHeaderView::section {{
  background: {t.surface}; color: {t.muted}; font-weight: 700; font-size: {px(12.5)}px; border: none;
  border-bottom: 1px solid {t.line}; padding: {px(8)}px {px(12)}px; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(22)}px {px(5)}px {px(22)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px; }}
QFrame[role="popup"] {{ background: {t.surface}; border: 1px solid {t.line_strong}; }}
QCalendarWidget QWidget {{ alternate-background-color: {t.surface}; background: {t.surface}; color: {t.text}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ border-bottom: 1px solid {t.line}; }}
QCalendarWidget QToolButton {{
  border: 2px solid transparent; border-radius: {px(5)}px; background: transparent; color: {t.text};
  font-weight: 700; padding: {px(5)}px {px(9)}px; margin: {px(2)}px; }}
QCalendarWidget QToolButton:hover {{ background: {t.hover}; }}
QCalendarWidget QToolButton:focus {{ border-color: {t.accent}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QSpinBox {{ min-width: {px(70)}px; }}
QCalendarWidget QAbstractItemView {{
  border: none; color: {t.text}; selection-background-color: {t.accent_fill}; selection-color: #ffffff; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.muted}; }}
"""


def _frames(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[role="canvas"] {{ background: transparent; border: none; }}
QScrollArea[role="stop"] {{ border: 1px solid transparent; border-radius: {px(6)}px; }}
QScrollArea[role="stop"]:focus {{ border-color: {t.accent}; }}
QFrame[role="pane"] {{ background: {t.surface}; }}
QFrame[role="head"] {{ background: {t.page}; border-bottom: 1px solid {t.line}; }}
QFrame[role="foot"] {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
QFrame[role="nav"] {{ background: {t.surface}; border: none; }}
QFrame[role="offer"] {{ background: transparent; border: 1px dashed {t.line_strong}; border-radius: {px(6)}px; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; }}
QFrame[role="backdrop"] {{ background: {t.track}; border: none; }}
QPushButton[role="nav"] {{
  background: transparent; color: {t.text}; border: 2px solid transparent; text-align: left;
  border-radius: {px(6)}px; padding: {px(6)}px {px(10)}px; }}
QPushButton[role="nav"]:hover {{ background: {t.hover}; }}
QPushButton[role="nav"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 700; }}
QPushButton[role="nav"]:focus {{ border: 2px solid {t.accent}; }}
QDialog {{ background: {t.page}; }}
QSplitter::handle {{ background: {t.line}; }}
QTextBrowser {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
QTextBrowser:focus {{ border-color: {t.accent}; }}
QTextBrowser[role="bare"] {{ border-color: transparent; background: transparent; }}
QTextBrowser[role="bare"]:focus {{ border-color: {t.accent}; }}
"""


def _bars(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QStatusBar {{ background: {t.surface}; border-top: 1px solid {t.line}; min-height: {px(26)}px; }}
QStatusBar::item {{ border: none; }}
QProgressBar {{
  background: {t.track}; border: none; border-radius: {px(3)}px; max-height: {px(7)}px;
  min-height: {px(7)}px; }}
QProgressBar::chunk {{ background: {t.accent_fill}; border-radius: {px(3)}px; }}
QScrollBar:vertical {{ background: transparent; width: {px(11)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(11)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.line_strong}; border-radius: {px(3)}px; margin: {px(2)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
