"""Section 1: how the mechanism's programme and themes have evolved."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, own_words, present
from iscm_desktop.summaries.evidence import Evidence
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.quoted_prose import inside
from iscm_desktop.summaries.strategy import strategy
from iscm_desktop.summaries.unphrased_answers import labelled

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

_LONG = 10


"""Years of work from which on a mechanism's age is worth a word."""


def evolution(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """Foundation and change of focus, the programme in own words, themes, and last the strategy."""
    own = evidence.own
    return (
        ClauseGroup(
            "S1", "focus", present(_founded(evidence), _change(evidence), *_turning_points(evidence))
        ),
        ClauseGroup("S1", "programme", present(own_words(own.prose("evolution"), own.cite("evolution")))),
        ClauseGroup("S1", "themes", present(_themes(evidence), _main_themes(evidence))),
        strategy(evidence),
    )


def _founded(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    if not (year := own.year("founded_year")):
        return None
    now = own.day("period_to")
    age = now.year - int(year) if now else 0
    rounded = age // 5 * 5
    if age >= _LONG and age == rounded:
        sentence = evidence.gettext(
            "Established in {year}, the {mechanism} looks back on {age} years of work.", year=year, age=age
        )
    elif age >= _LONG:
        sentence = evidence.gettext(
            "Established in {year}, the {mechanism} looks back on more than {rounded} years of work.",
            year=year,
            rounded=rounded,
        )
    else:
        sentence = evidence.gettext("The {mechanism} was established in {year}.", year=year)
    return Clause(sentence, own.cite("founded_year", "period_to"))


def _change(evidence: MechanismEvidence) -> Clause | None:
    value = evidence.own.choice("theme_change")
    if value not in _CHANGES:
        return labelled(evidence, evidence.own, "theme_change")
    sentence, opening = _CHANGES[value]
    return Clause(evidence.gettext(sentence), evidence.own.cite("theme_change"), evidence.gettext(opening))


def _turning_points(evidence: MechanismEvidence) -> list[Clause]:
    roles = ("turning_point_year", "turning_point_event", "turning_point_effect")
    points = evidence.own.entries(*roles)
    clauses = []
    for place, point in enumerate(points):
        effect = "\n\n".join(point.prose("turning_point_effect"))
        sentence = _turning_point(evidence, point, place, len(points))
        clauses.append(Clause(f"{sentence} {effect}".strip(), point.cite(*roles)))
    return clauses


def _turning_point(evidence: MechanismEvidence, point: Evidence, place: int, count: int) -> str:
    year = point.year("turning_point_year")
    event = inside(point.fragment("turning_point_event"))
    if year and event:
        if count == 1:
            return evidence.gettext("A turning point came in {year}: {event}.", year=year, event=event)
        if place == 0:
            return evidence.gettext("A first turning point came in {year}: {event}.", year=year, event=event)
        if place % 2:
            return evidence.gettext("Another followed in {year}: {event}.", year=year, event=event)
        return evidence.gettext("The year {year} brought a further one: {event}.", year=year, event=event)
    if event:
        return evidence.gettext("One of its turning points: {event}.", event=event)
    return evidence.gettext("The year {year} was a turning point.", year=year) if year else ""


def _themes(evidence: MechanismEvidence) -> Clause | None:
    themes = evidence.own.phrases("themes")
    if not themes:
        return None
    places = {"themes": evidence.language.listed(themes)}
    return Clause(
        evidence.ngettext(
            "The thematic area on the agenda now is {themes}.",
            "The thematic areas on the agenda now are {themes}.",
            len(themes),
            **places,
        ),
        evidence.own.cite("themes"),
    )


def _main_themes(evidence: MechanismEvidence) -> Clause | None:
    themes = evidence.own.phrases("main_themes")
    if not themes:
        return None
    return Clause(
        evidence.ngettext(
            "The most important area at present is {themes}.",
            "Most important at present are, in this order, {themes}.",
            len(themes),
            themes=evidence.language.listed(themes),
        ),
        evidence.own.cite("main_themes"),
    )
