"""Receipts as files: read by us, by the script that stands with the formats, and by neither once they were changed.

Q-01  Golden receipts are read as they were made, by us and by the script, with its package and without.
Q-02  A receipt that was changed anywhere is refused or says the same; nothing but a ValueError is raised.
Q-03  The script refuses what we refuse: another key, another package, a changed receipt.
Q-04  A receipt on paper fits into a code, also in a round of many; a code reads the same in every direction of writing.
Q-05  Requests to cosign that were changed are refused.
"""

from __future__ import annotations

import base64
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.ledger.checkpoint import Checkpoint
from iscm_desktop.exchange.ledger.cosign_request import read_request, written_request
from iscm_desktop.exchange.ledger.ledger_keys import cosigner_key, raw_key
from iscm_desktop.exchange.ledger.receipt import Receipt, read_receipt, written_receipt
from iscm_desktop.exchange.ledger.signed_note import signed
from iscm_desktop.reports.typesetting.matrix_code import MOST, modules
from iscm_desktop.store.ledger.ledger_leaf import LedgerLeaf, heads_root
from iscm_desktop.store.merkle_tree import inclusion_proof, leaf_hash, tree_root

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"
SCRIPT = ROOT / "docs" / "formats" / "check_receipt.py"
WHOLE, SHORT = DATA / "receipt-1.txt", DATA / "receipt-1-short.txt"
PACKAGE = DATA / "package-1.1.iscm"
COORDINATOR, COSIGNER = (DATA / "receipt-1-keys.txt").read_text(encoding="utf-8").split()
RESPONSE = "93e3c838f80c1c3547cf33ac350a553f"


@cache
def golden() -> Receipt:
    return read_receipt(WHOLE.read_bytes())


def script(*arguments: object) -> tuple[int, str]:
    """Its exit code, and all that it prints."""
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_golden_receipts_are_read() -> None:
    """Q-01."""
    found = golden()
    assert (found.index, found.checkpoint.size, found.checkpoint.origin) == (16, 312, "iscm/2027/5f0c1a9e")
    assert (found.leaf.round, found.leaf.response, found.leaf.operation) == ("2027", RESPONSE, 41)
    assert found.signed_by({raw_key(COORDINATOR): "Carla"}) == "Carla"
    assert found.signed_by({raw_key(COSIGNER): "Dora"}) is None
    assert found.note.verified_by([cosigner_key(raw_key(COSIGNER))])
    short = read_receipt(SHORT.read_bytes())
    assert (short.leaf, short.heads, short.checkpoint.forked_at) == (found.leaf, None, 17)
    assert len(found.heads or ()) == 4


@pytest.mark.parametrize("receipt", [WHOLE, SHORT], ids=["whole", "short"])
def test_the_script_reads_them_without_us(receipt: Path) -> None:
    """Q-01."""
    code, said = script(receipt, COORDINATOR)
    assert code == 0
    assert said.startswith("Entry 17 of 312 of the ledger iscm/2027/5f0c1a9e")
    code, said = script(receipt, COORDINATOR, PACKAGE)
    assert code == 0
    assert said.endswith("All 4 answers of the package stand in it.\n")


def test_the_script_is_short_and_needs_nothing() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


def test_the_script_refuses_what_is_not_proven(tmp_path: Path) -> None:
    """Q-03: another key, another's package, and changes in each part."""
    assert script(WHOLE, COSIGNER)[1] == "WRONG: this key did not sign it.\n"
    assert "WRONG: the package" in script(WHOLE, COORDINATOR, DATA / "package-1.1-second-round.iscm")[1]
    text = WHOLE.read_text(encoding="utf-8")
    lines = text.split("\n")
    extra = base64.b64decode(lines[1].removeprefix("extra ")).decode()
    for change in (
        text.replace("index 16", "index 17"),
        text.replace("\n312\n", "\n313\n"),
        text.replace("iscm/2027/5f0c1a9e\n312", "iscm/2027/5f0c1a9f\n312"),
        text.replace(lines[3], lines[4], 1),
        text.replace(lines[4] + "\n", ""),
        text.replace(
            lines[1], "extra " + base64.b64encode(extra.replace('"2027"', '"2028"').encode()).decode()
        ),
    ):
        assert change != text
        target = tmp_path / "changed.txt"
        target.write_text(change, encoding="utf-8", newline="\n")
        code, said = script(target, COORDINATOR, PACKAGE)
        assert code == 1, change
        assert said.startswith("WRONG: "), change


