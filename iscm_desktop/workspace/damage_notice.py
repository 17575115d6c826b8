"""What leaves a store whose answers are not what they were: not at all in its authors' names, else with a notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.exchange.trust.seal_check import broken_seals_of
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.reports.typesetting.blocks import Document, Paragraph, ParagraphRole, inline
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.verification.findings import Finding
from iscm_desktop.store.verification.store_reader import reading, reading_file
from iscm_desktop.store.verification.verification import verify, verify_subjects


def check_response(db: Transaction, response: SubjectId, *, with_seals: bool = False) -> None:
    """Makes sure that a response is what was answered: each revision, that none is missing, and what is shown of it.

    Args:
        with_seals: Checks its signatures, too: for what goes out with them.

    Raises:
        IscmError: it is not, and must not leave the house.
    """
    check_responses(db, [response])
    if with_seals and (broken := broken_seals_of(reading(db), response)):
        raise IscmError(StoreProblem.RESPONSE_DAMAGED, respondent=_whose(broken), paths=_places(broken))


def check_responses(db: Transaction, responses: Iterable[SubjectId]) -> None:
    """The same of several at once, which takes far less time than one after another."""
    found = verify_subjects(reading(db), responses)
    if found:
        raise IscmError(StoreProblem.RESPONSE_DAMAGED, respondent=_whose(found), paths=_places(found))


def with_notice(
    db: Transaction, responses: Iterable[SubjectId], document: Document, known: str = ""
) -> Document:
    """The document, with a notice before all else where it shows what is not as it was answered.

    Args:
        responses: Those of which the document shows something.
        known: What is known of the store as a whole, from `known_damage`; said where nothing nearer is.
    """
    found = verify_subjects(reading(db), responses)
    if not found:
        return _noticed(document, known) if known else document
    words = ngettext(
        "The store from which this was printed is damaged: {count} thing of which this speaks is not as it was "
        "({paths}). Do not rely on this copy; verify the store and print again.",
        "The store from which this was printed is damaged: {count} things of which this speaks are not as they were "
        "({paths}). Do not rely on this copy; verify the store and print again.",
        len(found),
    )
    return _noticed(document, words.format(count=len(found), paths=_places(found)))


def _noticed(document: Document, words: str) -> Document:
    notice = Paragraph(inline(words), ParagraphRole.NOTICE)
    return replace(document, blocks=(notice, *document.blocks))


def is_damaged_file(store: Path) -> bool:
    """Whether verification finds anything in a store's file: what to suspect behind an error that nobody foresaw."""
    try:
        with reading_file(store) as file:
            return not verify(file).is_whole
    except sqlite3.DatabaseError:
        return True


def _whose(findings: Sequence[Finding]) -> str:
    return next((one.respondent for one in findings if one.respondent), _("an unknown respondent"))


def _places(findings: Sequence[Finding]) -> str:
    return ", ".join(
        dict.fromkeys(one.path or one.item or one.detail or one.kind.value for one in findings[:3])
    )
