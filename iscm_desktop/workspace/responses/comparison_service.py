"""What changed in a response between two moments: the moments, and the answers that are others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from iscm_desktop.exchange.merging.text_differences import TextPiece, differences
from iscm_desktop.garbage_collection import collection_paused
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, AnswerView, Declaration
from iscm_desktop.store.objects import past_content
from iscm_desktop.store.objects.revision import ItemKey, SubjectId
from iscm_desktop.store.operations.operation_list import exports_of
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.places_in_form import PlacesInForm
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class MomentKind(Enum):
    """What happened at a moment."""

    START = "start"  # before anything was answered
    WRITTEN = "written"  # the last that somebody wrote here on a day
    MERGED = "merged"
    EXPORTED = "exported"
    SIGNED_OFF = "signed_off"
    DATE = "date"  # nothing in particular: somebody asked for it
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the life of a response."""

    kind: MomentKind
    at: datetime | None = None  # None for START and NOW
    who: str = ""  # wrote, exported, signed, or sent the file; "" where nobody is named
    file: str = ""  # that came in or went out


START, NOW = Moment(MomentKind.START), Moment(MomentKind.NOW)


class Difference(Enum):
    """What became of an answer."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"  # cleared, removed with its entry, or no longer asked


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question that was answered otherwise at one of two moments."""

    path: AnswerPath
    number: str
    label: str
    entry: str  # title of the entry that it is in; "" outside of repeats
    section: AnswerPath
    section_name: str  # with its number
    before: str  # in words; "" where it was blank or not asked
    now: str
    kind: Difference

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """What stayed, went and came, word by word."""
        return differences(self.before, self.now)


class ComparisonService:
    """The service behind "What changed"."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def moments(self, response: SubjectId) -> tuple[Moment, ...]:
        """Moments that people remember, the newest first, from now to before anything was answered."""
        device = self._context.device
        with self._context.database.read() as db:
            found = [
                Moment(MomentKind.WRITTEN, day.at, day.author)
                for day in past_content.written_days(db, response, device)
            ]
            found += [
                Moment(MomentKind.MERGED, one.at, one.sender, one.name)
                for one in past_content.merged_files(db, response)
            ]
            found += [
                Moment(MomentKind.EXPORTED, one.at, one.person, Path(one.file).name)
                for one in exports_of(db, response)
            ]
            found += [
                Moment(MomentKind.SIGNED_OFF, one.at, one.name)
                for one in past_content.sign_offs(db, response)
            ]
        found.sort(key=_at, reverse=True)
        return (NOW, *found, START)

    def changes(
        self, response: SubjectId, earlier: Moment = START, later: Moment = NOW
    ) -> tuple[ChangedAnswer, ...]:
        """The answers that are others at `later` than they were at `earlier`, in form order.

        Both are read by the version of the questionnaire that the response uses now. The earlier of the two is taken
        as such, whichever is given first.
        """
        earlier, later = in_order(earlier, later)
        with collection_paused():
            before, now = self._session_at(response, earlier), self._session_at(response, later)
        say = DocumentLanguage(self._list.row(response).language).gettext
        declared = _declared(before, now, say("Nothing to report"))
        return _by_section([*declared, *_changes(before, now)], now)

    def _session_at(self, response: SubjectId, moment: Moment) -> FormSession:
        if moment.kind is MomentKind.NOW:
            return self._responses.open_session(response)
        content: Mapping[ItemKey, str | None] = {}
        if moment.at is not None:
            with self._context.database.read() as db:
                content = past_content.content_at(db, response, self._context.device, moment.at)
        return self._responses.session_of(response, content)


def _at(moment: Moment) -> float:
    return moment.at.timestamp() if moment.at is not None else 0.0


def in_order(one: Moment, other: Moment) -> tuple[Moment, Moment]:
    """The earlier one first; START comes before all, NOW behind all."""
    is_turned = (_rank(other), _at(other)) < (_rank(one), _at(one))
    return (other, one) if is_turned else (one, other)


def _rank(moment: Moment) -> int:
    return {MomentKind.START: -1, MomentKind.NOW: 1}.get(moment.kind, 0)


def _changes(before: FormSession, now: FormSession) -> list[ChangedAnswer]:
    old = {answer.path: answer for answer in before.answers()}
    new = {answer.path: answer for answer in now.answers()}
    places = (PlacesInForm(now), PlacesInForm(before))
    found = []
    for path in _merged_order(list(old), list(new)):
        first, last = old.get(path), new.get(path)
        if first is not None and last is not None and first.text == last.text:
            continue
        place = places[0].of(path) or places[1].of(path)
        shown = last or first
        if shown is None or place is None:
            continue
        kind = Difference.CHANGED if first and last else Difference.NEW if last else Difference.GONE
        found.append(
            ChangedAnswer(
                path,
                place.number,
                shown.label,
                place.entry,
                place.section,
                place.section_name,
                _words(first),
                _words(last),
                kind,
            )
        )
    return found


def _declared(before: FormSession, now: FormSession, words: str) -> list[ChangedAnswer]:
    """The sections and repeats of which it was said at one of the moments only that there is nothing to report."""
    nothing = Declaration.NOTHING_TO_REPORT
    old, new = before.declared(nothing), now.declared(nothing)
    found = []
    for path in sorted(old ^ new):
        section = next((one for one in now.sections() if f"{path}/".startswith(f"{one.path}/")), None)
        if section is None:
            continue
        try:
            label = section.label if path == section.path else now.repeat(path).label
            number = now.number(path)
        except KeyError:
            continue
        name = with_number(section.number, section.label)
        kind = Difference.NEW if path in new else Difference.GONE
        said = ("", words) if path in new else (words, "")
        found.append(ChangedAnswer(path, number, label, "", section.path, name, *said, kind))
    return found


def _by_section(rows: list[ChangedAnswer], now: FormSession) -> tuple[ChangedAnswer, ...]:
    """In the order of the sections; within one as they come."""
    places = {section.path: at for at, section in enumerate(now.sections())}

    def place(row: ChangedAnswer) -> int:
        return places.get(row.section, len(places))

    return tuple(sorted(rows, key=place))


def _words(answer: AnswerView | None) -> str:
    """An answer for people: labels for the codes of choices."""
    if answer is None:
        return ""
    return "; ".join(answer.labels) if answer.labels else answer.text


def _merged_order(old: list[AnswerPath], new: list[AnswerPath]) -> list[AnswerPath]:
    """All paths in the order of the later ones; what is gone stands behind what it stood behind."""
    standing, behind = set(new), dict[AnswerPath | None, list[AnswerPath]]()
    last: AnswerPath | None = None
    for path in old:
        if path in standing:
            last = path
        else:
            behind.setdefault(last, []).append(path)
    found = list(behind.get(None, ()))
    for path in new:
        found += [path, *behind.get(path, ())]
    return found
