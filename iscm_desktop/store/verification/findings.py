"""What verification found: plain records, each about one thing that is not as it was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from iscm_desktop.store.objects.revision import SubjectId


class FindingKind(Enum):
    """What is not as it was; the value names it in JSON."""

    REVISION_CHANGED = "revision changed"  # its content does not come to its id
    REVISION_MISSING = "revision missing"  # what is here names it, and nothing explains that it is not
    REVISIONS_UNREADABLE = "revisions unreadable"  # the database cannot read them
    PACKAGE_INCOMPLETE = "package incomplete"  # its revisions are not those that were received
    OPERATION_CHANGED = "operation changed"  # a row of the log is not what it was, or is gone
    LEDGER_CHANGED = "ledger changed"  # an entry or a checkpoint of a round is not what was signed
    QUESTIONNAIRE_CHANGED = "questionnaire changed"  # the source does not come to its hash
    ATTACHMENT_CHANGED = "attachment changed"  # the content of an attached file does not come to its hash
    IDENTITY_CHANGED = "identity changed"  # a response or summary is not the one that its id names
    DRAFT_UNREADABLE = "draft unreadable"
    REFERENCE_BROKEN = "reference broken"  # a row names another that is not there
    FILE_DAMAGED = "file damaged"  # what the database itself finds
    SCHEMA_CHANGED = "schema changed"
    SEAL_BROKEN = "seal broken"  # a signature over revisions does not hold
    PRESENT_STALE = "present stale"  # items do not follow from revisions
    FIGURES_STALE = "figures stale"  # nor what the list of responses says
    VIEW_STALE = "view stale"  # nor what is in view from operations


FOLLOWS = frozenset({FindingKind.PRESENT_STALE, FindingKind.FIGURES_STALE, FindingKind.VIEW_STALE})
"""What can be made again from the truth of the store itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was. What is not known of it is blank."""

    kind: FindingKind
    subject: SubjectId = ""
    respondent: str = ""  # name of whose response it is
    item: str = ""  # kind of the item: an answer, a note…
    path: str = ""
    author: str = ""
    revision: str = ""  # its id
    text: str | None = None  # what the row says now
    file_name: str = ""  # that brought it first
    sender: str = ""  # of that file, who has it
    detail: str = ""  # which row, or what the database says; for those who look closer

    @property
    def can_be_rebuilt(self) -> bool:
        """Whether it follows from what is here, so that no file is needed."""
        return self.kind in FOLLOWS


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What verifying a store came to."""

    revisions: int
    revisions_good: int
    packages: int  # received files, by content
    packages_good: int
    operations: int
    operations_good: int
    seals: int | None  # None: not looked at
    seals_good: int | None
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Everything is as it was."""
        return not self.findings
