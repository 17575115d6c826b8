"""What of a response somebody here holds: all of it, or the sections that a colleague handed over.

A response is held whole by whoever started it, and by whoever merged a package of all of it: such a package
says with which questionnaire the response is filled in, and a delegation never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import (
    DelegationContext,
    KnownDelegation,
    context_of,
    delegations_in,
    is_within,
)
from iscm_desktop.i18n import _, joined
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Group
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.promise_evidence import promises_of
from iscm_desktop.store.objects.responses import FilledAnswers, is_made_here
from iscm_desktop.store.objects.revision import CONTEXT, QUESTIONNAIRE, SubjectId, item_key


@dataclass(frozen=True, slots=True)
class HeldSections:
    """Some sections, by whom they were handed over, and what their rules read of the others."""

    received: tuple[KnownDelegation, ...]  # the oldest first
    context: DelegationContext

    @property
    def parts(self) -> tuple[str, ...]:
        """What names the sections in delegations, each once, the oldest delegation first."""
        return tuple(dict.fromkeys(part for one in self.received for part in one.terms.sections))

    @property
    def by(self) -> str:
        """Whose sections these are."""
        return joined(dict.fromkeys(one.terms.by for one in self.received if one.terms.by)) or _(
            "your colleague"
        )

    def holds(self, path: AnswerPath) -> bool:
        """Whether what lies at a path is in these sections."""
        return is_within(path, self.parts)

    def check(self, path: AnswerPath) -> None:
        """Raises an IscmError unless the question at `path` is in these sections."""
        if not self.holds(path):
            raise IscmError(AnswerProblem.SECTIONS_NOT_YOURS, sections=path, by=self.by)

    def with_context(self, filled: FilledAnswers) -> FilledAnswers:
        """What is filled in here, and what is known of the other sections."""
        return FilledAnswers(
            {**self.context.answers, **filled.answers},
            {**self.context.entries, **filled.entries},
            filled.declarations,
        )


def held_sections(db: Transaction, response: SubjectId) -> HeldSections | None:
    """The sections of a response that are held here; None where all of it is."""
    items = items_of(db, response, [QUESTIONNAIRE, CONTEXT])
    handed = {str(path): state.value for (kind, path), state in items.items() if kind == CONTEXT}
    if not handed or item_key(QUESTIONNAIRE) in items or is_made_here(db, response):
        return None
    evidence = promises_of(db, response)
    told = delegations_in(evidence.revisions, evidence.keys)
    received = sorted(
        (one for one in told.values() if one.id in handed), key=lambda one: (one.made_at, one.id)
    )
    contexts = [context_of(handed[one.id]) for one in received]
    held = frozenset(part for one in received for part in one.terms.sections)
    answers = {
        path: text for one in contexts for path, text in one.answers.items() if not is_within(path, held)
    }
    entries = {
        path: ids for one in contexts for path, ids in one.entries.items() if not is_within(path, held)
    }
    return HeldSections(tuple(received), DelegationContext(answers, entries))


def parts_of(section: Group) -> tuple[str, ...]:
    """What names a section in a delegation: its path, or those of its items where it has none of its own."""
    return tuple(item.path for item in section.items) if section.path.startswith("#") else (section.path,)


def sections_in(questionnaire: Questionnaire, parts: Iterable[str]) -> tuple[Group, ...]:
    """The sections that these parts name, in form order."""
    wanted = tuple(parts)
    return tuple(
        section
        for section in questionnaire.sections
        if all(is_within(part, wanted) for part in parts_of(section))
    )


def section_paths(questionnaire: Questionnaire, parts: Iterable[str]) -> frozenset[TemplatePath]:
    """The paths of the sections that these parts name."""
    return frozenset(section.path for section in sections_in(questionnaire, parts))
