"""Receipts, and the signed checkpoint that they rest on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

_TEXT_HEIGHT = 118
"""Room for a checkpoint with one cosignature, at 100 %; more of them scroll."""


class ReceiptsCard(ContentCard):
    """How many were made, and whether they still hold; and what one says that came here.

    Signals:
        check_wanted: a receipt is to be compared with the answers of this store.
        making_wanted: those that are outdated are to be made anew.
    """

    check_wanted = Signal()
    making_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        intro = _("A State can check, offline and without us, that its answers stand here unchanged.")
        super().__init__(context.theme, parent, _("Receipts"), intro)
        check = button(_("Chec&k a receipt…"), self, "link", name="check-receipt")
        check.clicked.connect(self.check_wanted)
        self.column.addWidget(check, 0, Qt.AlignmentFlag.AlignLeading)
        self._found = text_label("", "strong", self)
        self._found.setObjectName("receipt-found")
        self._found.hide()
        self.column.addWidget(self._found)
        self.column.addStretch(1)
        self.show_looking()

    def show_found(self, words: str) -> None:
        """What checking a receipt came to; stays until the next one is checked."""
        self._found.setText(words)
        self._found.show()

    def show_words(self, words: str, *, are_outdated: bool = False) -> None:
        """Replaces what the card says."""
        ground, column = self.content.renew()
        column.addWidget(text_label(words or _("No receipt has been made yet."), "", ground))
        if are_outdated:
            anew = button(_("Make them anew…"), ground, "link", name="make-anew")
            anew.clicked.connect(self.making_wanted)
            column.addWidget(anew, 0, Qt.AlignmentFlag.AlignLeading)


class CheckpointCard(ContentCard):
    """The text that was signed last, to be copied.

    Signals:
        sign_wanted: the log went on since, and is to be signed as it is now.
    """

    sign_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Signed checkpoint"))
        self.column.addStretch(1)
        self.show_looking()

    def show_checkpoint(self, text: str, *, can_be_signed: bool) -> None:
        """Replaces the text; "" before the first checkpoint."""
        ground, column = self.content.renew()
        if text:
            column.addWidget(self._signed(text, ground))
        else:
            column.addWidget(text_label(_("No checkpoint has been signed yet."), "muted", ground))
        if can_be_signed:
            sign = button(_("Si&gn what is there now"), ground, "link", name="sign-checkpoint")
            sign.clicked.connect(self.sign_wanted)
            column.addWidget(sign, 0, Qt.AlignmentFlag.AlignLeading)

    def _signed(self, text: str, ground: QWidget) -> QPlainTextEdit:
        """A box, since a signature has no place where a line could end."""
        box = QPlainTextEdit(text.rstrip("\n"), ground)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.theme.px(12))
        box.setFont(font)
        box.setReadOnly(True)
        box.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a text of machines, in every language
        box.setTabChangesFocus(True)
        box.setFixedHeight(self.theme.px(_TEXT_HEIGHT))
        box.setAccessibleName(_("Signed checkpoint"))
        return box
