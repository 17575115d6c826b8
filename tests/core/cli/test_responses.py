"""Responses, merging and documents on the command line: the whole job without a screen.

C-01 An answer is saved at once and can be shown, checked and traced.
C-02 A response is found by its id, the beginning of it, or its respondent.
C-03 Exported files merge in another store; the same file twice brings nothing new.
C-04 Two answers to one question are a conflict until somebody settles it; a merge can be taken back.
C-05 A file that is no package is refused in words, and the others go on.
C-06 What is not for publication is marked, listed, and left out of the public edition.
C-07 A newer version of the questionnaire is used when somebody says so; what it no longer asks stays in view.
C-08 Answers of an earlier round are offered, confirmed and compared.
C-09 What the registers propose is taken over or declined; until then it counts for nothing.
C-10 A section or repeat has nothing to report where somebody says so.
"""

import json
from pathlib import Path

import pytest

from iscm_desktop.exchange.trust.age_encryption import new_identity, recipient_of
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.core.cli.conftest import Say
from tests.core.workspace.test_versions import newer_form
from tests.support.claimed_promises import forged
from tests.support.pdf_text import page_texts


def started(say: Say, store: str = "store") -> str:
    response: str = say("new", "--questionnaire", "iscm", "--respondent", "igc", "--json", store=store).data[
        "response"
    ]
    return response


def exported(say: Say, tmp_path: Path, year: int, store: str) -> Path:
    started(say, store)
    say("answer", "igc", "ISC-B01", year, store=store)
    package = tmp_path / f"{store}.iscm"
    assert say("export", "igc", "-o", package, store=store).code == 0
    return package


def test_an_answer_is_saved_shown_and_traced(say: Say) -> None:
    """C-01, C-02."""
    response = started(say)
    say("person", "--name", "A. Diallo", "--organization", "Secretariat")
    assert say("answer", response[:8], "ISC-B/ISC-B01", "1985").out.startswith("1 answer saved.")
    answers = {one["path"]: one["value"] for one in say("show", "IGC", "--json").data["answers"]}
    assert answers["ISC-B/ISC-B01"] == 1985
    assert "A. Diallo" in say("history", "igc", "ISC-B/ISC-B01").out


def test_every_listing_has_the_numbers_of_questions(say: Say) -> None:
    """C-01: as the form, the review and the PDF have them; entries are named beside the numbers of their questions."""
    started(say)
    say("answer", "igc", "ISC-B01", "1985")
    year = "ISC-B/ISC-B01  B01 In which year was the mechanism established?"
    shown = say("show", "igc")
    assert "B Evolution of programming" in shown.out
    assert f"  {year}: 1985" in shown.out
    assert say("show", "igc", "--json").data["answers"][-1]["number"] == "B01"
    assert say("history", "igc", "ISC-B/ISC-B01").out.startswith(f"{year}\n")
    assert say("restrict", "igc", "ISC-B01").out == f"{year}\n"
    say("query", "igc", "ISC-B/ISC-B01", "--text", "Are you sure?")
    assert f"{year}\n" in say("queries").out
    assert say("nothing", "igc", "ISC-D").code == 0
    assert say("nothing", "igc").out.startswith("ISC-D  D ")


def test_a_finding_names_its_number_and_its_entry(say: Say, tmp_path: Path) -> None:
    """C-01"""
    say("new", "--questionnaire", "state", "--respondent", "KEN")
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"STA-C00": [{"STA-C01": "igc"}, {"STA-C01": "other"}]}))
    say("answer", "KEN", "--from", answers)
    lines = [line for line in say("check", "KEN").out.splitlines() if "/STA-C04 " in line]
    assert [line.partition("  ")[2].partition(":")[0] for line in lines] == [
        "C1.4 At which level do you usually attend? (1 · Inter-governmental Consultations on Migration, Asylum and "
        "Refugees (IGC))",
        "C2.4 At which level do you usually attend? (2 · Other)",
    ]


def test_starting_twice_is_the_same_response(say: Say) -> None:
    """C-02: a response's id follows from round, questionnaire and respondent."""
    assert started(say) == started(say) == started(say, "another")


def test_an_unknown_response_is_told(say: Say) -> None:
    """C-02."""
    say("new", "--questionnaire", "iscm", "--respondent", "igc")
    said = say("show", "atlantis")
    assert said.code == 1
    assert "'atlantis'" in said.err


