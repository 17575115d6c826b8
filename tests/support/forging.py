"""Packages as somebody with a text editor would change them: readable, hashes put right, and not as asked."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path


def with_answer(
    package: Path,
    response: str,
    path: str,
    value: str,
    *,
    sections: str = "",
    delegation: str = "",
) -> Path:
    """The package as somebody with a text editor would change it: one more answer, hashes put right."""
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    members.pop("manifest.json.minisig", None)
    manifest["sender"].pop("key", None)
    forged = {
        "author": "Bela", "device": "b", "kind": "answer", "made_at": "2027-03-02T09:00:00.000000Z",
        "parents": [], "path": path, "subject": response, "value": value,
    }  # fmt: skip
    lines = members["revisions.jsonl"].splitlines()
    lines.append(json.dumps(forged, ensure_ascii=False, separators=(",", ":")).encode())
    if sections:
        manifest["delegation"]["handed"][0]["terms"]["sections"] = json.loads(sections)
        (own,) = [line for line in lines if b'"kind":"delegation"' in line]
        told = json.loads(own)
        terms = json.loads(told["value"])
        terms["sections"] = json.loads(sections)
        told["value"] = json.dumps(terms, separators=(",", ":"))
        told["parents"] = [hashlib.sha256(own).hexdigest()]
        lines.append(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    if delegation:
        manifest["delegation"]["handed"][0]["id"] = delegation
    members["revisions.jsonl"] = b"\n".join(lines) + b"\n"
    manifest["counts"]["revisions"] = len(lines)
    manifest["counts"].pop("root", None)
    manifest["members"]["revisions.jsonl"] = {
        "sha256": hashlib.sha256(members["revisions.jsonl"]).hexdigest(),
        "size": len(members["revisions.jsonl"]),
    }
    target = package.with_stem(package.stem + "-changed")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in members.items():
            archive.writestr(name, data)
    return target
