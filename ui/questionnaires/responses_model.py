"""Responses as rows of a table: the model formats, so that the view and screen readers say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.presenters.fill_state import counted_words, progress_share
from iscm_desktop.workspace import ResponseRow, ResponseState
from ui.look.colours import Tone
from ui.phrases.form_languages import own_name
from ui.phrases.response_titles import questionnaire_kind
from ui.phrases.shown_moments import shown_moment
from ui.widgets.plain_text import one_line
from ui.widgets.row_model import RowTableModel

RESPONDENT, LANGUAGE, PROGRESS, STATE, CHANGED, ACTION = range(6)
_HEADS = (N_("Respondent"), N_("Language"), N_("Progress"), N_("Status"), N_("Last change"), "")
_STATES = {
    ResponseState.DRAFT: (N_("Draft"), Tone.PLAIN),
    ResponseState.SIGNED_OFF: (N_("Signed off"), Tone.ACCENT),
    ResponseState.EXPORTED: (N_("Exported"), Tone.GOOD),
    ResponseState.CHANGED_SINCE_EXPORT: (N_("Changed since export"), Tone.WARN),
}


def response_state(row: ResponseRow) -> tuple[str, Tone]:
    """Words and colour for the badge."""
    if row.conflicts:
        words = ngettext("{count} conflict", "{count} conflicts", row.conflicts)
        return words.format(count=row.conflicts), Tone.WARN
    if row.is_public:
        return _("Public edition"), Tone.PLAIN
    words, tone = _STATES[row.state]
    return _(words), tone


def response_progress(row: ResponseRow) -> str:
    """How far a response is: the share that is done, and in words what that means."""
    words = counted_words(row)
    done, total = progress_share(row.answered, row.asked)
    if row.is_too_much or not row.is_counted or not total:
        return words
    return _("{percent} % · {words}").format(percent=100 * done // total, words=words)


_SENT = {
    ".pdf": N_("sent as PDF"),
    ".age": N_("sent encrypted"),
    ".iscm": N_("sent as data file"),
}


def last_change(row: ResponseRow, ending: str) -> str:
    """ "today 14:02" and below it "saved"; once it is exported and as it was then, "18 Nov" and "sent as PDF".

    Args:
        ending: Of the name of the file to which it was exported here last; "" for none.
    """
    if row.state is ResponseState.EXPORTED and row.exported_at is not None:
        sent, moment = _SENT.get(ending, ""), shown_moment(row.exported_at)
        return f"{moment}\n{_(sent)}" if sent else moment
    moment = shown_moment(row.changed_at)
    is_of_today = row.changed_at.astimezone().date() == datetime.now().astimezone().date()
    return "\n".join((moment, _("saved"))) if is_of_today else moment


class ResponsesModel(RowTableModel[ResponseRow]):
    """Newest change first."""

    heads = _HEADS

    endings: Mapping[str, str] = {}

    def show_endings(self, endings: Mapping[str, str]) -> None:
        """How each response was exported last; for the rows that are shown next."""
        self.endings = endings

    def show_rows(self, rows: Sequence[ResponseRow]) -> None:
        super().show_rows(sorted(rows, key=lambda row: row.changed_at, reverse=True))

    def text(self, row: ResponseRow, column: int) -> str:
        if column == RESPONDENT:
            below = _("{kind} · {round}").format(kind=questionnaire_kind(row), round=row.round)
            return f"{one_line(row.respondent_name)}\n{one_line(below)}"
        if column == LANGUAGE:
            return own_name(row.language)
        if column == PROGRESS:
            return response_progress(row)
        if column == STATE:
            return response_state(row)[0]
        if column == CHANGED:
            return last_change(row, self.endings.get(row.id, ""))
        return _("Continue")

    def tip(self, row: ResponseRow, column: int) -> str:
        return self.text(row, column) if column == STATE else ""  # the badge may be cut

    def spoken(self, row: ResponseRow, column: int) -> str:
        text = super().spoken(row, column)
        if column != ACTION:
            return text
        return _("{action}: {respondent}").format(action=text, respondent=row.respondent_name)