def test_what_is_missing_is_a_finding(say: Say) -> None:
    """C-01."""
    started(say)
    said = say("check", "igc", "--json")
    assert said.code == 1
    assert "ISC-B/ISC-B01" in {one["path"] for one in said.data["findings"]}


def test_answers_from_a_table(say: Say, tmp_path: Path) -> None:
    started(say)
    table = tmp_path / "answers.csv"
    table.write_text("path,value\nISC-B01,1985\nISC-A/ISC-A04,Secretariat\n", encoding="utf-8")
    assert say("answer", "igc", "--from", table).out.startswith("2 answers saved.")
    table.write_text("question,value\nISC-B01,1985\n", encoding="utf-8")
    assert "must name path and value" in say("answer", "igc", "--from", table).err


def test_entries_from_a_file_are_answered_and_later_found_by_their_ids(say: Say, tmp_path: Path) -> None:
    started(say)
    file = tmp_path / "answers.json"
    file.write_text(
        json.dumps({"ISC-E01": [{"ISC-E01.1": "Charter"}, {"ISC-E01.1": "Rules"}]}), encoding="utf-8"
    )
    say("answer", "igc", "--from", file)
    titles = [
        one for one in say("show", "igc", "--json").data["answers"] if one["path"].endswith("ISC-E01.1")
    ]
    assert [one["value"] for one in titles] == ["Charter", "Rules"]
    say("answer", "igc", titles[1]["path"], "Rules of procedure")
    assert "Rules of procedure" in say("show", "igc").out


def test_a_note_is_kept_and_removed(say: Say) -> None:
    started(say)
    assert say("note", "igc", "ISC-B/ISC-B01", "ask the archive").out == "ask the archive\n"
    assert say("note", "igc", "ISC-B/ISC-B01").out == "ask the archive\n"
    listed = "ISC-B/ISC-B01  B01 In which year was the mechanism established?: ask the archive\n"
    assert say("note", "igc").out == listed
    assert say("note", "igc", "ISC-B/ISC-B01", "").out == ""
    assert say("note", "igc").out == "There are no notes.\n"


def test_a_sign_off_names_the_person(say: Say) -> None:
    started(say)
    who = ("--name", "A. Diallo", "--function", "Head")
    refused = say("sign-off", "igc", *who)
    assert (refused.code, "left to finish" in refused.err) == (1, True)
    assert say("show", "igc", "--json").data["sign_off"] is None
    say("sign-off", "igc", *who, "--incomplete", "The budget is adopted in May.")
    signed = say("show", "igc", "--json").data["sign_off"]
    assert (signed["name"], signed["reason"]) == ("A. Diallo", "The budget is adopted in May.")
    assert signed["open"] > 0
    assert "The budget is adopted in May." in say("show", "igc").out
    assert "withdrawn" in say("sign-off", "igc", "--withdraw").out
    assert say("sign-off", "igc", "--withdraw").code == 1


@pytest.mark.parametrize(("name", "function"), [("  ", "Head"), ("A. Diallo", " "), ("", "")])
def test_nobody_signs_off_without_a_name_and_a_function(say: Say, name: str, function: str) -> None:
    started(say)
    refused = say("sign-off", "igc", "--name", name, "--function", function, "--incomplete", "Later.")
    assert (refused.code, "It is not said who signs off." in refused.err) == (1, True)
    assert say("show", "igc", "--json").data["sign_off"] is None


def test_a_key_and_a_device_are_somebodys(say: Say) -> None:
    recipient = recipient_of(new_identity())
    for words in (("keys", "add", recipient, "--name", "  "), ("devices", "name", "ab", " ")):
        refused = say(*words)
        assert (refused.code, "Nothing is written for the name of" in refused.err) == (1, True)


def test_a_practice_round_that_is_not_there_is_not_thrown_away(say: Say, tmp_path: Path) -> None:
    refused = say("practice", "--discard", "--at", tmp_path / "none.iscmdb")
    assert (refused.code, "There is no practice round" in refused.err) == (1, True)


