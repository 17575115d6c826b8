"""Answers out of a store as submissions that ODK Central takes.

SO-01  Each response is an instance of its form: root, `id`, `version`, every element that the form has, and no other.
SO-02  The id of an instance is that of its response, and is where ODK Central looks for it.
SO-03  Repeats are elements in their order; answers are in the form that XForms have.
SO-04  Files lie beside the instance that names them; the form lies with them.
SO-05  What is not for publication stays out unless asked for, and is named then; whose an instance is is told.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.parsers import expat

import pytest

from iscm_desktop.exchange.data.response_data import MarkKind
from iscm_desktop.questionnaire.attached_files import new_attached_file
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.session.submission_xml import read_submission
from iscm_desktop.store.objects.attachments import keep_contents
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.data.data_selection import DataSelection
from iscm_desktop.workspace.data.data_shapes import DataFormat, shape_of
from iscm_desktop.workspace.data.data_wording import report_sentences
from tests.support.data_form import ANSWERS, EVERY_KIND, PARTNER
from tests.support.workspaces import opened, start_own


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.fixture
def kinds(anna: Workspace) -> str:
    """A response to the questionnaire with every kind of question."""
    response = start_own(anna, EVERY_KIND)
    session = anna.responses.open_session(response)
    for path, text in ANSWERS.items():
        session.answer(path, text, is_stored=True)
    for who, meetings in (("UNHCR & co", ("2026-01-02", "2026-05-06")), ("ILO", ())):
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", who)
        for held in meetings:
            session.answer(f"{session.add_entry(f'{entry}/meeting')}/held", held, is_stored=True)
    anna.responses.save(response, session)
    return response


class Written:
    """What a zip of submissions holds."""

    def __init__(self, target: Path) -> None:
        with zipfile.ZipFile(target) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}

    @property
    def instances(self) -> dict[str, bytes]:
        """By folder."""
        return {
            name.split("/")[-2]: data
            for name, data in self.members.items()
            if name.endswith("/submission.xml")
        }

    def rows(self, name: str) -> list[dict[str, str]]:
        text = self.members[name].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))


def written(workspace: Workspace, folder: Path, **selected: bool) -> Written:
    target = folder / "round.xml.zip"
    workspace.data.export(target, DataSelection(**selected), shape=shape_of(target))  # type: ignore[arg-type]
    return Written(target)


def form() -> Questionnaire:
    return from_source(from_markdown(EVERY_KIND).source)


def as_central_reads(xml: bytes) -> dict[str, str]:
    """What ODK Central takes out of an instance before it keeps it, by its own rules.

    The first `id` and `version` of a root, whatever prefix elements have; texts of these elements alone.
    """
    found: dict[str, str] = {}
    stack: list[str] = []
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        stack.append(re.sub(r"^[^:]+:", "", name))
        if len(stack) == 1:
            found.update({f"@{key}": value for key, value in attributes.items() if key in ("id", "version")})

    def text(data: str) -> None:
        if stack[1:] in (["meta", "instanceID"], ["meta", "deprecatedID"], ["instanceID"]):
            found["/".join(stack[1:])] = found.get("/".join(stack[1:]), "") + data

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return found


def test_the_name_of_the_file_says_it() -> None:
    """SO-01"""
    assert shape_of(Path("round.xml.zip")) is DataFormat.SUBMISSIONS
    assert shape_of(Path("round.zip"), DataFormat.SUBMISSIONS) is DataFormat.SUBMISSIONS
    assert shape_of(Path("round.zip")) is DataFormat.CSV


def test_central_finds_what_it_needs(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-01, SO-02"""
    ((folder, xml),) = written(anna, tmp_path).instances.items()
    said = as_central_reads(xml)
    uuid = said["meta/instanceID"]
    assert said == {"@id": "kinds", "@version": "1", "meta/instanceID": uuid}
    assert uuid.removeprefix("uuid:").replace("-", "") == kinds
    assert folder == uuid.replace(":", "")


