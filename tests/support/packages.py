"""Packages taken apart and put together again, as strangers would."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

SIGNATURE = "manifest.json.minisig"
SEALS = "seals.jsonl"


def members(package: Path) -> dict[str, bytes]:
    """The members of a package by name."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unsigned(package: Path) -> dict[str, bytes]:
    """The members as a program without keys would have written them: no signature, none expected, no seals."""
    found = members(package)
    del found[SIGNATURE]
    manifest = json.loads(found["manifest.json"])
    del manifest["sender"]["key"]
    if found.pop(SEALS, None) is not None:
        del manifest["members"][SEALS]
    return found | {"manifest.json": json.dumps(manifest, indent=1).encode() + b"\n"}
