"""Who answers for the replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import shown_moment
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import fill
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import SignOff


class SignOffCard(ContentCard):
    """Signals:
    signed: the sign-off is in the store.
    """

    signed = Signal()

    def __init__(self, response_id: str, context: PageContext, open_findings: int, parent: QWidget) -> None:
        intro = _("Names the person who answers for these replies. Later changes re-open it.")
        super().__init__(context.theme, parent, _("Sign-off"), intro)
        self._response_id, self._context, self._open = response_id, context, open_findings
        self._state = text_label("", "", self)
        self.name = self._box(_("Name"), context.workspace.person.name)
        self.function = self._box(_("Function"), "")
        self.sign = button(_("&Sign off"), self, name="sign-off")
        self.claimed = text_label("", "error", self)
        self.confirm = button(_("&Let it count, in my name"), self, "link", name="confirm-sign-off")
        fill(self.column, self._state, self.claimed)
        self.column.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeading)
        fill(self.column, self.name, self.function)
        self.column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeading)
        self.name.textChanged.connect(self._enable)
        self.function.textChanged.connect(self._enable)
        self.sign.clicked.connect(self._on_sign_clicked)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Reads anew who has signed off, and whether that still holds."""
        signed = self._context.workspace.sign_offs.of(self._response_id)
        self._state.setText(_state_words(signed, self._open))
        self._state.setVisible(bool(self._state.text()))
        claimed = self._context.workspace.sign_offs.claimed(self._response_id)
        self.claimed.setText("\n".join(map(_claimed_words, claimed)))
        self.claimed.setVisible(bool(claimed))
        self.confirm.setVisible(len(claimed) == 1)
        self._enable()

    def _enable(self) -> None:
        is_named = bool(self.name.text().strip() and self.function.text().strip())
        self.sign.setEnabled(is_named and self._open == 0)

    def _on_confirm_clicked(self) -> None:
        self._context.workspace.sign_offs.confirm(self._response_id)
        self.refresh()
        self.signed.emit()

    def _on_sign_clicked(self) -> None:
        self._context.workspace.sign_offs.sign(
            self._response_id, self.name.text().strip(), self.function.text().strip()
        )
        self.refresh()
        self.signed.emit()

    def _box(self, words: str, text: str) -> LineBox:
        box = LineBox(text, self)
        box.limit(TypedText.SIGNATORY)
        box.setPlaceholderText(words)
        box.setAccessibleName(words)
        return box


def _when(signed: SignOff) -> str:
    moment = shown_moment(signed.signed_at)
    return _("{when}, doubtful time").format(when=moment) if signed.is_time_doubtful else moment


def _claimed_words(signed: SignOff) -> str:
    words = _(
        "Claimed, and counts for nothing: signed off by {name}, {function}, {when}. The key is not known for this "
        "respondent. Ask them; then name their device on the Merge page, or let it count in your name."
    )
    return words.format(name=signed.name, function=signed.function, when=_when(signed))


def _state_words(signed: SignOff | None, open_findings: int) -> str:
    if signed is not None:
        words = (
            _("Signed off by {name}, {function}, {when}.")
            if signed.is_current
            else _(
                "Answers were changed after {name}, {function}, signed off ({when}). Please sign off again."
            )
        )
        return words.format(name=signed.name, function=signed.function, when=_when(signed))
    if open_findings:
        return _("Possible once the things listed are finished.")
    return ""