def test_the_script_refuses_a_changed_bit_in_each_line(tmp_path: Path) -> None:
    """Q-03: a bit of whatever stands before the signatures; a few positions of each line."""
    text = WHOLE.read_bytes()
    signatures = text.index(b"\n\n", text.index(b"\n\n") + 2) + 2
    line_ends = [at for at in range(signatures) if text[at : at + 1] == b"\n"]
    places = {0, 9, 26, 60, 90, 150, 420, *(at - 1 for at in line_ends), *(at + 3 for at in line_ends[:6])}
    for at in sorted(place for place in places if place < signatures):
        changed = bytearray(text)
        changed[at] ^= 1
        (tmp_path / "changed.txt").write_bytes(changed)
        code, said = script(tmp_path / "changed.txt", COORDINATOR)
        assert (code, said[:6]) == (1, "WRONG:"), (at, said)


def test_the_script_tells_what_it_wants_and_what_it_cannot_read(tmp_path: Path) -> None:
    assert script()[1].startswith("Checks a receipt")
    (tmp_path / "letter.txt").write_text("Dear coordinator,", encoding="utf-8")
    for arguments in ((tmp_path / "letter.txt", COORDINATOR), (WHOLE, "RWx"), (WHOLE, COORDINATOR, WHOLE)):
        code, said = script(*arguments)
        assert code == 1
        assert "WRONG: this is no" in said
        assert "Traceback" not in said


@given(st.data())
def test_a_receipt_that_was_changed_says_nothing_else(data: st.DataObject) -> None:
    """Q-02: bytes inserted, removed, replaced, anywhere."""
    whole = WHOLE.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    try:
        found = read_receipt(changed)
        signer = found.signed_by({raw_key(COORDINATOR): "Carla"})
    except ValueError:
        return
    told = found.leaf, found.heads, found.index, found.checkpoint
    was = golden().leaf, golden().heads, golden().index, golden().checkpoint
    without_heads = golden().leaf, None, golden().index, golden().checkpoint
    assert signer is None or told in (was, without_heads)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
    st.sampled_from(
        ["format", "round", "response", "heads_root", "operation", "kind", "salt", "heads", "other"]
    ),
)
def test_whatever_the_extra_line_holds_is_refused(value: object, name: str) -> None:
    """Q-02: each part of it replaced by anything."""
    text = WHOLE.read_text(encoding="utf-8")
    line = text.split("\n")[1]
    extra = msgspec.json.decode(base64.b64decode(line.removeprefix("extra ")))
    if extra.get(name) == value and type(extra.get(name)) is type(value):
        return
    changed = base64.b64encode(msgspec.json.encode({**extra, name: value})).decode()
    if name == "heads" and value == "":
        return
    with pytest.raises(ValueError):  # noqa: PT011 - each for a reason of its own
        read_receipt(text.replace(line, f"extra {changed}").encode())


def test_an_extra_line_nested_beyond_reason_is_refused() -> None:
    """Q-02."""
    for deep in (b"[" * 100_000, b'{"heads":' * 100_000, b'{"other":' + b"[" * 100_000):
        text = f"c2sp.org/tlog-proof@v1\nextra {base64.b64encode(deep).decode()}\nindex 0\n\nx\n"
        with pytest.raises(ValueError, match="extra"):
            read_receipt(text.encode())


@pytest.mark.parametrize("size", [1, 300, 10_000])
def test_a_receipt_on_paper_fits_into_a_code(size: int) -> None:
    """Q-04: with two cosignatures, from a branch, for a round with a long code."""
    round_ = "r" * 64
    leaf = LedgerLeaf(round_, RESPONSE, heads_root([]), 123456, "settle_by_rule", "0" * 32)
    leaves = [leaf.hash, *(leaf_hash(bytes(8)) for _ in range(size - 1))]
    origin = f"iscm/{round_}/5f0c1a9e/fork-20270315T110200Z-9c"
    note = signed(Checkpoint(origin, size, tree_root(leaves), ("fork at 9999",)).text, origin, bytes(32))
    line = note.signatures[0].line
    text = written_receipt(leaf, None, 0, inclusion_proof(leaves, 0), note.written + 2 * line)
    assert len(text.encode()) < MOST
    dark = modules(text)
    assert len({len(row) for row in dark} | {len(dark)}) == 1
    finder = [row[:7] for row in dark[:7]]
    assert finder[0] == [True] * 7 == finder[6]
    assert finder == [row[:-8:-1] for row in dark[:7]], (
        "the mark at the other upper corner is the same, mirrored"
    )


@given(st.data())
def test_a_request_that_was_changed_is_refused(data: st.DataObject) -> None:
    """Q-05."""
    leaves = [LedgerLeaf("2027", f"{at:032x}", heads_root([]), 1, "merge", f"{at:032x}") for at in range(5)]
    root = tree_root([leaf.hash for leaf in leaves])
    note = signed(Checkpoint("iscm/2027/x", 5, root).text, "iscm/2027/x", bytes(32))
    whole = written_request(note.written, leaves)
    assert read_request(whole).roots == {leaf.response: leaf.heads_root for leaf in leaves}
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    try:
        found = read_request(changed)
    except ValueError:
        return
    assert found.hashes == tuple(leaf.hash for leaf in leaves), (
        "only a signature's byte or a space was changed"
    )
