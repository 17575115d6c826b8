"""Filling in one response as it is shown: sections and how far each is, which one is open, and where one goes.

It reads the form session and holds only the section that is open. Whoever draws asks for a new view after each
change of the session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from iscm_desktop.i18n import ngettext
from iscm_desktop.presenters.fill_state import FillState, fill_state, progress_share, with_rest
from iscm_desktop.presenters.form_progress import ProgressPart, progress_parts
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.questionnaire.model import Repeat
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.offered_time import seconds_offered
from iscm_desktop.session.views import (
    AnswerPath,
    EntryView,
    GroupView,
    QuestionView,
    RepeatView,
    SectionView,
)

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.session.offers import ResponseOffers
    from iscm_desktop.workspace.responses.version_service import WithdrawnRow


class FormStep(Enum):
    """Where a step from the open section leads."""

    SECTION = "section"
    REVIEW = "review"  # behind the last one
    NOWHERE = "nowhere"  # before the first one


@dataclass(frozen=True, slots=True)
class FormView:
    """All that is needed to draw the frame around the questions."""

    sections: tuple[SectionView, ...]  # those that are asked, in form order
    current: AnswerPath  # the open one; WHOLE_RESPONSE while none is
    state: FillState
    progress: tuple[
        ProgressPart, ...
    ]  # "12 of 40 answered", "3 required left", "1 to mend", "about 25 min left"
    share: tuple[int, int]  # done and total, for a bar
    attention: str  # "2 answers need attention"; "" where none does
    previous: SectionView | None  # None where the open one is the first, or none is open
    following: SectionView | None  # None where review and export come next

    @property
    def sentence(self) -> str:
        """All of `progress` in one line."""
        first, *rest = (part.words for part in self.progress)
        return with_rest(first, *rest)

    @property
    def first_wanting(self) -> AnswerPath | None:
        """Where somebody who comes back goes on: the first section with something left to do."""
        return next((each.path for each in self.sections if each.missing or each.wrong), None)


class FormPresenter:
    """One response.

    Args:
        withdrawn: Answers to questions that this version of the questionnaire no longer asks.
    """

    def __init__(self, session: FormSession, withdrawn: Sequence[WithdrawnRow] = ()) -> None:
        self._session, self._withdrawn = session, tuple(withdrawn)
        self.current = WHOLE_RESPONSE
        self.offers: ResponseOffers | None = None  # what waits takes time, too; None until it is known

    @property
    def view(self) -> FormView:
        """As the session stands now."""
        asked = self._asked()
        answered, total = sum(each.answered for each in asked), sum(each.asked for each in asked)
        missing, wrong = sum(each.missing for each in asked), sum(each.wrong for each in asked)
        at = next((at for at, each in enumerate(asked) if each.path == self.current), -1)
        return FormView(
            asked,
            self.current,
            fill_state(answered, total, missing, wrong),
            progress_parts(asked, seconds_offered(self.offers, self._session) if self.offers else 0),
            progress_share(answered, total),
            _attention(wrong),
            asked[at - 1] if at > 0 else None,
            asked[at + 1] if 0 <= at < len(asked) - 1 else None,
        )

    def first_place(self, last: AnswerPath) -> AnswerPath:
        """Where somebody who comes back goes on: where they were last, while that is asked; else what is left to do.

        Args:
            last: A question, an entry or a section; "" where nobody was here before.
        """
        view = self.view
        section = self.section_of(last) if last else None
        if section is not None and any(each.path == section for each in view.sections):
            is_asked = last == section or any(
                item.path == last and item.is_asked for item in items_inside(self._session.section(section))
            )
            return last if is_asked else section
        first = view.sections[0].path if view.sections else WHOLE_RESPONSE
        return view.first_wanting or first

    def open_section(self, path: AnswerPath) -> None:
        """From now on the view is that of this section."""
        self.current = path

    def step(self, by: int) -> tuple[FormStep, AnswerPath]:
        """Where `by` sections on (or back) lead: the section, where it is one."""
        asked = self._asked()
        at = next((at for at, each in enumerate(asked) if each.path == self.current), -1) + by
        if at >= len(asked):
            return FormStep.REVIEW, WHOLE_RESPONSE
        return (FormStep.SECTION, asked[at].path) if at >= 0 else (FormStep.NOWHERE, WHOLE_RESPONSE)

    def section_of(self, path: AnswerPath) -> AnswerPath | None:
        """The section that holds what lies at `path`; None where none does."""
        first = path.partition("/")[0]
        sections = self._session.sections()
        for section in sections:
            if path == section.path or section.path == first:
                return section.path
        return next((section.path for section in sections if self._holds(section, path)), None)

    def withdrawn_in(self, section: AnswerPath) -> list[WithdrawnRow]:
        """What is no longer asked in a section; the last one also has that of sections that are gone."""
        asked = self._asked()
        is_last = bool(asked) and section == asked[-1].path
        return [row for row in self._withdrawn if row.section == section or (is_last and not row.section)]

    def _asked(self) -> tuple[SectionView, ...]:
        return tuple(section for section in self._session.sections() if section.is_asked)

    def _holds(self, section: SectionView, path: AnswerPath) -> bool:
        return any(item.path == path for item in items_inside(self._session.section(section.path)))


def items_inside(view: GroupView | EntryView) -> Iterator[QuestionView | RepeatView]:
    """Every question and repeat inside, in form order, entries of repeats included."""
    for item in view.items:
        if isinstance(item, GroupView):
            yield from items_inside(item)
        elif isinstance(item, RepeatView):
            yield item
            for entry in item.entries:
                yield from items_inside(entry)
        else:
            yield item


def entry_word(session: FormSession, repeat: AnswerPath) -> str:
    """ "Turning point" of "Turning points", where the form says so; it does in its own language only."""
    if session.language != session.questionnaire.default_language:
        return ""
    item = session.questionnaire.item(template_path(session.questionnaire, repeat))
    names = {each.path.rpartition("/")[2] for each in item.items} if isinstance(item, Repeat) else set()
    title = item.own.entry_title
    return "" if title in names else title


def longest_unused(sizes: dict[AnswerPath, int], coming: int, most: int) -> list[AnswerPath]:
    """Sections whose widgets go, so that those of a section that is coming have room.

    Args:
        sizes: Questions in each section that has widgets and may go, those used longest ago first.
        coming: Questions that stay or come.
        most: Questions that may have widgets.
    """
    gone, held = [], sum(sizes.values())
    for path, size in sizes.items():
        if held + coming <= most:
            break
        gone.append(path)
        held -= size
    return gone


def _attention(wrong: int) -> str:
    words = ngettext("{count} answer needs attention", "{count} answers need attention", wrong)
    return words.format(count=wrong) if wrong else ""
