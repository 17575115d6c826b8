"""Verifies a store's file with Python's standard library alone: its answers, and the files that it received.

    python verify_store.py STORE.iscmdb

Recomputes every revision's id from its content, and counts and compares what came with each received file. The
program's own `iscm verify` looks at more; this one shows that nobody has to believe it. The store must not be open.
Exit code 0: whole; 1: something is not as it was, and is named.
"""

import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from read_package import root_of

ROWS = "SELECT subject, id, kind, path, value, parents, author, device, made_at, package FROM revision"


def revision_id(subject, kind, path, value, parents, author, device, made_at):
    line = {
        "author": author,
        "device": device,
        "kind": kind,
        "made_at": made_at,
        "parents": parents.split(" ") if parents else [],
        "path": path,
        "subject": subject,
        "value": value,
    }
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def faults(store):
    store.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    sound, brought = set(), {}
    for subject, id_, *content, package in store.execute(ROWS):
        if revision_id(subject, *content) != id_:
            yield f"changed: {content[0]} {content[1]} of response {subject}, by {content[4]}"
        else:
            sound.add(id_)
            brought.setdefault(package, set()).add(id_)
    for package, id_ in store.execute("SELECT package, revision FROM package_revision"):
        brought.setdefault(package, set()).update({id_} & sound)
    rows = store.execute("SELECT number, file_name, sender, revisions, root FROM package")
    for number, name, sender, count, root in rows:
        held = brought.get(number, set())
        if len(held) != count or root_of(held) != root:
            yield f"incomplete: {len(held)} of {count} revisions of “{name}” from {sender}"


def main(path):
    with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as store:
        found = list(faults(store))
        count = store.execute("SELECT count(*) FROM revision").fetchone()[0]
    print(*found, f"{count} revisions, {len(found)} faults", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
