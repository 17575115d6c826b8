"""Section 4: with whom the mechanism works, by type of partner, and in which way; as prose and as a table."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause, ClauseGroup, own_words, present
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent
from iscm_desktop.summaries.partners import (
    KINDS,
    ROLES,
    PartnerKind,
    described,
    is_plural,
    mode_of,
    partners_of,
)

_SENTENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "official_association": (
        NN_(
            "{partners} is officially associated with the {mechanism}.",
            "{partners} are officially associated with the {mechanism}.",
        ),
    ),
    "regular": (
        NN_(
            "The {mechanism} works regularly with {partners}.",
            "The {mechanism} works regularly with {partners}.",
        ),
        NN_("{partners} takes part regularly.", "{partners} take part regularly."),
        NN_("There is regular cooperation with {partners}.", "There is regular cooperation with {partners}."),
        NN_("Work with {partners} is regular.", "Work with {partners} is regular."),
    ),
    "occasional": (
        NN_(
            "There is occasional cooperation with {partners}.",
            "There is occasional cooperation with {partners}.",
        ),
        NN_("{partners} takes part on an occasional basis.", "{partners} take part on an occasional basis."),
        NN_(
            "Now and then, {partners} is brought into the work.",
            "Now and then, {partners} are brought into the work.",
        ),
    ),
    "past": (
        NN_(
            "In the past there was cooperation with {partners}.",
            "In the past there was cooperation with {partners}.",
        ),
        NN_("{partners} was a partner in the past.", "{partners} were partners in the past."),
    ),
    "planned": (NN_("Cooperation with {partners} is planned.", "Cooperation with {partners} is planned."),),
    "": (NN_("{partners} is named as a partner.", "{partners} are named as partners."),),
}
"""Wordings for each way of cooperating, for one partner and for several; the types take turns among them."""


_SENTENCES_ON_AGENCIES: dict[str, tuple[tuple[str, str], ...]] = {
    "official_association": (
        NN_(
            "Of agencies and networks, {partners} is officially associated.",
            "Of agencies and networks, {partners} are officially associated.",
        ),
    ),
    "regular": (
        NN_(
            "Among agencies and networks, there is regular work with {partners}.",
            "Among agencies and networks, there is regular work with {partners}.",
        ),
    ),
    "occasional": (
        NN_(
            "The agency or network {partners} takes part on an occasional basis.",
            "Agencies and networks that take part on an occasional basis are {partners}.",
        ),
    ),
    "past": (
        NN_(
            "The agency or network {partners} was a partner in the past.",
            "Agencies and networks that were partners in the past are {partners}.",
        ),
    ),
    "planned": (
        NN_(
            "Cooperation with {partners}, an agency or network, is planned.",
            "Cooperation with the agencies and networks {partners} is planned.",
        ),
    ),
    "": (
        NN_(
            "The agency or network {partners} is named as a partner.",
            "Agencies and networks named as partners are {partners}.",
        ),
    ),
}


def partnerships(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """A group for each type of partner in the order of `KINDS`, then what organizations and States say."""
    partners = partners_of(evidence)
    known = {name for kind in KINDS for name in kind.types}
    others = [partner for partner in partners if partner.choice("partner_type") not in known]
    groups = [_group(evidence, kind, partners, turn) for turn, kind in enumerate(KINDS)]
    unspecified = tuple(_by_mode(evidence, others, _SENTENCES, 0))
    groups.append(ClauseGroup("S4", "others", unspecified, evidence.gettext("Others")))
    groups.append(ClauseGroup("S4", "organizations", tuple(_own_accounts(evidence))))
    groups.append(ClauseGroup("S4", "states", tuple(_views_of_states(evidence))))
    return tuple(groups)


def _group(
    evidence: MechanismEvidence, kind: PartnerKind, partners: tuple[Evidence, ...], turn: int
) -> ClauseGroup:
    own = evidence.own
    clauses: list[Clause] = []
    for name in kind.types:
        wording = _SENTENCES_ON_AGENCIES if name == "agency_or_network" else _SENTENCES
        those = [partner for partner in partners if partner.choice("partner_type") == name]
        clauses += _by_mode(evidence, those, wording, turn)
    cooperation = own_words(own.prose(kind.cooperation), own.cite(kind.cooperation))
    return ClauseGroup("S4", kind.types[0], present(*clauses, cooperation), evidence.gettext(kind.lead))


def _by_mode(
    evidence: MechanismEvidence,
    partners: list[Evidence],
    wording: dict[str, tuple[tuple[str, str], ...]],
    turn: int,
) -> list[Clause]:
    clauses = []
    for mode, sentences in wording.items():
        found = [partner for partner in partners if mode_of(partner) == mode]
        if not found:
            continue
        one, many = sentences[turn % len(sentences)]
        listed = evidence.language.listed(described(evidence, found))
        clauses.append(
            Clause(
                evidence.ngettext(one, many, 2 if is_plural(found[0]) else len(found), partners=listed),
                cited(partner.cite(*ROLES) for partner in found),
            )
        )
    return clauses


def _own_accounts(evidence: MechanismEvidence) -> list[Clause]:
    """What organizations that answered say of their own part; IGO-B01."""
    clauses = []
    for respondent in evidence.quotable_organizations:
        entry = respondent.mechanism_entry
        told = [_part_taken(evidence, respondent)]
        if said := entry.prose("engagement_activity"):
            told.append(
                evidence.gettext(
                    "What {organization} does together with the {mechanism}: {statement}",
                    organization=respondent.name,
                    statement=evidence.quoted(said),
                )
            )
        roles = ("engagement_mechanism", "engagement_capacity", "engagement_mode", "engagement_since")
        text = " ".join(sentence for sentence in told if sentence)
        clauses.append(Clause(text, entry.cite(*roles, "engagement_activity")))
        clauses.extend(_support(evidence, respondent))
    return list(present(*clauses))


def _part_taken(evidence: MechanismEvidence, respondent: OutsideRespondent) -> str:
    capacities = respondent.mechanism_entry.phrases("engagement_capacity")
    mode = respondent.mechanism_entry.phrase("engagement_mode")
    since = respondent.mechanism_entry.year("engagement_since")
    details = [mode] if mode else []
    if since:
        details.append(evidence.gettext("since {year}", year=since))
    told = f" ({', '.join(details)})" if details else ""
    if capacities:
        return evidence.gettext(
            "By its own account, {organization} takes part as {capacities}{details}.",
            organization=respondent.name,
            capacities=evidence.language.listed(capacities),
            details=told,
        )
    if not details:
        return ""
    return evidence.gettext(
        "By its own account, {organization} takes part{details}.", organization=respondent.name, details=told
    )


def _support(evidence: MechanismEvidence, respondent: OutsideRespondent) -> list[Clause]:
    """Only of an organization that works with this mechanism alone: the question asks about all."""
    support = respondent.whole_response.phrases("organization_support")
    if not support or not respondent.is_sole:
        return []
    sentence = evidence.gettext(
        "{organization} supports the {mechanism} with {support}.",
        organization=respondent.name,
        support=evidence.language.listed(support),
    )
    return [Clause(sentence, respondent.whole_response.cite("organization_support"))]


def _views_of_states(evidence: MechanismEvidence) -> list[Clause]:
    """Only of States that refer to this mechanism alone: the question asks about all."""
    clauses = []
    for respondent in evidence.quotable_states:
        said = respondent.whole_response.prose("state_partners_view")
        if said and respondent.is_sole:
            text = evidence.gettext(
                "On work with partners, {state} says: {statement}",
                state=respondent.name,
                statement=evidence.quoted(said),
            )
            clauses.append(Clause(text, respondent.whole_response.cite("state_partners_view")))
    return clauses
