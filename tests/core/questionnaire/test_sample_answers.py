"""The sample round's answers fit the questionnaires, and hold the public facts.

D-01 Each file fills its questionnaire without a finding.
D-02 The mechanism's answers and those of five States hold what the published summary of the IGC says.
D-03 What is not public says that it is a sample.
"""

import json
from datetime import UTC, datetime

import pytest

from iscm_desktop.paths import resource
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession

FILES = sorted(resource("demo", "answers").glob("*.json"), key=lambda path: path.name)


def read(name):
    return json.loads(resource("demo", "answers", f"{name}.json").read_text(encoding="utf-8"))


def filled(sample):
    session = FormSession(shipped(sample["form"]), clock=lambda: datetime(2026, 11, 21, tzinfo=UTC))
    fill_session(session, sample["answers"])
    return session


def everything_said(session):
    return "\n".join(text for answer in session.answers() for text in (answer.text, *answer.labels))


@pytest.fixture(scope="module")
def igc():
    return filled(read("igc"))


def partners_of(session):
    found = {}
    for entry in session.repeat("ISC-F/ISC-F01").entries:
        name, kind, mode = (session.view(f"{entry.path}/ISC-F01.{number}").text for number in (1, 2, 3))
        found[name] = (kind, mode)
    return found


def test_the_round_has_three_mechanisms_five_states_and_an_organization():
    forms = [read(path.stem)["form"] for path in FILES]
    assert [forms.count(form) for form in ("iscm", "state", "organization")] == [3, 5, 1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_fills_its_questionnaire(path):
    """D-01."""
    sample = read(path.stem)
    session = filled(sample)
    assert session.findings() == ()
    assert not session.withdrawn()
    assert {sample[key] != "" for key in ("author", "organization", "signed_by", "signed_function")} == {True}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_in_a_file_is_hidden_by_its_other_answers(path):
    """D-01: an answer that no one is asked for would be lost in the documents."""
    sample = read(path.stem)

    def count(answers):
        return sum(
            sum(count(entry) for entry in value)
            if value and isinstance(value, list) and isinstance(value[0], dict)
            else 1
            for value in answers.values()
        )

    assert len(filled(sample).answers()) == count(sample["answers"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_names_its_respondent(path):
    sample = read(path.stem)
    form, respondent = sample["form"], sample["respondent"]
    naming = {"iscm": "ISC-A01", "state": "STA-A01", "organization": "IGO-A01"}[form]
    assert sample["answers"][naming] == registers.identity_answer(form, respondent)
    assert registers.respondent_name(form, respondent) != respondent


def test_partners_are_spelled_as_in_the_register():
    """D-01."""
    for name in ("igc", "pidc", "sacm"):
        for partner in partners_of(filled(read(name))):
            assert registers.partner_named(partner), partner


@pytest.mark.parametrize(
    "fact",
    [
        "2004",
        "2014",
        "2005–2006",
        "Asylum and refugee protection",
        "Country-of-origin information",
        "Technology in migration management",
        "Immigration and regular migration channels",
        "Integration, settlement, inclusion and citizenship",
        "Return, readmission and reintegration",
        "Counter-smuggling",
        "Counter-trafficking",
        "Border management",
        "Migration data",
        "International engagement on migration",
        "Transversal and multi-disciplinary themes",
        "Country-specific approaches",
        "Every semester",
        "in consultation with the Member States",
        "Senior officials",
        "court case",
        "IT systems",
        "less so in return and readmission",
        "Kosovo",
        "does not draw up regional policies",
        "Global Commission on International Migration, 2005",
        "High-level Dialogue, 2013",
        "senior officials have acknowledged",
        "perating modalities",
        "Steering Committee",
        "One chair, rotating",
        "Is a platform for exchanging information",
        "Manages knowledge, data and networks of experts",
        "Starts projects and innovation",
        "liaison and coordination",
        "advocacy and outreach",
        "substantive or technical advice",
        "An organization that hosts it",
        "Information queries among members",
        "Secure website",
        "E-mail",
        "Database",
        "Archive of documents",
        "Central and Eastern Europe",
        "120000",
        "CHF – Swiss Franc",
        "Contributions in kind",
        "Sale of publications",
        "Each delegation pays its own",
        "general budget pays for the Secretariat",
        "neither has the status of a full member",
        "no formal mechanism of cooperation",
        "internship programme",
        "A forum for new and emerging issues",
        "Trust between States",
        "Continuity",
        "practices that worked and that failed",
        "A way to feed into global processes",
        "Countries with a long tradition of immigration",
        "Global Forum on Migration and Development",
        "Global Compact",
    ],
)
def test_a_fact_of_the_published_summary_is_answered(igc, fact):
    """D-02."""
    assert fact in everything_said(igc)


@pytest.mark.parametrize(
    ("kind", "mode", "names"),
    [
        (
            "iscm",
            "past",
            ["Budapest Process", "Regional Conference on Migration", "Asia-Pacific Consultations"],
        ),
        ("iscm", "regular", ["Bali Process"]),
        ("igo", "regular", ["OECD", "ILO", "Council of Europe", "IATA"]),
        ("igo", "occasional", ["ICMPD", "World Bank", "UNODC", "UNICEF", "INTERPOL", "IOE"]),
        ("igo", "official_association", ["IOM", "UNHCR"]),
        ("regional_union", "regular", ["European Union"]),
        ("agency_or_network", "regular", ["EASO", "Frontex", "Europol", "eu-LISA", "EMN", "GDISC"]),
        (
            "civil_society",
            "occasional",
            ["ICMC", "ICVA", "Human Rights Watch", "Detention Watch", "RefugePoint"],
        ),
        ("private_sector", "regular", ["Adecco", "Fragomen", "World Economic Forum", "SHRM", "Seefar"]),
        ("academia", "regular", ["internship"]),
    ],
)
def test_partners_of_the_igc_under_their_type(igc, kind, mode, names):
    """D-02."""
    filed = [name for name, where in partners_of(igc).items() if where == (kind, mode)]
    assert len(filed) == len(names)
    for name in names:
        assert any(name in partner for partner in filed), name


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("France", "left"),
        ("Austria", "left"),
        ("Italy", "left"),
        ("New Zealand", "observer_became_member"),
        ("Ireland", "observer_became_member"),
        ("Greece", "observer_became_member"),
        ("States of Central and Eastern Europe", "joined_as_member"),
    ],
)
def test_changes_in_the_membership_of_the_igc(who, change):
    """D-02."""
    assert {"ISC-E17.1": who, "ISC-E17.2": change} in read("igc")["answers"]["ISC-E17"]


@pytest.mark.parametrize(
    ("state", "valued"),
    [
        (
            "can",
            ["working group", "informal", "key partners", "networks", "emerge", "direction of our policy"],
        ),
        ("nld", ["like-minded States"]),
        ("nor", ["platform", "European governments", "Study visits", "like-minded States"]),
        ("pol", ["good practices", "European Union"]),
        ("esp", ["Spain refers to the IGC"]),
    ],
)
def test_what_each_state_values(state, valued):
    """D-02."""
    session = filled(read(state))
    assert [answer.text for answer in session.answers() if answer.question.name == "STA-C01"] == ["igc"]
    for words in valued:
        assert words in everything_said(session)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_people_in_the_sample_are_marked(path):
    """D-03."""
    sample = read(path.stem)
    for name, value in sample["answers"].items():
        if isinstance(value, str) and "@" in value:
            assert value.endswith(".example"), name
    assert "ample" in sample["author"]
    assert "ample" in sample["signed_by"]


def test_the_conflict_is_about_one_answer_in_two_wordings():
    story = json.loads(resource("demo", "conflict.json").read_text(encoding="utf-8"))
    igc = read("igc")
    name = story["path"].rpartition("/")[2]
    assert story["form"] == igc["form"]
    assert story["respondent"] == igc["respondent"]
    values = [side["value"] for side in story["sides"]]
    assert len({igc["answers"].get(name, ""), *values}) == 3
    assert story["settled"]["value"] in values
    assert story["settled"]["reason"]
    for value in values:
        assert filled({**igc, "answers": {**igc["answers"], name: value}}).findings() == ()
