"""A dialog that asks for a few things: a heading, boxes, and a button that goes on once they are filled in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLayout,
    QPushButton,
    QWidget,
)

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column, bare_row, padded_column
from ui.widgets.scroll_pane import Canvas, ScrollPane


class FormDialog(KeyedDialog):
    """Base of such dialogs: makes its boxes, lays them out, and is checked at each change from then on.

    Args:
        title: Of the window.
    """

    def __init__(self, title: str, theme: WindowTheme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.theme = theme

    def problem(self) -> str:
        """What is wrong with what was typed, for people; "" where nothing is."""
        return ""

    def is_complete(self) -> bool:
        """Whether everything that is needed is there."""
        return True

    def confirm(self) -> None:
        """The primary button was pressed: does what the dialog is for, and closes it."""
        raise NotImplementedError

    def check(self) -> None:
        """Shows what is wrong, and whether the primary button can be pressed."""
        words = self.problem()
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.primary.setEnabled(self.is_complete() and not words)

    def lay_out(
        self,
        heading: QWidget | str,
        *parts: QWidget | QLayout,
        primary: str,
        size: tuple[int, int],
        secondary: str = "",
        growing: QWidget | None = None,
        gap: int = 8,
    ) -> None:
        """Puts the parts below the heading, and the buttons, which are last in the order of Tab, below all.

        Args:
            primary: Words of the button that goes on; `secondary` those of the other, "" for Cancel.
            size: Width and height at 100 %; never more than the screen has.
            growing: The part that takes the height that is left; else it stays free above the buttons.
            gap: Between the parts, at 100 %.
        """
        px = self.theme.px
        pane = self._pane = ScrollPane(self)  # large text on a small screen scrolls; nothing is cut
        ground = Canvas(pane)
        column = padded_column(ground, px, (22, 18, 22, 6), gap=gap)
        self._problem = text_label("", "error", self)
        title = text_label(heading, "heading", self) if isinstance(heading, str) else heading
        for part in (title, *parts, self._problem):
            if isinstance(part, QLayout):
                column.addLayout(part)
            else:
                column.addWidget(part, 1 if part is growing else 0)
        if growing is None:
            column.addStretch(1)
        around = bare_column(self, 0)
        pane.setWidget(ground)
        around.addWidget(pane, 1)
        foot = bare_row(None)
        foot.setContentsMargins(px(22), px(6), px(22), px(18))
        foot.addWidget(self._buttons(primary, secondary or _("Cancel")))
        around.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(px(size[0]), room.width() - 40), min(px(size[1]), room.height() - 80))
        self.check()

    def make_room(self) -> None:
        """Parts have come into view: as high as all of them, where the screen has that much."""
        ground = self._pane.widget()
        if not self.isVisible() or ground is None:
            return
        lacking = ground.minimumSizeHint().height() - self._pane.viewport().height()
        if lacking > 0:
            most = self.screen().availableGeometry().height() - 80
            self.resize(self.width(), max(self.height(), min(self.height() + lacking, most)))

    def _buttons(self, primary: str, secondary: str) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.primary = QPushButton(primary, self)
        self.primary.setProperty("role", "primary")
        self.primary.setDefault(True)
        self.secondary = QPushButton(secondary, self)
        buttons.addButton(self.primary, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.secondary, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.confirm)
        buttons.rejected.connect(self.reject)
        return buttons


def form_rows(*rows: tuple[str | QWidget, QWidget]) -> QFormLayout:
    """Boxes below each other with their names before them, above them where there is no room."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
    form.setHorizontalSpacing(10)  # not left to the style, which remembers the one of another text size
    for name, box in rows:
        form.addRow(row_name(name, box) if isinstance(name, str) else name, box)
    return form


def row_name(name: str, box: QWidget) -> QLabel:
    """The name before a box, with the letter that goes there.

    Without kerning: Qt measures the words in one piece, and draws them in two around the letter that is underlined.
    """
    label = QLabel(name, box.parentWidget())
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = QFont()
    font.setKerning(False)
    label.setFont(font)
    label.setBuddy(box)
    return label
