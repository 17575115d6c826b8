"""Promises by whoever may not make them: files of strangers in the names of those who may."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec

from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.store.objects.revision import NOT_PUBLISHED, Revision, line
from tests.support.packages import SIGNATURE, unsigned


def forged(package: Path, target: Path, key: SigningKey | None, *kinds: str) -> Path:
    """What a stranger makes of a package, in the name of the very device that wrote it.

    Args:
        key: Signs it; None: it is unsigned.
        kinds: "sign_off": a minister's; "restriction": its first mark "not for publication" lifted; "silence":
            its first other answer marked so.
    """
    found = unsigned(package)
    lines = found["revisions.jsonl"].splitlines()
    known = [msgspec.json.decode(each, type=Revision) for each in lines]
    head = next((one for one in known if one.kind == "restriction"), known[0])
    answered = next((one.path for one in known if one.kind == "answer" and one.path != head.path), head.path)
    made = {
        "sign_off": Revision(
            author="The Minister", device=head.device, kind="sign_off", made_at="2027-04-01T09:00:00.000000Z",
            parents=(), path=head.path.__class__(""), subject=head.subject,
            value=json.dumps(
                {"content": _content(known), "function": "Minister", "name": "The Minister"},
                separators=(",", ":"),
            ),
        ),
        "restriction": Revision(
            author="Rita", device=head.device, kind="restriction", made_at="2027-04-01T09:00:00.000000Z",
            parents=(hashlib.sha256(line(head)).hexdigest(),), path=head.path, subject=head.subject, value=None,
        ),
        "silence": Revision(
            author="Mallory", device=head.device, kind="restriction", made_at="2027-04-01T09:00:00.000000Z",
            parents=(), path=answered, subject=head.subject, value=NOT_PUBLISHED,
        ),
    }  # fmt: skip
    return packed(found, [*lines, *(line(made[kind]) for kind in kinds)], target, key)


def packed(
    found: dict[str, bytes], lines: list[bytes], target: Path, key: SigningKey | None, version: str = "1.1"
) -> Path:
    """A package with other lines and no seals, hashes put right; without a key it is unsigned."""
    manifest = json.loads(found["manifest.json"])
    found["revisions.jsonl"] = b"\n".join(lines) + b"\n"
    manifest.pop("invitation", None)
    manifest["format_version"] = version
    manifest["counts"]["revisions"] = len(lines)
    manifest["counts"].pop("root", None)
    manifest["members"]["revisions.jsonl"] = {
        "sha256": hashlib.sha256(found["revisions.jsonl"]).hexdigest(),
        "size": len(found["revisions.jsonl"]),
    }
    if key is not None:
        manifest["sender"]["key"] = key.public
    found["manifest.json"] = json.dumps(manifest).encode()
    if key is not None:
        found[SIGNATURE] = key.sign(found["manifest.json"], "forged")
    target.write_bytes(zipped(found))
    return target


def _content(revisions: list[Revision]) -> str:
    """What a sign-off of these answers signs, where each has one revision."""
    lines = sorted(
        (one.kind, one.path, one.value)
        for one in revisions
        if one.kind in ("answer", "entry") and one.value is not None
    )
    return hashlib.sha256(msgspec.json.encode(lines)).hexdigest()
