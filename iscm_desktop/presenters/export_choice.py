"""The file that goes out: for whom it is, in which form, what it is called, and how it is written.

Whoever came by an invitation exports for the coordinator only unless they choose otherwise; the window and the command
line begin with the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.machine_texts import machine_text
from iscm_desktop.presenters.respondent_names import short_respondent
from iscm_desktop.workspace import ResponseRow, Workspace

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


class Audience(Enum):
    """Who can read the file."""

    COORDINATOR = "coordinator"  # whom the invitation names; nobody else can open it
    EVERYONE = "everyone"  # whoever gets it
    PUBLIC = "public"  # likewise, and what is not for publication is not in it


class FileForm(Enum):
    """What is written."""

    DATA = "data"  # the package
    PDF = "pdf"  # pages that carry it
    BOTH = "both"  # beside each other, under one name


SEALED = (".iscm.age", ".pdf.age")
"""Endings of files that only those can open for whom they are encrypted."""
_SUFFIXES = (*SEALED, ".iscm", ".pdf")


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """For whom, and in which form."""

    audience: Audience
    form: FileForm

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the files, the first of them first."""
        sealed = ".age" if self.audience is Audience.COORDINATOR else ""
        kinds = {FileForm.DATA: (".iscm",), FileForm.PDF: (".pdf",), FileForm.BOTH: (".pdf", ".iscm")}
        return tuple(f"{kind}{sealed}" for kind in kinds[self.form])


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export has written."""

    files: tuple[Path, ...]
    unprinted: str = ""  # characters that no font has
    without: tuple[str, ...] = ()  # names of attached files whose content is not here


def received_of(workspace: Workspace, response: str) -> tuple[DelegationRow, ...]:
    """The delegations by which sections of a response came here; its file goes back to whoever handed them over."""
    return tuple(row for row in workspace.delegations.rows(response) if row.is_received)


def audiences(workspace: Workspace, row: ResponseRow) -> tuple[Audience, ...]:
    """Who can be chosen, the first choice first."""
    if row.is_public:
        return (Audience.PUBLIC,)
    if received_of(workspace, row.id):
        return (Audience.EVERYONE,)
    open_ones = (Audience.EVERYONE, Audience.PUBLIC)
    is_invited = bool(workspace.received_invitations.coordinators_of(row))
    return (Audience.COORDINATOR, *open_ones) if is_invited else open_ones


def first_choice(workspace: Workspace, row: ResponseRow) -> ExportChoice:
    """What is written where nobody chooses."""
    return ExportChoice(first := audiences(workspace, row)[0], first_form(first))


def first_form(audience: Audience) -> FileForm:
    """Coordinators merge; whoever else gets the file wants to read it, too."""
    return FileForm.DATA if audience is Audience.COORDINATOR else FileForm.PDF


def opens_for_words(workspace: Workspace, row: ResponseRow) -> str:
    """Who can open what is for the coordinator only, and whose key that shows; "" where nobody invited."""
    coordinators = workspace.received_invitations.coordinators_of(row)
    issuer = workspace.received_invitations.issuer_of(row)
    if not coordinators or issuer is None:
        return ""
    names = joined(dict.fromkeys(each.name or issuer.called for each in coordinators))
    words = _("Opens for: {names} (key {words}, from your invitation). Nobody else can open it.")
    return words.format(names=names, words=machine_text(issuer.words))


def public_words(withheld: int) -> str:
    """What the public edition leaves out, as a choice."""
    if not withheld:
        return _("Public edition; nothing is withheld")
    words = ngettext(
        "Public edition, without {count} withheld answer",
        "Public edition, without {count} withheld answers",
        withheld,
    )
    return words.format(count=withheld)


def proposed_name(row: ResponseRow, choice: ExportChoice, *, is_draft: bool, is_return: bool = False) -> str:
    """ "Kenya_2027_draft.iscm.age": respondent, round, whether it is a draft, and the ending of the first file."""
    return f"{proposed_stem(row, choice, is_draft=is_draft, is_return=is_return)}{choice.suffixes[0]}"


def proposed_stem(row: ResponseRow, choice: ExportChoice, *, is_draft: bool, is_return: bool = False) -> str:
    """The same without an ending; whether it is signed off is not for publication."""
    parts = [short_respondent(row.respondent_name), row.round]
    if is_return:
        parts.append(_("back"))
    elif choice.audience is Audience.PUBLIC:
        parts.append("public")
    elif is_draft:
        parts.append("draft")
    return file_stem(*parts, between="_")


def without_suffix(target: Path) -> Path:
    """The name to which each file adds its own ending."""
    name = target.name
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            return target.with_name(name[: -len(suffix)])
    return target


def write_export(workspace: Workspace, response: str, choice: ExportChoice, target: Path) -> ExportResult:
    """Writes what is wanted, beside each other under the name of `target`, whatever that ends in.

    Each file is read back and checked before it takes its name.
    """
    stem, unprinted = without_suffix(target), ""
    without: tuple[str, ...] = ()
    files = tuple(stem.with_name(f"{stem.name}{suffix}") for suffix in choice.suffixes)
    is_sealed, is_public = choice.audience is Audience.COORDINATOR, choice.audience is Audience.PUBLIC
    for file in files:
        if ".pdf" in file.suffixes[-2:]:
            carried = workspace.pdf_exports.export(response, file, is_public=is_public, encrypts=is_sealed)
            unprinted = "".join(characters for characters, _where in carried.missing)
            without = carried.without
        elif is_public:
            workspace.public_exports.export(response, file)
        else:
            without = workspace.exports.export(response, file, encrypts=is_sealed).without
    return ExportResult(files, unprinted, without)
