"""Section 4: with whom the mechanism works, by type of partner, and in which way; as prose and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.case import Case, Voice
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.naming import organization_name, with_article
from iscm_desktop.summaries.passages import Clause, Passage, spoken, words
from iscm_desktop.summaries.prose import bracketed, inside, sentence_key
from iscm_desktop.summaries.summary import Table

_ROLES = (
    "partner_name", "partner_type", "partner_mode", "partner_since", "partner_basis", "partner_activity",
)  # fmt: skip

_MODES = {
    "official_association": N_("Officially associated"),
    "regular": N_("Regular"),
    "occasional": N_("Occasional"),
    "past": N_("Past"),
    "planned": N_("Planned"),
    "": N_("Not specified"),
}
"""Ways of cooperating, in the order of print; "" where the respondent did not say."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One paragraph of the section: a type of partner, with those that belong under the same lead."""

    lead: str
    types: tuple[str, ...]
    cooperation: str = ""  # role of the question on how the mechanism works with this type


_KINDS = (
    _Kind(N_("ISCMs"), ("iscm",), "cooperation_iscm"),
    _Kind(N_("IGOs"), ("igo",), "cooperation_igo"),
    _Kind(N_("Regional unions"), ("regional_union", "agency_or_network"), "cooperation_regional_union"),
    _Kind(N_("Civil society"), ("civil_society",), "cooperation_civil_society"),
    _Kind(N_("Private sector"), ("private_sector",), "cooperation_private_sector"),
    _Kind(N_("Academia"), ("academia",), "cooperation_academia"),
)

_SENTENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "official_association": (
        (
            N_("{partners} is officially associated with the {mechanism}."),
            N_("{partners} are officially associated with the {mechanism}."),
        ),
    ),
    "regular": (
        (
            N_("The {mechanism} works regularly with {partners}."),
            N_("The {mechanism} works regularly with {partners}."),
        ),
        (N_("{partners} takes part regularly."), N_("{partners} take part regularly.")),
        (
            N_("There is regular cooperation with {partners}."),
            N_("There is regular cooperation with {partners}."),
        ),
        (N_("Work with {partners} is regular."), N_("Work with {partners} is regular.")),
    ),
    "occasional": (
        (
            N_("There is occasional cooperation with {partners}."),
            N_("There is occasional cooperation with {partners}."),
        ),
        (
            N_("{partners} takes part on an occasional basis."),
            N_("{partners} take part on an occasional basis."),
        ),
        (
            N_("Now and then, {partners} is brought into the work."),
            N_("Now and then, {partners} are brought into the work."),
        ),
    ),
    "past": (
        (
            N_("In the past there was cooperation with {partners}."),
            N_("In the past there was cooperation with {partners}."),
        ),
        (N_("{partners} was a partner in the past."), N_("{partners} were partners in the past.")),
    ),
    "planned": (
        (N_("Cooperation with {partners} is planned."), N_("Cooperation with {partners} is planned.")),
    ),
    "": ((N_("{partners} is named as a partner."), N_("{partners} are named as partners.")),),
}
"""Wordings for each way of cooperating, for one partner and for several; the types take turns among them."""

_SENTENCES_ON_AGENCIES: dict[str, tuple[tuple[str, str], ...]] = {
    "official_association": (
        (
            N_("Of agencies and networks, {partners} is officially associated."),
            N_("Of agencies and networks, {partners} are officially associated."),
        ),
    ),
    "regular": (
        (
            N_("Among agencies and networks, there is regular work with {partners}."),
            N_("Among agencies and networks, there is regular work with {partners}."),
        ),
    ),
    "occasional": (
        (
            N_("The agency or network {partners} takes part on an occasional basis."),
            N_("Agencies and networks that take part on an occasional basis are {partners}."),
        ),
    ),
    "past": (
        (
            N_("The agency or network {partners} was a partner in the past."),
            N_("Agencies and networks that were partners in the past are {partners}."),
        ),
    ),
    "planned": (
        (
            N_("Cooperation with {partners}, an agency or network, is planned."),
            N_("Cooperation with the agencies and networks {partners} is planned."),
        ),
    ),
    "": (
        (
            N_("The agency or network {partners} is named as a partner."),
            N_("Agencies and networks named as partners are {partners}."),
        ),
    ),
}


def partnerships(case: Case) -> tuple[Passage, ...]:
    partners = _partners(case)
    known = {name for kind in _KINDS for name in kind.types}
    others = [partner for partner in partners if partner.choice("partner_type") not in known]
    passages = [_passage(case, kind, partners, turn) for turn, kind in enumerate(_KINDS)]
    unspecified = tuple(_by_mode(case, others, _SENTENCES, 0))
    passages.append(Passage("S4", "others", unspecified, case.gettext("Others")))
    passages.append(Passage("S4", "organizations", tuple(_own_accounts(case))))
    passages.append(Passage("S4", "states", tuple(_views_of_states(case))))
    return tuple(passages)


