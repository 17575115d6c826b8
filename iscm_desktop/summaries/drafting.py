"""Drafts the summary of findings about one mechanism from the answers of a round: same answers, same text."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.summaries.answer_digest import drafted_from
from iscm_desktop.summaries.clauses import Passage, paragraphs, placed
from iscm_desktop.summaries.contribution import contribution
from iscm_desktop.summaries.evolution import evolution
from iscm_desktop.summaries.facts_panel import facts
from iscm_desktop.summaries.footnote_marks import footnoted
from iscm_desktop.summaries.front_matter import TITLES, heading, introduction, notice, sources_line
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.membership_funding import membership_and_funding
from iscm_desktop.summaries.partners import partner_table
from iscm_desktop.summaries.partnerships import partnerships
from iscm_desktop.summaries.statements import states_table
from iscm_desktop.summaries.structures import structures
from iscm_desktop.summaries.summary import (
    RespondentAnswers,
    RoundCounts,
    Summary,
    SummarySection,
    SummaryTable,
)
from iscm_desktop.summaries.unphrased_answers import remaining
from iscm_desktop.summaries.value_gained import value


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
    case = MechanismEvidence.of(mechanism, responses, counts, language)
    passages = placed(
        [
            *evolution(case),
            *contribution(case),
            *structures(case),
            *membership_and_funding(case),
            *partnerships(case),
            *value(case),
        ]
    )
    tables = {"4": partner_table(case), "5": states_table(case)}
    panel = facts(case)
    passages += remaining(case)  # last, because it prints what all the others have not asked for
    return footnoted(
        Summary(
            mechanism=mechanism,
            short_name=case.name.short,
            full_name=case.name.full,
            language=language,
            heading=heading(case),
            title=case.gettext("Summary of Findings per ISCM"),
            introduction=introduction(case),
            name_line=case.gettext("Name of the inter-State consultation mechanism (ISCM):"),
            facts=panel,
            sections=tuple(_section(case, key, passages, tables.get(key)) for key in TITLES),
            footnotes=(),
            sources_line=sources_line(case),
            notice=notice(case),
            may_be_published=case.own.choice("consent") != "no",
            has_answers=bool(case.own or case.states or case.organizations),
        )
    )


def _section(
    case: MechanismEvidence, key: str, passages: tuple[Passage, ...], table: SummaryTable | None
) -> SummarySection:
    drafted = tuple(
        paragraph for passage in passages if passage.section == key for paragraph in paragraphs(passage)
    )
    section = SummarySection(key, case.gettext(TITLES[key]), drafted, (table,) if table else ())
    return SummarySection(
        section.key,
        section.title,
        section.paragraphs,
        section.tables,
        drafted_from=drafted_from(section.sources),
    )
