"""The JSON Schemas of a package's parts, made from the types that read them.

`python -m iscm_desktop.exchange.json_schemas` writes them to `docs/formats/`, for those who write other
programs; a test fails when they are not up to date.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import msgspec

from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.seal_lines import SealLine
from iscm_desktop.exchange.trust.invitation_file import Invitation
from iscm_desktop.store.objects.revision import Revision

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, tuple[type, str]] = {
    "manifest.schema.json": (Manifest, "manifest.json of an .iscm package, format version 1"),
    "invitation.schema.json": (Invitation, "invitation.json of an .iscminvite file, format version 1"),
    "revision.schema.json": (Revision, "one line of revisions.jsonl in an .iscm package, format version 1"),
    "seal.schema.json": (SealLine, "one line of seals.jsonl in an .iscm package, format version 1"),
}


def schema(name: str) -> str:
    """The text of one schema file."""
    kind, title = SCHEMAS[name]
    made = {"$schema": _DRAFT, "title": title, **msgspec.json.schema(kind)}
    for part in made["$defs"].values():
        part["description"] = inspect.cleandoc(part["description"])
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Every schema into its file in `folder`, over what is there."""
    for name in SCHEMAS:
        (folder / name).write_text(schema(name), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parents[2] / "docs" / "formats")