def partner_table(case: Case) -> Table | None:
    """Types down, ways of cooperating across; rows and columns with nothing in them are left out."""
    partners = _partners(case)
    modes = [mode for mode in _MODES if any(_mode(partner) == mode for partner in partners)]
    rows = []
    for title, types in _table_rows(case, partners):
        inside_row = [partner for partner in partners if partner.choice("partner_type") in types]
        cells = [", ".join(_name(one) for one in inside_row if _mode(one) == mode) for mode in modes]
        if any(cells):
            rows.append((title, *cells))
    if not rows:
        return None
    head = (case.gettext("Partner type"), *(case.gettext(_MODES[mode]) for mode in modes))
    sources = cited(
        partner.cite("partner_name", "partner_type", "partner_mode") for partner in partners
    ).sources
    return Table("4.partners", head, tuple(rows), sources)


def _table_rows(case: Case, partners: tuple[Evidence, ...]) -> list[tuple[str, set[str]]]:
    rows = [(case.gettext(kind.lead), {kind.types[0]}) for kind in _KINDS]
    rows.insert(3, (case.gettext("Agencies and networks"), {"agency_or_network"}))
    known = {name for kind in _KINDS for name in kind.types}
    others = {partner.choice("partner_type") for partner in partners} - known
    return [*rows, (case.gettext("Others"), others)]


def _partners(case: Case) -> tuple[Evidence, ...]:
    """Each partner of a type once, in the order in which they were entered."""
    seen: dict[tuple[str, str], Evidence] = {}
    for entry in case.own.entries(*_ROLES):
        if _name(entry):
            seen.setdefault((sentence_key(_name(entry)), entry.choice("partner_type")), entry)
    return tuple(seen.values())


def _name(partner: Evidence) -> str:
    return organization_name(partner.fragment("partner_name"))


def _mode(partner: Evidence) -> str:
    mode = partner.choice("partner_mode")
    return mode if mode in _MODES else ""


def _passage(case: Case, kind: _Kind, partners: tuple[Evidence, ...], turn: int) -> Passage:
    own = case.own
    clauses: list[Clause] = []
    for name in kind.types:
        wording = _SENTENCES_ON_AGENCIES if name == "agency_or_network" else _SENTENCES
        those = [partner for partner in partners if partner.choice("partner_type") == name]
        clauses += _by_mode(case, those, wording, turn)
    cooperation = words(own.prose(kind.cooperation), own.cite(kind.cooperation))
    return Passage("S4", kind.types[0], spoken(*clauses, cooperation), case.gettext(kind.lead))


def _by_mode(
    case: Case, partners: list[Evidence], wording: dict[str, tuple[tuple[str, str], ...]], turn: int
) -> list[Clause]:
    clauses = []
    for mode, sentences in wording.items():
        found = [partner for partner in partners if _mode(partner) == mode]
        if not found:
            continue
        one, many = sentences[turn % len(sentences)]
        listed = case.words.listed(_described(case, found))
        clauses.append(
            Clause(
                case.ngettext(one, many, len(found), partners=listed),
                cited(partner.cite(*_ROLES) for partner in found),
            )
        )
    return clauses


def _described(case: Case, partners: list[Evidence]) -> list[str]:
    """ "OECD and ILO (since 1998, a memorandum of understanding; joint seminars)", "IATA"."""
    by_details: dict[str, list[str]] = {}
    for partner in partners:
        name = with_article(_name(partner), case.words.language)
        by_details.setdefault(_details(case, partner), []).append(name)
    described = []
    for details, names in by_details.items():
        described += [bracketed(case.words.listed(names), details)] if details else names
    return described


def _details(case: Case, partner: Evidence) -> str:
    told = []
    if since := partner.year("partner_since"):
        told.append(case.gettext("since {year}", year=since))
    basis = partner.phrase("partner_basis")
    if basis and not partner.choice("partner_mode").endswith(partner.choice("partner_basis")):
        told.append(basis)  # an official association need not be called an association again
    details = [", ".join(told)] if told else []
    activity = inside(partner.fragment("partner_activity"))
    if activity and activity.casefold() not in _name(partner).casefold():
        details.append(activity)
    return "; ".join(details)


def _own_accounts(case: Case) -> list[Clause]:
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


def _part_taken(case: Case, voice: Voice) -> str:
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


def _support(case: Case, voice: Voice) -> list[Clause]:
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


def _views_of_states(case: Case) -> list[Clause]:
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
