"""Moments of a response as documents name them, in the language of the response."""

from __future__ import annotations

from datetime import datetime

from iscm_desktop.i18n import N_, shown_date
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.workspace.responses.comparison_service import Moment, MomentKind

_SENTENCES = {
    (MomentKind.WRITTEN, True): N_("{when}, {who} was writing"),
    (MomentKind.MERGED, True): N_("{when}, {file} was merged, from {who}"),
    (MomentKind.EXPORTED, True): N_("{when}, {who} exported {file}"),
    (MomentKind.SIGNED_OFF, True): N_("{when}, {who} signed off"),
    (MomentKind.WRITTEN, False): N_("{when}, somebody was writing"),
    (MomentKind.MERGED, False): N_("{when}, {file} was merged"),
    (MomentKind.EXPORTED, False): N_("{when}, exported as {file}"),
    (MomentKind.SIGNED_OFF, False): N_("{when}, signed off"),
}


def printed_moment(moment: Moment, language: str) -> str:
    """ "12 March 2027, 14:02, Bela Novak was writing"; of now when that was cannot be said: "as it stands"."""
    say = DocumentLanguage(language).gettext
    if moment.kind is MomentKind.NOW:
        return say("as it stands when this is printed")
    if moment.at is None:
        return say("before anything was answered")
    when = _when(moment.at, language)
    sentence = _SENTENCES.get((moment.kind, bool(moment.who)))
    return when if sentence is None else say(sentence, when=when, who=moment.who, file=moment.file)


def _when(at: datetime, language: str) -> str:
    local = at.astimezone()
    return f"{shown_date(local.date(), language)}, {local:%H:%M}"
