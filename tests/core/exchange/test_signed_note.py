"""Notes, checkpoints, cosignatures and proofs, against what C2SP, Go and transparency.dev publish.

N-01  Notes that others signed verify here; what they refuse is refused here.
N-02  What is signed here is what others sign: the same key and text give the same note.
N-03  Signatures of unknown keys are passed over; a wrong one of a known key refuses the note.
N-04  A checkpoint, a proof and a cosignature are read as they are published, and written the same again.
N-05  Whatever is changed in any of them, it is refused or says the same; nothing but a ValueError is raised.
"""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iscm_desktop.exchange.ledger.checkpoint import Checkpoint, read_checkpoint
from iscm_desktop.exchange.ledger.signed_note import (
    COSIGNATURE,
    ED25519,
    NoteKey,
    cosignature,
    read_key,
    read_note,
    signed,
)
from iscm_desktop.exchange.ledger.tlog_proof import TlogProof, read_proof

# c2sp.org/signed-note, "Example" (CC BY 4.0)
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZ"
    "XsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# c2sp.org/tlog-cosignature, the checkpoint at its head
C2SP_COSIGNED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMc"
    "TOAYQ8=\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqh"
    "f5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
# golang.org/x/mod/sumdb/note, note_test.go (BSD-3-Clause, The Go Authors)
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
    "qfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTG"
    "wnWLox33WWd1RvMc+QQ=\n"
)
# github.com/transparency-dev/formats, note/note_cosigv1_test.go
COSIGNER_KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
COSIGNATURE_RAW = (
    "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA=="
)

ROOT = hashlib.sha256(b"root").digest()
SEED = bytes(range(32))


def peter_and_enoch(*lines: str) -> bytes:
    return f"{TEXT}\n{''.join(lines)}".encode()


def test_the_note_of_the_specification_verifies() -> None:
    """N-01."""
    key = read_key(C2SP_KEY)
    note = read_note(C2SP_NOTE.encode())
    assert note.verified_by([key]) == (key,)
    assert (note.written, key.written) == (C2SP_NOTE, C2SP_KEY)


def test_notes_of_go_verify() -> None:
    """N-01, N-03."""
    peter, enoch = read_key(PETER), read_key(ENOCH)
    note = read_note(peter_and_enoch(PETER_LINE, ENOCH_LINE))
    assert note.verified_by([peter]) == (peter,)
    assert note.verified_by([enoch, peter]) == (enoch, peter)
    assert note.verified_by([]) == ()
    assert len(read_note(peter_and_enoch(PETER_LINE, PETER_LINE, ENOCH_LINE)).signatures) == 2


def test_the_same_key_and_text_give_the_note_of_go() -> None:
    """N-02."""
    seed = base64.b64decode(PETER_PRIVATE)[1:]
    assert signed(TEXT, "PeterNeumann", seed).written.encode() == peter_and_enoch(PETER_LINE)


def test_a_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    """N-03."""
    note = read_note(peter_and_enoch(f"{PETER_LINE[:60]}ABCD{PETER_LINE[60:]}", ENOCH_LINE))
    assert note.verified_by([read_key(ENOCH)])
    with pytest.raises(ValueError, match="Peter"):
        note.verified_by([read_key(PETER), read_key(ENOCH)])