def test_clearances_are_asked_for_and_given(say: Say) -> None:
    started(say)
    say("clearance", "add", "igc", "Ministry of Interior", "--asked", "2025-03-01")
    say("clearance", "give", "igc", "ministry", "--by", "B. Ito", "--on", "2025-03-12", "--paper")
    (row,) = say("clearance", "list", "igc", "--json").data
    assert (row["by"], row["cleared_on"], row["is_paper"], row["is_current"]) == (
        "B. Ito",
        "2025-03-12",
        True,
        True,
    )
    assert say("clearance", "give", "igc", "nobody", "--by", "B. Ito").code == 1
    refused = say("clearance", "give", "igc", "ministry", "--by", "B. Ito", "--on", "2100-01-01")
    assert (refused.code, "still to come" in refused.err) == (1, True)
    assert say("clearance", "add", "igc", "Finance", "--asked", "0001-01-01").code == 1
    assert len(say("clearance", "list", "igc", "--json").data) == 1


def test_a_package_merges_once(say: Say, tmp_path: Path) -> None:
    """C-03."""
    package = exported(say, tmp_path, 1985, "secretariat")
    planned = say("merge", package, "--dry-run", store="coordinator")
    assert "dry run" in planned.out
    assert say("responses", "--json", store="coordinator").data == []
    first = say("merge", package, "--json", store="coordinator").data["files"][0]
    second = say("merge", package, "--json", store="coordinator").data["files"][0]
    assert first["new"] > 0
    assert second["new"] == 0


def test_a_conflict_is_listed_and_settled(say: Say, tmp_path: Path) -> None:
    """C-04."""
    files = [exported(say, tmp_path, 1985, "secretariat"), exported(say, tmp_path, 1986, "ministry")]
    say("merge", *files, store="coordinator")
    listed = say("conflicts", "--json", store="coordinator")
    assert listed.code == 1
    conflict = listed.data[0]
    kept = next(one for one in conflict["candidates"] if one["text"] == "1985")
    settled = say(
        "resolve",
        conflict["id"][:10],
        "--keep",
        kept["revision_id"][:12],
        "--reason",
        "archive",
        store="coordinator",
    )
    assert settled.code == 0
    assert say("conflicts", store="coordinator").code == 0
    assert "1985" in say("show", "igc", store="coordinator").out


def test_a_merge_is_taken_back_and_put_in_again(say: Say, tmp_path: Path) -> None:
    """C-04."""
    package = exported(say, tmp_path, 1985, "secretariat")
    say("merge", package, store="coordinator")
    merge = say("log", "--json", store="coordinator").data[0]["id"]
    say("merge", "--undo", merge, store="coordinator")
    assert "1985" not in say("show", "igc", store="coordinator").out
    say("merge", "--redo", merge, store="coordinator")
    assert "1985" in say("show", "igc", store="coordinator").out


def test_a_foreign_file_is_refused_and_the_others_go_on(say: Say, tmp_path: Path) -> None:
    """C-05."""
    package = exported(say, tmp_path, 1985, "secretariat")
    foreign = tmp_path / "letter.iscm"
    foreign.write_bytes(b"Dear colleagues")
    said = say("merge", foreign, package, "--json", store="coordinator")
    assert said.code == 1
    assert [one["result"] for one in said.data["files"]] == ["refused", "new"]
    assert "1985" in say("show", "igc", store="coordinator").out


def test_documents_are_written(say: Say, tmp_path: Path) -> None:
    started(say)
    for words in (("pdf", "questionnaire", "igc"), ("pdf", "summary", "igc"), ("export", "igc")):
        target = tmp_path / f"{words[-2]}.pdf"
        assert say(*words, "-o", target).code == 0
        assert target.read_bytes().startswith(b"%PDF")
    assert say("pdf", "summaries", "-o", tmp_path / "all").code == 0
    assert [file.suffix for file in (tmp_path / "all").iterdir()] == [".pdf"]


def test_characters_that_no_font_has_are_told(say: Say, tmp_path: Path) -> None:
    started(say)
    say("answer", "igc", "ISC-A/ISC-A04", "Secretariat \U0001f600")
    for words in (("pdf", "questionnaire", "igc"), ("export", "igc")):
        said = say(*words, "-o", tmp_path / "one.pdf")
        assert said.code == 0
        assert "could not be printed: \U0001f600." in said.out


def test_pasted_control_characters_do_not_reach_the_terminal(say: Say) -> None:
    started(say)
    say("answer", "igc", "ISC-A/ISC-A04", "red \x1b[31m bell \x07 c1 \x9b")
    shown = say("show", "igc").out
    assert "red \u241b[31m bell \u2407 c1 \ufffd" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)


