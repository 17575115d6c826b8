"""Colleagues and questions without a screen: each step of the two stories as somebody would type it."""

from pathlib import Path

from tests.core.cli.conftest import Say

INSTITUTION, FEE = "ISC-A/ISC-A04", "ISC-E/ISC-E20"


def started(say: Say) -> None:
    say("round", "new", "2027", "--title", "Assessment 2027")
    say("new", "--questionnaire", "iscm", "--respondent", "igc", "--round", "2027")
    say("answer", "igc", INSTITUTION, "A house in Geneva")


def test_sections_out_and_back(say: Say, tmp_path: Path) -> None:
    started(say)
    out, back = tmp_path / "for-bela.iscm", tmp_path / "back.iscm"
    words = ("--sections", "ISC-D", "e", "--to", "Bela", "--due", "2027-05-12", "--message", "Please.")
    done = say("delegate", "igc", *words, "-o", out, "--json")
    assert done.code == 0
    assert done.data["delegation"]["sections"] == ["ISC-D", "ISC-E"]
    assert say("merge", out, store="bela").code == 0
    shown = say("show", "igc", "--json", store="bela").data
    assert [section["path"] for section in shown["sections"]] == ["ISC-D", "ISC-E"]
    assert say("answer", "igc", INSTITUTION, "mine", store="bela").code == 1
    assert say("sign-off", "igc", "--name", "B", "--function", "F", store="bela").code == 1
    assert say("answer", "igc", FEE, "120", store="bela").code == 0
    written = say("export", "igc", "-o", back, store="bela")
    assert written.code == 0
    assert "who handed you these sections. Their key: " in written.out
    assert say("merge", back).code == 0
    (row,) = say("delegations", "--json").data
    assert (row["to"], row["due_on"], len(row["returns"])) == ("Bela", "2027-05-12", 1)
    assert "Bela" in say("delegations", "igc").out
    assert say("delegations", "--close", row["id"][:8], "--json").data[0]["is_over"]


def test_a_section_that_is_none_is_refused_in_words(say: Say, tmp_path: Path) -> None:
    started(say)
    said = say("delegate", "igc", "--sections", "ISC-X", "--to", "Bela", "-o", tmp_path / "no.iscm")
    assert said.code == 1
    assert "ISC-X" in said.err
    assert "ISC-A" in said.err
    assert not (tmp_path / "no.iscm").exists()


def test_asked_and_replied_to(say: Say, tmp_path: Path) -> None:
    started(say)
    answers, questions, replies = (tmp_path / f"{name}.iscm" for name in ("answers", "questions", "replies"))
    say("export", "igc", "-o", answers)
    say("merge", answers, store="coordinator")
    asked = say(
        "query",
        "igc",
        INSTITUTION,
        "--text",
        "In which street?",
        "-o",
        questions,
        "--json",
        store="coordinator",
    )
    assert asked.code == 0
    assert say("merge", questions).code == 0
    (query,) = say("queries", "--open", "--json").data
    assert (query["path"], query["text"], query["answer"]) == (
        INSTITUTION,
        "In which street?",
        "A house in Geneva",
    )
    assert "In which street?" in say("queries", "igc").out
    assert say("reply", query["id"][:8], "--text", "Rue de Lausanne.").code == 0
    assert say("queries", "--open", "--json").data == []
    say("export", "igc", "-o", replies)
    say("merge", replies, store="coordinator")
    (closed,) = say("queries", "--json", store="coordinator").data
    assert closed["replies"][0]["text"] == "Rue de Lausanne."
    assert not closed["is_open"]


def test_questions_for_all_respondents(say: Say, tmp_path: Path) -> None:
    started(say)
    say("query", "igc", INSTITUTION, "--text", "In which street?")
    assert say("queries", "-o", tmp_path / "out").code == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["questions-igc-2027.iscm"]
    (query,) = say("queries", "--json").data
    assert say("queries", "--withdraw", query["id"], "--json").data[0]["is_withdrawn"]


def test_a_query_that_is_none(say: Say) -> None:
    started(say)
    assert say("reply", "feed", "--text", "What?").code == 1
    assert say("query", "igc", "ISC-A/nowhere", "--text", "What?").code == 1
    assert say("query", "igc", INSTITUTION, "--text", " ").code == 1


def test_a_file_of_questions_says_for_whom_it_is_and_by_which_key(say: Say, tmp_path: Path) -> None:
    started(say)
    say("export", "igc", "-o", tmp_path / "answers.iscm")
    say("merge", tmp_path / "answers.iscm", store="coordinator")
    one = say(
        "query", "igc", INSTITUTION, "--text", "Where?", "-o", tmp_path / "one.iscm", store="coordinator"
    )
    assert "and readable for whoever gets the file. Signed with your key" in one.out
    several = say("queries", "-o", tmp_path / "several", store="coordinator")
    assert "Each file is for its respondent" in several.out
    assert one.out.rpartition("compare: ")[2] == several.out.rpartition("compare: ")[2]
