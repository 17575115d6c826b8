"""Which blank required questions are called missing: only where somebody was and left, or asked to see it.

Nobody who opens a form is told off for what they have not come to yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.sections import section_of
from iscm_desktop.session.views import AnswerPath


class MissingMarks:
    """One response while it is filled in; nothing of it is stored."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._sections: set[AnswerPath] = set()
        self._left: set[AnswerPath] = set()

    def leave(self, paths: Iterable[AnswerPath]) -> None:
        """Somebody was in these questions and went on to another one."""
        self._left.update(paths)

    def show(self, path: AnswerPath) -> AnswerPath | None:
        """Somebody asked what is missing in the section that holds `path`, or is it; None where that is shown."""
        section = self._section(path)
        if section in self._sections:
            return None
        self._sections.add(section)
        return section

    def is_shown(self, path: AnswerPath) -> bool:
        """Whether somebody asked what is missing in the section that holds `path`."""
        return self._section(path) in self._sections

    def is_due(self, path: AnswerPath) -> bool:
        """Whether a question or repeat at `path` is called missing while it is."""
        return path in self._left or self.is_shown(path)

    def _section(self, path: AnswerPath) -> AnswerPath:
        return AnswerPath(section_of(self._questionnaire, path) or path.partition("/")[0])
