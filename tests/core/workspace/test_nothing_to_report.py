"""That there is nothing to report is an answer, unlike blank.

N-01  It is stored, signed and sent like an answer, and a later answer takes it back.
N-02  What somebody else answered there meanwhile stands against it, in words, until people choose.
N-03  Where it is chosen, the answers below are kept and count for nothing; taken back, they are there again.
N-04  Where the questionnaire has neither a section nor a repeat it has no effect.
N-05  Documents and summaries say it, rather than nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.session.views import AnswerPath, Declaration
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import NOTHING, NOTHING_SAID, item_key
from iscm_desktop.workspace import Workspace
from tests.support.pdf_text import page_texts
from tests.support.workspaces import NAME, PARTNER, STORY, answer, exported, merge, opened, text_at

SAID = Declaration.NOTHING_TO_REPORT


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        workspace.responses.start("small", "igc")
        yield workspace


@pytest.fixture
def bela(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "bela") as workspace:
        workspace.responses.start("small", "igc")
        yield workspace


@pytest.fixture
def igc(anna: Workspace) -> str:
    return anna.response_list.all()[0].id


def say(workspace: Workspace, response: str, path: str = "about", *, is_made: bool = True) -> None:
    session = workspace.responses.open_session(response)
    session.declare(SAID, path, is_made=is_made)
    workspace.responses.save(response, session)


def said(workspace: Workspace, response: str) -> set[str]:
    return set(workspace.responses.open_session(response).declared(SAID))


def test_it_travels_and_is_signed(anna: Workspace, bela: Workspace, igc: str, tmp_path: Path) -> None:
    """N-01"""
    say(anna, igc)
    assert said(anna, igc) == {"about"}
    anna.sign_offs.sign(igc, "A. Berg", "Director")
    merge(bela, exported(anna, igc, tmp_path / "said.iscm"))
    assert said(bela, igc) == {"about"}
    signed = anna.sign_offs.of(igc)
    assert signed is not None
    assert signed.is_current
    say(anna, igc, is_made=False)
    signed = anna.sign_offs.of(igc)
    assert signed is not None
    assert not signed.is_current


def test_a_later_answer_takes_it_back_everywhere(
    anna: Workspace, bela: Workspace, igc: str, tmp_path: Path
) -> None:
    """N-01"""
    say(anna, igc)
    merge(bela, exported(anna, igc, tmp_path / "said.iscm"))
    answer(bela, igc, name="IGC")
    merge(anna, exported(bela, igc, tmp_path / "answered.iscm"))
    assert said(anna, igc) == said(bela, igc) == set()
    assert anna.conflicts.unsettled() == ()
    assert text_at(anna, igc, NAME) == "IGC"


def disputed(anna: Workspace, bela: Workspace, igc: str, folder: Path) -> None:
    say(anna, igc)
    answer(bela, igc, name="IGC", story="Long")
    ours, theirs = exported(anna, igc, folder / "said.iscm"), exported(bela, igc, folder / "answered.iscm")
    assert merge(anna, theirs) == ["conflict"]
    assert merge(bela, ours) == ["conflict"]


def test_both_at_once_is_for_people(anna: Workspace, bela: Workspace, igc: str, tmp_path: Path) -> None:
    """N-02: until then the answers are in view."""
    disputed(anna, bela, igc, tmp_path)
    for store in (anna, bela):
        (conflict,) = store.conflicts.unsettled()
        assert (conflict.path, conflict.kind, conflict.label) == ("about", NOTHING, "About")
        assert sorted(side.text for side in conflict.candidates) == [
            "1.1 Name: IGC", "1.4 Story: Long", "nothing to report",
        ]  # fmt: skip
        assert said(store, igc) == set()
        assert text_at(store, igc, NAME) == "IGC"


def test_the_answers_win(anna: Workspace, bela: Workspace, igc: str, tmp_path: Path) -> None:
    """N-02"""
    disputed(anna, bela, igc, tmp_path)
    (conflict,) = anna.conflicts.unsettled()
    kept = next(side for side in conflict.candidates if side.text == "1.1 Name: IGC")
    anna.conflicts.resolve(conflict.id, keep=kept.revision_id)
    merge(bela, exported(anna, igc, tmp_path / "settled.iscm"))
    for store in (anna, bela):
        assert store.conflicts.unsettled() == ()
        assert (text_at(store, igc, NAME), text_at(store, igc, STORY)) == ("IGC", "Long")


def test_nothing_wins_and_the_answers_are_kept(
    anna: Workspace, bela: Workspace, igc: str, tmp_path: Path
) -> None:
    """N-03"""
    disputed(anna, bela, igc, tmp_path)
    (conflict,) = anna.conflicts.unsettled()
    kept = next(side for side in conflict.candidates if side.kind == NOTHING)
    anna.conflicts.resolve(conflict.id, keep=kept.revision_id, reason="the ministry was asked")
    merge(bela, exported(anna, igc, tmp_path / "settled.iscm"))
    for store in (anna, bela):
        assert store.conflicts.unsettled() == ()
        assert said(store, igc) == {"about"}
        assert text_at(store, igc, NAME) == ""
    say(bela, igc, is_made=False)
    assert text_at(bela, igc, NAME) == "IGC"


def test_a_repeat_whose_entries_were_removed_has_nothing(
    anna: Workspace, bela: Workspace, igc: str, tmp_path: Path
) -> None:
    """N-02: what was removed before stands against nothing."""
    session = anna.responses.open_session(igc)
    session.answer(f"{session.add_entry(PARTNER)}/who", "IOM")
    anna.responses.save(igc, session)
    exported(anna, igc, tmp_path / "before.iscm")
    session.remove_entry(session.repeat(PARTNER).entries[0].path)
    session.declare(SAID, PARTNER)
    anna.responses.save(igc, session)
    merge(bela, exported(anna, igc, tmp_path / "after.iscm"))
    for store in (anna, bela):
        assert said(store, igc) == {PARTNER}
        assert store.conflicts.unsettled() == ()


@pytest.mark.parametrize("path", [NAME, "partners/partner/e1"])
def test_where_it_cannot_be_it_has_no_effect(anna: Workspace, igc: str, path: str) -> None:
    """N-04"""
    answer(anna, igc, name="IGC")
    with anna._database.write() as db:
        responses.put_item(
            db, igc, item_key(NOTHING, path), NOTHING_SAID, "Anna", anna._context.now(), anna.device
        )
    assert said(anna, igc) == set()
    assert text_at(anna, igc, NAME) == "IGC"


def test_a_summary_says_so(anna: Workspace) -> None:
    """N-05: under the part that the section would feed; where nothing was said, nothing is printed."""
    igc = anna.responses.start("iscm", "IGC")
    session = anna.responses.open_session(igc)
    session.answer("ISC-B/ISC-B01", "1985")
    anna.responses.save(igc, session)
    anna.nothing.say(igc, AnswerPath("ISC-F"))
    anna.nothing.say(igc, AnswerPath("ISC-E01"))
    summary = anna.summaries.compose("igc")
    assert summary.section("4").paragraphs[-1].text == "The IGC has nothing to report under “Partnerships”."
    assert summary.section("3").paragraphs[-1].text == (
        "The IGC has nothing to report under “Founding and governing documents”."
    )
    assert not any("nothing to report" in one.text for one in summary.section("2").paragraphs)


def test_who_said_so_and_when(anna: Workspace, igc: str) -> None:
    """N-01"""
    anna.nothing.say(igc, AnswerPath("about"))
    (row,) = anna.nothing.of(igc)
    assert (row.path, row.label, row.by) == ("about", "About", "Anna")
    exported_before = row.said_at
    anna.sign_offs.sign(igc, "A. Berg", "Director")
    assert anna.nothing.of(igc)[0].said_at == exported_before
    with pytest.raises(IscmError) as refused:
        anna.nothing.say(igc, AnswerPath(NAME))
    assert refused.value.problem is AnswerProblem.NOTHING_NOWHERE
    anna.nothing.say(igc, AnswerPath("about"), is_made=False)
    answer(anna, igc, name="IGC")
    with pytest.raises(IscmError) as refused:
        anna.nothing.say(igc, AnswerPath("about"))
    assert refused.value.problem is AnswerProblem.NOTHING_ANSWERED


def test_a_public_edition_holds_it(anna: Workspace, bela: Workspace, igc: str, tmp_path: Path) -> None:
    """N-01: unless its section is not for publication."""
    answer(anna, igc, name="IGC")
    anna.nothing.say(igc, AnswerPath(PARTNER))
    merge(bela, anna.public_exports.export(igc, tmp_path / "public.iscm").path)
    (edition,) = [row.id for row in bela.response_list.all() if row.is_public]
    assert said(bela, edition) == {PARTNER}
    anna.restrictions.restrict(igc, AnswerPath("partners"))
    merge(bela, anna.public_exports.export(igc, tmp_path / "less.iscm").path)
    others = [row.id for row in bela.response_list.all() if row.is_public and row.id != edition]
    assert [said(bela, other) for other in others] == [set()]


def test_it_is_handed_over_and_comes_back(anna: Workspace, igc: str, tmp_path: Path) -> None:
    """N-01: a section in a colleague's hands is theirs to say so of."""
    file = anna.delegations.hand_over(igc, ["about"], to="Chen", target=tmp_path / "about.iscm")
    with opened(tmp_path, "chen") as chen:
        merge(chen, file.path)
        say(chen, igc)
        back = chen.exports.export(igc, tmp_path / "back.iscm").path
        merge(anna, back)
    assert said(anna, igc) == {"about"}


def test_a_completed_questionnaire_says_it(anna: Workspace, igc: str, tmp_path: Path) -> None:
    """N-05: a sentence in place of blank questions."""
    answer(anna, igc, name="IGC")
    anna.nothing.say(igc, AnswerPath("partners"))
    printed = anna.documents.write_questionnaire(igc, tmp_path / "igc.pdf")
    text = " ".join(" ".join(page_texts(printed.path.read_bytes())).split())
    assert "Partners Nothing to report." in text
    assert "No entries" not in text
