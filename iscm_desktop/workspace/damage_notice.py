"""What leaves a store whose answers are not what they were: not at all in its authors' names, else with a notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.i18n import _
from iscm_desktop.reports.typesetting.blocks import Document, Paragraph, ParagraphRole, inline
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.verification.findings import Finding
from iscm_desktop.store.verification.store_reader import reading
from iscm_desktop.store.verification.verification import verify_subject


def check_present(db: Transaction, response: SubjectId) -> None:
    """Makes sure that what is shown of a response is what was answered.

    Raises:
        IscmError: it is not, and must not be published.
    """
    found = verify_subject(reading(db), response)
    if found:
        raise IscmError(StoreProblem.RESPONSE_DAMAGED, count=len(found), paths=_places(found))


def with_notice(db: Transaction, responses: Iterable[SubjectId], document: Document) -> Document:
    """The document, with a notice before all else where it shows what is not as it was answered.

    Args:
        responses: Those of which the document shows something.
    """
    store = reading(db)
    found = tuple(one for response in responses for one in verify_subject(store, response))
    if not found:
        return document
    words = _(
        "The store from which this was printed is damaged: {count} things of which this speaks are not as they were "
        "({paths}). Do not rely on this copy; verify the store and print again."
    )
    notice = Paragraph(inline(words.format(count=len(found), paths=_places(found))), ParagraphRole.NOTICE)
    return replace(document, blocks=(notice, *document.blocks))


def _places(findings: tuple[Finding, ...]) -> str:
    return ", ".join(
        dict.fromkeys(one.path or one.item or one.detail or one.kind.value for one in findings[:3])
    )