def test_it_has_the_elements_of_the_form_and_no_other(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-01: in their order, blank ones included."""
    (xml,) = written(anna, tmp_path).instances.values()
    met: list[str] = []
    stack: list[str] = []
    parser = expat.ParserCreate()

    def begin(name: str, _attributes: dict[str, str]) -> None:
        stack.append(name)
        met.append("/".join(stack[1:]))

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.Parse(xml, True)
    asked = [template.path for template in rules_of(form()).root.below()]
    assert [path for path in dict.fromkeys(met) if path] == [path for path in asked if path]


def test_answers_are_as_xforms_have_them(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-03"""
    session = anna.responses.open_session(kinds)
    session.answer("when/moment", "2027-03-01 14:30", is_stored=True)
    session.answer("when/hour", "9.05", is_stored=True)
    session.answer("about/title", "a\r\nb\x0bc <&> ]]>", is_stored=True)
    anna.responses.save(kinds, session)
    (xml,) = written(anna, tmp_path).instances.values()
    found = read_submission(form(), xml)
    assert found.answers["when/moment"] == "2027-03-01T14:30:00"
    assert found.answers["when/hour"] == "09:05"
    assert found.answers["about/title"] == "a\r\nb\ufffdc <&> ]]>"
    same = ANSWERS.keys() - {"when/moment", "when/hour", "about/title"}
    assert {path: found.answers.get(path) for path in same} == {path: ANSWERS[path] for path in same}


def test_entries_stand_in_their_order(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-03"""
    (xml,) = written(anna, tmp_path).instances.values()
    text = xml.decode()
    assert [unescape(one) for one in re.findall("<who>(.*?)</who>", text)] == ["UNHCR & co", "ILO"]
    assert re.findall("<held>(.*?)</held>", text) == ["2026-01-02", "2026-05-06"]
    first, second = re.findall("<partner>.*?</partner>", text, re.DOTALL)
    assert ("<meeting>" in first, "<meeting>" in second) == (True, False)


def test_files_lie_beside_their_instance(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-04: one that is called as the instance itself takes another name."""
    content = b"<x/>"
    file = new_attached_file(content, "submission.xml")
    session = anna.responses.open_session(kinds)
    session.answer("when/paper", file.text, is_stored=True)
    anna.responses.save(kinds, session)
    with anna._database.write() as db:
        keep_contents(db, {file.digest: content})
    found = written(anna, tmp_path)
    folder = next(name for name in found.members if name.endswith("/submission.xml")).rpartition("/")[0]
    (xml,) = found.instances.values()
    name = read_submission(form(), xml).answers["when/paper"]
    assert name != "submission.xml"
    assert found.members[f"{folder}/{name}"] == content
    assert found.members["forms/kinds/kinds.xml"].decode() == form().source


def test_what_is_withheld_stays_out_unless_asked_for(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-05"""
    anna.restrictions.restrict(kinds, PARTNER)
    anna.restrictions.restrict(kinds, "about/title")
    found = written(anna, tmp_path)
    assert b"UNHCR" not in b"".join(found.members.values())
    assert b"=1+1" not in b"".join(found.members.values())
    assert not found.rows("_marks.csv")
    target = tmp_path / "all.xml.zip"
    report = anna.data.export(target, DataSelection(with_withheld=True), shape=DataFormat.SUBMISSIONS)
    assert report.written.marks[MarkKind.WITHHELD] > 1
    assert any("not for publication" in line for line in report_sentences(report))
    assert "about/title" in {row["path"] for row in Written(target).rows("_marks.csv")}


def test_whose_each_instance_is_stands_beside_it(anna: Workspace, kinds: str, tmp_path: Path) -> None:
    """SO-05"""
    found = written(anna, tmp_path)
    (row,) = found.rows("responses.csv")
    assert (row["respondent"], row["round"], row["form_id"], row["version"]) == ("igc", "2027", "kinds", "1")
    assert row["instance_id"].replace(":", "") in found.instances
