"""Section 3, first half: documents, chair, bodies, secretariat, working groups, legal personality, media."""

from __future__ import annotations

import re
from datetime import date

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.case import Case
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.labelled import labelled
from iscm_desktop.summaries.markup import italic
from iscm_desktop.summaries.naming import name_in_text
from iscm_desktop.summaries.passages import Clause, Passage, spoken
from iscm_desktop.summaries.prose import bracketed, inside

_CHAIRS = {
    "one_rotating_chair": N_("The Chair rotates among the members{term}."),
    "rotating_co_chairs": N_("Co-Chairs rotate among the members{term}."),
    "permanent_chair": N_("The {mechanism} has a permanent Chair."),
    "permanent_co_chairs": N_("The {mechanism} has permanent Co-Chairs."),
    "regional_organization_leads": N_("A regional organization leads the {mechanism}."),
    "collective_group": N_("A group of members leads the {mechanism} collectively."),
    "none": N_("The {mechanism} has no Chair."),
}

_DECISIONS = {
    "consensus": N_("Conclusions are adopted by consensus."),
    "majority": N_("Conclusions are adopted by majority."),
    "chair_summary": N_("The Chair sums up the discussion; no conclusions are put to the members."),
    "no_formal_conclusions": N_("No formal conclusions are adopted."),
}

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
    "active": (
        N_("Expert work takes place in the following groups and networks: {groups}."),
        N_("Expert work takes place in the following groups and networks: {groups}."),
    ),
    "paused": (N_("Paused at present: {groups}."), N_("Paused at present: {groups}.")),
    "closed": (N_("No longer at work: {groups}."), N_("No longer at work: {groups}.")),
}


def structures(case: Case) -> tuple[Passage, ...]:
    governance = spoken(
        _documents(case), _chair(case), _troika(case), *_chairs(case), _bodies(case), _decisions(case)
    )
    support = spoken(_secretariat(case), _functions(case), *_working_groups(case), _legal(case))
    return (
        Passage("S3", "governance", governance),
        Passage("S3", "secretariat", support),
        Passage("S3", "knowledge", spoken(_communication(case), _knowledge(case))),
    )


def _documents(case: Case) -> Clause | None:
    roles = ("governing_title", "governing_kind", "governing_date", "governing_link")
    entries = [entry for entry in case.own.entries(*roles) if entry.fragment("governing_title")]
    if not entries:
        return None
    listed = case.words.listed(_document(case, entry) for entry in entries)
    return Clause(
        case.gettext("The {mechanism} is governed by {documents}.", documents=listed),
        cited(entry.cite(*roles) for entry in entries),
    )


def _document(case: Case, entry: Evidence) -> str:
    title, kind = entry.fragment("governing_title"), entry.phrase("governing_kind")
    details = [kind] if kind and not entry.repeats("governing_kind", title) else []
    if day := entry.day("governing_date"):
        details.append(case.gettext("adopted {date}", date=_on(case, day)))
    if link := entry.fragment("governing_link"):
        details.append(link)
    return f"{italic(title)} ({', '.join(details)})" if details else italic(title)


def _on(case: Case, day: date) -> str:
    shown = case.words.date_or_year(day)
    return case.gettext("in {year}", year=shown) if shown.isdigit() else case.gettext("on {day}", day=shown)


def _chair(case: Case) -> Clause | None:
    own = case.own
    value, term = own.choice("chair_model"), _term(case)
    if value not in _CHAIRS:
        return labelled(case, own, "chair_model")
    return Clause(case.gettext(_CHAIRS[value], term=term), own.cite("chair_model", "chair_term"))