def test_the_text_of_a_summary_is_edited_and_drafted_again(say: Say) -> None:
    started(say)
    say("answer", "igc", "ISC-B01", "1985")
    drafted = say("summary", "igc").out
    say("summary", "igc", "--section", "1", "--text", "Our own words.")
    assert "Our own words." in say("summary", "igc").out
    say("summary", "igc", "--section", "1", "--redraft")
    assert say("summary", "igc").out == drafted


def test_another_ending_is_refused(say: Say, tmp_path: Path) -> None:
    started(say)
    said = say("export", "igc", "-o", tmp_path / "igc.docx")
    assert said.code == 1
    assert not (tmp_path / "igc.docx").exists()


def test_rounds_and_backup(say: Say, tmp_path: Path) -> None:
    say("round", "new", "2027", "--due", "2027-04-30")
    assert say("round", "list", "--json").data[0]["due_on"] == "2027-04-30"
    copy = tmp_path / "copy.iscmdb"
    assert say("backup", "-o", copy).code == 0
    assert say("round", "list", "--json", store="copy").data[0]["code"] == "2027"


@pytest.mark.parametrize("words", [("export",), ("new", "--questionnaire", "atlantis"), ("sing",)])
def test_wrong_usage(say: Say, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        say(*words)
    assert ended.value.code == 2


def test_what_is_marked_stays_out_of_the_public_edition(say: Say, tmp_path: Path) -> None:
    """C-06: package and PDF alike, and another store knows that it is not all."""
    started(say)
    say("answer", "igc", "ISC-B01", "1985")
    say("answer", "igc", "ISC-A04", "Secretariat")
    assert say("restrict", "igc").out == "Everything is for publication.\n"
    assert say("restrict", "igc", "ISC-B01").out.startswith("ISC-B/ISC-B01  ")
    assert say("show", "igc", "--json").data["not_for_publication"] == ["ISC-B/ISC-B01"]
    package, printed = tmp_path / "public.iscm", tmp_path / "public.pdf"
    assert say("export", "igc", "--public", "-o", package).code == 0
    assert say("export", "igc", "--public", "-o", tmp_path / "x.iscm.age").code == 1
    assert say("pdf", "questionnaire", "igc", "--public", "-o", printed).code == 0
    assert "Not published" in " ".join(page_texts(printed.read_bytes()))
    assert "changes none of its answers" in say("merge", package, store="reader").out
    assert "public edition" in say("responses", store="reader").out
    assert "1985" not in say("show", "igc", store="reader").out
    assert say("export", "igc", "-o", tmp_path / "y.iscm", store="reader").code == 1
    assert say("restrict", "igc", "ISC-B01", "--lift").out == "Everything is for publication.\n"


def test_a_response_goes_on_with_a_newer_version_and_back(say: Say, tmp_path: Path) -> None:
    """C-07"""
    package = Path(__file__).parents[2] / "data" / "package-1.0.iscm"
    say("merge", package)
    assert say("upgrade", "igc").code == 1
    with Workspace.open(tmp_path / "store.iscmdb") as workspace, workspace._database.write() as db:
        add_known(db, newer_form())
    assert "has a newer version, 2.10" in say("show", "igc").out
    assert say("upgrade", "igc").out.startswith("Filled in with version 2.10 from now on.\n")
    shown = say("show", "igc").out
    assert (
        "Answers to questions that this version no longer asks:\n  about/chf  Yearly fee, CHF: 120 000"
        in shown
    )
    assert say("upgrade", "igc", "--back").code == 0
    assert "no longer asks" not in say("show", "igc").out


def test_last_rounds_answers_are_taken_in_confirmed_and_compared(say: Say, tmp_path: Path) -> None:
    """C-08"""
    say("round", "new", "2019", "--title", "Assessment 2019", store="then")
    started(say, "then")
    say("answer", "igc", "ISC-B01", "1985", store="then")
    say("answer", "igc", "ISC-A04", "Secretariat", store="then")
    then, printed = tmp_path / "then.pdf", tmp_path / "changes.pdf"
    assert say("export", "igc", "-o", then, store="then").code == 0
    started(say)
    assert "No answers of an earlier round" in say("last-round", "igc").out
    assert say("last-round", "igc", "--from", tmp_path / "nothing.iscm").code == 1
    assert "of 2019, not confirmed" in say("last-round", "igc", "--from", then).out
    assert "1985" not in say("show", "igc").out
    assert say("last-round", "igc", "--confirm", "ISC-B01").out == "1 taken over.\n"
    say("answer", "igc", "ISC-A04", "Another secretariat")
    since = {one["path"]: one["since"] for one in say("last-round", "igc", "--json").data}
    assert since["ISC-B/ISC-B01"] == "same"
    assert since["ISC-A/ISC-A04"] == "changed"
    assert say("last-round", "igc", "-o", printed).code == 0
    text = " ".join(" ".join(page_texts(printed.read_bytes())).split())
    assert "Another secretariat" in text
    assert "Changes since 2019" in text
    assert say("last-round", "igc", "--forget").code == 0
    assert "No answers of an earlier round" in say("last-round", "igc").out


def test_a_claimed_sign_off_is_shown_and_confirmed(say: Say) -> None:
    """Of a file of the first version, which nobody signed."""
    say("merge", Path(__file__).parents[2] / "data" / "package-1.0.iscm")
    assert "counts for nothing: signed off by Ms Example" in say("show", "igc").out
    shown = say("show", "igc", "--json").data
    assert (shown["sign_off"], [one["name"] for one in shown["claimed_sign_offs"]]) == (None, ["Ms Example"])
    assert say("sign-off", "igc").code == 1
    assert "Confirmed" in say("sign-off", "igc", "--confirm").out
    assert say("show", "igc", "--json").data["sign_off"]["name"] == "Ms Example"


def test_claims_about_publication_are_listed_confirmed_and_told_before_a_public_edition(
    say: Say, tmp_path: Path
) -> None:
    """C-06: with whose name stands under it; scripts find it apart from what counts."""
    started(say, "rita")
    say("person", "--name", "Rita", "--organization", "Ministry", store="rita")
    say("answer", "igc", "ISC-B01", "1985", store="rita")
    say("answer", "igc", "ISC-A04", "Secretariat", store="rita")
    say("restrict", "igc", "ISC-B01", store="rita")
    genuine, public = tmp_path / "igc.iscm", tmp_path / "public.iscm"
    say("export", "igc", "-o", genuine, store="rita")
    forgery = forged(genuine, tmp_path / "forged.iscm", None, "restriction")
    planned = say("merge", genuine, forgery, "--dry-run", "--json").data["files"]
    assert [file["claims"] for file in planned] == [[], [{"kind": "restriction", "count": 1}]]
    assert "a mark about publication that is only claimed" in say("merge", genuine, forgery).out
    listed = say("restrict", "igc")
    assert "Claimed by Rita, and counts for nothing: ISC-B/ISC-B01" in listed.out
    (claim,) = say("restrict", "igc", "--json").data["claims"]
    assert (claim["path"], claim["asks_for_silence"]) == ("ISC-B/ISC-B01", False)
    assert say("show", "igc", "--json").data["claimed_restrictions"] == [claim]
    assert say("export", "igc", "--public", "-o", public).err.startswith(
        "1 claim about what may be published"
    )
    told = say("pdf", "questionnaire", "igc", "--public", "-o", tmp_path / "public.pdf").err
    assert told.startswith("1 claim about what may be published")
    assert say("restrict", "igc", "ISC-B/ISC-B01", "--confirm").out == "Everything is for publication.\n"
    assert "Nothing is claimed" in say("restrict", "igc", "ISC-B/ISC-B01", "--confirm").err
    assert say("restrict", "igc", "--confirm").code == 1
    assert say("export", "igc", "--public", "-o", public).err == ""


def test_what_is_offered_is_taken_over_and_declined(say: Say) -> None:
    """C-09: what the registers propose counts only then."""
    say("new", "--questionnaire", "state", "--respondent", "KEN")
    waiting = say("offers", "KEN", "--json").data
    assert {one["from"] for one in waiting} == {"register"}
    first, second, *_rest = [one["path"] for one in waiting]
    before = say("show", "KEN", "--json").data["answers"]
    assert [one["path"] for one in before] == ["STA-A/STA-A01"]
    assert say("offers", "KEN", "--take-over", first, "--json").data["taken_over"] == 1
    say("offers", "KEN", "--decline", second)
    assert len(say("offers", "KEN", "--json").data) == len(waiting) - 2
    say("offers", "KEN", "--offer-again", second)
    assert say("offers", "KEN", "--all", "--json").data["taken_over"] == len(waiting) - 1
    assert say("offers", "KEN").out.startswith("Nothing is offered")
    assert say("offers", "KEN", "--decline", first).code == 1


def test_nothing_to_report_is_said_and_taken_back(say: Say) -> None:
    """C-10: and an answer takes it back, too."""
    say("new", "--questionnaire", "state", "--respondent", "KEN")
    missing = len(say("check", "KEN", "--json").data["findings"])
    say("nothing", "KEN", "STA-E")
    shown = say("show", "KEN", "--json").data
    assert [one["path"] for one in shown["nothing_to_report"]] == ["STA-E"]
    assert len(say("check", "KEN", "--json").data["findings"]) < missing
    assert say("nothing", "KEN", "STA-E/STA-E01").code == 1
    say("nothing", "KEN", "STA-E", "--take-back")
    assert say("nothing", "KEN", "--json").data == []
    say("nothing", "KEN", "STA-C00")
    say("offers", "KEN", "--all")
    assert say("nothing", "KEN", "--json").data == []


@pytest.mark.parametrize("named", ["ISC-B/ISC-B01", "/iscm/ISC-B/ISC-B01", "ISC-B01", "B01", "b01"])
def test_every_command_takes_a_question_as_people_name_it(say: Say, named: str) -> None:
    """C-01"""
    started(say)
    assert say("answer", "igc", named, "1985").code == 0
    assert say("note", "igc", named, "From the charter.").code == 0
    assert say("note", "igc", "--json").data == [{"path": "ISC-B/ISC-B01", "note": "From the charter."}]
    assert "  1985" in say("history", "igc", named).out
    assert say("restrict", "igc", named).code == 0
    assert say("query", "igc", named, "--text", "Are you sure?").code == 0
    assert say("queries", "--json").data[0]["path"] == "ISC-B/ISC-B01"


def test_a_question_in_an_entry_is_named_as_the_form_does(say: Say, tmp_path: Path) -> None:
    """C-01"""
    say("new", "--questionnaire", "state", "--respondent", "KEN")
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"STA-C00": [{"STA-C01": "igc"}, {"STA-C01": "igad"}]}))
    say("answer", "KEN", "--from", answers)
    assert say("answer", "KEN", "C2.2", "member").code == 0
    assert "C2.2 What is your role in it?" in say("history", "KEN", "C2.2").out
    say("query", "KEN", "C2.2", "--text", "Since when?")
    say("restrict", "KEN", "C2.1")
    assert "C2.2 What is your role in it?" in say("queries").out
    assert "C2.1 Which mechanism?" in say("restrict", "KEN").out
    assert say("answer", "KEN", "STA-C02", "member").code == 1, "each entry has one"