@pytest.mark.parametrize(
    "data",
    [
        peter_and_enoch(*[PETER_LINE] * 101),
        TEXT.encode(),
        peter_and_enoch(),
        peter_and_enoch(PETER_LINE[:-1]),
        peter_and_enoch("\x01" + PETER_LINE),
        peter_and_enoch("\r" + PETER_LINE),
        peter_and_enoch("\xff").replace("\xff".encode(), b"\xff"),
        peter_and_enoch(PETER_LINE, "\n"),
        peter_and_enoch(PETER_LINE.replace("—", "-")),
        peter_and_enoch(PETER_LINE.replace("PeterNeumann ", "")),
        peter_and_enoch(PETER_LINE.replace("PeterNeumann", "Peter+Neumann")),
        peter_and_enoch(PETER_LINE.replace("PeterNeumann", "Peter\u2003Neumann")),
        peter_and_enoch(PETER_LINE.replace("x08go", "x08g*")),
        peter_and_enoch("— PeterNeumann x08goA==\n"),
        peter_and_enoch("— PeterNeumann x08g\n"),
        b"x" * 70_000,
        b"",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    """N-01."""
    with pytest.raises(ValueError):  # noqa: PT011 - each for a reason of its own
        read_note(data)


def test_no_part_of_a_key_is_a_key() -> None:
    """N-01: as Go tries them."""
    whole = len(PETER)
    parts = {PETER[at:end] for at in range(whole) for end in range(at, whole + 1)} - {PETER}
    parts |= {f"{PETER[:at]}{chr(ord(PETER[at]) + 1)}{PETER[at + 1 :]}" for at in range(whole)}
    parts |= {
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "rekor.sigstore.dev+12345678+AwEB",
        "bananas.sigstore.dev+12344556",
        "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!",
    }
    for part in parts:
        with pytest.raises(ValueError):  # noqa: PT011 - each for a reason of its own
            read_key(part)


def test_cosignatures_are_read_as_they_are_published() -> None:
    """N-04."""
    assert read_key(COSIGNER_KEY).algorithm == COSIGNATURE
    note = read_note(C2SP_COSIGNED.encode())
    log, witness = note.signatures
    assert (log.name, witness.name) == ("example.com/behind-the-sofa", "witness.example.com/w1")
    assert (log.cosigned_at, witness.cosigned_at) == (None, 1679315147)
    head = read_checkpoint(note.text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert (head.text, note.written) == (note.text, C2SP_COSIGNED)
    published = read_note(f"x\n\n— remora {COSIGNATURE_RAW}\n".encode()).signatures[0]
    assert published.cosigned_at == 1727964367


def test_a_cosignature_is_no_signature_of_the_log() -> None:
    """N-03: the same key signs both, and neither counts as the other."""
    text = Checkpoint("iscm/2027/x", 3, ROOT).text
    note = signed(text, "iscm/2027/x", SEED)
    public = bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
    log, cosigner = NoteKey("iscm/2027/x", ED25519, public), NoteKey("iscm/2027/x", COSIGNATURE, public)
    assert note.verified_by([cosigner]) == ()
    whole = note.with_signature(cosignature(text, "iscm/2027/x", SEED, 1679315147))
    assert whole.verified_by([log, cosigner]) == (log, cosigner)
    assert log.id != cosigner.id
    later = whole.with_signature(cosignature(text, "iscm/2027/x", SEED, 1679315148))
    assert len(later.signatures) == 2


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        (f"Log\n123\n{base64.b64encode(ROOT).decode()}\n", True),
        (f"Log\n0\n{base64.b64encode(ROOT).decode()}\nHere's some associated data.\n", True),
        (f"Log\n123\n{base64.b64encode(ROOT).decode()}\n\n\n\n", False),  # extension lines must not be empty
        ("Log\n123\nYmFuYW5hcw==\n", False),  # no root of ours has another length
        ("Head\n9944\n", False),
        (f"\n9944\n{base64.b64encode(ROOT).decode()}\n", False),
        (f"Log\n123\n{base64.b64encode(ROOT).decode()}", False),
        (f"Log\nbananas\n{base64.b64encode(ROOT).decode()}\n", False),
        (f"Log\n-34\n{base64.b64encode(ROOT).decode()}\n", False),
        (f"Log\n034\n{base64.b64encode(ROOT).decode()}\n", False),
        (f"Log\n3438945738945739845734895735\n{base64.b64encode(ROOT).decode()}\n", False),
        (f"Log\n٣\n{base64.b64encode(ROOT).decode()}\n", False),
        ("Log\n123\nThisIsn'tBase64\n", False),
    ],
)
def test_checkpoints_are_read_as_by_others(text: str, is_read: bool) -> None:
    """N-04: cases of transparency-dev/formats, log/checkpoint_test.go."""
    if is_read:
        assert read_checkpoint(text).text == text
        return
    with pytest.raises(ValueError):  # noqa: PT011 - each for a reason of its own
        read_checkpoint(text)


HASHES = hashlib.sha256(b"hash1").digest(), hashlib.sha256(b"hash2").digest()


@pytest.mark.parametrize(
    ("proof", "text"),
    [
        (TlogProof(5, HASHES, "test checkpoint\n"), "index 5\n{0}\n{1}\n\ntest checkpoint\n"),
        (
            TlogProof(10, HASHES[:1], "checkpoint data\n", b"extra information"),
            "extra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n{0}\n\ncheckpoint data\n",
        ),
        (TlogProof(0, (), "checkpoint\n"), "index 0\n\ncheckpoint\n"),
    ],
)
def test_proofs_are_written_as_by_others(proof: TlogProof, text: str) -> None:
    """N-04: cases of transparency-dev/formats, proof/tlog_proof_test.go."""
    hashes = [base64.b64encode(each).decode() for each in HASHES]
    assert proof.written == f"c2sp.org/tlog-proof@v1\n{text.format(*hashes)}"
    assert read_proof(proof.written.encode()) == proof


@pytest.mark.parametrize(
    "text",
    [
        "wrong-header\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{base64.b64encode(bytes(64)).decode()}\n\ncheckpoint\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{'a' * 65 * 1024}\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra YQ==\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nextra YQ==\nextra YQ==\nindex 0\n\ncheckpoint\n",
        "",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    """N-04."""
    with pytest.raises(ValueError):  # noqa: PT011 - each for a reason of its own
        read_proof(text.encode())


@given(st.data())
def test_a_note_that_was_changed_says_nothing_else(data: st.DataObject) -> None:
    """N-05."""
    key = read_key(PETER)
    whole = peter_and_enoch(PETER_LINE, ENOCH_LINE)
    at = data.draw(st.integers(0, len(whole)))
    changed = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 4)) :]
    try:
        note = read_note(changed)
        signers = note.verified_by([key])
    except ValueError:
        return
    assert not signers or note.text == TEXT


@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(b"\n\n\xe2\x80\x94 a AAAAAAA=\n")
@example("\n\n— a ÄÄÄÄ\n".encode())
def test_whatever_is_read_is_refused_or_read(data: bytes) -> None:
    """N-05."""
    for read in (
        read_note,
        read_proof,
        lambda raw: read_checkpoint(raw.decode()),
        lambda raw: read_key(raw.decode()),
    ):
        try:
            read(data)
        except ValueError:
            continue
