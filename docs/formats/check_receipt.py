"""Checks a receipt without ISCM Desktop: python check_receipt.py RECEIPT KEY [PACKAGE]

RECEIPT is the coordinator's file, KEY their public key (a line that begins with RW), PACKAGE what you exported (.iscm).
Python 3.8 or newer and nothing else; receipt.md says what is done here.
"""

import base64
import hashlib
import json
import sys
import zipfile
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
FIRST, FORMAT = "c2sp.org/tlog-proof@v1", {"format": "iscm-receipt/1"}
NAMES = "round", "response", "heads_root", "operation", "kind", "salt"
KINDS = "answer", "entry", "nothing_to_report", "sign_off", "restriction"
D = -121665 * pow(121666, -1, P) % P


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def decoded(text):  # base64, written in the one way
    raw = base64.b64decode(text)
    return (
        raw if base64.b64encode(raw).decode() == text else sys.exit("WRONG: this is no receipt and no key.")
    )


def point(raw):  # of edwards25519, RFC 8032, 5.1.3
    y, sign = int.from_bytes(raw, "little") % 2**255, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        sys.exit("WRONG: this is not a key or not a signature.")
    return (P - x if x % 2 != sign else x, y)


def add(one, other):
    (a, b), (c, e) = one, other
    k = D * a * b * c * e
    return (a * e + b * c) * pow(1 + k, -1, P) % P, (b * e + a * c) * pow(1 - k, -1, P) % P


def times(number, base):
    total = (0, 1)
    for bit in bin(number)[2:]:
        total = add(add(total, total), base if bit == "1" else (0, 1))
    return total


def is_signed(key, signature, text):  # Ed25519, RFC 8032, 5.1.7
    s, base = int.from_bytes(signature[32:], "little"), point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return s < L and times(s, base) == add(point(signature[:32]), times(h, point(key)))


def heads_root(row):  # ids are leaf hashes already; one without a neighbour moves up
    while len(row) > 1:
        row = [sha256(b"\1", *row[at : at + 2]) if row[at + 1 :] else row[at] for at in range(0, len(row), 2)]
    return (row[0] if row else sha256()).hex()


sys.excepthook = lambda *_error: print("WRONG: this is no receipt, no key or no package.", file=sys.stderr)
_, receipt, public, *package = sys.argv if len(sys.argv) > 2 else sys.exit(__doc__)
head, note = Path(receipt).read_bytes().decode().split("\n\n", 1)
first, extra, index, *hashes = head.split("\n")
said, entry, key = json.loads(decoded(extra[6:])), int(index[6:]), decoded(public)[10:]
line, ids = ["iscm-leaf/1", *map(said.pop, NAMES)], decoded(said.pop("heads", ""))
is_whole = not ids or heads_root([ids[at : at + 32] for at in range(0, len(ids), 32)]) == line[3]
if not is_whole or [first, extra[:6], index, said] != [FIRST, "extra ", f"index {entry}", FORMAT]:
    sys.exit("WRONG: this is no receipt as it was written, or its heads are not those of its entry.")
(text, signs), (origin, size, root) = note.rsplit("\n\n", 1), note.split("\n")[:3]
found = sha256(b"\0", json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
at, last = entry, int(size) - 1
for each in map(decoded, hashes):  # RFC 9162, 2.1.3.2
    is_right = at % 2 or at == last
    found = sha256(b"\1", each, found) if is_right else sha256(b"\1", found, each)
    while is_right and at and not at % 2:
        at, last = at >> 1, last >> 1
    at, last = at >> 1, last >> 1
if not 0 <= entry < int(size) or last or decoded(root) != found:
    sys.exit("WRONG: the entry is not in the ledger.")
name = sha256(origin.encode(), b"\n\1", key)[:4]
signed = [decoded(one.split(" ")[2]) for one in signs.splitlines() if one.split(" ")[1] == origin]
if not any(one[:4] == name and is_signed(key, one[4:], (text + "\n").encode()) for one in signed):
    sys.exit("WRONG: this key did not sign it.")
print(f"Entry {entry + 1} of {size} of the ledger {origin}, signed by this key, is what this receipt says.")
if package:
    lines = zipfile.ZipFile(package[0]).read("revisions.jsonl").splitlines()
    known = {sha256(each): json.loads(each) for each in lines if json.loads(each)["kind"] in KINDS}
    continued = {(one["kind"], one["path"], parent) for one in known.values() for parent in one["parents"]}
    heads = sorted(i for i, one in known.items() if (one["kind"], one["path"], i.hex()) not in continued)
    if {one["subject"] for one in known.values()} != {line[2]} or heads_root(heads) != line[3]:
        sys.exit("WRONG: the package holds something else than what stands in the ledger.")
    count = sum(known[i]["kind"] == "answer" and known[i]["value"] is not None for i in heads)
    print(f"All {count} answers of the package stand in it.")
