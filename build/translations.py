"""Texts to translate: `update` collects them into the catalogues, `compile` makes what the program reads.

Catalogues lie in resources/translations/{language}/LC_MESSAGES/iscm.po; `begin LANGUAGE` makes one. A text that is
not translated yet stays English; a fuzzy one counts as not translated.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "resources" / "translations"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "N_", "say")),
    **dict.fromkeys(("ngettext", "NN_"), (1, 2)),
}
"""Names by which the code marks texts; documents call the `gettext` of their language `say`."""

ROOMS = ("iscm_desktop", "ui")
DOCUMENTS = ("iscm_desktop/summaries/", "iscm_desktop/reports/documents/summary_document.py")
"""Texts of printed summaries. They are translated as a whole or not at all: half a page would be worse than English."""


def collected() -> Catalog:
    """Every text that the code marks for translation."""
    catalogue = Catalog(project="ISCM Desktop", charset="utf-8")
    for room in ROOMS:
        found = extract_from_dir(
            ROOT / room, [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"]
        )
        for file, _line, message, comments, context in found:
            location = f"{room}/{Path(file).as_posix()}"
            catalogue.add(message, locations=[(location, None)], auto_comments=comments, context=context)
    return catalogue


def files() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/iscm.po"))


def language_of(file: Path) -> str:
    return file.parents[1].name


def read(file: Path) -> Catalog:
    return read_po(BytesIO(file.read_bytes()), locale=language_of(file))


def texts(catalogue: Catalog) -> Iterator[Message]:
    """All but the head of the catalogue."""
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    """In every form of the plural, where it has one."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def is_of_documents(message: Message) -> bool:
    """Whether only documents use the text, so that no window and no command shows it."""
    return all(file.startswith(DOCUMENTS) for file, _line in message.locations)


def update() -> None:
    """Brings every catalogue up to date with the texts in the code; says how much of each is translated."""
    template = collected()
    for file in files():
        catalogue = read(file)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        write(file, catalogue)
        for kind, belongs in (
            ("interface", lambda each: not is_of_documents(each)),
            ("documents", is_of_documents),
        ):
            wanted = [message for message in texts(catalogue) if belongs(message)]
            done = sum(map(is_translated, wanted))
            sys.stdout.write(f"{language_of(file)}: {kind}: {done} of {len(wanted)} texts translated\n")


def write(file: Path, catalogue: Catalog) -> None:
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=110, sort_output=True, omit_header=False)


def begin(language: str) -> None:
    """An empty catalogue for a language that has none yet."""
    file = CATALOGUES / language / "LC_MESSAGES" / "iscm.po"
    if file.exists():
        sys.exit(f"{language} has a catalogue already: {file}")
    file.parent.mkdir(parents=True)
    write(file, Catalog(locale=language, project="ISCM Desktop", charset="utf-8"))
    update()


def compile_all(target: Path = CATALOGUES) -> None:
    """Writes a .mo for each .po that is newer; beside it, or in the same place below another folder."""
    for file in files():
        compiled = (target / file.relative_to(CATALOGUES)).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as stream:
            write_mo(stream, read(file))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile"]:
            compile_all()
        case ["begin", language]:
            begin(language)
        case [] | ["update"]:
            update()
        case _:
            sys.exit("Say one of: update, compile, begin LANGUAGE")
