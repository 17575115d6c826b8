"""Section 3, second half: who belongs to the mechanism, and what it lives on."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, Passage, spoken, words
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.names_in_text import name_in_text
from iscm_desktop.summaries.quoted_prose import bracketed
from iscm_desktop.summaries.unphrased_answers import labelled

_MEMBERSHIP_CHANGES = {
    "joined_as_member": NN_("{names} joined as a member", "{names} joined as members"),
    "joined_as_observer": NN_("{names} joined as an observer", "{names} joined as observers"),
    "observer_became_member": NN_(
        "{names} moved from observer to member", "{names} moved from observer to member"
    ),
    "left": NN_("{names} left", "{names} left"),
    "suspended": NN_("{names} was suspended", "{names} were suspended"),
    "renamed": NN_("{names} changed its name", "{names} changed their names"),
}
"""What happened to whom, in the order of print: those who left come first, as readers look for them."""

_TRAVEL = {
    "each_delegation_pays": N_("Delegations pay for their own travel to meetings."),
    "paid_for_some_states": N_("Travel to meetings is paid for some States."),
    "paid_for_all": N_("Travel to meetings is paid for all."),
    "paid_by_the_host": N_("The host of a meeting pays for travel."),
    "mixed": N_("Who pays for travel to meetings differs from case to case."),
}


def membership_and_funding(case: MechanismEvidence) -> tuple[Passage, ...]:
    own = case.own
    stability = words(own.prose("funding_stability"), own.cite("funding_stability"))
    return (
        Passage("S3", "membership", spoken(_size(case), _changes(case))),
        Passage("S3", "funding", spoken(_sources(case), _fee(case), _lines(case), _travel(case), stability)),
    )


def _size(case: MechanismEvidence) -> Clause | None:
    own = case.own
    members, observers = own.number("member_count"), own.number("observer_count")
    told = []
    if members:
        told.append(case.ngettext("{count} member", "{count} members", int(members)))
    if observers:
        told.append(case.ngettext("{count} observer", "{count} observers", int(observers)))
    if not told:
        return None
    sentence = case.gettext("The {mechanism} counts {parties}.", parties=case.words.listed(told))
    return Clause(sentence, own.cite("member_count", "observer_count"))


def _changes(case: MechanismEvidence) -> Clause | None:
    roles = ("changed_member", "membership_change", "membership_change_year")
    by_change: dict[str, list[Evidence]] = {}
    for entry in case.own.entries(*roles):
        if entry.fragment("changed_member") and entry.choice("membership_change"):
            by_change.setdefault(entry.choice("membership_change"), []).append(entry)
    if not by_change:
        return None
    known = [change for change in ("left", *_MEMBERSHIP_CHANGES) if change in by_change]
    parts = [_change(case, change, by_change[change]) for change in dict.fromkeys([*known, *by_change])]
    told = [entry for entries in by_change.values() for entry in entries]
    places = {"changes": case.words.parted(parts)}
    return Clause(
        case.gettext("Its membership has changed: {changes}.", **places),
        cited(entry.cite(*roles) for entry in told),
        case.gettext("The membership of the {mechanism} has changed: {changes}.", **places),
    )


def _change(case: MechanismEvidence, change: str, entries: list[Evidence]) -> str:
    names = case.words.listed(_changed(case, entry) for entry in entries)
    if change in _MEMBERSHIP_CHANGES:
        one, many = _MEMBERSHIP_CHANGES[change]
        count = 2 if _is_plural(entries[0].fragment("changed_member")) else len(entries)
        return case.ngettext(one, many, count, names=names)
    return f"{names} ({entries[0].phrase('membership_change')})"


def _changed(case: MechanismEvidence, entry: Evidence) -> str:
    name = name_in_text(entry.fragment("changed_member"), case.words.language)
    year = entry.year("membership_change_year")
    return bracketed(name, year)


def _is_plural(name: str) -> bool:
    """ "States of Eastern Europe" joined as members, though they are one entry."""
    return name.split()[0].casefold() in ("states", "countries", "members", "observers", "several")


def _sources(case: MechanismEvidence) -> Clause | None:
    own = case.own
    if "none" in own.choices("funding_sources"):
        return Clause(case.gettext("The {mechanism} has no funding."), own.cite("funding_sources"))
    sources = own.phrases("funding_sources")
    if not sources:
        return None
    listed = case.words.listed(sources)
    return Clause(
        case.gettext("Funding comes from {sources}.", sources=listed),
        own.cite("funding_sources"),
        case.gettext("The funding of the {mechanism} comes from {sources}.", sources=listed),
    )


def _fee(case: MechanismEvidence) -> Clause | None:
    fee = shown_fee(case)
    if not fee:
        return None
    sentence = case.gettext("The yearly fee per member State is {fee}.", fee=fee)
    return Clause(sentence, case.own.cite("fee", "fee_currency"))


def shown_fee(case: MechanismEvidence) -> str:
    """ "CHF 120,000"; the bare number where no currency was given, "" where there is no fee."""
    amount, currency = case.own.number("fee"), case.own.choice("fee_currency")
    if amount is None:
        return ""
    return case.words.money(amount, currency) if currency else case.words.number(amount)


def _lines(case: MechanismEvidence) -> Clause | None:
    roles = ("funding_line_source", "funding_line_share", "funding_line_amount", "funding_line_currency")
    parts = []
    entries = [entry for entry in case.own.entries(*roles) if entry.phrase("funding_line_source")]
    for entry in entries:
        if told := _line(case, entry):
            parts.append(f"{entry.phrase('funding_line_source')} ({told})")
    if not parts:
        return None
    sentence = case.gettext(
        "In the latest full year, the sources were {lines}.", lines=case.words.listed(parts)
    )
    return Clause(sentence, cited(entry.cite(*roles) for entry in entries))


def _line(case: MechanismEvidence, entry: Evidence) -> str:
    """ "80 per cent, CHF 2,040,000"."""
    told = []
    share = entry.number("funding_line_share")
    amount, currency = entry.number("funding_line_amount"), entry.choice("funding_line_currency")
    if share is not None:
        told.append(case.gettext("{share} per cent", share=case.words.number(share)))
    if amount is not None:
        told.append(case.words.money(amount, currency) if currency else case.words.number(amount))
    return ", ".join(told)


def _travel(case: MechanismEvidence) -> Clause | None:
    value = case.own.choice("travel")
    if value not in _TRAVEL:
        return labelled(case, case.own, "travel")
    return Clause(case.gettext(_TRAVEL[value]), case.own.cite("travel"))
