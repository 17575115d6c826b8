"""The facts panel: what readers look up first, in a word or two."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.questionnaire import registers
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import CitedAnswer
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.membership_funding import shown_fee
from iscm_desktop.summaries.names_in_text import name_in_text
from iscm_desktop.summaries.quoted_prose import capital
from iscm_desktop.summaries.summary import Fact

LEVELS = {
    "rcp": N_("Regional consultative process"),
    "irf": N_("Interregional forum"),
    "global": N_("Global process"),
}
"""What kinds of mechanisms there are, by the register's word."""

_CHAIRS = {
    "one_rotating_chair": N_("Rotating"),
    "rotating_co_chairs": N_("Rotating co-chairs"),
    "permanent_chair": N_("Permanent"),
    "permanent_co_chairs": N_("Permanent co-chairs"),
    "regional_organization_leads": N_("A regional organization leads"),
    "collective_group": N_("A group of members"),
    "none": N_("None"),
}

_SECRETARIATS = {
    "own_secretariat": (N_("Own"), N_("Own, hosted by {host}")),
    "own_secretariat_hosted_by_an_organization": (N_("Own, hosted"), N_("Own, hosted by {host}")),
    "provided_by_an_igo": (N_("Provided by an IGO"), N_("Provided by {host}")),
    "provided_by_a_regional_union": (N_("Provided by a regional union"), N_("Provided by {host}")),
    "provided_by_the_chair": (N_("Provided by the Chair"), N_("Provided by the Chair")),
    "permanent_state_provided_secretariat": (N_("Provided by one State"), N_("Provided by {host}")),
    "support_unit_only": (N_("Support unit only"), N_("Support unit by {host}")),
    "none": (N_("None"), N_("None")),
}


def facts(evidence: MechanismEvidence) -> tuple[Fact, ...]:
    """Only what is known; the last two are always there."""
    found = (
        _kind(evidence),
        _established(evidence),
        _chair(evidence),
        _secretariat(evidence),
        _fee(evidence),
        _work_plan(evidence),
    )
    return (*(fact for fact in found if fact.value), _answers(evidence), _status(evidence))


def _fact(label: str, value: str, cited: CitedAnswer = CitedAnswer()) -> Fact:  # noqa: B008 - frozen
    return Fact(label, value, cited.sources)


def _kind(evidence: MechanismEvidence) -> Fact:
    registered = registers.mechanism(evidence.mechanism)
    kind = LEVELS.get(registered.kind, "") if registered else ""
    return _fact(evidence.gettext("Level"), evidence.gettext(kind) if kind else "")


def _established(evidence: MechanismEvidence) -> Fact:
    own = evidence.own
    return _fact(evidence.gettext("Established"), own.year("founded_year"), own.cite("founded_year"))


def _chair(evidence: MechanismEvidence) -> Fact:
    own = evidence.own
    value = own.choice("chair_model")
    shown = evidence.gettext(_CHAIRS[value]) if value in _CHAIRS else capital(own.phrase("chair_model"))
    if shown and own.choice("troika") == "yes":
        shown = evidence.gettext("{chair}, with Troika", chair=shown)
    return _fact(evidence.gettext("Chair"), shown, own.cite("chair_model", "troika"))


def _secretariat(evidence: MechanismEvidence) -> Fact:
    own = evidence.own
    value, host = (
        own.choice("secretariat_model"),
        name_in_text(own.fragment("secretariat_host"), evidence.language.code),
    )
    shown = capital(own.phrase("secretariat_model"))
    if value in _SECRETARIATS:
        without, hosted = _SECRETARIATS[value]
        shown = evidence.gettext(hosted, host=host) if host else evidence.gettext(without)
    return _fact(evidence.gettext("Secretariat"), shown, own.cite("secretariat_model", "secretariat_host"))


def _fee(evidence: MechanismEvidence) -> Fact:
    return _fact(
        evidence.gettext("Yearly fee per State"),
        shown_fee(evidence),
        evidence.own.cite("fee", "fee_currency"),
    )


def _work_plan(evidence: MechanismEvidence) -> Fact:
    own = evidence.own
    return _fact(
        evidence.gettext("Work plan"), capital(own.phrase("work_plan_cycle")), own.cite("work_plan_cycle")
    )


def _answers(evidence: MechanismEvidence) -> Fact:
    """Digits, unlike in prose: it is a panel."""
    told = []
    for count, (one, many) in (
        (int(bool(evidence.own)), NN_("{number} ISCM", "{number} ISCMs")),
        (len(evidence.states), NN_("{number} State", "{number} States")),
        (len(evidence.organizations), NN_("{number} organization", "{number} organizations")),
    ):
        if count:
            told.append(evidence.ngettext(one, many, count, number=evidence.language.number(count)))
    return _fact(evidence.gettext("Answers used"), ", ".join(told) or evidence.gettext("None"))


def _status(evidence: MechanismEvidence) -> Fact:
    statuses = {
        "no": N_("Not for publication"),
        "yes_after_seeing_the_draft": N_("Draft, to be shown to the mechanism"),
    }
    status = statuses.get(evidence.own.choice("consent"), N_("Draft"))
    return _fact(evidence.gettext("Status"), evidence.gettext(status), evidence.own.cite("consent"))
