"""Drafts the summary of findings about one mechanism from the answers of a round: same answers, same text."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.summaries.answer_digest import drafted_from
from iscm_desktop.summaries.clauses import ClauseGroup, paragraphs, placed
from iscm_desktop.summaries.contribution import contribution
from iscm_desktop.summaries.evolution import evolution
from iscm_desktop.summaries.facts_panel import facts
from iscm_desktop.summaries.footnote_marks import footnoted
from iscm_desktop.summaries.front_matter import TITLES, heading, introduction, notice, sources_line
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.membership_funding import membership_and_funding
from iscm_desktop.summaries.nothing_reported import nothing_reported
from iscm_desktop.summaries.partners import partner_table
from iscm_desktop.summaries.partnerships import partnerships
from iscm_desktop.summaries.statements import states_table
from iscm_desktop.summaries.structures import structures
from iscm_desktop.summaries.summary import (
    Fact,
    RespondentAnswers,
    RoundCounts,
    Summary,
    SummarySection,
    SummaryTable,
)
from iscm_desktop.summaries.unphrased_answers import remaining
from iscm_desktop.summaries.value_gained import value_gained


def draft(
    mechanism: str, responses: Iterable[RespondentAnswers], counts: RoundCounts, language: str = "en"
) -> Summary:
    """The summary as the answers make it.

    Args:
        mechanism: Its code in the register, or the one its response goes by.
        responses: All of the round, in any order; those that do not refer to the mechanism are passed over.
        counts: Who has answered in the round.
        language: Of the document.
    """
    evidence = MechanismEvidence.from_round(mechanism, responses, counts, language)
    groups = _placed_groups(evidence)
    tables = {"4": partner_table(evidence), "5": states_table(evidence)}
    panel = facts(evidence)
    groups += nothing_reported(evidence)
    groups += remaining(evidence)  # last, because it prints what all the others have not asked for
    sections = tuple(_section(evidence, key, groups, tables.get(key)) for key in TITLES)
    return footnoted(_assembled(evidence, panel, sections))


def _placed_groups(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    groups = (
        *evolution(evidence),
        *contribution(evidence),
        *structures(evidence),
        *membership_and_funding(evidence),
        *partnerships(evidence),
        *value_gained(evidence),
    )
    return placed(groups)


def _assembled(
    evidence: MechanismEvidence, panel: tuple[Fact, ...], sections: tuple[SummarySection, ...]
) -> Summary:
    return Summary(
        mechanism=evidence.mechanism,
        short_name=evidence.name.short,
        full_name=evidence.name.full,
        language=evidence.language.code,
        heading=heading(evidence),
        title=evidence.gettext("Summary of Findings per ISCM"),
        introduction=introduction(evidence),
        name_line=evidence.gettext("Name of the inter-State consultation mechanism (ISCM):"),
        facts=panel,
        sections=sections,
        footnotes=(),
        sources_line=sources_line(evidence),
        notice=notice(evidence),
        may_be_published=evidence.own.choice("consent") != "no",
        has_answers=bool(evidence.own or evidence.states or evidence.organizations),
    )


def _section(
    evidence: MechanismEvidence, key: str, groups: tuple[ClauseGroup, ...], table: SummaryTable | None
) -> SummarySection:
    drafted = tuple(paragraph for group in groups if group.section == key for paragraph in paragraphs(group))
    section = SummarySection(key, evidence.gettext(TITLES[key]), drafted, (table,) if table else ())
    return SummarySection(
        section.key,
        section.title,
        section.paragraphs,
        section.tables,
        drafted_from=drafted_from(section.sources),
    )
