"""Section 1, its end: what guides the work, how often it is planned, who does it and who follows up."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, present
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.text_markup import italic
from iscm_desktop.summaries.unphrased_answers import labelled

_CYCLES = {
    "several_times_a_year": N_("A new work plan is adopted several times a year."),
    "every_semester": N_("A work plan is adopted every semester."),
    "yearly": N_("A work plan is adopted every year."),
    "every_two_years": N_("A work plan is adopted every two years."),
    "multi_year": N_("Work plans cover several years."),
    "set_by_each_chair": N_("Each Chair sets the work plan for its term."),
    "ad_hoc": N_("Work plans are set as the need arises."),
    "never_so_far": N_("No work plan has been set so far."),
}


def strategy(evidence: MechanismEvidence) -> ClauseGroup:
    """Documents in force, the cycle of planning, and who implements and monitors."""
    return ClauseGroup(
        "S1", "strategy", present(*_documents(evidence), _cycle(evidence), _carried_out(evidence))
    )


def _documents(evidence: MechanismEvidence) -> list[Clause]:
    own = evidence.own
    if "none" in own.choices("strategic_documents"):
        none = evidence.gettext("No strategy, action plan or work plan is in force.")
        return [Clause(none, own.cite("strategic_documents"))]
    roles = ("document_title", "document_kind", "document_year", "document_until", "document_reviewed")
    entries = [entry for entry in own.entries(*roles) if entry.answer("document_title")]
    covered = {entry.choice("document_kind") for entry in entries}
    others = [phrase for kind, phrase in own.chosen("strategic_documents").items() if kind not in covered]
    return [*_titled(evidence, entries, roles), *_untitled(evidence, others, has_titled=bool(entries))]


def _titled(evidence: MechanismEvidence, entries: list[Evidence], roles: tuple[str, ...]) -> Iterator[Clause]:
    if entries:
        listed = evidence.language.listed(_document(evidence, entry) for entry in entries)
        sentence = evidence.ngettext(
            "The document that guides the work of the {mechanism} is {documents}.",
            "The documents that guide the work of the {mechanism} are {documents}.",
            len(entries),
            documents=listed,
        )
        yield Clause(sentence, cited(entry.cite(*roles) for entry in entries))


def _untitled(evidence: MechanismEvidence, kinds: list[str], *, has_titled: bool) -> Iterator[Clause]:
    """Kinds of document that are in force although nobody gave one's title."""
    if kinds:
        listed = evidence.language.listed(kinds)
        sentence = (
            evidence.gettext("Also in force: {kinds}.", kinds=listed)
            if has_titled
            else evidence.gettext("Strategic documents in force: {kinds}.", kinds=listed)
        )
        yield Clause(sentence, evidence.own.cite("strategic_documents"))


def _document(evidence: MechanismEvidence, entry: Evidence) -> str:
    """ "*Strategic review* (strategy, adopted in 2006, last reviewed in 2014)"."""
    title = entry.fragment("document_title")
    kind = entry.phrase("document_kind")
    details = [kind] if kind and not entry.repeats("document_kind", title) else []
    if year := entry.year("document_year"):
        details.append(evidence.gettext("adopted in {year}", year=year))
    if year := entry.year("document_until"):
        details.append(evidence.gettext("valid until {year}", year=year))
    if year := entry.year("document_reviewed"):
        details.append(evidence.gettext("last reviewed in {year}", year=year))
    return f"{italic(title)} ({', '.join(details)})" if details else italic(title)


def _cycle(evidence: MechanismEvidence) -> Clause | None:
    value = evidence.own.choice("work_plan_cycle")
    if value not in _CYCLES:
        return labelled(evidence, evidence.own, "work_plan_cycle")
    return Clause(evidence.gettext(_CYCLES[value]), evidence.own.cite("work_plan_cycle"))


def _carried_out(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    implementers = evidence.language.listed(own.phrases("implementers"))
    monitors = evidence.language.listed(own.phrases("monitors"))
    if implementers and monitors:
        sentence = evidence.gettext(
            "Implementation lies with {implementers}, follow-up with {monitors}.",
            implementers=implementers,
            monitors=monitors,
        )
    elif implementers:
        sentence = evidence.gettext("Implementation lies with {implementers}.", implementers=implementers)
    elif monitors:
        sentence = evidence.gettext("Follow-up lies with {monitors}.", monitors=monitors)
    else:
        return None
    return Clause(sentence, own.cite("implementers", "monitors"))
