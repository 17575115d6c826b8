"""What a document that leaves nothing out says of answers that are not for publication: at its top, and beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import path_around
from iscm_desktop.session.views import AnswerPath, AnswerView
from iscm_desktop.summaries.document_language import DocumentLanguage


@dataclass(frozen=True, slots=True)
class MarkedAnswers:
    """What a document that leaves nothing out names as not for publication, wherever it stands."""

    paths: frozenset[AnswerPath] = frozenset()  # of answers, entries, repeats and sections

    def cover(self, path: AnswerPath) -> bool:
        """Whether what stands at this path is marked, or something around it."""
        while path:
            if path in self.paths:
                return True
            path = path_around(path)
        return False

    def are_inside(self, path: AnswerPath) -> bool:
        """Whether anything below this path is marked by itself."""
        return any(one.startswith(f"{path}/") for one in self.paths)

    def count(self, answers: Iterable[AnswerView]) -> int:
        """How many of these answers are marked."""
        return sum(self.cover(answer.path) for answer in answers) if self.paths else 0


def copy_words(count: int, language: DocumentLanguage) -> str:
    """What those should know who pass a copy on that holds so many of these answers, one or more."""
    return language.ngettext(
        "This copy holds {count} answer that is not for publication. It says so below it.",
        "This copy holds {count} answers that are not for publication. Each says so below it.",
        count,
    )


def beside_words(language: DocumentLanguage) -> str:
    """What stands beside such an answer."""
    return language.gettext("Not for publication")
