"""An answer as it is read on the review page, with what went and what came since the last round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iscm_desktop.exchange.merging.text_differences import TextChange, TextPiece, differences
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.reports.documents.answer_texts import printed_answer
from iscm_desktop.reports.typesetting.blocks import LabelledContent, Listing, plain
from iscm_desktop.session.offers import AnswerFate
from iscm_desktop.session.views import QuestionView
from iscm_desktop.summaries.document_language import DocumentLanguage

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow

_CHOSEN = (Kind.SELECT_ONE, Kind.SELECT_MANY, Kind.RANKING)
_PROSE = (Kind.TEXT, Kind.LONG_TEXT, Kind.OTHER)


def read_lines(
    view: QuestionView, content: LabelledContent, change: AnswerFateRow | None, language: DocumentLanguage
) -> tuple[tuple[TextPiece, ...], ...]:
    """The answer, with what was added and removed since where it changed."""
    if change is None or change.since is AnswerFate.NEW:
        return tuple((TextPiece(text, TextChange.SAME),) for text in _texts(content))
    if isinstance(content, Listing) or view.kind in _CHOSEN:
        return _chosen_lines(_texts(content), change.before.split("; "))
    before = " ".join(_texts(printed_answer(replace(view, text=change.before), language)))
    now = " ".join(_texts(content))
    if view.kind in _PROSE and now:
        return (differences(before, now),)
    pieces = (TextPiece(before, TextChange.REMOVED), TextPiece(now, TextChange.ADDED))
    return (tuple(piece for piece in pieces if piece.text),)


def _texts(content: LabelledContent) -> list[str]:
    if isinstance(content, Listing):
        return [plain(item) for item in content.items]
    return [plain(content)] if content else []


def _chosen_lines(now: list[str], before: list[str]) -> tuple[tuple[TextPiece, ...], ...]:
    """Each choice on a line; what was chosen before and is no longer stands behind them."""
    kept = [(TextPiece(text, TextChange.SAME if text in before else TextChange.ADDED),) for text in now]
    gone = [(TextPiece(text, TextChange.REMOVED),) for text in before if text and text not in now]
    return (*kept, *gone)
