"""What stands at the head of whatever acts on a question: which one it is, and what there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, QuestionView, SectionView


@dataclass(frozen=True, slots=True)
class QuestionHead:
    """One question, named."""

    place: str  # "C1.7 Meetings attended, Nairobi": its number and the entry that it is in; "" without either
    words: str  # its label
    guidance: str  # "" where the form has none, or only says its hint again


def question_head(session: FormSession, path: AnswerPath) -> QuestionHead:
    """Of a question that is in the form now.

    Raises:
        KeyError: there is no such question.
    """
    view = session.view(path)
    entry, around = session.entry_of(path), ""
    if entry is not None:
        names = {"repeat": _isolated(entry.repeat_label), "entry": _isolated(entry.title)}
        around = _("{repeat}, {entry}").format(**names)
    return QuestionHead(with_number(view.number, around).strip(), view.label, _guidance(view))


def section_around(session: FormSession, path: AnswerPath) -> SectionView | None:
    """The section that holds a question; None for a question that stands by itself."""
    sections = session.sections()
    return next((one for one in sections if path.startswith(f"{one.path}/")), None)


def _guidance(view: QuestionView) -> str:
    """What the form says beyond the hint, which stands beside the answer; and how long the answer may be."""
    parts = [view.guidance] if _plain(view.guidance) != _plain(view.hint) else []
    if view.max_length is not None:
        parts.append(_("Up to {limit} characters.").format(limit=view.max_length))
    return "\n\n".join(filter(None, parts))


def _isolated(text: str) -> str:
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
