"""The sections at the side of a form: number and name, and in a word or two how each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, joined
from iscm_desktop.questionnaire.form_paths import answer_path
from iscm_desktop.questionnaire.numbering import with_number

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, SectionView
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


def section_name(section: SectionView) -> str:
    """ "E Global Compact"."""
    return with_number(section.number, section.label)


def holders(rows: Iterable[DelegationRow]) -> dict[AnswerPath, str]:
    """Who has a section in hand, by section: handed over, and nothing has come back yet."""
    found: dict[AnswerPath, dict[str, None]] = {}
    for row in rows:
        if not (row.is_received or row.is_over or row.returns):
            for section in row.sections:
                found.setdefault(answer_path(section), {})[row.to] = None
    return {section: joined(names) for section, names in found.items()}


def standing_words(section: SectionView, held_by: Mapping[AnswerPath, str]) -> str:
    """ "18/41", "with Interior" while somebody else has it in hand, or "nothing" to report."""
    holder = held_by.get(section.path, "")
    if holder:
        return _("with {name}").format(name=holder)
    if section.has_nothing:
        return _("nothing")
    return f"{section.answered}/{section.asked}"
