"""Section 3, second half: who belongs to the mechanism, and what it lives on."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, own_words, present
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


def membership_and_funding(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """Size and changes of membership, then where the money comes from and what it pays for."""
    own = evidence.own
    stability = own_words(own.prose("funding_stability"), own.cite("funding_stability"))
    return (
        ClauseGroup("S3", "membership", present(_size(evidence), _changes(evidence))),
        ClauseGroup(
            "S3",
            "funding",
            present(_sources(evidence), _fee(evidence), _lines(evidence), _travel(evidence), stability),
        ),
    )


def _size(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    members, observers = own.number("member_count"), own.number("observer_count")
    told = []
    if members:
        told.append(evidence.ngettext("{count} member", "{count} members", int(members)))
    if observers:
        told.append(evidence.ngettext("{count} observer", "{count} observers", int(observers)))
    if not told:
        return None
    sentence = evidence.gettext("The {mechanism} counts {parties}.", parties=evidence.language.listed(told))
    return Clause(sentence, own.cite("member_count", "observer_count"))


def _changes(evidence: MechanismEvidence) -> Clause | None:
    roles = ("changed_member", "membership_change", "membership_change_year")
    by_change: dict[str, list[Evidence]] = {}
    for entry in evidence.own.entries(*roles):
        if entry.fragment("changed_member") and entry.choice("membership_change"):
            by_change.setdefault(entry.choice("membership_change"), []).append(entry)
    if not by_change:
        return None
    known = [change for change in ("left", *_MEMBERSHIP_CHANGES) if change in by_change]
    parts = [_change(evidence, change, by_change[change]) for change in dict.fromkeys([*known, *by_change])]
    told = [entry for entries in by_change.values() for entry in entries]
    places = {"changes": evidence.language.parted(parts)}
    return Clause(
        evidence.gettext("Its membership has changed: {changes}.", **places),
        cited(entry.cite(*roles) for entry in told),
        evidence.gettext("The membership of the {mechanism} has changed: {changes}.", **places),
    )


def _change(evidence: MechanismEvidence, change: str, entries: list[Evidence]) -> str:
    names = evidence.language.listed(_changed(evidence, entry) for entry in entries)
    if change in _MEMBERSHIP_CHANGES:
        one, many = _MEMBERSHIP_CHANGES[change]
        count = 2 if _is_plural(entries[0].fragment("changed_member")) else len(entries)
        return evidence.ngettext(one, many, count, names=names)
    return f"{names} ({entries[0].phrase('membership_change')})"


def _changed(evidence: MechanismEvidence, entry: Evidence) -> str:
    name = name_in_text(entry.fragment("changed_member"), evidence.language.code)
    year = entry.year("membership_change_year")
    return bracketed(name, year)


def _is_plural(name: str) -> bool:
    """ "States of Eastern Europe" joined as members, though they are one entry."""
    return name.split()[0].casefold() in ("states", "countries", "members", "observers", "several")


def _sources(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    if "none" in own.choices("funding_sources"):
        return Clause(evidence.gettext("The {mechanism} has no funding."), own.cite("funding_sources"))
    sources = own.phrases("funding_sources")
    if not sources:
        return None
    listed = evidence.language.listed(sources)
    return Clause(
        evidence.gettext("Funding comes from {sources}.", sources=listed),
        own.cite("funding_sources"),
        evidence.gettext("The funding of the {mechanism} comes from {sources}.", sources=listed),
    )


def _fee(evidence: MechanismEvidence) -> Clause | None:
    fee = shown_fee(evidence)
    if not fee:
        return None
    sentence = evidence.gettext("The yearly fee per member State is {fee}.", fee=fee)
    return Clause(sentence, evidence.own.cite("fee", "fee_currency"))


def shown_fee(evidence: MechanismEvidence) -> str:
    """ "CHF 120,000"; the bare number where no currency was given, "" where there is no fee."""
    amount, currency = evidence.own.number("fee"), evidence.own.choice("fee_currency")
    if amount is None:
        return ""
    return evidence.language.money(amount, currency) if currency else evidence.language.number(amount)


def _lines(evidence: MechanismEvidence) -> Clause | None:
    roles = ("funding_line_source", "funding_line_share", "funding_line_amount", "funding_line_currency")
    parts = []
    entries = [entry for entry in evidence.own.entries(*roles) if entry.phrase("funding_line_source")]
    for entry in entries:
        if told := _line(evidence, entry):
            parts.append(f"{entry.phrase('funding_line_source')} ({told})")
    if not parts:
        return None
    sentence = evidence.gettext(
        "In the latest full year, the sources were {lines}.", lines=evidence.language.listed(parts)
    )
    return Clause(sentence, cited(entry.cite(*roles) for entry in entries))


def _line(evidence: MechanismEvidence, entry: Evidence) -> str:
    """ "80 per cent, CHF 2,040,000"."""
    told = []
    share = entry.number("funding_line_share")
    amount, currency = entry.number("funding_line_amount"), entry.choice("funding_line_currency")
    if share is not None:
        told.append(evidence.gettext("{share} per cent", share=evidence.language.number(share)))
    if amount is not None:
        told.append(
            evidence.language.money(amount, currency) if currency else evidence.language.number(amount)
        )
    return ", ".join(told)


def _travel(evidence: MechanismEvidence) -> Clause | None:
    value = evidence.own.choice("travel")
    if value not in _TRAVEL:
        return labelled(evidence, evidence.own, "travel")
    return Clause(evidence.gettext(_TRAVEL[value]), evidence.own.cite("travel"))
