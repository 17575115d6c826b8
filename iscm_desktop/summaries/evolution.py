"""Section 1: how the mechanism's programme and themes have evolved, and what its work follows."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.case import Case
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.labelled import labelled
from iscm_desktop.summaries.markup import italic
from iscm_desktop.summaries.passages import Clause, Passage, spoken, words
from iscm_desktop.summaries.prose import inside

_CHANGES = {
    "unchanged": (
        N_("Its thematic focus has not changed since."),
        N_("The thematic focus of the {mechanism} has not changed since its establishment."),
    ),
    "adjusted_often_in_small_steps": (
        N_("Its thematic focus is adjusted often, in small steps."),
        N_("The thematic focus of the {mechanism} is adjusted often, in small steps."),
    ),
    "changed_once_after_a_review": (
        N_("Its thematic focus has changed once, after a review."),
        N_("The thematic focus of the {mechanism} has changed once, after a review."),
    ),
    "changed_several_times": (
        N_("Its thematic focus has changed several times."),
        N_("The thematic focus of the {mechanism} has changed several times."),
    ),
    "narrowed": (
        N_("Its thematic focus has narrowed over time."),
        N_("The thematic focus of the {mechanism} has narrowed over time."),
    ),
    "widened": (
        N_("Its thematic focus has widened over time."),
        N_("The thematic focus of the {mechanism} has widened over time."),
    ),
}

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

_LONG = 10
"""Years of work from which on a mechanism's age is worth a word."""


def evolution(case: Case) -> tuple[Passage, ...]:
    own = case.own
    return (
        Passage("S1", "focus", spoken(_founded(case), _change(case), *_turning_points(case))),
        Passage("S1", "programme", spoken(words(own.prose("evolution"), own.cite("evolution")))),
        Passage("S1", "themes", spoken(_themes(case), _main_themes(case))),
        Passage("S1", "strategy", spoken(*_documents(case), _cycle(case), _carried_out(case))),
    )


def _founded(case: Case) -> Clause | None:
    own = case.own
    if not (year := own.year("founded_year")):
        return None
    now = own.day("period_to")
    age = now.year - int(year) if now else 0
    rounded = age // 5 * 5
    if age >= _LONG and age == rounded:
        sentence = case.gettext(
            "Established in {year}, the {mechanism} looks back on {age} years of work.", year=year, age=age
        )
    elif age >= _LONG:
        sentence = case.gettext(
            "Established in {year}, the {mechanism} looks back on more than {rounded} years of work.",
            year=year,
            rounded=rounded,
        )
    else:
        sentence = case.gettext("The {mechanism} was established in {year}.", year=year)
    return Clause(sentence, own.cite("founded_year", "period_to"))


def _change(case: Case) -> Clause | None:
    value = case.own.choice("theme_change")
    if value not in _CHANGES:
        return labelled(case, case.own, "theme_change")
    sentence, opening = _CHANGES[value]
    return Clause(case.gettext(sentence), case.own.cite("theme_change"), case.gettext(opening))


def _turning_points(case: Case) -> list[Clause]:
    roles = ("turning_point_year", "turning_point_event", "turning_point_effect")
    points = case.own.entries(*roles)
    clauses = []
    for place, point in enumerate(points):
        effect = "\n\n".join(point.prose("turning_point_effect"))
        sentence = _turning_point(case, point, place, len(points))
        clauses.append(Clause(f"{sentence} {effect}".strip(), point.cite(*roles)))
    return clauses


def _turning_point(case: Case, point: Evidence, place: int, count: int) -> str:
    year = point.year("turning_point_year")
    event = inside(point.fragment("turning_point_event"))
    if year and event:
        if count == 1:
            return case.gettext("A turning point came in {year}: {event}.", year=year, event=event)
        if place == 0:
            return case.gettext("A first turning point came in {year}: {event}.", year=year, event=event)
        if place % 2:
            return case.gettext("Another followed in {year}: {event}.", year=year, event=event)
        return case.gettext("The year {year} brought a further one: {event}.", year=year, event=event)
    if event:
        return case.gettext("One of its turning points: {event}.", event=event)
    return case.gettext("The year {year} was a turning point.", year=year) if year else ""


def _themes(case: Case) -> Clause | None:
    themes = case.own.phrases("themes")
    if not themes:
        return None
    places = {"themes": case.words.listed(themes)}
    return Clause(
        case.ngettext(
            "The thematic area on the agenda now is {themes}.",
            "The thematic areas on the agenda now are {themes}.",
            len(themes),
            **places,
        ),
        case.own.cite("themes"),
    )


def _main_themes(case: Case) -> Clause | None:
    themes = case.own.phrases("main_themes")
    if not themes:
        return None
    return Clause(
        case.ngettext(
            "The most important area at present is {themes}.",
            "Most important at present are, in this order, {themes}.",
            len(themes),
            themes=case.words.listed(themes),
        ),
        case.own.cite("main_themes"),
    )


def _documents(case: Case) -> list[Clause]:
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


def _document(case: Case, entry: Evidence) -> str:
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


def _cycle(case: Case) -> Clause | None:
    value = case.own.choice("work_plan_cycle")
    if value not in _CYCLES:
        return labelled(case, case.own, "work_plan_cycle")
    return Clause(case.gettext(_CYCLES[value]), case.own.cite("work_plan_cycle"))


def _carried_out(case: Case) -> Clause | None:
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
