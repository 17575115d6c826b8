"""A file that is merged, as the command line shows it: planned, merged or refused, in one row for all three."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.exchange.merging.merge_plan import FileOutcome, MergeResult, RefusedFile
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.trust.verification import Trust, trust_in_words


@dataclass(frozen=True, slots=True)
class FileRow:
    """For scripts, field by field; what a refused file does not tell is blank or nought."""

    path: Path
    respondent_name: str
    result: MergeResult
    explanation: str
    new: int
    same: int
    newer: int
    conflicts: int
    response_id: str
    digest: str
    trust: Trust | None
    signer: str
    signer_key: str
    within: str
    origin: str
    outside: tuple[str, ...]
    takes_outside: bool

    @staticmethod
    def of(file: FileOutcome | RefusedFile, *, takes_outside: bool) -> FileRow:
        """In the language in which people read now."""
        source, words = file.source, explain(file)
        if isinstance(file, RefusedFile):
            return FileRow(
                file.path, "", file.result, words, 0, 0, 0, 0, "", "", file.trust, "", "",
                source.within, source.origin, (), takes_outside,
            )  # fmt: skip
        return FileRow(
            file.path, file.respondent_name, file.result, words,
            file.new, file.same, file.newer, file.conflicts, file.response_id, file.digest,
            file.trust, file.signer, file.signer_key, source.within, source.origin, file.outside, takes_outside,
        )  # fmt: skip

    @property
    def cells(self) -> tuple[str, ...]:
        """For people."""
        origin = ", ".join(filter(None, (trust_in_words(self.trust), self.signer)))
        counts = str(self.new), str(self.conflicts)
        return (self.path.name, self.respondent_name, self.result.value, *counts, origin, self.explanation)
