"""What is offered to the questions of a form, by an earlier round and by the registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iscm_desktop.i18n import joined
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.model import Kind
from ui.page.page_context import PageContext

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.offers import OfferedEntry, Offers, ResponseOffers
    from iscm_desktop.session.views import QuestionView
    from iscm_desktop.workspace import ResponseRow


class LastRoundOffer(QObject):
    """Signals:
    changed: what is offered was read, or is another now.
    """

    changed = Signal()

    def __init__(self, response_id: str, session: FormSession, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._response_id, self._session, self._context = response_id, session, context
        self.offers: ResponseOffers | None = None
        self.others: tuple[ResponseRow, ...] = ()
        """Responses of this respondent in other rounds that are in this store."""

    @property
    def last(self) -> Offers | None:
        """What an earlier round offers; None until it was read."""
        return self.offers.last_round if self.offers is not None else None

    @property
    def round(self) -> str:
        """ "2019"; "" where nothing was taken in."""
        return self.last.round if self.last is not None else ""

    def refresh(self) -> None:
        """Reads the offer as soon as no long work uses the store."""
        self._context.runner.when_idle(self._read)

    def pending(self, view: QuestionView) -> str:
        """The earlier answer that waits to be confirmed, as stored; "" where there is none."""
        return self.last.pending(view) if self.last is not None else ""

    def earlier(self, view: QuestionView) -> str:
        """The earlier answer for people, confirmed or not; "" where there is none."""
        return "" if self.last is None else answer_in_words(view, self.last.answers.get(view.path, ""))

    def entry_title(self, entry: OfferedEntry) -> str:
        """What an offered entry is called: its first answer."""
        from iscm_desktop.workspace.item_labels import ItemLabels

        wording = ItemLabels(self._session.questionnaire, self._session.language)
        return next((wording.value(path, text) for path, text in sorted(entry.answers.items())), "")

    def take_answers(self, source: Path | str, then: Callable[[int], None]) -> None:
        """Takes answers in on the worker, for a file may have to be unpacked first."""
        workspace, response_id = self._context.workspace, self._response_id

        def taken(count: int) -> None:
            self._read()
            then(count)

        self._context.runner.run(self, lambda _job: workspace.last_round.offer(response_id, source), taken)

    def forget(self) -> None:
        """Offers nothing of the earlier round any more; what was confirmed stays."""
        runner = self._context.runner
        runner.when_idle(self._context.workspace.last_round.withdraw, self._response_id)
        runner.when_idle(self._read)

    def _read(self) -> None:
        workspace, before = self._context.workspace, (self.offers, self.others)
        self.offers = workspace.offers.of(self._response_id)
        self.others = () if self.round else workspace.last_round.earlier_responses(self._response_id)
        if (self.offers, self.others) != before:
            self.changed.emit()


def answer_in_words(view: QuestionView, text: str) -> str:
    """A stored answer for people: labels instead of codes."""
    if view.kind is Kind.ATTACHMENT:
        return readable_answer(text)
    kind, labels = view.kind, {choice.value: choice.label for choice in view.choices}
    if kind.has_many_choices:
        return joined(labels.get(value, value) for value in text.split())
    return labels.get(text, text)
