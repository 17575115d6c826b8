"""Who answers for the replies: asked for by name and function, given, outdated, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.clearance_words import sign_off_words
from iscm_desktop.text_limits import TypedText
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import moment_of_sign_off, shown_moment
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import fill
from ui.widgets.text_boxes import LineBox
from ui.widgets.wrapping_buttons import WrappingCheck

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import SignOff, WithdrawnSignOff


class SignOffCard(ContentCard):
    """Never proposes whoever types: the signatory is another one as often as not.

    Args:
        left: How many things there are to finish.

    Signals:
        signed: the sign-off is in the store, or taken back.
    """

    signed = Signal()

    def __init__(self, response_id: str, context: PageContext, left: int, parent: QWidget) -> None:
        intro = _("By whom answers for these replies. Later changes reopen it.")
        super().__init__(context.theme, parent, _("Sign-off"), intro)
        self._response_id, self._context, self._left = response_id, context, left
        self._state = text_label("", "", self)
        self.name = self._box(_("Name"), TypedText.SIGNATORY)
        self.function = self._box(_("Function"), TypedText.FUNCTION)
        words = ngettext(
            "Sign off although {count} thing is not finished",
            "Sign off although {count} things are not finished",
            left,
        )
        self.deliberate = WrappingCheck(words.format(count=left), self)
        self.reason = self._box(_("Why, for the printed questionnaire"), TypedText.REASON)
        self.sign = button("", self, name="sign-off")
        self.withdraw = button(_("&Withdraw the sign-off"), self, "link", name="withdraw-sign-off")
        self.claimed = text_label("", "error", self)
        self.confirm = button(_("&Let it count, in my name"), self, "link", name="confirm-sign-off")
        self._lay_out()
        for box in (self.name, self.function, self.reason):
            box.textChanged.connect(self._enable)
        self.deliberate.toggled.connect(self._enable)
        self.sign.clicked.connect(self._on_sign_clicked)
        self.withdraw.clicked.connect(self._on_withdraw_clicked)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Reads anew who has signed off, and whether that still holds."""
        sign_offs = self._context.workspace.sign_offs
        signed = sign_offs.of(self._response_id)
        self._state.setText(_state_words(signed, sign_offs.withdrawn(self._response_id)))
        self._state.setVisible(bool(self._state.text()))
        is_outdated = signed is not None and not signed.is_current
        self.show_tone(Tone.WARN if is_outdated else Tone.PLAIN)
        if signed is not None and is_outdated and not (self.name.text() or self.function.text()):
            self.name.setText(signed.name)  # asked once: whoever signed before signs again
            self.function.setText(signed.function)
        claimed = sign_offs.claimed(self._response_id)
        self.claimed.setText("\n".join(map(_claimed_words, claimed)))
        self.claimed.setVisible(bool(claimed))
        self.confirm.setVisible(len(claimed) == 1)
        holds = signed is not None and signed.is_current
        for part in (self.name, self.function, self.sign):
            part.setVisible(not holds)
        self.deliberate.setVisible(bool(self._left) and not holds)
        self.withdraw.setVisible(signed is not None)
        self._enable()

    def _lay_out(self) -> None:
        fill(self.column, self._state, self.claimed)
        leading = Qt.AlignmentFlag.AlignLeading
        self.column.addWidget(self.confirm, 0, leading)
        fill(self.column, self.name, self.function, self.deliberate, self.reason)
        self.column.addWidget(self.sign, 0, leading)
        self.column.addWidget(self.withdraw, 0, leading)

    def _enable(self) -> None:
        is_named = bool(self.name.text().strip() and self.function.text().strip())
        is_deliberate = bool(self._left) and self.deliberate.isChecked()
        self.reason.setVisible(is_deliberate and not self.deliberate.isHidden())
        is_explained = is_deliberate and bool(self.reason.text().strip())
        self.sign.setEnabled(is_named and (not self._left or is_explained))
        self.sign.setText(self._sign_words(is_deliberate=is_deliberate))

    def _sign_words(self, *, is_deliberate: bool) -> str:
        """What is missing stands on the button itself."""
        if self._left and not is_deliberate:
            words = ngettext("Sign off ({count} to finish)", "Sign off ({count} to finish)", self._left)
            return words.format(count=self._left)
        return _("Sign off, not complete") if is_deliberate else _("&Sign off")

    def _on_confirm_clicked(self) -> None:
        self._context.workspace.sign_offs.confirm(self._response_id)
        self.refresh()
        self.signed.emit()

    def _on_sign_clicked(self) -> None:
        reason = self.reason.text().strip() if self.deliberate.isChecked() else ""
        self._context.workspace.sign_offs.sign(
            self._response_id,
            self.name.text().strip(),
            self.function.text().strip(),
            left=self._left,
            reason=reason,
        )
        self.refresh()
        self.signed.emit()

    def _on_withdraw_clicked(self) -> None:
        self._context.workspace.sign_offs.withdraw(self._response_id)
        self.refresh()
        self.name.setFocus()  # whoever pressed in error signs again
        self.signed.emit()

    def _box(self, words: str, what: TypedText) -> LineBox:
        box = LineBox("", self)
        box.limit(what)
        box.setPlaceholderText(words)
        box.setAccessibleName(words)
        return box


def _claimed_words(signed: SignOff) -> str:
    words = _(
        "Claimed, and counts for nothing: signed off by {name}, {function}, {when}. The key is not known for this "
        "respondent. Ask them; then name their device on the Merge page, or let it count in your name."
    )
    return words.format(name=signed.name, function=signed.function, when=moment_of_sign_off(signed))


def _state_words(signed: SignOff | None, withdrawn: WithdrawnSignOff | None) -> str:
    if signed is not None:
        return sign_off_words(signed, moment_of_sign_off(signed))
    if withdrawn is None:
        return ""
    words = _("The sign-off was withdrawn by {name}, {when}.")
    return words.format(name=withdrawn.by or _("somebody"), when=shown_moment(withdrawn.at))
