"""Section 3: secretariat, groups and legal personality; how members hear from one another."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, present
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


def secretariat(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """Support of the mechanism, then how members communicate and share knowledge."""
    support = present(
        _secretariat(evidence), _functions(evidence), *_working_groups(evidence), _legal(evidence)
    )
    return (
        ClauseGroup("S3", "secretariat", support),
        ClauseGroup("S3", "knowledge", present(_communication(evidence), _knowledge(evidence))),
    )


def _secretariat(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    value, host = (
        own.choice("secretariat_model"),
        name_in_text(own.fragment("secretariat_host"), evidence.language.code),
    )
    cite = own.cite("secretariat_model", "secretariat_host")
    if value in _SECRETARIATS:
        without, hosted = _SECRETARIATS[value]
        return Clause(evidence.gettext(hosted, host=host) if host else evidence.gettext(without), cite)
    if not value and host:
        return Clause(evidence.gettext("The Secretariat is hosted or provided by {host}.", host=host), cite)
    return labelled(evidence, own, "secretariat_model")


def _functions(evidence: MechanismEvidence) -> Clause | None:
    """The choices read on from "The Secretariat"; what a person wrote under "other" need not."""
    functions = evidence.own.chosen("secretariat_functions")
    other = evidence.own.fragment("secretariat_functions_other") and functions.pop("other", "")
    told = []
    if functions:
        listed = evidence.language.listed(functions.values())
        told.append(evidence.gettext("The Secretariat {functions}.", functions=listed))
    if other and functions:
        told.append(evidence.gettext("Among its other tasks: {tasks}.", tasks=other))
    elif other:
        told.append(evidence.gettext("Among the tasks of the Secretariat: {tasks}.", tasks=other))
    if not told:
        return None
    return Clause(" ".join(told), evidence.own.cite("secretariat_functions"))


def _working_groups(evidence: MechanismEvidence) -> list[Clause]:
    roles = ("working_group_name", "working_group_themes", "working_group_lead", "working_group_status")
    entries = [entry for entry in evidence.own.entries(*roles) if entry.fragment("working_group_name")]
    by_status: dict[str, list[Evidence]] = {}
    for entry in entries:
        status = entry.choice("working_group_status")
        by_status.setdefault(status if status in _STATUSES else "active", []).append(entry)
    clauses = []
    for status, sentence in _STATUSES.items():
        if groups := by_status.get(status, []):
            listed = evidence.language.listed(_working_group(evidence, group) for group in groups)
            clauses.append(
                Clause(
                    evidence.gettext(sentence, groups=listed),
                    cited(group.cite(*roles) for group in groups),
                )
            )
    return clauses


def _working_group(evidence: MechanismEvidence, entry: Evidence) -> str:
    name, themes = inside(entry.fragment("working_group_name")), entry.phrases("working_group_themes")
    details = [theme for theme in themes if theme.casefold() not in name.casefold()]
    told = [evidence.language.listed(details)] if details else []
    if lead := name_in_text(entry.fragment("working_group_lead"), evidence.language.code):
        told.append(evidence.gettext("led by {lead}", lead=lead))
    return bracketed(name, evidence.language.apart(told))


def _legal(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    value, host = (
        own.choice("legal_personality"),
        name_in_text(own.fragment("secretariat_host"), evidence.language.code),
    )
    if value not in _LEGAL:
        return labelled(evidence, own, "legal_personality")
    if value == "a_hosting_organization" and host:
        sentence = evidence.gettext(
            "Legal personality lies with {host} as the hosting organization.", host=host
        )
        return Clause(sentence, own.cite("legal_personality", "secretariat_host"))
    return Clause(evidence.gettext(_LEGAL[value]), own.cite("legal_personality"))


def _communication(evidence: MechanismEvidence) -> Clause | None:
    channels = evidence.own.phrases("communication")
    if not channels:
        return None
    sentence = evidence.gettext(
        "Members communicate through {channels}.", channels=evidence.language.listed(channels)
    )
    return Clause(sentence, evidence.own.cite("communication"))


def _knowledge(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    if "none" in own.choices("knowledge_products"):
        none = evidence.gettext("The {mechanism} offers no knowledge products.")
        return Clause(none, own.cite("knowledge_products"))
    products = own.phrases("knowledge_products")
    if not products:
        return None
    sentence = evidence.gettext(
        "To manage knowledge, the {mechanism} offers {products}.", products=evidence.language.listed(products)
    )
    return Clause(sentence, own.cite("knowledge_products"))
