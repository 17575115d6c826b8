"""Section 3: secretariat, groups and legal personality; how members hear from one another."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, Passage, spoken
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.names_in_text import name_in_text
from iscm_desktop.summaries.quoted_prose import bracketed, inside
from iscm_desktop.summaries.unphrased_answers import labelled

_SECRETARIATS = {
    "own_secretariat": (
        N_("The {mechanism} has a Secretariat of its own."),
        N_("The {mechanism} has a Secretariat of its own, hosted by {host}."),
    ),
    "own_secretariat_hosted_by_an_organization": (
        N_("The {mechanism} has a Secretariat of its own, which an organization hosts."),
        N_("The {mechanism} has a Secretariat of its own, hosted by {host}."),
    ),
    "provided_by_an_igo": (
        N_("An inter-governmental organization provides the Secretariat."),
        N_("The Secretariat is provided by {host}."),
    ),
    "provided_by_a_regional_union": (
        N_("A regional union provides the Secretariat."),
        N_("The Secretariat is provided by {host}."),
    ),
    "provided_by_the_chair": (
        N_("The Chair provides the Secretariat."),
        N_("The Chair provides the Secretariat, with {host}."),
    ),
    "permanent_state_provided_secretariat": (
        N_("One State provides the Secretariat permanently."),
        N_("The Secretariat is provided permanently by {host}."),
    ),
    "support_unit_only": (
        N_("The {mechanism} has a support unit, but no Secretariat."),
        N_("The {mechanism} has a support unit provided by {host}, but no Secretariat."),
    ),
    "none": (N_("The {mechanism} has no Secretariat."), N_("The {mechanism} has no Secretariat.")),
}

_LEGAL = {
    "the_mechanism_itself": N_("The {mechanism} has legal personality of its own."),
    "a_hosting_organization": N_("Legal personality lies with a hosting organization."),
    "a_regional_union": N_("Legal personality lies with a regional union."),
    "none": N_("The {mechanism} has no legal personality."),
}

_STATUSES = {
    "active": N_("Expert work takes place in the following groups and networks: {groups}."),
    "paused": N_("Paused at present: {groups}."),
    "closed": N_("No longer at work: {groups}."),
}


def secretariat(case: MechanismEvidence) -> tuple[Passage, ...]:
    support = spoken(_secretariat(case), _functions(case), *_working_groups(case), _legal(case))
    return (
        Passage("S3", "secretariat", support),
        Passage("S3", "knowledge", spoken(_communication(case), _knowledge(case))),
    )


def _secretariat(case: MechanismEvidence) -> Clause | None:
    own = case.own
    value, host = (
        own.choice("secretariat_model"),
        name_in_text(own.fragment("secretariat_host"), case.words.language),
    )
    cite = own.cite("secretariat_model", "secretariat_host")
    if value in _SECRETARIATS:
        without, hosted = _SECRETARIATS[value]
        return Clause(case.gettext(hosted, host=host) if host else case.gettext(without), cite)
    if not value and host:
        return Clause(case.gettext("The Secretariat is hosted or provided by {host}.", host=host), cite)
    return labelled(case, own, "secretariat_model")


def _functions(case: MechanismEvidence) -> Clause | None:
    """The choices read on from "The Secretariat"; what a person wrote under "other" need not."""
    functions = case.own.chosen("secretariat_functions")
    other = case.own.fragment("secretariat_functions_other") and functions.pop("other", "")
    told = []
    if functions:
        listed = case.words.listed(functions.values())
        told.append(case.gettext("The Secretariat {functions}.", functions=listed))
    if other and functions:
        told.append(case.gettext("Among its other tasks: {tasks}.", tasks=other))
    elif other:
        told.append(case.gettext("Among the tasks of the Secretariat: {tasks}.", tasks=other))
    if not told:
        return None
    return Clause(" ".join(told), case.own.cite("secretariat_functions"))


def _working_groups(case: MechanismEvidence) -> list[Clause]:
    roles = ("working_group_name", "working_group_themes", "working_group_lead", "working_group_status")
    entries = [entry for entry in case.own.entries(*roles) if entry.fragment("working_group_name")]
    by_status: dict[str, list[Evidence]] = {}
    for entry in entries:
        status = entry.choice("working_group_status")
        by_status.setdefault(status if status in _STATUSES else "active", []).append(entry)
    clauses = []
    for status, sentence in _STATUSES.items():
        if groups := by_status.get(status, []):
            listed = case.words.listed(_working_group(case, group) for group in groups)
            clauses.append(
                Clause(
                    case.gettext(sentence, groups=listed),
                    cited(group.cite(*roles) for group in groups),
                )
            )
    return clauses


def _working_group(case: MechanismEvidence, entry: Evidence) -> str:
    name, themes = inside(entry.fragment("working_group_name")), entry.phrases("working_group_themes")
    details = [theme for theme in themes if theme.casefold() not in name.casefold()]
    told = [case.words.listed(details)] if details else []
    if lead := name_in_text(entry.fragment("working_group_lead"), case.words.language):
        told.append(case.gettext("led by {lead}", lead=lead))
    return bracketed(name, "; ".join(told))


def _legal(case: MechanismEvidence) -> Clause | None:
    own = case.own
    value, host = (
        own.choice("legal_personality"),
        name_in_text(own.fragment("secretariat_host"), case.words.language),
    )
    if value not in _LEGAL:
        return labelled(case, own, "legal_personality")
    if value == "a_hosting_organization" and host:
        sentence = case.gettext("Legal personality lies with {host} as the hosting organization.", host=host)
        return Clause(sentence, own.cite("legal_personality", "secretariat_host"))
    return Clause(case.gettext(_LEGAL[value]), own.cite("legal_personality"))


def _communication(case: MechanismEvidence) -> Clause | None:
    channels = case.own.phrases("communication")
    if not channels:
        return None
    sentence = case.gettext("Members communicate through {channels}.", channels=case.words.listed(channels))
    return Clause(sentence, case.own.cite("communication"))


def _knowledge(case: MechanismEvidence) -> Clause | None:
    own = case.own
    if "none" in own.choices("knowledge_products"):
        none = case.gettext("The {mechanism} offers no knowledge products.")
        return Clause(none, own.cite("knowledge_products"))
    products = own.phrases("knowledge_products")
    if not products:
        return None
    sentence = case.gettext(
        "To manage knowledge, the {mechanism} offers {products}.", products=case.words.listed(products)
    )
    return Clause(sentence, own.cite("knowledge_products"))
