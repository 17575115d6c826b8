"""Section 4: with whom the mechanism works, by type of partner, and in which way; as prose and as a table."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause, Passage, spoken, words
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, Voice
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


def partnerships(case: MechanismEvidence) -> tuple[Passage, ...]:
    partners = partners_of(case)
    known = {name for kind in KINDS for name in kind.types}
    others = [partner for partner in partners if partner.choice("partner_type") not in known]
    passages = [_passage(case, kind, partners, turn) for turn, kind in enumerate(KINDS)]
    unspecified = tuple(_by_mode(case, others, _SENTENCES, 0))
    passages.append(Passage("S4", "others", unspecified, case.gettext("Others")))
    passages.append(Passage("S4", "organizations", tuple(_own_accounts(case))))
    passages.append(Passage("S4", "states", tuple(_views_of_states(case))))
    return tuple(passages)


def _passage(
    case: MechanismEvidence, kind: PartnerKind, partners: tuple[Evidence, ...], turn: int
) -> Passage:
    own = case.own
    clauses: list[Clause] = []
    for name in kind.types:
        wording = _SENTENCES_ON_AGENCIES if name == "agency_or_network" else _SENTENCES
        those = [partner for partner in partners if partner.choice("partner_type") == name]
        clauses += _by_mode(case, those, wording, turn)
    cooperation = words(own.prose(kind.cooperation), own.cite(kind.cooperation))
    return Passage("S4", kind.types[0], spoken(*clauses, cooperation), case.gettext(kind.lead))


def _by_mode(
    case: MechanismEvidence,
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
        listed = case.words.listed(described(case, found))
        clauses.append(
            Clause(
                case.ngettext(one, many, 2 if is_plural(found[0]) else len(found), partners=listed),
                cited(partner.cite(*ROLES) for partner in found),
            )
        )
    return clauses


def _own_accounts(case: MechanismEvidence) -> list[Clause]:
    """What organizations that answered say of their own part; IGO-B01."""
    clauses = []
    for voice in case.quotable_organizations:
        about = voice.about
        told = [_part_taken(case, voice)]
        if said := about.prose("engagement_activity"):
            told.append(
                case.gettext(
                    "What {organization} does together with the {mechanism}: {statement}",
                    organization=voice.name,
                    statement=case.quoted(said),
                )
            )
        roles = ("engagement_mechanism", "engagement_capacity", "engagement_mode", "engagement_since")
        text = " ".join(sentence for sentence in told if sentence)
        clauses.append(Clause(text, about.cite(*roles, "engagement_activity")))
        clauses.extend(_support(case, voice))
    return list(spoken(*clauses))


def _part_taken(case: MechanismEvidence, voice: Voice) -> str:
    capacities = voice.about.phrases("engagement_capacity")
    mode = voice.about.phrase("engagement_mode")
    since = voice.about.year("engagement_since")
    details = [mode] if mode else []
    if since:
        details.append(case.gettext("since {year}", year=since))
    told = f" ({', '.join(details)})" if details else ""
    if capacities:
        return case.gettext(
            "By its own account, {organization} takes part as {capacities}{details}.",
            organization=voice.name,
            capacities=case.words.listed(capacities),
            details=told,
        )
    if not details:
        return ""
    return case.gettext(
        "By its own account, {organization} takes part{details}.", organization=voice.name, details=told
    )


def _support(case: MechanismEvidence, voice: Voice) -> list[Clause]:
    """Only of an organization that works with this mechanism alone: the question asks about all."""
    support = voice.whole.phrases("organization_support")
    if not support or not voice.is_sole:
        return []
    sentence = case.gettext(
        "{organization} supports the {mechanism} with {support}.",
        organization=voice.name,
        support=case.words.listed(support),
    )
    return [Clause(sentence, voice.whole.cite("organization_support"))]


def _views_of_states(case: MechanismEvidence) -> list[Clause]:
    """Only of States that refer to this mechanism alone: the question asks about all."""
    clauses = []
    for voice in case.quotable_states:
        said = voice.whole.prose("state_partners_view")
        if said and voice.is_sole:
            text = case.gettext(
                "On work with partners, {state} says: {statement}",
                state=voice.name,
                statement=case.quoted(said),
            )
            clauses.append(Clause(text, voice.whole.cite("state_partners_view")))
    return clauses
