"""A file that is merged, as it is shown: planned, merged or refused, in one row for all three."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.exchange.merging.brought_claims import BroughtClaims
from iscm_desktop.exchange.merging.merge_plan import FileOutcome, MergeResult, RefusedFile
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.trust.verification import Trust, trust_in_words
from iscm_desktop.i18n import _, joined, ngettext

__all__ = ["FileRow", "MergeResult"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """For scripts, field by field; what a refused file does not tell is blank or nought, and the rest unproven."""

    path: Path
    form_id: str
    respondent: str
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
    removed: tuple[str, ...]
    odd: tuple[str, ...]
    takes_outside: bool
    lowers: tuple[str, ...] = ()  # paths of what it would change if it were worth as much; "" is the sign-off
    lower_removals: tuple[str, ...] = ()  # of these, what it would remove or clear
    risen: tuple[str, ...] = ()  # paths of what was here already and takes effect, for the file proves it
    claims: tuple[BroughtClaims, ...] = ()  # promises that it brings by whoever may not make them
    posing: tuple[str, ...] = ()  # paths of what it says in the name of this computer, which never made it

    @staticmethod
    def of(file: FileOutcome | RefusedFile, *, takes_outside: bool) -> FileRow:
        """In the language in which people read now."""
        source, words = file.source, explain(file)
        if isinstance(file, RefusedFile):
            said = file.claimed
            whose = ("", "", "") if said is None else (said.form_id, said.respondent, said.respondent_name)
            return FileRow(
                file.path, *whose, file.result, words, 0, 0, 0, 0, "", "", file.trust, "", "",
                source.within, source.origin, (), (), (), takes_outside,
            )  # fmt: skip
        return FileRow(
            file.path, file.contents.form_id, file.contents.respondent, file.respondent_name, file.result, words,
            file.new, file.same, file.newer, file.conflicts, file.response_id, file.digest,
            file.trust, file.signer, file.signer_key, source.within, source.origin, file.outside,
            file.removed, file.odd, takes_outside,
            tuple(path for _kind, path in file.lowers), file.lower_removals,
            tuple(path for _kind, path in file.risen), file.claims, file.posing,
        )  # fmt: skip

    @property
    def cells(self) -> tuple[str, ...]:
        """For people who read the command line's table."""
        counts = str(self.new), str(self.newer), str(self.conflicts)
        origin = self.origin_words(", ")
        return (self.path.name, self.respondent_name, self.result.value, *counts, origin, self.explanation)

    @property
    def counts(self) -> str:
        """ "38 new answers and 2 newer answers"; "–" where there is nothing to count."""
        parts = []
        if self.new:
            words = ngettext("{count} new answer", "{count} new answers", self.new)
            parts.append(words.format(count=self.new))
        if self.newer:
            words = ngettext("{count} newer answer", "{count} newer answers", self.newer)
            parts.append(words.format(count=self.newer))
        if self.removed:
            words = ngettext("{count} removed", "{count} removed", len(self.removed))
            parts.append(words.format(count=len(self.removed)))
        if not parts and self.same:
            parts.append(_("none new"))
        return joined(parts) or "–"

    def origin_words(self, between: str) -> str:
        """How far it shows where it comes from, and whose it is; "" where that could not be told."""
        return between.join(filter(None, (trust_in_words(self.trust), self.signer)))
