"""Answers as people read them: labels for codes, numbers and dates in the document's manner."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date, format_time

from iscm_desktop.i18n import N_, _, cldr_locale, shown_date, shown_number
from iscm_desktop.questionnaire.answer_values import Unreadable, Value, read
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.reports.typesetting.blocks import Inline, LabelledContent, Listing, Span, inline
from iscm_desktop.session.views import QuestionView, Verdict
from iscm_desktop.summaries.document_language import DocumentLanguage

AT_THE_SCREEN = (
    N_("What you wrote is kept until you change it."),
    N_("What you wrote is kept."),
    N_("It is kept until you change it."),
)
"""Sentences at the end of messages that have no place on paper."""

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def printed_answer(view: QuestionView, language: DocumentLanguage) -> LabelledContent:
    """What was answered, ready to print; () where nothing was. What cannot be read stands as it was typed."""
    if not view.text.strip():
        return ()
    value = read(view.kind, view.text)
    if isinstance(value, Unreadable):
        return inline(view.text)
    match view.kind:
        case Kind.SELECT_MANY if isinstance(value, tuple) and len(value) > 1:
            return Listing(tuple(inline(_label(view, chosen)) for chosen in value))
        case Kind.RANKING if isinstance(value, tuple):
            return Listing(tuple(inline(_label(view, chosen)) for chosen in value), is_ordered=True)
        case Kind.ACKNOWLEDGE:
            return inline(language.gettext("Confirmed"))
        case Kind.EMAIL:
            return (Span(view.text, link=f"mailto:{view.text.strip()}"),)
        case Kind.ATTACHMENT:
            return inline(readable_answer(view.text.strip()))
        case Kind.URL:
            return (Span(view.text, link=view.text.strip()),)
        case _:
            return _plain(view, value, language.code)


def printed_fault(view: QuestionView) -> str:
    """What is wrong with an answer, without what is said to somebody at the screen; "" where nothing is."""
    if view.verdict in (Verdict.OK, Verdict.MISSING):
        return ""
    said = view.message
    for sentence in AT_THE_SCREEN:
        said = said.removesuffix(_(sentence)).rstrip()
    return said


def short_answer(view: QuestionView, language: DocumentLanguage) -> Inline:
    """The answer in one run of text, for a cell of a table."""
    answer = printed_answer(view, language)
    if isinstance(answer, Listing):
        return inline(language.apart(item[0].text for item in answer.items if item))
    return answer


def linked(text: str) -> Inline:
    """A person's language, with the web addresses in them live."""
    spans: list[Span] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()]))
        spans.append(Span(found.group(), link=found.group()))
        at = found.end()
    return (*spans, Span(text[at:])) if text[at:] else tuple(spans)


def _plain(view: QuestionView, value: Value, language: str) -> Inline:
    match value:
        case tuple():
            return inline(_label(view, value[0])) if value else ()
        case datetime():
            return inline(_moment(value, language))
        case date():
            return inline(_date(view, value, language))
        case time():
            return inline(_time(value, language))
        case int() | Decimal():
            return inline(_number(view, value, language))
        case _:
            return _text(view)


def _text(view: QuestionView) -> Inline:
    if view.choices or view.question.choice_list:
        return inline(_label(view, view.text.strip()))
    return linked(view.text.strip())


def _label(view: QuestionView, value: str) -> str:
    """The choice's label; the value itself where the questionnaire no longer offers it."""
    return next((choice.label for choice in view.choices if choice.value == value), value)


def _date(view: QuestionView, day: date, language: str) -> str:
    locale = cldr_locale(language)
    if "year" in view.question.appearance:
        return str(format_date(day, "y", locale=locale))
    if "month-year" in view.question.appearance:
        return str(format_date(day, "MMMM y", locale=locale))
    return shown_date(day, language)


def _moment(moment: datetime, language: str) -> str:
    """By the clock of whoever answered; their offset from UTC stands behind it only where the answer has one."""
    words = f"{shown_date(moment.date(), language)}, {_time(moment.time(), language)}"
    offset = moment.strftime("%z")
    return f"{words} (UTC{offset})" if offset else words


def _time(moment: time, language: str) -> str:
    """With seconds only where there are any."""
    form = "medium" if moment.second else "short"
    return str(format_time(moment.replace(tzinfo=None), form, locale=cldr_locale(language)))


def _number(view: QuestionView, number: int | Decimal, language: str) -> str:
    """Thousands are marked from five digits on: whole numbers of four are years as often as not, unless it is said."""
    is_grouped = "thousands-sep" in view.question.appearance
    if isinstance(number, int) and abs(number) < 10_000 and not is_grouped:
        return str(number)
    return shown_number(number, language)