def _term(case: Case) -> str:
    """ ", each for two years"; "" where the length was not answered."""
    months = case.own.number("chair_term")
    if months is None:
        return ""
    if months % 12 == 0:
        years = int(months // 12)
        return case.ngettext(", each for one year", ", each for {count} years", years)
    return case.ngettext(", each for one month", ", each for {count} months", int(months))


def _troika(case: Case) -> Clause | None:
    if case.own.choice("troika") != "yes":
        return None
    return Clause(
        case.gettext("The past, the present and the next Chair form a Troika."), case.own.cite("troika")
    )


def _chairs(case: Case) -> list[Clause]:
    roles = ("chair_name", "chair_from", "chair_to")
    entries = [entry for entry in case.own.entries(*roles) if entry.fragment("chair_name")]
    present = [entry for entry in entries if not entry.year("chair_to")]
    former = [entry for entry in entries if entry.year("chair_to")]
    clauses = []
    if present:
        listed = case.words.listed(_held(case, entry) for entry in present)
        clauses.append(
            Clause(
                case.ngettext(
                    "At present the Chair is held by {chairs}.",
                    "At present the Chairs are {chairs}.",
                    len(present),
                    chairs=listed,
                ),
                cited(entry.cite(*roles) for entry in present),
            )
        )
    if former:
        listed = case.words.listed(_held(case, entry) for entry in former)
        clauses.append(
            Clause(
                case.gettext("Earlier it was held by {chairs}.", chairs=listed)
                if present
                else case.gettext("It has been held by {chairs}.", chairs=listed),
                cited(entry.cite(*roles) for entry in former),
                case.gettext("The Chair of the {mechanism} has been held by {chairs}.", chairs=listed),
            )
        )
    return clauses


def _held(case: Case, entry: Evidence) -> str:
    name = name_in_text(entry.fragment("chair_name"), case.words.language)
    since, until = entry.year("chair_from"), entry.year("chair_to")
    if since and until and since != until:
        return bracketed(name, f"{since}–{until}")
    if since and not until:
        return bracketed(name, case.gettext("since {year}", year=since))
    return bracketed(name, until)


def _bodies(case: Case) -> Clause | None:
    roles = ("body_level", "body_name", "body_frequency", "body_composition", "body_last_met")
    entries = [
        entry for entry in case.own.entries(*roles) if entry.answer("body_name") or entry.answer("body_level")
    ]
    if not entries:
        return None
    listed = case.words.listed(_body(case, entry) for entry in entries)
    return Clause(
        case.ngettext(
            "It works through {bodies}.",
            "It works through the following bodies: {bodies}.",
            len(entries),
            bodies=listed,
        ),
        cited(entry.cite(*roles) for entry in entries),
        case.ngettext(
            "The {mechanism} works through {bodies}.",
            "The {mechanism} works through the following bodies: {bodies}.",
            len(entries),
            bodies=listed,
        ),
    )


def _body(case: Case, entry: Evidence) -> str:
    """ "the Steering Committee (senior officials, meets every semester)"."""
    name, level = entry.fragment("body_name"), entry.phrase("body_level")
    details = [_frequency(case, entry)]
    if name and level and not entry.repeats("body_level", name):
        details.insert(0, level)
    if day := entry.day("body_last_met"):
        details.append(case.gettext("last met {date}", date=_on(case, day)))
    details.append(inside(entry.fragment("body_composition")))
    told = "; ".join(detail for detail in details if detail)
    shown = case.gettext("the {body}", body=re.sub(r"^[Tt]he ", "", name)) if name else level
    return bracketed(shown, told)


def _frequency(case: Case, entry: Evidence) -> str:
    frequency = entry.phrase("body_frequency")
    if not frequency:
        return ""
    if entry.choice("body_frequency") == "never_so_far":
        return case.gettext("has not met so far")
    if entry.choice("body_frequency") == "multi_year":
        return case.gettext("meets at intervals of several years")
    return case.gettext("meets {frequency}", frequency=frequency)


def _decisions(case: Case) -> Clause | None:
    value = case.own.choice("decisions")
    if value not in _DECISIONS:
        return labelled(case, case.own, "decisions")
    return Clause(case.gettext(_DECISIONS[value]), case.own.cite("decisions"))


def _secretariat(case: Case) -> Clause | None:
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


def _functions(case: Case) -> Clause | None:
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


def _working_groups(case: Case) -> list[Clause]:
    roles = ("working_group_name", "working_group_themes", "working_group_lead", "working_group_status")
    entries = [entry for entry in case.own.entries(*roles) if entry.fragment("working_group_name")]
    by_status: dict[str, list[Evidence]] = {}
    for entry in entries:
        status = entry.choice("working_group_status")
        by_status.setdefault(status if status in _STATUSES else "active", []).append(entry)
    clauses = []
    for status, (one, many) in _STATUSES.items():
        if groups := by_status.get(status, []):
            listed = case.words.listed(_working_group(case, group) for group in groups)
            clauses.append(
                Clause(
                    case.ngettext(one, many, len(groups), groups=listed),
                    cited(group.cite(*roles) for group in groups),
                )
            )
    return clauses


def _working_group(case: Case, entry: Evidence) -> str:
    name, themes = inside(entry.fragment("working_group_name")), entry.phrases("working_group_themes")
    details = [theme for theme in themes if theme.casefold() not in name.casefold()]
    told = [case.words.listed(details)] if details else []
    if lead := name_in_text(entry.fragment("working_group_lead"), case.words.language):
        told.append(case.gettext("led by {lead}", lead=lead))
    return bracketed(name, "; ".join(told))


def _legal(case: Case) -> Clause | None:
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


def _communication(case: Case) -> Clause | None:
    channels = case.own.phrases("communication")
    if not channels:
        return None
    sentence = case.gettext("Members communicate through {channels}.", channels=case.words.listed(channels))
    return Clause(sentence, case.own.cite("communication"))


def _knowledge(case: Case) -> Clause | None:
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
