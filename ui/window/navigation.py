"""The column at the side: where one can go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import N_, _, is_right_to_left
from ui.look.theme import WindowTheme
from ui.widgets.connections import on_press
from ui.widgets.labels import button, frame, text_label
from ui.widgets.layouts import STRETCH, bare_column, fill
from ui.widgets.plain_text import set_tip
from ui.widgets.spoken_roles import Part, speak_as, tell_selected

TOP = (("questionnaires", N_("&Questionnaires")),)
COORDINATOR = (
    ("rounds", N_("&Rounds")),
    ("merge", N_("&Merge")),
    ("summaries", N_("S&ummaries")),
    ("proof", N_("&Proof")),
)
FOOT = (("settings", N_("S&ettings")), ("help", N_("&Help")))


_ARROWS = {"Alt+Left": "Alt+←", "Alt+Right": "Alt+→"}


def way_keys() -> tuple[str, str]:
    """The keys that lead back and forward: with the arrow that points where the arrow on the button does."""
    left, right = _ARROWS
    return (right, left) if is_right_to_left() else (left, right)


def _tool(text: str, name: str, keys: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setProperty("role", "flat")
    made.setAccessibleName(name)
    set_tip(made, _("{name} ({key})").format(name=name, key=keys))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class Navigation(QWidget):
    """Buttons of which one is down; arrow keys walk through them.

    Signals:
        chosen(key): the key of a page: questionnaires, rounds, merge, summaries, proof, settings or help.
    """

    chosen = Signal(str)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        speak_as(self, Part.GROUP)
        self.setAccessibleName(_("Pages"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        ground = frame("nav", self)
        around = bare_column(self)
        around.addWidget(ground)
        self._column = QVBoxLayout(ground)
        back, forward = way_keys()
        self.back = _tool("‹", _("Back"), _ARROWS[back], self)
        self.forward = _tool("›", _("Forward"), _ARROWS[forward], self)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        fill(self._ways, self.back, self.forward, STRETCH)
        self._column.addLayout(self._ways)
        self._menu_button = self._make_menu_button()
        self._column.addWidget(self._menu_button)
        self._add_all(TOP)
        self._caption = text_label(_("Coordinator"), "small", self, wraps=False)
        self._column.addWidget(self._caption)
        self._add_all(COORDINATOR)
        self._column.addStretch(1)
        self._add_all(FOOT)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_chosen(self, key: str) -> None:
        """Marks a page as the one that is shown."""
        self._buttons[key].setChecked(True)
        tell_selected(self._buttons[key])

    def show_ways(self, *, back: bool, forward: bool) -> None:
        """Whether there is a place before, and one that somebody came back from."""
        for each, is_open in ((self.back, back), (self.forward, forward)):
            if each.hasFocus() and not is_open:
                each.clearFocus()
            each.setEnabled(is_open)

    def show_compact(self, is_compact: bool) -> None:
        """One button with a menu instead of a column of buttons."""
        if is_compact is self._menu_button.isVisibleTo(self):
            return
        self._menu_button.setVisible(is_compact)
        vertical, sideways = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._ways.setDirection(vertical if is_compact else sideways)
        for widget in (self._caption, *self._buttons.values()):
            widget.setVisible(not is_compact)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(is_compact)
        self._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((at for at, each in enumerate(buttons) if each.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
        else:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_menu_button(self) -> QToolButton:
        made = QToolButton(self)
        made.setText("☰")
        made.setAccessibleName(_("Pages"))
        set_tip(made, _("Pages"))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setProperty("role", "flat")
        menu = QMenu(made)
        self._shortcuts: list[QShortcut] = []
        for key, text in (*TOP, *COORDINATOR, *FOOT):
            on_press(menu.addAction(_(text)), self._on_chosen, key)
            shortcut = QShortcut(QKeySequence.mnemonic(_(text)), self)
            shortcut.setEnabled(False)
            on_press(shortcut, self._on_chosen, key)
            self._shortcuts.append(shortcut)
        made.setMenu(menu)
        made.hide()
        return made

    def _add_all(self, pages: tuple[tuple[str, str], ...]) -> None:
        for key, text in pages:
            made = button(_(text), self, "nav", name=f"nav-{key}")
            made.setCheckable(True)
            speak_as(made, Part.TAB)
            on_press(made, self._on_chosen, key)
            self._group.addButton(made)
            self._buttons[key] = made
            self._column.addWidget(made)

    def _on_chosen(self, key: str) -> None:
        self.chosen.emit(key)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(8), px(12), px(8), px(10))
        self._column.setSpacing(px(3))
        self._caption.setContentsMargins(px(12), px(6), px(12), 0)
        is_compact = self._menu_button.isVisibleTo(self)
        self._column.invalidate()
        self._ways.setSpacing(px(2))
        least = self._column.minimumSize().width()
        self.setFixedWidth(least if is_compact else max(px(184), least))
