"""Revisions: what is hashed, and ids that everybody arrives at."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.store.objects.revision import ANSWER, Revision, line, response_id, revision_id, summary_id

SUBJECT = "0123456789abcdef0123456789abcdef"


def revision(value: str | None = "120 000", **changes: object) -> Revision:
    fields: dict[str, object] = {
        "author": "Anna",
        "device": "d1",
        "kind": ANSWER,
        "made_at": "2027-03-01T09:00:00.000000Z",
        "parents": (),
        "path": "ISC-E/ISC-E20",
        "subject": SUBJECT,
        "value": value,
    }
    return Revision(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_line_is_canonical_json() -> None:
    """RFC 8785: sorted keys, no blanks, nothing escaped that need not be."""
    assert line(revision('naïve "quote" \u0001\n')).decode() == (
        '{"author":"Anna","device":"d1","kind":"answer","made_at":"2027-03-01T09:00:00.000000Z","parents":[],'
        f'"path":"ISC-E/ISC-E20","subject":"{SUBJECT}","value":"naïve \\"quote\\" \\u0001\\n"}}'
    )


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_json_library_writes_the_same_line(value: str, path: str) -> None:
    written = line(revision(value, path=path))
    read = json.loads(written)
    assert json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == written


def test_the_id_is_the_hash_of_the_line() -> None:
    assert revision_id(revision()) == hashlib.sha256(line(revision())).hexdigest()


def test_ids_do_not_change_with_the_program() -> None:
    """Packages in the field hold these; another value here would make strangers of all earlier answers."""
    assert revision_id(revision()) == "102222d29e74fa4618642fef83603480bcfe334f0fb524fd255e8fa4162a4a5f"
    assert response_id("2027", "iscm", "igc") == "543d8d16849f29a3336d7dd1f2ff42df"
    assert summary_id("2027", "igc") == "9523211a8d560a3e2b01d3580c9d5ab3"


def test_a_cleared_answer_is_another_revision_than_a_blank_text() -> None:
    assert revision_id(revision(None)) != revision_id(revision(""))