def test_the_history_of_a_section_is_that_of_its_answers(say: Say) -> None:
    """C-02"""
    started(say)
    say("answer", "igc", "B01", "1985")
    say("answer", "igc", "B06", "First paragraph.\n\nSecond paragraph.")
    told = say("history", "igc", "ISC-B").out
    assert "B01 In which year" in told
    assert "  1985" in told
    assert "    First paragraph.\n\n    Second paragraph.\n" in told
    assert "Nobody" not in told
    assert [each["path"] for each in say("history", "igc", "B", "--json").data][:1] == ["ISC-B/ISC-B01"]


def test_nobody_is_said_only_where_nobody_answered(say: Say, tmp_path: Path) -> None:
    """C-02"""
    package = exported(say, tmp_path, 1985, store="theirs")
    merged = say("merge", package, "--json").data["operation"]
    assert "  1985" in say("history", "igc", "B01").out
    assert say("history", "igc", "B02").out.endswith("Nobody has answered this question yet.\n")
    unknown = say("history", "igc", "ISC-B99")
    assert unknown.code == 1
    assert "'ISC-B99'" in unknown.err
    started(say)
    say("merge", "--undo", merged)
    gone = say("history", say("responses", "--json").data[0]["id"], "B01").out
    assert "Nobody" not in gone
    assert "taken back" in gone
