"""Section 2, seen by others: what States and organizations say about the contribution of the mechanism."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause
from iscm_desktop.summaries.evidence import cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, Voice


def effects_in_states(case: MechanismEvidence) -> Clause | None:
    """What States report themselves, by kind of effect; who may not be named or quoted is counted."""
    by_effect: dict[str, list[Voice]] = {}
    for voice in case.states:
        for effect in voice.about.phrases("block_effects"):
            by_effect.setdefault(effect, []).append(voice)
    if not by_effect:
        return None
    parts = [f"{effect} ({_who(case, voices)})" for effect, voices in by_effect.items()]
    sentence = case.gettext(
        "Effects that States report themselves include {effects}.", effects=case.words.listed(parts)
    )
    return Clause(sentence, cited(voice.about.cite("block_effects") for voice in case.states))


def _who(case: MechanismEvidence, voices: list[Voice]) -> str:
    named = [voice.name for voice in voices if voice.may_be_quoted]
    if others := len(voices) - len(named):
        named.append(case.unnamed(others))
    return case.words.listed(named)


def initiatives(case: MechanismEvidence) -> Clause | None:
    """Points to section 5, where each State's words stand together."""
    voices = [voice for voice in case.quotable_states if voice.about.prose("block_initiatives")]
    if not voices:
        return None
    sentence = case.ngettext(
        "{states} reports initiatives with other members that grew out of the {mechanism} (see section 5).",
        "{states} report initiatives with other members that grew out of the {mechanism} (see section 5).",
        len(voices),
        states=case.words.listed(voice.name for voice in voices),
    )
    return Clause(sentence, cited(voice.about.cite("block_initiatives") for voice in voices))


def forums(case: MechanismEvidence) -> Clause | None:
    """Only from States that refer to this mechanism alone: the question does not say which one helped."""
    by_forum: dict[str, list[Voice]] = {}
    voices = [voice for voice in case.states if voice.is_sole and voice.whole.phrases("state_global_forums")]
    for voice in voices:
        for forum in voice.whole.phrases("state_global_forums"):
            by_forum.setdefault(forum, []).append(voice)
    if not by_forum:
        return None
    parts = [f"{forum} ({_who(case, voices)})" for forum, voices in by_forum.items()]
    sentence = case.gettext("It helped States to prepare for {forums}.", forums=case.words.listed(parts))
    opening = case.gettext(
        "The {mechanism} helped States to prepare for {forums}.", forums=case.words.listed(parts)
    )
    return Clause(sentence, cited(voice.whole.cite("state_global_forums") for voice in voices), opening)


def uses_for_compact(case: MechanismEvidence) -> list[Clause]:
    clauses = []
    for voice in case.quotable_states:
        said = voice.whole.prose("gcm_how")
        mechanisms = voice.whole.choices("gcm_mechanisms")
        if said and (case.mechanism in mechanisms or (voice.is_sole and not mechanisms)):
            text = case.gettext(
                "How {state} uses the {mechanism} for the Global Compact: {statement}",
                state=voice.name,
                statement=case.quoted(said),
            )
            clauses.append(Clause(text, voice.whole.cite("gcm_how", "gcm_mechanisms")))
    return clauses


def examples_of_organizations(case: MechanismEvidence, level: str) -> list[Clause]:
    roles = ("organization_example_mechanism", "organization_example_level", "organization_example")
    clauses = []
    for voice in case.quotable_organizations:
        for entry in voice.whole.entries(*roles):
            said = entry.prose("organization_example")
            is_about = entry.choice("organization_example_mechanism") == case.mechanism
            if said and is_about and entry.choice("organization_example_level") == level:
                text = case.gettext(
                    "As {organization} sees it: {statement}",
                    organization=voice.name,
                    statement=case.quoted(said),
                )
                clauses.append(Clause(text, entry.cite(*roles), stays=True))
    return clauses
