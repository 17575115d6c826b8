"""Reads an .iscm package with Python's standard library alone: checks it, and prints its answers.

    python read_package.py FILE.iscm

So nobody needs our program to read what was sent. It checks the manifest's hashes, every
line's canonical form, every id, the response's id and whether the counts agree; works out the heads of each item; and
names parents that are not in the file. Signatures are minisign's: `minisign -Vm manifest.json` checks them.
Exit code 0: sound; 1: not a sound package.
"""

import hashlib
import json
import re
import sys
import zipfile
import zlib

FIELDS = ["author", "device", "kind", "made_at", "parents", "path", "subject", "value"]
LIMIT = 256 * 1024 * 1024
NO_PACKAGE = (zipfile.BadZipFile, zlib.error, ArithmeticError, AttributeError, EOFError, LookupError, OSError)
NO_PACKAGE += (RuntimeError, TypeError, ValueError)


class Unsound(Exception):
    """What is wrong with a file, in words."""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    """RFC 8785 for what occurs here: texts, lists of texts, null."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def only_once(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise Unsound("a key stands twice")
    return dict(pairs)


def members_of(path):
    """The members by name, each compared with what the manifest says."""
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > LIMIT:
            raise Unsound("it is too large")
        found = {info.filename: archive.read(info) for info in archive.infolist()}
        if len(found) != len(archive.infolist()):
            raise Unsound("a member stands twice")
    manifest = json.loads(found["manifest.json"], object_pairs_hook=only_once)
    if manifest.get("format") != "iscm-package" or manifest["format_version"].split(".")[0] != "1":
        raise Unsound("it is no package of major version 1")
    if found.keys() - {"manifest.json", "manifest.json.minisig"} != manifest["members"].keys():
        raise Unsound("its members are not those of the manifest")
    for name, told in manifest["members"].items():
        if (len(found[name]), sha256(found[name])) != (told["size"], told["sha256"]):
            raise Unsound(f"{name} is not what the manifest says")
    return manifest, found


def revisions_of(data):
    """The revisions by id, which is the hash of the line and is written nowhere."""
    found = {}
    for line in data.split(b"\n")[:-1]:
        one = json.loads(line, object_pairs_hook=only_once)
        if list(one) != FIELDS or canonical(one) != line:
            raise Unsound("a line is not canonical")
        ids = [parent for parent in one["parents"] if re.fullmatch("[0-9a-f]{64}", parent)]
        if one["parents"] != sorted(set(ids)):
            raise Unsound("parents are not ids in order")
        found[sha256(line)] = one
    if not data.endswith(b"\n") or len(found) != data.count(b"\n"):
        raise Unsound("a line stands twice, or is cut off")
    return found


def check_identity(manifest, revisions):
    """Whether this is the response that it says, and all of it is about that."""
    about = manifest["response"]
    names = [manifest["round"]["code"], manifest["questionnaire"]["form_id"], about["respondent"]]
    public = manifest.get("public") or {}
    if "salt" in public:
        content = sorted([one["kind"], one["path"], one["value"]] for one in revisions.values())
        parts = ["edition", *names, public["salt"], sha256(canonical(content))]
    else:
        parts = ["response", *names]
    if about["id"] != sha256(canonical(parts))[:32]:
        raise Unsound("the response's id does not follow from what it says")
    if {one["subject"] for one in revisions.values()} != {about["id"]}:
        raise Unsound("a revision is about another response")
    if len(revisions) != manifest["counts"]["revisions"]:
        raise Unsound("it does not hold as many revisions as it says")


def root_of(ids):
    """Root of the tree of RFC 6962 over the ids, ascending: 32 bytes each."""
    row = [hashlib.sha256(b"\0" + bytes.fromhex(id_)).digest() for id_ in sorted(ids)]
    while len(row) > 1:
        pairs = [row[at : at + 2] for at in range(0, len(row), 2)]
        row = [hashlib.sha256(b"\1" + b"".join(two)).digest() if len(two) == 2 else two[0] for two in pairs]
    return row[0].hex() if row else sha256(b"")


def heads_of(revisions):
    """By item, the revisions that no other one of the same item names as its parent."""
    items = {}
    for id_, one in sorted(revisions.items()):
        items.setdefault((one["kind"], one["path"]), {})[id_] = one
    return {
        item: [own[id_] for id_ in own.keys() - {parent for one in own.values() for parent in one["parents"]}]
        for item, own in items.items()
    }


def read(path):
    """Manifest and revisions of a sound package; raises Unsound for any other file."""
    try:
        manifest, members = members_of(path)
        revisions = revisions_of(members["revisions.jsonl"])
        check_identity(manifest, revisions)
        if manifest["counts"].get("root", root_of(revisions)) != root_of(revisions):
            raise Unsound("its revisions do not come to the root that it says")
    except NO_PACKAGE as error:
        raise Unsound(f"it is no package: {error}") from error
    return manifest, revisions


def main(path):
    try:
        manifest, revisions = read(path)
    except Unsound as fault:
        print(f"{path}: {fault}")
        return 1
    about = manifest["response"]
    print(f"{about['respondent_name']}, {manifest['round']['code']}: {len(revisions)} revisions, all sound")
    for (kind, item), heads in sorted(heads_of(revisions).items()):
        values = sorted({one["value"] for one in heads if one["value"] is not None})
        mark = "  (people have to choose)" if len(values) > 1 and kind in ("answer", "note", "text") else ""
        print(f"{kind:12} {item or '(as a whole)'}: {' | '.join(map(repr, values)) or '(cleared)'}{mark}")
    missing = {parent for one in revisions.values() for parent in one["parents"]} - revisions.keys()
    if missing:  # no fault: the file holds a part, or what it continues was left out
        print(f"{len(missing)} earlier states are not in this file")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
