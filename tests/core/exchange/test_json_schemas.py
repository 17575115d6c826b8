"""What is published about the package format is what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from iscm_desktop.exchange.json_schemas import SCHEMAS, schema
from iscm_desktop.exchange.package import archive, manifest, package_reader, revision_lines, seal_lines
from iscm_desktop.store.objects import revision
from iscm_desktop.text_limits import TextLimit

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
TEXT = (FORMATS / "package.md").read_text(encoding="utf-8")
INVITATION = (FORMATS / "invitation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_up_to_date(name: str) -> None:
    """`python -m iscm_desktop.exchange.json_schemas` was run after the last change of the types."""
    assert (FORMATS / name).read_text(encoding="utf-8") == schema(name)


def test_the_description_names_every_field() -> None:
    for name in SCHEMAS:
        page = INVITATION if name.startswith("invitation") else TEXT
        for part in json.loads(schema(name))["$defs"].values():
            missing = [field for field in part["properties"] if f"`{field}`" not in page]
            assert not missing, (part["title"], missing)


def test_the_description_names_every_kind_and_reserved_field() -> None:
    kinds = (
        revision.ANSWER, revision.ENTRY, revision.NOTE, revision.SIGN_OFF, revision.LANGUAGE,
        revision.QUESTIONNAIRE, revision.REASON, revision.DELEGATION, revision.CONTEXT, revision.RETURNED,
        revision.QUERY, revision.REPLY,
    )  # fmt: skip
    assert all(f"`{name}`" in TEXT for name in (*kinds, manifest.SIGNATURE, manifest.SEALS))


def test_the_limits_are_those_described() -> None:
    said = {
        name: int(number.replace(",", ""))
        for name, number in re.findall(r"^\| (.+?) \| ([\d,]+)", TEXT, re.M)
    }
    assert said == {
        "Size of the file, MiB": archive.MAX_FILE >> 20,
        "Size of all members unpacked, MiB": archive.MAX_UNPACKED >> 20,
        "Size of manifest.json, KiB": package_reader.MAX_MANIFEST >> 10,
        "Times that it may grow when unpacked, above 1 MiB": archive.MAX_RATIO,
        "Members": archive.MAX_MEMBERS,
        "Revisions": revision_lines.MAX_LINES,
        "Seals": seal_lines.MAX_SEALS,
        "Revisions of all seals together": seal_lines.MAX_COVERED,
        "Characters of a path": revision_lines.MAX_PATH,
        "Characters of a code: of a round, respondent, questionnaire, version, language, device": TextLimit.CODE.most,
        "Characters of a name or title": TextLimit.NAME.most,
        "Characters of a message, a query, a reply": TextLimit.MESSAGE.most,
    }


def test_the_example_in_the_description_is_right() -> None:
    """The line and its id, as a stranger would try them first."""
    (line,) = re.findall(r"^\{\"author\".*\}$", TEXT, re.M)
    one = msgspec.json.decode(line, type=revision.Revision)
    assert revision.line(one).decode() == line
    assert revision.revision_id(one) in TEXT
    assert revision.response_id("2027", "iscm", "igc") == one.subject
