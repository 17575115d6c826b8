"""Section 5, its end: which Member States refer to the mechanism, and what each values in it."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause, Passage, spoken
from iscm_desktop.summaries.evidence import cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, Voice
from iscm_desktop.summaries.quoted_prose import capital, sentence_key
from iscm_desktop.summaries.summary import SummaryTable

_NAMED_AT_MOST = 5
"""States that one bracket names; more of them are counted."""


def statements(case: MechanismEvidence) -> tuple[Passage, ...]:
    says = spoken(_count(case), _shared_gains(case))
    return (Passage("S5b", "states", says, case.gettext("What Member States say")), *_statements(case))


def _count(case: MechanismEvidence) -> Clause | None:
    """ "Five of the 46 States that answered refer to the IGC: …"; those not to be named are only counted."""
    count, surveyed = len(case.states), case.counts.states
    if not count:
        return None
    names = [voice.name for voice in case.states if voice.may_be_named]
    if unnamed := count - len(names):
        names.append(case.unnamed(unnamed))
    places = {"states": case.words.listed(names), "surveyed": case.words.counted(surveyed)}
    if count >= surveyed:
        sentence = case.ngettext(
            "The one State that answered refers to the {mechanism}: {states}.",
            "All {count} States that answered refer to the {mechanism}: {states}.",
            count,
            **places,
        )
    else:
        sentence = case.ngettext(
            "One of the {surveyed} States that answered refers to the {mechanism}: {states}.",
            "{count_at_start} of the {surveyed} States that answered refer to the {mechanism}: {states}.",
            count,
            count_at_start=case.words.counted(count).capitalize(),
            **places,
        )
    return Clause(sentence, cited(voice.about.cite("block_mechanism") for voice in case.states), stays=True)


def _statements(case: MechanismEvidence) -> list[Passage]:
    """One paragraph for each State that may be quoted; States that say the same share one."""
    groups: dict[str, list[Voice]] = {}
    for voice in case.quotable_states:
        said = sentence_key(" ".join(voice.about.prose("block_valued")))
        groups.setdefault(said or voice.code, []).append(voice)
    return [
        Passage(
            "S5b",
            "state." + ".".join(voice.code for voice in voices),
            spoken(
                _values(case, voices),
                *(clause for voice in voices for clause in _outcomes(case, voice, is_shared=len(voices) > 1)),
            ),
            case.words.listed(voice.title for voice in voices),
        )
        for voices in groups.values()
    ]  # fmt: skip


def _values(case: MechanismEvidence, voices: list[Voice]) -> Clause:
    shared = cited(voice.about.cite("block_valued") for voice in voices)
    return Clause(case.quoted(voices[0].about.prose("block_valued")), shared)


def _outcomes(case: MechanismEvidence, voice: Voice, *, is_shared: bool) -> tuple[Clause, ...]:
    """An effect at home and initiatives with other members; under a shared lead they say whose they are."""
    about, clauses = voice.about, []
    if said := about.prose("block_effect_example"):
        places = {"state": voice.name, "statement": case.quoted(said)}
        text = (
            case.gettext("An effect in {state}: {statement}", **places)
            if is_shared
            else case.gettext("An effect at home: {statement}", **places)
        )
        clauses.append(Clause(text, about.cite("block_effect_example"), stays=True))
    if said := about.prose("block_initiatives"):
        places = {"state": voice.name, "statement": case.quoted(said)}
        text = (
            case.gettext("What grew out of it for {state}: {statement}", **places)
            if is_shared
            else case.gettext("What grew out of it: {statement}", **places)
        )
        opening = case.gettext("What grew out of the {mechanism}: {statement}", **places)
        clauses.append(Clause(text, about.cite("block_initiatives"), opening, stays=True))
    return tuple(clauses)


def _shared_gains(case: MechanismEvidence) -> Clause | None:
    """What several States tick, in one sentence; long lists of States become their number."""
    by_gain: dict[str, list[Voice]] = {}
    for voice in case.quotable_states:
        for gain in voice.about.phrases("block_gains"):
            by_gain.setdefault(gain, []).append(voice)
    shared = {gain: voices for gain, voices in by_gain.items() if len(voices) > 1}
    if not shared:
        return None
    parts = [f"{gain} ({_who(case, voices)})" for gain, voices in shared.items()]
    sentence = case.gettext("Gains that several of them name are {gains}.", gains=case.words.listed(parts))
    cite = cited(voice.about.cite("block_gains") for voices in shared.values() for voice in voices)
    return Clause(sentence, cite, stays=True)


def _who(case: MechanismEvidence, voices: list[Voice]) -> str:
    if len(voices) > _NAMED_AT_MOST:
        return case.ngettext("{count} State", "{count} States", len(voices))
    return case.words.listed(voice.name for voice in voices)


def states_table(case: MechanismEvidence) -> SummaryTable | None:
    """What each State ticked, to look up; only of States that may be quoted."""
    columns = (
        (case.gettext("Uses most"), "block_parts"),
        (case.gettext("Gains"), "block_gains"),
    )
    voices = [
        voice for voice in case.quotable_states if any(voice.about.phrases(role) for _, role in columns)
    ]
    used = [(title, role) for title, role in columns if any(voice.about.phrases(role) for voice in voices)]
    if not voices:
        return None
    rows = tuple(
        (voice.title, *(capital("; ".join(voice.about.phrases(role))) for _title, role in used))
        for voice in voices
    )
    sources = cited(voice.about.cite(*(role for _, role in used)) for voice in voices).sources
    return SummaryTable("5.states", (case.gettext("State"), *(title for title, _ in used)), rows, sources)
