"""Section 5, its end: which Member States refer to the mechanism, and what each values in it."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.summaries.clauses import Clause, ClauseGroup, present
from iscm_desktop.summaries.evidence import cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent
from iscm_desktop.summaries.quoted_prose import capital, sentence_key
from iscm_desktop.summaries.summary import SummaryTable

_NAMED_AT_MOST = 5
"""States that one bracket names; more of them are counted."""


def statements(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """How many States refer to the mechanism, then each one that may be quoted in its own words."""
    says = present(_count(evidence), _shared_gains(evidence))
    return (
        ClauseGroup("S5b", "states", says, evidence.gettext("What Member States say")),
        *_statements(evidence),
    )


def _count(evidence: MechanismEvidence) -> Clause | None:
    """ "Five of the 46 States that answered refer to the IGC: …"; those not to be named are only counted."""
    count, surveyed = len(evidence.states), evidence.counts.states
    if not count:
        return None
    names = [respondent.name for respondent in evidence.states if respondent.may_be_named]
    if unnamed := count - len(names):
        names.append(evidence.unnamed(unnamed))
    places = {"states": evidence.language.listed(names), "surveyed": evidence.language.counted(surveyed)}
    if count >= surveyed:
        sentence = evidence.ngettext(
            "The one State that answered refers to the {mechanism}: {states}.",
            "All {count} States that answered refer to the {mechanism}: {states}.",
            count,
            **places,
        )
    else:
        sentence = evidence.ngettext(
            "One of the {surveyed} States that answered refers to the {mechanism}: {states}.",
            "{count_at_start} of the {surveyed} States that answered refer to the {mechanism}: {states}.",
            count,
            count_at_start=evidence.language.counted(count).capitalize(),
            **places,
        )
    return Clause(
        sentence,
        cited(respondent.mechanism_entry.cite("block_mechanism") for respondent in evidence.states),
        stays=True,
    )


def _statements(evidence: MechanismEvidence) -> list[ClauseGroup]:
    """One paragraph for each State that may be quoted; States that say the same share one."""
    groups: dict[str, list[OutsideRespondent]] = {}
    for respondent in evidence.quotable_states:
        said = sentence_key(" ".join(respondent.mechanism_entry.prose("block_valued")))
        groups.setdefault(said or respondent.code, []).append(respondent)
    return [
        ClauseGroup(
            "S5b",
            "state." + ".".join(respondent.code for respondent in respondents),
            present(
                _values(evidence, respondents),
                *_all_outcomes(evidence, respondents),
            ),
            evidence.language.listed(respondent.title for respondent in respondents),
        )
        for respondents in groups.values()
    ]  # fmt: skip


def _values(evidence: MechanismEvidence, respondents: list[OutsideRespondent]) -> Clause:
    shared = cited(respondent.mechanism_entry.cite("block_valued") for respondent in respondents)
    return Clause(evidence.quoted(respondents[0].mechanism_entry.prose("block_valued")), shared)


def _all_outcomes(evidence: MechanismEvidence, respondents: list[OutsideRespondent]) -> Iterator[Clause]:
    for respondent in respondents:
        yield from _outcomes(evidence, respondent, is_shared=len(respondents) > 1)


def _outcomes(
    evidence: MechanismEvidence, respondent: OutsideRespondent, *, is_shared: bool
) -> tuple[Clause, ...]:
    """An effect at home and initiatives with other members; under a shared lead they say whose they are."""
    entry, clauses = respondent.mechanism_entry, []
    if said := entry.prose("block_effect_example"):
        places = {"state": respondent.name, "statement": evidence.quoted(said)}
        text = (
            evidence.gettext("An effect in {state}: {statement}", **places)
            if is_shared
            else evidence.gettext("An effect at home: {statement}", **places)
        )
        clauses.append(Clause(text, entry.cite("block_effect_example"), stays=True))
    if said := entry.prose("block_initiatives"):
        places = {"state": respondent.name, "statement": evidence.quoted(said)}
        text = (
            evidence.gettext("What grew out of it for {state}: {statement}", **places)
            if is_shared
            else evidence.gettext("What grew out of it: {statement}", **places)
        )
        opening = evidence.gettext("What grew out of the {mechanism}: {statement}", **places)
        clauses.append(Clause(text, entry.cite("block_initiatives"), opening, stays=True))
    return tuple(clauses)


def _shared_gains(evidence: MechanismEvidence) -> Clause | None:
    """What several States tick, in one sentence; long lists of States become their number."""
    by_gain: dict[str, list[OutsideRespondent]] = {}
    for respondent in evidence.quotable_states:
        for gain in respondent.mechanism_entry.phrases("block_gains"):
            by_gain.setdefault(gain, []).append(respondent)
    shared = {gain: respondents for gain, respondents in by_gain.items() if len(respondents) > 1}
    if not shared:
        return None
    parts = [f"{gain} ({_who(evidence, respondents)})" for gain, respondents in shared.items()]
    sentence = evidence.gettext(
        "Gains that several of them name are {gains}.", gains=evidence.language.listed(parts)
    )
    cite = cited(
        respondent.mechanism_entry.cite("block_gains")
        for respondents in shared.values()
        for respondent in respondents
    )
    return Clause(sentence, cite, stays=True)


def _who(evidence: MechanismEvidence, respondents: list[OutsideRespondent]) -> str:
    if len(respondents) > _NAMED_AT_MOST:
        return evidence.ngettext("{count} State", "{count} States", len(respondents))
    return evidence.language.listed(respondent.name for respondent in respondents)


def states_table(evidence: MechanismEvidence) -> SummaryTable | None:
    """What each State ticked, to look up; only of States that may be quoted."""
    columns = (
        (evidence.gettext("Uses most"), "block_parts"),
        (evidence.gettext("Gains"), "block_gains"),
    )
    respondents = [
        respondent
        for respondent in evidence.quotable_states
        if any(respondent.mechanism_entry.phrases(role) for _, role in columns)
    ]
    used = [
        (title, role)
        for title, role in columns
        if any(respondent.mechanism_entry.phrases(role) for respondent in respondents)
    ]
    if not respondents:
        return None
    rows = tuple(
        (
            respondent.title,
            *(
                capital(evidence.language.apart(respondent.mechanism_entry.phrases(role)))
                for _title, role in used
            ),
        )
        for respondent in respondents
    )
    sources = cited(
        respondent.mechanism_entry.cite(*(role for _, role in used)) for respondent in respondents
    ).sources
    return SummaryTable("5.states", (evidence.gettext("State"), *(title for title, _ in used)), rows, sources)
