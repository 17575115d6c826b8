"""What is not for publication: marked, merged, and left out of all that is published.

P-01 Who holds the response sees everything; what is published shows none of what is marked.
P-02 What hangs on a withheld answer is withheld with it, for it would give the answer away.
P-03 A public edition holds the present alone: no earlier states, notes, sign-off, persons or times.
P-04 A public edition stands beside the response, changes nothing of it, and never passes for the whole.
P-05 Where one person marks and another lifts the mark, it stays.
P-06 Marks are listed in form order, with number and words, entry and section.
P-07 A full copy on paper says at its top that it holds such answers, and beside each which; so do comparisons.
P-08 What the form itself wrote from a withheld answer is withheld with it, in every entry, and listed beside the marks.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.responses.comparison_service import NOW, START
from iscm_desktop.workspace.responses.marked_items import MarkedKind
from tests.support.pdf_text import page_texts
from tests.support.workspaces import (
    FEE,
    NAME,
    PARTNER,
    STORY,
    Ticking,
    answer,
    exported,
    merge,
    opened,
    text_at,
)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def response(anna: Workspace) -> str:
    """Filled in, with two partners, a note and an earlier state of the name."""
    made = anna.responses.start("small", "igc")
    answer(anna, made, name="Old name")
    exported(anna, made, anna.store.with_name("first.iscm"))
    answer(anna, made, name="IGC", fee="yes", chf="120000", story="A long story")
    session = anna.responses.open_session(made)
    for who in ("UNHCR", "Secret donor"):
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", who)
        session.answer(f"{entry}/since", "1999")
    anna.responses.save(made, session)
    anna.notes.put(made, STORY, "not for strangers")
    return made


def partners(workspace: Workspace, response: str) -> list[str]:
    entries = workspace.responses.open_session(response).repeat(PARTNER).entries
    return [workspace.responses.open_session(response).view(f"{entry.path}/who").text for entry in entries]


def everything_in(package: Path) -> str:
    with zipfile.ZipFile(package) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def kinds_in(package: Path) -> set[str]:
    with zipfile.ZipFile(package) as archive:
        return {json.loads(each)["kind"] for each in archive.read("revisions.jsonl").splitlines()}


def test_a_mark_can_be_lifted(anna: Workspace, response: str) -> None:
    anna.restrictions.restrict(response, "story")
    assert [(row.path, row.label) for row in anna.restrictions.rows(response)] == [(STORY, "Story")]
    anna.restrictions.restrict(response, STORY, is_lifted=True)
    assert anna.restrictions.rows(response) == ()


def test_marks_are_listed_as_people_find_them_again(anna: Workspace, response: str) -> None:
    """P-06"""
    (first, second) = anna.responses.open_session(response).repeat(PARTNER).entries
    for path in (second.path, f"{first.path}/since", STORY, "about"):
        anna.restrictions.restrict(response, path)
    assert [
        (one.kind, one.words, one.entry, one.section_name) for one in anna.restrictions.listed(response)
    ] == [
        (MarkedKind.SECTION, "1 About", "", "1 About"),
        (MarkedKind.ANSWER, "1.4 Story", "", "1 About"),
        (MarkedKind.ANSWER, "2.1.2 Since when?", "UNHCR", "2 Partners"),
        (MarkedKind.ENTRY, "2.2 Secret donor", "", "2 Partners"),
    ]


def test_the_full_copy_names_what_is_not_for_publication(
    anna: Workspace, response: str, tmp_path: Path
) -> None:
    """P-07"""
    anna.restrictions.restrict(response, STORY)
    anna.documents.write_questionnaire(response, tmp_path / "full.pdf")
    text = " ".join("\n".join(page_texts((tmp_path / "full.pdf").read_bytes())).split())
    assert "This copy holds one answer that is not for publication." in text
    assert text.count("Not for publication") == 1
    anna.documents.write_public(response, tmp_path / "public.pdf")
    assert "Not for publication" not in "\n".join(page_texts((tmp_path / "public.pdf").read_bytes()))


def test_nothing_is_marked_where_nothing_is_asked(anna: Workspace, response: str) -> None:
    with pytest.raises(IscmError) as refused:
        anna.restrictions.restrict(response, "about/nothing")
    assert refused.value.problem is AnswerProblem.RESTRICTION_NOWHERE


def test_a_public_edition_leaves_out_what_is_marked(anna: Workspace, response: str, tmp_path: Path) -> None:
    """P-01, P-03"""
    (_first, second) = anna.responses.open_session(response).repeat(PARTNER).entries
    anna.restrictions.restrict(response, STORY)
    anna.restrictions.restrict(response, second.path)
    package = anna.public_exports.export(response, tmp_path / "public.iscm").path
    text = everything_in(package)
    for hidden in ("A long story", "Secret donor", "not for strangers", "Old name", second.entry_id):
        assert hidden not in text
    assert kinds_in(package) == {"answer", "entry"}
    assert "left_out" not in text
    assert text_at(anna, response, STORY) == "A long story"


def test_documents_for_publication_say_what_they_leave_out(
    anna: Workspace, response: str, tmp_path: Path
) -> None:
    """P-01: in print as in the data inside it, titles of entries included."""
    (first, second) = anna.responses.open_session(response).repeat(PARTNER).entries
    for path in (STORY, f"{first.path}/who", second.path):
        anna.restrictions.restrict(response, path)
    target = tmp_path / "public.pdf"
    anna.documents.write_public(response, target)
    said = " ".join(" ".join(page_texts(target.read_bytes())).split())
    assert "What is not for publication has been left out" in said
    assert "1 entry is not published" in said.replace("one entry", "1 entry").replace("One entry", "1 entry")
    assert said.count("Not published") >= 2
    assert not [hidden for hidden in ("A long story", "UNHCR", "Secret donor") if hidden in said]
    anna.pdf_exports.export(response, target, is_public=True)
    with opened(tmp_path, "reader") as reader:
        assert merge(reader, target) == ["new"]
        (row,) = reader.response_list.all()
        assert row.is_public
        assert text_at(reader, row.id, STORY) == ""


def test_what_hangs_on_a_withheld_answer_is_withheld_too(
    anna: Workspace, response: str, tmp_path: Path
) -> None:
    """P-02: whoever reads the amount knows that there is a fee."""
    anna.restrictions.restrict(response, FEE)
    assert "120000" not in everything_in(anna.public_exports.export(response, tmp_path / "public.iscm").path)


def test_a_whole_section_is_withheld(anna: Workspace, response: str, tmp_path: Path) -> None:
    anna.restrictions.restrict(response, "partners")
    text = everything_in(anna.public_exports.export(response, tmp_path / "public.iscm").path)
    assert "UNHCR" not in text
    assert "IGC" in text


def test_no_hash_of_what_is_left_out_is_inside(anna: Workspace, response: str, tmp_path: Path) -> None:
    """P-03: a short answer could be found by trying, if its hash were known."""
    (first, second) = anna.responses.open_session(response).repeat(PARTNER).entries
    anna.restrictions.restrict(response, f"{first.path}/since")
    session = anna.responses.open_session(response)
    session.remove_entry(second.path)
    anna.responses.save(response, session)
    package = anna.public_exports.export(response, tmp_path / "public.iscm").path
    text = everything_in(package)
    with anna._database.read() as db:
        revisions = revisions_of(db, response)
    hidden = [
        id_ for id_, one in revisions.items() if one.path.startswith((f"{first.path}/since", second.path))
    ]
    assert hidden
    assert not [id_ for id_ in hidden if id_ in text]


def test_a_public_edition_does_not_pass_for_the_whole(anna: Workspace, response: str, tmp_path: Path) -> None:
    """P-04: it is named in the plan and in the list, and neither exported nor signed off as if it were all."""
    anna.restrictions.restrict(response, STORY)
    public = anna.public_exports.export(response, tmp_path / "public.iscm").path
    with opened(tmp_path, "reader") as reader:
        plan = reader.packages.plan([public])
        assert "This is a public edition" in explain(plan.files[0])
        reader.packages.apply(plan)
        (row,) = reader.response_list.all()
        assert row.is_public
        assert text_at(reader, row.id, NAME) == "IGC"
        for attempt in (
            lambda: exported(reader, row.id, tmp_path / "again.iscm"),
            lambda: reader.sign_offs.sign(row.id, "A", "B"),
        ):
            with pytest.raises(IscmError):
                attempt()
        assert row.changed_at > datetime(2027, 1, 1, tzinfo=UTC)  # when it came: it has no time of its own
        reader.public_exports.export(row.id, tmp_path / "again.iscm")
        assert merge(reader, exported(anna, response, tmp_path / "whole.iscm")) == ["new"]
        by_id = {one.id: one for one in reader.response_list.all()}
        assert {id_: one.is_public for id_, one in by_id.items()} == {row.id: True, response: False}
        assert text_at(reader, response, STORY) == "A long story"
        assert by_id[response].conflicts == 0
        assert [one.id for one in reader.response_list.counted("2027")] == [response]


def test_merging_a_public_edition_deletes_nothing(anna: Workspace, response: str, tmp_path: Path) -> None:
    """P-04"""
    whole = exported(anna, response, tmp_path / "whole.iscm")
    anna.restrictions.restrict(response, STORY)
    anna.restrictions.restrict(response, PARTNER)
    public = anna.public_exports.export(response, tmp_path / "public.iscm").path
    with opened(tmp_path, "reader") as reader:
        assert merge(reader, whole, public) == ["new", "new"]
        assert merge(reader, public) == ["same"]
        assert partners(reader, response) == ["UNHCR", "Secret donor"]
        assert text_at(reader, response, STORY) == "A long story"
        assert not reader.response_list.row(response).is_public
        assert exported(reader, response, tmp_path / "back.iscm").exists()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_silence_wins(tmp_path: Path, order: tuple[int, int]) -> None:
    """P-05: Bob lifted the mark an hour after Anna had set it again."""
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as anna, opened(tmp_path, "bob", clock=clock) as bob:
        response = anna.responses.start("small", "igc")
        answer(anna, response, story="A long story")
        anna.restrictions.restrict(response, STORY)
        merge(bob, exported(anna, response, tmp_path / "first.iscm"))
        anna.restrictions.restrict(response, STORY, is_lifted=True)
        exported(anna, response, tmp_path / "lifted.iscm")
        anna.restrictions.restrict(response, STORY)
        one = exported(anna, response, tmp_path / "anna.iscm")
        bob.restrictions.restrict(response, STORY, is_lifted=True)
        other = exported(bob, response, tmp_path / "bob.iscm")
    with opened(tmp_path, "coordinator") as coordinator:
        files = [one, other]
        merge(coordinator, *(files[at] for at in order))
        assert [row.path for row in coordinator.restrictions.rows(response)] == [STORY]
        assert coordinator.conflicts.unsettled() == ()


def test_a_conflict_is_not_published(anna: Workspace, response: str, tmp_path: Path) -> None:
    with opened(tmp_path, "bob", clock=Ticking()) as bob:
        merge(bob, exported(anna, response, tmp_path / "anna.iscm"))
        answer(bob, response, story="Bob's story")
        answer(anna, response, story="Anna's story")
        merge(anna, exported(bob, response, tmp_path / "bob.iscm"))
    with pytest.raises(IscmError) as refused:
        anna.public_exports.export(response, tmp_path / "public.iscm")
    assert refused.value.problem is AnswerProblem.PUBLIC_IN_CONFLICT
    anna.restrictions.restrict(response, STORY)
    assert anna.public_exports.export(response, tmp_path / "public.iscm").revisions > 0


_WRITES_BY_ITSELF = """
| survey |
|        | type         | name     | label     | calculation               | default       | trigger   |
|        | begin group  | g        | First     |                           |               |           |
|        | text         | secret   | Secret    |                           |               |           |
|        | text         | open     | Open      |                           |               |           |
|        | calculate    | half     |           | substr(${secret}, 0, 5)   |               |           |
|        | text         | told     | Told      | concat('t-', ${half})     |               | ${secret} |
|        | text         | retold   | Retold    | concat('r-', ${told})     |               | ${open}   |
|        | text         | harmless | Harmless  | concat('h-', ${open})     |               | ${open}   |
|        | begin repeat | visits   | Visits    |                           |               |           |
|        | text         | where    | Where     |                           | ${secret}     |           |
|        | text         | who      | Who       |                           |               |           |
|        | end repeat   |          |           |                           |               |           |
|        | end group    |          |           |                           |               |           |
| settings |
|        | form_title   | form_id  | version   |
|        | Writes       | writes   | 1         |
"""


@pytest.fixture
def written(anna: Workspace, tmp_path: Path) -> str:
    """A response in which the form made answers from others, when these changed and when an entry began."""
    (tmp_path / "writes.md").write_text(_WRITES_BY_ITSELF, encoding="utf-8")
    anna.questionnaires.add(tmp_path / "writes.md")
    made = anna.responses.start("writes", "igc")
    session = anna.responses.open_session(made)
    session.answer("g/secret", "ZEBRA77")
    session.answer("g/open", "Geneva")
    entry = session.add_entry("g/visits")
    session.answer(f"{entry}/who", "Bela")
    anna.responses.save(made, session)
    said = {one.path.rpartition("/")[2]: one.text for one in anna.responses.open_session(made).answers()}
    assert (said["told"], said["retold"], said["where"]) == ("t-ZEBRA", "r-t-ZEBRA", "ZEBRA77")
    return made


def test_what_the_form_wrote_from_a_withheld_answer_is_withheld_with_it(
    anna: Workspace, written: str, tmp_path: Path
) -> None:  # P-08
    anna.restrictions.restrict(written, "g/secret")
    told = [row.label for row in anna.restrictions.derived(written)]
    assert sorted(told) == ["Retold", "Told", "Where"]
    public = anna.public_exports.export(written, tmp_path / "public.iscm").path
    with zipfile.ZipFile(public) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "ZEBRA" not in content
    assert "h-Geneva" in content
    assert "Bela" in content
    printed = anna.pdf_exports.export(written, tmp_path / "public.pdf", is_public=True).path.read_bytes()
    assert "ZEBRA" not in "".join(page_texts(printed))
    withheld = anna.responses.open_session(written, without=anna.restrictions.withheld(written))
    assert not any("ZEBRA" in one.text for one in withheld.answers())
    anna.restrictions.restrict(written, "g/secret", is_lifted=True)
    assert anna.restrictions.derived(written) == ()


def test_what_was_made_of_something_else_is_published(anna: Workspace, written: str, tmp_path: Path) -> None:
    anna.restrictions.restrict(written, "g/open")
    assert [row.label for row in anna.restrictions.derived(written)] == ["Harmless"]


def test_a_comparison_says_which_answers_are_not_for_publication(
    anna: Workspace, written: str, tmp_path: Path
) -> None:  # P-07
    def printed() -> str:
        target = tmp_path / "changes.pdf"
        anna.documents.write_comparison(written, START, NOW, target)
        return "\n".join(page_texts(target.read_bytes()))

    assert "Not for publication" not in printed()
    anna.restrictions.restrict(written, "g/secret")
    text = printed()
    assert "This copy holds four answers that are not for publication." in text
    assert text.count("Not for publication") == 4
