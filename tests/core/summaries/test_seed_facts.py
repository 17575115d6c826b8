"""Every fact of the published summary about the IGC is in the one drafted from the sample answers.

The lists follow the published text section by section. Each fact is a set of words that must all be read in
that section; the wording around them is ours.
"""

import re

import pytest

from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import RoundCounts, Summary
from tests.support.answers import sample_round
from tests.support.summary_texts import all_shown, faults, section_shown, shown

COUNTS = RoundCounts("Assessment 2019", mechanisms=22, states=46, organizations=3)

FACTS = {
    "1": {
        "thirty years": ["1985", "30 years"],
        "transformations of the focus": ["thematic focus is adjusted often", "recast several times"],
        "largest change with the review": ["2004", "strategic review", "largest shift"],
        "comprehensive and multidisciplinary": ["migration as a whole and across disciplines"],
        "asylum": ["asylum and refugee protection"],
        "country of origin": ["country-of-origin information"],
        "technology": ["technology in migration management"],
        "legal migration": ["immigration and regular migration channels"],
        "settlement": ["integration, settlement, inclusion and citizenship"],
        "enforcement": ["border management", "return, readmission", "smuggling", "trafficking"],
        "data": ["migration data"],
        "international engagement": ["international engagement on migration"],
        "transversal": ["transversal and multi-disciplinary themes"],
        "country specific": ["country-specific approaches"],
        "strategy of 2005-2006": ["strategy", "2005–2006"],
        "reviewed in 2014": ["2014"],
        "work plan each semester": ["work plan is adopted every semester", "activities and projects"],
        "carried out by": ["Implementation lies with the Secretariat and Member States"],
        "in consultation": ["in consultation with the Member States"],
        "monitored by": ["follow-up with Senior Officials and IOM"],
    },
    "2": {
        "common practices in asylum": ["Common practices", "above all in the field of asylum"],
        "not an official aim": ["not an official aim"],
        "closer policies and practices": ["policies and practices have moved closer"],
        "where most": ["asylum, technology and legal migration"],
        "where less": ["less so in return and readmission"],
        "court cases": ["information", "court cases"],
        "legislation": ["drafting of laws"],
        "IT systems": ["IT systems"],
        "processes and initiatives": ["international migration processes and initiatives"],
        "no regional policies": ["does not draw up regional policies"],
        "Kosovo": ["crisis in Kosovo", "solutions"],
        "Global Commission": ["Global Commission on International Migration, 2005", "recommendations"],
        "High-level Dialogue": ["High-level Dialogue, 2013", "recommendations"],
        "acknowledged by senior officials": ["senior officials have acknowledged", "feedback"],
    },
    "3": {
        "operating modalities": ["Operating modalities", "restructuring of 2005–2006"],
        "chair": ["Chair rotates"],
        "troika": ["Troika"],
        "steering committee": ["Steering Committee"],
        "secretariat": ["Secretariat of its own"],
        "platform": ["platform for the exchange of information"],
        "knowledge, data, experts": ["manages knowledge, data and networks of experts"],
        "projects": ["starts projects and innovation"],
        "liaison": ["liaison and coordination"],
        "advocacy": ["advocacy and outreach"],
        "advice": ["substantive and technical advice"],
        "working groups": ["working groups"],
        "legal personality": ["Legal personality lies with IOM"],
        "communication": [
            "meetings", "networks of experts", "sharing of reports", "news", "information queries",
            "secure website", "e-mail",
        ],
        "knowledge management": ["manage knowledge", "news, reports, summaries", "database", "archive"],
        "left": ["France, Austria and Italy left"],
        "joined": ["Central and Eastern Europe joined"],
        "observers became members": ["New Zealand, Ireland and Greece moved from observer to member"],
        "stable funding": ["Funding is stable"],
        "fee": ["CHF 120,000", "fee per member State"],
        "in kind": ["contributions in kind"],
        "donations": ["donations by members"],
        "publications": ["publications bring in a small amount"],
        "secretariat from the budget": ["general budget pays for the Secretariat"],
        "travel": ["Delegations pay for their own travel"],
    },
    "4": {
        "past ISCMs": ["In the past", "Budapest Process", "RCM", "APC", "dormant"],
        "present ISCM": ["works regularly with the Bali Process"],
        "regular IGOs": ["OECD, ILO, the Council of Europe and IATA take part regularly"],
        "occasional IGOs": ["ICMPD, the World Bank, UNODC, UNICEF, INTERPOL and IOE", "occasional basis"],
        "associated IGOs": ["IOM and UNHCR", "officially associated", "history", "full member", "benefits"],
        "union": ["European Union is close"],
        "agencies": ["EASO", "Frontex", "EBCG", "Europol", "eu-LISA"],
        "networks": ["networks", "EMN", "GDISC"],
        "civil society": [
            "no formal mechanism of cooperation", "ICMC", "ICVA", "Human Rights Watch", "Detention Watch",
            "RefugePoint",
        ],
        "private sector": [
            "Adecco", "Fragomen Switzerland", "WEF Global Council on Migration", "SHRM", "Seefar",
            "programme of work",
        ],
        "academia": ["internship programme"],
    },
    "5": {
        "forum": ["forum for discussing new and emerging issues"],
        "trust": ["trust-building"],
        "networking": ["networking"],
        "stakeholders": ["access to partners and stakeholders", "private sector"],
        "capacity": ["capacity-building"],
        "advice": ["technical advice and guidance"],
        "expertise passed on": ["long tradition of immigration", "European countries"],
        "continuity": ["continuity in examining migration issues"],
        "good and failed practices": ["knowledge of good and of failed practices"],
        "multidisciplinary": ["multidisciplinary"],
        "global initiatives": ["High-level Dialogue of 2013", "Global Forum", "Global Compact"],
        "five States": ["Five of the 46 States", "Canada, the Netherlands, Norway, Poland and Spain"],
        "Canada: working group": ["working group", "informal"],
        "Canada: opportunities": ["cooperate", "share information", "key partners", "networks", "emerge"],
        "Canada: policy and ties": ["direction of our policy", "shaped", "strong ties"],
        "Poland": ["good practices and experience", "where other IGC Member States stand", "European Union"],
        "Norway": ["platform", "European governments come together", "constructively"],
        "Norway: study visits": ["Study visits to IGC Member States"],
        "Netherlands and Norway": ["like-minded States (the Netherlands and Norway)"],
        "similar approach": ["whose approach to migration resembles ours"],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def summary() -> Summary:
    return draft("igc", sample_round(), COUNTS)


@pytest.mark.parametrize("section", FACTS)
def test_section_holds_every_fact_of_the_published_one(summary: Summary, section: str) -> None:
    text = section_shown(summary.section(section))
    missing = {
        fact: [word for word in wanted if word not in text]
        for fact, wanted in FACTS[section].items()
        if any(word not in text for word in wanted)
    }
    assert not missing


def test_frame_holds_the_facts_of_the_published_one(summary: Summary) -> None:
    text = all_shown(summary)
    assert "46 States, 22 ISCMs and 3 organizations" in text
    assert "Inter-governmental Consultations on Migration, Asylum and Refugees (IGC)" in text
    assert "Security Council resolution 1244 (1999)" in text
    assert summary.heading[0].startswith("International Organization for Migration")


def test_sections_stand_in_the_published_order(summary: Summary) -> None:
    assert [section.key for section in summary.sections] == ["1", "2", "3", "4", "5"]
    leads = [paragraph.lead for paragraph in summary.section("2").paragraphs if paragraph.lead]
    assert leads == ["National", "Regional", "Global"]
    leads = [paragraph.lead for paragraph in summary.section("4").paragraphs if paragraph.lead]
    assert leads == ["ISCMs", "IGOs", "Regional unions", "Civil society", "Private sector", "Academia"]


def test_sample_summaries_read_as_print() -> None:
    for mechanism in ("igc", "sacm", "pidc"):
        assert not faults(draft(mechanism, sample_round(), COUNTS))


def test_no_sentence_opening_wears_out(summary: Summary) -> None:
    for section in summary.sections:
        text = " ".join(map(shown, section.paragraphs))
        openings = [" ".join(sentence.split()[:3]) for sentence in re.split(r"(?<=[.!?”]) ", text)]
        assert max(openings.count(opening) for opening in openings) <= 3


def test_every_paragraph_knows_its_sources(summary: Summary) -> None:
    assert all(paragraph.sources for paragraph in summary.paragraphs())
    keys = [paragraph.key for paragraph in summary.paragraphs()]
    assert len(keys) == len(set(keys))


def test_answers_of_others_stay_out() -> None:
    text = all_shown(draft("pidc", sample_round(), COUNTS))
    assert "Canada" not in text
    assert "15 areas of immigration law" in text
