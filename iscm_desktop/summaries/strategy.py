"""Section 1, its end: what guides the work, how often it is planned, who does it and who follows up."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, Passage, spoken
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


def strategy(case: MechanismEvidence) -> Passage:
    return Passage("S1", "strategy", spoken(*_documents(case), _cycle(case), _carried_out(case)))


def _documents(case: MechanismEvidence) -> list[Clause]:
    own = case.own
    kinds = own.chosen("strategic_documents")
    if "none" in own.choices("strategic_documents"):
        none = case.gettext("No strategy, action plan or work plan is in force.")
        return [Clause(none, own.cite("strategic_documents"))]
    roles = ("document_title", "document_kind", "document_year", "document_until", "document_reviewed")
    entries = [entry for entry in own.entries(*roles) if entry.answer("document_title")]
    clauses = []
    if entries:
        listed = case.words.listed(_document(case, entry) for entry in entries)
        clauses.append(
            Clause(
                case.ngettext(
                    "The document that guides the work of the {mechanism} is {documents}.",
                    "The documents that guide the work of the {mechanism} are {documents}.",
                    len(entries),
                    documents=listed,
                ),
                cited(entry.cite(*roles) for entry in entries),
            )
        )
    covered = {entry.choice("document_kind") for entry in entries}
    others = [phrase for kind, phrase in kinds.items() if kind not in covered]
    if others:
        sentence = (
            case.gettext("Also in force: {kinds}.", kinds=case.words.listed(others))
            if entries
            else case.gettext("Strategic documents in force: {kinds}.", kinds=case.words.listed(others))
        )
        clauses.append(Clause(sentence, own.cite("strategic_documents")))
    return clauses


def _document(case: MechanismEvidence, entry: Evidence) -> str:
    """ "*Strategic review* (strategy, adopted in 2006, last reviewed in 2014)"."""
    title = entry.fragment("document_title")
    kind = entry.phrase("document_kind")
    details = [kind] if kind and not entry.repeats("document_kind", title) else []
    if year := entry.year("document_year"):
        details.append(case.gettext("adopted in {year}", year=year))
    if year := entry.year("document_until"):
        details.append(case.gettext("valid until {year}", year=year))
    if year := entry.year("document_reviewed"):
        details.append(case.gettext("last reviewed in {year}", year=year))
    return f"{italic(title)} ({', '.join(details)})" if details else italic(title)


def _cycle(case: MechanismEvidence) -> Clause | None:
    value = case.own.choice("work_plan_cycle")
    if value not in _CYCLES:
        return labelled(case, case.own, "work_plan_cycle")
    return Clause(case.gettext(_CYCLES[value]), case.own.cite("work_plan_cycle"))


def _carried_out(case: MechanismEvidence) -> Clause | None:
    own = case.own
    implementers = case.words.listed(own.phrases("implementers"))
    monitors = case.words.listed(own.phrases("monitors"))
    if implementers and monitors:
        sentence = case.gettext(
            "Implementation lies with {implementers}, follow-up with {monitors}.",
            implementers=implementers,
            monitors=monitors,
        )
    elif implementers:
        sentence = case.gettext("Implementation lies with {implementers}.", implementers=implementers)
    elif monitors:
        sentence = case.gettext("Follow-up lies with {monitors}.", monitors=monitors)
    else:
        return None
    return Clause(sentence, own.cite("implementers", "monitors"))
