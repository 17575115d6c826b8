"""Texts to translate: `update` collects them into the catalogues, `compile` makes what the program reads.

Catalogues lie in resources/translations/{language}/LC_MESSAGES/iscm.po. A text that is not translated yet stays
English; a fuzzy one counts as not translated.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "resources" / "translations"
KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2)}
ROOMS = ("iscm_desktop", "ui")


def collected() -> Catalog:
    catalogue = Catalog(project="ISCM Desktop", charset="utf-8")
    for room in ROOMS:
        found = extract_from_dir(
            ROOT / room, [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"]
        )
        for file, _line, message, comments, context in found:
            catalogue.add(
                message, locations=[(f"{room}/{file}", None)], auto_comments=comments, context=context
            )
    return catalogue


def update() -> None:
    """Brings every catalogue up to date with the texts in the code; says how much of each is translated."""
    template = collected()
    for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/iscm.po")):
        language = file.parents[1].name
        catalogue = read_po(BytesIO(file.read_bytes()), locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with file.open("wb") as stream:
            write_po(stream, catalogue, width=110, sort_output=True, omit_header=False)
        texts = [message for message in catalogue if message.id]
        done = sum(bool(message.string) and not message.fuzzy and any(message.string) for message in texts)
        sys.stdout.write(f"{language}: {done} of {len(texts)} texts translated\n")


def compile_all() -> None:
    """Writes the .mo beside each .po that is newer."""
    for file in CATALOGUES.glob("*/LC_MESSAGES/iscm.po"):
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        catalogue = read_po(BytesIO(file.read_bytes()), locale=file.parents[1].name)
        with compiled.open("wb") as stream:
            write_mo(stream, catalogue)


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_all()
    else:
        update()
